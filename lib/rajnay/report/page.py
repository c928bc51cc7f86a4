"""The period report, section by section: what a reader sees, in the order an editor would print it.

Every section is HTML from a template of ``reports/template/parts``, which escapes all that it is
given.
"""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from rajnay.charts import Chart
from rajnay.knowledge.reference import LEVELS
from rajnay.labels.score import Scores
from rajnay.models import Article, Row, Span, Testimony
from rajnay.report.html.marks import Mark, marked, passages, quotation
from rajnay.report.html.templates import fill
from rajnay.report.issue import Issue
from rajnay.report.section import CARD, FRONT, LINKED_DATA, Section
from rajnay.safe import web_link
from rajnay.timeline import exports, summary
from rajnay.times.periods import extent

LONGEST_TITLE = 200
CHECKED = ("who", "when", "where")
VERSIONS = (
    "rajnay",
    "matplotlib",
    "pandas",
    "babel",
    "indic-nlp-library",
    "pyahocorasick",
    "papermill",
    "nbconvert",
    "nh3",
)
FILES = {
    "csv": ".csv",
    "parquet": ".parquet",
    "json": ".json",
    "ics": ".ics",
    "timelinejs": ".timeline.json",
    "geojson": ".geojson",
}


def front(issue: Issue) -> Section:
    """Return the head of the page: what the report is, and its summary, each claim linked to the
    first row it rests on.
    """
    pair = [issue.words.country(code) for code in issue.edition.pair]
    return _section(issue, "front.html.j2", FRONT, claims=_claims(issue), pair=pair)


def figures(issue: Issue) -> Section:
    """Return the figures at a glance."""
    found = summary.figures(issue.rows, issue.edition, issue.day)
    return _section(
        issue,
        "figures.html.j2",
        "figures",
        figures=[(one.label, issue.words.number(one.value)) for one in found],
    )


def events(issue: Issue, name: str) -> Section:
    """Return a list of events with their days, each leading to its register entry; none, if there
    is nothing unusual to list.

    ``name`` is ``ahead``, ``unconfirmed``, ``happened`` or ``cancelled``.
    """
    rows: Sequence[Row] = getattr(issue, name)
    if not rows and name in ("unconfirmed", "cancelled"):
        return Section("")
    return _section(issue, "events.html.j2", name, entries=[entry(issue, row) for row in rows])


def pictures(issue: Issue, charts: Iterable[Chart]) -> Section:
    """Return the charts, each with what it shows in words and the table of figures behind it."""
    return _section(
        issue,
        "charts.html.j2",
        "charts",
        charts=[(chart, _table(issue, chart)) for chart in charts],
    )


def register(issue: Issue) -> Section:
    """Return the register: every engagement with the words that prove it, and the form that filters
    them.
    """
    entries = [entry(issue, row) for row in issue.register]
    people = Counter(name for one in entries for name in one["keys"])
    text = issue.words.text
    filters = {
        "person": [
            (name, issue.edition.person(name))
            for name in sorted(people, key=lambda name: (-people[name], name))
        ],
        "kind": sorted(
            {(row.engagement.kind, text(f"kind.{row.engagement.kind}")) for row in issue.register}
        ),
        "status": sorted(
            {(issue.status(row), text(f"status.{issue.status(row)}")) for row in issue.register}
        ),
        "topic": sorted(
            {
                (topic, text(f"topic.{topic}"))
                for row in issue.register
                for topic in row.engagement.topics
            }
        ),
    }
    counts = [
        text("filter.shown", count=count, total=len(entries)) for count in range(len(entries) + 1)
    ]
    best = [
        replace(row, testimonies=row.testimonies[:1]) for row in issue.register
    ]  # the others would double the page
    data = {
        LINKED_DATA: {
            "@context": "https://schema.org",
            "@graph": [exports.linked_event(row) for row in best],
        }
    }
    return _section(
        issue, "register.html.j2", "register", data, entries=entries, filters=filters, counts=counts
    )


