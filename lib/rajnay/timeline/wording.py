"""What a report says in its own language: labels, sentences, numbers and dates; the words are in
``<lang>/report.yaml``.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from rajnay.base import paths
from rajnay.models import KINDS, STATUSES, TOPICS, Engagement
from rajnay.times.periods import Period, extent, named_part, yearless

FILE = "report.yaml"
PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))
REQUIRED = (
    *(
        "locale",
        "digits",
        "list.separator",
        "list.last",
        "pattern.day",
        "pattern.month",
        "pattern.year",
    ),
    *(f"kind.{kind}" for kind in KINDS),
    *(f"status.{status}" for status in STATUSES),
    *(f"topic.{topic}" for topic in TOPICS),
)
# What a language may leave to the tables of names and offices, or to CLDR.
TABLES = frozenset(("country", "forum", "name", "office", "post", "post_in"))
# Characters that reorder or break a line of text have no place in a label, wherever a name came
# from.
_UNPRINTABLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


class WordingError(ValueError):
    """A report.yaml that cannot be used; the message names the file, the line or key, and the
    mend.
    """


@dataclass(frozen=True)
class Wording:
    """The words of one report language.

    ``texts`` maps a key to a template, or to its plural forms; a template's fields are written as
    in ``str.format``, and a date field takes a CLDR pattern after the colon (``{first:d MMMM y}``).

    >>> english = load_wording("en")
    >>> english.text("count.articles", count=1), english.text("count.articles", count=12)
    ('1 article', '12 articles')
    """

    lang: str
    texts: Mapping[str, str | Mapping[str, str]] = field(repr=False)

    @property
    def locale(self) -> Locale:
        """Return the Babel locale that numbers, dates, plurals and countries follow."""
        return _locale(str(self.texts["locale"]))

    def text(self, key: str, **values: object) -> str:
        """Fill the template of a key (levels joined by dots) with values, whole numbers and dates
        written in the language.

        Lists are joined, and ``count`` chooses among plural forms. Raises WordingError for an
        unknown key or a missing value.
        """
        template = self.texts.get(key)
        if template is None:
            raise WordingError(f"{self.lang}/{FILE}: no entry {key!r}: add it, in every language")
        if not isinstance(template, str):
            count = values.get("count")
            if not isinstance(count, int):
                raise WordingError(
                    f"{self.lang}/{FILE}: {key} has plural forms and needs a whole number named "
                    "count"
                )
            template = template.get(self.locale.plural_form(count), template["other"])
        try:
            return _Filler(self).vformat(template, (), values)
        except KeyError as missing:
            raise WordingError(f"{self.lang}/{FILE}: {key} needs a value for {missing}") from None

    def number(self, value: float) -> str:
        """Write a number with the language's digits and grouping."""
        return self.in_digits(format_decimal(value, locale=self.locale))

    def share(self, value: float) -> str:
        """Write a share of one in whole hundredths, with the language's digits."""
        return self.in_digits(format_percent(value, locale=self.locale))

    def day(self, value: date, pattern: str = "day") -> str:
        """Write a date by the name of a pattern of report.yaml (``day``, ``month_short`` ...) or by
        a CLDR pattern itself.
        """
        named = self.texts.get(f"pattern.{pattern}", pattern)
        return self.in_digits(format_date(value, str(named), locale=self.locale))

    def in_digits(self, text: str) -> str:
        """Change ASCII digits into the digits this language's reports use."""
        return text.translate(dict(zip(b"0123456789", str(self.texts["digits"]), strict=True)))

    def items(self, items: Iterable[str]) -> str:
        """Join a list as the language does: ``a, b and c``."""
        parts = list(items)
        if len(parts) < 2:
            return "".join(parts)
        return (
            str(self.texts["list.separator"]).join(parts[:-1])
            + str(self.texts["list.last"])
            + parts[-1]
        )

    def country(self, code: str) -> str:
        """Name a country by its ISO 3166-1 code, as report.yaml or else CLDR has it; an unknown
        code stays as it is.
        """
        return str(self.texts.get(f"country.{code}") or self.locale.territories.get(code) or code)

    def language(self, code: str) -> str:
        """Name a language by its BCP 47 code."""
        return str(self.locale.languages.get(code.split("-")[0]) or code)

    def period(self, period: Period) -> str:
        """Say a period: ``2025``, ``August 2025`` or ``18–24 August 2025``."""
        first, last = period
        shape = period.shape
        if shape in ("day", "month", "year"):
            return self.day(first, shape)
        if shape == "years":
            return self.text("range.years", first=first, last=last)
        same = "year" if first.year == last.year else "none"
        if shape == "days" and same == "year" and first.month == last.month:
            same = "month"
        return self.text(f"range.{shape}_same_{same}", first=first, last=last)

    def when(self, engagement: Engagement) -> str:
        """Say when an engagement is, with how surely that is known, never more than its article
        tells.

        >>> days = ("2025-06-21", "2025-06-30")
        >>> june = Engagement("meeting", "held", *days, None, None, None, {}, None, (), None, None)
        >>> load_wording("en").when(june)
        'end of June 2025'
        """
        first, last, certainty = extent(engagement)
        if certainty == "yearless":
            return self.text("when.yearless", day=self._yearless(engagement))
        if first is None or last is None:
            return self.text("when.none")
        period = Period(first, last)
        said = self.period(period)
        if certainty == "within" and (part := named_part(period)):
            said = self.text(f"part.{part[0]}.{part[1]}", first=first, last=last, said=said)
        elif certainty in ("within", "month", "year", "open", "until"):
            said = self.text(f"when.{certainty}", said=said)
        about = (engagement.edtf or "").endswith(("~", "?", "%"))
        return self.text("when.about", said=said) if about else said

    def _yearless(self, engagement: Engagement) -> str:
        """Say the days or months of an engagement whose year is not known."""
        start, end = yearless(engagement.start), yearless(engagement.end)
        first, exact = start or end or (date.min, False)
        last = (end or start or (date.max, True))[0]
        if first == last:
            said = self.day(first, "day_month" if exact else "month_only")
            return said if start else self.text("when.until", said=said)
        part = named_part(Period(first, last)) if engagement.kind != "exercise" else None
        if exact and part and part[0] == "month":
            return self.text(f"part.yearless.{part[1]}", first=first)
        shape = "days" if first.month != last.month else "month"
        return self.text(f"range.yearless_{shape if exact else 'months'}", first=first, last=last)


