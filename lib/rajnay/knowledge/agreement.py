"""Whether the tables agree with each other: what a single row cannot tell.

``rajnay check`` asks; the library itself works with tables that do not agree, only less well.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from rajnay.knowledge.reference import Office, Reference

# Columns that tell rows of tables without a key apart.
KEYS = {
    "tenures.csv": ("name", "country", "office", "from"),
    "levels.csv": ("field", "phrase"),
    "zones.csv": ("publisher",),
    "engagements.csv": ("start", "kind", "place", "india", "russia", "forum"),
}
ALWAYS = "9999"  # a day after all days, as text


class Held(NamedTuple):
    """A row of tenures.csv as it is written, with its line."""

    line: int
    name: str
    country: str
    office: str
    since: str
    until: str


def disagreements(folder: Path, reference: Reference) -> Iterator[str]:
    """Yield what does not fit together in the reference tables, a line each with file and line.

    Args:
        folder: ``data/reference``.
        reference: what was read from it.
    """
    yield from rows_told_twice(folder)
    yield from unknown_in_engagements(folder / "engagements.csv", reference)
    offices = reference.offices
    held = tenures(folder / "tenures.csv")
    yield from wrong_tenures(folder / "tenures.csv", held, offices, reference)
    yield from second_holders(folder / "tenures.csv", held, offices)


def empty_tables(folder: Path) -> Iterator[str]:
    """Yield the tables of a folder that hold no row."""
    for file in sorted(folder.glob("*.csv")):
        rows = rows_of(file)
        unread = not rows and file.stat().st_size > 0  # its reader tells why
        if not unread and len(list(filter(None, rows))) < 2:
            yield f"{file}:1: there is no row in this table: put its rows back"


def rows_told_twice(folder: Path) -> Iterator[str]:
    """Yield the rows that stand twice in tables without a key."""
    for name, key in KEYS.items():
        header, *rows = rows_of(folder / name) or [[]]
        if not {*key} <= {*header}:
            continue  # told of by the table's reader
        seen: dict[tuple[str, ...], int] = {}
        for line, row in enumerate(rows, 2):
            found = itemgetter(*key)(defaultdict(str, zip(header, row, strict=False)))
            told = ", ".join(filter(None, [found] if isinstance(found, str) else found))
            if seen.setdefault(found, line) != line:
                yield f"{folder / name}:{line}: {told!r} stands in line {seen[found]} too: keep one"


def unknown_in_engagements(file: Path, reference: Reference) -> Iterator[str]:
    """Yield what the table of known engagements names and no other table has."""
    header, *rows = rows_of(file) or [[]]
    sides = {row.name.casefold() for row in reference.countries.values()} & {*header}
    parties = {**reference.people, **reference.bodies}
    known: dict[str, tuple[str, Mapping[str, object]]] = {
        "place": ("places.csv", reference.places),
        "country": ("countries.csv", reference.countries),
        "forum": ("forums.csv", reference.forums),
        **dict.fromkeys(sides, ("people.csv or bodies.csv", parties)),
    }
    for line, row in enumerate(rows, 2):
        cells = dict(zip(header, row, strict=False))
        for column, (table, names) in known.items():
            for name in filter(None, map(str.strip, cells.get(column, "").split(";"))):
                if name not in names:
                    what = f"{name!r} is not in {table}: add it there or mend it here"
                    yield f"{file}:{line}: column {column}: {what}"
        place = reference.places.get(cells.get("place", ""))
        if place and place.country != cells.get("country"):
            what = f"{place.name!r} lies in {place.country!r}: mend one of them"
            yield f"{file}:{line}: column country: {what}"


def wrong_tenures(
    file: Path, held: Sequence[Held], offices: Mapping[str, Office], reference: Reference
) -> Iterator[str]:
    """Yield the tenures of offices that are none, or of another country's person."""
    for one in held:
        if one.office not in offices:
            close = [*get_close_matches(one.office, offices, 1, cutoff=0.8), "another"][0]
            mend = f"write {close!r}, or add it there"
            yield (
                f"{file}:{one.line}: column office: {one.office!r} is not in offices.csv: {mend}"
            )
        own = reference.people[one.name].country
        # Who speaks for an organisation held offices of a country, and the other way round.
        if own != one.country and not {own, one.country} & reference.forums.keys():
            yield (
                f"{file}:{one.line}: column country: {one.name!r} is of {own!r} in people.csv, not "
                f"of {one.country!r}: mend one of them"
            )


def second_holders(
    file: Path, held: Sequence[Held], offices: Mapping[str, Office]
) -> Iterator[str]:
    """Yield the tenures that give an office of one person a second holder at one time."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in sorted(held, key=lambda one: (one.since, one.line)):
        office = offices.get(one.office)
        if office and one.country not in office.shared:
            groups[one.office, one.country].append(one)
    for (office_name, country), group in groups.items():
        for number, later in enumerate(group):
            for earlier in group[:number]:
                if earlier.name != later.name and begins_within(later.since, earlier.until):
                    last = max(earlier, later, key=lambda one: one.line)
                    first = earlier if last is later else later
                    yield (
                        f"{file}:{last.line}: column from: {office_name!r} of {country} has a "
                        f"second holder, {first.name!r} in line {first.line}: mend the days, or "
                        "name the country under shared in offices.csv"
                    )


def begins_within(since: str, until: str) -> bool:
    """Say whether a day, month or year lies before another ends; not if they may be the same.

    >>> begins_within("2022-04", "2022-04-30"), begins_within("2022-03-01", "2022-04")
    (False, True)
    """
    end = until or ALWAYS
    return since[: len(end)] < end[: len(since)]


def tenures(file: Path) -> list[Held]:
    """Return the rows of tenures.csv as they are written."""
    header, *rows = rows_of(file)
    places = [header.index(name) for name in ("name", "country", "office", "from", "to")]
    return [
        Held(line, *(row[place] for place in places))
        for line, row in enumerate(rows, 2)
        if len(row) == len(header)
    ]


def rows_of(file: Path) -> list[list[str]]:
    """Return the rows of a table, none if it cannot be read: its reader tells why."""
    with suppress(OSError, UnicodeDecodeError, csv.Error):
        return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    return []
