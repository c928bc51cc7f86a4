"""A language's words for time: the data file's model, and the dictionary that the date grammar
looks words up in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from rajnay.knowledge.tables import Forms, KnowledgeError, Names, Record, read_yaml
from rajnay.text.folding import fold, is_indic
from rajnay.text.tokens import Token, tokenise
from rajnay.times.expressions import Entry, MonthFirst

Role = Literal["at", "of", "from", "until", "before", "after"]
Unit = Literal["day", "week", "fortnight", "month", "year", "decade"]
Part = Literal["beginning", "middle", "end", "first-half", "second-half"]
ROLES = ("bare", "at", "of", "from", "until", "before", "after")


class DateTables(Record):
    """The tables of ``dates.yaml``, whose opening comment and codebook explain them."""

    months: dict[Annotated[int, Field(ge=1, le=12)], Names]
    weekdays: dict[Annotated[int, Field(ge=1, le=7)], Names]
    weekdays_short: dict[Annotated[int, Field(ge=1, le=7)], Forms] = Field(default={})
    numbers: dict[Annotated[int, Field(ge=0, le=100)], Forms]
    ordinals: dict[Annotated[int, Field(ge=1, le=31)], Forms] = Field(default={})
    day_ordinals: dict[Annotated[int, Field(ge=1, le=31)], Forms] = Field(default={})
    ordinal_endings: Forms = ()
    days: dict[int, Forms]
    days_by_tense: dict[int, Forms] = Field(default={})
    days_by_date: dict[int, Forms] = Field(default={})
    units: dict[Unit, Names]
    plurals: dict[Unit, Forms] = Field(default={})
    clock_units: dict[Literal["hour", "minute", "second"], Names] = Field(default={})
    shifts: dict[Literal["last", "this", "next"], Forms]
    same: Forms = ()
    periods: Forms = ()
    relations: dict[Literal["before", "after", "last"], Forms] = Field(default={})
    its: Forms = ()
    parts: dict[Part, Names] = Field(default={})
    year_parts: dict[Part, Names] = Field(default={})
    month_parts: dict[Part, Names] = Field(default={})
    seasons: dict[Literal["spring", "summer", "autumn", "winter", "unsettled"], Names] = Field(
        default={}
    )
    durations: dict[int, Forms] = Field(default={})
    times: Forms = ()
    ago: Forms = ()
    after: Forms = ()
    earlier: Forms = ()
    later: Forms = ()
    single: Forms = ()
    about: Forms = ()
    vague: Forms = ()
    between: Forms = ()
    during: Forms = ()
    every: Forms = ()
    conjunctions: dict[Literal["and", "or", "to"], Forms] = Field(default={})
    date_signs: Forms = ()
    year_signs: Forms = ()
    date_nouns: Forms = ()
    emphasis: Forms = ()
    not_dates: Forms = ()
    genitive_lookalikes: Forms = ()
    endings: dict[Role, Forms] = Field(default={})
    postpositions: dict[Role, Forms] = Field(default={})
    prepositions: dict[Role, Forms] = Field(default={})
    lookalike_digits: dict[str, int] = Field(default={})
    month_before_day: MonthFirst = False


_Phrase = tuple[tuple[str, ...], list[Entry]]
_Known = tuple[list[_Phrase], list[Entry]]
# The fields of DateWords; read from JSON, with lists in place of tuples.
DateRecord = tuple[dict[str, str], MonthFirst, Sequence[str], Mapping[str, Any], Mapping[str, Any]]
_MOST_REMEMBERED = 1 << 14


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's words for time, ready to be looked up; made by `load_date_words`.

    ``inert`` are spellings looked up before that have nothing to do with time, nor a value.
    """

    lookalike_digits: Mapping[str, str]
    month_before_day: MonthFirst
    _genitives: tuple[str, ...] = field(repr=False)
    _words: dict[str, list[Entry]] = field(repr=False)
    _phrases: dict[str, list[_Phrase]] = field(repr=False)
    _remembered: dict[str, _Known] = field(default_factory=dict, repr=False, compare=False)
    inert: set[str] = field(default_factory=set, repr=False, compare=False)

    @classmethod
    def of(cls, record: DateRecord) -> DateWords:
        """Return the words that a record holds, itself or read from JSON."""
        digits, month_before_day, genitives, words, phrases = record
        return cls(
            digits,
            month_before_day,
            tuple(genitives),
            {key: [Entry(*entry) for entry in entries] for key, entries in words.items()},
            {
                key: [
                    (tuple(pieces), [Entry(*entry) for entry in entries])
                    for pieces, entries in each
                ]
                for key, each in phrases.items()
            },
        )

    def record(self) -> DateRecord:
        """Return the words in a form that JSON can hold."""
        digits = dict(self.lookalike_digits)
        return digits, self.month_before_day, self._genitives, self._words, self._phrases

    def look_up(self, tokens: Sequence[Token], at: int) -> tuple[int, list[Entry]]:
        """Return how many tokens the longest known expression at a token covers, and its meanings;
        (1, []) if there is none.
        """
        token = tokens[at]
        phrases, entries = self._remembered.get(token.surface) or self._known(token)
        for pieces, meanings in phrases:
            rest = tokens[at + 1 : at + len(pieces)]
            if len(rest) == len(pieces) - 1 and all(
                piece in (other.key, "=" + other.surface) and other.line == token.line
                for piece, other in zip(pieces[1:], rest, strict=True)
            ):
                return len(pieces), meanings
        return 1, entries

    def _known(self, token: Token) -> _Known:
        """Return the phrases that a word may open, the longest first, and its own meanings."""
        keys = (token.key, "=" + token.surface)
        phrases = [phrase for key in keys for phrase in self._phrases.get(key, ())]
        entries = [entry for key in keys for entry in self._words.get(key, ())]
        entries = [entry for entry in entries if entry.kind == "blocked"] or entries
        if not entries and token.kind == "word" and token.surface.endswith(self._genitives):
            entries = [Entry("genitive", token.surface)]
        known = sorted(phrases, key=lambda phrase: -len(phrase[0])), entries
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
            self.inert.clear()
        self._remembered[token.surface] = known
        if known == ([], []) and token.kind != "number" and token.value is None:
            self.inert.add(token.surface)
        return known


