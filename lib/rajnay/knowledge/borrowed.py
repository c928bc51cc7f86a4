"""Names that a language takes from the tables of others: written in its own letters, and known by
their consonants where each language has vowels of its own for them.

Names of several words need only have the same consonants and most of the vowels; a word alone,
which may be an everyday one, must be longer and nearer.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from rajnay.knowledge.hits import Hit, Meaning
from rajnay.knowledge.packs.words import Borrowing, Entry
from rajnay.models import Span
from rajnay.text.folding import fold, is_native_letter
from rajnay.text.tokens import Token, tokenise

# Every spelling of a name, as far as so many go.
_MOST_SPELLINGS = 6
_REMEMBERED = 1 << 14
_LONGEST_INITIAL = 2
_LONGEST_NAME = 5
# How near a spelling must be (difflib ratio, 0 to 1) to one of the tables, by how many consonants
# it has: a name of several words, and a word alone.
_NEAR_TOGETHER = {4: 0.75, 5: 0.65}
_NEAR_ALONE = {4: 0.85, 5: 0.75}
# Known words that may be part of a longer name.
_WITHIN = frozenset({"person", "place"})
_JOINTS = frozenset("-‐‑–.'’·")
# What may be taken from another language: the rest are words, and no names.
_KINDS = frozenset({"person", "place", "country", "forum", "named body"})


class Found(NamedTuple):
    """A name in a text: the tokens, what it means and the role of its ending, if it has one."""

    first: int
    last: int
    kind: str
    value: str
    case: str | None


# Spelling, class, name of record.
Row = Sequence[str]


class Respelling:
    """How a language writes the names of others."""

    def __init__(self, borrowing: Borrowing) -> None:
        """Fold the spellings.

        Args:
            borrowing: what the language's grammar says.
        """
        self._ways = {
            fold(source): tuple(dict.fromkeys(map(fold, ways)))
            for source, ways in borrowing.respelt.items()
        }
        longest_first = sorted(self._ways, key=len, reverse=True)
        self._sources = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._silent = frozenset(map(fold, borrowing.silent))
        self._alike = _classes(self._ways)

    def spellings(self, key: str) -> list[str]:
        """Return the keys that a name of another language may have in this one, the likeliest
        first.

        Args:
            key: its folded key in the other language.
        """
        met: list[str] = sorted(set(self._sources.findall(key)))
        choices = itertools.product(*(self._ways[source] for source in met))
        spelt = []
        for chosen in itertools.islice(choices, _MOST_SPELLINGS):
            spelt.append(_replaced(key, self._sources, dict(zip(met, chosen, strict=True))))
        return spelt

    def skeleton(self, key: str) -> str:
        """Return the coarse key of a word: consonants without those that may be left out, letters
        that stand for one sound made one.
        """
        kept = (letter for letter in consonants_of(key) if letter not in self._silent)
        joined = "".join(self._alike.get(letter, letter) for letter in kept)
        return "".join(letter for letter, _ in itertools.groupby(joined))


def _replaced(key: str, sources: re.Pattern[str], ways: Mapping[str, str]) -> str:
    return sources.sub(lambda match: ways[match.group()], key)


def consonants_of(key: str) -> str:
    """Return a key without its vowels, large and small letters kept apart."""
    return "".join(letter for letter in key if letter not in "aeiou")


def _classes(ways: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return one letter for all those that are written for one another."""
    alike: dict[str, str] = {}
    for source, spelt in ways.items():
        letters = [letter for letter in (source, *spelt) if len(letter) == 1]
        if len(source) == 1 and len(letters) > 1:
            first = next((alike[letter] for letter in letters if letter in alike), letters[1])
            for letter in letters:
                alike[letter] = first
    return alike