def gaps(issue: Issue) -> Section:
    """Return what the articles say that could not be turned into a fact, with the reason, and what
    no period can hold.
    """
    found = [
        (_source(issue, one.article), _quoted(issue, one.article, gap.span), gap.why)
        for one in issue.extractions
        for gap in one.unresolved
    ]
    return _section(
        issue,
        "gaps.html.j2",
        "unresolved",
        gaps=found,
        undated=[entry(issue, row) for row in issue.undated],
        elsewhere=issue.elsewhere,
    )


def method(
    issue: Issue, parameters: Mapping[str, object], accuracy: Mapping[str, Scores], stem: str = ""
) -> Section:
    """Return how the report was made: its data to take away, accuracy, sources, versions and
    parameters.

    ``parameters`` are the notebook's; ``accuracy`` the scores by language; ``stem`` the path of the
    exports beside the report, without suffix, empty for none.
    """
    name = Path(stem).name
    articles = [one.article for one in issue.extractions]
    outlets = Counter(_outlet(article) for article in articles)
    days = sorted(article.published for article in articles if article.published)
    return _section(
        issue,
        "method.html.j2",
        "method",
        parameters={name: value for name, value in parameters.items() if value != ""},
        scores=[_figures(issue, lang, scores) for lang, scores in accuracy.items()],
        measured=sum(scores.articles for scores in accuracy.values()),
        files=[
            (issue.words.text(f"export.{kind}"), name + suffix) for kind, suffix in FILES.items()
        ]
        if name
        else [],
        outlets=sorted(outlets.items(), key=lambda item: (-item[1], item[0])),
        articles=len(articles),
        published=list(dict.fromkeys(issue.words.day(day) for day in (days[:1] + days[-1:]))),
        versions={"python": platform.python_version()} | {name: version(name) for name in VERSIONS},
    )


def card(issue: Issue) -> Section:
    """Return what the list of reports shows of this one: title, period, counts and a small
    picture.
    """
    articles = {telling.article.id for row in issue.rows for telling in row.testimonies}
    counts = {"engagements": len(issue.rows), "articles": len(articles)}
    facts = {
        "title": issue.title,
        "lang": issue.words.lang,
        "period": issue.said,
        "day": issue.period.last.isoformat(),
    }
    said = [issue.words.text(f"count.{name}", count=count) for name, count in counts.items()]
    picture = fill("thumbnail.html.j2", marks=_marks(issue), lanes=len(LEVELS))
    return Section(
        "", data={CARD: facts | {"size": len(issue.rows), "counts": said, "picture": picture}}
    )


def _marks(issue: Issue) -> list[tuple[float, int, str, str]]:
    """Return where each row of the report stands in its small picture: how far across (0 to 1), in
    which lane; level, status.
    """
    marks = []
    for row in issue.rows:
        days = extent(row.engagement).period
        if days:
            middle = days.first + (days.last - days.first) / 2
            level = issue.edition.levels.of(row.engagement)
            across = (middle - issue.period.first).days / max(issue.period.days - 1, 1)
            marks.append(
                (
                    round(min(max(across, 0), 1), 3),
                    LEVELS.index(level),
                    level,
                    row.engagement.status,
                )
            )
    return marks


def write_exports(issue: Issue, stem: str) -> None:
    """Write the register in every format beside the report; ``stem`` is their path without suffix,
    empty for none.
    """
    for suffix in FILES.values() if stem else ():
        exports.write(issue.register, stem + suffix, places=issue.coordinates)


def entry(issue: Issue, row: Row) -> dict[str, Any]:
    """Return all that the templates say of one event, in the report's language."""
    engagement, edition, words = row.engagement, issue.edition, issue.words
    days = extent(engagement)
    where = [edition.place(engagement.place)] if engagement.place else []
    where += [words.country(engagement.country)] if engagement.country else []
    sides = [
        (
            words.country(code),
            [(edition.person(name), issue.office(name, days.first)) for name in names],
        )
        for code, names in engagement.parties.items()
        if names
    ]
    return {
        "row": row,
        "keys": [name for names in engagement.parties.values() for name in names],
        "heading": edition.people(engagement),
        "kind": words.text(f"kind.{engagement.kind}"),
        "status": issue.status(row),
        "said_status": words.text(f"status.{issue.status(row)}"),
        "when": words.when(engagement),
        "day": engagement.start if days.certainty == "day" else "",
        "where": ", ".join(where),
        "sides": sides,
        "forum": edition.names.forum(engagement.forum, words.lang) if engagement.forum else "",
        "topics": [words.text(f"topic.{topic}") for topic in engagement.topics],
        "source": edition.person(engagement.source) if engagement.source else "",
        "tellings": [_telling(issue, telling) for telling in row.testimonies],
        "differences": [
            _difference(issue, name, values) for name, values in row.differences.items()
        ],
    }