# Which table holds which class of words, and whether the words of the class take case endings.
_CLASSES: dict[str, tuple[str, bool]] = {
    "months": ("month", True),
    "weekdays": ("weekday", True),
    "weekdays_short": ("weekday_short", False),
    "ordinals": ("ordinal", False),
    "day_ordinals": ("day_ordinal", True),
    "ordinal_endings": ("ord", True),
    "days": ("dayword", True),
    "days_by_tense": ("tenseday", True),
    "days_by_date": ("dateday", True),
    "shifts": ("shift", False),
    "same": ("same", False),
    "periods": ("period", True),
    "relations": ("relation", False),
    "its": ("its", False),
    "parts": ("part", True),
    "year_parts": ("year_part", True),
    "month_parts": ("month_part", True),
    "seasons": ("season", True),
    "durations": ("span", True),
    "clock_units": ("clock", True),
    "times": ("times", True),
    "ago": ("ago", True),
    "after": ("after", True),
    "earlier": ("earlier", False),
    "later": ("later", False),
    "single": ("single", False),
    "about": ("about", False),
    "every": ("every", False),
    "vague": ("vague", False),
    "between": ("between", False),
    "during": ("during", False),
    "date_signs": ("date_sign", False),
    "year_signs": ("year_sign", False),
    "date_nouns": ("date_noun", True),
    "emphasis": ("emph", False),
    "not_dates": ("blocked", False),
    "genitive_lookalikes": ("blocked", False),
}
_TELLING = 3  # a shorter key is shared by too many words: only the exact spelling counts
_SHIFTS = {"last": -1, "this": 0, "next": 1}


def load_date_words(path: Path) -> DateWords:
    """Read a language's words for time.

    Args:
        path: a ``dates.yaml`` in the folder named for the language; its opening comment explains
            the tables.

    Returns:
        The words, with every case ending attached that the file lists.

    Raises:
        KnowledgeError: the file is missing, is no YAML, has an unknown or ill-typed key, or gives
            one word two meanings; file and key are named.
    """
    return _Compiler(path, read_yaml(path, DateTables)).words()


