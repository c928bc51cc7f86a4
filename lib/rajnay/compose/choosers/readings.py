"""All that dates, places and topics of an article may mean, whichever engagement they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rajnay.knowledge.lexicon import Hit
from rajnay.knowledge.reference import Reference
from rajnay.mentions.dates.finder import DateMention, resolve
from rajnay.mentions.passages import Analysis, Passage
from rajnay.models import Span
from rajnay.text.tokens import covered
from rajnay.times.intervals import When
from rajnay.times.stretches import bounded, joined

# A trip's first and last day stand at most so far apart, in sentences so near.
_LONGEST_TRIP = 20
_NEAR = 2
# A length of time is told of the days of so many dates after it at most.
_REACH = 4
_LONGEST_STAY = 15
_TENSES = ("past", "future", None)
ANY_TENSE = frozenset(_TENSES)


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the text: the sentence's number, and the first token; -1 where there is none."""

    passage: int
    token: int


@dataclass(frozen=True, slots=True)
class DateReading:
    """One reading of a date: ``how`` tells plain, from, until, unbound, span, lasting or
    published; ``tenses`` under which verbs' times it holds.
    """

    when: When
    where: Where
    how: str
    tenses: frozenset[str | None]
    mention: DateMention | None

    @property
    def value(self) -> tuple[str | None, str | None]:
        """What the reading would write into a record."""
        return self.when.start, self.when.end


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """One reading of a place: ``how`` tells named, country or dateline; ``case`` its ending's
    role; ``inside`` that it stands in somebody's title; ``kind`` what the tables call it.
    """

    value: tuple[str | None, str | None]
    where: Where
    how: str
    case: str | None
    inside: bool
    kind: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TopicReading:
    """One telling of a topic: ``then`` names what the words right after it are to the
    packs, ``how`` its ending's role.
    """

    value: tuple[str, None]
    where: Where
    span: Span
    then: tuple[str, ...]
    how: str


def topic_readings(analysis: Analysis) -> list[TopicReading]:
    """Return every telling of a topic in an article.

    Args:
        analysis: the article as it was read.
    """
    return [
        _named(one.value, passage, index, hit)
        for index, passage in enumerate(analysis.passages)
        for hit in passage.topics
        for one in hit.meanings
    ]


def _named(name: str, passage: Passage, index: int, hit: Hit) -> TopicReading:
    """Return a known word of a sentence as the telling of a topic."""
    after = (one for one in passage.hits if one.first == hit.last + 1)
    then = tuple(
        told for one in after for key in ("post", "word", "noun") if (told := one.value(key))
    )
    return TopicReading((name, None), Where(index, hit.first), hit.span, then, str(hit.case))


def date_readings(analysis: Analysis) -> list[DateReading]:
    """Return every reading of every date of an article: by the verb's time, with its bound and
    without, from one day to another, and as long as a length of time near it.

    Args:
        analysis: the article as it was read.
    """
    single: list[DateReading] = []
    days: list[DateReading] = []
    previous: When | None = None
    for index, passage in enumerate(analysis.passages):
        for mention in passage.dates:
            found = list(_of_mention(mention, passage, index, previous))
            if found:
                likeliest = _likeliest(found, mention, passage)
                previous = likeliest.when
                days += [likeliest] if likeliest.when.day is not None else []
            single += [one for reading in found for one in _bound(reading)]
    lengths = list(_lasting(analysis, days))
    return [*single, *_spans(days), *lengths, *_publication_days(analysis)]


def _of_mention(
    mention: DateMention, passage: Passage, index: int, previous: When | None
) -> Iterator[DateReading]:
    """Yield what a date may mean, each meaning once with all the tenses under which it holds."""
    if mention.kind != "date":
        return
    meanings: dict[tuple[str | None, str | None], tuple[When, set[str | None]]] = {}
    for tense in _TENSES:
        when = resolve(mention, passage.anchor, tense, previous).when
        if when is not None and when.start:
            meanings.setdefault((when.start, when.end), (when, set()))[1].add(tense)
    for when, tenses in meanings.values():
        where = Where(index, mention.first)
        yield DateReading(when, where, "plain", frozenset(tenses), mention)


