"""What a reading has to do with a draft, in figures that no language's words stand in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from rajnay.compose.choosers.readings import (
    ANY_TENSE,
    DateReading,
    PlaceReading,
    Where,
    clause_tense,
    date_readings,
    place_readings,
)
from rajnay.compose.drafts import Draft
from rajnay.knowledge.reference import Reference
from rajnay.mentions.clauses import Clause
from rajnay.mentions.passages import Analysis
from rajnay.mentions.verbs import VerbGroup
from rajnay.models import Span
from rajnay.times.intervals import When, touch

Features = dict[str, float]
Value = tuple[str | None, str | None]
Told = TypeVar("Told", DateReading, PlaceReading)
NOWHERE: Value = (None, None)

# What is told farther from a draft, in tokens, is not looked at: the work grows with the length of
# the article, not with its square. Datelines have no token: they are counted in sentences.
_REACH = 500
_MOST_DATELINES = 20
_MOST_RANKS = 6
_MOST_SENTENCES = 3
_MOST_SUPPORTS = 4
_DAY = len("2025-08-21")
# Senses of verbs in whose clause a place is where something is done.
_SENSES = frozenset({"go", "come", "arrive", "stay", "meet", "say", "attend", "receive", "leave"})


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

    @classmethod
    def of(
        cls,
        analysis: Analysis,
        drafts: Sequence[Draft],
        pair: tuple[str, str],
        reference: Reference,
    ) -> Article:
        """Return an article with all readings of its dates and places."""
        places = place_readings(analysis, reference)
        return cls(analysis, drafts, pair, date_readings(analysis), places)

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.analysis.article.published

    def clause(self, where: Where) -> Clause | None:
        """Return the clause in which a token stands."""
        return self.analysis.passages[where.passage].clause_at(where.token)

    def verb(self, where: Where) -> VerbGroup | None:
        """Return the verb of the clause in which a token stands."""
        clause = self.clause(where)
        return clause.verb if clause is not None else None

    def others(self, draft: Draft) -> list[Draft]:
        """Return the drafts beside one."""
        return [other for other in self.drafts if other is not draft]

    def around(self, draft: Draft) -> Article:
        """Return the article as it is seen from a draft: a long one is no more than what is told
        so far from it, and the days of publication.
        """
        if len(self.analysis.tokens) <= _REACH:
            return self
        at = middle(draft)

        def near(where: Where) -> bool:
            if where.token >= 0:
                return abs(where.token - at) <= _REACH
            return abs(where.passage - draft.passage) <= _MOST_DATELINES

        return replace(
            self,
            drafts=[one for one in self.drafts if abs(middle(one) - at) <= _REACH],
            dates=[one for one in self.dates if one.how == "published" or near(one.where)],
            places=[one for one in self.places if near(one.where)],
        )

    def span_of(self, draft: Draft) -> Span:
        """Return where what a draft rests on stands in the text."""
        tokens = self.analysis.tokens
        return Span(tokens[draft.first].span.start, tokens[draft.last].span.end)

    def line(self, passage: int) -> int:
        """Return the paragraph in which a sentence stands."""
        return self.analysis.passages[passage].sentence.line


def middle(draft: Draft) -> int:
    """Return the token in the middle of what a draft rests on."""
    return (draft.first + draft.last) // 2


# --- dates


def date_candidates(article: Article, draft: Draft) -> list[Candidate]:
    """Return what may date a draft: each reading's value once, the one that the rules chose, and
    none.
    """
    readings: dict[Value, list[DateReading]] = {}
    dates = _left_open(article.dates) if _is_open(draft) else article.dates
    for reading in dates:
        readings.setdefault(reading.value, []).append(reading)
    chosen = draft.dates
    if chosen not in readings:
        readings[chosen] = list(_as_ruled(article, draft))
    readings.setdefault(NOWHERE, [])
    marks = sorted({one.where.token for one in article.dates if one.where.token >= 0})
    found = []
    for value, told in readings.items():
        when = None if value == NOWHERE else told[0].when if told else draft.when
        features: Features = {}
        _by_the_rules(features, draft, value, when, chosen)
        if value == NOWHERE:
            _undated(features, article, draft, bool(marks))
        real = [one for one in told if one.where.token >= 0]
        span = None
        if real:
            nearest = _told_date(features, article, draft, real, marks)
            span = nearest.mention.span if nearest.mention is not None else None
        else:
            features["no mention"] = 1.0
        if when is not None and when.start:
            _stretch(features, article, draft, when, readings)
        found.append(Candidate(value, _kept(features), when, span))
    return found


def _nearest(told: Sequence[Told], draft: Draft) -> Told:
    """Return the reading that is told nearest to a draft; of equals one that nothing alters."""
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


def _as_ruled(article: Article, draft: Draft) -> Iterator[DateReading]:
    """Yield the date of a draft as the rules read it in its mentions, where it is read so nowhere
    else: a day of the year that the sentence before names.
    """
    proofs = set(draft.spans.get("date", ()))
    for index, passage in enumerate(article.analysis.passages):
        for mention in passage.dates:
            if draft.when is not None and mention.span in proofs:
                where = Where(index, mention.first)
                yield DateReading(draft.when, where, "ruled", ANY_TENSE, mention)


def _is_open(draft: Draft) -> bool:
    """Return whether the rules know a first day and no last: of an arrival, a start, a "from"."""
    return draft.when is not None and draft.when.start is not None and draft.when.end is None


def _left_open(readings: Iterable[DateReading]) -> Iterator[DateReading]:
    """Yield days as the first of a time whose end is not told; a later day is no end by itself."""
    for reading in readings:
        if reading.how == "span":
            continue
        plain = reading.how in ("plain", "unbound", "published") and reading.when.day is not None
        yield replace(reading, when=reading.when.open_ended()) if plain else reading


def _kept(features: Features) -> Features:
    return {name: float(value) for name, value in features.items() if value}


def _by_the_rules(
    features: Features, draft: Draft, value: Value, when: When | None, chosen: Value
) -> None:
    """What the hand rules say of a date."""
    if value == chosen:
        features["rules"] = 1.0
        features[f"rules: {draft.dated_by}"] = 1.0
        features[f"rules for a {draft.kind}"] = 1.0
        return
    features[f"not rules: {draft.dated_by}"] = 1.0
    if draft.when is not None and when is not None:
        features["touches the rules'"] = float(touch(when, draft.when))
        same = when.earliest is not None and when.earliest == draft.when.earliest
        features["starts as the rules'"] = float(same)


def _undated(features: Features, article: Article, draft: Draft, dated: bool) -> None:
    """What speaks for no date."""
    passage = article.analysis.passages[draft.passage]
    features[f"none for a {draft.kind}"] = 1.0
    features[f"none in the {draft.tense}"] = 1.0
    features["none in the article"] = float(not dated)
    features["none, though here"] = float(any(one.kind == "date" for one in passage.dates))
    features[f"none beside {draft.dated_by}"] = 1.0


def _told_date(
    features: Features,
    article: Article,
    draft: Draft,
    told: Sequence[DateReading],
    marks: Sequence[int],
) -> DateReading:
    """Where a date is told, seen from the draft; return the reading nearest to it."""
    one = _nearest(told, draft)
    _place_in_text(features, article, draft, one.where, marks)
    before = [mark for mark in reversed(marks) if mark <= draft.last]
    told_before = one.where.token in before
    back = min(before.index(one.where.token), _MOST_RANKS) if told_before else _MOST_RANKS + 1
    features["last before"] = float(back == 0)
    features["back"] = float(back)
    features[f"how: {one.how}"] = 1.0
    features[f"how: {one.how} for a {draft.kind}"] = 1.0
    features["supports"] = float(min(len({r.where for r in told}), _MOST_SUPPORTS))
    _agreement(features, article, draft, one, told)
    features["another's"] = float(one.value in [o.dates for o in article.others(draft)])
    if one.mention is not None:
        inside = draft.first <= one.where.token <= draft.last
        features["attributive"] = float(one.mention.attributive)
        features["attributive inside"] = float(one.mention.attributive and inside)
        features["relative"] = float(bool(one.mention.expression.relation))
        features["year told"] = float(bool(one.mention.expression.year))
    return one


def _agreement(
    features: Features,
    article: Article,
    draft: Draft,
    one: DateReading,
    told: Sequence[DateReading],
) -> None:
    """Whether a reading holds under the draft's time and under that of its own clause."""
    tenses = frozenset().union(*(r.tenses for r in told if r.where == one.where))
    want = clause_tense(draft.tense)
    features["any time"] = float({"past", "future"} <= tenses)
    features["time agrees"] = float(want in tenses)
    features["time clashes"] = float(want is not None and want not in tenses)
    if verb := article.verb(one.where):
        own = clause_tense(verb.tense)
        features["clause's time agrees"] = float(own in tenses)
        features["clause's time clashes"] = float(own is not None and own not in tenses)
        features["clause of the same time"] = float(verb.tense == draft.tense)


