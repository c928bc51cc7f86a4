"""Join neighbouring expressions of time that name one time between them: the two ends of a range, a
day and its year, a weekday and the date beside it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rajnay.mentions.dates.patterns import Atom, Found
from rajnay.times.expressions import Expression

# How fully an expression names a day: the higher rank dates, the lower one confirms it.
_NO_DAY, _WEEKDAY, _RELATION, _DAY_WORD, _DAY_OF_MONTH = range(5)
# Ranks that may confirm a fuller date, or be confirmed by a lesser one.
_CONFIRMING = frozenset({_WEEKDAY, _DAY_WORD})
_MONTHS = 12  # a day and a month that are swapped are told of as impossible, in due time
_COMMON_YEAR = 2001


def joined(found: Sequence[Found], atoms: Sequence[Atom]) -> list[Found]:
    """Join neighbours that name one time, drop what recurs, and what no neighbour confirmed.

    Args:
        found: the expressions among atoms, in order.
        atoms: the atoms that their places count.

    Returns:
        What is left, in order, each with whether it only bounds what it dates.
    """
    kept: list[Found] = []
    for item in found:
        both = _join(kept[-1], item, atoms) if kept else None
        if both is None:
            kept.append(item)
        else:
            kept[-1] = both
    bounded = (_bounded(item, atoms) for item in kept if item.kind != "recurring")
    return [item for item in bounded if not item.weak]


def _bounded(item: Found, atoms: Sequence[Atom]) -> Found:
    """Note that a date is only said to lie before or after what it dates."""
    after = item.last + 1
    if item.kind != "date" or item.role != "bare" or after >= len(atoms):
        return item
    bounds = (("ago", "before"), ("after", "after"))
    entries = ((atoms[after].get(kind), bound) for kind, bound in bounds)
    bound = next((bound for entry, bound in entries if entry and entry.role == "bare"), None)
    if item.expression.offset is not None or bound is None:
        return item
    return replace(item, last=after, bound=bound, weak=False)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two dates beside one another, with the one atom that parts them, if any."""

    left: Found
    right: Found
    sign: Atom | None
    atoms: Sequence[Atom]

    @property
    def first(self) -> Expression:
        """What the left one says."""
        return self.left.expression

    @property
    def second(self) -> Expression:
        """What the right one says."""
        return self.right.expression

    @property
    def weak(self) -> bool:
        """Whether neither is sure by itself."""
        return self.left.weak and self.right.weak

    def parted_by(self, *kinds: str) -> bool:
        """Return whether an atom of one of the classes parts them."""
        return self.sign is not None and self.sign.has(*kinds)

    def as_one(self, expression: Expression, weak: bool) -> Found:
        """Return both as one expression, which ends as the right one does."""
        return replace(self.right, first=self.left.first, expression=expression, weak=weak)


def _join(left: Found, right: Found, atoms: Sequence[Atom]) -> Found | None:
    """Return two neighbours as one, None if they name two times."""
    gap = right.first - left.last - 1
    if right.kind != "date" or gap > 1:
        return None
    if left.kind == "recurring" and gap == 0:
        return replace(left, last=right.last)
    if left.kind != "date":
        return None
    pair = _Pair(left, right, atoms[left.last + 1] if gap > 0 else None, atoms)
    return next(join(pair) for applies, join in _JOINTS if applies(pair))


# --- how two dates may belong together


def _is_from_to(pair: _Pair) -> bool:
    """The two ends of a range, told apart: "from the 5th, until the 7th"."""
    if pair.left.bound != "from" or pair.right.bound == "from":
        return False
    return pair.sign is None or pair.parted_by("dash", "comma")


def _as_stretch(pair: _Pair) -> Found | None:
    if _holds_range(pair):
        return None
    return replace(pair.as_one(stretch(pair.first, pair.second), weak=False), bound="on")


def _has_year_after(pair: _Pair) -> bool:
    """A month and its year: "in August last year"."""
    month_alone = pair.sign is None and bool(pair.first.month) and pair.first.year is None
    year_placed = pair.second.unit == "year" and pair.second.shift is not None
    return month_alone and year_placed and not pair.second.part


def _with_year(pair: _Pair) -> Found:
    return pair.as_one(replace(pair.first, year_shift=pair.second.shift), pair.weak)


def _holds_range(pair: _Pair) -> bool:
    """A range already, perhaps told twice: "Monday to Wednesday (5 to 7 August)"."""
    return pair.first.until is not None or pair.second.until is not None


def _is_dashed(pair: _Pair) -> bool:
    """The two ends of a range with a dash: "5 August - 7 August"."""
    return pair.left.role == "bare" and pair.parted_by("dash", "to")


def _as_dashed(pair: _Pair) -> Found:
    names_day = bool(pair.first.day or pair.second.day)
    return pair.as_one(stretch(pair.first, pair.second), pair.weak and not names_day)


