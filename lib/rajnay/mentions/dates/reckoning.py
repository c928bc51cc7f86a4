"""Reckon the days that an expression of time names, from the day of publication and the tense of
its clause.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from rajnay.mentions.dates import counting
from rajnay.mentions.dates.choices import choose, fits_tense
from rajnay.mentions.dates.context import (
    Context,
    Gap,
    Told,
    build,
    is_weekday,
    month_from,
    weekday_beside,
    year_of,
)
from rajnay.times.expressions import Expression
from rajnay.times.intervals import When

# Years before and after publication among which an unsaid one is looked for: a 29th of February
# comes at least every eight years.
_YEARS_AROUND = range(-8, 9)
_SEASONS_AROUND = range(-2, 3)
_MONTHS_AROUND = range(-3, 4)
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Resolution:
    """The stretch of time that a mention names, or None, and one line that says how it was reckoned
    or why it was not.
    """

    when: When | None
    why: str


@lru_cache(maxsize=1 << 10)  # an article asks of each date several times
def reckon(
    expression: Expression, anchor: date | None, tense: str | None, previous: When | None = None
) -> Resolution:
    """Reckon an expression of time.

    Args:
        expression: what the words say.
        anchor: the day of publication, None if unknown.
        tense: past, present, future, or None if unknown.
        previous: the date before, None if there is none.

    Returns:
        The stretch of time, or None and the reason.

    >>> reckon(Expression(month=8, day=21), date(2025, 8, 13), "future").when.start
    '2025-08-21'
    >>> reckon(Expression(weekday=2), date(2024, 12, 11), "past").why
    'the latest such weekday on or before the publication day'
    """
    context = Context(anchor, tense, previous)
    try:
        told = _range(expression, context) if expression.until else _point(expression, context)
    except (Gap, ValueError, OverflowError) as gap:
        if expression.check:
            return reckon(expression.check, anchor, tense, previous)
        return Resolution(None, str(gap) if isinstance(gap, Gap) else f"no such day: {gap}")
    if expression.check:
        told = _checked(told, expression, expression.check, context)
    return _rounded(told) if expression.about else Resolution(*told)


def _rounded(told: Told) -> Resolution:
    """Mark a stretch told as "about" so many units."""
    when, why = told
    if when.grain == "day":
        return Resolution(None, "about so many days names no day")
    ends = (when.edtf or "").split("/")
    return Resolution(replace(when, edtf="/".join(f"{end}~" for end in ends)), why)


def _point(expression: Expression, context: Context) -> Told:
    """Reckon what is no range."""
    return next(reckons for says, reckons in _KINDS if says(expression))(expression, context)


# --- years, months and days of a month


def _decade(expression: Expression, context: Context) -> Told:
    return Told(When.of_decade(expression.year or 0), "the decade is written out")


def _year_alone(expression: Expression, context: Context) -> Told:
    year = year_of(expression, context)
    if year is None:
        raise Gap("it names no time")
    return Told(build(expression, year[0]), year[1])


def _calendar(expression: Expression, context: Context) -> Told:
    """Reckon a month, a part of it or a day of it, the year perhaps unsaid."""
    if year_of(expression, context):
        return _year_alone(expression, context)
    if not expression.nth:
        build(expression, _ANY_YEAR)  # no year has a 31st of June: that is said at once
    anchor = context.anchor
    if anchor is None:
        return Told(build(expression, None), "no publication date: the year is not known")
    years = [anchor.year + offset for offset in _YEARS_AROUND]
    if (expression.month, expression.day) == (2, 29):
        years = [year for year in years if calendar.isleap(year)]
    options = list(_existing(expression, years))
    if not options:
        raise Gap("no month has so many of that weekday")
    return choose(options, expression, anchor, context.tense)


def _existing(expression: Expression, years: Iterable[int]) -> Iterator[When]:
    """Yield what an expression names in each year; few months have a fifth Friday."""
    for year in years:
        with suppress(Gap):
            yield build(expression, year)


def _season(expression: Expression, context: Context) -> Told:
    """Reckon a season, the year perhaps unsaid."""
    season = expression.season or ""
    if season == "unsettled":
        raise Gap("a season whose months are not settled")
    year = year_of(expression, context)
    if year:
        return Told(When.of_season(season, year[0]), year[1])
    today = context.today
    options = [When.of_season(season, today.year + offset) for offset in _SEASONS_AROUND]
    return choose(options, expression, today, context.tense)


def _day_alone(expression: Expression, context: Context) -> Told:
    """Reckon a day of a month that is not named ("on the 24th")."""
    anchor, weekday = context.anchor, weekday_beside(expression)
    beside = _later_in_month(expression, context.previous)
    why = "a later day of the month of the date before"
    if anchor is None:
        if beside is None:
            raise Gap("no publication date: the month is not known")
        return Told(beside, why)
    options = _days_of_months(expression.day or 0, anchor)
    agreeing = [when for when in options if weekday and is_weekday(when, weekday)]
    if beside in (agreeing if weekday else options) and fits_tense(beside, anchor, context.tense):
        return Told(beside, why)
    # A weekday that the tense leaves no room for is wrong, not the number beside it.
    fit = any(fits_tense(when, anchor, context.tense) for when in agreeing)
    trusted = agreeing if fit or expression.shift is not None else []
    return choose(trusted or options, expression, anchor, context.tense)


def _days_of_months(day: int, anchor: date) -> list[When]:
    """Return a day of each month around another day, where the month has one."""
    months = [month_from(anchor, offset) for offset in _MONTHS_AROUND]
    return [When.of(*month, day) for month in months if day <= calendar.monthrange(*month)[1]]


def _later_in_month(expression: Expression, previous: When | None) -> When | None:
    """Return the day of the month of the date before, if it is a later one and not told to be of
    the last or next month.
    """
    if previous is None or previous.grain != "day" or expression.shift is not None:
        return None
    day, text = expression.day or 0, previous.end or previous.start or ""
    if int(text[-2:]) >= day:
        return None
    try:
        return When.parse(f"{text[:-2]}{day:02d}", f"{text[:-2]}{day:02d}")
    except ValueError:
        return None


# --- ranges and dates named twice


def _range(expression: Expression, context: Context) -> Told:
    """Reckon both ends of a range or choice; an end whose year, or week, is unsaid follows from the
    other.
    """
    first = replace(expression, until=None, check=None, about=False)
    until = expression.until or expression
    if context.tense == "future" and _floats(first) and _floats(until):
        right, why = _point(until, context)
        left = _beside(first, right, -1) or _point(first, context).when
    else:
        left, why = _point(first, context)
        right = _beside(until, left, 1) or _point(until, replace(context, previous=left)).when
    if left.earliest and right.latest and right.latest < left.earliest:
        raise Gap("the range ends before it begins")
    when = When.between(left, right)
    if expression.either and left.start == left.end and right.start == right.end:
        when = replace(when, edtf=f"[{left.edtf},{right.edtf}]")
    return Told(when, why)


def _floats(expression: Expression) -> bool:
    """Return whether a month is told and nothing of its year."""
    told = expression.year is not None or expression.year_shift is not None
    return bool(expression.month) and not (told or expression.same_year)


def _beside(expression: Expression, other: When, side: int) -> When | None:
    """Return the other end of a range, if all it needs is the year, or the week, of the end that is
    known.
    """
    if expression.weekday and expression.shift is None and other.day:
        ahead = (expression.weekday - other.day.isoweekday()) % 7
        return When.of_day(other.day + timedelta(days=ahead))
    if not _floats(expression):
        return None
    near = other.earliest if side > 0 else other.latest
    if near is None:
        return build(expression, None)
    month = expression.month or near.month
    return build(expression, near.year + (side if (month - near.month) * side < 0 else 0))


def _checked(told: Told, expression: Expression, check: Expression, context: Context) -> Told:
    """Hold a date against the second expression that names it."""
    when, why = told
    other = reckon(check, context.anchor, context.tense, context.previous).when
    if check.weekday and is_weekday(when, check.weekday):
        return Told(when, f"{why}; the weekday agrees")
    if check.weekday and other and expression.relation:
        return Told(other, "the weekday named beside it, with which the date before does not agree")
    if check.weekday and when.day:
        return Told(when, f"{why}; the weekday named disagrees, the date is trusted")
    if other and other.dated and when.dated and not other.overlaps(when):
        return Told(when, f"{why}; the words beside it disagree, the fuller date is trusted")
    return told


# What an expression says, and how it is reckoned; the first that applies counts.
_KINDS: tuple[tuple[Callable[[Expression], object], Callable[[Expression, Context], Told]], ...] = (
    (lambda said: said.relation, counting.related),
    (lambda said: said.by_tense, counting.by_tense),
    (lambda said: said.offset is not None, counting.counted),
    (lambda said: said.within, counting.within),
    (lambda said: said.season, _season),
    (lambda said: said.weekday and not said.nth, counting.weekday),
    (lambda said: said.year and said.unit == "decade", _decade),
    (lambda said: said.unit and said.shift is not None, counting.shifted_unit),
    (lambda said: said.month, _calendar),
    (lambda said: said.day, _day_alone),
    (lambda said: True, _year_alone),
)
