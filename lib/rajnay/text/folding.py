"""One key for all the spellings of a word, in any Brahmic script or in the Perso-Arabic one.

The Brahmic Unicode blocks are laid out in parallel (a letter's place within its block of 128 says
which letter it is), so one table folds every Indic script to the same skeleton. Vowel length, open
and closed e and o, dental and retroflex stops, the three sibilants, the nasals, nukta, joiners,
geminates and the inherent vowel do not count; what a script writes in a way of its own stands in
`rajnay.text.scripts`. Latin words are case-folded and marked, so that they
never meet an Indic key.
"""

from __future__ import annotations

import functools
import unicodedata

from rajnay.text.scripts import (
    ARABIC_LETTERS,
    CLUSTERS,
    LETTERS_BELOW,
    LETTERS_OF_ONE_SCRIPT,
    SOUNDED_AT_THE_END,
)

# Indexed by a letter's place within its block; what is not named here folds to nothing.
_LETTERS: dict[int, str] = {
    **dict.fromkeys((0x05, 0x06, 0x3E), "a"),
    **dict.fromkeys((0x07, 0x08, 0x3F, 0x40, 0x2F, 0x5F), "i"),
    **dict.fromkeys((0x09, 0x0A, 0x41, 0x42), "u"),
    **dict.fromkeys((0x0B, 0x43), "ri"),
    **dict.fromkeys((0x0D, 0x0E, 0x0F, 0x10, 0x45, 0x46, 0x47, 0x48), "e"),
    **dict.fromkeys((0x11, 0x12, 0x13, 0x14, 0x49, 0x4A, 0x4B, 0x4C), "o"),
    **dict.fromkeys((0x15, 0x58), "k"),
    **dict.fromkeys((0x16, 0x59), "K"),
    **dict.fromkeys((0x17, 0x5A), "g"),
    0x18: "G",
    0x1A: "c",
    0x1B: "C",
    **dict.fromkeys((0x1C, 0x1D, 0x5B), "j"),
    **dict.fromkeys((0x1F, 0x24), "t"),
    **dict.fromkeys((0x20, 0x25), "T"),
    **dict.fromkeys((0x21, 0x26, 0x5C), "d"),
    **dict.fromkeys((0x22, 0x27, 0x5D), "D"),
    **dict.fromkeys((0x19, 0x1E, 0x23, 0x28, 0x29), "n"),
    0x2A: "p",
    **dict.fromkeys((0x2B, 0x5E), "P"),
    0x2C: "b",
    0x2D: "B",
    0x2E: "m",
    **dict.fromkeys((0x30, 0x31), "r"),
    **dict.fromkeys((0x32, 0x33, 0x34), "l"),
    0x35: "v",
    **dict.fromkeys((0x36, 0x37, 0x38), "s"),
    0x39: "h",
}
# Letters and vowel signs; digits and marks lie between.
_ARABIC = (("\u0620", "\u065f"), ("\u066e", "\u06d3"), ("\u06d5", "\u06ef"), ("\u06fa", "\u06ff"))
_TIPPI = "\u0a70"  # Gurmukhi's second anusvara
_VIRAMA = 0x4D
_NASAL_SIGNS = (0x01, 0x02)
_LABIALS = (0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x5E)
_VOWELS = frozenset("aeiou")
_SPECIAL = frozenset((*LETTERS_OF_ONE_SCRIPT, *LETTERS_BELOW, *(one[0] for one in CLUSTERS)))
# Begins the key of a Latin word.
_LATIN = "_"
_UNHEARD = _VOWELS | {_LATIN, "'"}


def is_indic(char: str) -> bool:
    """Return whether a character belongs to one of the parallel Brahmic blocks (Devanagari to
    Malayalam).

    >>> is_indic("ગ"), is_indic("g")
    (True, False)
    """
    return "\u0900" <= char <= "\u0d7f"


