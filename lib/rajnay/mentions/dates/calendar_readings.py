"""What each combination of words for time says: one function for each kind of rule of
`rajnay.mentions.dates.grammar`.

A reading takes a match and yields the expressions in it, or nothing if the match is refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rajnay.mentions.dates.patterns import Found, Match
from rajnay.times.expressions import Expression


def _said_of_year(match: Match) -> Expression:
    year = match.number("preyear") or match.number("year")
    shift = match.number("yearshift")
    return Expression(year=year, year_shift=shift, same_year=match.has("yearsame"))


def _said_of_month(match: Match, placed: bool) -> Expression:
    """Return the month that is named, or else placed beside the one of publication or before."""
    return replace(
        _said_of_year(match),
        month=match.number("month"),
        shift=match.number("monthshift" if placed else "dateshift"),
        unit="month" if placed else None,
        relation="same" if match.has("monthsame") else None,
    )


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
    yield from _each_day(match, _said_of_month(match, placed))


def _is_in_series(match: Match) -> bool:
    """Return whether a bare ordinal may count something else ("last month the 22nd summit")."""
    return match.role == "bare" and _is_ordinal(match, words=False)


def _is_month_first(match: Match) -> bool:
    return match.groups["month"][0] < match.groups["days"][0]


def _may_follow_month(match: Match, placed: bool) -> bool:
    """Return whether numbers after a month are its days: ordinals, by the language's order or with
    their ending, or with a year after them.
    """
    if _is_ordinal(match) or (match.month_before_day and (not placed or _is_ended(match))):
        return True
    return match.groups.get("year", (-1, -1)) > match.groups["days"]


def _is_ended(match: Match) -> bool:
    """Return whether a case ending is joined to the last day."""
    tail = match.part("tail")
    return bool(tail) and tail[0].has("case") and not tail[0].spaced


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
    return ordinal or spelled or match.holds("tail", "date_noun")


class _Days(NamedTuple):
    """One day of a list, or the two ends of some in a row, with their first and last atom."""

    first: int
    last: int
    days: tuple[int, ...]

    def until(self, other: _Days) -> _Days:
        """Return the stretch from the first of these days to the last of others.

        Args:
            other: the later days.
        """
        return _Days(self.first, other.last, (self.days[0], other.days[-1]))


def _each_day(match: Match, expression: Expression) -> Iterator[Found]:
    """Yield a list of days, as one stretch if they are in sequence or a choice, else one by one."""
    groups = _groups_of_days(match)
    either = match.holds("days", "or")
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
    told = match.has("between") or match.atoms[match.first].has("between")
    if told and len(groups) == 2:
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


def nth(match: Match) -> Iterator[Found]:
    """Read a weekday counted within a month ("the first Friday of July").

    Args:
        match: with the parts ``counted`` (``nth``, ``nthday`` or ``nthlast``) and ``weekday``; with
            ``month``, ``monthshift``, ``monthsame`` or ``monthnow``, and the year's.
    """
    number, (first, last) = _counted(match), match.groups["counted"]
    around = (match.atoms[first - 1], *match.atoms[last + 1 : last + 3])
    if number is None or "of" not in {entry.role for atom in around for entry in atom.entries}:
        return
    month = _said_of_month(match, not match.has("month"))
    if match.has("monthnow"):
        month = replace(month, shift=0)
    yield match.sure(replace(month, weekday=match.number("weekday"), nth=number))


def _counted(match: Match) -> int | None:
    """Return which one of a month's weekdays is meant, -1 the last."""
    if match.has("nthlast"):
        return -1 if match.text("nthlast") == "last" else None
    return match.number("nth") or match.number("nthday")


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
        yield match.sure(Expression(unit=name, shift=shift, weekday=weekday, part=part))
    elif name == "year":
        yield match.sure(Expression(same_year=True, part=part))
    elif weekday is None:
        yield match.sure(Expression(unit=name, relation="same", part=part))


def _unit_of(match: Match, units: Sequence[str]) -> str:
    """Return the first of some units that a part of the match is named for."""
    return next(unit for unit in units if any(name.startswith(unit) for name in match.groups))


def unsettled(match: Match) -> Iterator[Found]:
    """Read a fortnight or decade told by its place, whose beginning is not settled.

    Args:
        match: with the parts ``unit`` and ``shift``.
    """
    if match.text("unit") in ("fortnight", "decade"):
        yield match.sure(Expression(unit=match.text("unit"), shift=match.number("shift")))


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
    yield match.sure(Expression(unit=_unit_of(match, ("year", "month")), shift=0, part=name))


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
