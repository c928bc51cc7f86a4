"""What a language calls people, places, forums, bodies and countries: the tables under
``data/languages/<code>/names/``, keyed by the names of record of ``data/reference``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from rajnay.knowledge import tables
from rajnay.knowledge.packs.words import Entry
from rajnay.knowledge.reference import Reference
from rajnay.knowledge.tables import Form, KnowledgeError, Record, read_keyed
from rajnay.text.folding import fold

FOLDER = "names"


def _no_list(forms: tuple[str, ...]) -> tuple[str, ...]:
    for form in forms:
        if "," in form:
            raise ValueError(f"{form!r} has a comma: put semicolons between names")
    return forms


PersonForms = Annotated[tables.Names, AfterValidator(_no_list)]


class PersonNames(Record):
    """The spellings of a person's full name, and what stands for the person alone."""

    name: Form
    full: PersonForms = ()
    short: PersonForms = ()


class ThingNames(Record):
    """The spellings of a place's, forum's or body's name."""

    name: Form
    forms: tables.Names = ()


class CountryNames(Record):
    """A country's names, and the adjectives that also name its people."""

    code: Form
    forms: tables.Names = ()
    adjectives: tables.Names = ()


Row = TypeVar("Row", bound=Record)


@dataclass(frozen=True)
class Names:
    """One language's names, each table by the names of record; a table may lack any of them.

    ``forenames`` are of nobody in particular, by how they are written in Latin letters: before a
    known surname they name somebody else.
    """

    people: Mapping[str, PersonNames] = field(default_factory=dict)
    places: Mapping[str, ThingNames] = field(default_factory=dict)
    forums: Mapping[str, ThingNames] = field(default_factory=dict)
    bodies: Mapping[str, ThingNames] = field(default_factory=dict)
    countries: Mapping[str, CountryNames] = field(default_factory=dict)
    forenames: Mapping[str, ThingNames] = field(default_factory=dict)

    @property
    def folded_forenames(self) -> dict[str, str]:
        """The Latin spelling of each forename, by its folded form."""
        others = self.forenames.items()
        return {fold(form): latin for latin, row in others for form in row.forms}


def load_names(folder: Path, reference: Reference) -> Names:
    """Load and validate a language's names; a table that is not there is empty.

    Args:
        folder: ``data/languages/<code>``.
        reference: the tables whose rows the names are of.

    Raises:
        KnowledgeError: a file is unknown, a row is wrong or of nobody known, or two share a
            name; file and line are named.
    """
    _refuse_unknown_files(folder / FOLDER)

    def table(name: str, model: type[Row]) -> dict[str, Row]:
        path, known = folder / FOLDER / f"{name}.csv", getattr(reference, name, None)
        return _read(path, model, known) if path.is_file() else {}

    return Names(
        table("people", PersonNames),
        table("places", ThingNames),
        table("forums", ThingNames),
        table("bodies", ThingNames),
        table("countries", CountryNames),
        table("forenames", ThingNames),
    )


def name_entries(reference: Reference, sources: Sequence[Names]) -> Iterator[Entry]:
    """Yield every surface form of the names of some languages with its meaning, in the order of
    the reference tables.
    """
    for name in reference.people:
        for column in ("full", "short"):
            yield from _entries([one.people.get(name) for one in sources], column, "person", name)
    for name in reference.places:
        yield from _entries([one.places.get(name) for one in sources], "forms", "place", name)
    for name, forum in reference.forums.items():
        known = [one.forums.get(name) for one in sources]
        yield from _entries(known, "forms", "forum", name)
        if forum.act is not None:
            yield from _entries(known, "forms", "noun", forum.act)
    for name in reference.bodies:
        yield from _entries([one.bodies.get(name) for one in sources], "forms", "named body", name)
    for code in reference.countries:
        country = [one.countries.get(code) for one in sources]
        yield from _entries(country, "forms", "country", code)
        yield from _entries(country, "adjectives", "nationality", code)


def _entries(rows: Sequence[Record | None], column: str, kind: str, value: str) -> Iterator[Entry]:
    forms = (form for row in rows for form in getattr(row, column, ()))
    return (Entry(form, kind, value) for form in dict.fromkeys(forms))


def _read(path: Path, model: type[Row], known: Collection[str] | None) -> dict[str, Row]:
    key = next(iter(model.model_fields))
    owners: dict[str, str] = {}

    def fault_of(row: Row, _: Mapping[str, Row]) -> str | None:
        name = str(getattr(row, key))
        if known is not None and name not in known:
            table = f"data/reference/{path.name}"
            return f"column {key}: {name!r} is not in {table}: add it there or mend it here"
        return _shared(row, name, owners)

    return read_keyed(path, model, fault_of)


def _shared(row: Row, name: str, owners: dict[str, str]) -> str | None:
    """Tell of a name that another row has already, and remember the others; what is short may be
    short for several people.
    """
    for column in {"full", "forms", "adjectives"}.intersection(type(row).model_fields):
        for form in getattr(row, column):
            owner = owners.setdefault(form, name)
            if owner != name:
                what = f"{form!r} is a name of {owner!r} too"
                return f"column {column}: {what}: take it from one of them"
    return None


def _refuse_unknown_files(folder: Path) -> None:
    known = sorted(f"{name}.csv" for name in Names.__dataclass_fields__)
    for file in sorted(folder.glob("*")):
        if file.name not in known and not file.name.startswith("."):
            raise KnowledgeError(
                f"{file}: no such table of names is known: there are {', '.join(known)}"
            )
