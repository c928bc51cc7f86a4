"""Patterns over classes of words: how they are written, compiled and matched; `rajnay.date_grammar`
holds the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rajnay.base.lazy import lazy
from rajnay.times.expressions import Entry, Expression, MonthFirst


@dataclass(frozen=True, slots=True)
class Atom:
    """One or more tokens that are one known word, number or mark, with all that it may mean."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    spaced: bool

    def get(self, kind: str) -> Entry | None:
        """Return its meaning of a class, if it has one.

        Args:
            kind: a class of meanings.
        """
        return next((entry for entry in self.entries if entry.kind == kind), None)

    def has(self, *kinds: str) -> bool:
        """Return whether it can be of one of the classes."""
        return any(entry.kind in kinds for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression found among atoms ``first`` to ``last``; a ``weak`` one counts only if a
    neighbour confirms it.
    """

    first: int
    last: int
    expression: Expression
    kind: str = "date"
    bound: str = "on"
    role: str = "bare"
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One match of a pattern: the atoms it covers, and where the parts are that the pattern
    names.
    """

    atoms: Sequence[Atom]
    first: int
    last: int
    groups: Mapping[str, tuple[int, int]]
    kinds: Mapping[str, str]
    month_before_day: MonthFirst

    def has(self, *names: str) -> bool:
        """Return whether the match has one of the named parts."""
        return not self.groups.keys().isdisjoint(names)

    def text(self, name: str) -> str | None:
        """Return the value of a named part, None if the match lacks it.

        Args:
            name: the name of a part or class.
        """
        if name not in self.groups:
            return None
        entry = self.atoms[self.groups[name][0]].get(self.kinds[name])
        return str(entry.value) if entry else None

    def number(self, name: str) -> int | None:
        """Return the value of a named part as a number.

        Args:
            name: the name of a part or class.
        """
        value = self.text(name)
        return None if value is None else int(value)

    def part(self, name: str) -> Sequence[Atom]:
        """Return the atoms of a named part.

        Args:
            name: the name of a part or class.
        """
        first, last = self.groups.get(name, (0, -1))
        return self.atoms[first : last + 1]

    @property
    def role(self) -> str:
        """What the last ending of the match says."""
        return self._role(self.last)

    def holds(self, part: str, *kinds: str) -> bool:
        """Return whether any atom of a part is of one of the classes.

        Args:
            part: the part's name.
            kinds: the classes.
        """
        return any(atom.has(*kinds) for atom in self.part(part))

    def found(
        self,
        expression: Expression,
        kind: str = "date",
        first: int | None = None,
        last: int | None = None,
    ) -> Found:
        """Return the expression with its place and what its last ending says.

        Args:
            expression: what the match says.
            kind: date, duration, lapse, repetition or recurring.
            first: its first atom, if it is not the match's.
            last: its last atom, if it is not the match's.
        """
        end = self.last if last is None else last
        role, lead = self._role(end), self.atoms[self.first].get("lead")
        bound = lead.role if lead else role
        # "From 5 to 7 August" bounds nothing: both ends are told.
        both_ends = expression.until is not None and (lead is not None or bound == "until")
        if both_ends or bound not in ("from", "until", "before", "after"):
            bound = "on"
        weak = kind == "date" and role == "bare" and lead is None
        start = self.first if first is None else first
        return Found(start, end, expression, kind, bound, role, weak)

    def sure(self, expression: Expression) -> Found:
        """Return an expression that needs no neighbour to confirm it.

        Args:
            expression: what the match says.
        """
        return replace(self.found(expression), weak=False)

    def _role(self, end: int) -> str:
        """Return what the ending of an atom says, or of the one before it if it only stresses."""
        while self.atoms[end].has("emph"):
            end -= 1
        case = self.atoms[end].get("case")
        roles = [entry.role for entry in self.atoms[end].entries]
        return case.role if case else "bare" if "bare" in roles else roles[0]


@dataclass(frozen=True)
class Pattern:
    """A pattern, and the function that says what a match of it means (nothing, if the match is
    refused).

    ``needs`` are classes, as they are coded, without any of which nothing matches; ``kinds`` are
    the classes of the parts that it names.
    """

    source: str
    needs: tuple[str, ...]
    kinds: Mapping[str, str]
    build: Callable[[Match], Iterator[Found]]

    def match(self, text: str, start: int, until: int) -> re.Match[str] | None:
        """Return how it matches coded atoms from one place, up to another."""
        for kind in self.needs:
            if text.find(kind, start, until) < 0:
                return None
        return self._regex.match(text, start, until)

    @lazy
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.source)  # most patterns are for words that few articles have


def code(atoms: Sequence[Atom]) -> tuple[str, list[int]]:
    """Write atoms as the string that patterns match on.

    Args:
        atoms: the atoms of a run.

    Returns:
        The string, and where in it each atom starts, with its length as the last entry.

    >>> day = Atom(0, 0, (Entry("day", 5), Entry("count", 5)), True)
    >>> code([day, Atom(1, 1, (Entry("month", 12, "at"),), True)])
    ('<day.bare count.bare><month.at>', [0, 21, 31])
    """
    pieces = [
        "<" + " ".join(f"{entry.kind}.{entry.role}" for entry in atom.entries) + ">"
        for atom in atoms
    ]
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return "".join(pieces), starts


_ELEMENT = re.compile(
    r"(?:(?P<name>[a-z]+)=)?(?:(?P<open>\()|(?P<kind>[a-z_]+)(?:\.(?P<roles>[a-z/]+))?)"
)

_BRACKETS = re.compile(r"\([^()]+\)")
# A class outside of brackets that may not be missing.
_ALONE = re.compile(r"(?:^| )(?:[a-z]+=)?([a-z_]+)(?:\.[a-z/]+)?(?= |$)")


def compile_pattern(text: str, build: Callable[[Match], Iterator[Found]]) -> Pattern:
    """Compile a pattern.

    Args:
        text: classes of words in a row. ``month=month`` and ``days=(...)`` name what ``build``
            reads, ``case.of/at`` limits what the ending says, and ( ) ? * + | mean what they mean
            in a regular expression.
        build: says what a match means.

    >>> pattern = compile_pattern("day month=month.at/of", lambda hit: iter(()))
    >>> bool(pattern.match("<day.bare count.bare><month.at>", 0, 31)), pattern.needs
    (True, ('day.', 'month.'))
    """
    kinds: dict[str, str] = {}

    def element(match: re.Match[str]) -> str:
        name = match["name"]
        if match["open"]:
            return f"(?P<{name}>" if name else "(?:"
        roles = rf"(?:{match['roles'].replace('/', '|')})\b" if match["roles"] else r"\w+"
        # Atomic: an atom fits in one way or not at all; a long run is not tried in all ways.
        atom = rf"(?><[^<>]*\b{match['kind']}\.{roles}[^<>]*>)"
        if name:
            kinds[name] = match["kind"]
            return f"(?P<{name}>{atom})"
        return f"(?:{atom})"

    source = _ELEMENT.sub(element, text).replace(" ", "")
    return Pattern(source, _needs(text), kinds, build)


def _needs(text: str) -> tuple[str, ...]:
    """Return the classes that stand in a pattern for themselves, in no brackets and not left to
    choice.
    """
    outside, inner = text, ""
    while inner != outside:
        inner, outside = outside, _BRACKETS.sub("()", outside)
    if "|" in outside:
        return ()
    return tuple(f"{kind}." for kind in dict.fromkeys(_ALONE.findall(outside)))
