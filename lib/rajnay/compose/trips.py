"""Trips that an article tells of, and which days may be of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rajnay.times.intervals import When, touch

# Days that lie at most so far apart may be of one trip, though they do not touch.
_LONGEST_GAP = timedelta(days=3)


@dataclass
class Trip:
    """Somebody known to be in the other country, for as long as the article says."""

    traveller: str
    home: str
    country: str
    place: str | None = None
    when: When | None = None
    planned: bool = False


def near(one: When | None, other: When | None) -> bool:
    """Return whether two dates may be of one trip: they touch, or lie a few days apart.

    Args:
        one: a date.
        other: another date.
    """
    if one is None or other is None or touch(one, other):
        return True
    (first, last), (start, end) = one.bounds, other.bounds
    return last <= start + _LONGEST_GAP and end <= first + _LONGEST_GAP