def _stretch(
    features: Features,
    article: Article,
    draft: Draft,
    when: When,
    readings: dict[Value, list[DateReading]],
) -> None:
    """How long a stretch is, and how it lies to the day of publication."""
    start, end = when.start or "", when.end
    grain = 0 if start.startswith("--") else len(start)
    features[f"grain {grain}"] = 1.0
    for name, holds in (("range", end not in (None, start)), ("open", end is None)):
        features[name] = float(holds)
        features[f"{name} for a {draft.kind}"] = float(holds)
    finer = (
        told[0].when
        for value, told in readings.items()
        if told and value[0] and len(value[0]) > grain and value != (when.start, when.end)
    )
    features["a finer one"] = float(any(touch(other, when) for other in finer))
    published = article.published
    if when.earliest is None or published is None:
        return
    ahead = (when.earliest - published).days
    over = when.bounds[1] < published
    features["that day"] = float(ahead == 0)
    features["the day before"] = float(ahead == -1)
    features["ahead"] = float(ahead > 0)
    features["far"] = math.log1p(abs(ahead))
    features["clash"] = float(
        (ahead > 0 and draft.tense == "past") or (over and draft.tense == "future")
    )
    features[f"ahead in the {draft.tense}"] = float(ahead > 0)
    features[f"over in the {draft.tense}"] = float(ahead < 0)


