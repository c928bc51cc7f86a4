"""The days that an engagement covers, and the stretch of days that a report is about."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from rajnay.models import Engagement, Row

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_YEARLESS = re.compile(r"--(\d{2})(?:-(\d{2}))?")
_RELATIVE = re.compile(r"(this|last|next)-(week|month|quarter|year)")
_GRAINS = ("year", "month", "day")
LEAP_YEAR = 2000


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
    def shape(self) -> str:
        """Return ``day``, ``month`` or ``year``, or their plurals, by the largest whole stretches the period is made of."""
        first, last = self
        if first == last:
            return "day"
        if first.day != 1 or last != _whole(last.year, last.month).last:
            return "days"
        if first.month == 1 and last.month == 12:
            return "year" if first.year == last.year else "years"
        return "month" if (first.year, first.month) == (last.year, last.month) else "months"


class Extent(NamedTuple):
    """The earliest and latest day of an engagement, and how surely they are known.

    ``certainty`` is one of ``day`` (that day), ``days`` (from the first to the last), ``within`` (some day or days of the
    stretch), ``month``, ``year`` (some day of it), ``open`` (begins on the first, its end is not stated), ``until`` (ends on the
    last, its beginning is not stated), ``yearless`` (day or month known, year not) and ``none`` (nothing dates it). The days of
    the last two are None.
    """

    first: date | None
    last: date | None
    certainty: str

    @property
    def period(self) -> Period | None:
        """Return the two days as a period, or None when the year is not known."""
        return Period(self.first, self.last) if self.first and self.last else None


def _whole(year: int, month: int | None = None, day: int | None = None) -> Period:
    if month is None:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))


def _part(text: str | None) -> tuple[Period, str] | None:
    """Return the days and the grain of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or None for anything else."""
    match = _PART.fullmatch(text or "")
    if not match:
        return None
    numbers = [int(number) for number in match.groups() if number]
    try:
        return _whole(*numbers), _GRAINS[len(numbers) - 1]
    except ValueError:
        return None


def yearless(text: str | None) -> tuple[date, bool] | None:
    """Read ``--MM-DD`` or ``--MM`` as a day of a leap year, and say whether the day itself is known.

    >>> yearless("--08-21")
    (datetime.date(2000, 8, 21), True)
    """
    match = _YEARLESS.fullmatch(text or "")
    if not match:
        return None
    try:
        return date(LEAP_YEAR, int(match[1]), int(match[2] or 1)), match[2] is not None
    except ValueError:
        return None


def named_part(period: Period) -> tuple[str, str] | None:
    """Name the part of time a period is: ``early``, ``middle`` or ``late`` of a ``month`` or ``year``, or a ``whole`` ``week``.

    Halves are ``first_half`` and ``second_half``.

    >>> named_part(Period(date(2025, 6, 21), date(2025, 6, 30)))
    ('month', 'late')
    """
    first, last = period
    if first.weekday() == 0 and period.days == 7:
        return "week", "whole"
    if first.year != last.year:
        return None
    if first.month == last.month:
        end = _whole(first.year, first.month).last.day
        return _named("month", (first.day, last.day), (10, 20, end), (15, end))
    if first.day == 1 and last == _whole(last.year, last.month).last:
        return _named("year", (first.month, last.month), (4, 8, 12), (6, 12))
    return None


def _named(unit: str, stretch: tuple[int, int], thirds: tuple[int, ...], halves: tuple[int, ...]) -> tuple[str, str] | None:
    for names, ends in ((("early", "middle", "late"), thirds), (("first_half", "second_half"), halves)):
        for name, begin, end in zip(names, (1, *(last + 1 for last in ends)), ends, strict=False):
            if stretch == (begin, end):
                return unit, name
    return None


def extent(engagement: Engagement) -> Extent:
    """Return the days an engagement covers, as far as its article tells.

    Args:
        engagement: its ``start``, ``end`` and ``edtf`` are read; an EDTF set (``[2025-06-21..2025-06-30]``) means one day of it.

    Returns:
        The extent; a stretch that is exactly a week, or a third or half of a month or year, is ``within``, except for an exercise.
    """
    if yearless(engagement.start) or yearless(engagement.end):
        return Extent(None, None, "yearless")
    end = _part(engagement.end)
    start = _part(engagement.start) or end
    if start is None:
        return Extent(None, None, "none")
    grain = start[1]
    period = Period(start[0].first, max(start[0].last, end[0].last if end else start[0].last))
    if engagement.start is None or end is None:
        return Extent(*period, "until" if end else "open")
    if engagement.start == engagement.end or period.shape == "day":
        return Extent(*period, grain)
    vague = (engagement.edtf or "").startswith("[") or grain != "day" or end[1] != "day"
    part_of_time = engagement.kind != "exercise" and named_part(period) is not None
    return Extent(*period, "within" if vague or part_of_time else "days")


def interval(start: str | None, end: str | None) -> Period | None:
    """Return the first and last day that a start and an end may cover, or None when no year is known.

    >>> interval("2025-06", None)
    Period(first=datetime.date(2025, 6, 1), last=datetime.date(2025, 6, 30))
    """
    begin, finish = _part(start) or _part(end), _part(end) or _part(start)
    return Period(begin[0].first, max(begin[0].last, finish[0].last)) if begin and finish else None


def overlaps(row: Row, period: Period) -> bool:
    """Say whether any day that the row may cover lies in the period; a row without a known year never does."""
    days = extent(row.engagement).period
    return days is not None and days.first <= period.last and days.last >= period.first


def in_period(rows: Iterable[Row], period: Period) -> tuple[Row, ...]:
    """Keep the rows whose days overlap the period, in the order given."""
    return tuple(row for row in rows if overlaps(row, period))


def resolve_period(text: str, today: date) -> Period:
    """Turn the name of a period into its days.

    Args:
        text: ``2025``, ``2025-08``, ``2025-08-13``, ``2025-08-01..2025-08-31`` (either part of any grain), or
            ``this-``, ``last-`` or ``next-`` with ``week`` (Monday to Sunday), ``month``, ``quarter`` or ``year``.
        today: the day that "this" stands on.

    Raises:
        PeriodError: the text is none of these, or ends before it begins.

    >>> resolve_period("last-month", date(2025, 3, 13))
    Period(first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28))
    """
    text = text.strip()
    relative = _RELATIVE.fullmatch(text)
    if relative:
        period = _around(today, relative[2])
        return {"this": period, "last": previous(period), "next": _around(period.last + timedelta(1), relative[2])}[relative[1]]
    begin, _, finish = text.partition("..")
    first, last = _part(begin), _part(finish or begin)
    if first is None or last is None or (".." in text and not finish):
        raise PeriodError(f"period {text!r} is not known: write 2025, 2025-08, 2025-08-01..2025-08-31, last-week or last-month")
    if last[0].last < first[0].first:
        raise PeriodError(f"period {text!r} ends before it begins: swap its two parts")
    return Period(first[0].first, last[0].last)


def _around(day: date, unit: str) -> Period:
    if unit == "week":
        monday = day - timedelta(day.weekday())
        return Period(monday, monday + timedelta(6))
    if unit == "quarter":
        month = (day.month - 1) // 3 * 3 + 1
        return Period(date(day.year, month, 1), _whole(day.year, month + 2).last)
    return _whole(day.year, day.month) if unit == "month" else _whole(day.year)


def previous(period: Period) -> Period:
    """Return the stretch just before a period: of whole months the same number of months, else the same number of days.

    >>> previous(Period(date(2025, 3, 1), date(2025, 3, 31)))
    Period(first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28))
    """
    before = period.first - timedelta(1)
    if period.first.day == 1 and period.last == _whole(period.last.year, period.last.month).last:
        months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
        index = period.first.year * 12 + period.first.month - 1 - months
        return Period(date(index // 12, index % 12 + 1, 1), before)
    return Period(before - timedelta(period.days - 1), before)
