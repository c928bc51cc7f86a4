"""What a reading has to do with a draft, in figures that no language's words stand in."""

from __future__ import annotations

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Generic, TypeVar

from rajnay.base.lazy import lazy
from rajnay.compose.choosers.readings import (
    DateReading,
    PlaceReading,
    TopicReading,
    Where,
    date_readings,
    place_readings,
    topic_readings,
)
from rajnay.compose.drafts import Draft
from rajnay.knowledge.reference import Reference
from rajnay.mentions.clauses import Clause
from rajnay.mentions.passages import Analysis
from rajnay.mentions.verbs import VerbGroup
from rajnay.models import Span
from rajnay.text.tokens import span_of
from rajnay.times.intervals import When

Features = dict[str, float]
Value = tuple[str | None, str | None]
Told = TypeVar("Told", DateReading, PlaceReading, TopicReading)
NOWHERE: Value = (None, None)

# What is told farther from a draft, in tokens, is not looked at: the work grows with the length of
# the article, not with its square. Datelines have no token: they are counted in sentences.
_REACH = 150
_MOST_DATELINES = 20
MOST_RANKS = 6
_MOST_SENTENCES = 3
_EVERYWHERE = -1
MOST_SUPPORTS = 4


@dataclass(frozen=True)
class Candidate:
    """A value that a field may take: what is said for it, the stretch, if it is a date, and the
    words that tell it nearest to the draft.
    """

    value: Value
    features: Features
    when: When | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Article:
    """An article's readings, looked at for each of its drafts."""

    analysis: Analysis
    drafts: Sequence[Draft]
    pair: tuple[str, str]
    dates: Sequence[DateReading] = field(default=())
    places: Sequence[PlaceReading] = field(default=())
    topics: Sequence[TopicReading] = field(default=())

    @classmethod
    def of(
        cls,
        analysis: Analysis,
        drafts: Sequence[Draft],
        pair: tuple[str, str],
        reference: Reference,
    ) -> Article:
        """Return an article with all readings of its dates, places and topics.

        Args:
            analysis: the article as it was read.
            drafts: the drafts of the article, in the order of the text.
            pair: two ISO 3166-1 alpha-2 codes.
            reference: the reference tables.
        """
        dates, places = date_readings(analysis), place_readings(analysis, reference)
        return cls(analysis, drafts, pair, dates, places, topic_readings(analysis))

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.analysis.article.published

    def clause(self, where: Where) -> Clause | None:
        """Return the clause in which a token stands.

        Args:
            where: where it is told.
        """
        return self.analysis.passages[where.passage].clause_at(where.token)

    def verb(self, where: Where) -> VerbGroup | None:
        """Return the verb of the clause in which a token stands.

        Args:
            where: where it is told.
        """
        clause = self.clause(where)
        return clause.verb if clause is not None else None

    def others(self, draft: Draft) -> list[Draft]:
        """Return the drafts beside one.

        Args:
            draft: the draft.
        """
        return [other for other in self.drafts if other is not draft]

    def around(self, draft: Draft) -> Article:
        """Return the article as it is seen from a draft: a long one is no more than what is told
        so far from it, and the days of publication.

        Args:
            draft: the draft.
        """
        if len(self.analysis.tokens) <= _REACH:
            return self
        at, here = middle(draft), draft.passage
        first = min(bisect(self._firsts, at - _REACH) - 1, here - _MOST_DATELINES)
        last = max(bisect(self._firsts, at + _REACH), here + _MOST_DATELINES)

        def near(one: DateReading | PlaceReading | TopicReading) -> bool:
            if one.where.token >= 0:
                return abs(one.where.token - at) <= _REACH
            return one.how == "published" or abs(one.where.passage - here) <= _MOST_DATELINES

        dates, places, topics = self._placed
        drafts = zip(self.drafts, self._middles, strict=True)
        return replace(
            self,
            drafts=[one for one, its in drafts if abs(its - at) <= _REACH],
            dates=[*filter(near, dates.among(first, last))],
            places=[*filter(near, places.among(first, last))],
            topics=[*filter(near, topics.among(first, last))],
        )

    @lazy
    def _placed(self) -> tuple[_Placed[DateReading], _Placed[PlaceReading], _Placed[TopicReading]]:
        return _Placed(self.dates), _Placed(self.places), _Placed(self.topics)

    @lazy
    def _firsts(self) -> list[int]:
        return [passage.sentence.first for passage in self.analysis.passages]

    @lazy
    def _middles(self) -> list[int]:
        return [middle(draft) for draft in self.drafts]

    def span_of(self, draft: Draft) -> Span:
        """Return where what a draft rests on stands in the text.

        Args:
            draft: the draft.
        """
        tokens = self.analysis.tokens
        return span_of(tokens, draft.first, draft.last)

    def line(self, passage: int) -> int:
        """Return the paragraph in which a sentence stands.

        Args:
            passage: the sentence.
        """
        return self.analysis.passages[passage].sentence.line


