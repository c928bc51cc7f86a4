"""Dates in digits: day, month and year, or day and month alone, and ranges and lists of them.

A day and a month alone look like a score, a price or a fraction: they are a date only if something
beside them says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rajnay.mentions.dates.joining import follows, has, stretch
from rajnay.mentions.dates.patterns import Atom, Found, Match
from rajnay.times.expressions import Expression

# Two digits for the year are of this century below, of the last one from here on.
_LAST_CENTURY = 70
_YEARS = frozenset({None, *range(1900, 2100)})
_LAST_DAY = 31
_LAST_MONTH = 12
_SIGNS = ("dash", "slash", "dot")


class _Item(NamedTuple):
    """A date of a list with its atoms and the sign between its numbers; ``sure`` if its year makes
    it one.
    """

    first: int
    last: int
    says: Expression
    sign: str
    sure: bool


def numeric(match: Match) -> Iterator[Found]:
    """Read a date in digits.

    Args:
        match: with the parts ``written``, ``numbers``, ``sign``, ``dateshift`` and ``tail``.
    """
    item = _item(match, "numbers")
    if item is None or _is_of_longer(match) or _may_be_days(match, item):
        return
    says = replace(item.says, shift=match.number("dateshift"))
    told = match.role == "at" and item.sign == "slash" and (item.says.day or 0) > _LAST_MONTH
    if item.sure or told or _is_called_a_date(match):
        yield match.sure(says)
    elif item.sign == "slash" and has(match.atoms, match.first - 1, "open"):
        yield replace(match.found(says), weak=True)  # a weekday before the bracket confirms it


def numerics(match: Match) -> Iterator[Found]:
    """Read two ends, a choice or a list of dates in digits; days alone are of the month of the
    last.

    Args:
        match: with the parts ``days`` or ``opening``, and those of `numeric`.
    """
    last = _item(match, "numbers")
    if last is None or _is_of_longer(match):
        return
    items = [*_before(match, last), last]
    if len(items) > 1 and _are_dates(match, items):
        yield from _as_list(match, items)


def _as_list(match: Match, items: Sequence[_Item]) -> Iterator[Found]:
    """Yield two ends, a choice, or days in a row as one stretch, other days one by one."""
    says = [item.says for item in items]
    either = _is_parted_by(match, "or")
    ends = match.has("between") or _is_parted_by(match, "to", "dash", "case")
    if _is_in_a_row(says) or (len(items) == 2 and (ends or either)):
        yield match.sure(replace(stretch(says[0], says[-1]), either=either))
        return
    for item in [] if ends else items:
        end = match.last if item is items[-1] else item.last
        says_all = replace(item.says, year=item.says.year or says[-1].year)
        yield replace(match.found(says_all, first=item.first, last=end), weak=False)


def _is_parted_by(match: Match, *kinds: str) -> bool:
    return match.holds("days", *kinds) or match.holds("parting", *kinds)


# --- numbers to dates


def _before(match: Match, last: _Item) -> Iterator[_Item]:
    """Yield the date, or the days of the same month, that stand before the last of a list."""
    if match.has("opening") and (opening := _item(match, "opening")):
        yield opening
    start, end = match.groups.get("days", (0, -1))
    for index in range(start, end + 1):
        if day := match.atoms[index].get("day"):
            yield last._replace(
                first=index, last=index, says=replace(last.says, day=int(day.value))
            )


def _item(match: Match, part: str) -> _Item | None:
    """Return the date that a part of a match writes without spaces, None if it is none."""
    atoms = match.part(part)
    numbers = [int(entry.value) for atom in atoms if (entry := atom.get("digits"))]
    says = _says(numbers, match.month_before_day is True)
    if says is None or any(atom.spaced for atom in atoms[1:]):
        return None
    sign = next(sign for sign in _SIGNS if atoms[1].has(sign))
    # "11.10.25" may be a time of day or a version, "4-4-2" is no date.
    least = 100 if sign == "dot" else 10
    return _Item(*match.groups[part], says, sign, len(numbers) > 2 and _year_of(numbers) >= least)


def _year_of(numbers: Sequence[int]) -> int:
    return numbers[0] if numbers[0] > _LAST_DAY else numbers[-1]


def _says(numbers: Sequence[int], month_before_day: bool) -> Expression | None:
    """Return the day that numbers name: day, month and perhaps year, or year, month, day."""
    if numbers[0] > _LAST_DAY:
        numbers = numbers[::-1]
    elif month_before_day and numbers[0] <= _LAST_MONTH:
        numbers = [numbers[1], numbers[0], *numbers[2:]]
    day, month, *rest = numbers
    year = next(iter(rest), None)
    if year is not None and year < 100:
        year += 2000 if year < _LAST_CENTURY else 1900
    # A day and a month that are swapped are kept, to be reported as impossible.
    months = range(1, 32 if day <= 12 and max(numbers) > 99 else 13)
    fits = day in range(1, _LAST_DAY + 1) and month in months and year in _YEARS
    return Expression(year=year, month=month, day=day) if fits else None


# --- what says that numbers are a date


def _is_called_a_date(match: Match) -> bool:
    """Return whether a sign before numbers or a noun after them calls them a date."""
    return match.has("sign") or match.holds("tail", "date_noun", "unit_day")


def _are_dates(match: Match, items: Sequence[_Item]) -> bool:
    """Return whether numbers in a list are dates: called so, by a year among them, or as two ends
    with an ending ("from 26/9 to 28/9").
    """
    if _is_called_a_date(match) or any(item.sure for item in items):
        return True
    dotted = any(item.sign == "dot" for item in items)
    return not dotted and (match.has("between") or match.role in ("at", "until"))


def _may_be_days(match: Match, item: _Item) -> bool:
    """Return whether two numbers with a dash may be the two ends of a range of days: "date 4-5",
    "during 5-8", "on the 5-8th".
    """
    day, month = item.says.day or 0, item.says.month or 0
    if item.says.year or item.sign != "dash" or day >= month or _is_padded(match, item):
        return False
    during = any(atom.has("during", "between") for atom in match.atoms[item.last : match.last + 1])
    counted = has(match.atoms, item.last + 1, "date_noun")
    return during or counted or month - day == 1


def _is_padded(match: Match, item: _Item) -> bool:
    """Return whether a number is written with a zero before it, as no count is."""
    digits = (match.atoms[index] for index in (item.first, item.last))
    return any((two := atom.get("two")) and int(two.value) < 10 for atom in digits)


def _is_of_longer(match: Match) -> bool:
    """Return whether the numbers go on to the left or right of a match, as in a version."""
    first, last = match.groups["written"]
    return _goes_on(match.atoms, first, -1) or _goes_on(match.atoms, last, 1)


def _goes_on(atoms: Sequence[Atom], at: int, side: int) -> bool:
    mark, other = at + side, at + 2 * side
    if not has(atoms, mark, *_SIGNS) or not has(atoms, other, "digits"):
        return False
    return not any(atom.spaced for atom in atoms[min(at, other) + 1 : max(at, other) + 1])


def _is_in_a_row(says: Sequence[Expression]) -> bool:
    return all(follows(before, after) for before, after in itertools.pairwise(says))
