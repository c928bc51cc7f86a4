"""What a report tells of all that is known: the engagements of its period, and their articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypedDict, Unpack

from rajnay.models import Engagement, Extraction, Row, Testimony
from rajnay.report.choice import Choice, IssueError, check_choice
from rajnay.report.edition import Known, edition_of
from rajnay.report.issue import Issue
from rajnay.report.proof import proven
from rajnay.report.repeated import each_once, told_twice
from rajnay.timeline import summary
from rajnay.timeline.edition import Edition
from rajnay.timeline.known import Sourced, load_chronology, may_be_same
from rajnay.timeline.standing import is_doubtful
from rajnay.times.periods import (
    YEAR,
    Period,
    PeriodError,
    extent,
    in_period,
    overlaps,
    resolve_period,
    yearless,
)

EARLIEST = date(2000, 1, 1)
# An event known to some day of a stretch is told of in a period of no less than an eighth of it.
LONGER = 8


class About(TypedDict, total=False):
    """What a report may be narrowed to, by name of record."""

    person: str
    forum: str
    topic: str


def make_issue(
    corpus: Known,
    *,
    lang: str,
    start: str = "",
    end: str = "",
    title: str = "",
    **about: Unpack[About],
) -> Issue:
    """Choose what a report tells from all that is known.

    Args:
        corpus: what the articles tell.
        lang: the report's language, a BCP 47 code.
        start: its first day, month or year, ISO 8601; empty for the first year that is known.
        end: its last day, month or year; empty for the newest article's year or, without articles,
            the newest known event's.
        title: the report's title; one is made from the choice if it is empty.
        about: ``person`` keeps only what this person took part in, by English name of record,
            ``forum`` what took place under this forum, by its acronym, ``topic`` what was about
            this topic.

    Raises:
        IssueError: a period, person, forum or topic that is not known.
    """
    choice = Choice(**about)
    check_choice(corpus.knowledge.reference, choice)
    edition = edition_of(corpus, lang)
    told = proven(corpus.rows, corpus.extractions, corpus.knowledge.reference)
    told = tuple(shown_first(row, lang) for row in each_once(told))
    rows = narrowed_to(told, choice)
    pair = set(corpus.pair)
    known = tuple(one for one in load_chronology() if set(one.engagement.parties) == pair)
    newest = newest_day(corpus.extractions, [one.engagement for one in known])
    chronology = tuple(one for one in known if narrowed_to([bare(one)], choice))
    period = period_of(start, end, rows, newest)
    chosen, later = told_of(rows, period)
    undated, elsewhere = unplaced(rows, chosen, period, everything=not (start or end))
    doubtful = tuple(filter(is_doubtful, (*chosen, *undated)))
    chosen, later, undated = (
        tuple(row for row in some if not is_doubtful(row)) for some in (chosen, later, undated)
    )
    twice = told_twice(chosen)
    undated = (*(row for row in chosen if row.id in twice), *undated)
    chosen = tuple(row for row in chosen if row.id not in twice)
    return Issue(
        title=title or title_of(choice, period, edition),
        edition=edition,
        period=period,
        day=min(period.last, max(newest, period.first)),
        rows=chosen,
        later=later,
        narrowed=any(choice),
        subject=subject_of(choice, edition)[1],
        undated=undated,
        doubtful=doubtful,
        elsewhere=elsewhere + corpus.elsewhere,
        chronology=chronology,
        untold=untold_of(chronology, corpus.rows, period),
        extractions=used(
            corpus.extractions, (*chosen, *later, *doubtful), None if any(choice) else period
        ),
        unread=corpus.unread,
        newest=unread_since(corpus.extractions, period),
        knowledge=corpus.knowledge,
    )


def shown_first(row: Row, lang: str) -> Row:
    """Return a row with the telling first that a reader is best shown: one that tells of it as it
    stands now, in the report's language.
    """

    def order(one: Testimony) -> tuple[bool, bool]:
        return one.engagement.status != row.engagement.status, one.article.lang != lang

    return replace(row, testimonies=tuple(sorted(row.testimonies, key=order)))


def bare(known: Sourced) -> Row:
    """Return a known engagement as a row that no article tells."""
    return Row("", known.engagement, ())


def untold_of(
    chronology: Iterable[Sourced], rows: Sequence[Row], period: Period
) -> tuple[Sourced, ...]:
    """Return what the chronology knows of a period and no row of any article may be.

    Args:
        chronology: what is known from the reference tables.
        rows: all that the articles tell, of whatever period.
        period: the days of the report.

    Returns:
        Those of the chronology in their order, each with its sources.
    """
    return tuple(
        one
        for one in chronology
        if overlaps(bare(one), period)
        and not any(may_be_same(row.engagement, one.engagement) for row in rows)
    )


def newest_day(extractions: Sequence[Extraction], known: Sequence[Engagement]) -> date:
    """Return the day of the newest article or, without any day of one, of the newest known
    event.
    """
    printed = [one.article.published for one in extractions if one.article.published]
    days = printed or [day for one in known if (day := extent(one).first)]
    return max(days, default=EARLIEST)


def unread_since(extractions: Sequence[Extraction], period: Period) -> date | None:
    """Return the day of the newest article where none is of a period, None where one is, or none
    has a day.
    """
    days = [one.article.published for one in extractions if one.article.published]
    if any(period.first <= day <= period.last for day in days):
        return None
    return max(days, default=None)


def told_of(rows: Sequence[Row], period: Period) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of a period, and the plans for after it that were known by its end."""
    chosen = tuple(row for row in in_period(rows, period) if fits(row, period))
    planned = [row for row in rows if row.engagement.status == "planned" and row not in chosen]
    end = period.last
    return chosen, tuple(row for row in planned if begins_after(row, end) and known_by(row, end))


