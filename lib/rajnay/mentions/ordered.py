"""Stretches of a text in order, so that those of a sentence are found without looking at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from rajnay.text.tokens import Stretch

Placed = TypeVar("Placed", bound=Stretch)


class Ordered(Generic[Placed]):
    """Stretches of which each begins and ends no earlier than the one before."""

    def __init__(self, stretches: Iterable[Placed]) -> None:
        """Prepare to look up.

        Args:
            stretches: in the order of the text.
        """
        self.all = tuple(stretches)
        self._firsts = [stretch.first for stretch in self.all]
        self._lasts = [stretch.last for stretch in self.all]

    def within(self, first: int, last: int) -> tuple[Placed, ...]:
        """Return the stretches that lie wholly among tokens.

        Args:
            first: index of the first token.
            last: index of the last token.
        """
        return self.all[bisect_left(self._firsts, first) : bisect_right(self._lasts, last)]

    def starting(self, first: int, last: int) -> tuple[Placed, ...]:
        """Return the stretches that begin among tokens.

        Args:
            first: index of the first token.
            last: index of the last token.
        """
        return self.all[bisect_left(self._firsts, first) : bisect_right(self._firsts, last)]
