"""What a timeline amounts to: counts, counterparts, and sentences that name the rows they rest
on.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rajnay.knowledge.levels import LEVELS, Levels
from rajnay.models import Row
from rajnay.timeline.edition import Edition
from rajnay.timeline.standing import UNSURE, is_past, sureness
from rajnay.times.periods import Period, extent, first_day

MOST = 3
YEAR = 366


class Claim(NamedTuple):
    """A sentence, and the ids of the rows that it rests on."""

    text: str
    rows: tuple[str, ...]


class Figure(NamedTuple):
    """A count at a glance: its key, what it counts in the report's language, and how many."""

    key: str
    label: str
    value: int


def ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the ids of rows."""
    return tuple(row.id for row in rows)


def by_day(rows: Iterable[Row]) -> list[Row]:
    """Sort rows by their first possible day, of equals what is over sooner first, those without a
    known day last: the first of September stands before the end of the year.
    """
    return sorted(
        rows,
        key=lambda row: (first_day(row), extent(row.engagement).last or date.max, row.id),
    )


def with_status(rows: Iterable[Row], status: str) -> tuple[Row, ...]:
    """Keep the rows that are ``planned``, ``held`` or ``cancelled``, in the order of their days."""
    return tuple(by_day(row for row in rows if row.engagement.status == status))


def ahead(rows: Iterable[Row], today: date) -> tuple[Row, ...]:
    """Return the planned engagements that are not over, soonest first, those without a day last."""
    return tuple(row for row in with_status(rows, "planned") if not is_past(row, today))


def unconfirmed(rows: Iterable[Row], today: date) -> tuple[Row, ...]:
    """Return the planned engagements whose day has passed with no report that they were held."""
    return tuple(row for row in with_status(rows, "planned") if is_past(row, today))


def undated(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows whose year is not known, which no period can hold."""
    return tuple(row for row in rows if extent(row.engagement).period is None)


def with_person(rows: Iterable[Row], name: str) -> tuple[Row, ...]:
    """Keep the rows that a person took part in, by English name of record."""
    return tuple(row for row in rows if name in row.engagement.everyone)


def with_forum(rows: Iterable[Row], forum: str) -> tuple[Row, ...]:
    """Keep the rows under a forum: its own name, or one that begins with it (``SCO`` keeps ``SCO
    Summit``).
    """
    return tuple(
        row
        for row in rows
        if f"{row.engagement.forum or ''} ".casefold().startswith(f"{forum.strip()} ".casefold())
    )


def with_topic(rows: Iterable[Row], topic: str) -> tuple[Row, ...]:
    """Keep the rows about a topic."""
    return tuple(row for row in rows if topic in row.engagement.topics)


