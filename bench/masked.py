"""How right people are whom no table knows: a random fifth of all is taken out of the tables,
the labelled articles are read, and it is counted how many of those people's names come out right in
the engagements that are found, and how often another person of the tables is put in their place.

    python bench/masked.py [FOLDS]      one fold of five is taken out at a time; 5 folds if left out
"""

from __future__ import annotations

import csv
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from rajnay.base import paths
from rajnay.compose.extract import extract
from rajnay.knowledge.store import Knowledge, load_knowledge
from rajnay.labels.labelled import Labelled, read_labelled
from rajnay.labels.likeness import Record, alike, pair
from rajnay.records import extraction_record

SHARES = 5
SEED = 2026


def folds(people: list[str]) -> list[frozenset[str]]:
    """Return five random parts of all people."""
    shuffled = random.Random(SEED).sample(people, len(people))
    return [frozenset(shuffled[part::SHARES]) for part in range(SHARES)]


def without(people: frozenset[str], folder: Path) -> Knowledge:
    """Return what the library would know without some people."""
    shutil.copytree(paths.DATA, folder, ignore=shutil.ignore_patterns("articles", "labelled"))
    tables = [folder / "reference" / "people.csv", folder / "reference" / "tenures.csv"]
    for table in [*tables, *(folder / "languages").glob("*/names/people.csv")]:
        with table.open(encoding="utf-8", newline="") as file:
            head, *rows = list(csv.reader(file))
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *(row for row in rows if row[0] not in people)])
    return load_knowledge(folder)


def outcome(name: str, engagement: Record | None, side: str, tables: frozenset[str]) -> str:
    """Return how a masked name came out: right, missed, another person's, or spelled otherwise."""
    if engagement is None:
        return "engagement not found"
    told = engagement["parties"].get(side, [])
    if any(alike(name, one) for one in told):
        return "right"
    if any(one in tables for one in told):
        return "another person of the tables"
    return "spelled otherwise" if told else "left out"


def tally(
    labels: list[Labelled], masked: frozenset[str], known: Knowledge, pair_of: tuple[str, str]
) -> Counter[str]:
    """Count how the masked people of labelled articles come out."""
    counted: Counter[str] = Counter()
    tables = frozenset(known.reference.people)
    for one in labels:
        named = [
            (number, side, name)
            for number, engagement in enumerate(one.gold)
            for side, names in engagement["parties"].items()
            for name in names
            if name.split("|")[0] in masked
        ]
        if not named:
            continue
        found = extraction_record(extract(one.article, pair_of, known))["engagements"]
        pairs = dict(pair(one.gold, found))
        for number, side, name in named:
            match = found[pairs[number]] if number in pairs else None
            counted[outcome(name, match, side, tables)] += 1
    return counted


def main() -> None:
    """Print the shares, of all the folds together."""
    parts = folds(sorted(load_knowledge().reference.people))
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else SHARES
    labels = [one for one in read_labelled(paths.LABELLED) if isinstance(one, Labelled)]
    total: Counter[str] = Counter()
    for masked in parts[:wanted]:
        with tempfile.TemporaryDirectory() as scratch:
            known = without(masked, Path(scratch) / "data")
            total += tally(labels, masked, known, ("IN", "RU"))
    names = total.total()
    found = names - total["engagement not found"]
    print(f"{names} names of people taken out of the tables, {found} of them in engagements found")
    for what, count in total.most_common():
        print(f"{what:30} {count:5} {count / names:.2f}")
    print(f"right, of those in engagements found: {total['right'] / found:.2f}")


if __name__ == "__main__":
    main()
