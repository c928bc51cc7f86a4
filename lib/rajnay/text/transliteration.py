"""Names written out in Latin letters, as the common English spelling of Indian names has them.

The Brahmic blocks are parallel, so that one table serves them all; what a script writes or sounds
otherwise stands in tables of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rajnay.text.folding import is_arabic, is_indic
from rajnay.text.scripts import LETTERS_OF_ONE_SCRIPT

_BLOCK = 0x80
_VIRAMA, _NUKTA = 0x4D, 0x3C
# A letter's place in its Unicode block says which it is.
_VOWELS = {
    0x05: "a",
    0x06: "a",
    0x07: "i",
    0x08: "i",
    0x09: "u",
    0x0A: "u",
    0x0B: "ri",
    0x0D: "a",
    0x0E: "e",
    0x0F: "e",
    0x10: "ai",
    0x11: "o",
    0x12: "o",
    0x13: "o",
    0x14: "au",
}
_VOWEL_SIGNS = {
    0x3E: "a",
    0x3F: "i",
    0x40: "i",
    0x41: "u",
    0x42: "u",
    0x43: "ri",
    0x45: "a",
    0x46: "e",
    0x47: "e",
    0x48: "ai",
    0x49: "o",
    0x4A: "o",
    0x4B: "o",
    0x4C: "au",
    0x57: "au",
    _VIRAMA: "",
}
_CONSONANTS = {
    0x15: "k",
    0x16: "kh",
    0x17: "g",
    0x18: "gh",
    0x19: "ng",
    0x1A: "ch",
    0x1B: "chh",
    0x1C: "j",
    0x1D: "z",
    0x1E: "n",
    0x1F: "t",
    0x20: "th",
    0x21: "d",
    0x22: "dh",
    0x23: "n",
    0x24: "t",
    0x25: "th",
    0x26: "d",
    0x27: "dh",
    0x28: "n",
    0x29: "n",
    0x2A: "p",
    0x2B: "f",
    0x2C: "b",
    0x2D: "bh",
    0x2E: "m",
    0x2F: "y",
    0x30: "r",
    0x31: "r",
    0x32: "l",
    0x33: "l",
    0x34: "l",
    0x35: "v",
    0x36: "sh",
    0x37: "sh",
    0x38: "s",
    0x39: "h",
}
# With a dot below.
_DOTTED = {0x1C: "z", 0x21: "r", 0x22: "rh", 0x2F: "y", 0x36: "sh"}
# Letters that one script alone has, or writes for the sounds of foreign names; Bengali ya keeps its
# y in names.
_OWN = LETTERS_OF_ONE_SCRIPT | {
    "\u09ad": "v",
    "\u09af": "y",
    "\u0a5b": "z",
    "\u0a5c": "r",
    "\u0a5e": "f",
    "\u0b2d": "v",
    "\u0b5f": "y",
}
# Clusters that are sounded otherwise than their letters, and what they are sounded like.
_CLUSTERS = {
    "\u0d28\u0d4d\u0d31": "\u0d28\u0d4d\u0d1f",
    "\u0d7b\u0d4d\u0d31": "\u0d7b\u0d1f",
    "\u0b83\u0baa": "\u0bab",
}
_BARE = frozenset("\u09ce\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f")
# Scripts that write whether a consonant has a vowel: an unwritten one is heard.
_WRITTEN_OUT = frozenset({0x0B80, 0x0C00, 0x0C80, 0x0D00})
# Tamil voices a stop after a nasal sound, and t between vowels too.
_TAMIL = 0x0B80
_SOFT = {"k": "g", "t": "d", "p": "b", "s": "j"}
_HEARD_AFTER_CLUSTER = frozenset({"y", "r", "v"})
_NASALS = frozenset({0x01, 0x02, 0x70})
_LABIALS = frozenset({"p", "f", "b", "bh", "m"})
_INHERENT = "A"
# Perso-Arabic letters; the short vowels are not written, and vav and ye are vowels inside a word.
_ARABIC = {
    "\u0627": "a",
    "\u0622": "a",
    "\u0623": "a",
    "\u0639": "a",
    "\u0625": "i",
    "\u0628": "b",
    "\u067e": "p",
    "\u062a": "t",
    "\u0679": "t",
    "\u0637": "t",
    "\u062b": "s",
    "\u0633": "s",
    "\u0635": "s",
    "\u0634": "sh",
    "\u062c": "j",
    "\u0686": "ch",
    "\u062d": "h",
    "\u06c1": "h",
    "\u0647": "h",
    "\u06be": "h",
    "\u062e": "kh",
    "\u062f": "d",
    "\u0688": "d",
    "\u0631": "r",
    "\u0691": "r",
    "\u0632": "z",
    "\u0630": "z",
    "\u0636": "z",
    "\u0638": "z",
    "\u0698": "zh",
    "\u063a": "gh",
    "\u0641": "f",
    "\u0642": "k",
    "\u06a9": "k",
    "\u0643": "k",
    "\u06af": "g",
    "\u0644": "l",
    "\u0645": "m",
    "\u0646": "n",
    "\u06ba": "n",
    "\u0629": "a",
    "\u06cc": "i",
    "\u064a": "i",
    "\u0626": "i",
    "\u06d2": "e",
    "\u0648": "o",
}
# What they are before a vowel, and at the beginning.
_GLIDES = {"\u0648": "v", "\u06cc": "y", "\u064a": "y"}
_LATIN_VOWELS = frozenset("aeiou")
_ASPIRATE = "\u06be"


class _Syllable(NamedTuple):
    """A consonant, perhaps none, and the vowel after it, empty where none is heard."""

    consonant: str
    vowel: str


def transliterate(text: str) -> str:
    """Return a name in Latin letters, each word with a capital.

    Consonants and vowels follow the common English spelling of Indian names; the inherent vowel is
    dropped at the end of a word and between consonants where two more syllables follow (Ohala 1983,
    schwa deletion), but for scripts that write whether there is one.

    Args:
        text: words in any Brahmic script or the Perso-Arabic one; words in another are kept.

    >>> transliterate("વ્લાદિમીર પાનોવ"), transliterate("कमल नाथ")
    ('Vladimir Panov', 'Kamal Nath')
    """
    return " ".join(map(_word, text.split()))


def _word(word: str) -> str:
    if any(map(is_arabic, word)):
        return _of_arabic(word).capitalize()
    if not any(map(is_indic, word)):
        return word
    for written, sounded in _CLUSTERS.items():
        word = word.replace(written, sounded)
    syllables = list(_syllables(word))
    block = next(ord(char) // _BLOCK * _BLOCK for char in word if is_indic(char))
    latin = vowel = ""
    for index, (consonant, _) in enumerate(syllables):
        vowel = _heard_vowel(syllables, index, vowel, block in _WRITTEN_OUT)
        if block == _TAMIL:
            consonant = _voiced(consonant, latin, vowel)
        latin += consonant + vowel
    return latin.replace("ngk", "nk").replace("ngg", "ng").capitalize()


def _syllables(word: str) -> Iterator[_Syllable]:
    """Cut a word into syllables; a consonant's inherent vowel is marked, whether heard or not."""
    waiting: _Syllable | None = None
    for char, place, after in _places(word):
        if place in _VOWEL_SIGNS and waiting:
            waiting = waiting._replace(vowel=_VOWEL_SIGNS[place])
            continue
        if place == _NUKTA and waiting:
            continue
        if waiting:
            yield waiting
        waiting = _letter(char, place, after)
    if waiting:
        yield waiting