def counterparts(
    rows: Iterable[Row], pair: tuple[str, str]
) -> dict[tuple[str, str], tuple[Row, ...]]:
    """Return who dealt with whom: each pair of names, one of each country, with its rows, the most
    frequent first.

    Only what was held counts.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in with_status(rows, "held"):
        first, second = (row.engagement.parties.get(country, ()) for country in pair)
        for names in itertools.product(first, second):
            found.setdefault(names, []).append(row)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {names: tuple(rows) for names, rows in ranked}


def by_level(rows: Iterable[Row], levels: Levels) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each level that has any, from leaders down."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(levels.of(row.engagement), []).append(row)
    return {level: tuple(found[level]) for level in LEVELS if level in found}


def figures(
    rows: Sequence[Row], edition: Edition, today: date, *, later: Sequence[Row] = ()
) -> tuple[Figure, ...]:
    """Return the counts at a glance, leaving out what there is none of: engagements by status, and
    of those held how many were between leaders, how many people, places and articles.

    ``later`` are plans for after the period.

    Args:
        rows: the events of the period.
        edition: the words of the report.
        today: the day that tells plans from the unconfirmed.
        later: plans for after the period, known by its end.

    Returns:
        Each count with its label, in the order in which a reader is shown them.
    """
    held = with_status(rows, "held")
    parties = {name for row in held for name in row.engagement.everyone}
    known = {row.id: row for row in (*rows, *later)}.values()
    counts = {
        "held": len(held),
        "leaders": len(by_level(held, edition.levels).get("leaders", ())),
        "people": sum(edition.levels.is_person(name) for name in parties),
        "places": len({row.engagement.place for row in held if row.engagement.place}),
        "articles": len(articles_of(held)),
        "planned": len(ahead(known, today)),
        "unconfirmed": len(unconfirmed(known, today)),
        "cancelled": len(with_status(rows, "cancelled")),
    }
    return tuple(
        Figure(key, edition.wording.text(f"figure.{key}"), value)
        for key, value in counts.items()
        if value or key == "held"
    )


def summarise(
    rows: Sequence[Row],
    edition: Edition,
    period: Period,
    today: date,
    *,
    later: Sequence[Row] = (),
    newest: date | None = None,
    subject: str = "",
) -> tuple[Claim, ...]:
    """Write a period's summary, one claim a sentence with the rows that prove it; only what there
    is something to say about.

    ``today`` is the day of the report: plans before it have passed. ``later`` are planned
    engagements after the period. What was not held is in no count but that of its own status.
    ``newest`` is the day of the newest article, given where none of the period has been read;
    ``subject`` the person, forum or topic that alone is told of.
    """
    words = edition.wording
    pair = [words.country(code) for code in edition.pair]
    said = ", ".join(filter(None, (subject, words.period(period))))
    held = with_status(rows, "held")
    if held:
        articles = words.text("count.articles", count=len(articles_of(held)))
        values = {"period": said, "pair": pair, "articles": articles}
        claims = [Claim(words.text("summary.opening", count=len(held), **values), ids(held))]
    else:
        claims = [Claim(words.text("summary.none", period=said, pair=pair), ())]
    if newest:
        claims.append(Claim(words.text("summary.unread", day=newest), ()))
    claims = [*_highest(held, edition), *claims]
    claims += _pairs(held, edition)
    claims += _topics(held, edition)
    known = {row.id: row for row in (*rows, *later)}.values()
    if plans := ahead(known, today):
        following = edition.event(plans[0].engagement)
        claims.append(
            Claim(words.text("summary.ahead", count=len(plans), next=following), ids(plans))
        )
    for key, found in (
        ("unconfirmed", unconfirmed(known, today)),
        ("cancelled", with_status(rows, "cancelled")),
        ("disagree", tuple(row for row in known if row.differences)),
    ):
        if found:
            claims.append(Claim(words.text(f"summary.{key}", count=len(found)), ids(found)))
    return tuple(claims)


def articles_of(rows: Iterable[Row]) -> frozenset[str]:
    """Return the ids of the articles that tell of any of some rows."""
    return frozenset().union(*(row.articles for row in rows))


def _topics(held: Sequence[Row], edition: Edition) -> list[Claim]:
    """Name the topics of most engagements, those of more than one."""
    topics = Counter(topic for row in held for topic in row.engagement.topics).most_common()
    most = [one for one in sorted(topics, key=lambda item: (-item[1], item[0])) if one[1] > 1]
    if not most:
        return []
    words, about = edition.wording, {topic for topic, _ in most[:MOST]}
    named = edition.counts((words.text(f"topic.{topic}"), count) for topic, count in most[:MOST])
    shown = ids(row for row in held if about & set(row.engagement.topics))
    return [Claim(words.text("summary.topics", topics=named), shown)]


def _highest(held: Sequence[Row], edition: Edition) -> list[Claim]:
    """Lead with what most articles tell of the highest level in the last year, of equals the last;
    not with what a reader is told to check, if there is anything else.
    """
    news = _of_the_last_year(_sure_of(held))
    levels: Mapping[str, tuple[Row, ...]] = by_level(news, edition.levels)
    level = next(iter(levels), "unknown")
    if level == "unknown":
        return []
    best = max(reversed(by_day(levels[level])), key=lambda row: len(row.articles))
    return [Claim(edition.lead(best.engagement), (best.id,))]


def _sure_of(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows that a reader is not told to check; all of them, if there are none."""
    sure = [row for row in rows if sureness(row.engagement.confidence) not in UNSURE]
    return sure or rows


def _of_the_last_year(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows at most a year older than the newest; all of them, if none is dated."""
    days = {row.id: first_day(row) for row in rows if first_day(row) != date.max}
    newest = max(days.values(), default=date.max)
    recent = [row for row in rows if (newest - days.get(row.id, date.min)).days <= YEAR]
    return recent or rows


def _pairs(rows: Sequence[Row], edition: Edition) -> list[Claim]:
    most = list(counterparts(rows, edition.pair).items())[:MOST]
    often = [(names, found) for names, found in most if len(found) > 1]
    if not often:
        return []
    said = [
        edition.wording.text(
            "summary.pair",
            first=edition.person(names[0]),
            second=edition.person(names[1]),
            times=edition.wording.text("count.times", count=len(found)),
        )
        for names, found in often
    ]
    shown = {row.id: None for _, found in often for row in found}
    return [Claim(edition.wording.text("summary.pairs", pairs=", ".join(said)), tuple(shown))]
