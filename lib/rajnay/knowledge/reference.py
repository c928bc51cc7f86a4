"""People with dated offices, places, forums, countries and bodies: the tables under
``data/reference/``.
"""

from __future__ import annotations

import calendar
import functools
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationInfo, field_validator

from rajnay.knowledge.packs import Entry
from rajnay.knowledge.tables import Form, Forms, KnowledgeError, Record, read_rows

Row = TypeVar("Row", bound=Record)

# The name of such a forum says by itself what is done in it.
_PAIR = 2
_ACTS_OF_FORUMS = {
    "exercise": "exercise",
    "summit-series": "meeting",
    "consultation": "consultation",
    "dialogue": "consultation",
}


class Person(Record):
    """Somebody the news may name, with the spellings of the full name and short forms, by
    language.
    """

    name: Form
    country: str
    gu: Forms = ()
    gu_short: Forms = ()
    hi: Forms = ()
    hi_short: Forms = ()
    en: Forms = ()
    en_short: Forms = ()


class Tenure(Record):
    """An office held from a day to a day; the dates may be a year or a month, an empty end means
    still held.
    """

    name: Form
    country: str
    office: str
    since: date = Field(alias="from")
    until: date = Field(alias="to")

    @field_validator("since", mode="before")
    @classmethod
    def _first_day(cls, text: str) -> date:
        return _day(text, last=False)

    @field_validator("until", mode="before")
    @classmethod
    def _last_day(cls, text: str) -> date:
        return _day(text, last=True) if text else date.max

    @field_validator("until")
    @classmethod
    def _not_before_the_first(cls, until: date, info: ValidationInfo) -> date:
        if until < info.data.get("since", date.min):
            raise ValueError("the office ends before it starts: mend one of the two days")
        return until


class Place(Record):
    """A city, venue, region or sea; ``within`` names the city of a venue."""

    name: Form
    country: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    kind: str
    within: str = ""
    gu: Forms = ()
    hi: Forms = ()
    en: Forms = ()


class Forum(Record):
    """A setting of meetings: organisation, summit series, commission, exercise, event; ``subject``
    tells commissions apart.
    """

    name: Form
    name_en: str
    kind: str
    members: Forms = ()
    subject: str = ""
    gu: Forms = ()
    hi: Forms = ()
    en: Forms = ()


class Country(Record):
    """A country with its names and adjectives, by language."""

    code: Form
    name_en: str
    gu: Forms = ()
    gu_adjective: Forms = ()
    hi: Forms = ()
    hi_adjective: Forms = ()
    en: Forms = ()
    en_adjective: Forms = ()


class Body(Record):
    """A ministry, service, parliament, agency or company by the names that mean it alone."""

    name: Form
    country: str
    role: str
    gu: Forms = ()
    hi: Forms = ()
    en: Forms = ()


@dataclass(frozen=True)
class Reference:
    """All reference tables, with the look-ups that the rest of the library needs."""

    people: dict[str, Person]
    tenures: tuple[Tenure, ...]
    places: dict[str, Place]
    forums: dict[str, Forum]
    countries: dict[str, Country]
    bodies: dict[str, Body]

    @functools.cached_property
    def _by_office(self) -> dict[tuple[str, str], list[Tenure]]:
        table: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            table[tenure.office, tenure.country].append(tenure)
        return table

    @functools.cached_property
    def _by_name(self) -> dict[str, list[Tenure]]:
        table: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            table[tenure.name].append(tenure)
        return table

    def holders(self, office: str, country: str, day: date | None) -> tuple[str, ...]:
        """Return who held a country's office on a day, in the table's order; on no day, everybody
        who ever did.
        """
        rows = self._by_office.get((office, country), [])
        return tuple(
            dict.fromkeys(row.name for row in rows if day is None or row.since <= day <= row.until)
        )

    def offices_of(
        self, name: str, day: date | None = None, grace: timedelta = timedelta(0)
    ) -> tuple[str, ...]:
        """Return the offices that somebody held on a day, give or take some days of grace; on no
        day, all that they ever held.
        """
        rows = self._by_name.get(name, [])
        if day is None:
            return tuple(dict.fromkeys(row.office for row in rows))
        return tuple(
            dict.fromkeys(
                row.office for row in rows if row.since - grace <= day and day - grace <= row.until
            )
        )

    def body_name(self, role: str, country: str) -> str:
        """Return the English name of record of a country's body, by its role."""
        if role == "delegation":
            return f"{(self.countries[country].en_adjective or (country,))[0]} delegation"
        named = next(
            (
                body.name
                for body in self.bodies.values()
                if body.country == country and body.role == role
            ),
            None,
        )
        return named or f"{role.capitalize()} of {self.countries[country].name_en}"

    def city_of(self, place: str) -> str:
        """Return the city that a venue stands in, or the place itself."""
        known = self.places.get(place)
        return known.within if known and known.within else place

    def entries(self, lang: str) -> Iterator[Entry]:
        """Yield every surface form of the tables in one language (and the Latin ones) with its
        meaning.
        """
        for person in self.people.values():
            yield from _forms(person, ("", "_short"), lang, "person", person.name)
        for place in self.places.values():
            yield from _forms(place, ("",), lang, "place", place.name)
        for forum in self.forums.values():
            yield from _forms(forum, ("",), lang, "forum", forum.name)
            act = (
                "gathering"
                if forum.kind == "dialogue" and len(forum.members) > _PAIR
                else _ACTS_OF_FORUMS.get(forum.kind)
            )
            if act is not None:
                yield from _forms(forum, ("",), lang, "noun", act)
        for body in self.bodies.values():
            yield from _forms(body, ("",), lang, "named body", body.name)
        for country in self.countries.values():
            yield from _forms(country, ("",), lang, "country", country.code)
            yield from _forms(country, ("_adjective",), lang, "nationality", country.code)


