"""Normalise a text's encoding while remembering where every character came from."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Protocol

from rajnay.models import Span


class _Normaliser(Protocol):
    def normalize(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text; ``offsets[i]`` says where character ``i`` starts in the original; the last
    entry is its length.
    """

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original behind ``text[start:end]``.

        >>> normalise("ક\\u200dખ ગ", "gu").original(3, 4)
        Span(start=4, end=5)
        """
        return Span(self.offsets[start], self.offsets[end] if end > start else self.offsets[start])


_WORD = re.compile(r"\S+")
# What has no white space for longer is no word: it is cut into pieces, each read by itself.
_LONGEST_WORD = 256
# Aligning costs the product of both lengths; beyond this one character is matched to one.
_MOST_ALIGNED = 4096


def normalise(text: str, lang: str) -> Normalised:
    """Bring a text to one encoding (Unicode NFC, then indic-nlp-library's normaliser), word by
    word.

    Args:
        text: any text, as received.
        lang: BCP 47 code; a language that indic-nlp-library does not know is only brought to NFC.

    Returns:
        The normalised text with its offset map. White space is kept as it is.

    >>> normalise("e\\u0301te\\u0301", "fr")
    Normalised(text='été', offsets=(0, 2, 3, 5))
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end in _words(text):
        offsets.extend(range(at, start))
        pieces.append(text[at:start])
        word = _normalise_word(text[start:end], lang)
        pieces.append(word)
        offsets.extend(start + source for source in _sources(text[start:end], word, lang))
        at = end
    offsets.extend(range(at, len(text) + 1))
    return Normalised("".join(pieces) + text[at:], tuple(offsets))


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        while end - start > _LONGEST_WORD:
            cut = start + _LONGEST_WORD
            while cut < end and _belongs_to_the_letter_before(text[cut]):
                cut += 1
            yield start, cut
            start = cut
        if start < end:
            yield start, end


def _normalise_word(word: str, lang: str) -> str:
    word = unicodedata.normalize("NFC", word)
    normaliser = _indic_normaliser(lang)
    return normaliser.normalize(word) if normaliser and not word.isascii() else word


@functools.lru_cache(maxsize=1 << 12)
def _normalise_letter(letter: str, lang: str) -> str:
    return _normalise_word(letter, lang)


def _sources(word: str, changed: str, lang: str) -> Iterator[int]:
    """Yield the place in a word behind each character of its normalised spelling.

    Letters are aligned one by one, each with its own marks, so that none is taken for its
    neighbour.
    """
    if word == changed:
        yield from range(len(word))
        return
    cuts = [
        *(
            place
            for place, char in enumerate(word)
            if not place or not _belongs_to_the_letter_before(char)
        ),
        len(word),
    ]
    letters = [
        (start, word[start:end], _normalise_letter(word[start:end], lang))
        for start, end in pairwise(cuts)
    ]
    if (
        "".join(letter for *_, letter in letters) != changed
    ):  # neighbours were joined into one, as Korean syllables are
        letters = [(0, word, changed)]
    for start, before, after in letters:
        yield from (start + place for place in _aligned(before, after))


def _aligned(before: str, after: str) -> Iterator[int]:
    if before == after or len(before) * len(after) > _MOST_ALIGNED:
        yield from (min(place, len(before) - 1) for place in range(len(after)))
        return
    for _, low, high, first, last in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        yield from (min(low + step, max(low, high - 1)) for step in range(last - first))


def _belongs_to_the_letter_before(char: str) -> bool:
    # A colon after an Indic letter is taken for visarga, so that it is read together with that
    # letter.
    return char == ":" or unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")


@functools.cache
def _indic_normaliser(lang: str) -> _Normaliser | None:
    from indicnlp.normalize.indic_normalize import IndicNormalizerFactory

    factory = IndicNormalizerFactory()
    if not factory.is_language_supported(lang):
        return None
    try:
        normaliser: _Normaliser = factory.get_normalizer(lang)
    except ImportError:  # it knows Urdu by a library of its own, which brings TensorFlow along
        return None
    return normaliser
