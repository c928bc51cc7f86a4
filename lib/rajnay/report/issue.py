"""One issue of the report: which engagements it tells of, from what day it looks, and in which
language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.reference import load_levels
from rajnay.knowledge.store import Knowledge
from rajnay.models import TOPICS, Engagement, Extraction, Row
from rajnay.timeline import summary
from rajnay.timeline.corpus import Corpus
from rajnay.timeline.known import load_known
from rajnay.timeline.summary import Claim, Edition
from rajnay.timeline.wording import Wording, load_wording, table_names
from rajnay.times.periods import (
    Period,
    PeriodError,
    extent,
    in_period,
    overlaps,
    previous,
    resolve_period,
    yearless,
)


class IssueError(ValueError):
    """A report that was asked for what it cannot tell; the message names the parameter and the
    mend.
    """


@dataclass(frozen=True)
class Issue:
    """Everything one report tells.

    ``rows`` are those of its period; ``later`` the plans for after it that were known by its end;
    ``earlier`` those of the period before, to compare with; ``undated`` those of unknown or too
    vague a date that may lie in it, and ``elsewhere`` how many more have none; ``known`` the
    engagements of the reference tables, for the long view. ``extractions`` is what its articles
    gave, and ``unread`` names those that could not be read. ``day`` is the day it looks from: the
    end of the period or, if that is earlier, the day of the newest article.
    """

    title: str
    edition: Edition
    period: Period
    day: date
    rows: tuple[Row, ...]
    later: tuple[Row, ...] = ()
    earlier: tuple[Row, ...] = ()
    undated: tuple[Row, ...] = ()
    elsewhere: int = 0
    known: tuple[Engagement, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    unread: tuple[str, ...] = ()
    knowledge: Knowledge | None = field(default=None, repr=False)

    @property
    def words(self) -> Wording:
        """The words of the report's language."""
        return self.edition.wording

    @property
    def said(self) -> str:
        """The period in words."""
        return self.words.period(self.period)

    @property
    def today(self) -> date | None:
        """The day it looks from, if that is not simply the end of the period."""
        return self.day if self.day < self.period.last else None

    @cached_property
    def coordinates(self) -> dict[str, tuple[float, float]]:
        """Latitude and longitude of places, in degrees, by their names of record."""
        places = self.knowledge.reference.places.values() if self.knowledge else ()
        return {place.name: (place.lat, place.lon) for place in places}

    @cached_property
    def register(self) -> tuple[Row, ...]:
        """Every engagement that the report tells of, in the order of their days."""
        return tuple(summary.by_day({row.id: row for row in (*self.rows, *self.later)}.values()))

    @cached_property
    def ahead(self) -> tuple[Row, ...]:
        """The plans that are not over, soonest first."""
        return summary.ahead(self.register, self.day)

    @cached_property
    def unconfirmed(self) -> tuple[Row, ...]:
        """The plans whose day has passed with no report of them."""
        return summary.unconfirmed(self.register, self.day)

    @cached_property
    def happened(self) -> tuple[Row, ...]:
        """What took place."""
        return summary.with_status(self.rows, "held")

    @cached_property
    def cancelled(self) -> tuple[Row, ...]:
        """What was called off or postponed."""
        return summary.with_status(self.rows, "cancelled")

    def status(self, row: Row) -> str:
        """Return a row's status as a reader has to take it: ``unconfirmed`` when planned and
        passed.
        """
        return "unconfirmed" if row in self.unconfirmed else row.engagement.status

    def claims(self) -> tuple[Claim, ...]:
        """Return the summary, sentence by sentence; it compares with the period before only if
        anything is known of that.
        """
        before = (previous(self.period), self.earlier) if self.earlier else None
        return summary.summarise(
            self.rows, self.edition, self.period, self.day, before=before, later=self.later
        )

    def abbreviations(self, lang: str) -> frozenset[str]:
        """Return the words of a language that a full stop may follow without ending the
        sentence.
        """
        pack = self.knowledge.packs.get(lang) if self.knowledge else None
        return frozenset(pack.grammar.abbreviations) if pack else frozenset()

    def office(self, name: str, day: date | None) -> str:
        """Return the offices that somebody held on a day, in the report's language; nothing on no
        day or when none is known.
        """
        held = self.knowledge.reference.offices_of(name, day) if self.knowledge and day else ()
        return self.words.items(
            dict.fromkeys(self.edition.offices.get(office, office) for office in held)
        )


