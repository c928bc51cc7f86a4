"""How right the extraction is on labelled articles, as figures and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from rajnay.base import paths
from rajnay.door.shown import counted, screen
from rajnay.knowledge.store import load_knowledge
from rajnay.lab import accuracy
from rajnay.labels.labelled import (
    Labelled,
    Split,
    kept_aside,
    of_another_pair,
    read_labelled,
    read_splits,
)
from rajnay.labels.likeness import Record
from rajnay.labels.score import Scores, compare
from rajnay.models import Extraction, pair_of
from rajnay.records import extraction_record
from rajnay.timeline.draw import draw


@dataclass(frozen=True, repr=False)
class Accuracy:
    """What was found in labelled articles, held against what careful readers marked in them.

    ``unread`` names the labels that could not be used; ``splits`` what each article is to the
    measuring: the errors of those that rules were not tuned on are not shown.
    """

    labels: tuple[Labelled, ...]
    found: Mapping[str, Sequence[Record]]
    splits: Mapping[str, Split] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def scores(self) -> Scores:
        """Return the verdicts over all articles."""
        return compare(self.labels, self.found)

    def frame(self) -> pd.DataFrame:
        """Return counts, precision, recall and F1 of events and of strictly right ones, by
        language.
        """
        return accuracy.scoreboard(self.labels, self.found, self.splits)["events"].frame

    def fields(self) -> pd.DataFrame:
        """Return for each field the share of the events found that have it right."""
        return accuracy.scoreboard(self.labels, self.found, self.splits)["fields"].frame

    def errors(self) -> pd.DataFrame:
        """Return every error of the articles tuned on: what was labelled, what was found."""
        aside = kept_aside(self.splits)
        shown = [one for one in self.labels if one.article.id not in aside]
        return accuracy.errors(shown, self.found).frame

    def __repr__(self) -> str:
        event, strict = self.scores.rate().f1, self.scores.rate(strict=True).f1
        articles = counted(len(self.labels), "article")
        return f"<Accuracy: {articles}; event F1 {event:.3f}; strict F1 {strict:.3f}>"

    def _repr_html_(self) -> str:
        return screen(repr(self)[1:-1], self.frame(), unread=self.unread)


def score(folder: str | Path = paths.LABELLED, pair: str = "IN-RU") -> Accuracy:
    """Return how right the extraction is on labelled articles.

    Args:
        folder: a folder of labels, a .json or a .jsonl file.
        pair: the two countries, by their ISO 3166-1 codes.

    Raises:
        ValueError: the pair is not two countries that are known, or there are no labels.
    """
    known = load_knowledge()
    sides = pair_of(pair, known.reference.countries)
    read = list(read_labelled(folder, languages=known.packs))
    labels = tuple(one for one in read if isinstance(one, Labelled))
    if not labels:
        raise ValueError(read[0] if read else f"{folder}: there are no labels to score")
    if fault := of_another_pair(labels, sides):
        raise ValueError(f"{folder}: {fault}")
    drawn = list(draw((one.article for one in labels), sides, known))
    unread = tuple(str(one) for one in (*read, *drawn) if isinstance(one, ValueError))
    found = {
        one.article.id: extraction_record(one)["engagements"]
        for one in drawn
        if isinstance(one, Extraction)
    }
    return Accuracy(labels, found, read_splits(folder), unread)