def is_arabic(char: str) -> bool:
    """Return whether a character belongs to the Perso-Arabic script, its digits and marks left out.

    >>> is_arabic("\u0645"), is_arabic("\u06f5")
    (True, False)
    """
    return any(first <= char <= last for first, last in _ARABIC)


def is_native_letter(char: str) -> bool:
    """Return whether a character belongs to one of the scripts of the Indian languages.

    >>> is_native_letter("ગ"), is_native_letter("\u0645"), is_native_letter("g")
    (True, True, False)
    """
    return is_indic(char) or is_arabic(char)


def fold_with_sources(word: str) -> tuple[str, tuple[int, ...]]:
    """Fold one word and say which character of it each character of the key came from.

    Args:
        word: letters and marks of one script, without white space.

    Returns:
        The key and, of the same length, the index in ``word`` behind each character of the key.

    >>> fold_with_sources("દિલ્હી")
    ('dilhi', (0, 1, 2, 4, 5))
    """
    if word and is_arabic(word[0]):
        return _fold_arabic(word)
    if word and not is_indic(word[0]):
        return _fold_latin(word)
    key: list[str] = []
    sources: list[int] = []
    for index, char in enumerate(word):
        for letter in _letter(word, index) if is_indic(char) else char.lower():
            doubled = (
                key
                and key[-1] == letter
                and (letter in _VOWELS or ord(word[index - 1]) & 0x7F == _VIRAMA)
            )
            if not doubled:
                key.append(letter)
                sources.append(index)
    return "".join(key), tuple(sources)


@functools.lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Return the key under which all spellings of a word meet.

    >>> fold("પુતિન") == fold("પૂટીન") == fold("पुतिन")
    True
    >>> fold("Modi") == fold("મોદી")
    False
    """
    return fold_with_sources(word)[0]


def ending_key(ending: str) -> str:
    """Return how an ending goes on the key of the word that it is joined to.

    >>> fold("minister's") == fold("minister") + ending_key("'s")
    True
    """
    return fold(ending).removeprefix(_LATIN)


def consonants(key: str) -> str:
    """Return the coarser key without vowels, on which the many renderings of a foreign name agree.

    >>> consonants(fold("લાવરોવ")) == consonants(fold("લેવ્રોવ"))
    True
    """
    return "".join(letter for letter in key.lower() if letter not in _UNHEARD)


def _letter(word: str, index: int) -> str:
    char = word[index]
    if char in _SPECIAL:
        special = _special_letter(word, index)
        if special is not None:
            return special
    place = ord(char) & 0x7F
    if place not in _NASAL_SIGNS and char != _TIPPI:
        return _LETTERS.get(place, "")
    if index + 1 >= len(word) or not is_indic(word[index + 1]):
        return SOUNDED_AT_THE_END.get(char, "")
    return "m" if ord(word[index + 1]) & 0x7F in _LABIALS else "n"


def _special_letter(word: str, index: int) -> str | None:
    """Return what a letter stands for that its script writes in its own way; None where it stands
    here for what its place says.
    """
    char = word[index]
    for cluster, letter in CLUSTERS.items():
        if word.startswith(cluster, index):
            return letter
    if index and ord(word[index - 1]) & 0x7F == _VIRAMA and char in LETTERS_BELOW:
        return LETTERS_BELOW[char]
    return LETTERS_OF_ONE_SCRIPT.get(char)


def _fold_arabic(word: str) -> tuple[str, tuple[int, ...]]:
    key: list[str] = []
    sources: list[int] = []
    for index, char in enumerate(word):
        letter = ARABIC_LETTERS.get(char, "")
        if letter and not (letter in _VOWELS and key and key[-1] == letter):
            key.append(letter)
            sources.append(index)
    return "".join(key), tuple(sources)


def _fold_latin(word: str) -> tuple[str, tuple[int, ...]]:
    key, sources = [_LATIN], [0]
    for index, char in enumerate(word):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if letter.isalnum() or letter in "+'’":
                key.append("'" if letter == "’" else letter)
                sources.append(index)
    return "".join(key), tuple(sources)
