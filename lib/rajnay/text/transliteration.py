"""Names written out in Latin letters, as the common English spelling of Indian names has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rajnay.text.folding import is_indic

# A letter's place in its Unicode block says which it is: the blocks are parallel.
_VIRAMA = 0x4D
_VOWELS = {
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0D: "a",
    0x0E: "e", 0x0F: "e", 0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au",
}  # fmt: skip
_VOWEL_SIGNS = {
    0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "a", 0x46: "e",
    0x47: "e", 0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au", _VIRAMA: "",
}  # fmt: skip
_CONSONANTS = {
    0x15: "k", 0x16: "kh", 0x17: "g", 0x18: "gh", 0x19: "n", 0x1A: "ch", 0x1B: "chh", 0x1C: "j",
    0x1D: "z", 0x1E: "n", 0x1F: "t", 0x20: "th", 0x21: "d", 0x22: "dh", 0x23: "n", 0x24: "t",
    0x25: "th", 0x26: "d", 0x27: "dh", 0x28: "n", 0x2A: "p", 0x2B: "f", 0x2C: "b", 0x2D: "bh",
    0x2E: "m", 0x2F: "y", 0x30: "r", 0x32: "l", 0x33: "l", 0x34: "l", 0x35: "v", 0x36: "sh",
    0x37: "sh", 0x38: "s", 0x39: "h",
}  # fmt: skip
_HEARD_AFTER_CLUSTER = frozenset({"y", "r", "v"})
_NASALS = {0x01: "n", 0x02: "n"}


_INHERENT = "A"


class _Syllable(NamedTuple):
    """A consonant, perhaps none, and the vowel after it, empty where none is heard."""

    consonant: str
    vowel: str


def transliterate(text: str) -> str:
    """Return a name in Latin letters, each word with a capital.

    Consonants and vowels follow the common English spelling of Indian names; the inherent vowel is
    dropped at the end of a word and between consonants where two more syllables follow (Ohala 1983,
    schwa deletion).

    Args:
        text: words in any Brahmic script; words in another are kept as they are.

    >>> transliterate("વ્લાદિમીર પાનોવ"), transliterate("कमल नाथ")
    ('Vladimir Panov', 'Kamal Nath')
    """
    return " ".join(map(_word, text.split()))


def _word(word: str) -> str:
    if not any(map(is_indic, word)):
        return word
    syllables = _syllables(word)
    latin = vowel = ""
    for index, syllable in enumerate(syllables):
        vowel = _heard_vowel(syllables, index, vowel)
        latin += syllable.consonant + vowel
    return latin.capitalize()


def _syllables(word: str) -> list[_Syllable]:
    """Cut a word into syllables; a consonant's inherent vowel is marked, whether heard or not."""
    syllables: list[_Syllable] = []
    for place in (ord(char) & 0x7F for char in word if is_indic(char)):
        if place in _CONSONANTS:
            syllables.append(_Syllable(_CONSONANTS[place], _INHERENT))
        elif place in _VOWELS:
            syllables.append(_Syllable("", _VOWELS[place]))
        elif syllables and place in _VOWEL_SIGNS:
            syllables[-1] = syllables[-1]._replace(vowel=_VOWEL_SIGNS[place])
        elif syllables and place in _NASALS:
            syllables.append(_Syllable(_NASALS[place], ""))
    return syllables


def _heard_vowel(syllables: Sequence[_Syllable], index: int, before: str) -> str:
    """Return the vowel of a syllable, given the one heard before it: an inherent one is dropped at
    the end of a word, unless a cluster needs it, and inside between a vowel and a full syllable.
    """
    consonant, vowel = syllables[index]
    if vowel != _INHERENT:
        return vowel
    if index == 0:
        return "a"
    if index == len(syllables) - 1:
        clustered = syllables[index - 1].vowel == "" and consonant in _HEARD_AFTER_CLUSTER
        return "a" if clustered else ""
    following = syllables[index + 1]
    full = following.consonant != "" and following.vowel not in ("", _INHERENT)
    return "" if before and full else "a"