def unplaced(
    rows: Sequence[Row], chosen: Sequence[Row], period: Period, *, everything: bool
) -> tuple[tuple[Row, ...], int]:
    """Return the rows of unknown or too vague a date that may lie in a period, and how many others
    there are; all of them may where a report tells of ``everything``.
    """
    vague = [row for row in in_period(rows, period) if row not in chosen]
    every = (*vague, *summary.undated(rows))
    possible = tuple(row for row in every if everything or possibly_in(row, period))
    return possible, len(every) - len(possible)


def used(
    extractions: Iterable[Extraction], rows: Iterable[Row], period: Period | None
) -> tuple[Extraction, ...]:
    """Return what the articles gave that rows rest on, or that were published in a period."""
    told = summary.articles_of(rows)
    return tuple(
        one
        for one in extractions
        if one.article.id in told or (period and published_in(one, period))
    )


def subject_of(choice: Choice, edition: Edition) -> tuple[str, str]:
    """Return what a report is narrowed to, and how that is called; two empty texts for nothing."""
    said = {
        "person": edition.person(choice.person),
        "forum": edition.forum(choice.forum, full=True),
        "topic": choice.topic and edition.wording.text(f"topic.{choice.topic}"),
    }
    return next(((name, value) for name, value in said.items() if value), ("", ""))


def title_of(choice: Choice, period: Period, edition: Edition) -> str:
    """Return the title of a report that has none of its own."""
    words = edition.wording
    first, second = map(words.country, edition.pair)
    name, subject = subject_of(choice, edition)
    values = {
        "pair": words.text("people.sides", first=first, second=second),
        "period": words.period(period),
    }
    return words.text(f"title.{name or 'period'}", **values, **({name: subject} if name else {}))


def narrowed_to(rows: Iterable[Row], choice: Choice) -> tuple[Row, ...]:
    """Keep the rows about a person, a forum and a topic; an empty one keeps all."""
    keeping = (summary.with_person, summary.with_forum, summary.with_topic)
    for keep, value in zip(keeping, choice, strict=True):
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
    printed = row.printed
    days = extent(row.engagement).period
    if days is not None:
        # Some day of a decade may be any of a week, and tells nothing of it.
        return overlaps(row, period) and days.days <= LONGER * period.days
    known = yearless(row.engagement.start) or yearless(row.engagement.end)
    if known is None:
        return any(period.first <= day <= period.last for day in printed)
    if printed and not any(abs(day - period.first) <= YEAR for day in printed):
        return False
    day, exact = known
    each = (period.first + timedelta(number) for number in range(min(period.days, 366)))
    return any(one.month == day.month and (one.day == day.day or not exact) for one in each)


def begins_after(row: Row, day: date) -> bool:
    """Say whether the first day that a row can mean lies after a day."""
    first = extent(row.engagement).first
    return first is not None and first > day


def known_by(row: Row, day: date) -> bool:
    """Say whether any article had told of a row by a day."""
    return bool(row.printed) and row.printed[0] <= day


def published_in(extraction: Extraction, period: Period) -> bool:
    """Say whether an article was published in a period."""
    published = extraction.article.published
    return published is not None and period.first <= published <= period.last