def _bound(reading: DateReading) -> Iterator[DateReading]:
    """Yield a reading as its "from" or "until" bounds it, and without the bound."""
    bound = reading.mention.bound if reading.mention is not None else "on"
    if bound not in ("from", "until"):
        yield reading
        return
    when = bounded(reading.when, bound)
    yield DateReading(when, reading.where, bound, reading.tenses, reading.mention)
    yield DateReading(reading.when, reading.where, "unbound", reading.tenses, reading.mention)


def _likeliest(found: list[DateReading], mention: DateMention, passage: Passage) -> DateReading:
    """Return the reading that the time of the mention's clause allows, or else the first."""
    clause = passage.clause_at(mention.first)
    tense = clause_tense(clause.verb.tense if clause is not None and clause.verb else None)
    return next((one for one in found if tense in one.tenses), found[0])


def clause_tense(tense: str | None) -> str | None:
    """Return the side of the publication day on which a verb's time puts what it tells.

    Args:
        tense: the verb's time, None if it is not told.
    """
    return {"past": "past", "future": "future", "unrealised": "future"}.get(tense or "")


def _spans(days: list[DateReading]) -> Iterator[DateReading]:
    """Yield the stretches from one day to a later one told soon after it."""
    for place, first in enumerate(days):
        for last in days[place + 1 : place + _REACH]:
            start, end = first.when.day, last.when.day
            if last.where.passage - first.where.passage > _NEAR or start is None or end is None:
                continue
            if 0 < (end - start).days <= _LONGEST_TRIP:
                when = joined(first.when.open_ended(), last.when)
                yield DateReading(when, first.where, "span", ANY_TENSE, first.mention)


def _lasting(analysis: Analysis, days: list[DateReading]) -> Iterator[DateReading]:
    """Yield the days with a length of time that is told near them."""
    for index, passage in enumerate(analysis.passages):
        for mention in passage.dates:
            count, unit = mention.expression.count or 0, mention.expression.unit
            if (mention.kind, unit) != ("duration", "day") or not 1 < count <= _LONGEST_STAY:
                continue
            for one in (one for one in days if abs(one.where.passage - index) <= _NEAR):
                when = one.when.lasting(count)
                yield DateReading(when, one.where, "lasting", ANY_TENSE, one.mention)


def _publication_days(analysis: Analysis) -> Iterator[DateReading]:
    """Yield the days that the article's sentences count from, each once."""
    seen: set[date] = set()
    for index, passage in enumerate(analysis.passages):
        if passage.anchor is not None and passage.anchor not in seen:
            seen.add(passage.anchor)
            when = When.of_day(passage.anchor)
            yield DateReading(when, Where(index, -1), "published", ANY_TENSE, None)


def place_readings(analysis: Analysis, reference: Reference) -> list[PlaceReading]:
    """Return every place, country and dateline that an article names.

    Args:
        analysis: the article as it was read.
        reference: the reference tables.
    """
    found: list[PlaceReading] = []
    for index, passage in enumerate(analysis.passages):
        named = (party for party in passage.parties if party.form in ("person", "office"))
        titled = covered(named)
        for hit in passage.hits:
            if name := hit.value("place"):
                said = hit.case, hit.first in titled
                found.append(_of_table(name, reference, Where(index, hit.first), said, hit.span))
        for party in passage.parties:
            if party.form == "country" and party.country in reference.countries:
                value, where = (None, party.country), Where(index, party.first)
                found.append(
                    PlaceReading(value, where, "country", party.role, False, "", party.span)
                )
        if passage.place in reference.places:
            found.append(_of_table(passage.place, reference, Where(index, -1), (None, False), None))
    return found


def _of_table(
    name: str,
    reference: Reference,
    where: Where,
    said: tuple[str | None, bool],
    span: Span | None,
) -> PlaceReading:
    """Return a place of the tables as it is read, from a dateline if it has no span; ``said`` is
    its case, and whether it stands in a title.
    """
    place = reference.places[name]
    value = reference.city_of(name), place.country or None
    how = "named" if span is not None else "dateline"
    return PlaceReading(value, where, how, *said, place.kind, span)
