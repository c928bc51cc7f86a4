"""What a timeline amounts to: counts, counterparts, and sentences that name the rows they rest
on.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from babel import Locale

from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.levels import LEVELS, Levels
from rajnay.models import Engagement, Row
from rajnay.timeline.wording import TableNames, Wording, plain
from rajnay.times.periods import Period, extent, first_day

MOST = 3
# In the articles that nobody had read, of what was found below the first of these 22 in 100 were
# right in every field, of what was found from the second on 87 (November 2026).
WEAK, HIGH = 0.7, 0.85
ORDER = ("held", "planned", "unconfirmed", "cancelled")
# A plan without any day is taken for still open as long as the last article that tells of it is not
# older than this.
PLANS_LAST = timedelta(days=365)


class Claim(NamedTuple):
    """A sentence, and the ids of the rows that it rests on."""

    text: str
    rows: tuple[str, ...]


class Figure(NamedTuple):
    """A count at a glance: its key, what it counts in the report's language, and how many."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Edition:
    """What a report needs to speak: its words, its names, the pair of countries, and the levels of
    engagements.

    ``offices`` are names of offices in the report's language by their English names, beside those
    of its words.
    """

    wording: Wording
    names: TableNames
    pair: tuple[str, str]
    levels: Levels
    offices: Mapping[str, str] = field(default_factory=dict, repr=False)

    def person(self, name: str) -> str:
        """Return the name of a person, body or office (``Foreign Minister of Russia``) in the
        report's language.
        """
        said = plain(self.names.person(name, self.wording.lang))
        office, _, country = name.rpartition(" of ")
        # Offices and bodies without a name of their own are recorded with the country's name.
        of_record = Locale(load_defaults().names_of_record).territories
        code = next((code for code in self.pair if of_record[code] == country), None)
        if said != name or code is None:
            return said
        where = self.wording.country(code)
        if f"office.{office}" in self.wording.texts:
            return self.wording.text(f"office.{office}", country=where)
        title = self.offices.get(office)
        return self.wording.text("people.office_of", office=title, country=where) if title else said

    def place(self, name: str) -> str:
        """Return a place's name in the report's language."""
        return plain(self.names.place(name, self.wording.lang))

    def side(self, engagement: Engagement, country: str) -> str:
        """Return who took part for a country, or the country's name when nobody is named."""
        names = engagement.parties.get(country, ())
        return (
            self.wording.items(map(self.person, names)) if names else self.wording.country(country)
        )

    def people(self, engagement: Engagement) -> str:
        """Return both sides of an engagement: ``A and B – C``."""
        first, second = (self.side(engagement, country) for country in self.pair)
        return self.wording.text("people.sides", first=first, second=second)

    def event(self, engagement: Engagement, *, dated: bool = True) -> str:
        """Return an engagement in one line: who, what, where and (unless ``dated`` is false)
        when.
        """
        parts = [self.people(engagement), self.wording.text(f"kind.{engagement.kind}")]
        if engagement.place:
            parts.append(self.place(engagement.place))
        elif engagement.country:
            parts.append(self.wording.country(engagement.country))
        return ", ".join([*parts, self.wording.when(engagement)] if dated else parts)

    def lead(self, engagement: Engagement) -> str:
        """Return an engagement as a sentence that a person would write: who did what, where, when,
        and about what.

        Args:
            engagement: what was held, with its people, place and topics as far as known.

        Returns:
            One sentence or two, in the report's language, that end with its full stop.
        """
        words = self.wording
        first, second = (self.side(engagement, country) for country in self.pair)
        values = {"first": first, "second": second, "when": words.when(engagement)}
        if engagement.kind == "visit":
            if engagement.country not in self.pair:
                return f"{self.event(engagement)}{words.text('list.stop')}"
            here, other = self.pair.index(engagement.country), (second, first)
            values |= {"visitor": other[here], "host": words.country(engagement.country)}
        form = "placed" if engagement.place and engagement.kind != "call" else "bare"
        if form == "placed":
            values["place"] = self.place(engagement.place or "")
        said = words.text(f"lead.{engagement.kind}.{form}", **values)
        topics = [words.text(f"topic.{topic}") for topic in engagement.topics]
        return f"{said} {words.text('lead.about', topics=topics)}" if topics else said

    def counts(self, named: Iterable[tuple[str, int]]) -> str:
        """Return names with their counts as a list: ``defence (5), energy (3)``."""
        return ", ".join(
            self.wording.text("count.named", name=name, number=number) for name, number in named
        )

    def total(self, name: str, number: int) -> str:
        """Return a name with its count as a label: ``Leaders: 4``."""
        return self.wording.text("count.total", name=name, number=number)

    def statuses(self, rows: Iterable[Row], today: date) -> str:
        """Return how many rows are held, planned, unconfirmed and cancelled on a day, leaving out
        what there is none of.
        """
        found = Counter(status(row, today) for row in rows)
        return ", ".join(
            self.wording.text(f"count.{name}", count=found[name]) for name in ORDER if found[name]
        )