def taken(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield those of another language's forms that are names, and not words of that language."""
    for entry in entries:
        named = entry.kind in ("person", "place", "country") or " " not in entry.surface
        if entry.kind in _KINDS and named and not entry.surface.startswith(("=", "@")):
            yield entry


def rows(entries: Iterable[Entry], lang: str, respelling: Respelling) -> Iterator[Row]:
    """Yield the names of another language as this one may write them: the keys of the words, apart
    by a space, with class and name of record.

    Args:
        entries: surface forms with their meanings.
        lang: BCP 47 code of the language that they are in.
        respelling: how this language writes them.
    """
    for entry in taken(entries):
        words = [token.key for token in tokenise(entry.surface, lang) if token.kind == "word"]
        if not words or any(word.startswith("_") for word in words):
            continue
        for spelt in respelling.spellings(" ".join(words)):
            yield spelt, entry.kind, entry.value


class BorrowedNames:
    """The names of other languages, to be found among the words that no pack knows."""

    def __init__(
        self,
        names: Iterable[Row],
        respelling: Respelling,
        endings_of: Callable[[Token], Sequence[tuple[int, str]]],
    ) -> None:
        """Prepare the coarse keys.

        Args:
            names: from `rows`.
            respelling: how this language writes them.
            endings_of: where the endings of a word may begin in its key, and their roles.
        """
        self._respelling = respelling
        self._endings_of = endings_of
        self._skeleton = lru_cache(maxsize=_REMEMBERED)(respelling.skeleton)
        self._names: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
        self._openings: set[str] = set()
        for spelt, kind, value in names:
            words = [word for word in spelt.split() if len(word) > _LONGEST_INITIAL]
            if not words:
                continue
            named = "".join(words), sys.intern(kind), sys.intern(value), len(words)
            self._names[self._coarse(words)].append(named)
            for size in range(1, len(words) + 1):
                self._openings.add(self._coarse(words[:size]))

    def _coarse(self, words: Iterable[str]) -> str:
        return "".join(map(self._skeleton, words))

    def at(self, tokens: Sequence[Token], first: int) -> Found | None:
        """Return the longest name that begins at a token.

        Args:
            tokens: all tokens of the text.
            first: index of a word.
        """
        found, opening, letters, index = None, "", "", first
        for size in range(1, _LONGEST_NAME + 1):
            token = tokens[index]
            found = self._ends(token, opening, letters, first, index, size) or found
            opening += self._skeleton(token.key)
            letters += token.key
            following = _next_word(tokens, index)
            if following is None or opening not in self._openings:
                break
            index = following
        return found

    def _ends(
        self, token: Token, opening: str, letters: str, first: int, last: int, size: int
    ) -> Found | None:
        """Return the name that ends with a word, its ending taken off; one of fewer words than
        stand there is none.
        """
        near: list[tuple[float, int, Found]] = []
        for at, role in ((len(token.key), None), *self._endings_of(token)):
            stem = token.key[:at]
            whole, spelt = opening + self._skeleton(stem), letters + stem
            for known, kind, value, words in self._names.get(whole, ()):
                least = _NEAR_TOGETHER if words > 1 else _NEAR_ALONE
                if words < size or len(whole) < min(least):
                    continue
                ratio = SequenceMatcher(None, spelt, known).ratio()
                if ratio >= least[min(len(whole), max(least))]:
                    near.append((ratio, at, Found(first, last, kind, value, role)))
        return max(near, key=lambda one: one[:2])[2] if near else None


def _next_word(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the word after another, marks that may stand inside a name passed."""
    line = tokens[index].line
    for after in range(index + 1, min(index + 3, len(tokens))):
        if tokens[after].line != line:
            return None
        if tokens[after].kind == "word":
            return after
        if tokens[after].surface not in _JOINTS:
            return None
    return None


def with_borrowed(
    hits: Sequence[Hit], tokens: Sequence[Token], names: BorrowedNames
) -> tuple[Hit, ...]:
    """Return the known words of a text with the borrowed names between them; one of several words
    takes the place of the single ones inside it.

    Args:
        hits: the known words in order.
        tokens: all tokens of the text.
        names: the names that may stand between them.
    """
    at = {index: hit for hit in hits for index in range(hit.first, hit.last + 1)}
    found: list[Hit] = []
    index = 0
    while index < len(tokens):
        hit = at.get(index)
        name = None if _bars(hit, tokens[index]) else names.at(tokens, index)
        if name is not None and _fits(name, at, tokens):
            found.append(_hit(name, tokens))
            index = name.last + 1
        else:
            found.extend([hit] if hit is not None and hit.first == index else [])
            index += 1
    return tuple(found)


def _bars(hit: Hit | None, token: Token) -> bool:
    """Return whether no name can begin at a token."""
    if token.kind != "word" or not is_native_letter(token.surface[0]):
        return True
    return hit is not None and (hit.first != hit.last or _WITHIN.isdisjoint(hit.kinds))


def _fits(name: Found, at: Mapping[int, Hit], tokens: Sequence[Token]) -> bool:
    """Return whether no known word is cut by a name, and none is lost to a name of one word."""
    inside = [at[index] for index in range(name.first, name.last + 1) if index in at]
    if name.first == name.last:
        return not inside
    return all(
        hit.first == hit.last
        and not _WITHIN.isdisjoint(hit.kinds)
        and (hit.case is None or hit.last == name.last)
        for hit in inside
    )


def _hit(name: Found, tokens: Sequence[Token]) -> Hit:
    span = Span(tokens[name.first].span.start, tokens[name.last].span.end)
    meanings = (Meaning(name.kind, name.value),)
    return Hit(name.first, name.last, span, meanings, name.case, name.case == "plural")
