"""A known word in a text: where it stands, what it may mean, and in which case it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rajnay.models import Span


class Meaning(NamedTuple):
    """One meaning of a hit: its class and the name of record within it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A known word in a text.

    ``first`` and ``last`` are its token indices, inclusive, of which the last ``marked`` are case
    markers that stand apart; ``span`` covers its letters with any joined ending; ``case`` is the
    role that the ending or marker gives; ``plural`` says that the ending makes it many. ``value``
    returns the name of record that the hit has in a class, or None: thousands of times an article,
    so that it is a dictionary's own method; ``kinds`` are those classes.
    """

    first: int
    last: int
    span: Span
    meanings: tuple[Meaning, ...]
    case: str | None
    plural: bool = False
    marked: int = 0
    value: Callable[[str], str | None] = field(init=False, repr=False, compare=False)
    kinds: Iterable[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values = _first_of_each_kind(self.meanings)
        object.__setattr__(self, "value", values.get)
        object.__setattr__(self, "kinds", values)

    def at(self, index: int, span: Span) -> Hit:
        """Return the same word at another token."""
        return Hit(index, index, span, self.meanings, self.case, self.plural)

    @property
    def word_last(self) -> int:
        """The last token of the word itself, case markers left out."""
        return self.last - self.marked

    @property
    def everyday(self) -> bool:
        """Whether the hit is a word that may stand anywhere and names nobody."""
        return self.value("word") in _EVERYDAY


@lru_cache(maxsize=1 << 14)
def _first_of_each_kind(meanings: tuple[Meaning, ...]) -> Mapping[str, str]:
    return {meaning.kind: meaning.value for meaning in reversed(meanings)}


_EVERYDAY = frozenset({"common", "about", "also", "contents", "habits", "series", "separately"})
