"""Decisions where they are kept: in the archive, beside the articles that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter

from rajnay.archive.store import Archive
from rajnay.base.first import first
from rajnay.models import Article, Pair
from rajnay.review.decisions import Anchor, Decision, Decisions, Undone, packed, unpacked

_UNDONE: TypeAdapter[Undone] = TypeAdapter(Undone)


class DecisionError(ValueError):
    """A decision that cannot be made or undone, and why."""


def every(archive: Archive) -> list[Decision]:
    """Return all decisions that were made, also those that were undone, in the order in which they
    came into the archive.
    """
    return [
        replace(unpacked(record), undone=_UNDONE.validate_json(undone) if undone else None)
        for record, undone in archive.decisions()
    ]


def holding(archive: Archive, pair: Pair, until: datetime | None = None) -> Decisions:
    """Return the decisions about a pair of countries that hold, or held at a time."""
    made = every(archive)
    names = {anchor.article for one in made for anchor in (*one.anchors, *one.apart)}
    return Decisions.holding(made, pair, archive.tellers(sorted(names)), until)


def articles_of(
    archive: Archive, decisions: Decisions, folder: Iterable[Article]
) -> Iterator[Article]:
    """Yield the articles that decisions are about, from the archive or a folder, in the order of
    their ids.
    """
    every = (anchor for one in decisions.made for anchor in (*one.anchors, *one.apart))
    names = {decisions.teller(anchor) for anchor in every}
    inside = {one.id: one for one in folder if one.id in names}
    for name in sorted(names):
        if article := inside.get(name) or archive.article(name):
            yield article


def keep(archive: Archive, decisions: Iterable[Decision]) -> int:
    """Keep decisions, all of them or none, and return how many changed anything."""
    with archive.together():
        return sum(
            archive.decide(
                one.id,
                one.when,
                packed(replace(one, undone=None)).decode(),
                _UNDONE.dump_json(one.undone).decode() if one.undone else None,
            )
            for one in decisions
        )


def undo(archive: Archive, name: str, undone: Undone) -> Decision:
    """Let a decision no longer hold, and return it.

    Args:
        archive: open to write.
        name: the decision's id.
        undone: who undoes it, when and why.

    Raises:
        DecisionError: there is no such decision, it is undone already, or one that was made later
            rests on it.
    """
    made = every(archive)
    found = first(made, lambda one: one.id == name)
    if found is None:
        raise DecisionError(f"there is no decision {name!r}; `rajnay review list` lists them")
    if found.undone:
        raise DecisionError(f"decision {name} is undone already")
    later = [one for one in made if not one.undone and (one.when, one.id) > (found.when, found.id)]
    if resting := first(later, lambda one: _about_the_same(found, one)):
        raise DecisionError(f"decision {resting.id}, {resting}, rests on it; undo that first")
    kept = replace(found, undone=undone)
    keep(archive, [kept])
    return kept


def _about_the_same(one: Decision, other: Decision) -> bool:
    first, second = ((*each.anchors, *each.apart) for each in (one, other))
    return any(_meet(left, right) for left in first for right in second)


def _meet(one: Anchor, other: Anchor) -> bool:
    left, right = one.engagement.evidence, other.engagement.evidence
    return one.article == other.article and left.start < right.end and right.start < left.end
