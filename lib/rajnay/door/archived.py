"""The articles of the project wherever they stand: in the folder of articles and in the archive."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime

from rajnay.archive.database import ArchiveError
from rajnay.archive.store import Archive
from rajnay.knowledge.store import Knowledge
from rajnay.models import Article, Extraction, Pair
from rajnay.review.decisions import NONE, Decisions
from rajnay.review.kept import holding
from rajnay.timeline.draw import draw_kept


def beside(
    folder: Iterable[Article], pair: Pair, knowledge: Knowledge
) -> Iterator[Extraction | ValueError]:
    """Yield what the articles of the archive tell, without those that stand in a folder too.

    Args:
        folder: the articles of the folder.
        pair: the two countries.
        knowledge: the reference tables and language packs.

    Yields:
        What each article tells, or in its place why it could not be read.
    """
    known = {one.id: one.text for one in folder}
    texts = {*known.values()}
    try:
        with Archive.open() as archive:
            apart = (one for one in archive.articles() if one.text not in texts)
            for drawn in draw_kept(archive, apart, pair, knowledge):
                yield _once(drawn, known)
    except ArchiveError as error:
        yield ValueError(str(error))


def _once(drawn: Extraction | ValueError, known: Container[str]) -> Extraction | ValueError:
    if isinstance(drawn, Extraction) and (name := drawn.article.id) in known:
        return ValueError(
            f"archive: id {name!r} is taken by another text of data/articles; give that another"
        )
    return drawn


def decided(pair: Pair, until: datetime | None = None) -> Decisions:
    """Return what readers decided by hand about two countries, or had decided by a time; none where
    there is no archive that can be read.
    """
    try:
        with Archive.open() as archive:
            return holding(archive, pair, until)
    except ArchiveError:  # told where its articles are read
        return NONE
