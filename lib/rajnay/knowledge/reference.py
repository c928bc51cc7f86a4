"""People with dated offices, places, forums, countries and bodies, and the level that each of them
stands for: the tables under ``data/reference/``.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from rajnay.base.first import first
from rajnay.knowledge.tables import (
    Form,
    Forms,
    Record,
    read_keyed,
    read_rows,
    refuse,
)

PLACES: tuple[str, ...] = ("city", "venue", "region", "range", "sea")
FORUMS: tuple[str, ...] = ("organisation", "summit-series", "commission", "consultation")
FORUMS += ("exercise", "event", "ceremony", "dialogue")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
# The name of such a forum says by itself what is done in it.
_MOST_REMEMBERED = 1 << 12
_PAIR = 2
_ACTS_OF_FORUMS = {
    "exercise": "exercise",
    "summit-series": "meeting",
    "consultation": "consultation",
    "dialogue": "consultation",
}


class Person(Record):
    """Somebody the news may name, by the English name of record."""

    name: Form
    country: str


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
    kind: Literal[PLACES]  # type: ignore[valid-type]
    within: str = ""


class Forum(Record):
    """A setting of meetings: organisation, summit series, commission, exercise, event; ``subject``
    tells commissions apart.
    """

    name: Form
    full_name: str
    kind: Literal[FORUMS]  # type: ignore[valid-type]
    members: Forms = ()
    subject: str = ""
    service: str = ""

    @property
    def act(self) -> str | None:
        """Return the noun of acts.yaml that the forum's name says by itself, None if it does not
        say what is done in it.
        """
        if self.kind == "dialogue" and len(self.members) > _PAIR:
            return "gathering"
        return _ACTS_OF_FORUMS.get(self.kind)


class Country(Record):
    """A country by its code, with its English name of record and adjective."""

    code: Form
    name: str
    adjective: str = ""


class Body(Record):
    """A ministry, service, parliament, agency or company by the names that mean it alone."""

    name: Form
    country: str
    role: str


class Office(Record):
    """An office of record: the countries in which several people hold it at one time, and the one
    abroad in which its holder lives.
    """

    office: Form
    shared: Forms = ()
    post: str = ""


@dataclass(frozen=True)
class Reference:
    """All reference tables, with the look-ups that the rest of the library needs."""

    people: dict[str, Person]
    tenures: tuple[Tenure, ...]
    places: dict[str, Place]
    forums: dict[str, Forum]
    countries: dict[str, Country]
    bodies: dict[str, Body]
    offices: dict[str, Office]

    @functools.cached_property
    def _offices(self) -> dict[tuple[str, date | None, timedelta], tuple[str, ...]]:
        return {}

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

    def is_shared(self, office: str, country: str) -> bool:
        """Return whether several people of a country hold an office at one time, each of a part of
        it, as governors do.
        """
        rows = sorted(self._by_office.get((office, country), []), key=lambda row: row.since)
        return any(
            later.since < earlier.until and later.name != earlier.name
            for earlier, later in pairwise(rows)
        )

    def offices_of(
        self, name: str, day: date | None = None, grace: timedelta = timedelta(0)
    ) -> tuple[str, ...]:
        """Return the offices that somebody held on a day, give or take some days of grace; on no
        day, all that they ever held.
        """
        asked = name, day, grace
        if asked not in self._offices:
            if len(self._offices) >= _MOST_REMEMBERED:
                self._offices.clear()
            rows = self._by_name.get(name, [])
            if day is not None:
                rows = [
                    row for row in rows if row.since - grace <= day and day - grace <= row.until
                ]
            self._offices[asked] = tuple(dict.fromkeys(row.office for row in rows))
        return self._offices[asked]

    def lives_in(self, name: str, country: str, day: date | None) -> bool:
        """Return whether somebody held an office on a day whose holder lives in a country, as its
        ambassador does.
        """
        posts = (self.offices.get(office) for office in self.offices_of(name, day))
        return any(office is not None and office.post == country for office in posts)

    def body_name(self, role: str, country: str) -> str:
        """Return the English name of record of a country's body, by its role."""
        if role == "delegation":
            return f"{self.countries[country].adjective or country} delegation"
        named = next(
            (
                body.name
                for body in self.bodies.values()
                if body.country == country and body.role == role
            ),
            None,
        )
        return named or f"{role.capitalize()} of {self.countries[country].name}"

    def city_of(self, place: str) -> str:
        """Return the city that a venue stands in, or the place itself."""
        known = self.places.get(place)
        return known.within if known and known.within else place


def load_reference(folder: Path) -> Reference:
    """Load and validate the reference tables.

    Args:
        folder: ``data/reference``.

    Raises:
        KnowledgeError: a table is missing or wrong, or does not agree with another; file, line and
            column are named.
    """
    countries = read_keyed(folder / "countries.csv", Country)
    people = read_keyed(
        folder / "people.csv", Person, lambda row, _: _absent(countries, row.country)
    )
    tenures = read_rows(folder / "tenures.csv", Tenure, remarks=("source", "note"))
    for line, tenure in tenures:
        fault = _absent(people, tenure.name, column="name", table="people.csv") or _absent(
            countries, tenure.country
        )
        refuse(folder / "tenures.csv", line, fault)
    return Reference(
        people,
        tuple(row for _, row in tenures),
        read_keyed(
            folder / "places.csv", Place, lambda row, places: _misplaced(row, places, countries)
        ),
        read_keyed(
            folder / "forums.csv",
            Forum,
            lambda row, _: _absent(countries, *row.members, column="members"),
        ),
        countries,
        read_keyed(folder / "bodies.csv", Body, lambda row, _: _absent(countries, row.country)),
        read_keyed(
            folder / "offices.csv",
            Office,
            lambda row, _: (
                _absent(countries, *row.shared, column="shared")
                or _absent(countries, *filter(None, [row.post]), column="post")
            ),
        ),
    )


def _absent(
    known: Container[str], *names: str, column: str = "country", table: str = "countries.csv"
) -> str | None:
    missing = first(names, lambda name: name not in known)
    return (
        None
        if missing is None
        else f"column {column}: {missing!r} is not in {table}: add it there or mend it here"
    )


def _misplaced(row: Place, places: Mapping[str, Place], countries: Container[str]) -> str | None:
    if row.within and (row.within not in places or places[row.within].within):
        return (
            f"column within: {row.within!r} is no city in this table: add the city or mend the name"
        )
    return _absent(countries, row.country) if row.country or row.kind != "sea" else None


def _day(text: str, *, last: bool) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no day: write YYYY, YYYY-MM or YYYY-MM-DD")
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12 if last else 1
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1] if last else 1)
