"""The known words of a language, folded, in the form in which they are kept on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from rajnay.knowledge.packed import pack
from rajnay.knowledge.packs.words import Entry
from rajnay.text.folding import fold
from rajnay.text.tokens import Token, tokenise

_JOINERS = frozenset("-‐‑–'’\"“”‘`()")
_BREAK = "\n"
# Before a form in the data: only this spelling counts, not all that fold to the same key.
_ONLY_SO = "="
# Shorter keys are shared by too many words.
_SHORT = 2
# Shorter keys of names that other languages have are left to their own tables.
_ALONE, _TOGETHER = 6, 8
# The class of a meaning, its name of record, whether case endings may follow, and the one spelling
# that has it ("" for any).
Known = Sequence[Any]


class Words(NamedTuple):
    """Folded keys in order; for each, the numbers of its meanings in ``meanings``, apart by a
    space. Keys and numbers are packed.
    """

    keys: str
    numbers: str
    meanings: Sequence[Known]


class Stream(NamedTuple):
    """A text's folded letters without white space, with the token behind each, and by token where
    its letters begin and end (one that ends before it begins has none).
    """

    text: str
    owners: list[int]
    begins: list[int]
    ends: list[int]


def compile_words(
    entries: Iterable[Entry],
    lang: str,
    abbreviations: Iterable[str] = (),
    borrowed: Iterable[Sequence[str]] = (),
) -> Words:
    """Return the words of entries by folded key.

    Args:
        entries: surface forms with their meanings.
        lang: BCP 47 code, for the normaliser.
        abbreviations: words after which a full stop ends nothing.
        borrowed: keys of names that other languages have, with class and name of record; one that
            is a key already, or so short that it may be any word, is left out.

    >>> compile_words([Entry("દિલ્હી", "place", "Delhi")], "gu").meanings
    [('place', 'Delhi', True, '')]
    """
    folded = frozenset(fold(word) for word in abbreviations)
    numbers: dict[Known, int] = {}
    words: dict[str, dict[str, None]] = {}
    for entry in entries:
        tokens = tokenise(entry.surface.removeprefix(_ONLY_SO), lang)
        key = stream_of(tokens, folded).text
        if key.strip(_BREAK):
            only_so = len(key) <= _SHORT or entry.surface.startswith(_ONLY_SO)
            exact = "".join(token.surface for token in tokens) if only_so else ""
            known = (entry.kind, entry.value, entry.inflects, exact)
            number = numbers.setdefault(known, len(numbers))
            words.setdefault(key, {})[str(number)] = None
    known_here = frozenset(words)
    for spelt, kind, value in borrowed:
        key = spelt.replace(" ", "")
        if key not in known_here and len(key) >= (_TOGETHER if " " in spelt else _ALONE):
            number = numbers.setdefault((kind, value, True, ""), len(numbers))
            words.setdefault(key, {})[str(number)] = None
    keys = sorted(words)
    return Words(pack(keys), pack(" ".join(words[key]) for key in keys), list(numbers))


def stream_of(tokens: Sequence[Token], abbreviations: Collection[str]) -> Stream:
    """Return the letters of tokens as the lexicon reads them; marks that may stand within a word
    are left out.
    """
    pieces: list[str] = []
    owners: list[int] = []
    begins: list[int] = []
    ends: list[int] = []
    size = 0
    for index, token in enumerate(tokens):
        piece = token.key
        if token.kind == "mark":
            before = tokens[index - 1].key if index else ""
            piece = _mark(token.surface, before in abbreviations)
        begins.append(size)
        pieces.append(piece)
        owners.extend([index] * len(piece))
        size += len(piece)
        ends.append(size - 1)
    return Stream("".join(pieces), owners, begins, ends)


def _mark(surface: str, after_abbreviation: bool) -> str:
    if surface in _JOINERS or (surface == "." and after_abbreviation):
        return ""
    return surface if surface == "+" else _BREAK
