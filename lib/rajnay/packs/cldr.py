"""What Unicode CLDR and tables of number words know of a language."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.tables import KnowledgeError
from rajnay.text.folding import fold

# Counted from Monday.
_WEEK = range(7)
_NUMBERS = range(101)
_UNITS = ("day", "week", "month", "year")
_CLOCK = ("hour", "minute", "second")
# One of it, and several.
_COUNTS = (1, 2)
_EXACT = "="


class Words:
    """The months, weekdays, units, numbers and countries of a language."""

    def __init__(self, lang: str) -> None:
        """Look a language up.

        Raises:
            KnowledgeError: it has no code, or none that CLDR knows.
        """
        try:
            self._locale = Locale.parse(lang, sep="-")
        except (UnknownLocaleError, ValueError):
            raise KnowledgeError(
                f"language {lang!r} is not in Unicode CLDR: write its BCP 47 code, such as ne"
            ) from None
        self._lang = lang

    def dates(self) -> dict[str, Any]:
        """Return what can be filled of ``dates.yaml``.

        Returns:
            Tables by their keys, each of words by number or unit; a list is empty where nothing is
            known, as number words are of few languages.
        """
        # Babel writes what one language's tables point to into what all languages share.
        named, week = copy.deepcopy((self._locale.months, self._locale.days))
        months = {n: self._calendar(named, n, "wide", "abbreviated") for n in range(1, 13)}
        short = {n + 1: self._calendar(week, n, "abbreviated") for n in _WEEK}
        days = {n + 1: self._calendar(week, n, "wide") for n in _WEEK}
        return {
            "months": distinct(months),
            "weekdays": distinct(days),
            "weekdays_short": short,
            "units": {unit: self._unit(unit) for unit in _UNITS},
            "clock_units": {unit: self._unit(unit) for unit in _CLOCK},
            "numbers": distinct(self._numbers()),
            "ordinals": {n: [] for n in range(1, 32)},
        }

    def countries(self, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each country that has a name with it.

        Args:
            codes: ISO 3166-1 codes.

        Yields:
            Code and name; none where CLDR repeats the name of record.
        """
        of_record = Locale(load_defaults().names_of_record).territories
        for code in codes:
            name = self._locale.territories.get(code)
            if name and name != of_record.get(code):
                yield code, name

    def _calendar(self, table: Any, number: int, *widths: str) -> list[str]:
        """Return the names of a month or weekday, the long one first."""
        found = [
            table[context].get(width, {}).get(number, "")
            for width in widths
            for context in ("format", "stand-alone")
        ]
        return [word for word in dict.fromkeys(found) if len(word) > 1]

    def _unit(self, unit: str) -> list[str]:
        """Return what a unit of time is called in counting."""
        said = (format_unit(count, f"duration-{unit}", locale=self._locale) for count in _COUNTS)
        words = ("".join(char for char in text if not char.isdecimal()).strip() for text in said)
        return [word for word in dict.fromkeys(words) if word and not word.isascii()]

    def _numbers(self) -> dict[int, list[str]]:
        """Return the words for the numbers to a hundred; none for a language without a table."""
        from indic_numtowords import num2words
        from indic_numtowords.numtowords import extended_supported_langs, supported_langs

        known = self._lang in (*supported_langs, *extended_supported_langs)
        try:
            spelt = {n: [str(num2words(n, lang=self._lang))] for n in _NUMBERS if known}
        except LookupError:  # it has a table with gaps of some languages, as of Sindhi
            spelt = {}
        return {number: [] for number in _NUMBERS} | spelt


def distinct(table: dict[int, list[str]]) -> dict[int, list[str]]:
    """Return words of which none means two things: those that fold alike count only so spelt.

    Args:
        table: words by number.

    >>> distinct({3: ["तीन"], 30: ["तीस"], 31: ["तिस"]})
    {3: ['तीन'], 30: ['=तीस'], 31: ['=तिस']}
    """
    alike = Counter(fold(word) for words in table.values() for word in words)
    return {
        number: [_EXACT * (alike[fold(word)] > 1) + word for word in words]
        for number, words in table.items()
    }
