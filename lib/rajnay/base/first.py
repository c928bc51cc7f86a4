"""The first of many things that is as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def first(things: Iterable[Thing], wanted: Callable[[Thing], object]) -> Thing | None:
    """Return the first thing that is wanted, None if none is.

    Args:
        things: in order.
        wanted: whether one is.

    >>> first([3, 4, 6], lambda number: number % 2 == 0)
    4
    """
    return next(filter(wanted, things), None)