class _Placed(Generic[Told]):
    """Readings by the sentence in which each is told; a day of publication is told in all."""

    def __init__(self, readings: Sequence[Told]) -> None:
        self._told: dict[int, list[tuple[int, Told]]] = defaultdict(list)
        for order, one in enumerate(readings):
            sentence = _EVERYWHERE if one.how == "published" else one.where.passage
            self._told[sentence].append((order, one))

    def among(self, first: int, last: int) -> list[Told]:
        """Return those of sentences, the last included, in the order in which they were given."""
        sentences = (_EVERYWHERE, *range(max(first, 0), last + 1))
        found = chain.from_iterable(self._told.get(one, ()) for one in sentences)
        return [one for _, one in sorted(found, key=itemgetter(0))]


def middle(draft: Draft) -> int:
    """Return the token in the middle of what a draft rests on.

    Args:
        draft: the draft.
    """
    return (draft.first + draft.last) // 2


def nearest(told: Sequence[Told], draft: Draft) -> Told:
    """Return the reading that is told nearest to a draft; of equals one that nothing alters.

    Args:
        told: the readings of one value.
        draft: the draft.
    """
    at = middle(draft)
    return min(
        told,
        key=lambda reading: (
            not draft.first <= reading.where.token <= draft.last,
            reading.where.passage != draft.passage,
            abs(reading.where.token - at),
            reading.how != "plain",
        ),
    )


def kept(features: Features) -> Features:
    """Return the features that are not nought, as floats.

    Args:
        features: what the figures are added to.
    """
    return {name: float(value) for name, value in features.items() if value}


def place_in_text(
    features: Features, article: Article, draft: Draft, where: Where, marks: Sequence[int]
) -> None:
    """How far from a draft something is told, and what stands between.

    Args:
        features: what the figures are added to.
        article: the article.
        draft: the draft.
        where: where it is told.
        marks: where dates or places stand, in order.
    """
    at, away = middle(draft), abs(where.token - middle(draft))
    sentences = where.passage - draft.passage
    bucket = max(-_MOST_SENTENCES - 1, min(_MOST_SENTENCES + 1, sentences))
    features[f"sentences {bucket}"] = 1.0
    features["inside"] = float(draft.first <= where.token <= draft.last)
    features["distance"] = math.log1p(away)
    clause = article.clause(where)
    here = article.clause(Where(draft.passage, at))
    features["same clause"] = float(clause is not None and clause is here)
    rank = sum(abs(mark - at) < away for mark in marks)
    features["rank"] = float(min(rank, MOST_RANKS))
    features["nearest"] = float(rank == 0)
    features["first"] = float(bool(marks) and where.token == marks[0])
    features["same paragraph"] = float(article.line(where.passage) == article.line(draft.passage))
    others = article.others(draft)
    features["inside another"] = float(any(o.first <= where.token <= o.last for o in others))
    features["nearer another"] = float(any(abs(where.token - middle(o)) < away for o in others))
    features["headline"] = float(where.passage == 0)
    names = {name for code in article.pair for name in draft.names(code)}
    parties = article.analysis.passages[where.passage].parties
    features["people"] = float(min(2, len({p.name for p in parties if p.name in names})))