class _Filler(string.Formatter):
    """Fills a template's fields with values written in the report's language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date):
            return self.wording.day(value, format_spec or "day")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.wording.number(value)
        if isinstance(value, str):
            return plain(value)
        return self.wording.items(plain(str(item)) for item in value)


def plain(text: str) -> str:
    """Take out control and direction-changing characters, which would break a line or turn it
    around.

    >>> plain("Mos\\u202ecow")
    'Moscow'
    """
    return _UNPRINTABLE.sub("", text)


@lru_cache
def _locale(name: str) -> Locale:
    return Locale.parse(name, sep="-")


def report_languages(languages: Path = paths.LANGUAGES) -> tuple[str, ...]:
    """Return the languages that have reports: those with a report.yaml."""
    return tuple(sorted(file.parent.name for file in languages.glob(f"*/{FILE}")))


@lru_cache
def load_wording(lang: str, languages: Path = paths.LANGUAGES) -> Wording:
    """Read a report language (a folder's BCP 47 code), and hold it against all the others.

    Raises WordingError when it has no report.yaml, or when the files differ in their keys or
    fields.
    """
    files = {name: languages / name / FILE for name in report_languages(languages)}
    if lang not in files:
        raise WordingError(
            f"no reports in {lang!r}: write {languages / lang / FILE}; reports are made in "
            f"{', '.join(files)}"
        )
    entries = {name: _read(file) for name, file in files.items()}
    model = next(iter(entries))
    for name, found in entries.items():
        _compare(files[name], found, files[model], entries[model])
    return Wording(lang, {key: value for key, (value, _) in entries[lang].items()})


Entry = tuple[str | dict[str, str], int]


def forget() -> None:
    """Read every file anew the next time: one of them may have been edited."""
    load_wording.cache_clear()
    _read.cache_clear()


@lru_cache
def _read(file: Path) -> dict[str, Entry]:
    return dict(_entries(file))


def _entries(file: Path) -> Iterator[tuple[str, Entry]]:
    """Yield each key of a file with its template and line, refusing a key twice and anything but
    text.
    """
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark, why = getattr(error, "problem_mark", None), getattr(error, "problem", None) or error
        line = mark.line + 1 if mark else 1
        raise WordingError(
            f"{file}:{line}: not YAML in UTF-8: {' '.join(str(why).split())}"
        ) from None
    seen: dict[str, int] = {}
    for key, node in _leaves("", root) if root else ():
        line = node.start_mark.line + 1
        if key in seen:
            raise WordingError(f"{file}:{line}: {key} stands on line {seen[key]} already: keep one")
        seen[key] = line
        yield key, (_template(f"{file}:{line}: {key}", node), line)


def _leaves(key: str, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Yield what stands under a key: each text or set of plural forms, with its levels joined by
    dots.
    """
    plural = isinstance(node, yaml.MappingNode) and node.value and _forms(node).keys() <= PLURALS
    if plural or not isinstance(node, yaml.MappingNode):
        yield key, node
        return
    for name, value in node.value:
        yield from _leaves(f"{key}.{name.value}" if key else str(name.value), value)


def _forms(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {str(name.value): value for name, value in node.value}


def _template(where: str, node: yaml.Node) -> str | dict[str, str]:
    """Return a text, or plural forms of one; ``where`` begins the message when it is neither."""
    forms = _forms(node) if isinstance(node, yaml.MappingNode) else {}
    if forms and "other" not in forms:
        raise WordingError(f"{where} needs the plural form 'other'")
    for leaf in forms.values() or [node]:
        if not (isinstance(leaf, yaml.ScalarNode) and leaf.value):
            raise WordingError(f"{where} must be a text: write it in quotes on one line")
    return {name: form.value for name, form in forms.items()} if forms else str(node.value)


def _fields(file: Path, key: str, entry: tuple[str | dict[str, str], int]) -> set[str]:
    template, line = entry
    try:
        forms = [template] if isinstance(template, str) else list(template.values())
        return {
            name
            for form in forms
            for _, name, _, _ in string.Formatter().parse(form)
            if name is not None
        }
    except ValueError as error:
        raise WordingError(
            f"{file}:{line}: {key} is no template ({error}): double a brace that is meant as such"
        ) from None


def _compare(file: Path, found: dict[str, Any], model_file: Path, model: dict[str, Any]) -> None:
    for key in (*REQUIRED, *model):
        if key not in found and key.partition(".")[0] not in TABLES:
            where = f" (line {model[key][1]} of {model_file})" if key in model else ""
            raise WordingError(f"{file}:1: {key} is missing{where}: add it")
    for key, entry in found.items():
        if key not in model:
            raise WordingError(
                f"{file}:{entry[1]}: {key} is not in {model_file}: add it there or take it out here"
            )
        mine, theirs = _fields(file, key, entry), _fields(model_file, key, model[key])
        if mine != theirs:
            odd = ", ".join(sorted(mine ^ theirs))
            raise WordingError(
                f"{file}:{entry[1]}: {key} has other fields than {model_file}:{model[key][1]}: "
                f"{odd}"
            )
    if len(set(found["digits"][0])) != 10:
        raise WordingError(
            f"{file}:{found['digits'][1]}: digits must be ten characters, zero to nine"
        )
    try:
        _locale(found["locale"][0])
    except (UnknownLocaleError, ValueError):
        raise WordingError(
            f"{file}:{found['locale'][1]}: locale {found['locale'][0]!r} is not known to CLDR"
        ) from None


@dataclass(frozen=True)
class TableNames:
    """Names in other languages: ``people``, ``places`` and ``forums`` map an English name of record
    to {language: name}.

    Whoever has no name in a language keeps the English one.
    """

    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    forums: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def person(self, name: str, lang: str) -> str:
        """Return a person's, office's or body's name in the language."""
        return self.people.get(name, {}).get(lang) or name

    def place(self, name: str, lang: str) -> str:
        """Return a place's name in the language."""
        return self.places.get(name, {}).get(lang) or name

    def forum(self, name: str, lang: str) -> str:
        """Return a forum's name in the language."""
        return self.forums.get(name, {}).get(lang) or name
