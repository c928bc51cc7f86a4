"""Events told vaguely that are told by their day too, visits of which one day is told, and meetings
that one article tells of in two ways: no count may hold both.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rajnay.models import Row
from rajnay.report.visits import stay
from rajnay.times.periods import extent

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


def each_once(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows with each visit once, what an article tells of a part of its days with those that
    tell of the whole; and once what people did with each other on one day in one place.

    Args:
        rows: the rows of a timeline.
    """
    alike: dict[Any, list[Row]] = {}
    for row in rows:
        one = row.engagement
        if one.status == "held":
            same = (one.kind, one.country, tuple(sorted(one.parties.items())))
            alike.setdefault(same, []).append(row)
    whole = {
        part.id: whole.id
        for some in alike.values()
        for part, whole in itertools.permutations(some, 2)
        if not part.by_hand and (_is_part(part, whole) or _is_again(part, whole))
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
    if part.engagement.kind != "visit" or mine is None or theirs is None:
        return False
    return mine.days < theirs.days and theirs.first <= mine.first <= mine.last <= theirs.last


def _is_again(part: Row, whole: Row) -> bool:
    """Say whether two rows tell of one day and place, the first less surely, and of no two
    forums.
    """
    mine, theirs = part.engagement, whole.engagement
    days = [extent(told) for told in (mine, theirs)]
    same = days[0] == days[1] and days[0].certainty == "day" and mine.place == theirs.place
    forums = {mine.forum, theirs.forum} - {None}
    less = (mine.confidence, part.id) < (theirs.confidence, whole.id)
    return same and mine.place is not None and len(forums) < 2 and less


def _may_tell(dated: Row, vague: Row) -> bool:
    mine, theirs = dated.engagement, vague.engagement
    days, stretch = extent(mine), extent(theirs).period
    if days.certainty in VAGUE or days.period is None or stretch is None:
        return False
    same = (mine.kind, mine.parties) == (theirs.kind, theirs.parties)
    return same and stretch.meets(days.period) and theirs.country in (None, mine.country)
