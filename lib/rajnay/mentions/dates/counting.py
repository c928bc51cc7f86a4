"""Reckon what is counted: days and units from the day of publication, and times told by their place
beside the date before.
"""

from __future__ import annotations

import calendar
import math
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from rajnay.mentions.dates.context import (
    SHIFTS,
    Context,
    Gap,
    Told,
    build,
    is_weekday,
    month_from,
    weekday_beside,
)
from rajnay.times.expressions import Expression
from rajnay.times.intervals import When

_WEEKS = {"week": 1, "fortnight": 2}
_MONTHS = {"month": 1, "year": 12, "decade": 120}
_BY_THE_CLOCK = frozenset({"hour", "minute", "second"})
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 24 * 3600,
    "week": 7 * 24 * 3600,
    "fortnight": 14 * 24 * 3600,
}
# Hours are counted from some hour of the publication day; few pages are put up before this one.
_FIRST_HOUR = time(6)


# --- days and units counted from publication


def weekday(expression: Expression, context: Context) -> Told:
    """Reckon a weekday, by its place (last, this, next) or else by the tense."""
    if context.anchor is None:
        raise Gap("no publication date: a weekday alone names no day")
    today, shift = context.today, expression.shift
    in_week = (expression.weekday or 1) - today.isoweekday()
    if expression.unit == "week":
        days, why = in_week + 7 * (shift or 0), f"the weekday of {SHIFTS[shift or 0]} week"
    elif shift == 0 and context.tense is None:
        days, why = in_week, "this weekday: in the week of publication"
    else:
        days, why = _nearest_weekday(in_week % 7, shift, context.tense)
    return Told(When.of_day(today + timedelta(days=days)), why)


def _nearest_weekday(ahead: int, shift: int | None, tense: str | None) -> tuple[int, str]:
    """Return how many days off a weekday is meant that comes again so many days ahead, 0 to 6."""
    back = ahead - 7 if ahead else 0
    if shift == -1:
        return ahead - 7, "the last such weekday before the publication day"
    if shift == 1:
        return ahead or 7, "the next such weekday after the publication day"
    if tense == "past":
        return back, "the latest such weekday on or before the publication day"
    if tense:
        return ahead, "the earliest such weekday on or after the publication day"
    nearest = ahead if ahead <= 3 else back
    return nearest, "the nearest such weekday to the publication day"


def by_tense(expression: Expression, context: Context) -> Told:
    """Reckon a word that looks as many days back as ahead: the tense decides, or else a weekday
    beside it.
    """
    days, weekday = expression.offset or 0, weekday_beside(expression)
    if context.tense:
        days = -days if context.tense == "past" else days
        why = f"{context.tense} tense: {days:+d} days from the publication date"
        return Told(When.of_day(context.today + timedelta(days=days)), why)
    for offset in (days, -days):
        when = When.of_day(context.today + timedelta(days=offset))
        if weekday and is_weekday(when, weekday):
            return Told(when, "the weekday beside it says on which side of the publication date")
    raise Gap("the word looks back or ahead, and no tense says which")


def counted(expression: Expression, context: Context) -> Told:
    """Reckon so many units from the publication date, at the precision of the unit."""
    today, offset, unit = context.today, expression.offset or 0, expression.unit or "day"
    why = f"{offset:+d} {unit}s from the publication date" if offset else "the publication day"
    if unit in _WEEKS:
        return Told(When.of_week(today + timedelta(weeks=_WEEKS[unit] * offset)), why)
    if unit in _BY_THE_CLOCK:
        return Told(_by_the_clock(today, offset * _SECONDS[unit]), why)
    match unit:
        case "day":
            return Told(When.of_day(today + timedelta(days=offset)), why)
        case "month":
            return Told(When.of(*month_from(today, offset)), why)
        case "year":
            return Told(When.of(today.year + offset), why)
    raise Gap(f"a count of {unit}s is too rough to date anything")


