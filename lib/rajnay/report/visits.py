"""Meetings told under the visit that they were part of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from rajnay.models import Engagement, Pair, Row
from rajnay.times.periods import Period, extent

# A visit whose end nobody states is taken to last so long, for what is told under it alone.
SHORT = timedelta(days=3)
# Of what is known to some day of a stretch, how long it must not be.
VAGUE = {"within": timedelta(days=7), "month": timedelta(0), "year": timedelta(0)}


def under_visits(rows: Sequence[Row], pair: Pair) -> list[tuple[Row, tuple[Row, ...]]]:
    """Return the rows in their order, each visit with what took place during it.

    What is told under a visit is of the same visitor, in the same country, on days that are known
    to lie within those of the visit. A visit told twice is told under the longer one.

    Args:
        rows: held events, in the order of their days.
        pair: the two countries.

    Returns:
        Each row that is under no other, with those under it, in the order given.
    """
    above: dict[str, str] = {}
    visits = [row for row in rows if visitors(row.engagement, pair) and stay(row.engagement)]
    for visit in sorted(visits, key=_longest):
        if visit.id in above:
            continue
        for row in rows:
            free = row.id not in above and row.id not in above.values() and row is not visit
            if free and belongs(row.engagement, visit.engagement, pair):
                above[row.id] = visit.id
    return [
        (row, tuple(one for one in rows if above.get(one.id) == row.id))
        for row in rows
        if row.id not in above
    ]


def _longest(visit: Row) -> tuple[int, int, str]:
    days = stay(visit.engagement)
    return -(days.days if days else 0), -len(visit.testimonies), visit.id


def visitors(visit: Engagement, pair: Pair) -> frozenset[str]:
    """Return who came to the other country; nobody, for what is no visit to one of the two."""
    if visit.kind != "visit" or visit.country not in pair:
        return frozenset()
    here = pair.index(visit.country)
    return frozenset(visit.parties.get(pair[1 - here], ()))


def stay(visit: Engagement) -> Period | None:
    """Return the days of a visit as far as they are known, to a week at least, or else None."""
    first, last, certainty = extent(visit)
    if first is None or last is None or last - first >= VAGUE.get(certainty, timedelta.max):
        return None
    return {
        "open": Period(first, first + SHORT),
        "until": Period(last - SHORT, last),
    }.get(certainty, Period(first, last))


def belongs(event: Engagement, visit: Engagement, pair: Pair) -> bool:
    """Say whether an event was part of a visit."""
    during, days = stay(visit), stay(event)
    if during is None or days is None or event.country != visit.country:
        return False
    came = visitors(visit, pair)
    within = during.first <= days.first <= days.last <= during.last
    return within and not came.isdisjoint(event.everyone)
