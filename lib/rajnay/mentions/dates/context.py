"""What words for time count from, and the years, months and parts that they build."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from rajnay.times.expressions import Expression
from rajnay.times.intervals import When

SHIFTS = {-1: "last", 0: "this", 1: "next"}
_COMMON_YEAR = 2001

NO_ANCHOR = "no publication date: nothing to count from"


class Gap(Exception):
    """The words do not say, or what they count from is not known; the message is the reason."""


class Told(NamedTuple):
    """A stretch of time and one line that says how it was reckoned."""

    when: When
    why: str


@dataclass(frozen=True, slots=True)
class Context:
    """What words count from: the day of publication, the clause's tense, the date before."""

    anchor: date | None
    tense: str | None
    previous: When | None

    @property
    def today(self) -> date:
        """The day of publication, if it is known."""
        if self.anchor is None:
            raise Gap(NO_ANCHOR)
        return self.anchor


def year_of(expression: Expression, context: Context) -> tuple[int, str] | None:
    """Return the year that an expression tells.

    Args:
        expression: what the words say.
        context: what they count from.

    Returns:
        The year and how it is told, None if it is left unsaid.

    Raises:
        Gap: it is the year of a date before, and there is none.

    >>> year_of(Expression(year_shift=-1), Context(date(2025, 8, 13), None, None))
    (2024, 'last year, counted from publication')
    """
    if expression.year is not None:
        return expression.year, "the year is written out"
    if expression.same_year:
        return _year_before(context), "the year of the date before"
    if expression.year_shift is None or context.anchor is None:
        return None
    shifted = context.anchor.year + expression.year_shift
    return shifted, f"{SHIFTS[expression.year_shift]} year, counted from publication"


def _year_before(context: Context) -> int:
    if context.previous is None or context.previous.earliest is None:
        raise Gap("no dated year stands before it")
    return context.previous.earliest.year


def build(expression: Expression, year: int | None) -> When:
    """Return the year, month, part or day that an expression names; of an unknown year the month
    in place of a weekday in it.

    Args:
        expression: what the words say.
        year: the year, None if unknown.

    Raises:
        Gap: the month has no such week.
        ValueError: the calendar has no such day.

    >>> build(Expression(month=6, part="end"), 2025).edtf
    '2025-06-21/2025-06-30'
    """
    month, part = expression.month, expression.part
    if expression.nth and expression.weekday and month and year:
        return _weekday_of_month(expression.nth, expression.weekday, year, month)
    if part and month and part.startswith("week"):
        return _week_of_month(int(part.removeprefix("week")), year, month)
    return When.of_part(part, year, month) if part else When.of(year, month, expression.day)


def _weekday_of_month(nth: int, weekday: int, year: int, month: int) -> When:
    """Return a weekday counted from the first of a month, or its last (-1)."""
    first, length = calendar.monthrange(year, month)
    days = range(1 + (weekday - 1 - first) % 7, length + 1, 7)
    if nth > len(days):
        raise Gap(f"the month has no such weekday for the {nth}th time")
    return When.of(year, month, days[nth - 1 if nth > 0 else nth])


def _week_of_month(number: int, year: int | None, month: int) -> When:
    """Return the first seven days of a month, the second seven, or the last (-1)."""
    if number > 4:
        raise Gap(f"a month has no week {number} to speak of")
    last = calendar.monthrange(year or _COMMON_YEAR, month)[1]
    first = 7 * number - 6 if number > 0 else last - 6
    days = When.between(When.of(year, month, first), When.of(year, month, first + 6))
    return replace(days, grain="week")


def weekday_beside(expression: Expression) -> int | None:
    """Return the weekday that confirms a date, Monday being 1, None if there is none.

    Args:
        expression: what the words say.
    """
    return expression.check.weekday if expression.check else None


def is_weekday(when: When, weekday: int) -> bool:
    """Return whether a stretch is one day, and that of the week.

    Args:
        when: the stretch.
        weekday: 1 for Monday to 7.
    """
    return when.day is not None and when.day.isoweekday() == weekday


def month_from(anchor: date, offset: int) -> tuple[int, int]:
    """Return the year and month so many months from a day's.

    Args:
        anchor: the day.
        offset: months after it; before it, if negative.

    >>> month_from(date(2025, 1, 31), -1)
    (2024, 12)
    """
    years, month = divmod(anchor.month - 1 + offset, 12)
    return anchor.year + years, month + 1
