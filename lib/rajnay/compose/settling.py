"""Settle drafts into engagements: tell what is told twice once, fold a visit into its meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import MEETINGS, closest, other_people, same, same_people
from rajnay.compose.inheritance import share
from rajnay.compose.joining import give_topics, join
from rajnay.compose.redundancy import superfluous


class Folded(NamedTuple):
    """A draft that was folded into another, with what it was by then, and why."""

    draft: Draft
    kind: str
    why: str


# A draft this many sentences after a call, told only by a word for speech, goes on about the call.
_NEAR = 2


def settle(
    drafts: Sequence[Draft], pair: tuple[str, str], anchor: date | None
) -> tuple[list[Draft], list[Folded]]:
    """Return the drafts that stand as engagements, and what was folded into others and why.

    Args:
        drafts: drafts in the order of the text.
        pair: the two country codes.
        anchor: the publication day, from which the status is judged.
    """
    kept: list[Draft] = []
    folded: list[Folded] = []
    for draft in drafts:
        if draft.loose and any(
            other.kind == "call"
            and draft.passage - other.passage <= _NEAR
            and same_people(other, draft, pair)
            for other in kept
        ):
            draft.kind = "call"
        for other in kept if draft.kind == "call" and not draft.loose else ():
            if (
                other.loose
                and draft.passage - other.passage <= _NEAR
                and same_people(other, draft, pair)
            ):
                other.kind = "call"  # "they talked; he had rung up ..."
        near = [
            other
            for other in kept
            if other.kind in MEETINGS and draft.passage - other.passage <= _NEAR
        ]
        told = next(
            (other for other in reversed(near) if not other_people(other, draft, pair)), None
        )
        if draft.loose and draft.when is None and told is not None:
            give_topics(told, draft)
            folded.append(Folded(draft, draft.kind, "goes on about a meeting told before"))
            continue
        twin = next(
            (other for other in closest(kept, draft) if same(other, draft, pair, anchor)), None
        )
        if twin is None:
            kept.append(draft)
        else:
            join(twin, draft, pair)
            folded.append(Folded(draft, draft.kind, "told before"))
    share(kept, pair, anchor)
    for draft in list(kept):
        why = superfluous(draft, kept, pair, anchor)
        if why:
            kept.remove(draft)
            folded.append(Folded(draft, draft.kind, why))
    return kept, folded
