"""What each of many articles tells, one after the other; a fault in one stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError
from tqdm import tqdm

from rajnay.archive.store import Archive
from rajnay.compose.contained import told_by
from rajnay.compose.extract import extract
from rajnay.models import Article, Extraction, Pair
from rajnay.timeline.nearby import entries_of
from rajnay.timeline.tellings import packed, remembered, unpacked

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge

# States of library, packs, tables and model whose tellings an archive keeps: whoever edits data
# goes back to the one before.
_STATES = 2


def draw(
    articles: Iterable[Article], pair: Pair, knowledge: Knowledge, *, remember: bool = True
) -> Iterator[Extraction | ValueError]:
    """Yield what each article tells of a pair of countries, or the fault that kept it from being
    known, showing on a terminal how far it has come.

    What an article told before is looked up, and what it tells now is kept, if ``remember`` says
    so.
    """
    for article in shown(articles):
        yield draw_one(article, pair, knowledge, remember=remember)


def draw_one(
    article: Article, pair: Pair, knowledge: Knowledge, *, remember: bool = True
) -> Extraction | ValueError:
    """Return what one article tells, as ``draw`` does."""
    fresh = partial(extract, article, pair, knowledge)
    known = partial(remembered, article, pair, knowledge, fresh)
    return told_by(article, known if remember else fresh)


def draw_new(
    archive: Archive, pair: Pair, knowledge: Knowledge
) -> Iterator[Extraction | ValueError]:
    """Draw what every article of an archive tells that is not known yet, and keep it.

    Args:
        archive: open to write; each article's telling is kept as soon as it is drawn.
        pair: the two countries.
        knowledge: the reference tables and language packs.

    Yields:
        What was drawn, or the fault that kept it from being known; nothing of what was known.
    """
    code, state = "-".join(pair), knowledge.fingerprint
    for article in shown(archive.untold(code, state)):
        drawn = draw_one(article, pair, knowledge, remember=False)
        if isinstance(drawn, Extraction) and state:
            with archive.together():
                archive.tellings.put(article.id, code, state, packed(drawn), entries_of(drawn))
        yield drawn
    with archive.together():
        archive.tellings.forget(_STATES)


def draw_kept(
    archive: Archive, articles: Iterable[Article], pair: Pair, knowledge: Knowledge
) -> Iterator[Extraction | ValueError]:
    """Yield what articles of an archive tell, as it is kept or else as it is drawn now; the archive
    may be open to read alone.
    """
    code = "-".join(pair)
    for article in articles:
        known = archive.tellings.get(article.id, code, knowledge.fingerprint)
        with suppress(ValidationError):
            if known is not None:
                yield unpacked(known, article)
                continue
        yield draw_one(article, pair, knowledge)


def shown(articles: Iterable[Article]) -> Iterator[Article]:
    """Yield articles, and show on a terminal how far it has come."""
    tqdm.monitor_interval = 0  # its thread would be in the way of forking reports
    yield from tqdm(articles, desc="reading", unit=" articles", disable=None, leave=False)
