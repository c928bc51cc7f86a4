"""People with dated offices, places, forums, countries and bodies: the tables under ``data/reference/``."""

from __future__ import annotations

import calendar
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import Field, field_validator

from rajnay.datafiles import Forms, KnowledgeError, Record, read_table
from rajnay.packs import Entry

# The name of such a forum says by itself what is done in it.
_PAIR = 2
_ACTS_OF_FORUMS = {"exercise": "exercise", "summit-series": "meeting", "consultation": "consultation", "dialogue": "consultation"}


class Person(Record):
    """Somebody the news may name, with the spellings of the full name and short forms, by language."""

    name: str
    country: str
    gu: Forms = ()
    gu_short: Forms = ()
    hi: Forms = ()
    hi_short: Forms = ()
    en: Forms = ()
    en_short: Forms = ()


class Tenure(Record):
    """An office held from a day to a day; the dates may be a year or a month, an empty end means still held."""

    name: str
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


class Place(Record):
    """A city, venue, region or sea; ``within`` names the city of a venue."""

    name: str
    country: str
    lat: float
    lon: float
    kind: str
    within: str = ""
    gu: Forms = ()
    hi: Forms = ()
    en: Forms = ()


class Forum(Record):
    """A setting of meetings: organisation, series of summits, commission, exercise, event."""

    name: str
    name_en: str
    kind: str
    members: Forms = ()
    gu: Forms = ()
    hi: Forms = ()
    en: Forms = ()


class Country(Record):
    """A country with its names and adjectives, by language."""

    code: str
    name_en: str
    gu: Forms = ()
    gu_adjective: Forms = ()
    hi: Forms = ()
    hi_adjective: Forms = ()
    en: Forms = ()
    en_adjective: Forms = ()


class Body(Record):
    """A ministry, service, parliament, agency or company by the names that mean it alone."""

    name: str
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
        """Return who held a country's office on a day, in the table's order; on no day, everybody who ever did."""
        rows = self._by_office.get((office, country), [])
        return tuple(dict.fromkeys(row.name for row in rows if day is None or row.since <= day <= row.until))

    def offices_of(self, name: str, day: date | None = None, grace: timedelta = timedelta(0)) -> tuple[str, ...]:
        """Return the offices that somebody held on a day, give or take some days of grace; on no day, all that they ever held."""
        rows = self._by_name.get(name, [])
        if day is None:
            return tuple(dict.fromkeys(row.office for row in rows))
        return tuple(dict.fromkeys(row.office for row in rows if row.since - grace <= day and day - grace <= row.until))

    def body_name(self, role: str, country: str) -> str:
        """Return the English name of record of a country's body, by its role."""
        if role == "delegation":
            return f"{(self.countries[country].en_adjective or (country,))[0]} delegation"
        named = next((body.name for body in self.bodies.values() if body.country == country and body.role == role), None)
        return named or f"{role.capitalize()} of {self.countries[country].name_en}"

    def city_of(self, place: str) -> str:
        """Return the city that a venue stands in, or the place itself."""
        known = self.places.get(place)
        return known.within if known and known.within else place

    def entries(self, lang: str) -> Iterator[Entry]:
        """Yield every surface form of the tables in one language (and the Latin ones) with its meaning."""
        for person in self.people.values():
            yield from _forms(person, ("", "_short"), lang, "person", person.name)
        for place in self.places.values():
            yield from _forms(place, ("",), lang, "place", place.name)
        for forum in self.forums.values():
            yield from _forms(forum, ("",), lang, "forum", forum.name)
            act = "gathering" if forum.kind == "dialogue" and len(forum.members) > _PAIR else _ACTS_OF_FORUMS.get(forum.kind)
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
        KnowledgeError: a table is missing or wrong; file, line and column are named.
    """
    countries = {row.code: row for row in read_table(folder / "countries.csv", Country)}
    people = {row.name: row for row in read_table(folder / "people.csv", Person)}
    for person in people.values():
        if person.country not in countries:
            raise KnowledgeError(
                f"{folder / 'people.csv'}: {person.name}: country {person.country!r} is not in countries.csv: add or mend it"
            )
    tenures = tuple(row for row in read_table(folder / "tenures.csv", Tenure))
    for tenure in tenures:
        if tenure.name not in people:
            raise KnowledgeError(
                f"{folder / 'tenures.csv'}: {tenure.name!r} is not in people.csv: add the person there or mend the name"
            )
    return Reference(
        people,
        tenures,
        {row.name: row for row in read_table(folder / "places.csv", Place)},
        {row.name: row for row in read_table(folder / "forums.csv", Forum)},
        countries,
        {row.name: row for row in read_table(folder / "bodies.csv", Body)},
    )


def _forms(row: Record, suffixes: Iterable[str], lang: str, kind: str, value: str) -> Iterator[Entry]:
    for suffix in suffixes:
        for form in dict.fromkeys((*getattr(row, lang + suffix, ()), *getattr(row, "en" + suffix, ()))):
            yield Entry(form, kind, value)


def _day(text: str, *, last: bool) -> date:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12 if last else 1
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1] if last else 1)
