"""Many short texts held as one: a list of them takes ten times the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import overload

_APART = "\x1f"


def pack(texts: Iterable[str]) -> str:
    """Return texts as one, to be kept on disk; none of them may hold the unit separator, U+001F.

    >>> list(Packed(pack(["Delhi", "Kazan"])))
    ['Delhi', 'Kazan']
    """
    return "".join(text + _APART for text in texts)


class Packed(Sequence[str]):
    """Texts that were packed, in their order; each is cut out when it is asked for. The ``longest``
    is so many bytes in UTF-8.
    """

    __slots__ = ("_starts", "_texts", "longest")

    def __init__(self, packed: str) -> None:
        """Note where each begins.

        Args:
            packed: from `pack`.
        """
        # Half the size: one letter beyond Latin-1 makes all of a str two bytes wide.
        self._texts = packed.encode()
        sizes = [len(text) for text in self._texts.split(_APART.encode())[:-1]]
        self._starts = array("I", accumulate((size + 1 for size in sizes), initial=0))
        self.longest = max(sizes, default=0)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Return the text at a place, counted from 0, or those of a slice."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return self._texts[self._starts[index] : self._starts[index + 1] - 1].decode()
