"""A sequence of things with names, to take by place or by name."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

Item = TypeVar("Item")


def position(key: int | str, names: Sequence[str], what: str) -> int:
    """Return the place in a sequence that a number or a name means.

    Args:
        key: a place, from the end if negative, or a name.
        names: the names of all its items, in order.
        what: what they are, for the message.

    Raises:
        IndexError: there are not so many.
        KeyError: none has that name; names like it are told.

    >>> position(-1, ["a", "b"], "article"), position("b", ["a", "b"], "article")
    (1, 1)
    """
    if isinstance(key, int):
        if not -len(names) <= key < len(names):
            raise IndexError(f"there is no {what} {key}: there are {len(names)}")
        return key % len(names)
    if key not in names:
        near = get_close_matches(key, names) or list(names[:3])
        raise KeyError(f"there is no {what} {key!r}: there is {', '.join(near) or 'none at all'}")
    return names.index(key)
