"""Dates in digits: day, month and year, or day and month alone, and ranges and lists of them.

A day and a month alone look like a score, a price or a fraction: they are a date only if something
beside them says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rajnay.mentions.dates.joining import follows, stretch
from rajnay.mentions.dates.patterns import Atom, Found, Match
from rajnay.times.expressions import Expression

# Two digits for the year are of this century below, of the last one from here on.
_LAST_CENTURY = 70
_YEARS = range(1900, 2100)
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
        match: with the parts ``numbers``, ``sign``, ``dateshift`` and ``tail``.
    """
    item = _item(match, "numbers")
    if item is None or _is_of_longer(match) or _may_be_days(match, item):
        return
    says = replace(item.says, shift=match.number("dateshift"))
    if item.sure or _is_called_a_date(match):
        yield match.sure(says)
    elif item.sign == "slash" and match.first > 0 and match.atoms[match.first - 1].has("open"):
        yield replace(match.found(says), weak=True)  # a weekday before the bracket confirms it


def numerics(match: Match) -> Iterator[Found]:
    """Read two ends, a choice or a list of dates in digits; days alone are of the month of the
    last.

    Args:
        match: with the parts ``days`` or ``opening``, and those of `numeric`.
    """
    items = list(_items(match))
    if len(items) < 2 or _is_of_longer(match) or not _are_dates(match, items):
        return
    says, parting = [item.says for item in items], _parting(match, items)
    either = any(atom.has("or") for atom in parting)
    ends = match.has("between") or any(atom.has("to", "dash", "case") for atom in parting)
    if _is_in_a_row(says) or (len(items) == 2 and (ends or either)):
        yield match.sure(replace(stretch(says[0], says[-1]), either=either))
    elif not ends:
        yield from _one_by_one(match, items)


def _one_by_one(match: Match, items: Sequence[_Item]) -> Iterator[Found]:
    """Yield each date of a list; the last one has the ending of all."""
    for place, item in enumerate(items):
        first = item.first if place else None
        last = item.last if place < len(items) - 1 else None
        says = replace(item.says, year=item.says.year or items[-1].says.year)
        yield replace(match.found(says, first=first, last=last), weak=False)


# --- numbers to dates


def _items(match: Match) -> Iterator[_Item]:
    """Yield the dates of a list; nothing, if one of them is none."""
    last = _item(match, "numbers")
    opening = _item(match, "opening") if match.has("opening") else last
    if last is None or opening is None:
        return
    if match.has("opening"):
        yield opening
    start, end = match.groups.get("days", (0, -1))
    for index in range(start, end + 1):
        if day := match.atoms[index].get("day"):
            says = replace(last.says, day=int(day.value))
            yield _Item(index, index, says, last.sign, last.sure)
    yield last


def _item(match: Match, part: str) -> _Item | None:
    """Return the date that a part of a match writes, None if it is none."""
    numbers = [int(entry.value) for atom in match.part(part) if (entry := atom.get("digits"))]
    sign, says = _one_sign(match.part(part)), _says(numbers, match.month_before_day)
    if sign is None or says is None:
        return None
    # "11.10.25" may be a time of day or a version, "4-4-2" is no date.
    shortest = min(numbers[0], numbers[-1]) if max(numbers) > 99 else numbers[-1]
    sure = len(numbers) == 3 and (max(numbers) > 99 or (shortest > 9 and sign != "dot"))
    return _Item(*match.groups[part], says, sign, sure)


def _one_sign(atoms: Sequence[Atom]) -> str | None:
    """Return the sign between numbers that stand without spaces, None if it is not the same."""
    signs = {entry for atom in atoms if not atom.has("digits") for entry in atom.entries}
    values = {entry.value for entry in signs}
    if len(values) != 1 or any(atom.spaced for atom in atoms[1:]):
        return None
    return next(entry.kind for entry in signs if entry.kind in _SIGNS)


def _says(numbers: Sequence[int], month_before_day: bool) -> Expression | None:
    """Return the day that numbers name: day, month and perhaps year, or year, month, day."""
    if len(numbers) == 2:
        day, month = reversed(numbers) if month_before_day else numbers
        fits = day in range(1, 32) and month in range(1, 13)
        return Expression(month=month, day=day) if fits else None
    day, month, year = numbers if numbers[0] <= 31 else reversed(numbers)
    if month_before_day and numbers[0] <= 31:
        day, month = month, day
    if year < 100:
        year += 2000 if year < _LAST_CENTURY else 1900
    # A day and a month that are swapped are kept, to be reported as impossible.
    months = range(1, 32 if day <= 12 and max(numbers) > 99 else 13)
    fits = year in _YEARS and day in range(1, 32) and month in months
    return Expression(year=year, month=month, day=day) if fits else None


# --- what says that numbers are a date


def _is_called_a_date(match: Match) -> bool:
    """Return whether a sign before numbers or a noun after them calls them a date."""
    return match.has("sign") or any(
        atom.has("date_noun", "unit_day") for atom in match.part("tail")
    )


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
    tail = match.part("tail")
    during = match.has("between") or any(atom.has("during") for atom in tail)
    counted = bool(tail) and tail[0].has("date_noun")
    return during or counted or month - day == 1


def _is_padded(match: Match, item: _Item) -> bool:
    """Return whether a number is written with a zero before it, as no count is."""
    digits = (match.atoms[index] for index in (item.first, item.last))
    return any((two := atom.get("two")) and int(two.value) < 10 for atom in digits)


def _is_of_longer(match: Match) -> bool:
    """Return whether the numbers go on to the left or right of a match, as in a version."""
    first = next(
        index for index in range(match.first, match.last) if match.atoms[index].has("digits")
    )
    last = match.groups["numbers"][1]
    return _goes_on(match.atoms, first, -1) or _goes_on(match.atoms, last, 1)


def _goes_on(atoms: Sequence[Atom], at: int, side: int) -> bool:
    mark, other = at + side, at + 2 * side
    if not 0 <= other < len(atoms) or not atoms[other].has("digits"):
        return False
    apart = atoms[max(at, mark)].spaced or atoms[max(mark, other)].spaced
    return atoms[mark].has(*_SIGNS) and not apart


# --- lists


def _parting(match: Match, items: Sequence[_Item]) -> list[Atom]:
    """Return the atoms between the dates of a list."""
    inside = {index for item in items for index in range(item.first, item.last + 1)}
    last = items[-1].first
    return [match.atoms[at] for at in range(items[0].first, last) if at not in inside]


def _is_in_a_row(says: Sequence[Expression]) -> bool:
    return all(follows(before, after) for before, after in itertools.pairwise(says))
