"""All articles of a folder at once: what each of them tells, which could not be read, and how right
that is, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tqdm import tqdm

from rajnay import paths, records
from rajnay.compose.extract import extract
from rajnay.knowledge.store import Knowledge, load_knowledge
from rajnay.labels import labelled as labelled_articles
from rajnay.labels import score
from rajnay.models import Article, Extraction, Pair, Row, pair_of
from rajnay.text import reading
from rajnay.timeline.build import build_timeline
from rajnay.timeline.tellings import remembered


@dataclass(frozen=True)
class Corpus:
    """What a set of articles tells of two countries: by article, and merged into one row an event.

    ``unread`` names every input that could not be read, and why.
    """

    pair: Pair
    knowledge: Knowledge = field(repr=False)
    extractions: Sequence[Extraction] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
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
    sides = pair_of(pair, known.reference.countries)
    read = list(reading.scan(sources, languages=known.packs))
    drawn = list(draw((one for one in read if isinstance(one, Article)), sides, known))
    told = tuple(one for one in drawn if isinstance(one, Extraction))
    unread = tuple(str(one) for one in (*read, *drawn) if isinstance(one, ValueError))
    return Corpus(sides, known, told, build_timeline(told), unread)


def draw(
    articles: Iterable[Article], pair: Pair, knowledge: Knowledge
) -> Iterator[Extraction | ValueError]:
    """Yield what each article tells of a pair of countries, or the fault that kept it from being
    known, showing on a terminal how far it has come.
    """
    for article in tqdm(articles, desc="reading", unit=" articles", disable=None, leave=False):
        try:
            yield remembered(article, pair, knowledge, partial(extract, article, pair, knowledge))
        except Exception as error:
            yield ValueError(
                f"{article.id}: a fault of rajnay, not of the article "
                f"({type(error).__name__}: {error}); please report it"
            )
