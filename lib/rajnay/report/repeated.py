"""Events told vaguely that are told by their day too, and visits of which one day is told: no
count may hold both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rajnay.models import Row
from rajnay.report.visits import stay
from rajnay.times.periods import extent

VISIT = ("visit", "held")
VAGUE = ("within", "month", "year")


def told_twice(rows: Sequence[Row]) -> frozenset[str]:
    """Return the ids of held rows of which only a stretch of days is known, and of which a row with
    its days may well tell too: of the same kind, people and country, within that stretch.

    Args:
        rows: the rows of a report.
    """
    held = [row for row in rows if row.engagement.status == "held"]
    return frozenset(
        vague.id
        for vague in held
        if extent(vague.engagement).certainty in VAGUE
        and any(_may_tell(dated, vague) for dated in held)
    )


def visits_whole(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows with each visit once: what an article tells of a part of its days stands with
    those that tell of the whole.

    Args:
        rows: the rows of a timeline.
    """
    visits = [row for row in rows if (row.engagement.kind, row.engagement.status) == VISIT]
    whole = {
        part.id: whole.id
        for part in visits
        for whole in visits
        if not part.by_hand and _is_part(part, whole)
    }
    told: dict[str, list[Row]] = {}
    for row in rows:
        last = row.id
        while last in whole:
            last = whole[last]
        told.setdefault(last, []).insert(0 if last == row.id else len(rows), row)
    return tuple(
        replace(row, testimonies=tuple(one for part in told[row.id] for one in part.testimonies))
        for row in rows
        if row.id in told
    )


def _is_part(part: Row, whole: Row) -> bool:
    """Say whether a visit is told to lie within another of the same people to the same country."""
    mine, theirs = stay(part.engagement), stay(whole.engagement)
    if mine is None or theirs is None or mine.days >= theirs.days:
        return False
    same = (part.engagement.country, part.engagement.parties) == (
        whole.engagement.country,
        whole.engagement.parties,
    )
    return same and theirs.first <= mine.first <= mine.last <= theirs.last


def _may_tell(dated: Row, vague: Row) -> bool:
    mine, theirs = dated.engagement, vague.engagement
    days, stretch = extent(mine), extent(theirs).period
    if days.certainty in VAGUE or days.period is None or stretch is None:
        return False
    same = (mine.kind, mine.parties) == (theirs.kind, theirs.parties)
    return same and stretch.meets(days.period) and theirs.country in (None, mine.country)
