"""The score sheet as the accuracy notebook shows it: a table for each question, and every error
side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from rajnay.base import paths
from rajnay.explain import brief
from rajnay.lab.views import Table
from rajnay.labels import score, sheet
from rajnay.labels.labelled import NO_SPLITS, Labelled, Split, read_splits, usable
from rajnay.labels.likeness import Record
from rajnay.records import extraction_record
from rajnay.timeline.corpus import Corpus

NOTHING = "No labelled article was published in this period."
SHEETS = ("events", "fields", "values", "calibration")


def labelled(
    corpus: Corpus, start: str = "", end: str = "", folder: Path = paths.LABELLED
) -> tuple[list[Labelled], dict[str, Sequence[Record]], dict[str, Split]]:
    """Return the labelled articles of a corpus that were published from ``start`` to ``end``, what
    was found in each, and what each of them is to the measuring.
    """
    found = {
        one.article.id: extraction_record(one)["engagements"]
        for one in corpus.published(start, end)
    }
    read = [one for one in usable(folder) if one.article.id in found]
    return read, found, read_splits(folder)


def scoreboard(
    labels: Sequence[Labelled],
    found: Mapping[str, Sequence[Record]],
    splits: Mapping[str, Split] = NO_SPLITS,
) -> dict[str, Table]:
    """Return the tables of ``rajnay.labels.sheet`` by short names; lines that count nothing are
    left out.

    >>> scoreboard([], {})["events"].lines
    []
    """
    sheets = zip(SHEETS, sheet.tables(labels, found, splits).values(), strict=True)
    kept = {
        name: [line for line in lines if labels and line.get("labelled", 1) + line.get("found", 1)]
        for name, lines in sheets
    }
    return {name: Table(pd.DataFrame(lines), NOTHING) for name, lines in kept.items()}


def errors(labels: Sequence[Labelled], found: Mapping[str, Sequence[Record]]) -> Table:
    """Return every error on a line: the article, what is wrong, what was labelled and what was
    found.
    """
    scores = score.compare(labels, found)
    lines = []
    for verdict in scores.errors:
        what = ": ".join(filter(None, (verdict.fault, ", ".join(verdict.wrong))))
        sides = (brief(dict(side)) if side else "" for side in (verdict.labelled, verdict.found))
        lines.append((verdict.article, what, *sides))
    empty = "Everything was found and is right." if scores.verdicts or scores.articles else NOTHING
    return Table(pd.DataFrame(lines, columns=["article", "what", "labelled", "found"]), empty)
