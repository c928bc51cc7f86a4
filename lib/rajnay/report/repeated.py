"""Events told vaguely that are told by their day too: no count may hold both."""

from __future__ import annotations

from collections.abc import Sequence

from rajnay.models import Row
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


def _may_tell(dated: Row, vague: Row) -> bool:
    mine, theirs = dated.engagement, vague.engagement
    days, stretch = extent(mine), extent(theirs).period
    if days.certainty in VAGUE or days.period is None or stretch is None:
        return False
    same = (mine.kind, mine.parties) == (theirs.kind, theirs.parties)
    return same and stretch.meets(days.period) and theirs.country in (None, mine.country)