def _by_the_clock(today: date, seconds: int) -> When:
    """Return the day, or the choice of two, so many seconds from an hour of today that nobody
    tells.
    """
    lapse = timedelta(seconds=seconds)
    first, last = (
        When.of_day((datetime.combine(today, hour) + lapse).date())
        for hour in (_FIRST_HOUR, time.max)
    )
    days = When.between(first, last)
    return days if days.day else replace(days, edtf=f"[{first.edtf},{last.edtf}]")


def within(expression: Expression, context: Context) -> Told:
    """Reckon so many units ahead: from the publication day on, until they are over."""
    today, count, unit = context.today, expression.count or 0, expression.unit or "day"
    return Told(
        When.between(When.of_day(today), When.of_day(_end_of(today, count, unit))),
        f"within {count} {unit}s of the publication day",
    )


def _end_of(today: date, count: int, unit: str) -> date:
    """Return the day on which so many units are over."""
    months = _MONTHS.get(unit)
    if months:
        year, month = month_from(today, months * count)
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return today + timedelta(days=math.ceil(count * _SECONDS[unit] / _SECONDS["day"]))


def shifted_unit(expression: Expression, context: Context) -> Told:
    """Reckon this, last or next week, month or year, or a day or part of it."""
    today, shift, unit = context.today, expression.shift or 0, expression.unit
    why = f"{SHIFTS[shift]} {unit}, counted from the publication date"
    match unit:
        case "week":
            return Told(When.of_week(today + timedelta(weeks=shift)), why)
        case "month":
            year, month = month_from(today, shift)
            return Told(build(replace(expression, month=month), year), why)
        case "year":
            return Told(build(expression, today.year + shift), why)
    raise Gap(f"{SHIFTS[shift]} {unit} has no settled beginning")


# --- times told by their place beside the date before


def related(expression: Expression, context: Context) -> Told:
    """Reckon a time told by its place beside the date before."""
    previous, unit, relation = context.previous, expression.unit or "day", expression.relation
    if relation == "vague":
        raise Gap(f"a vague count of {unit}s")
    if relation == "event":
        raise Gap("counted from an event, not from the day of publication")
    if previous is None:
        raise Gap("it counts from a date before it, and there is none")
    if relation == "same":
        return _same(expression, previous, unit)
    if unit != "day":
        raise Gap(f"a count of {unit}s from the date before is too rough")
    if relation == "last":
        return _last_day(previous)
    return _days_from(previous, expression.offset or 0)


def _days_from(previous: When, offset: int) -> Told:
    """Reckon so many days from the first of the date before."""
    try:
        return Told(previous.start_day(offset), f"{offset:+d} days from the date before")
    except ValueError as error:
        raise Gap(f"counted from the date before, but {error}") from error


def _last_day(previous: When) -> Told:
    """Reckon the last day of a stretch named before."""
    last = When.parse(previous.end, previous.end) if previous.start != previous.end else None
    if last is None or last.grain != "day":
        raise Gap("the last day of something whose end is not known")
    return Told(last, "the last day of the time named before")


def _same(expression: Expression, previous: When, unit: str) -> Told:
    """Reckon the day, week, month or year in which the date before lies."""
    why = f"the same {unit} as the date before"
    if unit == "period":
        return Told(previous, "the time named before")
    if unit == "day":
        return Told(_one_day(previous), why)
    first, last = previous.earliest, previous.latest or previous.earliest
    if first is None or last is None or not _share(first, last, unit):
        raise Gap(f"the {unit} of the date before is not known")
    if unit == "week":
        return Told(When.of_week(first), why)
    month = first.month if unit == "month" else None
    return Told(build(replace(expression, month=month), first.year), why)


def _one_day(previous: When) -> When:
    """Return the day that the date before is, whether its year is known or not."""
    if previous.end in (None, previous.start):
        day = When.parse(previous.start, previous.start)
        if day is not None and day.grain == "day":
            return day
    raise Gap("the date before it is not one day")


def _share(first: date, last: date, unit: str) -> bool:
    """Return whether two days are of the same week, month or year."""
    if unit == "week":
        return first.isocalendar()[:2] == last.isocalendar()[:2]
    same = {"year": first.year == last.year, "month": first.timetuple()[:2] == last.timetuple()[:2]}
    return same.get(unit, False)
