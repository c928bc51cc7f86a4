"""All articles of a folder at once: what each of them tells, which could not be read, and how right
that is, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from rajnay import paths
from rajnay.compose import records
from rajnay.compose.extract import extract
from rajnay.knowledge.store import Knowledge, load_knowledge
from rajnay.labels import labelled as labelled_articles
from rajnay.labels import score
from rajnay.models import Article, Extraction, Row
from rajnay.text import reading
from rajnay.timeline.build import build_timeline


@dataclass(frozen=True)
class Corpus:
    """What a set of articles tells of two countries: by article, and merged into one row an event.

    ``unread`` names every input that could not be read, and why.
    """

    pair: tuple[str, str]
    knowledge: Knowledge
    extractions: tuple[Extraction, ...]
    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()

    def accuracy(self, labelled: Path = paths.LABELLED) -> dict[str, score.Scores]:
        """Return by language how right the extraction is on those articles that stand among the
        labelled ones.
        """
        found = {
            one.article.id: records.extraction_record(one)["engagements"]
            for one in self.extractions
        }
        read = [
            one
            for one in labelled_articles.read_labelled(labelled)
            if isinstance(one, labelled_articles.Labelled)
        ]
        return score.by_language([one for one in read if one.article.id in found], found)


def read_corpus(
    pair: str = "IN-RU",
    sources: Iterable[str | Path] = (paths.ARTICLES,),
    *,
    knowledge: Knowledge | None = None,
) -> Corpus:
    """Read every article of files and folders, and draw from each what it tells of a pair of
    countries (ISO 3166-1 codes).

    An input that cannot be read is named in the corpus and stops no other. Raises ValueError for an
    unknown pair.
    """
    known = knowledge or load_knowledge()
    first, _, second = pair.partition("-")
    if first == second or not {first, second} <= set(known.reference.countries):
        raise ValueError(
            f"pair {pair!r} is not two countries of data/reference/countries.csv, such as IN-RU"
        )
    extractions: list[Extraction] = []
    unread: list[str] = []
    for found in tqdm(
        list(reading.scan(sources, languages=known.packs)),
        desc="reading",
        unit=" articles",
        disable=None,
        leave=False,
    ):
        if isinstance(found, Article):
            extractions.append(extract(found, (first, second), known))
        else:
            unread.append(str(found))
    return Corpus(
        (first, second), known, tuple(extractions), build_timeline(extractions), tuple(unread)
    )
