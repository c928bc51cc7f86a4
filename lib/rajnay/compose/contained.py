"""What one article tells, or the fault of ours that keeps it from being known."""

from __future__ import annotations

from collections.abc import Callable

from rajnay.base.faults import ours
from rajnay.knowledge.tables import KnowledgeError
from rajnay.models import Article, Extraction


def told_by(article: Article, draw: Callable[[], Extraction]) -> Extraction | ValueError:
    """Return what is drawn from an article, or the error that tells of a fault of the library's,
    for the other articles to be read all the same.

    Raises:
        KnowledgeError: no article can be read with a pack or table that is wrong.
    """
    try:
        return draw()
    except KnowledgeError:
        raise
    except Exception as error:
        return ours(article.id, error)