def make_issue(
    corpus: Corpus,
    *,
    lang: str,
    start: str = "",
    end: str = "",
    person: str = "",
    forum: str = "",
    topic: str = "",
    title: str = "",
) -> Issue:
    """Choose what a report tells from all that is known.

    Args:
        corpus: what the articles tell.
        lang: the report's language, a BCP 47 code.
        start: its first day, month or year, ISO 8601; empty for the first year that is known.
        end: its last day, month or year; empty for the newest article's year or, without articles,
            the newest known event's.
        person: keep only what this person took part in, by English name of record.
        forum: keep only what took place under this forum, by its acronym.
        topic: keep only what was about this topic.
        title: the report's title; one is made from the choice if it is empty.

    Raises:
        IssueError: a period, person, forum or topic that is not known.
    """
    knowledge, pair = corpus.knowledge, corpus.pair
    check_choice(knowledge, person, forum, topic)
    wording = load_wording(lang)
    roles = {name: body.role for name, body in knowledge.reference.bodies.items()}
    levels = load_levels(knowledge.reference.tenures, roles)
    edition = Edition(wording, table_names(knowledge), pair, levels, offices_of(knowledge, lang))
    about = narrowed_to(corpus.rows, person, forum, topic)
    known = [Row("", one, ()) for one in load_known() if set(one.parties) == set(pair)]
    every = corpus.extractions
    printed = [one.article.published for one in every if one.article.published]
    newest = max(
        printed or [day for row in known if (day := extent(row.engagement).first)],
        default=date(2000, 1, 1),
    )
    period = period_of(start, end, about, newest)
    day = min(period.last, max(newest, period.first))
    possible = in_period(about, period)
    chosen = tuple(row for row in possible if fits(row, period))
    unplaced = (*(row for row in possible if row not in chosen), *summary.undated(about))
    everything = not (start or end)
    planned = [row for row in about if row.engagement.status == "planned" and row not in chosen]
    later = tuple(
        row for row in planned if begins_after(row, period.last) and known_by(row, period.last)
    )
    narrowed = bool(person or forum or topic)
    told = {telling.article.id for row in (*chosen, *later) for telling in row.testimonies}
    used = tuple(
        one
        for one in every
        if one.article.id in told or (not narrowed and published_in(one, period))
    )
    said = wording.text(
        "people.sides", first=wording.country(pair[0]), second=wording.country(pair[1])
    )
    values = {
        "person": edition.person(person),
        "forum": edition.names.forum(forum, lang),
        "topic": topic and wording.text(f"topic.{topic}"),
    }
    subject = next((name for name, value in values.items() if value), "period")
    made = title or wording.text(
        f"title.{subject}",
        pair=said,
        period=wording.period(period),
        **{k: v for k, v in values.items() if k == subject},
    )
    return Issue(
        title=made,
        edition=edition,
        period=period,
        day=day,
        rows=chosen,
        later=later,
        earlier=in_period(about, previous(period)),
        undated=tuple(row for row in unplaced if everything or possibly_in(row, period)),
        elsewhere=0 if everything else sum(not possibly_in(row, period) for row in unplaced),
        known=tuple(row.engagement for row in narrowed_to(known, person, forum, topic)),
        extractions=used,
        unread=corpus.unread,
        knowledge=knowledge,
    )


def check_choice(knowledge: Knowledge, person: str, forum: str, topic: str) -> None:
    """Raise IssueError for a person, forum or topic that has no name of record; an empty one is no
    choice.
    """
    reference = knowledge.reference
    if person and person not in reference.people:
        raise IssueError(
            f"person {person!r} is not in people.csv: write the name as it stands there"
        )
    if forum and not any(f"{name} ".startswith(f"{forum} ") for name in reference.forums):
        raise IssueError(
            f"forum {forum!r} is not in forums.csv: write the name, or its acronym, as it stands "
            "there"
        )
    if topic and topic not in TOPICS:
        raise IssueError(f"topic {topic!r} is none of {', '.join(TOPICS)}")


def narrowed_to(rows: Iterable[Row], person: str, forum: str, topic: str) -> tuple[Row, ...]:
    """Keep the rows about a person, a forum and a topic; an empty one keeps all."""
    for keep, value in (
        (summary.with_person, person),
        (summary.with_forum, forum),
        (summary.with_topic, topic),
    ):
        rows = keep(rows, value) if value else rows
    return tuple(rows)


def period_of(start: str, end: str, rows: Sequence[Row], newest: date) -> Period:
    """Return the days from a start to an end; where one is empty, whole years from the first row's
    to the newest article's.

    Raises IssueError for a start or end that is no date, or an end before the start.
    """
    days = [found.first for row in rows if (found := extent(row.engagement)).first]
    try:
        first = resolve_period(
            start or str(min([day.year for day in days] + [newest.year])), newest
        ).first
        last = resolve_period(end or str(max(newest.year, first.year)), newest).last
    except PeriodError as error:
        raise IssueError(str(error)) from None
    if first > last:
        raise IssueError(f"the period ends ({last}) before it starts ({first}): mend start or end")
    return Period(first, last)


def fits(row: Row, period: Period) -> bool:
    """Say whether a row is known closely enough to be told of in a period: "some day of 2025" is
    too vague for one month.
    """
    days = extent(row.engagement)
    known = days.period
    vague = days.certainty in ("within", "month", "year")
    return known is not None and not (
        vague
        and known.days > period.days
        and not period.first <= known.first <= known.last <= period.last
    )


def possibly_in(row: Row, period: Period) -> bool:
    """Say whether a row without a known date may lie in a period, by its day and month or else by
    when its articles came out.
    """
    if overlaps(row, period):
        return True
    known = yearless(row.engagement.start) or yearless(row.engagement.end)
    if known is None:
        return any(
            told.article.published and period.first <= told.article.published <= period.last
            for told in row.testimonies
        )
    day, exact = known
    days = (period.first + timedelta(number) for number in range(min(period.days, 366)))
    return any(one.month == day.month and (one.day == day.day or not exact) for one in days)


def begins_after(row: Row, day: date) -> bool:
    """Say whether the first day that a row can mean lies after a day."""
    first = extent(row.engagement).first
    return first is not None and first > day


def known_by(row: Row, day: date) -> bool:
    """Say whether any article had told of a row by a day."""
    return any(
        telling.article.published is not None and telling.article.published <= day
        for telling in row.testimonies
    )


def published_in(extraction: Extraction, period: Period) -> bool:
    """Say whether an article was published in a period."""
    published = extraction.article.published
    return published is not None and period.first <= published <= period.last


def offices_of(knowledge: Knowledge, lang: str) -> dict[str, str]:
    """Return the names of offices in a language, by their names of record; none where those are
    in the language.
    """
    names: dict[str, str] = {}
    if lang in knowledge.packs and lang != load_defaults().names_of_record:
        for entry in knowledge.packs[lang].entries():
            if entry.kind == "office":
                names.setdefault(entry.value, entry.surface)
    return names
