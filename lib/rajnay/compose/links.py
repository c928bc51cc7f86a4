"""Lists of links to other articles, which stand in or below a text and tell nothing of its own."""

from __future__ import annotations

from rajnay.mentions.passages import Analysis, Passage
from rajnay.text.punctuation import FULL_STOPS
from rajnay.text.tokens import covered

ONLY_A_LINK = "only a link to another article"


def listed_links(analysis: Analysis) -> frozenset[int]:
    """Return the numbers of the passages that are headlines of other articles: those below a line
    that says no more than "related stories", up to the first that ends as running text does.

    Args:
        analysis: the article as it was read.
    """
    found: set[int] = set()
    below = False
    for index, passage in enumerate(analysis.passages):
        stopped = analysis.tokens[passage.sentence.last].surface in FULL_STOPS
        if _heads_links(analysis, passage):
            below = True
        elif below and not stopped:
            found.add(index)
        else:
            below = False
    return frozenset(found)


def _heads_links(analysis: Analysis, passage: Passage) -> bool:
    """Return whether a sentence says only that links follow."""
    said = covered(hit for hit in passage.hits if hit.value("word") == "links")
    tokens = range(passage.sentence.first, passage.sentence.last + 1)
    words = [index for index in tokens if analysis.tokens[index].kind != "mark"]
    return bool(words) and all(index in said for index in words)
