"""What many articles tell, each of them and all together, and how right that is, as far as
known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rajnay import records
from rajnay.base import paths
from rajnay.knowledge.store import Knowledge
from rajnay.labels import labelled as labelled_articles
from rajnay.labels import score
from rajnay.models import Extraction, Pair, Row
from rajnay.times.periods import resolve_period


@dataclass(frozen=True)
class Corpus:
    """What a set of articles tells of two countries: by article, and merged into one row an event.

    ``unread`` names every input that could not be read, and why; ``elsewhere`` counts the
    engagements without a day of a known year that are left out of a corpus of some days.
    """

    pair: Pair
    knowledge: Knowledge = field(repr=False)
    extractions: Sequence[Extraction] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    unread: tuple[str, ...] = ()
    elsewhere: int = 0

    def accuracy(self, labelled: Path = paths.LABELLED) -> dict[str, score.Scores]:
        """Return by language how right the extraction is on those articles that stand among the
        labelled ones and that nobody who wrote the rules has read.
        """
        apart = labelled_articles.never_read(labelled_articles.read_splits(labelled))
        found = {
            one.article.id: records.extraction_record(one)["engagements"]
            for one in self.extractions
            if one.article.id in apart
        }
        read = labelled_articles.usable(labelled)
        return score.by_language([one for one in read if one.article.id in found], found)

    def published(self, start: str = "", end: str = "") -> Sequence[Extraction]:
        """Keep what the articles published from ``start`` to ``end`` tell; if neither is given that
        of all of them, also of those without a day.
        """
        if not (start or end):
            return self.extractions
        since = resolve_period(start, date.max).first if start else date.min
        until = resolve_period(end, date.max).last if end else date.max
        dated = ((one, one.article.published) for one in self.extractions)
        return tuple(one for one, day in dated if day is not None and since <= day <= until)
