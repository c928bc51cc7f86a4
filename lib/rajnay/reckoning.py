"""Reckon the days that an expression of time names, from the day of publication and the tense of its clause."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rajnay.intervals import When

_NEAR = 45  # days within which the nearest of two years is taken; farther off, a bare month is one of the current year
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_SHIFT = {-1: "last", 0: "this", 1: "next"}


@dataclass(frozen=True, slots=True)
class Expression:
    """What an expression of time says, before anyone asks when it was said.

    ``shift`` is -1, 0 or 1 (last, this, next) of ``unit``, or of the named month, day, weekday or season if ``unit`` is None;
    ``year_shift`` the same of the year beside a month; ``offset`` counts ``unit`` from the day of publication, or from the
    date before if ``relation`` is set; ``by_tense`` says that the tense decides the offset's sign; ``relation`` is same,
    offset, nth or last (day of what the date before names), event (counted from what is no date) or vague; ``beside`` a year
    named shortly before; ``until`` the other end of a range or, if ``either``, of a choice; ``check`` a second expression that
    names the same time.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    season: str | None = None
    unit: str | None = None
    shift: int | None = None
    year_shift: int | None = None
    same_year: bool = False
    offset: int | None = None
    by_tense: bool = False
    relation: str | None = None
    count: int | None = None
    about: bool = False
    beside: Expression | None = None
    until: Expression | None = None
    either: bool = False
    check: Expression | None = None

    @property
    def grain(self) -> str:
        """The unit to which the expression is precise."""
        if self.day or self.weekday:
            return "day"
        if self.part:
            return "week" if self.part.startswith("week") else "part"
        if self.season:
            return "season"
        return self.unit or ("month" if self.month else "year")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The stretch of time that a mention names, or None, and one line that says how it was reckoned or why it was not."""

    when: When | None
    why: str


@dataclass(frozen=True, slots=True)
class _Context:
    anchor: date | None
    tense: str | None
    previous: When | None


def reckon(expression: Expression, anchor: date | None, tense: str | None, previous: When | None = None) -> Resolution:
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
    except (ValueError, OverflowError) as error:
        return Resolution(None, f"no such day: {error}")
    if when and expression.check:
        when, why = _checked(when, why, expression.check, context)
    elif expression.check and not when:
        return reckon(expression.check, anchor, tense, previous)
    if when and when.edtf and expression.about:
        when = replace(when, edtf="/".join(f"{end}~" for end in when.edtf.split("/")))
    return Resolution(when, why)


def _point(expression: Expression, context: _Context) -> tuple[When | None, str]:
    if expression.relation:
        return _related(expression, context)
    if expression.offset is not None:
        return _offset(expression, context)
    if expression.season:
        return _season(expression, context)
    if expression.weekday:
        return _weekday(expression, context)
    if expression.unit == "decade" and expression.year:
        return When.of_decade(expression.year), "the decade is written out"
    if expression.unit and expression.shift is not None:
        return _shifted_unit(expression, context)
    if expression.month or expression.day:
        return _calendar(expression, context)
    year, why = _year(expression, context)
    if year is None:
        return None, why
    return (When.of_part(expression.part, year) if expression.part else When.of(year)), why


def _year(expression: Expression, context: _Context) -> tuple[int | None, str]:
    if expression.year is not None:
        return expression.year, "the year is written out"
    if expression.same_year:
        if context.previous and context.previous.earliest:
            return context.previous.earliest.year, "the year of the date before"
        return None, "no dated year stands before it"
    if expression.year_shift is not None:
        if context.anchor is None:
            return None, "no publication date: the year is not known"
        return (
            context.anchor.year + expression.year_shift,
            f"{_SHIFT[expression.year_shift]} year, counted from the publication date",
        )
    return None, ""


def _calendar(expression: Expression, context: _Context) -> tuple[When | None, str]:
    """A month or a day, its year or month perhaps unsaid."""
    if expression.month is None:
        return _day_alone(expression, context)
    year, why = _year(expression, context)
    if year is None and expression.beside and context.tense != "future":
        beside = _point(expression.beside, context)[0]
        year, why = beside.earliest.year if beside and beside.earliest else None, "in the year named just before"
    if year is not None:
        return _build(expression, year), why
    if expression.day and expression.day > calendar.monthrange(2000, expression.month)[1]:
        raise ValueError(f"month {expression.month} has no day {expression.day}")
    anchor = context.anchor
    if anchor is None:
        return _build(expression, None), "no publication date: the year is not known"
    options = [when for year in range(anchor.year - 4, anchor.year + 5) if (when := _try(expression, year))]
    return _choose(options, expression, context)


def _build(expression: Expression, year: int | None) -> When:
    if expression.part and expression.part.startswith("week"):
        return _week_of_month(expression.part, year, expression.month or 1)
    if expression.part:
        return When.of_part(expression.part, year, expression.month)
    return When.of(year, expression.month, expression.day)


def _try(expression: Expression, year: int) -> When | None:
    try:
        return _build(expression, year)
    except ValueError:
        return None


def _week_of_month(part: str, year: int | None, month: int) -> When:
    number = int(part.removeprefix("week"))
    last = calendar.monthrange(year or 2001, month)[1]
    first = 7 * number - 6 if number > 0 else last - 6
    if number > 4:
        raise ValueError(f"a month has no week {number} to speak of")
    return replace(When.between(When.of(year, month, first), When.of(year, month, min(first + 6, last))), grain="week")


def _choose(options: list[When], expression: Expression, context: _Context) -> tuple[When | None, str]:
    """Choose among the years in which a yearless date may fall."""
    anchor = context.anchor
    assert anchor is not None
    before = [when for when in options if when.earliest and when.earliest <= anchor]
    strictly_before = [when for when in options if when.latest and when.latest < anchor]
    after = [when for when in options if when.latest and when.latest >= anchor]
    strictly_after = [when for when in options if when.earliest and when.earliest > anchor]
    if expression.shift == -1:
        return strictly_before[-1], "the last one before the publication date"
    if expression.shift == 1:
        return strictly_after[0], "the next one after the publication date"
    if expression.shift == 0:
        return next(
            when for when in options if when.earliest and when.earliest.year == anchor.year
        ), "this one: in the year of publication"
    if context.tense == "past":
        return before[-1], "past tense: the latest on or before the publication date"
    if context.tense == "future":
        return after[0], "future tense: the earliest on or after the publication date"
    nearest = min(options, key=lambda when: _distance(when, anchor))
    if _distance(nearest, anchor) <= _NEAR:
        return nearest, "the nearest to the publication date"
    return next(
        (when for when in options if when.earliest and when.earliest.year == anchor.year), nearest
    ), "in the year of publication"


def _distance(when: When, anchor: date) -> int:
    assert when.earliest and when.latest
    return max((when.earliest - anchor).days, (anchor - when.latest).days, 0)


def _day_alone(expression: Expression, context: _Context) -> tuple[When | None, str]:
    """A day of a month that is not named ("on the 24th")."""
    day, anchor, previous = expression.day or 0, context.anchor, context.previous
    if expression.unit == "month":
        return None, "the month is not known"
    if anchor is None:
        months = (
            {(text or "")[: -len("-00")] for text in (previous.start, previous.end)}
            if previous and previous.grain == "day"
            else set()
        )
        if previous and len(months) == 1 and day > int((previous.end or "0")[-2:]):
            text = f"{months.pop()}-{day:02d}"
            return When.parse(text, text), "a later day of the month of the date before"
        return None, "no publication date: the month is not known"
    options = []
    for offset in range(-3, 4):
        year, month = _month(anchor, offset)
        if day <= calendar.monthrange(year, month)[1]:
            options.append(When.of(year, month, day))
    if expression.shift is None and context.tense in (None, "present"):
        return min(options, key=lambda when: _distance(when, anchor)), "the nearest such day to the publication date"
    return _choose(options, expression, context)


def _month(anchor: date, offset: int) -> tuple[int, int]:
    years, month = divmod(anchor.month - 1 + offset, 12)
    return anchor.year + years, month + 1


def _weekday(expression: Expression, context: _Context) -> tuple[When | None, str]:
    anchor, weekday = context.anchor, expression.weekday or 1
    if anchor is None:
        return None, "no publication date: a weekday alone names no day"
    ahead = (weekday - anchor.isoweekday()) % 7
    if expression.unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * (expression.shift or 0))
        return When.of_day(monday + timedelta(days=weekday - 1)), f"the weekday of {_SHIFT[expression.shift or 0]} week"
    if expression.shift == -1:
        return When.of_day(anchor - timedelta(days=(7 - ahead))), "the last such weekday before the publication day"
    if expression.shift == 1:
        return When.of_day(anchor + timedelta(days=ahead or 7)), "the next such weekday after the publication day"
    if expression.shift == 0 and context.tense is None:
        return When.of_day(anchor - timedelta(days=anchor.weekday() - weekday + 1)), "this weekday: in the week of publication"
    if context.tense == "past":
        return When.of_day(anchor - timedelta(days=-ahead % 7)), "the latest such weekday on or before the publication day"
    if context.tense in ("future", "present"):
        return When.of_day(anchor + timedelta(days=ahead)), "the earliest such weekday on or after the publication day"
    return When.of_day(
        anchor + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    ), "the nearest such weekday to the publication day"


def _season(expression: Expression, context: _Context) -> tuple[When | None, str]:
    season, anchor = expression.season or "", context.anchor
    if season == "unsettled":
        return None, "a season whose months are not settled"
    year, why = _year(expression, context)
    if year is not None:
        return When.of_season(season, year), why
    if anchor is None:
        return None, "no publication date: the year of the season is not known"
    return _choose([When.of_season(season, anchor.year + offset) for offset in range(-3, 4)], expression, context)


def _offset(expression: Expression, context: _Context) -> tuple[When | None, str]:
    anchor, offset, unit = context.anchor, expression.offset or 0, expression.unit or "day"
    if anchor is None:
        return None, "no publication date: nothing to count from"
    if expression.by_tense:
        if context.tense is None and expression.check and expression.check.weekday:
            sign = next(
                (sign for sign in (1, -1) if (anchor + timedelta(days=sign * offset)).isoweekday() == expression.check.weekday), 0
            )
            if not sign:
                return None, "neither day before nor after the publication day is the weekday named"
        elif context.tense is None:
            return None, "the word looks back or ahead, and no tense says which"
        else:
            sign = -1 if context.tense == "past" else 1
        return When.of_day(
            anchor + timedelta(days=sign * offset)
        ), f"{context.tense or 'weekday'} decides: {sign * offset:+d} days from publication"
    return _counted(anchor, offset, unit)


def _counted(anchor: date, offset: int, unit: str) -> tuple[When | None, str]:
    why = f"{offset:+d} {unit}s from the publication date" if offset else "the publication day"
    if unit == "day":
        return When.of_day(anchor + timedelta(days=offset)), why
    if unit in _DAYS:
        return When.of_week(anchor + timedelta(days=_DAYS[unit] * offset)), why
    if unit == "month":
        return When.of(*_month(anchor, offset)), why
    if unit == "year":
        return When.of(anchor.year + offset), why
    return None, f"a count of {unit}s is too rough to date anything"


def _shifted_unit(expression: Expression, context: _Context) -> tuple[When | None, str]:
    """This, last or next week, month or year, or a day or part of it."""
    anchor, shift, unit = context.anchor, expression.shift or 0, expression.unit or ""
    if anchor is None:
        return None, "no publication date: nothing to count from"
    why = f"{_SHIFT[shift]} {unit}, counted from the publication date"
    if unit == "month":
        year, month = _month(anchor, shift)
        return _build(replace(expression, month=month, unit=None), year), why
    if unit == "year":
        year = anchor.year + shift
        return (When.of_part(expression.part, year) if expression.part else When.of(year)), why
    if unit == "week":
        return When.of_week(anchor + timedelta(days=7 * shift)), why
    return None, f"{_SHIFT[shift]} {unit} has no settled beginning"


def _related(expression: Expression, context: _Context) -> tuple[When | None, str]:
    """A time told by its place beside the date before."""
    previous, unit = context.previous, expression.unit or "day"
    if expression.relation == "vague":
        return None, f"a vague count of {unit}s"
    if expression.relation == "event":
        return None, "counted from an event, not from the day of publication"
    if previous is None:
        return None, "it counts from a date before it, and there is none"
    if expression.relation == "same":
        return _same(expression, previous, unit)
    if unit != "day":
        return None, f"a {unit} counted from another event is not known well enough"
    if expression.relation == "last":
        if previous.end is None or previous.start == previous.end:
            return None, "the last day of something whose end is not known"
        return When.parse(previous.end, previous.end), "the last day of the time named before"
    try:
        when = previous.start_day(expression.offset or 0)
    except ValueError as error:
        return None, f"counted from the date before, but {error}"
    return when, f"{expression.offset or 0:+d} days from the date before"


def _same(expression: Expression, previous: When, unit: str) -> tuple[When | None, str]:
    why = f"the same {unit} as the date before"
    first = previous.earliest
    if unit == "day":
        if previous.grain == "day" and previous.start and previous.end in (None, previous.start):
            return When.parse(previous.start, previous.start), why
        return None, "the date before it is not one day"
    if first is None or (previous.latest and not _fits(first, previous.latest, unit)):
        return None, f"the {unit} of the date before is not known"
    if unit == "week":
        return When.of_week(first), why
    if unit == "month":
        return _build(replace(expression, month=first.month, unit=None, relation=None), first.year), why
    if unit == "year":
        return (When.of_part(expression.part, first.year) if expression.part else When.of(first.year)), why
    return None, f"the {unit} of the date before has no settled beginning"


def _fits(first: date, last: date, unit: str) -> bool:
    if unit == "week":
        return first.isocalendar()[:2] == last.isocalendar()[:2]
    return first.year == last.year and (unit == "year" or first.month == last.month)


def _range(expression: Expression, context: _Context) -> tuple[When | None, str]:
    """Both ends of a range or choice; the end that the tense cannot place follows from the other."""
    first, until = replace(expression, until=None, check=None, about=False), expression.until or expression
    if context.tense == "future" and _floats(first) and _floats(until):
        right, why = _point(until, context)
        left = _beside(first, right, -1) if right else None
    else:
        left, why = _point(first, context)
        right = _beside(until, left, 1) if left else None
        if left and right is None:
            right, why = _point(until, replace(context, previous=left))
    if left is None or right is None:
        return None, why
    if left.earliest and right.latest and right.latest < left.earliest:
        return None, "the range ends before it begins"
    when = When.between(left, right)
    if expression.either:
        days = left.day and right.day and (right.day - left.day).days
        when = replace(when, edtf=f"[{left.edtf}{',' if days == 1 else '..'}{right.edtf}]")
    return when, why


def _floats(expression: Expression) -> bool:
    return bool(expression.month) and expression.year is None and expression.year_shift is None and not expression.same_year


def _beside(expression: Expression, other: When, side: int) -> When | None:
    """The other end of a range, if all it needs is the year, or the week, of the end that is known."""
    if expression.weekday and expression.shift is None and other.day:
        return When.of_day(other.day + timedelta(days=(expression.weekday - other.day.isoweekday()) % 7))
    if not _floats(expression) or not other.start or not other.end:
        return None
    near = other.earliest if side > 0 else other.latest
    if near is None:
        return _build(expression, None)
    month = expression.month or near.month
    return _build(expression, near.year + (side if (month - near.month) * side < 0 else 0))


def _checked(when: When, why: str, check: Expression, context: _Context) -> tuple[When | None, str]:
    """Hold a date against the second expression that names it."""
    if check.weekday and when.day:
        if when.day.isoweekday() == check.weekday:
            return when, f"{why}; the weekday agrees"
        return when, f"{why}; the weekday named disagrees, the date is trusted"
    if check.weekday:
        return when, why
    other = reckon(check, context.anchor, context.tense, context.previous).when
    if other and other.dated and when.dated and not other.overlaps(when):
        return when, f"{why}; the words beside it disagree, the fuller date is trusted"
    return when, why
