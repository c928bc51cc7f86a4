"""Events told vaguely that are told by their day too, visits of which one day is told, and meetings
that one article tells of in two ways: no count may hold both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rajnay.models import Engagement, Row, Testimony
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
    told: dict[str, list[Testimony]] = {}
    alike: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_widest_first):
        one = row.engagement
        same = alike[one.kind, one.status, one.country, _who(one)]
        whole = next(filter(partial(_tells_again, row), same), row)
        told.setdefault(whole.id, []).extend(row.testimonies)
        same.append(whole)
    return tuple(replace(row, testimonies=tuple(told[row.id])) for row in rows if row.id in told)


def _who(one: Engagement) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return who took part, by country; of a visit, who came, or both sides if nobody is named."""
    came = {side: names for side, names in one.parties.items() if names and side != one.country}
    named = came if one.kind == "visit" and came else one.parties
    return tuple(sorted(named.items()))


def _widest_first(row: Row) -> tuple[int, float, str]:
    days = stay(row.engagement)
    return -days.days if days else 0, -row.engagement.confidence, row.id


def _tells_again(part: Row, whole: Row) -> bool:
    """Say whether a row tells of some days of a visit of the same people to the same country, or of
    the same day and place, and of no other forum.
    """
    mine, theirs = part.engagement, whole.engagement
    days, all_days = stay(mine), stay(theirs)
    if mine.status != "held" or part.by_hand or days is None or all_days is None:
        return False
    if mine.kind == "visit":
        return days != all_days and all_days.first <= days.first <= days.last <= all_days.last
    one_place = (days, days.days, mine.place) == (all_days, 1, theirs.place) and mine.place
    return bool(one_place) and len({mine.forum, theirs.forum} - {None}) < 2


def _may_tell(dated: Row, vague: Row) -> bool:
    mine, theirs = dated.engagement, vague.engagement
    days, stretch = extent(mine), extent(theirs).period
    if days.certainty in VAGUE or days.period is None or stretch is None:
        return False
    same = (mine.kind, mine.parties) == (theirs.kind, theirs.parties)
    return same and stretch.meets(days.period) and theirs.country in (None, mine.country)
