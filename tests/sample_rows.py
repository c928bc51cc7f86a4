"""Rows like those of a real timeline, for tests: the engagements of the reference table, told by
made-up articles.

Nothing here is random: the same call gives the same rows. Some rows are planned, some cancelled,
some vague, some yearless, and some told differently by two articles, each in its turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from rajnay.knowledge.levels import load_levels
from rajnay.knowledge.store import load_knowledge
from rajnay.models import TOPICS, Article, Engagement, Row, Span, Testimony
from rajnay.timeline.edition import Edition
from rajnay.timeline.known import load_known
from rajnay.timeline.names import table_names
from rajnay.timeline.wording import load_wording
from rajnay.times.periods import interval

PAIR = ("IN", "RU")
SENTENCE = "ભારતના વિદેશ મંત્રી એસ. જયશંકર અને રશિયાના વિદેશ મંત્રી સેર્ગેઈ લવરોવ મોસ્કોમાં મળ્યા."


@cache
def edition(lang: str) -> Edition:
    """Return what a report needs to speak a language."""
    knowledge = load_knowledge()
    roles = {name: body.role for name, body in knowledge.reference.bodies.items()}
    return Edition(
        load_wording(lang),
        table_names(knowledge),
        PAIR,
        load_levels(knowledge.reference.tenures, roles),
    )


def coordinates() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of the places of the reference table."""
    return {
        name: (place.lat, place.lon) for name, place in load_knowledge().reference.places.items()
    }


def sample_rows(
    first: str = "2025-01-01", last: str = "2025-12-31", *, today: str = "2025-09-15"
) -> tuple[Row, ...]:
    """Return a row for each known engagement between two days, as articles tell of it until
    today.
    """
    chosen = [one for one in load_known() if first <= str(one.start) <= last]
    return tuple(_row(number, one, date.fromisoformat(today)) for number, one in enumerate(chosen))


def many_rows(count: int) -> tuple[Row, ...]:
    """Return as many rows as asked, all in 2025: the known engagements of all years, again and
    again, moved there.
    """
    days = [f"2025-{number % 12 + 1:02d}-{number * 7 % 28 + 1:02d}" for number in range(count)]
    moved = [
        replace(load_known()[n % len(load_known())], start=day, end=day, edtf=day)
        for n, day in enumerate(days)
    ]
    return tuple(_row(number, one, date(2025, 9, 15)) for number, one in enumerate(moved))


def _row(number: int, engagement: Engagement, today: date) -> Row:
    days = interval(engagement.start, engagement.end)
    assert days
    start, end, status = engagement.start, engagement.end, "held"
    if number % 11 == 5:
        start = end = str(engagement.start)[:7]
    elif number % 17 == 3:
        start, end = f"{str(start)[:7]}-21", str(interval(str(start)[:7], None).last)  # type: ignore[union-attr]
    elif number % 23 == 7:
        start = end = f"-{str(start)[4:]}"
    if days.last > today or number % 19 == 4:
        status = "planned"
    elif number % 29 == 9:
        status = "cancelled"
    topics = tuple(
        dict.fromkeys(TOPICS[(number * step) % len(TOPICS)] for step in range(1, 1 + number % 4))
    )
    told = replace(
        engagement,
        start=start,
        end=end,
        edtf=start,
        status=status,
        topics=topics,
        evidence=Span(0, len(SENTENCE)),
    )
    articles = [_article(number, copy, min(days.last, today)) for copy in range(1 + number % 3)]
    differences = (
        {"place": (engagement.place or "Moscow", "Kazan")}
        if number % 13 == 2 and len(articles) > 1
        else {}
    )
    return Row(
        f"row-{number:04d}",
        told,
        tuple(Testimony(article, told) for article in articles),
        differences,
    )


def _article(number: int, copy: int, day: date) -> Article:
    published = day + timedelta(copy)
    url = f"https://example.org/{number}/{copy}"
    return Article(
        f"sample-{number}-{copy}",
        SENTENCE,
        "gu",
        published,
        url,
        f"દૈનિક {copy + 1}",
        "જયશંકર અને લવરોવ મળ્યા",
    )


def without_years(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the same rows told by articles that leave out the year."""
    return tuple(
        replace(row, engagement=replace(row.engagement, start="--08-21", end="--08-21"))
        for row in rows
    )
