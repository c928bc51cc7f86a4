"""Stretches of days made of others: with an open end, joined, or counted back from their end."""

from __future__ import annotations

from datetime import timedelta

from rajnay.times.intervals import When


def bounded(when: When, bound: str) -> When:
    """Return a stretch with the open end that "from" or "until" gives it.

    >>> bounded(When.of(2025, 8, 5), "from").edtf
    '2025-08-05/..'
    """
    return (
        when.open_ended() if bound == "from" else when.open_started() if bound == "until" else when
    )


def joined(one: When, other: When) -> When:
    """Return the stretch from the start of one to the end of another, or the first if they do not
    fit.

    >>> joined(When.of(2025, 8, 5).open_ended(), When.of(2025, 8, 8)).edtf
    '2025-08-05/2025-08-08'
    """
    try:
        return When.parse(one.start, other.end) or one
    except ValueError:
        return one


def finer(one: When, other: When) -> bool:
    """Return whether a stretch is a shorter one within another: "next month, on the 4th"."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    within = other.earliest <= one.earliest and one.latest <= other.latest
    return within and one.latest - one.earliest < other.latest - other.earliest


def ending(when: When, days: int | None) -> When:
    """Return the stretch of so many days that ends on a day, or with an open start."""
    if days and when.day is not None:
        first = When.of_day(when.day - timedelta(days=days - 1))
        return joined(first, when)
    return when.open_started()
