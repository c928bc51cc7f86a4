"""When an engagement found is one that was labelled, and which of its fields are right.

Each engagement found is paired with at most one labelled, best similarity first. Two can be the
same when the people agree on both sides (F1 of names at least 0.5) and the dates do not contradict
each other. A label may give alternatives in one string, split by ``|``.
"""

from __future__ import annotations

import itertools
import operator
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from rajnay.times.periods import interval

Record = Mapping[str, Any]
# What people, date, place, kind and forum count for in how alike two engagements are.
WEIGHTS = (0.4, 0.3, 0.15, 0.1, 0.05)
# Words that stand beside a name and tell nobody apart.
TITLES = re.compile("dr|mr|mrs|shri|smt|sri|general|gen|admiral|president|minister|the|of|led|by")


def pair(gold: Sequence[Record], found: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the places of labelled and found engagements that belong together, each used once,
    most similar first.
    """
    ranked = sorted(
        (-closeness(g, p), i, j)
        for (i, g), (j, p) in itertools.product(enumerate(gold), enumerate(found))
    )
    pairs: dict[int, int] = {}
    for distance, i, j in ranked:
        if distance < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def closeness(gold: Record, found: Record) -> float:
    """Return how similar two engagements are, 0 to 1; 0 means that they cannot be the same."""
    names = people_share(gold, found)
    if names < 0.5 or not dates_meet(gold, found):
        return 0.0
    date_and_place = (date_right(gold, found), place_right(gold, found))
    kind_and_forum = (gold.get("kind") == found.get("kind"), forum_right(gold, found))
    return float(sum(map(operator.mul, WEIGHTS, (names, *date_and_place, *kind_and_forum))))


def date_right(gold: Record, found: Record) -> bool:
    """Whether first and last day are the same, so the precision is too; a label without a year asks
    for month and day.
    """
    start, other = gold.get("start"), found.get("start")
    if not start:
        return not other
    if start.startswith("--"):
        return bool(other and other[-5:] == start[-5:])
    return bounds(gold) == bounds(found)


def dates_meet(gold: Record, found: Record) -> bool:
    """Whether dates overlap or one of them is missing."""
    one, other = bounds(gold), bounds(found)
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def bounds(engagement: Record) -> tuple[date, date] | None:
    """Return the first and last day of an engagement, None where it has no start or no year; a
    missing end is the start.
    """
    start = engagement.get("start")
    first, last = interval(start, None), interval(engagement.get("end") or start, None)
    return (first[0], last[1]) if start and first and last else None


def people_share(gold: Record, found: Record) -> float:
    """Return the mean over the sides of the F1 of the names."""
    left, right = gold.get("parties") or {}, found.get("parties") or {}
    sides = sorted({*left, *right})
    shares = [names_f1(left.get(side) or (), right.get(side) or ()) for side in sides]
    return sum(shares) / len(shares) if shares else 1.0


def names_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the F1 of two lists of names, 1 if both are empty.

    >>> names_f1(["S. Jaishankar", "Ajit Doval"], ["Subrahmanyam Jaishankar"])
    0.6666666666666666
    """
    if not gold and not found:
        return 1.0
    left = list(found)
    for name in gold:
        hit = next((other for other in left if alike(name, other)), None)
        if hit is not None:
            left.remove(hit)
    return 2 * (len(found) - len(left)) / (len(gold) + len(found))


def alike(gold: str, found: str) -> bool:
    """Whether a name found is one of the alternatives that a label gives, in any spelling."""
    return any(same(name, found) for name in gold.split("|"))


@lru_cache(maxsize=65536)
def same(one: str, other: str) -> bool:
    """Whether two names denote the same person, office, body or forum: most words of the shorter
    are in the longer.

    >>> same("Sergei Lavrov", "Sergey Lavrov"), same("Lavrov", "Vladimir Putin")
    (True, False)
    """
    short, long = sorted((words(one), words(other)), key=len)
    if not short:
        return one.strip().lower() == other.strip().lower()
    hits = sum(
        any(SequenceMatcher(None, word, near).ratio() >= 0.8 for near in long) for word in short
    )
    return hits / len(short) >= (1.0 if len(short) == 1 else 0.6)


def words(name: str) -> list[str]:
    """Return a name's words in lower case, without accents, titles and initials."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [
        word
        for word in re.findall(r"[a-z0-9]+", folded)
        if len(word) > 1 and not TITLES.fullmatch(word)
    ]


def place_right(gold: Record, found: Record) -> bool:
    """Whether the place is right; one that the label could not prove is not held against what was
    found.
    """
    return not gold.get("place") or (
        bool(found.get("place")) and alike(gold["place"], found["place"])
    )


def forum_right(gold: Record, found: Record) -> bool:
    """Whether the forum is right: the same first word (its acronym) or a name alike."""
    other = found.get("forum") or ""
    return any(_same_forum(name, other) for name in (gold.get("forum") or "").split("|"))


def _same_forum(gold: str, found: str) -> bool:
    if not gold.strip() or not found:
        return not gold.strip() and not found
    return gold.split()[0].lower() == found.split()[0].lower() or same(gold, found)


def topics_f1(gold: Record, found: Record) -> float:
    """Return the F1 of two sets of topics, 1 if both are empty."""
    left, right = set(gold.get("topics") or ()), set(found.get("topics") or ())
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


SLOTS: dict[str, Callable[[Record, Record], float]] = {
    "date": date_right,
    "place": place_right,
    "country": lambda gold, found: (
        not gold.get("country") or gold["country"] == found.get("country")
    ),
    "people": lambda gold, found: people_share(gold, found) >= 0.99,
    "kind": lambda gold, found: gold.get("kind") == found.get("kind"),
    "status": lambda gold, found: gold.get("status") == found.get("status"),
    "forum": forum_right,
    "topics": topics_f1,
}