def load_reference(folder: Path) -> Reference:
    """Load and validate the reference tables.

    Args:
        folder: ``data/reference``.

    Raises:
        KnowledgeError: a table is missing or wrong, or does not agree with another; file, line and
            column are named.
    """
    countries = _named(folder / "countries.csv", Country)
    full_names: dict[tuple[str, str], str] = {}
    people = _named(
        folder / "people.csv",
        Person,
        lambda row, _: _absent(countries, row.country) or _shared_name(row, full_names),
    )
    tenures = read_rows(folder / "tenures.csv", Tenure, remarks=("source", "note"))
    for line, tenure in tenures:
        fault = _absent(people, tenure.name, column="name", table="people.csv") or _absent(
            countries, tenure.country
        )
        _refuse(folder / "tenures.csv", line, fault)
    return Reference(
        people,
        tuple(row for _, row in tenures),
        _named(
            folder / "places.csv", Place, lambda row, places: _misplaced(row, places, countries)
        ),
        _named(
            folder / "forums.csv",
            Forum,
            lambda row, _: _absent(countries, *row.members, column="members"),
        ),
        countries,
        _named(folder / "bodies.csv", Body, lambda row, _: _absent(countries, row.country)),
    )


def _named(
    path: Path,
    model: type[Row],
    fault_of: Callable[[Row, dict[str, Row]], str | None] = lambda *_: None,
) -> dict[str, Row]:
    """Read a table by its first column, a name of record; ``fault_of`` tells what is wrong with a
    row, given them all.
    """
    column = next(iter(model.model_fields))
    rows: dict[str, Row] = {}
    numbered = read_rows(path, model, remarks=())
    for line, row in numbered:
        name = getattr(row, column)
        _refuse(
            path,
            line,
            f"column {column}: {name!r} stands twice: join the two rows" if name in rows else None,
        )
        rows[name] = row
    for line, row in numbered:
        _refuse(path, line, fault_of(row, rows))
    return rows


def _refuse(path: Path, line: int, fault: str | None) -> None:
    if fault is not None:
        raise KnowledgeError(f"{path}:{line}: {fault}")


def _absent(
    known: Container[str], *names: str, column: str = "country", table: str = "countries.csv"
) -> str | None:
    missing = next((name for name in names if name not in known), None)
    return (
        None
        if missing is None
        else f"column {column}: {missing!r} is not in {table}: add it there or mend it here"
    )


def _shared_name(row: Person, owners: dict[tuple[str, str], str]) -> str | None:
    for column in ("gu", "hi", "en"):
        for form in getattr(row, column):
            owner = owners.setdefault((column, form), row.name)
            if owner != row.name:
                what = f"{form!r} is the full name of {owner!r} too"
                return f"column {column}: {what}: take it from one of them"
    return None


def _misplaced(row: Place, places: Mapping[str, Place], countries: Container[str]) -> str | None:
    if row.within and (row.within not in places or places[row.within].within):
        return (
            f"column within: {row.within!r} is no city in this table: add the city or mend the name"
        )
    return _absent(countries, row.country) if row.country or row.kind != "sea" else None


def _forms(
    row: Record, suffixes: Iterable[str], lang: str, kind: str, value: str
) -> Iterator[Entry]:
    for suffix in suffixes:
        for form in dict.fromkeys(
            (*getattr(row, lang + suffix, ()), *getattr(row, "en" + suffix, ()))
        ):
            yield Entry(form, kind, value)


def _day(text: str, *, last: bool) -> date:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12 if last else 1
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1] if last else 1)