def sureness(confidence: float) -> str:
    """Return how sure an event is, as a reader is told: ``weak``, ``fair`` or ``high``.

    Args:
        confidence: a share of one, as an engagement has it.

    Returns:
        One of the keys of ``sure`` in report.yaml.

    >>> sureness(0.65), sureness(0.95)
    ('weak', 'high')
    """
    return "weak" if confidence < WEAK else "fair" if confidence < HIGH else "high"


def ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the ids of rows."""
    return tuple(row.id for row in rows)


def by_day(rows: Iterable[Row]) -> list[Row]:
    """Sort rows by their first possible day, those without a known day last."""
    return sorted(rows, key=lambda row: (first_day(row), row.id))


def with_status(rows: Iterable[Row], status: str) -> tuple[Row, ...]:
    """Keep the rows that are ``planned``, ``held`` or ``cancelled``, in the order of their days."""
    return tuple(by_day(row for row in rows if row.engagement.status == status))


def is_past(row: Row, today: date) -> bool:
    """Say whether the last day that a row can mean lies before today; without any day, whether its
    articles are old.
    """
    days = extent(row.engagement).period
    if days:
        return days.last < today
    told = [one.article.published for one in row.testimonies if one.article.published]
    return bool(told) and today - max(told) > PLANS_LAST


def status(row: Row, today: date) -> str:
    """Return a row's status as a reader has to take it: ``unconfirmed`` when planned and past.

    Args:
        row: an event, as its articles tell it.
        today: the day that the report looks from.

    Returns:
        ``held``, ``planned``, ``unconfirmed`` or ``cancelled``.
    """
    past = row.engagement.status == "planned" and is_past(row, today)
    return "unconfirmed" if past else row.engagement.status


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
        "articles": len(_articles(held)),
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
) -> tuple[Claim, ...]:
    """Write a period's summary, one claim a sentence with the rows that prove it; only what there
    is something to say about.

    ``today`` is the day of the report: plans before it have passed. ``later`` are planned
    engagements after the period. What was not held is in no count but that of its own status.
    """
    words = edition.wording
    pair = [words.country(code) for code in edition.pair]
    said = words.period(period)
    held = with_status(rows, "held")
    if held:
        articles = words.text("count.articles", count=len(_articles(held)))
        values = {"period": said, "pair": pair, "articles": articles}
        claims = [Claim(words.text("summary.opening", count=len(held), **values), ids(held))]
    else:
        claims = [Claim(words.text("summary.none", period=said, pair=pair), ())]
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


def _articles(rows: Iterable[Row]) -> set[str]:
    return {one.article.id for row in rows for one in row.testimonies}


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
    """Lead with the last engagement of the highest level."""
    levels: Mapping[str, tuple[Row, ...]] = by_level(held, edition.levels)
    level = next(iter(levels), "unknown")
    if level == "unknown":
        return []
    best = by_day(levels[level])[-1]
    return [Claim(edition.lead(best.engagement), (best.id,))]


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
