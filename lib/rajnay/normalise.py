"""Normalise a text's encoding while remembering where every character came from."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from rajnay.models import Span


class _Normaliser(Protocol):
    def normalize(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text; ``offsets[i]`` says where character ``i`` starts in the original; the last entry is its length."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original behind ``text[start:end]``.

        >>> normalise("ક\\u200dખ ગ", "gu").original(3, 4)
        Span(start=4, end=5)
        """
        return Span(self.offsets[start], self.offsets[end] if end > start else self.offsets[start])


_WORD = re.compile(r"\S+")


def normalise(text: str, lang: str) -> Normalised:
    """Bring a text to one encoding (Unicode NFC, then indic-nlp-library's normaliser), word by word.

    Args:
        text: any text, as received.
        lang: BCP 47 code; a language that indic-nlp-library does not know is only brought to NFC.

    Returns:
        The normalised text with its offset map. White space is kept as it is.

    >>> normalise("e\\u0301te", "fr")
    Normalised(text='éte', offsets=(0, 2, 3, 4))
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _WORD.finditer(text):
        offsets.extend(range(at, match.start()))
        pieces.append(text[at : match.start()])
        word = _normalise_word(match.group(), lang)
        pieces.append(word)
        offsets.extend(match.start() + source for source in _align(match.group(), word))
        at = match.end()
    offsets.extend(range(at, len(text) + 1))
    return Normalised("".join(pieces) + text[at:], tuple(offsets))


def _normalise_word(word: str, lang: str) -> str:
    word = unicodedata.normalize("NFC", word)
    normaliser = _indic_normaliser(lang)
    return normaliser.normalize(word) if normaliser and not word.isascii() else word


def _align(word: str, changed: str) -> list[int]:
    if word == changed:
        return list(range(len(word)))
    sources: list[int] = []
    for _, start, end, low, high in SequenceMatcher(None, word, changed, autojunk=False).get_opcodes():
        sources.extend(min(start + step, max(start, end - 1)) for step in range(high - low))
    return sources


@functools.cache
def _indic_normaliser(lang: str) -> _Normaliser | None:
    from indicnlp.normalize.indic_normalize import IndicNormalizerFactory

    factory = IndicNormalizerFactory()
    if not factory.is_language_supported(lang):
        return None
    normaliser: _Normaliser = factory.get_normalizer(lang)
    return normaliser
