"""Reckon the days that an expression of time names, from the day of publication and the tense of
its clause.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rajnay.times.expressions import Expression
from rajnay.times.intervals import When

# Days within which a date told without tense is the nearest; farther off it is one of the
# year of publication.
_NEAR = 45
# Days beyond which a day told without its year is not meant, if the other one that the tense
# forbids is near.
_FAR = 300
_WEEKS = {"week": 1, "fortnight": 2}
_SHIFT = {-1: "last", 0: "this", 1: "next"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """The stretch of time that a mention names, or None, and one line that says how it was reckoned
    or why it was not.
    """

    when: When | None
    why: str


class _Gap(Exception):
    """The words do not say, or what they count from is not known; the message is the reason."""


@dataclass(frozen=True, slots=True)
class _Context:
    anchor: date | None
    tense: str | None
    previous: When | None

    @property
    def today(self) -> date:
        if self.anchor is None:
            raise _Gap("no publication date: nothing to count from")
        return self.anchor


_Told = tuple[When, str]


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
    context = _Context(anchor, tense, previous)
    try:
        when, why = _range(expression, context) if expression.until else _point(expression, context)
    except (_Gap, ValueError, OverflowError) as gap:
        if expression.check:
            return reckon(expression.check, anchor, tense, previous)
        return Resolution(None, str(gap) if isinstance(gap, _Gap) else f"no such day: {gap}")
    if expression.check:
        when, why = _checked(when, why, expression, context)
    if expression.about and when.grain == "day":
        return Resolution(None, "about so many days names no day")
    if expression.about:
        when = replace(when, edtf="/".join(f"{end}~" for end in (when.edtf or "").split("/")))
    return Resolution(when, why)


def _point(expression: Expression, context: _Context) -> _Told:
    if expression.relation:
        return _related(expression, context)
    if expression.offset is not None:
        return (
            _by_tense(expression, context) if expression.by_tense else _counted(expression, context)
        )
    if expression.season:
        return _season(expression, context)
    if expression.weekday:
        return _weekday(expression, context)
    if expression.unit == "decade" and expression.year:
        return When.of_decade(expression.year), "the decade is written out"
    if expression.unit and expression.shift is not None:
        return _shifted_unit(expression, context)
    if expression.month:
        return _calendar(expression, context)
    if expression.day:
        return _day_alone(expression, context)
    year = _year(expression, context)
    if year is None:
        raise _Gap("it names no time")
    return _build(expression, year[0]), year[1]


def _year(expression: Expression, context: _Context) -> tuple[int, str] | None:
    if expression.year is not None:
        return expression.year, "the year is written out"
    if expression.same_year:
        if context.previous and context.previous.earliest:
            return context.previous.earliest.year, "the year of the date before"
        raise _Gap("no dated year stands before it")
    if expression.year_shift is not None and context.anchor:
        return (
            context.anchor.year + expression.year_shift,
            f"{_SHIFT[expression.year_shift]} year, counted from publication",
        )
    return None


def _build(expression: Expression, year: int | None) -> When:
    month, part = expression.month, expression.part
    if part and month and part.startswith("week"):
        return _week_of_month(int(part.removeprefix("week")), year, month)
    return When.of_part(part, year, month) if part else When.of(year, month, expression.day)


def _week_of_month(number: int, year: int | None, month: int) -> When:
    if number > 4:
        raise _Gap(f"a month has no week {number} to speak of")
    last = calendar.monthrange(year or 2001, month)[1]
    first = 7 * number - 6 if number > 0 else last - 6
    return replace(
        When.between(When.of(year, month, first), When.of(year, month, first + 6)), grain="week"
    )


def _calendar(expression: Expression, context: _Context) -> _Told:
    """A month, a part of it or a day of it, the year perhaps unsaid."""
    year = _year(expression, context)
    if year:
        return _build(expression, year[0]), year[1]
    _build(expression, 2000)  # no year has a 31st of June: that is said at once
    anchor = context.anchor
    if anchor is None:
        return _build(expression, None), "no publication date: the year is not known"
    leap = expression.day == 29 and expression.month == 2
    years = [
        year
        for year in range(anchor.year - 8, anchor.year + 9)
        if not leap or calendar.isleap(year)
    ]
    return _choose([_build(expression, year) for year in years], expression, context)


def _choose(options: Sequence[When], expression: Expression, context: _Context) -> _Told:
    """Choose among the years, or months, in which a date may fall that leaves them unsaid; the
    options are in order.
    """
    today = context.today
    before = [when for when in options if _ends(when)[0] <= today]
    after = [when for when in options if _ends(when)[1] >= today]
    if expression.shift == -1:
        return next(
            when for when in reversed(before) if _ends(when)[1] < today
        ), "the last one before the publication date"
    if expression.shift == 1:
        return next(
            when for when in after if _ends(when)[0] > today
        ), "the next one after the publication date"
    in_year = next((when for when in options if _ends(when)[0].year == today.year), before[-1])
    if expression.shift == 0:
        return next(
            (when for when in before if when in after), in_year
        ), "this one: under way or in the year of publication"
    nearest = min(options, key=lambda when: _distance(when, today))
    if context.tense in ("past", "future"):
        fitting, why = (
            (before[-1], "latest on or before")
            if context.tense == "past"
            else (after[0], "earliest on or after")
        )
        if expression.grain == "day" and _distance(fitting, today) > _FAR and nearest != fitting:
            return (
                nearest,
                f"{context.tense} tense, but that day is almost a year off: the nearest to the "
                "publication date",
            )
        return fitting, f"{context.tense} tense: the {why} the publication date"
    if _distance(nearest, today) <= _NEAR or expression.month is None:
        return nearest, "the nearest to the publication date"
    return in_year, "in the year of publication"


def _ends(when: When) -> tuple[date, date]:
    return when.earliest or date.min, when.latest or date.max


def _distance(when: When, day: date) -> int:
    first, last = _ends(when)
    return max((first - day).days, (day - last).days, 0)


def _day_alone(expression: Expression, context: _Context) -> _Told:
    """A day of a month that is not named ("on the 24th")."""
    day, anchor, previous = expression.day or 0, context.anchor, context.previous
    beside = _later_in_month(day, previous) if previous and expression.shift is None else None
    if anchor is None:
        if beside is None:
            raise _Gap("no publication date: the month is not known")
        return beside, "a later day of the month of the date before"
    months = [_month(anchor, offset) for offset in range(-3, 4)]
    options = [
        When.of(year, month, day)
        for year, month in months
        if day <= calendar.monthrange(year, month)[1]
    ]
    weekday = expression.check.weekday if expression.check else None
    agreeing = [
        when for when in options if weekday and when.day and when.day.isoweekday() == weekday
    ]
    if beside in options and (beside in agreeing or not weekday) and _fits_tense(beside, context):
        return beside, "a later day of the month of the date before"
    return _choose(agreeing or options, expression, context)


def _later_in_month(day: int, previous: When) -> When | None:
    text = previous.end or previous.start or ""
    if previous.grain != "day" or int(text[-2:]) >= day:
        return None
    try:
        return When.parse(f"{text[:-2]}{day:02d}", f"{text[:-2]}{day:02d}")
    except ValueError:
        return None


def _fits_tense(when: When | None, context: _Context) -> bool:
    first, last = _ends(when) if when else (date.max, date.min)
    return (context.tense != "past" or first <= context.today) and (
        context.tense != "future" or last >= context.today
    )


def _month(anchor: date, offset: int) -> tuple[int, int]:
    years, month = divmod(anchor.month - 1 + offset, 12)
    return anchor.year + years, month + 1


def _weekday(expression: Expression, context: _Context) -> _Told:
    if context.anchor is None:
        raise _Gap("no publication date: a weekday alone names no day")
    today, shift = context.today, expression.shift
    ahead = ((expression.weekday or 1) - today.isoweekday()) % 7
    back = ahead - 7 if ahead else 0
    in_week = (expression.weekday or 1) - today.isoweekday()
    if expression.unit == "week":
        days, why = in_week + 7 * (shift or 0), f"the weekday of {_SHIFT[shift or 0]} week"
    elif shift == -1:
        days, why = ahead - 7, "the last such weekday before the publication day"
    elif shift == 1:
        days, why = ahead or 7, "the next such weekday after the publication day"
    elif shift == 0 and context.tense is None:
        days, why = in_week, "this weekday: in the week of publication"
    elif context.tense == "past":
        days, why = back, "the latest such weekday on or before the publication day"
    elif context.tense:
        days, why = ahead, "the earliest such weekday on or after the publication day"
    else:
        days, why = ahead if ahead <= 3 else back, "the nearest such weekday to the publication day"
    return When.of_day(today + timedelta(days=days)), why


def _season(expression: Expression, context: _Context) -> _Told:
    season = expression.season or ""
    if season == "unsettled":
        raise _Gap("a season whose months are not settled")
    year = _year(expression, context)
    if year:
        return When.of_season(season, year[0]), year[1]
    options = [When.of_season(season, context.today.year + offset) for offset in range(-2, 3)]
    return _choose(options, expression, context)


def _by_tense(expression: Expression, context: _Context) -> _Told:
    """A word that looks as many days back as ahead: the tense decides, or else a weekday beside
    it.
    """
    today, days = context.today, expression.offset or 0
    weekday = expression.check.weekday if expression.check else None
    if context.tense:
        days = -days if context.tense == "past" else days
        return When.of_day(
            today + timedelta(days=days)
        ), f"{context.tense} tense: {days:+d} days from the publication date"
    for sign in (1, -1):
        day = today + timedelta(days=sign * days)
        if day.isoweekday() == weekday:
            return When.of_day(
                day
            ), "the weekday beside it says on which side of the publication date"
    raise _Gap("the word looks back or ahead, and no tense says which")


def _counted(expression: Expression, context: _Context) -> _Told:
    """So many units from the publication date, at the precision of the unit."""
    today, offset, unit = context.today, expression.offset or 0, expression.unit or "day"
    why = f"{offset:+d} {unit}s from the publication date" if offset else "the publication day"
    if unit == "day":
        return When.of_day(today + timedelta(days=offset)), why
    if unit in _WEEKS:
        return When.of_week(today + timedelta(weeks=_WEEKS[unit] * offset)), why
    if unit == "month":
        return When.of(*_month(today, offset)), why
    if unit == "year":
        return When.of(today.year + offset), why
    raise _Gap(f"a count of {unit}s is too rough to date anything")


def _shifted_unit(expression: Expression, context: _Context) -> _Told:
    """This, last or next week, month or year, or a day or part of it."""
    today, shift, unit = context.today, expression.shift or 0, expression.unit
    why = f"{_SHIFT[shift]} {unit}, counted from the publication date"
    if unit == "week":
        return When.of_week(today + timedelta(weeks=shift)), why
    if unit == "month":
        year, month = _month(today, shift)
        return _build(replace(expression, month=month), year), why
    if unit == "year":
        return _build(expression, today.year + shift), why
    raise _Gap(f"{_SHIFT[shift]} {unit} has no settled beginning")


def _related(expression: Expression, context: _Context) -> _Told:
    """A time told by its place beside the date before."""
    previous, unit, relation = context.previous, expression.unit or "day", expression.relation
    if relation == "vague":
        raise _Gap(f"a vague count of {unit}s")
    if relation == "event":
        raise _Gap("counted from an event, not from the day of publication")
    if previous is None:
        raise _Gap("it counts from a date before it, and there is none")
    if relation == "same":
        return _same(expression, previous, unit)
    if unit != "day":
        raise _Gap(f"a count of {unit}s from the date before is too rough")
    if relation == "last":
        last = When.parse(previous.end, previous.end) if previous.start != previous.end else None
        if last is None or last.grain != "day":
            raise _Gap("the last day of something whose end is not known")
        return last, "the last day of the time named before"
    try:
        return previous.start_day(
            expression.offset or 0
        ), f"{expression.offset or 0:+d} days from the date before"
    except ValueError as error:
        raise _Gap(f"counted from the date before, but {error}") from error


def _same(expression: Expression, previous: When, unit: str) -> _Told:
    """The day, week, month or year in which the date before lies."""
    why = f"the same {unit} as the date before"
    first, last = previous.earliest, previous.latest or previous.earliest
    if unit == "period":
        return previous, "the time named before"
    if unit == "day":
        same = (
            When.parse(previous.start, previous.start)
            if previous.end in (None, previous.start)
            else None
        )
        if same is None or same.grain != "day":
            raise _Gap("the date before it is not one day")
        return same, why
    if first is None or last is None or not _share(first, last, unit):
        raise _Gap(f"the {unit} of the date before is not known")
    if unit == "week":
        return When.of_week(first), why
    return _build(
        replace(expression, month=first.month if unit == "month" else None), first.year
    ), why


def _share(first: date, last: date, unit: str) -> bool:
    if unit == "week":
        return first.isocalendar()[:2] == last.isocalendar()[:2]
    return (
        unit in ("month", "year")
        and first.year == last.year
        and (unit == "year" or first.month == last.month)
    )


def _range(expression: Expression, context: _Context) -> _Told:
    """Both ends of a range or choice; an end whose year, or week, is unsaid follows from the
    other.
    """
    first, until = (
        replace(expression, until=None, check=None, about=False),
        expression.until or expression,
    )
    if context.tense == "future" and _floats(first) and _floats(until):
        right, why = _point(until, context)
        left = _beside(first, right, -1) or _point(first, context)[0]
    else:
        left, why = _point(first, context)
        right = _beside(until, left, 1) or _point(until, replace(context, previous=left))[0]
    if left.earliest and right.latest and right.latest < left.earliest:
        raise _Gap("the range ends before it begins")
    when = When.between(left, right)
    if expression.either:
        when = replace(when, edtf=f"[{left.edtf},{right.edtf}]")
    return when, why


def _floats(expression: Expression) -> bool:
    return (
        bool(expression.month)
        and expression.year is None
        and expression.year_shift is None
        and not expression.same_year
    )


def _beside(expression: Expression, other: When, side: int) -> When | None:
    """The other end of a range, if all it needs is the year, or the week, of the end that is
    known.
    """
    if expression.weekday and expression.shift is None and other.day:
        return When.of_day(
            other.day + timedelta(days=(expression.weekday - other.day.isoweekday()) % 7)
        )
    if not _floats(expression):
        return None
    near = other.earliest if side > 0 else other.latest
    if near is None:
        return _build(expression, None)
    month = expression.month or near.month
    return _build(expression, near.year + (side if (month - near.month) * side < 0 else 0))


def _checked(when: When, why: str, expression: Expression, context: _Context) -> _Told:
    """Hold a date against the second expression that names it."""
    other = reckon(
        expression.check or expression, context.anchor, context.tense, context.previous
    ).when
    weekday = expression.check.weekday if expression.check else None
    if weekday and when.day and when.day.isoweekday() == weekday:
        return when, f"{why}; the weekday agrees"
    if weekday and other and expression.relation:
        return other, "the weekday named beside it, with which the date before does not agree"
    if weekday and when.day:
        return when, f"{why}; the weekday named disagrees, the date is trusted"
    if other and other.dated and when.dated and not other.overlaps(when):
        return when, f"{why}; the words beside it disagree, the fuller date is trusted"
    return when, why
