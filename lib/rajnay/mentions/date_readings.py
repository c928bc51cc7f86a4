"""What each combination of words for time says: one function for each kind of rule of
`rajnay.mentions.date_grammar`.

A reading takes a match and yields the expressions in it, or nothing if the match is refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rajnay.mentions.date_patterns import Found, Match
from rajnay.times.expressions import Expression

# Two digits for the year are of this century below, of the last one from here on.
_LAST_CENTURY = 70
_YEARS = range(1900, 2100)


def _sure(match: Match, expression: Expression) -> Found:
    """Return an expression that needs no neighbour to confirm it."""
    return replace(match.found(expression), weak=False)


def _said_of_year(match: Match) -> Expression:
    year = match.number("preyear") or match.number("year")
    shift = match.number("yearshift")
    return Expression(year=year, year_shift=shift, same_year=match.has("yearsame"))


def _month_part(match: Match) -> str | None:
    """Return the part of a month that is named: a third, a half or a week."""
    if match.has("half"):
        return {1: "first-half", 2: "second-half"}.get(match.number("half") or 0)
    if match.has("partord"):
        return f"week{match.number('partord')}"
    return "week-1" if match.has("partlast") else match.text("part")


# --- days of a month


def date(match: Match) -> Iterator[Found]:
    """Read a day or days with their month, in either order, or days of a month told by its place
    (last month).

    Args:
        match: with the parts ``days``, ``month``, ``monthshift`` or ``monthsame``, and the year's.
    """
    placed = match.has("monthshift", "monthsame")
    if placed and _is_in_series(match):
        return
    if (placed or _is_month_first(match)) and not _may_follow_month(match, placed):
        return
    expression = replace(
        _said_of_year(match),
        month=match.number("month"),
        shift=match.number("monthshift" if placed else "dateshift"),
        unit="month" if placed else None,
        relation="same" if match.has("monthsame") else None,
    )
    yield from _each_day(match, expression)


def _is_in_series(match: Match) -> bool:
    """Return whether a bare ordinal may count something else ("last month the 22nd summit")."""
    return match.role == "bare" and _is_ordinal(match, words=False)


def _is_month_first(match: Match) -> bool:
    return match.groups["month"][0] < match.groups["days"][0]


def _may_follow_month(match: Match, placed: bool) -> bool:
    """Return whether numbers after a month are its days: ordinals, by the language's order, or with
    a year after them.
    """
    if _is_ordinal(match) or (match.month_before_day and not placed):
        return True
    return match.has("year") and match.groups["year"][0] > match.groups["days"][0]


def days_alone(match: Match) -> Iterator[Found]:
    """Read days whose month is not named: only if a sign, a noun or an ordinal with its case ending
    says that they are days.

    Args:
        match: with the parts ``days``, ``sign``, ``dateshift`` and ``tail``.
    """
    ended = match.role in ("at", "from", "until")
    if match.has("sign") or (ended and _is_ordinal(match, words=False)):
        yield from _each_day(match, Expression(shift=match.number("dateshift")))


def _is_ordinal(match: Match, words: bool = True) -> bool:
    """Return whether the last day is surely an ordinal, or is called a date."""
    last = match.atoms[match.groups["days"][1]]
    ordinal = last.has("ord") and not last.has("case")
    spelled = words and last.has("dayord")
    return ordinal or spelled or any(atom.has("date_noun") for atom in match.part("tail"))


class _Days(NamedTuple):
    """One day of a list, or the two ends of some in a row, with their first and last atom."""

    first: int
    last: int
    days: tuple[int, ...]

    def until(self, other: _Days) -> _Days:
        """Return the stretch from the first of these days to the last of others."""
        return _Days(self.first, other.last, (self.days[0], other.days[-1]))


def _each_day(match: Match, expression: Expression) -> Iterator[Found]:
    """Yield a list of days, as one stretch if they are in sequence or a choice, else one by one."""
    groups = _groups_of_days(match)
    either = any(atom.has("or") for atom in match.part("days"))
    if _is_one_stretch(groups, either):
        whole = groups[0] if len(groups) == 1 else groups[0].until(groups[-1])
        groups = [whole._replace(first=match.first, last=match.last)]
    else:
        either = False
        groups[0] = groups[0]._replace(first=match.first)
        groups[-1] = groups[-1]._replace(last=match.last)
    for first, last, days in groups:
        said = replace(expression, day=days[0])
        if len(days) > 1:
            said = replace(said, until=replace(expression, day=days[-1]), either=either)
        yield replace(match.found(said, first=first, last=last), weak=False)


def _groups_of_days(match: Match) -> list[_Days]:
    """Return the days of a list, the two ends of a range together."""
    groups: list[_Days] = []
    start, end = match.groups["days"]
    ranged = False
    for index in range(start, end + 1):
        day = match.atoms[index].get("day")
        if day is None:
            ranged = ranged or _is_range_sign(match, index)
            continue
        here = _Days(index, index, (int(day.value),))
        if ranged:
            groups[-1] = groups[-1].until(here)
        else:
            groups.append(here)
        ranged = day.role == "from"
    if match.has("between") and len(groups) == 2:
        return [groups[0].until(groups[1])]
    return groups


def _is_range_sign(match: Match, index: int) -> bool:
    """Return whether an atom between days makes them two ends: a dash, "to", or "from" after the
    first.
    """
    atom = match.atoms[index]
    if atom.has("dash", "to"):
        return True
    before_day = index < match.groups["days"][1] and match.atoms[index + 1].has("day")
    return before_day and atom.has("case")


def _is_one_stretch(groups: Sequence[_Days], either: bool) -> bool:
    """Return whether days that rise are a choice, or follow one another without a gap."""
    days = [day for group in groups for day in group.days]
    if days != sorted(days):
        return False
    pairs = itertools.pairwise(groups)
    return either or all(after.days[0] - before.days[-1] == 1 for before, after in pairs)


# --- months, weeks, years and their parts


def month(match: Match) -> Iterator[Found]:
    """Read a month, or a part of it.

    Args:
        match: with the parts ``month``, ``whole``, ``dateshift``, and the year's and the part's.
    """
    shift = match.number("dateshift")
    expression = replace(
        _said_of_year(match), month=match.number("month"), shift=shift, part=_month_part(match)
    )
    found = match.found(expression)
    plain = not shift and not match.has("year", "preyear", "yearshift", "yearsame", "whole")
    yield replace(found, weak=found.weak and plain)


def unit(match: Match) -> Iterator[Found]:
    """Read a week, month or year told by its place (last, this, next, the same), or a part of it.

    Args:
        match: with the parts ``weekshift`` or ``weeksame``, or those of month or year, and
            ``weekday`` or the part's.
    """
    name = _unit_of(match, ("month", "week", "year"))
    weekday, part = match.number("weekday"), _month_part(match)
    if not match.has(f"{name}same"):
        shift = match.number(f"{name}shift")
        yield _sure(match, Expression(unit=name, shift=shift, weekday=weekday, part=part))
    elif name == "year":
        yield _sure(match, Expression(same_year=True, part=part))
    elif weekday is None:
        yield _sure(match, Expression(unit=name, relation="same", part=part))


def _unit_of(match: Match, units: Sequence[str]) -> str:
    """Return the first of some units that a part of the match is named for."""
    return next(unit for unit in units if any(name.startswith(unit) for name in match.groups))


def unsettled(match: Match) -> Iterator[Found]:
    """Read a fortnight or decade told by its place, whose beginning is not settled.

    Args:
        match: with the parts ``unit`` and ``shift``.
    """
    if match.text("unit") in ("fortnight", "decade"):
        yield _sure(match, Expression(unit=match.text("unit"), shift=match.number("shift")))


def year(match: Match) -> Iterator[Found]:
    """Read a year, a part of it, its decade, or two years in a row (2018-19).

    Args:
        match: with the parts ``year``, ``sign``, ``part`` or ``decade``, or ``two`` in ``span``.
    """
    number, two = match.number("year"), match.number("two")
    unit = "decade" if match.has("decade") else None
    expression = Expression(year=number, part=match.text("part"), unit=unit)
    if two is not None and number is not None:
        if two != (number + 1) % 100 or any(atom.spaced for atom in match.part("span")):
            return
        expression = Expression(year=number, until=Expression(year=number + 1))
    found = match.found(expression)
    yield replace(found, weak=found.weak and not match.has("sign", "decade"))


def part(match: Match) -> Iterator[Found]:
    """Read a part of this year or month ("at the end of the year").

    Args:
        match: with the parts ``year`` or ``month`` and ``part``, or ``yearpart`` or ``monthpart``.
    """
    name = match.text("part") or match.text("yearpart") or match.text("monthpart")
    yield _sure(match, Expression(unit=_unit_of(match, ("year", "month")), shift=0, part=name))


def season(match: Match) -> Iterator[Found]:
    """Read a season, if its ending or its year says that it dates something.

    Args:
        match: with the parts ``season`` and ``dateshift``, and the year's.
    """
    found = match.found(
        replace(_said_of_year(match), season=match.text("season"), shift=match.number("dateshift"))
    )
    if not found.weak or match.has("yearshift", "dateshift"):
        yield replace(found, weak=False)


# --- days told without a month


def dayword(match: Match) -> Iterator[Found]:
    """Read a word that counts days from publication ("yesterday").

    Args:
        match: with the part ``dayword``, or ``tenseday`` for a word that may look either way.
    """
    by_tense = match.has("tenseday")
    offset = match.number("tenseday" if by_tense else "dayword")
    yield _sure(match, Expression(offset=offset, unit="day", by_tense=by_tense))


def weekdays(match: Match) -> Iterator[Found]:
    """Read a weekday, or a list of them: one after the other, or parted by a dash or "or", they are
    one stretch.

    Args:
        match: with the parts ``weekdays`` and ``dateshift``.
    """
    days, shift = _days_of_week(match), match.number("dateshift")
    in_full = any(atom.has("weekday") for atom in match.part("weekdays"))
    if len(days) == 1:
        expression = Expression(weekday=days[0][1], shift=shift)
        yield replace(match.found(expression), weak=not in_full)
    elif not in_full:
        return
    elif _is_stretch_of_week(match, days):
        either = any(atom.has("or") for atom in match.part("weekdays"))
        until = Expression(weekday=days[-1][1])
        yield _sure(match, Expression(weekday=days[0][1], shift=shift, until=until, either=either))
    else:
        yield from _each_weekday(match, days, shift)


def _days_of_week(match: Match) -> list[tuple[int, int]]:
    """Return the atom and the number of each weekday of a list."""
    start, end = match.groups["weekdays"]
    return [
        (index, int(entry.value))
        for index in range(start, end + 1)
        if (entry := match.atoms[index].get("weekday") or match.atoms[index].get("weekday_short"))
    ]


def _is_stretch_of_week(match: Match, days: Sequence[tuple[int, int]]) -> bool:
    """Return whether weekdays are told as two ends or a choice, or follow one another."""
    if any(atom.has("or", "dash", "to") for atom in match.part("weekdays")):
        return True
    return all((after[1] - before[1]) % 7 == 1 for before, after in itertools.pairwise(days))


def _each_weekday(
    match: Match, days: Sequence[tuple[int, int]], shift: int | None
) -> Iterator[Found]:
    """Yield weekdays one by one; the last has the ending of the list."""
    for place, (index, day) in enumerate(days):
        first = index if place else None
        last = index if place < len(days) - 1 else None
        expression = Expression(weekday=day, shift=shift)
        yield replace(match.found(expression, first=first, last=last), weak=False)


def related(match: Match) -> Iterator[Found]:
    """Read a day told by its place beside the date before: the same day, the day before, the second
    day, the last day.

    Args:
        match: with the parts ``relation``, ``nth`` or ``nthday``, or ``shift``, or none of them for
            the same day.
    """
    relation, nth = match.text("relation"), match.number("nth") or match.number("nthday")
    if match.number("shift"):
        return
    expression = Expression(unit="day", relation="same")
    if nth:
        expression = replace(expression, relation="nth", offset=nth - 1)
    elif relation == "last":
        expression = replace(expression, relation="last")
    elif relation:
        offset = -1 if relation == "before" else 1
        expression = replace(expression, relation="offset", offset=offset)
    yield _sure(match, expression)


def numeric(match: Match) -> Iterator[Found]:
    """Read a date in digits: day, month, year, or year, month, day, parted by the same sign without
    spaces.

    Args:
        match: with the part ``numbers``.
    """
    if not _is_in_one(match) or (_has_short_year(match) and _may_be_hour(match)):
        return
    numbers = _numbers(match)
    day, month, year = numbers if numbers[0] <= 31 else reversed(numbers)
    if match.month_before_day and numbers[0] <= 31:
        day, month = month, day
    if year < 100:
        year += 2000 if year < _LAST_CENTURY else 1900
    # A day and a month that are swapped are kept, to be reported as impossible.
    swapped = day <= 12 and max(numbers) > 99
    months = range(1, 32 if swapped else 13)
    if year in _YEARS and day in range(1, 32) and month in months:
        yield _sure(match, Expression(year=year, month=month, day=day))


def _numbers(match: Match) -> list[int]:
    entries = (atom.get("digits") for atom in match.part("numbers"))
    return [int(entry.value) for entry in entries if entry]


def _is_in_one(match: Match) -> bool:
    """Return whether three numbers stand without spaces and with the same sign between them."""
    _, *rest = match.part("numbers")
    signs = {entry.value for atom in (rest[0], rest[2]) for entry in atom.entries}
    return len(signs) == 1 and not any(atom.spaced for atom in rest)


def _has_short_year(match: Match) -> bool:
    first, _, last = _numbers(match)
    return (last if first <= 31 else first) < 100


def _may_be_hour(match: Match) -> bool:
    """Return whether numbers with dots may be a time of day or a version: no sign calls them a
    date.
    """
    dotted = match.part("numbers")[1].has("dot")
    return dotted and not match.atoms[match.first].has("date_sign")


# --- counts of units


def ago(match: Match) -> Iterator[Found]:
    """Read so many units before or after the day of publication, the date before, or an event.

    Args:
        match: with the parts ``count``, ``unit``, ``ago`` or ``after``, and ``its``, ``event`` or
            ``about``.
    """
    count, unit = match.number("count"), match.text("unit")
    if match.has("event"):
        kind = "date" if match.has("ago") else "lapse"
        event = Expression(unit=unit, relation="event")
        yield replace(match.found(event, kind=kind), weak=False)
    elif count and match.has("ago"):
        relation, about = "offset" if match.has("its") else None, match.has("about")
        yield _sure(match, Expression(offset=-count, unit=unit, relation=relation, about=about))
    elif count and match.has("its") and unit in ("day", "week"):
        yield _sure(match, Expression(offset=count, unit=unit, relation="offset"))
    elif count:
        after = Expression(offset=count, unit=unit, about=match.has("about"))
        yield match.found(after, kind="lapse")


def length(match: Match) -> Iterator[Found]:
    """Read so many units: a duration, or a lapse if its ending or a word before says within which
    or since when.

    Args:
        match: with the parts ``count`` and ``unit``, or ``span``, and ``past``, ``least`` or
            ``about``.
    """
    count, unit = match.number("count") or match.number("span"), match.text("unit") or "day"
    if match.has("least"):
        yield match.found(Expression(unit=unit), kind="lapse")
        return
    expression = Expression(count=count, unit=unit, about=match.has("about"))
    found = match.found(expression, kind="duration")
    lapse = found.role in ("at", "from") or (match.has("past") and found.role != "of")
    yield replace(found, kind="lapse" if lapse else "duration")


def period(match: Match) -> Iterator[Found]:
    """Read the time named before ("in that same period").

    Args:
        match: of any parts.
    """
    yield _sure(match, Expression(unit="period", relation="same"))


def vague(match: Match) -> Iterator[Found]:
    """Read a count that tells no number ("some days ago").

    Args:
        match: with the part ``unit``.
    """
    yield _sure(match, Expression(unit=match.text("unit"), relation="vague"))


def repeated(match: Match) -> Iterator[Found]:
    """Read how often ("twice"); once is no repetition.

    Args:
        match: with the part ``count``.
    """
    if match.number("count") != 1:
        yield match.found(Expression(), kind="repetition")


def every(match: Match) -> Iterator[Found]:
    """Read what recurs ("every year"), which takes the date after it along.

    Args:
        match: of any parts.
    """
    yield match.found(Expression(), kind="recurring")
