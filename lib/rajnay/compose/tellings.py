"""What an engagement was about and who announced it, from its own sentence or the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rajnay.base.first import first
from rajnay.compose.discourse import Discourse
from rajnay.compose.drafts import Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import PEOPLE
from rajnay.mentions.parties import party_name
from rajnay.mentions.passages import Passage


def add_topics(drafts: Sequence[Draft], known: int, index: int, passage: Passage) -> None:
    """Give the topics of a passage to the nearest of its drafts, or to the last one if the passage
    goes on about it.

    Args:
        drafts: all drafts so far.
        known: how many there were before the passage.
        index: the passage's number.
        passage: the passage.
    """
    own = drafts[known:] or [
        draft for draft in drafts[-1:] if index - draft.passage == 1 and _goes_on(passage)
    ]
    for hit in passage.topics if own else ():
        around = [
            draft
            for draft in own
            if draft.passage == index and draft.first <= hit.first <= draft.last
        ]
        nearest = around[0] if around else min(own, key=lambda draft: abs(draft.last - hit.first))
        for meaning in hit.meanings:
            nearest.topics.setdefault(meaning.value, []).append(hit.span)


def add_source(
    drafts: Sequence[Draft], known: int, index: int, scenes: Iterable[Scene], discourse: Discourse
) -> None:
    """Note who is said to have announced the drafts of a passage; a body that states it in the next
    sentence counts too.

    Args:
        drafts: all drafts so far.
        known: how many there were before the passage.
        index: the passage's number.
        scenes: the scenes of the passage.
        discourse: who is meant by what.
    """
    unsaid = drafts[known:] or [
        draft for draft in drafts[-1:] if index - draft.passage == 1 and draft.source is None
    ]
    sayings = [
        scene
        for scene in (scenes if unsaid else ())
        if "say" in scene.senses or scene.noun("statement") is not None
    ]
    for draft in unsaid:
        for scene in sayings:
            if draft.source is not None:
                break
            sayer = first(
                scene.parties,
                lambda party: party.role in ("subject", "genitive") and party.form in PEOPLE,
            )
            if sayer is not None and (draft.passage == index or sayer.form == "body"):
                draft.source = party_name(discourse.resolve(sayer), discourse.reference)
                draft.prove("source", sayer.span)


def _goes_on(passage: Passage) -> bool:
    return any(
        hit.value("noun") in ("talk", "meeting", "encounter", "visit", "call") and not hit.plural
        for hit in passage.hits
    )