def _is_listed(pair: _Pair) -> bool:
    """Neighbours in a year, or two ends: "31 August and 1 September", "between May and July"."""
    if pair.left.role != "bare" or not pair.parted_by("and", "or"):
        return False
    return _is_between(pair) or follows(pair.first, pair.second)


def _is_between(pair: _Pair) -> bool:
    return pair.atoms[pair.right.last].has("between")


def _as_listed(pair: _Pair) -> Found:
    whole = replace(stretch(pair.first, pair.second), either=pair.parted_by("or"))
    return pair.as_one(whole, pair.weak and not _is_between(pair))


def _as_named_twice(pair: _Pair) -> Found | None:
    """Join a weekday, a day word or a relation with the fuller date beside it."""
    ranks = _rank(pair.first), _rank(pair.second)
    if not _may_be_same(pair) or not _confirm(*ranks):
        return None
    main, check = pair.first, pair.second
    if ranks[0] < ranks[1]:
        main, check = check, main
    last, bound = _end_of_both(pair)
    whole = pair.as_one(replace(main, check=check), weak=False)
    return replace(whole, last=last, bound=bound)


# The first that applies tells how the two are joined; None stands for two times.
_JOINTS: tuple[tuple[Callable[[_Pair], bool], Callable[[_Pair], Found | None]], ...] = (
    (_is_from_to, _as_stretch),
    (_has_year_after, _with_year),
    (_holds_range, _as_named_twice),
    (_is_dashed, _as_dashed),
    (_is_listed, _as_listed),
    (lambda pair: True, _as_named_twice),
)


# --- ranges


def stretch(first: Expression, last: Expression) -> Expression:
    """Return a range, each end of which takes from the other what it leaves unsaid.

    Args:
        first: what says when it begins.
        last: what says when it ends.
    """
    if last.day and not last.month and first.month:
        last = replace(last, month=first.month, year=first.year, year_shift=first.year_shift)
    if first.day and not first.month and last.month:
        first = replace(first, month=last.month)
    if first.month and last.month:
        first, last = _share_year(first, first.month, last, last.month)
    return replace(first, until=last)


def _share_year(
    first: Expression, first_month: int, last: Expression, last_month: int
) -> tuple[Expression, Expression]:
    """Let two months take their year from one another; December before January is a year
    earlier.
    """
    if first.year is None and first.year_shift is None and last.year is not None:
        first = replace(first, year=last.year - (first_month > last_month))
    if last.year is None and last.year_shift is None:
        last = replace(last, year_shift=first.year_shift)
    return first, last


def follows(first: Expression, last: Expression) -> bool:
    """Return whether two months, or two days with their months, come one right after the other.

    Args:
        first: what says the earlier one.
        last: what says the later one.
    """
    if not first.month or not last.month or first.part or last.part:
        return False
    if first.day and last.day:
        year = first.year or _COMMON_YEAR
        if first.month > _MONTHS or first.day > calendar.monthrange(year, first.month)[1]:
            return False
        next_day = date(year, first.month, first.day) + timedelta(days=1)
        return (next_day.month, next_day.day) == (last.month, last.day)
    return not first.day and not last.day and last.month - first.month in (1, -11)


# --- one time named twice


def _may_be_same(pair: _Pair) -> bool:
    """Return whether nothing between two dates, nor their endings, says that they are two."""
    if pair.left.bound == "from" or (pair.sign and not pair.parted_by("comma", "open")):
        return False
    return pair.right.role != "of" or pair.left.role in ("bare", "of")


def _confirm(one: int, other: int) -> bool:
    """Return whether of two ranks one may confirm the other."""
    return one != other and _NO_DAY not in (one, other) and bool(_CONFIRMING & {one, other})


def _rank(expression: Expression) -> int:
    """Return how fully an expression names a day."""
    if expression.day or expression.nth:
        return _DAY_OF_MONTH
    if expression.unit == "day" and expression.relation:
        return _RELATION
    if expression.unit == "day" and expression.offset is not None:
        return _DAY_WORD
    return _WEEKDAY if expression.weekday and not expression.until else _NO_DAY


def _end_of_both(pair: _Pair) -> tuple[int, str]:
    """Return where a date named twice ends, with the bracket that the second stands in, and its
    bound.
    """
    last, bound = pair.right.last, pair.right.bound
    bound = pair.left.bound if bound == "on" else bound
    if not pair.parted_by("open") or not has(pair.atoms, last + 1, "close"):
        return last, bound
    last += 1
    while has(pair.atoms, last + 1, "case", "date_noun"):
        last += 1
        ending = pair.atoms[last].get("case") or pair.atoms[last].get("date_noun")
        bound = ending.role if ending and ending.role in ("from", "until") else bound
    return last, bound


def has(atoms: Sequence[Atom], at: int, *kinds: str) -> bool:
    """Return whether there is an atom at a place, and of one of the classes.

    Args:
        atoms: the atoms of a run.
        at: a place, which may lie before the first or after the last.
        kinds: the classes.
    """
    return 0 <= at < len(atoms) and atoms[at].has(*kinds)