def _section(
    issue: Issue, template: str, name: str, data: Mapping[str, Any] | None = None, **values: Any
) -> Section:
    heading = issue.title if name == FRONT else issue.words.text(f"section.{name}")
    body = fill(
        template,
        issue=issue,
        words=issue.words,
        text=issue.words.text,
        anchor=name,
        heading=heading,
        **values,
    )
    return Section(body, name, heading, data or {})


def _figures(issue: Issue, lang: str, scores: Scores) -> list[str]:
    rate = scores.rate()
    shares = [
        issue.words.number(round(share, 2)) for share in (rate.precision, rate.recall, rate.f1)
    ]
    return [issue.words.language(lang), issue.words.number(scores.articles), *shares]


def _claims(issue: Issue) -> list[tuple[str, list[str]]]:
    """Return each sentence of the summary with the ids of its rows that stand in the register."""
    known = {row.id for row in issue.register}
    return [(claim.text, [row for row in claim.rows if row in known]) for claim in issue.claims()]


def _telling(issue: Issue, telling: Testimony) -> dict[str, Any]:
    article, words = telling.article, issue.words
    labels = {tells: words.text(f"register.{tells}") for tells in CHECKED}
    if article.lang != words.lang:
        labels = {
            tells: Markup('<i lang="{}">{}</i>').format(words.lang, label)
            for tells, label in labels.items()
        }
    quoted = quotation(
        article, telling.engagement, labels, CHECKED, issue.abbreviations(article.lang)
    )
    return {"quotation": quoted, "source": _source(issue, article)}


def _source(issue: Issue, article: Article) -> dict[str, Any]:
    return {
        "article": article,
        "title": _title(article),
        "outlet": _outlet(article),
        "day": issue.words.day(article.published)
        if article.published
        else issue.words.text("when.none"),
        "link": web_link(article.url),
    }


def _title(article: Article) -> str:
    """Return an article's title, or else its first line if that is short enough to be one."""
    line, more, _ = article.text.strip().partition("\n")
    return article.title or (line if more and len(line) <= LONGEST_TITLE else "")


def _outlet(article: Article) -> str:
    """Return who published an article, or else the host of its address, or else its id."""
    link = web_link(article.url)
    return article.publisher or (link.split("/")[2].removeprefix("www.") if link else article.id)


def _quoted(issue: Issue, article: Article, span: Span) -> Markup:
    marks = [Mark(span, "act", "")]
    return Markup(" … ").join(
        marked(article.text, marks, within=part) for part in passages(article.text, [span])
    )


def _difference(issue: Issue, name: str, values: Sequence[str]) -> str:
    said = [_in_words(issue, name, value) for value in values]
    label = issue.words.texts.get(f"field.{name}", name)
    return issue.words.text("register.differ", field=label, values=said)


def _in_words(issue: Issue, name: str, value: str) -> str:
    if name == "place":
        return issue.edition.place(value)
    if name == "country":
        return issue.words.country(value)
    return str(
        issue.words.texts.get(f"{name.removesuffix('s')}.{value}") or issue.edition.person(value)
    )


def _table(issue: Issue, chart: Chart) -> Markup:
    lines = [
        [_cell(issue, value) for value in line]
        for line in chart.table.astype(object).itertuples(index=False)
    ]
    heads = [str(name) for name in chart.table.columns]
    return (
        fill("table.html.j2", words=issue.words, heads=heads, lines=lines) if lines else Markup("")
    )


def _cell(issue: Issue, value: Any) -> str:
    if isinstance(value, int | float):
        return "" if value != value else issue.words.number(value)
    return "" if value is None else str(value)
