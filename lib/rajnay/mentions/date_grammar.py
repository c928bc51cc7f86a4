"""The grammar of time expressions: what may stand beside what, in any language, and what each
combination says.

A rule is a pattern over classes of words (`rajnay.date_patterns` says how it is written, the
language's ``dates.yaml`` which word is of which class) and a function that reads the match. At each
place the longest match that is not refused wins.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from rajnay.mentions.date_patterns import Found, Hit, Pattern, compile_pattern
from rajnay.times.expressions import Expression


def _said_of_year(hit: Hit) -> Expression:
    year = hit.number("preyear") or hit.number("year")
    return Expression(
        year=year, year_shift=hit.number("yearshift"), same_year="yearsame" in hit.groups
    )


def _month_part(hit: Hit) -> str | None:
    if "half" in hit.groups:
        return {1: "first-half", 2: "second-half"}.get(hit.number("half") or 0)
    if "partord" in hit.groups:
        return f"week{hit.number('partord')}"
    return "week-1" if "partlast" in hit.groups else hit.text("part")


def _date(hit: Hit) -> Iterator[Found]:
    """A day or days with their month, in either order, or days of a month told by its place (last
    month).
    """
    placed = "monthshift" in hit.groups or "monthsame" in hit.groups
    after_month = placed or hit.groups["month"][0] < hit.groups["days"][0]
    year_after = "year" in hit.groups and hit.groups["year"][0] > hit.groups["days"][0]
    if placed and _is_ordinal(hit, words=False) and hit.found(Expression()).role == "bare":
        return  # "last month the 22nd summit": a number in a series
    if after_month and not (
        _is_ordinal(hit) or (hit.month_before_day and not placed) or year_after
    ):
        return
    expression = replace(
        _said_of_year(hit),
        month=hit.number("month"),
        shift=hit.number("monthshift") if placed else hit.number("dateshift"),
        unit="month" if placed else None,
        relation="same" if "monthsame" in hit.groups else None,
    )
    yield from _each_day(hit, expression)


def _days_alone(hit: Hit) -> Iterator[Found]:
    """Days whose month is not named: only if a sign, a noun or an ordinal with its case ending says
    that they are days.
    """
    if "sign" in hit.groups or (
        _is_ordinal(hit, words=False) and hit.found(Expression()).role in ("at", "from", "until")
    ):
        yield from _each_day(hit, Expression(shift=hit.number("dateshift")))


def _is_ordinal(hit: Hit, words: bool = True) -> bool:
    """Whether the last day is surely an ordinal, or is called a date."""
    last = hit.atoms[hit.groups["days"][1]]
    ordinal = (last.has("ord") and not last.has("case")) or (words and last.has("dayord"))
    return ordinal or any(atom.has("date_noun") for atom in hit.part("tail"))


def _each_day(hit: Hit, expression: Expression) -> Iterator[Found]:
    for choice, first, last, days in _days(hit):
        said = replace(expression, day=days[0])
        if len(days) > 1:
            said = replace(said, until=replace(expression, day=days[-1]), either=choice)
        yield replace(hit.found(said, first=first, last=last), weak=False)


def _days(hit: Hit) -> Iterator[tuple[bool, int, int, list[int]]]:
    """Read a list of days: yield whether it is a choice, its first and last atom, and its one day
    or two ends.
    """
    start, end = hit.groups["days"]
    groups: list[tuple[int, int, list[int]]] = []
    ranged = choice = False
    for index in range(start, end + 1):
        atom = hit.atoms[index]
        if day := atom.get("day"):
            if ranged:
                groups[-1] = (groups[-1][0], index, [groups[-1][2][0], int(day.value)])
            else:
                groups.append((index, index, [int(day.value)]))
            ranged = day.role == "from"
        elif atom.has("dash", "to") or (
            atom.has("case") and index < end and hit.atoms[index + 1].has("day")
        ):
            ranged = True
        choice = choice or atom.has("or")
    if "between" in hit.groups and len(groups) == 2:
        groups = [(groups[0][0], groups[1][1], [groups[0][2][0], groups[1][2][-1]])]
    values = [day for group in groups for day in group[2]]
    in_sequence = all(
        after[2][0] - before[2][-1] == 1 for before, after in itertools.pairwise(groups)
    )
    if (in_sequence or choice) and values == sorted(values):
        yield (
            choice,
            hit.first,
            hit.last,
            values[:1] if len(values) == 1 else [values[0], values[-1]],
        )
        return
    for place, (first, last, days) in enumerate(groups):
        yield (
            False,
            first if place else hit.first,
            hit.last if place == len(groups) - 1 else last,
            days,
        )


def _month(hit: Hit) -> Iterator[Found]:
    expression = replace(
        _said_of_year(hit),
        month=hit.number("month"),
        shift=hit.number("dateshift"),
        part=_month_part(hit),
    )
    found = hit.found(expression)
    plain = (
        not any(
            name in hit.groups for name in ("year", "preyear", "yearshift", "yearsame", "whole")
        )
        and not expression.shift
    )
    yield replace(found, weak=found.weak and plain)


def _unit(hit: Hit) -> Iterator[Found]:
    """A week, month or year told by its place (last, this, next, the same), or a part of it."""
    unit = next(
        unit
        for unit in ("month", "week", "year")
        if f"{unit}shift" in hit.groups or f"{unit}same" in hit.groups
    )
    weekday, part = hit.number("weekday"), _month_part(hit)
    if f"{unit}same" not in hit.groups:
        expression = Expression(
            unit=unit, shift=hit.number(f"{unit}shift"), weekday=weekday, part=part
        )
    elif unit == "year":
        expression = Expression(same_year=True, part=part)
    elif weekday is None:
        expression = Expression(unit=unit, relation="same", part=part)
    else:
        return
    yield replace(hit.found(expression), weak=False)


def _unsettled(hit: Hit) -> Iterator[Found]:
    if hit.text("unit") in ("fortnight", "decade"):
        yield replace(
            hit.found(Expression(unit=hit.text("unit"), shift=hit.number("shift"))), weak=False
        )


def _year(hit: Hit) -> Iterator[Found]:
    year, two = hit.number("year"), hit.number("two")
    decade = "decade" in hit.groups
    expression = Expression(year=year, part=hit.text("part"), unit="decade" if decade else None)
    if two is not None and year is not None:
        if two != (year + 1) % 100 or any(atom.spaced for atom in hit.part("span")):
            return
        expression = Expression(year=year, until=Expression(year=year + 1))
    found = hit.found(expression)
    yield replace(
        found, weak=found.weak and not any(name in hit.groups for name in ("sign", "decade"))
    )


def _part(hit: Hit) -> Iterator[Found]:
    unit = next(
        unit for unit in ("year", "month") if any(name.startswith(unit) for name in hit.groups)
    )
    part = hit.text("part") or hit.text("yearpart") or hit.text("monthpart")
    yield replace(hit.found(Expression(unit=unit, shift=0, part=part)), weak=False)


def _season(hit: Hit) -> Iterator[Found]:
    expression = replace(
        _said_of_year(hit), season=hit.text("season"), shift=hit.number("dateshift")
    )
    found = hit.found(expression)
    if not found.weak or "yearshift" in hit.groups or "dateshift" in hit.groups:
        yield replace(found, weak=False)


def _dayword(hit: Hit) -> Iterator[Found]:
    by_tense = "tenseday" in hit.groups
    offset = hit.number("tenseday" if by_tense else "dayword")
    yield replace(hit.found(Expression(offset=offset, unit="day", by_tense=by_tense)), weak=False)


def _weekdays(hit: Hit) -> Iterator[Found]:
    """A weekday, or a list of them: one after the other, or parted by a dash or "or", they are one
    stretch.
    """
    shift, (start, end) = hit.number("dateshift"), hit.groups["weekdays"]
    days = [
        (index, int(entry.value))
        for index in range(start, end + 1)
        if (entry := hit.atoms[index].get("weekday") or hit.atoms[index].get("weekday_short"))
    ]
    in_full = any(atom.has("weekday") for atom in hit.part("weekdays"))
    either = any(atom.has("or") for atom in hit.part("weekdays"))
    stretch = either or any(atom.has("dash", "to") for atom in hit.part("weekdays"))
    if len(days) == 1:
        yield replace(hit.found(Expression(weekday=days[0][1], shift=shift)), weak=not in_full)
    elif in_full and (
        stretch
        or all((after[1] - before[1]) % 7 == 1 for before, after in itertools.pairwise(days))
    ):
        expression = Expression(
            weekday=days[0][1], shift=shift, until=Expression(weekday=days[-1][1]), either=either
        )
        yield replace(hit.found(expression), weak=False)
    elif in_full:
        for place, (index, day) in enumerate(days):
            first, last = index if place else None, index if place < len(days) - 1 else None
            yield replace(
                hit.found(Expression(weekday=day, shift=shift), first=first, last=last), weak=False
            )


def _numeric(hit: Hit) -> Iterator[Found]:
    """A date in digits: day, month, year, or year, month, day, parted by the same sign without
    spaces.
    """
    first, last = hit.groups["numbers"]
    numbers = [int(entry.value) for atom in hit.part("numbers") if (entry := atom.get("digits"))]
    signs = {
        entry.value
        for atom in (hit.atoms[first + 1], hit.atoms[first + 3])
        for entry in atom.entries
    }
    if any(atom.spaced for atom in hit.atoms[first + 1 : last + 1]) or len(signs) > 1:
        return
    day, month, year = numbers if numbers[0] <= 31 else reversed(numbers)
    if hit.month_before_day and numbers[0] <= 31:
        day, month = month, day
    # With dots and two digits for the year it may as well be a time of day or a version, unless a
    # sign calls it a date.
    if year < 100 and (
        hit.atoms[first + 1].has("dot") and not hit.atoms[hit.first].has("date_sign")
    ):
        return
    if year < 100:
        year += 2000 if year < 70 else 1900
    swapped = day <= 12 and max(numbers) > 99  # such a date is kept, to be reported as impossible
    if 1900 <= year <= 2099 and 1 <= day <= 31 and 1 <= month <= (31 if swapped else 12):
        yield replace(hit.found(Expression(year=year, month=month, day=day)), weak=False)


def _ago(hit: Hit) -> Iterator[Found]:
    count, unit = hit.number("count"), hit.text("unit")
    if "event" in hit.groups:
        found = hit.found(
            Expression(unit=unit, relation="event"), kind="date" if "ago" in hit.groups else "lapse"
        )
        yield replace(found, weak=False)
    elif count and "ago" in hit.groups:
        relation = "offset" if "its" in hit.groups else None
        expression = Expression(
            offset=-count, unit=unit, relation=relation, about="about" in hit.groups
        )
        yield replace(hit.found(expression), weak=False)
    elif count and "after" in hit.groups and "its" in hit.groups and unit in ("day", "week"):
        yield replace(hit.found(Expression(offset=count, unit=unit, relation="offset")), weak=False)
    elif count and "after" in hit.groups:
        yield hit.found(
            Expression(offset=count, unit=unit, about="about" in hit.groups), kind="lapse"
        )


def _length(hit: Hit) -> Iterator[Found]:
    """So many units: a duration, or a lapse if its ending or a word before says within which or
    since when.
    """
    count, unit = hit.number("count") or hit.number("span"), hit.text("unit") or "day"
    if "least" in hit.groups:
        yield hit.found(Expression(unit=unit), kind="lapse")
        return
    expression = Expression(count=count, unit=unit, about="about" in hit.groups)
    found = hit.found(expression, kind="duration")
    lapse = found.role in ("at", "from") or ("past" in hit.groups and found.role != "of")
    yield replace(found, kind="lapse" if lapse else "duration")


def _related(hit: Hit) -> Iterator[Found]:
    """A day told by its place beside the date before: the same day, the day before, the second day,
    the last day.
    """
    relation, nth = hit.text("relation"), hit.number("nth") or hit.number("nthday")
    if hit.number("shift"):
        return
    expression = Expression(unit="day", relation="same")
    if nth:
        expression = Expression(unit="day", relation="nth", offset=nth - 1)
    elif relation == "last":
        expression = Expression(unit="day", relation="last")
    elif relation:
        expression = Expression(
            unit="day", relation="offset", offset=-1 if relation == "before" else 1
        )
    yield replace(hit.found(expression), weak=False)


def _period(hit: Hit) -> Iterator[Found]:
    yield replace(hit.found(Expression(unit="period", relation="same")), weak=False)


def _vague(hit: Hit) -> Iterator[Found]:
    yield replace(hit.found(Expression(unit=hit.text("unit"), relation="vague")), weak=False)


def _repeated(hit: Hit) -> Iterator[Found]:
    if hit.number("count") != 1:
        yield hit.found(Expression(), kind="repetition")


def _every(hit: Hit) -> Iterator[Found]:
    yield hit.found(Expression(), kind="recurring")


_TAIL = "tail=(case* (date_noun | unit_day.at)? case* emph?) (between=between)?"
_YEAR_SAID = "year_sign? preyear=year (case.of/at | comma)?"
_YEAR_PLACED = "(yearshift=shift | yearsame=same) emph? unit_year comma?"
_YEAR = f"({_YEAR_SAID} | {_YEAR_PLACED})?"
_YEAR_AFTER = "((comma | dash | case.of | lead.of)? year_sign? year=year)?"
_AND = "(comma? (dash | to | and | or) | comma)"
_DAYS = f"days=((day.from | day ord? ({_AND} | case.from))* day ord?)"
_MONTH = "month=month (whole=unit_month)?"
_MONTH_FIRST = "month=month.bare/of unit_month.bare/of? case.of?"
_MONTH_PLACED = "(monthshift=shift | monthsame=same) emph? unit_month case.of?"
_PART = (
    "(part=part | partord=ordinal unit_week | partlast=relation unit_week"
    " | half=ordinal unit_fortnight)"
)
_WEEKDAYS = f"weekdays=((weekday | weekday_short) ({_AND} (weekday | weekday_short))*)"
_DIGITS = "numbers=(digits (dash | slash | dot) digits (dash | slash | dot) digits)"
_COUNT = "(about=about)? count=count (emph | dash)? unit=unit case*"
_ITS = "(its=its | event=(genitive | case.of))?"
_DAY = "emph? unit_day.at/of/from/until"

RULES: tuple[Pattern, ...] = tuple(
    compile_pattern(text, build)
    for text, build in (
        # "19/08/2024", "2024-08-19"
        (f"date_sign? {_DIGITS} {_TAIL}", _numeric),
        # "5 December 2025", "28 and 29 August", "date 5 to 7 December", "last 24 August", "this
        # year on 8 July"
        (
            f"lead? {_YEAR} date_sign? dateshift=shift? {_DAYS} lead.of? {_MONTH} {_YEAR_AFTER} "
            f"{_TAIL}",
            _date,
        ),
        # "August 21, 2025", "of July the 9th", "of August 2025 the 21st"
        (f"lead? {_YEAR} dateshift=shift? {_MONTH_FIRST} {_DAYS} {_YEAR_AFTER} {_TAIL}", _date),
        (f"lead? {_MONTH_FIRST} year=year case.of? {_DAYS} {_TAIL}", _date),
        # "last month on the 11th"
        (f"lead? {_MONTH_PLACED} date_sign? {_DAYS} {_TAIL}", _date),
        # "on the 24th", "on the 28th and 29th", "date 19"
        (
            f"lead? (sign=date_sign)? dateshift=shift? {_DAYS} tail=(case* date_noun? case* emph?)",
            _days_alone,
        ),
        # "in August", "at the end of June this year", "in the second week of October"
        (f"lead? {_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER} {_TAIL}", _month),
        (f"lead? {_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER} case.of? {_PART} {_TAIL}", _month),
        (
            f"lead? emph? part=part lead.of {_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER} "
            f"{_TAIL}",
            _month,
        ),
        # "next month", "at the end of this month", "last week on Monday", "that year", "at the end
        # of last year"
        (f"lead? {_MONTH_PLACED} {_PART}? {_TAIL}", _unit),
        (
            f"lead? (weekshift=shift | weeksame=same) emph? unit_week case* (weekday=weekday)? "
            f"{_TAIL}",
            _unit,
        ),
        (
            f"lead? (yearshift=shift | yearsame=same) emph? unit_year case.of? (part=part)? "
            f"{_TAIL}",
            _unit,
        ),
        (f"lead? shift=shift emph? unit=unit {_TAIL}", _unsettled),
        # "in 2019", "the year 2019", "at the end of 2025", "in the decade of 1990", "2018-19"
        (f"lead? (sign=year_sign)? year=year (case.of? unit_year)? {_TAIL}", _year),
        (
            f"lead? (sign=year_sign)? year=year case.of (part=part | decade=unit_decade) {_TAIL}",
            _year,
        ),
        (f"year=year span=(dash two=two) {_TAIL}", _year),
        # "at the end of the year", in one word or more; "in the winter of 2024"
        (f"(year=unit_year.of | month=unit_month.of) part=part {_TAIL}", _part),
        (f"(yearpart=year_part | monthpart=month_part) {_TAIL}", _part),
        (f"lead? {_YEAR} dateshift=shift? season=season {_TAIL}", _season),
        # "yesterday", "on this day today", "last Monday", "on Saturday and Sunday"
        ("(dayword=dayword | tenseday=tenseday) emph? case* emph?", _dayword),
        ("dayword=dayword.of unit_day case* emph?", _dayword),
        (f"lead? dateshift=shift? emph? {_WEEKDAYS} {_TAIL}", _weekdays),
        # "four days ago", "two days before it", "after five years", "some days ago"
        (f"{_ITS} {_COUNT} (ago=ago | after=after) emph?", _ago),
        ("vague unit=unit case* ago emph?", _vague),
        # "a two-day visit", "for four days", "in the last two months"
        (
            f"(past=(shift | relation) emph?)? (least=(count (dash | or | to)))? {_COUNT} emph?",
            _length,
        ),
        ("span=span case*", _length),
        # "twice", "16 times"
        ("count=count times case*", _repeated),
        # "that same day", "on the second day", "the day before", "on the last day"
        (f"its? (same | shift=shift) {_DAY} {_TAIL}", _related),
        (f"its? (nth=ordinal | nthday=day ord.bare) {_DAY} {_TAIL}", _related),
        (f"its? relation=relation {_DAY} {_TAIL}", _related),
        # "in that same period", "in those days"
        (f"its? (same | shift) emph? period.at {_TAIL}", _period),
        # "every year", which takes the date after it along
        (f"every (unit | weekday | month) {_TAIL}", _every),
    )
)
