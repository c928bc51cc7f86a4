"""The period report, section by section: what a reader sees, in the order an editor would print it.

Every section is HTML from a template of ``reports/template/parts``, which escapes all that it is
given.
"""

from __future__ import annotations

import itertools
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from rajnay.charts import Chart
from rajnay.knowledge.levels import LEVELS
from rajnay.labels.score import Scores
from rajnay.models import Row
from rajnay.report.entries import entry, links_of, outlet_of, quoted, source_of
from rajnay.report.html.templates import fill
from rajnay.report.issue import Issue
from rajnay.report.section import CARD, FRONT, LINKED_DATA, Section
from rajnay.timeline import exports, summary
from rajnay.times.periods import extent

# A register of more entries than these is folded by month or year.
MANY = 20
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
    """Return the figures at a glance; none, if there is nothing to count."""
    if not issue.register:
        return Section("")
    found = summary.figures(issue.rows, issue.edition, issue.day, later=issue.later)
    return _section(
        issue,
        "figures.html.j2",
        "figures",
        figures=[(one.label, issue.words.number(one.value)) for one in found],
    )


def events(issue: Issue, name: str) -> Section:
    """Return a list of events with their days, each leading to its register entry; none, if there
    is nothing to list: the head of the page says that nothing happened.

    ``name`` is ``ahead``, ``unconfirmed``, ``happened`` or ``cancelled``.
    """
    rows: Sequence[Row] = getattr(issue, name)
    more = issue.dateless if name == "happened" else ()
    if not (rows or more):
        return Section("")
    return _section(
        issue,
        "events.html.j2",
        name,
        entries=[entry(issue, row) for row in rows],
        dateless=[entry(issue, row) for row in more],
    )


def _months(
    issue: Issue, entries: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return the entries by the month, or for longer periods the year, in which they may begin, so
    that a long register can be folded; in one part without a name if it is short.
    """
    if len(entries) <= MANY:
        return [("", list(entries))]
    pattern = "month" if issue.period.days <= 366 else "year"

    def name(entry: Mapping[str, Any]) -> str:
        first = extent(entry["row"].engagement).first
        return issue.words.day(first, pattern) if first else issue.words.text("register.undated")

    return [(said, list(found)) for said, found in itertools.groupby(entries, name)]


def untold(issue: Issue) -> Section:
    """Return what is known of the period and told by no article, each with its sources; none, if
    there is nothing.
    """
    if not issue.untold:
        return Section("")
    edition, words = issue.edition, issue.words
    lines = []
    for known in issue.untold:
        one = known.engagement
        about = [words.text(f"kind.{one.kind}"), edition.place(one.place) if one.place else ""]
        about += [edition.names.forum(one.forum, words.lang) if one.forum else ""]
        about += [words.text(f"status.{one.status}")] if one.status != "held" else []
        said = " · ".join(filter(None, about))
        lines.append((words.when(one), edition.people(one), said, links_of(known)))
    return _section(issue, "untold.html.j2", "untold", lines=lines)


def pictures(issue: Issue, charts: Iterable[Chart]) -> Section:
    """Return the charts, each with what it shows in words and the table of figures behind it."""
    drawn = list(charts)
    if not drawn:
        return Section("")
    return _section(
        issue,
        "charts.html.j2",
        "charts",
        charts=[(chart, _table(issue, chart)) for chart in drawn],
    )


def register(issue: Issue) -> Section:
    """Return the register: every engagement with the words that prove it, and the form that filters
    them; none, if there are no engagements.
    """
    if not issue.register:
        return Section("")
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
        issue,
        "register.html.j2",
        "register",
        data,
        entries=entries,
        months=_months(issue, entries),
        filters=filters,
        counts=counts,
        retold=all(one.article.retold for row in issue.register for one in row.testimonies),
    )


def gaps(issue: Issue) -> Section:
    """Return what the articles say that could not be turned into a fact, with the reason, and what
    no period can hold.
    """
    found = [
        (source_of(issue, one.article), quoted(one.article, gap.span), gap.why)
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
    outlets = Counter(outlet_of(issue, article) for article in articles)
    days = sorted(article.published for article in articles if article.published)
    return _section(
        issue,
        "method.html.j2",
        "method",
        parameters={name: value for name, value in parameters.items() if value != ""},
        scores=[_figures(issue, lang, scores) for lang, scores in accuracy.items()],
        bands=_bands(issue, accuracy.values()),
        measured=sum(scores.articles for scores in accuracy.values()),
        retold=sum(article.retold for article in articles),
        languages=[
            issue.words.language(lang)
            for lang in dict.fromkeys(one.lang for one in articles if one.retold)
        ],
        files=[
            (issue.words.text(f"export.{kind}"), name + suffix)
            for kind, suffix in FILES.items()
            if name and exports.writable(issue.register, suffix)
        ],
        outlets=sorted(outlets.items(), key=lambda item: (-item[1], item[0])),
        articles=len(articles),
        telling=len({one.article.id for row in issue.register for one in row.testimonies}),
        published=list(dict.fromkeys(issue.words.day(day) for day in (days[:1] + days[-1:]))),
        versions={"python": platform.python_version()} | {name: version(name) for name in VERSIONS},
    )


def card(issue: Issue) -> Section:
    """Return what the list of reports shows of this one: title, period, counts and a small
    picture.
    """
    articles = {telling.article.id for row in issue.happened for telling in row.testimonies}
    counts = {"held": len(issue.happened), "articles": len(articles)}
    facts = {
        "title": issue.title,
        "lang": issue.words.lang,
        "period": issue.said,
        "day": issue.period.last.isoformat(),
        "about": " ".join(claim.text for claim in issue.claims()[:2]),
    }
    said = [issue.words.text(f"count.{name}", count=count) for name, count in counts.items()]
    picture = fill("thumbnail.html.j2", marks=_marks(issue), lanes=len(LEVELS))
    return Section(
        "",
        data={
            CARD: facts
            | {"size": len(issue.rows), "counts": said, "picture": picture}
            | {"unread": list(issue.unread)}
        },
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
    """Write the register beside the report, in every format that can hold what there is of it;
    ``stem`` is their path without suffix, empty for none.
    """
    for suffix in FILES.values() if stem else ():
        exports.write(
            issue.register, stem + suffix, places=issue.coordinates, pair=issue.edition.pair
        )


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
    rate, strict = scores.rate(), scores.rate(strict=True)
    shares = map(issue.words.share, (rate.recall, rate.precision, strict.precision))
    return [issue.words.language(lang), issue.words.number(scores.articles), *shares]


def _bands(issue: Issue, accuracy: Iterable[Scores]) -> list[list[str]]:
    """Return how often what is told was right in every field, by how sure it is said to be."""
    told: dict[str, list[bool]] = {}
    for verdict in (one for scores in accuracy for one in scores.verdicts if one.found):
        sure = summary.sureness((verdict.found or {})["confidence"])
        told.setdefault(sure, []).append(verdict.strict)
    return [
        [
            issue.words.text(f"sure.{sure}"),
            issue.words.number(len(told[sure])),
            issue.words.share(sum(told[sure]) / len(told[sure])),
        ]
        for sure in ("high", "fair", "weak")
        if sure in told
    ]


def _claims(issue: Issue) -> list[tuple[str, list[str]]]:
    """Return each sentence of the summary with the ids of its rows that stand in the register."""
    known = {row.id for row in issue.register}
    return [(claim.text, [row for row in claim.rows if row in known]) for claim in issue.claims()]


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
