"""What was agreed, in an article's own words: a sentence that says so, where it is sure to be of
the event that stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from rajnay.knowledge.packs.words import Grammar
from rajnay.models import Article, Engagement, Extraction, Row, Span
from rajnay.report.html.marks import sentences
from rajnay.text.folding import fold
from rajnay.text.punctuation import QUESTION_MARKS
from rajnay.text.tokens import tokenise

# Sentences after those that tell of an event in which it may still be what is spoken of.
NEAR = 3
LONGEST = 320  # characters; what goes on for longer says more than what was agreed
# Of two events told by the same words, the one of which they are told first.
FIRST = ("agreement", "consultation", "meeting", "call", "multilateral", "exercise", "visit")
# What makes a sentence tell of no settled thing.
HEDGES = (
    "unsettled",
    "negations",
    "possibilities",
    "expectations",
    "doubts",
    "hearsay",
    "denials",
    "imagined",
)
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True)
class Agreed:
    """A sentence that tells what was agreed at an event, the words in it that say so, and of how
    many topics it tells.
    """

    article: Article
    sentence: Span
    words: Span
    topics: int = 0

    @property
    def text(self) -> str:
        """The sentence, as the article has it."""
        return self.sentence.of(self.article.text)


def all_agreed(
    rows: Iterable[Row], extractions: Iterable[Extraction], grammars: Mapping[str, Grammar]
) -> dict[str, Agreed]:
    """Return what was agreed at held events, by the ids of their rows; nothing where no sentence
    is sure to say it, and no sentence twice.

    Args:
        rows: the events.
        extractions: what their articles gave.
        grammars: the grammar of each language.
    """
    given = {one.article.id: one for one in extractions}
    held = [row for row in rows if row.engagement.status == "held"]
    found: dict[str, Agreed] = {}
    for row in sorted(held, key=lambda row: FIRST.index(row.engagement.kind)):
        said = _said_of(row, given, grammars)
        fresh = [one for one in said if one not in found.values()]
        found.update({row.id: max(fresh, key=lambda one: one.topics)} if fresh else {})
    return found


def _said_of(
    row: Row, given: Mapping[str, Extraction], grammars: Mapping[str, Grammar]
) -> Iterator[Agreed]:
    """Yield what articles that tell of an event as held say was agreed at it."""
    for one in row.testimonies:
        told, grammar = given.get(one.article.id), grammars.get(one.article.lang)
        if told and grammar and one.engagement.status == "held":
            for part in _near(told, one.engagement, grammar):
                words = _saying(told.article, part, phrases(grammar.agreed))
                if words and _is_settled(told, part, row.engagement, grammar):
                    yield Agreed(one.article, part, words, len(_named(told, part, "topic")))


def _near(told: Extraction, event: Engagement, grammar: Grammar) -> list[Span]:
    """Return the sentences that tell of an event, and those soon after them and before any of
    another.
    """
    parts = sentences(told.article.text, grammar.abbreviations)
    own = [part for part in parts if part.meets(event.evidence)]
    last = parts.index(own[-1]) + 1 if own else len(parts)
    others = [other.evidence for other in told.engagements]
    following = takewhile(lambda part: not any(map(part.meets, others)), parts[last : last + NEAR])
    return [*own, *following]


def _is_settled(told: Extraction, part: Span, event: Engagement, grammar: Grammar) -> bool:
    """Say whether a sentence tells a settled thing, of the people of an event and of no other
    country, person or year before it.
    """
    text = part.of(told.article.text)
    hedges = phrases(sum((getattr(grammar, name) for name in HEDGES), ()))
    people = _named(told, part, "person")
    allowed = {name for one in told.engagements for name in (*one.everyone, *one.parties)}
    first = (event.start or "")[:4]
    return (
        len(text) <= LONGEST
        and QUESTION_MARKS.isdisjoint(text)
        and not _saying(told.article, part, hedges)
        and people | _named(told, part, "country") <= allowed
        and (not people or not people.isdisjoint(event.everyone))
        and all(first.isdigit() and int(year) >= int(first) for year in YEAR.findall(text))
    )


def _named(told: Extraction, part: Span, kind: str) -> set[str]:
    """Return what a part of an article names of a kind."""
    return {one.key for one in told.mentions if one.kind == kind and one.span.meets(part)}


@lru_cache
def phrases(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds phrases of a pack among folded words with a space on each side."""
    keys = (" ".join(map(fold, form.strip("=").split())) for form in forms)
    return re.compile(f" (?:{'|'.join(sorted(map(re.escape, keys), key=len, reverse=True))}) ")


def _saying(article: Article, part: Span, wanted: re.Pattern[str]) -> Span | None:
    """Return the first words of a part of an article that are one of the phrases."""
    tokens = tokenise(part.of(article.text), article.lang)
    words = [token for token in tokens if token.kind != "mark" and token.key]
    keys = f" {' '.join(token.key for token in words)} "
    found = wanted.search(keys)
    if not found:
        return None
    first, last = (keys[: at + 1].count(" ") - 1 for at in (found.start(), found.end() - 2))
    start, end = words[first].span.start, words[last].span.end
    return Span(part.start + start, part.start + end)
