"""Readable Latin for a name in any Brahmic script.

Consonants and vowels follow the common English spelling of Indian names; the inherent vowel is
dropped at the end of a word and between consonants where two more syllables follow (Ohala 1983,
schwa deletion).
"""

from __future__ import annotations

from rajnay.text.folding import is_indic

_VIRAMA, _NUKTA = 0x4D, 0x3C
_VOWELS = {
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0D: "a",
    0x0E: "e", 0x0F: "e", 0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au",
}  # fmt: skip
_SIGNS = {
    0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "a", 0x46: "e",
    0x47: "e", 0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au",
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


def transliterate(text: str) -> str:
    """Return a name in Latin letters, each word with a capital.

    >>> transliterate("વ્લાદિમીર પાનોવ"), transliterate("कमल नाथ")
    ('Vladimir Panov', 'Kamal Nath')
    """
    return " ".join(_word(word).capitalize() for word in text.split())


def _word(word: str) -> str:
    if not any(is_indic(char) for char in word):
        return word
    pieces: list[tuple[str, str]] = []
    for char in word:
        place = ord(char) & 0x7F
        if not is_indic(char):
            continue
        if place in _CONSONANTS:
            pieces.append((_CONSONANTS[place], "A"))
        elif place in _SIGNS and pieces:
            pieces[-1] = (pieces[-1][0], _SIGNS[place])
        elif place in _VOWELS:
            pieces.append(("", _VOWELS[place]))
        elif place == _VIRAMA and pieces:
            pieces[-1] = (pieces[-1][0], "")
        elif place in _NASALS and pieces:
            pieces.append((_NASALS[place], ""))
    return "".join(consonant + vowel for consonant, vowel in _drop_inherent(pieces))


def _drop_inherent(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    last = len(pieces) - 1
    for index, (consonant, vowel) in enumerate(pieces):
        if vowel == "A":
            before = bool(kept) and kept[-1][1] != ""
            after = (
                index < last
                and pieces[index + 1][1] not in ("", "A")
                and pieces[index + 1][0] != ""
            )
            silent = (index == last and index > 0) or (index > 0 and before and after)
            cluster = (
                index == last
                and index > 0
                and pieces[index - 1][1] == ""
                and consonant in _HEARD_AFTER_CLUSTER
            )
            vowel = "" if silent and not cluster else "a"
        kept.append((consonant, vowel))
    return kept
