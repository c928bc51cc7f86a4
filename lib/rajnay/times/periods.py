"""The days that an engagement covers, and the stretch of days that a report is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from rajnay.models import Engagement, Row
from rajnay.times.intervals import When

_RELATIVE = re.compile(r"(this|last|next)-(week|month|quarter|year)")
_PARTS = {
    "early": "beginning",
    "middle": "middle",
    "late": "end",
    "first_half": "first-half",
    "second_half": "second-half",
}
_ONE_DAY = timedelta(1)
YEAR = timedelta(366)
# Days around a period must be days too.
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


class PeriodError(ValueError):
    """A period's name that cannot be understood; the message says what can be written."""


class Period(NamedTuple):
    """The first and the last day of a stretch of time, both included.

    >>> Period(date(2025, 8, 1), date(2025, 8, 31)).days
    31
    """

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> range:
        """Return the months that the period touches, counted from the year nought."""
        first, last = self
        return range(first.year * 12 + first.month - 1, last.year * 12 + last.month)

    def meets(self, other: Period) -> bool:
        """Return whether two periods have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Period) -> bool:
        """Return whether every day of another period lies in this one."""
        return self.first <= other.first and other.last <= self.last

    @property
    def shape(self) -> str:
        """Return ``day``, ``month`` or ``year``, or their plurals, by the largest whole stretches
        the period is made of.
        """
        first, last = self
        if first == last:
            return "day"
        if first.day != 1 or (last + _ONE_DAY).day != 1:
            return "days"
        if first.month == 1 and last.month == 12:
            return "year" if first.year == last.year else "years"
        return "month" if (first.year, first.month) == (last.year, last.month) else "months"


class Extent(NamedTuple):
    """The earliest and latest day of an engagement, and how surely they are known.

    ``certainty`` is one of ``day`` (that day), ``days`` (from the first to the last), ``within``
    (some day or days of the stretch), ``month``, ``year`` (some day of it), ``open`` (begins on the
    first, its end is not stated), ``until`` (ends on the last, its beginning is not stated),
    ``yearless`` (day or month known, year not) and ``none`` (nothing dates it). The days of the
    last two are None.
    """

    first: date | None
    last: date | None
    certainty: str

    @property
    def period(self) -> Period | None:
        """Return the two days as a period, or None when the year is not known."""
        return Period(self.first, self.last) if self.first and self.last else None


@lru_cache(maxsize=65536)
def _part(text: str | None) -> tuple[Period, str] | None:
    """Return the days and the grain of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or None for
    anything else.
    """
    try:
        when = When.parse(text, text)
    except ValueError:
        return None
    if when is None or when.earliest is None or when.latest is None:
        return None
    return Period(when.earliest, when.latest), when.grain


def yearless(text: str | None) -> tuple[date, bool] | None:
    """Read a month or day whose year is not known.

    Args:
        text: ``--MM-DD`` or ``--MM``; anything else is left.

    Returns:
        The day, or the first of the month, in a leap year, and whether the day itself is known;
        None for any other text.

    >>> yearless("--08-21")
    (datetime.date(2000, 8, 21), True)
    """
    if text is None or not text.startswith("--"):
        return None
    found = _part(f"2000{text[1:]}")
    return (found[0].first, found[1] == "day") if found else None


@lru_cache(maxsize=65536)
def named_part(period: Period) -> tuple[str, str] | None:
    """Name the part of a month or year that a period is.

    Args:
        period: any stretch of days.

    Returns:
        ``month`` or ``year`` with ``early``, ``middle``, ``late``, ``first_half`` or
        ``second_half``; ``week`` with ``whole`` for Monday to Sunday; None for any other stretch.

    >>> named_part(Period(date(2025, 6, 21), date(2025, 6, 30)))
    ('month', 'late')
    """
    if period.first.weekday() == 0 and period.days == 7:
        return "week", "whole"
    for unit, month in (("month", period.first.month), ("year", None)):
        for name, part in _PARTS.items():
            when = When.of_part(part, period.first.year, month)
            if period == (when.earliest, when.latest):
                return unit, name
    return None


def extent(engagement: Engagement) -> Extent:
    """Return the days an engagement covers, as far as its ``start``, ``end`` and ``edtf`` tell.

    Args:
        engagement: what took place or is to; an EDTF set (``[2025-06-21..2025-06-30]``) is
            ``within``, and so is a stretch that is exactly a week, or a third or half of a month or
            year, except for an exercise, which may well last so long.

    Returns:
        The first and last day with how surely they are known.
    """
    one_of = (engagement.edtf or "").startswith("[")
    return _extent(engagement.start, engagement.end, engagement.kind, one_of)


@lru_cache(maxsize=65536)
def _extent(start: str | None, end: str | None, kind: str, one_of: bool) -> Extent:
    if yearless(start) or yearless(end):
        return Extent(None, None, "yearless")
    last = _part(end)
    first = _part(start) or last
    if first is None:
        return Extent(None, None, "none")
    grain = first[1]
    period = Period(first[0].first, max(first[0].last, (last or first)[0].last))
    if start is None or last is None:
        return Extent(*period, "until" if last else "open")
    if start == end or period.shape == "day":
        return Extent(*period, grain)
    vague = one_of or grain != "day" or last[1] != "day"
    part_of_time = kind != "exercise" and named_part(period) is not None
    return Extent(*period, "within" if vague or part_of_time else "days")


def first_day(row: Row) -> date:
    """Return the first day that a row can mean, the calendar's last where none is known.

    Args:
        row: an event of a timeline.
    """
    return extent(row.engagement).first or date.max


def interval(start: str | None, end: str | None) -> Period | None:
    """Return the days that a start and an end may cover.

    Args:
        start: ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None, or without a year, it counts as the
            end.
        end: the same; it counts as the start if it is missing.

    Returns:
        The first and last day, or None when neither has a year.

    >>> interval("2025-06", None)
    Period(first=datetime.date(2025, 6, 1), last=datetime.date(2025, 6, 30))
    """
    begin, finish = _part(start) or _part(end), _part(end) or _part(start)
    return Period(begin[0].first, max(begin[0].last, finish[0].last)) if begin and finish else None


def overlaps(row: Row, period: Period) -> bool:
    """Say whether any day that a row may cover lies in a period.

    Args:
        row: a row of the timeline; one without a known year overlaps nothing.
        period: the days asked for.
    """
    days = extent(row.engagement).period
    return days is not None and days.first <= period.last and days.last >= period.first


def in_period(rows: Iterable[Row], period: Period) -> tuple[Row, ...]:
    """Keep the rows whose days overlap the period, in the order given."""
    return tuple(row for row in rows if overlaps(row, period))


def resolve_period(text: str, today: date) -> Period:
    """Turn the name of a period into its days.

    Args:
        text: ``2025``, ``2025-08``, ``2025-08-13``, ``2025-08-01..2025-08-31`` (either part of any
            grain), or ``this-``, ``last-`` or ``next-`` with ``week`` (Monday to Sunday),
            ``month``, ``quarter`` or ``year``.
        today: the day that "this" stands on.

    Returns:
        The first and last day.

    Raises:
        PeriodError: the name is not known, or the period ends before it begins.

    >>> resolve_period("last-month", date(2025, 3, 13))
    Period(first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28))
    """
    text = text.strip()
    if relative := _RELATIVE.fullmatch(text):
        which, unit = relative.groups()
        period = _around(today, unit)
        if which == "last":
            return previous(period)
        return period if which == "this" else _around(period.last + _ONE_DAY, unit)
    begin, dots, finish = text.partition("..")
    first, last = _part(begin), _part(finish if dots else begin)
    if first is None or last is None:
        raise PeriodError(
            f"period {text!r} is not known: write 2025, 2025-08, 2025-08-01..2025-08-31, "
            "last-week or last-month"
        )
    if last[0].last < first[0].first:
        raise PeriodError(f"period {text!r} ends before it begins: swap its two parts")
    if first[0].first.year < _FIRST_YEAR or last[0].last.year > _LAST_YEAR:
        raise PeriodError(f"period {text!r} lies beyond the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return Period(first[0].first, last[0].last)


def _around(day: date, unit: str) -> Period:
    """Return the week, month, quarter or year in which a day lies."""
    if unit == "week":
        monday = day - timedelta(day.weekday())
        return Period(monday, monday + timedelta(6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    return _months(day.year * 12 + (day.month - 1) // months * months, months)


def _months(first: int, count: int) -> Period:
    """Return so many whole months, the first of them counted from the year nought."""
    begin, end = (date(index // 12, index % 12 + 1, 1) for index in (first, first + count))
    return Period(begin, end - _ONE_DAY)


def previous(period: Period) -> Period:
    """Return the stretch just before a period.

    Args:
        period: the days it is to lead up to; before whole months stand as many whole months, before
            any other stretch as many days.

    >>> previous(Period(date(2025, 3, 1), date(2025, 3, 31)))
    Period(first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28))
    """
    first, end = period.first, period.last + _ONE_DAY
    if first.day == end.day == 1:
        months = (end.year - first.year) * 12 + end.month - first.month
        return _months(first.year * 12 + first.month - 1 - months, months)
    return Period(first - timedelta(period.days), first - _ONE_DAY)