def _place_in_text(
    features: Features, article: Article, draft: Draft, where: Where, marks: Sequence[int]
) -> None:
    """How far from a draft something is told, and what stands between."""
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
    features["rank"] = float(min(rank, _MOST_RANKS))
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


# --- places


def place_candidates(article: Article, draft: Draft) -> list[Candidate]:
    """Return where a draft may be set: each place and country once, the one that the rules chose,
    and none.
    """
    readings: dict[Value, list[PlaceReading]] = {}
    for reading in article.places:
        readings.setdefault(reading.value, []).append(reading)
    chosen: Value = (draft.place, draft.country)
    readings.setdefault(chosen, [])
    readings.setdefault(NOWHERE, [])
    for country in {value[1] for value in list(readings) if value[1]}:
        readings.setdefault((None, country), [])
    marks = sorted({one.where.token for one in article.places if one.how == "named"})
    found = []
    for value, told in readings.items():
        features: Features = {}
        _place_by_the_rules(features, draft, value, chosen)
        _place_itself(features, article, draft, value, readings)
        real = [one for one in told if one.where.token >= 0]
        span = None
        if real:
            span = _told_place(features, article, draft, real, marks).span
        else:
            features["no mention"] = 1.0
        datelines = [one for one in told if one.how == "dateline"]
        features["dateline"] = float(bool(datelines))
        passages = {one.where.passage for one in datelines}
        features["dateline here"] = float(draft.passage in passages)
        found.append(Candidate(value, _kept(features), None, span))
    return found


def _place_by_the_rules(features: Features, draft: Draft, value: Value, chosen: Value) -> None:
    """What the hand rules say of a place."""
    city, country = value
    if value == chosen:
        features["rules"] = 1.0
        features[f"rules, named {draft.placed}"] = 1.0
        features[f"rules for a {draft.kind}"] = 1.0
        features[f"rules, city {bool(city)}"] = 1.0
        return
    features[f"not rules, city {bool(draft.place)}"] = 1.0
    features["rules' country"] = float(country is not None and country == draft.country)
    refines = country == draft.country and draft.place is None and city is not None
    features["refines the rules'"] = float(refines)


def _place_itself(
    features: Features,
    article: Article,
    draft: Draft,
    value: Value,
    readings: Iterable[Value],
) -> None:
    """What kind of answer a place is: none, a country alone, at home or abroad."""
    city, country = value
    here = article.analysis.passages[draft.passage].hits
    if value == NOWHERE:
        features[f"none for a {draft.kind}"] = 1.0
        features["none, though here"] = float(any(hit.value("place") for hit in here))
        features["none at a forum"] = float(bool(draft.forum))
        return
    features[f"some for a {draft.kind}"] = 1.0
    if city is None:
        features["country alone"] = 1.0
        features[f"country alone for a {draft.kind}"] = 1.0
        features["its city told"] = float(any(c == country and p for p, c in readings))
    of_pair = country in article.pair
    named = [code for code in article.pair if draft.sides.get(code)]
    features["of the pair"] = float(of_pair)
    features["somebody's home"] = float(country in named)
    abroad = of_pair and len(named) == 1 and country not in named
    features[f"guests' land for a {draft.kind}"] = float(abroad)


def _told_place(
    features: Features,
    article: Article,
    draft: Draft,
    told: Sequence[PlaceReading],
    marks: Sequence[int],
) -> PlaceReading:
    """Where a place is told, seen from the draft; return the reading nearest to it."""
    one = _nearest(told, draft)
    _place_in_text(features, article, draft, one.where, marks)
    features[f"{one.how}: {one.case}"] = 1.0
    features["in a title"] = float(one.inside)
    features[f"a {one.kind}"] = 1.0
    features["supports"] = float(min(len(told), _MOST_SUPPORTS))
    features["locatives"] = float(min(3, sum(reading.case == "locative" for reading in told)))
    others = [(other.place, other.country) for other in article.others(draft)]
    features["another's"] = float(one.value in others)
    if verb := article.verb(one.where):
        features["clause of the same time"] = float(verb.tense == draft.tense)
        features |= {f"verb: {sense}": 1.0 for sense in verb.senses & _SENSES}
    return one
