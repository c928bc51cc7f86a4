"""People with dated offices, places, forums, countries and bodies, and the level that each of them
stands for: the tables under ``data/reference/``.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from rajnay.base import paths
from rajnay.knowledge.tables import (
    Form,
    Forms,
    Record,
    read_keyed,
    read_rows,
    read_table,
    refuse,
)
from rajnay.models import Engagement
from rajnay.times.periods import extent

PLACES: tuple[str, ...] = ("city", "venue", "region", "range", "sea")
FORUMS: tuple[str, ...] = ("organisation", "summit-series", "commission", "consultation")
FORUMS += ("exercise", "event", "ceremony", "dialogue")
LEVELS = ("leaders", "ministers", "officials", "parliament", "armed-forces", "unknown")
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
    )


def _absent(
    known: Container[str], *names: str, column: str = "country", table: str = "countries.csv"
) -> str | None:
    missing = next((name for name in names if name not in known), None)
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


# Levels
# --------------------------------------------------------------------------------------------------


class LevelRule(Record):
    """A phrase of a party's, forum's or kind's name that tells the level; ``*`` stands for any
    words.
    """

    field: Literal["party", "forum", "kind"]
    phrase: Form
    level: Literal["leaders", "ministers", "officials", "parliament", "armed-forces"]


class Levels:
    """Tells levels from rules, tenures and the roles of bodies; the longest phrase that fits a name
    decides, in any case.

    >>> levels = Levels([LevelRule(field="party", phrase="Prime Minister", level="leaders")], [])
    >>> levels.of_name("Prime Minister of India"), levels.of_name("somebody")
    ('leaders', 'unknown')
    """

    def __init__(
        self,
        rules: Iterable[LevelRule],
        tenures: Iterable[Tenure],
        roles: Mapping[str, str] | None = None,
    ) -> None:
        ordered = sorted(rules, key=lambda rule: (-len(rule.phrase), rule.phrase))
        self._patterns = [(rule.field, _words(rule.phrase), rule.level) for rule in ordered]
        self._roles = roles or {}
        self._tenures: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in tenures:
            self._tenures[tenure.name, tenure.country].append(tenure)
        self._people = {name for name, _ in self._tenures}

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - one instance lives as long as the program
    def of_name(self, name: str, field: str = "party") -> str:
        """Return the level that an office's, body's, forum's or kind's name tells, or
        ``unknown``.
        """
        found = (level for of, words, level in self._patterns if of == field and words.search(name))
        return next(found, "unknown")

    def of_party(self, name: str, country: str, day: date | None) -> str:
        """Return the level of a person on a day, or of an office or a body.

        Without a day, every office the person ever held counts, if all are of one level.
        """
        held = self._tenures.get((name, country))
        if held is None:
            return self.of_name(self._roles.get(name, name))
        levels = {
            self.of_name(one.office) for one in held if day is None or one.since <= day <= one.until
        }
        if day is None and len(levels) > 1:
            return "unknown"
        return min(levels, key=LEVELS.index, default="unknown")

    def is_person(self, name: str) -> bool:
        """Say whether a party's name is a person's, and not an office's or a body's."""
        return name in self._people or (name not in self._roles and self.of_name(name) == "unknown")

    def of(self, engagement: Engagement) -> str:
        """Return the level of an engagement: that of the less senior side, each side counted by its
        most senior party.

        Where no party is known, the forum decides, and after it the kind.
        """
        day = extent(engagement).first
        sides = []
        for country, names in engagement.parties.items():
            levels = {self.of_party(name, country, day) for name in names} - {"unknown"}
            sides += [min(levels, key=LEVELS.index)] if levels else []
        if sides:
            return max(sides, key=LEVELS.index)
        by_forum = self.of_name(engagement.forum or "", "forum")
        return by_forum if by_forum != "unknown" else self.of_name(engagement.kind, "kind")


def _words(phrase: str) -> re.Pattern[str]:
    return re.compile(
        r"\b" + ".*".join(re.escape(part) for part in phrase.split("*")) + r"\b", re.IGNORECASE
    )


def load_levels(
    tenures: Iterable[Tenure],
    roles: Mapping[str, str] | None = None,
    file: Path = paths.REFERENCE / "levels.csv",
) -> Levels:
    """Read the table of rules, and join them with who held which office when, and with what each
    body is, by its name.

    Raises KnowledgeError, which names file, line and column of a wrong row.
    """
    return Levels(read_table(file, LevelRule), tenures, roles)
