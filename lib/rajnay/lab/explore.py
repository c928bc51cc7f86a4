"""What analysts look at: an article beside what it tells, the timeline to narrow, one event through
all its articles.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from rajnay import charts
from rajnay.base import paths
from rajnay.explain import brief
from rajnay.lab.views import Table, View, styled, typefaces
from rajnay.models import KINDS, STATUSES, TOPICS, Engagement, Extraction, Row
from rajnay.records import engagement_record
from rajnay.report.choice import IssueError
from rajnay.report.choosing import make_issue
from rajnay.report.entries import entry as entry_of
from rajnay.report.html.articles import (
    ArticleView,
    EngagementsView,
    html_of_article,
    html_of_engagements,
)
from rajnay.report.issue import Issue
from rajnay.timeline import summary
from rajnay.timeline.corpus import Corpus


def opening(corpus: Corpus) -> View:
    """Return in a sentence what was read, with the fonts that its articles need for all that a
    notebook shows after it.
    """
    table = Table(pd.DataFrame({"could not be read": corpus.unread}))
    unread = len(corpus.unread) or "none"
    articles, events = len(corpus.extractions), len(corpus.rows)
    told = f"{articles} articles tell of {events} events; {unread} could not be read."
    fonts = typefaces("".join(one.article.text for one in corpus.extractions))
    return View(lambda: fonts + styled("opening.html.j2", told=told, table=table), {})


def articles(corpus: Corpus, start: str = "", end: str = "") -> pd.DataFrame:
    """Return one line an article published from ``start`` to ``end``: where it is from, how long it
    is, how much it tells.
    """
    heads = [
        "id",
        "published",
        "year",
        "outlet",
        "lang",
        "origin",
        "characters",
        "engagements",
        "unresolved",
    ]
    lines = []
    for found in corpus.published(start, end):
        one, day = found.article, found.article.published
        where = (
            str(day) if day else None,
            str(day.year) if day else "not known",
            one.publisher or "not known",
            one.lang,
        )
        counts = len(one.text), len(found.engagements), len(found.unresolved)
        lines.append((one.id, *where, one.origin or "as printed", *counts))
    return pd.DataFrame(lines, columns=heads).astype({"characters": int, "engagements": int})


def days_known(articles: pd.DataFrame) -> pd.DataFrame:
    """Return how the publication days of ``articles`` are known, with how many articles and how
    long the middle one of them is.

    This is kept in the files of ``data/articles`` alone, and read from there.
    """
    read = [json.loads(file.read_text(encoding="utf-8")) for file in paths.ARTICLES.rglob("*.json")]
    otherwise = {True: "not said", False: "not known"}  # by whether there is a day
    known = {
        one.get("id"): one.get("published_known") or otherwise[bool(one.get("published"))]
        for one in read
    }
    days = articles.assign(day=articles["id"].map(known).fillna("not recorded"))
    days = days.groupby(["day", "lang", "origin"], as_index=False).agg(
        articles=("id", "size"), characters=("characters", "median")
    )
    return days.astype({"characters": int})


def marked(extraction: Extraction) -> ArticleView:
    """Return an article with all that its words name marked."""
    return ArticleView(extraction.article, extraction.mentions)


def told(extraction: Extraction) -> EngagementsView:
    """Return what an article tells, with the words that prove it."""
    return EngagementsView(extraction)


def extraction_of(corpus: Corpus, article: str) -> Extraction:
    """Return what was drawn from an article, by its id; raises IssueError if there is none with
    it.
    """
    known = {one.article.id: one for one in corpus.extractions}
    if article not in known:
        raise IssueError(
            f"article {article!r} is not in the corpus: take an id such as "
            f"{', '.join(sorted(known)[:3])}"
        )
    return known[article]


def read_beside(corpus: Corpus, first: str = "") -> View:
    """Return any article of a corpus with its mentions, and beside it what it tells; ``first`` is
    the id to begin with.
    """
    if first:
        extraction_of(corpus, first)
    names = sorted(
        (one.article.id for one in corpus.extractions), key=lambda name: (name != first, name)
    )

    def show(article: str) -> str:
        one = extraction_of(corpus, article)
        parts = html_of_article(one.article, one.mentions), html_of_engagements(one)
        return styled("beside.html.j2", parts=parts)

    return View(show, {"article": ("Article", [(name, name) for name in names])})


def overview(rows: Sequence[Row], issue: Issue) -> pd.DataFrame:
    """Return one line an event: when, what, who of each country, where, in how many articles, in
    the issue's language.
    """
    words, edition = issue.words, issue.edition

    def line(one: Engagement) -> list[str]:
        sides = [
            words.items(map(edition.person, one.parties.get(code, ()))) for code in edition.pair
        ]
        where = (
            edition.place(one.place)
            if one.place
            else words.country(one.country)
            if one.country
            else ""
        )
        forum = edition.forum(one.forum)
        return [
            words.when(one),
            words.text(f"kind.{one.kind}"),
            words.text(f"status.{one.status}"),
            *sides,
            where,
            forum,
        ]

    heads = [
        words.text(f"field.{name}")
        for name in ("date", "kind", "status", "place", "forum", "articles")
    ]
    heads[3:3] = [words.country(code) for code in edition.pair]
    return pd.DataFrame(
        [[*line(row.engagement), len(row.testimonies)] for row in rows], columns=heads
    )


def timeline(corpus: Corpus, lang: str, start: str = "", end: str = "") -> View:
    """Return a corpus's timeline with its charts, to be narrowed by period, person, kind, status
    and topic.

    ``lang`` is the language of names and labels; ``start`` and ``end`` are the days, months or
    years to begin with.
    """
    whole = make_issue(corpus, lang=lang)
    text = whole.words.text
    people = Counter(name for row in corpus.rows for name in row.engagement.everyone)
    choices = {
        "person": [
            (whole.edition.person(name), name)
            for name, _ in sorted(people.items(), key=lambda one: (-one[1], one[0]))
        ],
        **{
            field: [(text(f"{field}.{value}"), value) for value in values]
            for field, values in (("kind", KINDS), ("status", STATUSES), ("topic", TOPICS))
        },
    }
    controls = {
        field: (text(f"filter.{field}"), [(text("filter.all"), ""), *values])
        for field, values in choices.items()
    }

    def show(start: str, end: str, **wanted: str) -> str:
        try:
            issue = make_issue(corpus, lang=lang, start=start.strip(), end=end.strip())
        except IssueError as error:
            return styled("sheet.html.j2", table=Table(pd.DataFrame(), f"{error}"))
        rows = narrowed(issue.rows, **wanted)
        apart = {"undated": issue.undated, "doubtful": issue.doubtful}
        return styled(
            "explorer.html.j2",
            said=f"{issue.said}: {text('count.engagements', count=len(rows))}",
            charts=pictures(rows, issue),
            table=listed(rows, issue),
            apart=[
                (text(f"register.{name}"), listed(narrowed(some, **wanted), issue))
                for name, some in apart.items()
            ],
            elsewhere=text("unresolved.elsewhere", count=issue.elsewhere)
            if issue.elsewhere
            else "",
        )

    return View(
        show,
        {
            "start": (text("field.first_day"), start),
            "end": (text("field.last_day"), end),
            **controls,
        },
    )


def listed(rows: Sequence[Row], issue: Issue) -> Table:
    """Return a table with a line for each row, or which says that there is none."""
    names = [row.id for row in rows]
    return Table(overview(rows, issue), issue.words.text("list.nothing"), names=names)


def narrowed(
    rows: Sequence[Row], person: str = "", kind: str = "", status: str = "", topic: str = ""
) -> tuple[Row, ...]:
    """Keep the rows with a person, of a kind, of a status and about a topic; an empty one keeps
    all.
    """
    kept = summary.with_person(rows, person) if person else rows
    kept = summary.with_topic(kept, topic) if topic else kept
    return tuple(
        row
        for row in kept
        if kind in ("", row.engagement.kind) and status in ("", row.engagement.status)
    )


def pictures(rows: Sequence[Row], issue: Issue) -> list[charts.Chart]:
    """Return the charts of some rows of an issue, without those that would show nothing."""
    made = [
        charts.timeline_strip(rows, issue.edition, issue.period),
        charts.who_met_whom(rows, issue.edition, said=issue.said),
        charts.topics_through_time(rows, issue.edition, issue.period),
        charts.places_map(rows, issue.edition, issue.coordinates, said=issue.said),
    ]
    return [chart for chart in made if chart]


def look_up(corpus: Corpus, lang: str, event: str = "") -> View:
    """Return one event through all articles that tell of it, to be chosen; ``event`` is the id to
    begin with.
    """
    issue = make_issue(corpus, lang=lang)
    rows = {row.id: row for row in corpus.rows}
    if event and event not in rows:
        raise IssueError(
            f"event {event!r} is not in the timeline: take an id from the table frame(corpus.rows)"
        )
    ranked = sorted(corpus.rows, key=lambda row: (row.id != event, -len(row.testimonies), row.id))
    options = [
        (f"{issue.edition.event(row.engagement)} ({len(row.testimonies)})", row.id)
        for row in ranked
    ]

    def show(event: str) -> str:
        if event not in rows:
            return styled(
                "sheet.html.j2", table=Table(pd.DataFrame(), issue.words.text("list.nothing"))
            )
        return told_by(issue, rows[event])

    return View(show, {"event": ("Event", options)})


def told_by(issue: Issue, row: Row, most: int | None = None) -> str:
    """Return the HTML of one event through the articles that tell of it, the words that prove it
    marked; at most so many of them, if that is given.
    """
    entry = entry_of(issue, row)
    read = [brief(engagement_record(one.engagement, one.article.text)) for one in row.testimonies]
    tellings = list(zip(entry["tellings"], read, strict=True))
    return styled(
        "testimonies.html.j2",
        entry=entry,
        tellings=tellings[:most],
        more=len(tellings[most:]) if most else 0,
        text=issue.words.text,
        words=issue.words,
    )