def _places(word: str) -> Iterator[tuple[str, int, int]]:
    """Yield each letter with its place in its block, and that of the next."""
    letters = [char for char in word if is_indic(char)]
    for char, after in zip(letters, [*letters[1:], ""], strict=True):
        yield char, ord(char) & 0x7F, ord(after) & 0x7F if after else 0


def _letter(char: str, place: int, after: int) -> _Syllable | None:
    """Return the syllable that a letter begins; None for a sign that is not heard."""
    consonant = _OWN.get(char) or _CONSONANTS.get(place)
    if after == _NUKTA:
        consonant = _DOTTED.get(place, consonant)
    if consonant:
        return _Syllable(consonant, "" if char in _BARE else _INHERENT)
    if place in _VOWELS:
        return _Syllable("", _VOWELS[place])
    if place in _NASALS:
        return _Syllable(_nasal(char, after), "")
    return None


def _nasal(char: str, after: int) -> str:
    """Return what a nasal sign stands for before a letter, or at the end of a word."""
    if not after:
        return "m" if ord(char) // _BLOCK * _BLOCK in _WRITTEN_OUT else "ng"
    following = _CONSONANTS.get(after, "")
    return "ng" if following == "h" else "m" if following in _LABIALS else "n"


def _heard_vowel(syllables: Sequence[_Syllable], index: int, before: str, written: bool) -> str:
    """Return the vowel of a syllable, given the one heard before it: an inherent one is dropped at
    the end of a word, unless a cluster needs it, and inside between a vowel and a full syllable.
    """
    consonant, vowel = syllables[index]
    if vowel != _INHERENT:
        return vowel
    if index == 0 or written:
        return "a"
    if index == len(syllables) - 1:
        clustered = syllables[index - 1].vowel == "" and consonant in _HEARD_AFTER_CLUSTER
        return "a" if clustered else ""
    following = syllables[index + 1]
    full = following.consonant != "" and following.vowel not in ("", _INHERENT)
    return "" if before and full else "a"


def _voiced(consonant: str, latin: str, vowel: str) -> str:
    """Return a Tamil stop as it is sounded after some letters."""
    after_nasal = latin[-1:] in ("n", "m") and consonant != "k"
    single = consonant == "t" and vowel and latin[-1:] != "t"
    return _SOFT.get(consonant, consonant) if after_nasal or single else consonant


def _of_arabic(word: str) -> str:
    """Return a word with a vowel between consonants that have none written."""
    letters = [char for char in word if char in _ARABIC]
    sounds = [_ARABIC[char] for char in letters]
    for index, char in enumerate(letters):
        beside = sounds[index + 1 : index + 2] if index else ["a"]
        if char in _GLIDES and beside and beside[0] in _LATIN_VOWELS:
            sounds[index] = _GLIDES[char]
    latin = ""
    for sound, char, after in zip(sounds, [*letters[1:], ""], [*sounds[1:], "a"], strict=True):
        open_syllable = {sound[0], after[0], *latin[-1:]} & _LATIN_VOWELS or char == _ASPIRATE
        latin += sound if open_syllable else sound + "a"
    return latin.removesuffix("of") + "ov" if latin.endswith("of") else latin
