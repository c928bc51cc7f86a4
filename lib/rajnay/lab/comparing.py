"""What analysts hold against each other: two periods, and one official with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from rajnay.knowledge.levels import LEVELS
from rajnay.lab.views import Table, View, styled
from rajnay.models import KINDS, TOPICS, Row
from rajnay.report.choice import IssueError
from rajnay.report.choosing import make_issue
from rajnay.report.issue import Issue
from rajnay.timeline import summary
from rajnay.timeline.corpus import Corpus
from rajnay.times.periods import extent

MEASURES = (
    "held",
    "planned",
    "unconfirmed",
    "cancelled",
    "articles",
    "people",
    "places",
)
MOST = 5


def periods(corpus: Corpus, lang: str, first: tuple[str, str], second: tuple[str, str]) -> Table:
    """Return two periods, each from its start to its end, side by side: how many engagements were
    held, articles tell of them and people took part, and how many were of each level, kind and
    topic.
    """
    earlier, later = (
        make_issue(corpus, lang=lang, start=start, end=end) for start, end in (first, second)
    )
    return beside(earlier, later, (earlier.said, later.said))


def beside(one: Issue, other: Issue, heads: tuple[str, str]) -> Table:
    """Return the counts of two issues side by side, without those that are nought in both."""
    first, second = counts(one), counts(other)
    names = [name for name in first | second if first.get(name) or second.get(name)]
    pairs = [(name, first.get(name, 0), second.get(name, 0)) for name in names]
    lines = [
        (name, some, more, f"{more - some:+}" if more != some else "0")
        for name, some, more in pairs
    ]
    frame = pd.DataFrame(lines, columns=["counted", *heads, "+/-"])
    return Table(frame, other.words.text("list.nothing"))


def counts(issue: Issue) -> dict[str, int]:
    """Return what there is of an issue by its labels: engagements by status, level, kind and topic,
    articles, people and places.
    """
    text = issue.words.text
    found = {
        one.label: one.value
        for one in summary.figures(issue.rows, issue.edition, issue.day)
        if one.key in MEASURES
    }
    levels = summary.by_level(issue.happened, issue.edition.levels)
    found |= {text(f"level.{level}"): len(levels.get(level, ())) for level in LEVELS}
    held = [row.engagement for row in issue.happened]
    found |= {text(f"kind.{kind}"): sum(one.kind == kind for one in held) for kind in KINDS}
    return found | {
        text(f"topic.{topic}"): sum(topic in one.topics for one in held) for topic in TOPICS
    }


def officials(
    corpus: Corpus, lang: str, people: tuple[str, str], start: str = "", end: str = ""
) -> View:
    """Return one official beside another: how much of each is told, by year, whom they met most,
    where, and what they did together; others can be chosen.

    Args:
        corpus: what the articles tell.
        lang: the language of names and labels.
        people: the two to begin with, by English name.
        start: the first day, month or year; empty for the first that is known.
        end: the last one; empty for that of the newest article.

    Raises:
        IssueError: one of them took part in nothing that is told.
    """
    issue = make_issue(corpus, lang=lang, start=start, end=end)
    told = Counter(name for row in corpus.rows for name in row.engagement.everyone)
    if lost := [name for name in people if name not in told]:
        raise IssueError(f"person {lost[0]!r} took part in nothing that is told")
    ranked = sorted(told, key=lambda name: (-told[name], name))

    def show(first: str, second: str) -> str:
        sides = [narrowed(issue, name) for name in (first, second)]
        heads = (issue.edition.person(first), issue.edition.person(second))
        both = [row for row in sides[0].rows if second in row.engagement.everyone]
        parts = [
            ("How much is told of each", beside(sides[0], sides[1], heads)),
            ("Held by year", by_year(sides, heads)),
            ("With whom, where and under which forum", most_often(sides, heads)),
            ("What they took part in together", together(both, issue)),
        ]
        return styled("reasons.html.j2", parts=parts)

    def choice(name: str) -> list[tuple[str, str]]:
        return [(issue.edition.person(one), one) for one in [name, *ranked] if one]

    controls = {
        "first": ("One official", choice(people[0])),
        "second": ("Another", choice(people[1])),
    }
    return View(show, controls)


def narrowed(issue: Issue, person: str) -> Issue:
    """Return an issue with what one person took part in."""
    return replace(issue, rows=summary.with_person(issue.rows, person), later=(), narrowed=True)


def by_year(sides: Sequence[Issue], heads: tuple[str, str]) -> Table:
    """Return how many engagements were held in each year, for each of two issues."""
    found = [Counter(map(year_of, side.happened)) for side in sides]
    years = sorted({*found[0], *found[1]} - {""})
    lines = [(year, found[0][year], found[1][year]) for year in years]
    return Table(pd.DataFrame(lines, columns=["year", *heads]), "Nothing of either was held.")


def year_of(row: Row) -> str:
    """Return the year in which an event began, nothing if it is not known."""
    first = extent(row.engagement).first
    return str(first.year) if first else ""


def most_often(sides: Sequence[Issue], heads: tuple[str, str]) -> Table:
    """Return with whom, where and under which forum most was held, for each of two issues."""
    names = ("people", "place", "forum")
    lines = [
        (sides[0].words.text(f"field.{name}"), *map(said_most, sides, (name, name), heads))
        for name in names
    ]
    return Table(pd.DataFrame(lines, columns=["most often", *heads]))


def said_most(issue: Issue, name: str, person: str) -> str:
    """Return the most frequent people beside one, places or forums of what was held."""
    edition = issue.edition
    found = [row.engagement for row in issue.happened]
    named: dict[str, Iterable[str]] = {
        "people": (
            other
            for each in found
            for one in each.everyone
            if (other := edition.person(one)) != person
        ),
        "place": (edition.place(each.place) for each in found if each.place),
        "forum": (edition.forum(each.forum) for each in found if each.forum),
    }
    return edition.counts(Counter(named[name]).most_common(MOST))


def together(rows: Sequence[Row], issue: Issue) -> Table:
    """Return the events of which both were part, the newest last."""
    words, edition = issue.words, issue.edition
    lines = [
        (
            words.when(one),
            words.text(f"kind.{one.kind}"),
            edition.people(one),
            edition.place(one.place),
        )
        for one in (row.engagement for row in summary.by_day(rows))
    ]
    heads = [words.text(f"field.{name}") for name in ("date", "kind", "people", "place")]
    return Table(pd.DataFrame(lines, columns=heads), "Nothing that is told.")