class _Compiler:
    def __init__(self, path: Path, tables: DateTables) -> None:
        self.path, self.tables, self.lang = path, tables, path.parent.name
        self.given: dict[str, Forms] = {str(role): forms for role, forms in tables.endings.items()}
        self.single: dict[str, list[Entry]] = {}
        self.phrases: dict[str, list[_Phrase]] = {}
        self.seen: dict[tuple[str, tuple[str, ...]], tuple[int | str, str]] = {}

    def words(self) -> DateWords:
        for table, (kind, inflects) in _CLASSES.items():
            for key, value, form in _forms(getattr(self.tables, table)):
                where = f"{table}.{key}" if key != "" else table
                meaning = _SHIFTS[str(value)] if table == "shifts" else value
                self.add(where, form, kind, meaning, ROLES if inflects else ("bare",))
        for number, _, form in _forms(self.tables.numbers):
            self.add(f"numbers.{number}", form, "number", number, ("bare", "from"))
        self.add_units()
        for name, _, form in _forms(self.tables.conjunctions):
            self.add(f"conjunctions.{name}", form, str(name), name, ("bare",))
        self.add_roles()
        genitives = tuple(
            form
            for form in self.tables.endings.get("of", ())
            if len(form) > 1 and not form.startswith("=")
        )
        digits = {letter: str(digit) for letter, digit in self.tables.lookalike_digits.items()}
        return DateWords(digits, self.tables.month_before_day, genitives, self.single, self.phrases)

    def add_units(self) -> None:
        """Add what may be counted ("two days"), and of it what may also stand for itself."""
        for table in ("units", "plurals"):
            for unit, _, form in _forms(getattr(self.tables, table)):
                self.add(f"{table}.{unit}", form, "unit", unit, ROLES)
                if table == "units":
                    self.add(f"{table}.{unit}", form, f"unit_{unit}", unit, ROLES)

    def add_roles(self) -> None:
        """Add the words and endings that say what a date is to its clause."""
        for table, kind in (
            ("endings", "case"),
            ("postpositions", "case"),
            ("prepositions", "lead"),
        ):
            for role, _, form in _forms(getattr(self.tables, table)):
                where, apart = f"{table}.{role}", table != "endings"
                self.add(where, f"{form}/{role}", kind, role, ("bare",), apart=apart)

    def add(
        self,
        key: str,
        form: str,
        kind: str,
        value: int | str,
        roles: Sequence[str],
        apart: bool = True,
    ) -> None:
        exact = form.startswith("=")
        text, _, role = form.removeprefix("=").partition("/")
        pieces = tokenise(text, self.lang)
        if not pieces:
            raise KnowledgeError(
                f"{self.path}: {key}: empty form {form!r}; give a word or delete it"
            )
        keys = tuple(
            "=" + piece.surface if exact or len(piece.key) < _TELLING else piece.key
            for piece in pieces
        )
        before = self.seen.setdefault((kind, keys), (value, key))
        if before[0] != value:
            raise KnowledgeError(
                f"{self.path}: {key}: {text!r} is already in {before[1]}; a word has one meaning "
                "in a table"
            )
        stem = pieces[-1].surface
        attached = [(role, "")] if role else self.endings(roles, stem)
        for ending_role, ending in attached:
            last = _ended(pieces[-1], keys[-1], ending, kind) if ending else keys[-1]
            self.put((*keys[:-1], last), Entry(kind, value, ending_role, apart))

    def endings(self, roles: Sequence[str], stem: str) -> Iterator[tuple[str, str]]:
        for role in roles:
            if role == "bare":
                yield "bare", ""
                continue
            for ending in (form.removeprefix("=") for form in self.given.get(role, ())):
                if is_indic(stem[-1]) == is_indic(ending[0]) and not (
                    _is_vowel_sign(ending[0]) and _ends_in_vowel(stem)
                ):
                    yield role, ending

    def put(self, keys: tuple[str, ...], entry: Entry) -> None:
        if len(keys) == 1:
            entries = self.single.setdefault(keys[0], [])
        else:
            known = self.phrases.setdefault(keys[0], [])
            entries = next((entries for pieces, entries in known if pieces == keys), [])
            if not entries:
                known.append((keys, entries))
        if entry not in entries:
            entries.append(entry)


def _ended(word: Token, key: str, ending: str, kind: str) -> str:
    """Return the key of a word with an ending.

    Where the fold loses a letter at the seam, and of numbers ("from two" folds to "sat down"),
    other words meet the key: only the exact spelling counts.
    """
    joined = fold(word.surface + ending)
    lost = len(joined) < len(word.key) + len(fold(ending))
    exact = key.startswith("=") or lost or kind == "number"
    return "=" + word.surface + ending if exact else joined


def _forms(table: Mapping[Any, Forms] | Forms) -> Iterator[tuple[int | str, int | str, str]]:
    if isinstance(table, tuple):
        yield from (("", "", form) for form in table)
    else:
        yield from ((key, key, form) for key, forms in table.items() for form in forms)


def _is_vowel_sign(char: str) -> bool:
    return is_indic(char) and 0x3E <= ord(char) & 0x7F <= 0x4C


def _ends_in_vowel(word: str) -> bool:
    place = ord(word[-1]) & 0x7F
    without = place == 0x4D or place >= 0x7A  # virama, and Malayalam's consonants without a vowel
    return not (without or 0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F)
