"""A stretch of the calendar as news tells it: a day, a month, the end of June, a day of an unknown
year, a visit still open.
"""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

# Thirds and halves as the labelling guide counts them: of a month in days, of a year in months.
_PARTS = {
    "beginning": ((1, 10), (1, 4)),
    "middle": ((11, 20), (5, 8)),
    "end": ((21, 31), (9, 12)),
    "first-half": ((1, 15), (1, 6)),
    "second-half": ((16, 31), (7, 12)),
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_ISO = re.compile(r"(?:(?P<year>\d{4})|-)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
# A leap year, in which every day that a calendar can name exists, stands in for a year that is not
# known.
_ANY_YEAR, _YEAR = 2000, 366
_OPEN = ".."


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time at the precision that the words support.

    ``start`` and ``end`` are ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``, ``--MM-DD`` or ``--MM``, or
    None where the stretch is open; ``edtf`` says the same in ISO 8601-2, but for a stretch without
    a year that is open, which few programs read: then it is the known end alone; ``grain`` is day,
    week, part, month, season, year or decade; ``earliest`` and ``latest`` are the first and last
    day it may touch, None where unknown.
    """

    start: str | None
    end: str | None
    edtf: str | None
    grain: str
    earliest: date | None
    latest: date | None

    @classmethod
    def parse(cls, start: str | None, end: str | None, grain: str | None = None) -> When | None:
        """Read a stretch from its written ends.

        Args:
            start: ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``, ``--MM-DD``, ``--MM``, or None for an open
                start.
            end: the same; None for an open end.
            grain: the grain, if it is coarser than the writing shows (week, part, season, decade).

        Returns:
            The stretch, or None if both ends are None.

        Raises:
            ValueError: an end is no date, or lies before the start in a known year.

        >>> When.parse("2025-12-04", None).edtf, When.parse("--08-21", "--08-22").edtf
        ('2025-12-04/..', 'XXXX-08-21/XXXX-08-22')
        """
        if start is None and end is None:
            return None
        first, last = _days(start) if start else None, _days(end) if end else None
        left, right = _edtf(start), _edtf(end)
        earliest = first[0] if first and not left.startswith("X") else None
        latest = last[1] if last and not right.startswith("X") else None
        if earliest and latest and latest < earliest:
            raise ValueError(f"{end} lies before {start}")
        if latest and left.startswith(f"{right}-"):
            right = (
                latest.isoformat()
            )  # edtf-validate takes 2025-08-10/2025-08 for one that ends first
        finest = min(
            (_grain(text) for text in (start, end) if text), key=("day", "month", "year").index
        )
        return cls(
            start,
            end,
            _edtf_of(left, right),
            grain or finest,
            earliest,
            latest,
        )

    @classmethod
    def of(cls, year: int | None, month: int | None = None, day: int | None = None) -> When:
        """Return a year, a month or a day.

        Args:
            year: the year, None if unknown (then the month must be given).
            month: the month, 1 to 12; None for the whole year.
            day: the day of the month; None for the whole month.

        Raises:
            ValueError: the calendar has no such day.

        >>> When.of(2025, 6).start, When.of(None, 8, 21).edtf
        ('2025-06', 'XXXX-08-21')
        """
        return _stretch(year, month, day)

    @classmethod
    def of_day(cls, day: date) -> When:
        """Return one day.

        >>> When.of_day(date(2025, 8, 21)).edtf
        '2025-08-21'
        """
        return cls.of(day.year, day.month, day.day)

    @classmethod
    def of_week(cls, day: date) -> When:
        """Return the week, Monday to Sunday, in which a day lies.

        >>> When.of_week(date(2025, 11, 27)).edtf
        '2025-11-24/2025-11-30'
        """
        return replace(cls.of_day(day - timedelta(days=day.weekday())).lasting(7), grain="week")

    @classmethod
    def of_part(cls, part: str, year: int | None, month: int | None = None) -> When:
        """Return a third or half of a month or of a year.

        Args:
            part: beginning, middle, end, first-half or second-half.
            year: the year, None if unknown (then the month must be given).
            month: the month, None for a part of the year.

        >>> When.of_part("end", 2025, 6).edtf, When.of_part("end", 2025).edtf
        ('2025-06-21/2025-06-30', '2025-09/2025-12')
        """
        days, months = _PARTS[part]
        if month is None:
            return replace(
                cls.between(cls.of(year, months[0]), cls.of(year, months[1])), grain="part"
            )
        # Of an unknown year only the 28 days that every February has are sure.
        last = min(days[1], calendar.monthrange(_ANY_YEAR + 1 if year is None else year, month)[1])
        return replace(
            cls.between(cls.of(year, month, days[0]), cls.of(year, month, last)), grain="part"
        )

    @classmethod
    def of_season(cls, season: str, year: int) -> When:
        """Return the three months of a season.

        Args:
            season: spring, summer, autumn or winter.
            year: the year in which it begins, as winter does in December.

        >>> When.of_season("winter", 2024).edtf
        '2024-12/2025-02'
        """
        first = _SEASONS[season]
        carried, last = divmod(first + 1, 12)
        return replace(
            cls.between(cls.of(year, first), cls.of(year + carried, last + 1)), grain="season"
        )

    @classmethod
    def of_decade(cls, year: int) -> When:
        """Return the ten years in which a year lies.

        >>> When.of_decade(1995).start, When.of_decade(1995).edtf
        ('1990', '199X')
        """
        first = year // 10 * 10
        return replace(
            cls.between(cls.of(first), cls.of(first + 9)), grain="decade", edtf=f"{first // 10}X"
        )

    @classmethod
    def between(cls, first: When, last: When) -> When:
        """Return the stretch from the start of one to the end of another.

        Args:
            first: where it starts; its end does not count.
            last: where it ends; its start does not count.

        Raises:
            ValueError: the last ends before the first begins, or the first has no start and the
                last no end.

        >>> When.between(When.of(2025, 12, 4), When.of(2025, 12, 5)).edtf
        '2025-12-04/2025-12-05'
        """
        return _known(
            cls.parse(first.start, last.end, first.grain if first.grain == last.grain else None)
        )

    @property
    def dated(self) -> bool:
        """Whether the year is known at both ends that are not open."""
        return not any(text and text.startswith("--") for text in (self.start, self.end))

    @property
    def day(self) -> date | None:
        """The day, if the stretch is one day of a known year."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def bounds(self) -> tuple[date, date]:
        """The first and last day that it may touch: the calendar's own where open or unknown."""
        return self.earliest or date.min, self.latest or date.max

    def open_ended(self) -> When:
        """Return the stretch that starts where this one does and has no known end.

        >>> When.of(2025, 12, 4).open_ended().edtf
        '2025-12-04/..'
        """
        return _known(When.parse(self.start, None))

    def open_started(self) -> When:
        """Return the stretch that ends where this one does and has no known start.

        >>> When.of(None, 9, 12).open_started().edtf
        'XXXX-09-12'
        """
        return _known(When.parse(None, self.end))

    def lasting(self, days: int) -> When:
        """Return a stretch that starts on the day on which this one does.

        Args:
            days: how many days it has, the first counted.

        Raises:
            ValueError: the start is no day, or the count crosses a February of an unknown year.

        >>> When.of(2025, 12, 4).lasting(2).edtf
        '2025-12-04/2025-12-05'
        """
        return When.between(self.start_day(0), self.start_day(days - 1))

    def start_day(self, offset: int) -> When:
        """Return a day counted from the day on which the stretch starts.

        Args:
            offset: days after it; before it, if negative.

        Raises:
            ValueError: the start is no day, or the count crosses a February of an unknown year.

        >>> When.of(None, 8, 31).start_day(1).start
        '--09-01'
        """
        match = _ISO.fullmatch(self.start or "")
        if not match or not match["day"]:
            raise ValueError("its start is not known to the day")
        month, day = int(match["month"]), int(match["day"])
        years = (int(match["year"]),) if match["year"] else (_ANY_YEAR, _ANY_YEAR + 1)
        days = [date(year, month, day) + timedelta(days=offset) for year in years]
        if len({(there.month, there.day) for there in days}) > 1:
            raise ValueError("without a year the end of February is not known")
        return When.of(days[0].year if match["year"] else None, days[0].month, days[0].day)

    def overlaps(self, other: When) -> bool:
        """Return whether the two stretches can share a day.

        Args:
            other: the other stretch; an unknown year, of either, fits any.

        >>> december = When.of(2025, 12)
        >>> december.overlaps(When.of_day(date(2025, 12, 31))), december.overlaps(When.of(2026, 1))
        (True, False)
        """
        return any(
            mine[0] <= theirs[1] and theirs[0] <= mine[1] for mine, theirs in _laid_out(self, other)
        )


@lru_cache(maxsize=1 << 12)
def _stretch(year: int | None, month: int | None, day: int | None) -> When:
    text = "-" if year is None else f"{year:04d}"
    text += "".join(f"-{number:02d}" for number in (month, day) if number is not None)
    return _known(When.parse(text, text))


def _known(when: When | None) -> When:
    """Return a stretch that has a start or an end; raise ValueError for None."""
    if when is None:
        raise ValueError("a stretch needs a start or an end")
    return when


def _edtf(text: str | None) -> str:
    """Write one end of a stretch in ISO 8601-2, an open one as two dots."""
    return text.replace("--", "XXXX-") if text else _OPEN


def _edtf_of(left: str, right: str) -> str:
    """Write both ends of a stretch in ISO 8601-2."""
    known = left if right == _OPEN else right
    if left == right or (_OPEN in (left, right) and known.startswith("X")):
        return known
    return f"{left}/{right}"


def _grain(text: str) -> str:
    """Return the unit to which a written date is precise."""
    return ("year", "month", "day")[text.lstrip("-").count("-") + text.startswith("--")]


@lru_cache(maxsize=1 << 12)
def _days(text: str) -> tuple[date, date]:
    """Return the first and last day that a written date covers, in a leap year if it tells none.

    Raises:
        ValueError: the text is no date, or the calendar has no such day.
    """
    match = _ISO.fullmatch(text)
    if not match or not (match["year"] or match["month"]):
        raise ValueError(f"{text!r} is no date")
    year = int(match["year"] or _ANY_YEAR)
    first, last = int(match["month"] or 1), int(match["month"] or 12)
    if match["day"]:
        return (date(year, first, int(match["day"])),) * 2
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _laid_out(one: When, other: When) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Lay two stretches on one line of days; if a year is unknown, on the line of any year, with
    its neighbours.
    """
    if one.dated and other.dated:
        return [(_line(one), _line(other))]
    mine, theirs = _line_of_any_year(one), _line_of_any_year(other)
    return [(mine, (theirs[0] + turn, theirs[1] + turn)) for turn in (-_YEAR, 0, _YEAR)]


def _line(when: When) -> tuple[float, float]:
    """Return the ends of a dated stretch as ordinals of days, infinite where they are open."""
    first, last = when.earliest, when.latest
    return first.toordinal() if first else -math.inf, last.toordinal() if last else math.inf


def _line_of_any_year(when: When) -> tuple[float, float]:
    """Return the ends of a stretch as ordinals in a leap year that stands for any; a stretch of a
    year or more covers the whole line, and one that ends before it starts runs into the next year.
    """
    first = _days(when.start)[0] if when.start else None
    last = _days(when.end)[1] if when.end else None
    if when.dated and first and last and (last - first).days >= _YEAR - 1:
        return -math.inf, math.inf
    start = first.replace(year=_ANY_YEAR).toordinal() if first else -math.inf
    end = last.replace(year=_ANY_YEAR).toordinal() if last else math.inf
    return start, end if end >= start else end + _YEAR


def touch(one: When | None, other: When | None) -> bool:
    """Return whether two stretches may have a day in common.

    Args:
        one: a stretch; None if nothing dates it, which may lie anywhere, as an open end may.
        other: the other stretch.

    Returns:
        False only if both are known and cannot meet; of two, one without a year, only those with
        the same start meet.

    >>> touch(When.of(2025, 8), When.of(2025, 8, 21)), touch(None, When.of(2025))
    (True, True)
    >>> touch(When.of(None, 8, 21), When.of(None, 7, 15))
    False
    """
    if one is None or other is None:
        return True
    if not (one.dated and other.dated) and one.start and other.start:
        return one.start == other.start or (not (one.dated or other.dated) and one.overlaps(other))
    (first, last), (start, end) = one.bounds, other.bounds
    return first <= end and start <= last
