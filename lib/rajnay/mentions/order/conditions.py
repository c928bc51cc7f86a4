"""Verbs of what was not, told as if it had been: "had A met B", "if A had met B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from rajnay.knowledge.hits import Meaning
from rajnay.mentions.order.verbs import Group, Item

_UNREAL = ("past", "unreal")
_IF = Meaning("word", "possibilities")
# A condition opens with "if" (i), or with an auxiliary (H) right before its subject, and goes on to
# a verb of the past (u).
_CONDITION = re.compile("(?:i|(?:^|(?<=[o,;]))(?P<turned>H)(?=a*[sSx]))[^o,;VH]*?(?P<verb>u)")
_SIGNS = {"past": "u", "base": "u", "participle": "u"}


def supposed(items: Sequence[Item]) -> list[Item]:
    """Return items, the verb of a condition told as one of what would have been.

    Args:
        items: the units of a sentence with its verbs read.
    """
    told = list(items)
    for match in _CONDITION.finditer("".join(map(_sign, items))):
        at, opens = match.start("verb"), match.start("turned")
        told[at] = cast(Group, told[at]).told_as(*_UNREAL)
        if opens >= 0:
            (had,) = cast(Group, told[opens]).units
            told[opens] = replace(had, kind="opener", hit=None)
    return told


def _sign(item: Item) -> str:
    """Return the letter of an item, told more finely where it may be of a condition."""
    if isinstance(item, Group):
        turned = [unit.helps for unit in item.units] == ["had"]
        return "H" if turned else _SIGNS.get(item.form, item.letter)
    return "i" if item.kind == "opener" and _IF in item.meanings else item.shape
