"""How readable names come out in Latin letters, beside other libraries, on the tables' own names.

    python bench/transliteration.py [--beside]

Of every person's name in each language it is asked what it becomes, and whether that is the name of
record: to the letter, or so that a reader would accept it, letters that are spelt either way made
one. ``--beside`` asks indic-transliteration, aksharamukha and uroman too, which nothing else needs:
``pip install indic-transliteration aksharamukha uroman``.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator

from rajnay.base import paths
from rajnay.knowledge.packs.names import load_names
from rajnay.knowledge.reference import load_reference
from rajnay.text.languages import script_of_language
from rajnay.text.transliteration import transliterate

# Spellings between which readers do not tell.
ALIKE = (
    ("ph", "f"), ("ck", "k"), ("tch", "ch"), ("x", "ks"), ("w", "v"), ("q", "k"), ("ee", "i"),
    ("oo", "u"), ("ou", "u"), ("y", "i"), ("c(?!h)", "k"), ("(?<=[bdgjklmnprstv])h", ""),
    ("z", "j"), (r"(.)\1+", r"\1"), ("m(?=[pb])", "n"), ("ie|iu", "i"), (r"\bi(?=e)", ""),
)  # fmt: skip
SCHEMES = {
    "Beng": "bengali", "Deva": "devanagari", "Gujr": "gujarati", "Guru": "gurmukhi",
    "Knda": "kannada", "Mlym": "malayalam", "Orya": "oriya", "Taml": "tamil", "Telu": "telugu",
}  # fmt: skip
Spell = Callable[[str], str]


def plain(name: str) -> str:
    """Return a name in small ASCII letters."""
    parts = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z ]", "", parts.replace(".", " ")).split())


def accepted(name: str) -> str:
    """Return a name with letters that are spelt either way made one."""
    key = plain(name)
    for spelt, letter in ALIKE:
        key = re.sub(spelt, letter, key)
    return key


def names(lang: str) -> Iterator[tuple[str, str]]:
    """Yield how a language writes each person, with the name of record."""
    known = load_names(paths.LANGUAGES / lang, load_reference(paths.REFERENCE))
    for name, row in known.people.items():
        if row.full and len(row.full[0].split()) == len(name.replace(".", " ").split()):
            yield row.full[0], name


def others(script: str) -> dict[str, Spell]:
    """Return the other libraries that read a script."""
    import uroman
    from aksharamukha.transliterate import process
    from indic_transliteration.sanscript import transliterate as sanscript

    of_all = uroman.Uroman()
    found: dict[str, Spell] = {"uroman": of_all.romanize_string}
    if scheme := SCHEMES.get(script):
        found["indic-transliteration"] = lambda text: sanscript(text, scheme, "iast")
        found["aksharamukha"] = lambda text: process(scheme.title(), "RomanReadable", text)
    return found


def main() -> None:
    """Print a row for each language and library."""
    print(f"{'language':10}{'library':24}{'names':>6}{'exact':>8}{'accepted':>10}")
    for folder in sorted(paths.LANGUAGES.glob("*/names/people.csv")):
        lang = folder.parent.parent.name
        told, script = list(names(lang)), script_of_language(lang) or ""
        if script == "Latn" or not told:
            continue
        spellers = {"rajnay": transliterate} | (others(script) if "--beside" in sys.argv else {})
        for library, spell in spellers.items():
            spelt = [(spell(words), name) for words, name in told]
            exact = sum(plain(one) == plain(name) for one, name in spelt) / len(told)
            near = sum(accepted(one) == accepted(name) for one, name in spelt) / len(told)
            print(f"{lang:10}{library:24}{len(told):6}{exact:8.3f}{near:10.3f}")


if __name__ == "__main__":
    main()
