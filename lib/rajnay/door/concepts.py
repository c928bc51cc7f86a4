"""Whether the packs agree with each other: in what they call concepts, and in whose a name is; and
with the reference tables, in what offices there are.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from rajnay.knowledge.agreement import rows_of
from rajnay.knowledge.packs.names import FOLDER, Names
from rajnay.knowledge.packs.words import GRAMMAR
from rajnay.knowledge.tables import Record, document, line_of
from rajnay.text.folding import fold

FORMS = "forms of verbs"
# The keys of these tables are concepts, of a kind that other tables may have too.
KINDS = {
    "acts.yaml": {"nouns": "nouns", "verbs": "verbs", "irregular_verbs": "verbs"},
    "offices.yaml": {"portfolios": "portfolios", "deputies": "deputies", "bodies": "bodies"},
    GRAMMAR: {
        "verb_endings": FORMS,
        "auxiliaries": FORMS,
        "case_endings": "roles",
        "case_markers": "roles",
        "postpositions": "roles",
        "pronouns": "pronouns",
    },
}
OF_GRAMMAR = {*KINDS[GRAMMAR].values()}
ENOUGH = 4  # packs that together have words for every concept


class Concept(NamedTuple):
    """A key of a pack: its kind and name, and the line of its file."""

    kind: str
    name: str
    file: Path
    line: int


class Owned(NamedTuple):
    """A name, in whose row it stands, and the table."""

    form: str
    owner: str
    file: Path


def of_concepts(packs: Sequence[Path]) -> Iterator[str]:
    """Yield the keys that one pack alone has words for: concepts that are written wrong.

    Args:
        packs: the folders of the languages, whose files can be read.
    """
    found = list(itertools.chain.from_iterable(map(concepts, packs)))
    shared = Counter(
        (kind, name) for kind, name, _ in {(one.kind, one.name, one.file.parent) for one in found}
    )
    for one in found:
        # A verb with the noun it says too, or with what must follow it, is one pack's own.
        if shared[one.kind, one.name] == 1 and len(packs) >= ENOUGH and one.name.isalpha():
            yield f"{one.file}:{one.line}: {one.kind}: no other pack has {one.name!r}: mend it"


def concepts(pack: Path) -> Iterator[Concept]:
    """Yield the keys of a pack that stand for concepts; those of grammar only where the words of a
    sentence have the order that most packs have: the others are its own.
    """
    read = {name: document((pack / name).read_text(encoding="utf-8-sig")) for name in KINDS}
    own = OF_GRAMMAR if "order" in read[GRAMMAR][1] else ()
    for name, (node, tables) in read.items():
        for path, kind in keys(tables, KINDS[name]):
            if kind not in own:
                yield Concept(kind, path[-1], pack / name, line_of(node, path))


def keys(tables: Any, kinds: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield where the keys of some tables stand, and of what kind they are."""
    for table, kind in kinds.items():
        for key, inside in tables.get(table, {}).items():
            yield (table, key), kind
            if isinstance(inside, dict):
                yield from (((table, key, form), FORMS) for form in inside)


def of_offices(file: Path, offices: Collection[str]) -> Iterator[str]:
    """Yield the offices that a pack has words for and the reference tables do not have.

    Args:
        file: the offices of a pack, which can be read.
        offices: those of the reference tables.
    """
    node, tables = document(file.read_text(encoding="utf-8-sig"))
    posts = {office.partition(" to ")[0] for office in offices}
    for office in tables["offices"]:
        if office not in posts.union(offices):
            [close] = get_close_matches(office.title(), offices, 1, cutoff=0)
            line = line_of(node, ("offices", office))
            yield f"{file}:{line}: {office!r} is not in offices.csv: write {close!r}, or add it"


def of_owners(packs: Mapping[Path, Names]) -> Iterator[str]:
    """Yield the names that stand in the row of one and are another's in other packs, and nobody
    else's: rows that were mixed up. What is short may be alike by chance.

    Args:
        packs: the names of each language, by its folder.
    """
    had = [one for folder, names in packs.items() for one in owned(folder, names)]
    owners: dict[tuple[str, str], dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for one in had:
        owners[one.file.name, fold(one.form)][one.owner].append(one.file)
    for one in had:
        known = owners[one.file.name, fold(one.form)]
        other, files = max(known.items(), key=lambda each: (each[0] != one.owner, len(each[1])))
        if other != one.owner and len(known[one.owner]) == 1 and len(files) > (" " not in one.form):
            line = [row[:1] for row in rows_of(one.file)].index([one.owner]) + 1
            what = f"{one.form!r} of {one.owner!r} is {other!r} in {files[0]}: mend one of them"
            yield f"{one.file}:{line}: {what}"


def owned(folder: Path, names: Names) -> Iterator[Owned]:
    """Yield the names of the rows of a pack, each with its table."""
    for table, rows in vars(names).items():
        file = folder / FOLDER / f"{table}.csv"
        for owner, row in rows.items():
            yield from (Owned(form, owner, file) for form in full_names(row))


def full_names(row: Record) -> Sequence[str]:
    """Return the names of a row that are not short for others too."""
    return [*getattr(row, "full", ()), *getattr(row, "forms", ())]
