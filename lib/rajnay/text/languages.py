"""Say in which language a text is written: by its script, then by lingua, never by assumption."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import Language, LanguageDetector

# Addresses, handles and hashtags are Latin in whatever language the words around them are.
_NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
# Scripts that Unicode gives to what many scripts share: digits, stops, joiners.
_SHARED = frozenset(("Zyyy", "Zinh", "Zzzz"))
# Of 28 Hindi and Marathi articles cut to 60 to 200 characters, lingua told three wrongly, none of
# them with more than .57; of all 400 characters long it told each with more than .8.
_SURE = 0.6
# All that lingua knows of the many languages in Latin letters loads in nine seconds, half in one.
_MANY = 8


class LanguageError(ValueError):
    """Why the language of a text cannot be told or read, and the mend, in one line."""


def no_pack(lang: str, languages: Collection[str]) -> str:
    """Return what to say of a language that has no pack.

    >>> no_pack("fr", ["gu", "hi"])
    "language 'fr' has no pack; there is gu, hi, or add one to data/languages"
    """
    known = ", ".join(languages)
    return f"language {lang!r} has no pack; there is {known}, or add one to data/languages"


def readable(tag: str, known: Collection[str]) -> str:
    """Return the code of the language that a tag names; raises LanguageError where that is not
    among those known.

    >>> readable("gu-IN", ["gu"])
    'gu'
    """
    code = tag if tag in known else language_code(tag)
    if code not in known:
        raise LanguageError(no_pack(code, known))
    return code


def language_code(tag: str) -> str:
    """Return the language that a BCP 47 tag names, without country, in its shortest form.

    Args:
        tag: a tag in any case, with hyphens or underscores, also of three letters.

    Raises:
        LanguageError: the tag is none.

    >>> [language_code(tag) for tag in ("gu", "GU", "gu-IN", "gu_IN.UTF-8", "guj")]
    ['gu', 'gu', 'gu', 'gu', 'gu']
    """
    import langcodes  # here and below, because most articles say their language outright
    from langcodes.tag_parser import LanguageTagError

    try:
        language = langcodes.Language.get(tag.strip().partition(".")[0]).language
    except LanguageTagError:
        language = None
    if not language or language == "und":
        raise LanguageError(f"{tag!r} is no language; write its BCP 47 code, such as gu")
    return language


def language_of(text: str, known: Collection[str] = (), hint: str | None = None) -> str:
    """Return the language that a text is written in.

    Args:
        text: the text.
        known: codes of the languages that can be read; any, if there are none.
        hint: what a page's template says, which counts only where the words leave it open.

    Returns:
        A BCP 47 code, which is not among ``known`` where the text is in another language.

    Raises:
        LanguageError: it cannot be told.

    >>> language_of("\\u0aae\\u0ab3\\u0acd\\u0aaf\\u0abe #India @PMO https://example.org")
    'gu'
    """
    script = _script_of(text)
    if script is None:
        raise LanguageError(
            "no letters that tell its language; name it in a field 'lang' or with --lang"
        )
    readable = {code for code in known if script_of_language(code) == script}
    rivals = {_code(language): language for language in _languages_in(script)}
    if len(rivals) < 2:
        return next(iter(rivals), None) or _main_language(script)
    best, sure = _likeliest(text, tuple(rivals.values()))
    if sure:
        return best
    named = language_code(hint) if hint else ""
    if named in rivals:
        return named
    perhaps = f" ({' or '.join(sorted(readable | {best}))}?)" if readable else ""
    raise LanguageError(
        f"its words do not tell for sure which language of script {script} it is in{perhaps}; name "
        "it in a field 'lang' or with --lang"
    )


def not_written_in(code: str, text: str) -> str | None:
    """Return what to say of a text whose letters are not those of the language it is said to be in;
    None where they may be, and of Latin letters, which names are written in everywhere.
    """
    script, written = script_of_language(code), _script_of(text)
    if written in (script, None, "Latn") or script is None or script in _scripts_of(text):
        return None
    return (
        f"said to be in language {code!r}, but written in script {written}; mend its 'lang', or "
        "overrule it with --lang"
    )


def _script_of(text: str) -> str | None:
    """Return the ISO 15924 code of the script that most letters of a text are in."""
    return next(iter(_scripts_of(text)), None)


@functools.lru_cache(maxsize=8)
def _scripts_of(text: str) -> tuple[str, ...]:
    """Return the scripts of a text's letters, the most frequent one first."""
    from fontTools.unicodedata import script

    counts: Counter[str] = Counter()
    for letter, times in Counter(_NO_WORDS.sub(" ", text)).items():
        if unicodedata.category(letter)[0] in "LM":
            counts[script(letter)] += times
    return tuple(code for code, _ in counts.most_common() if code not in _SHARED)


@functools.cache
def script_of_language(code: str) -> str | None:
    """Return the ISO 15924 code of the script that a language is written in.

    >>> script_of_language("gu")
    'Gujr'
    """
    import langcodes

    return langcodes.Language.get(code).maximize().script


def _main_language(script: str) -> str:
    import langcodes

    return langcodes.Language.make(script=script).maximize().language or "und"


def _languages_in(script: str) -> tuple[Language, ...]:
    """Return the languages of a script that lingua tells apart, by their names."""
    from lingua import Language

    inside = (one for one in Language.all() if script_of_language(_code(one)) == script)
    return tuple(sorted(inside, key=lambda one: one.name))


def _code(language: Language) -> str:
    return language.iso_code_639_1.name.lower()


def _likeliest(text: str, rivals: tuple[Language, ...]) -> tuple[str, bool]:
    """Return the likeliest of some languages, and whether it is far enough ahead."""
    first = _detector(rivals).compute_language_confidence_values(text)[0]
    return _code(first.language), first.value >= _SURE


@functools.cache
def _detector(rivals: tuple[Language, ...]) -> LanguageDetector:
    from lingua import LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_languages(*rivals)
    return (builder if len(rivals) <= _MANY else builder.with_low_accuracy_mode()).build()
