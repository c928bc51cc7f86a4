"""What each of many articles tells, one after the other; a fault in one stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from tqdm import tqdm

from rajnay.base.faults import ours
from rajnay.compose.extract import extract
from rajnay.knowledge.tables import KnowledgeError
from rajnay.models import Article, Extraction, Pair
from rajnay.timeline.tellings import remembered

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge


def draw(
    articles: Iterable[Article], pair: Pair, knowledge: Knowledge, *, remember: bool = True
) -> Iterator[Extraction | ValueError]:
    """Yield what each article tells of a pair of countries, or the fault that kept it from being
    known, showing on a terminal how far it has come.

    What an article told before is looked up, and what it tells now is kept, if ``remember`` says
    so.
    """
    for article in tqdm(articles, desc="reading", unit=" articles", disable=None, leave=False):
        try:
            fresh = partial(extract, article, pair, knowledge)
            yield remembered(article, pair, knowledge, fresh) if remember else fresh()
        except KnowledgeError:  # no article can be read with it
            raise
        except Exception as error:
            yield ours(article.id, error)
