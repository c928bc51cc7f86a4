"""Whether two articles are one story: the same wire copy, or one rewritten from the other.

Articles are alike if they share words, in whatever spelling: the words' folded keys are hashed to
a few numbers (MinHash), which fall into bands; articles that share two bands are candidates, and
are then compared word by word. One word in six replaced leaves a likeness of .71, and of such
articles the bands find 999 in 1,000; of those alike to .6, 93 in 100; of unrelated ones (.2), one
in 800.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, groupby
from typing import Literal, NamedTuple

from rajnay.models import Article
from rajnay.text.tokens import tokenise

BANDS, ROWS, SHARED = 32, 4, 2
What = Literal["copy", "link"]
# Shares of words in common, of the whole and of each paragraph, from which one is a copy of the
# other; less than that, but no less than _LINK, is a story and its rewrite.
_COPY, _PARAGRAPH, _LINK = 0.8, 0.6, 0.5
# A paragraph of fewer words is a headline, a dateline, an agency's name.
_SHORT = 8
# Days between the printing of wire copies.
_APART = 7
# Words beyond which articles are not compared word by word: the work grows with their product.
_LONGEST = 5_000
_SPOKEN = ("word", "number", "handle")


class Likeness(NamedTuple):
    """How two articles are alike, and the share of their words that they have in common."""

    what: What
    share: float


@dataclass(frozen=True)
class Story:
    """An article made ready for comparing: the keys of its words, by paragraph."""

    article: Article
    paragraphs: tuple[tuple[str, ...], ...]
    numbers: Counter[str]

    @classmethod
    def of(cls, article: Article) -> Story:
        """Read an article's words and numbers."""
        tokens = [one for one in tokenise(article.text, article.lang) if one.kind in _SPOKEN]
        paragraphs = groupby(tokens, key=lambda one: one.line)
        return cls(
            article,
            tuple(tuple(one.key for one in line) for _, line in paragraphs),
            Counter(one.key for one in tokens if one.kind == "number"),
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All its words, in order."""
        return tuple(chain.from_iterable(self.paragraphs))

    def bands(self) -> list[int]:
        """Return the number that the article has in each band."""
        from datasketch import MinHash  # loads SciPy

        # The scheme is named because the numbers are kept: another would find nothing again.
        sketch = MinHash(num_perm=BANDS * ROWS, seed=1, scheme="affine32")
        sketch.update_batch({word.encode() for word in self.words})
        values = sketch.hashvalues.astype("<u4")
        return [_mixed(values[at : at + ROWS].tobytes()) for at in range(0, BANDS * ROWS, ROWS)]


def _mixed(values: bytes) -> int:
    """Return some bytes as a number that SQLite can hold."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(values, digest_size=6).digest(), "big")


def compare(one: Story, other: Story) -> Likeness | None:
    """Return how two stories are alike, whichever is named first; None if they are not.

    What differs in a number, was printed more than a week apart, or has a paragraph that the other
    lacks is no copy: it is read for itself, and linked.
    """
    first, second = sorted((one, other), key=lambda each: (each.article.text, each.article.id))
    share = _in_common(first.words, second.words)  # in whatever order
    if share < _LINK or max(len(first.words), len(second.words)) > _LONGEST:
        return Likeness("link", share) if share >= _LINK else None
    matcher = SequenceMatcher(None, first.words, second.words, autojunk=False)
    share = round(matcher.ratio(), 3)
    if share < _LINK:
        return None
    blocks = matcher.get_matching_blocks()
    met = [{at for a, _, size in blocks for at in range(a, a + size)}]
    met += [{at for _, b, size in blocks for at in range(b, b + size)}]
    same = (
        share >= _COPY
        and first.numbers == second.numbers
        and _printed_together(first.article, second.article)
        and _holds(first, met[0])
        and _holds(second, met[1])
    )
    return Likeness("copy" if same else "link", share)


def _in_common(one: Sequence[str], other: Sequence[str]) -> float:
    words, others = Counter(one), Counter(other)
    return round(2 * (words & others).total() / max(1, len(one) + len(other)), 3)


def _printed_together(one: Article, other: Article) -> bool:
    days = one.published, other.published
    if days[0] is None or days[1] is None:
        return True
    return abs((days[0] - days[1]).days) <= _APART


def _holds(story: Story, met: set[int]) -> bool:
    """Say whether each paragraph of a story stands in the other one too, by the places of the words
    that were met there.
    """
    at = 0
    for paragraph in story.paragraphs:
        size = len(paragraph)
        shared = sum(place in met for place in range(at, at + size))
        if size >= _SHORT and shared < _PARAGRAPH * size:
            return False
        at += size
    return True
