"""The period report, section by section: what a reader sees, in the order an editor would print it.

Every section is HTML from a template of ``reports/template/parts``, which escapes all that it is
given.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from rajnay.charts import Chart
from rajnay.knowledge.levels import LEVELS
from rajnay.models import Row
from rajnay.report.entries import entry, links_of, quoted, reason, source_of, when
from rajnay.report.html.fonts import typefaces
from rajnay.report.html.templates import fill
from rajnay.report.issue import Issue
from rajnay.report.method import method as method
from rajnay.report.method import write_exports as write_exports
from rajnay.report.section import CARD, FRONT, LINKED_DATA, Section, filled
from rajnay.report.visits import under_visits
from rajnay.timeline import exports, summary
from rajnay.timeline.setting import Setting
from rajnay.times.periods import extent

# A register of more entries than these is folded by month or year.
MANY = 20
LISTS = ("ahead", "unconfirmed", "happened", "cancelled")  # in the order of the page
Groups = list[tuple[dict[str, Any], list[dict[str, Any]]]]  # entries, each with those under it
LONGEST_MONTH = 31  # days: what is known to a longer stretch only belongs to no month


def front(issue: Issue) -> Section:
    """Return the head of the page: what the report is, and its summary, each claim linked to the
    first row it rests on.
    """
    pair = [issue.words.country(code) for code in issue.edition.pair]
    claims = _claims(issue)
    # What happened is told first, by itself; then come the figures.
    told = list(itertools.takewhile(lambda claim: len(claim[1]) == 1, claims))
    parts = filter(None, (told, claims[len(told) :]))
    made = filled(issue, "front.html.j2", FRONT, parts=parts, pair=pair)
    texts = [one.article.text for one in issue.extractions]
    return replace(made, fonts=typefaces("".join([made.body, issue.title, *texts])))


def figures(issue: Issue) -> Section:
    """Return the figures at a glance; none, if there is nothing to count."""
    if not issue.register:
        return Section("")
    found = summary.figures(issue.rows, issue.edition, issue.day, later=issue.later)
    return filled(
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
    return filled(
        issue,
        "events.html.j2",
        name,
        groups=_groups(issue, rows, _named_before(issue, name)),
        dateless=[entry(issue, row) for row in more],
    )


def _named_before(issue: Issue, name: str) -> set[str]:
    """Return the names of forums that the lists before one of them have named."""
    before = itertools.chain.from_iterable(
        getattr(issue, one) for one in LISTS[: LISTS.index(name)]
    )
    return {issue.edition.forum(row.engagement.forum) for row in before}


def _groups(issue: Issue, rows: Sequence[Row], named: set[str]) -> Groups:
    """Return what templates say of each row, and of what is told under it."""
    plans = _each_once(issue, rows)
    told = under_visits([row for row in rows if row.id in plans], issue.edition.pair)
    groups = [(entry(issue, row), [entry(issue, one) for one in under]) for row, under in told]
    for one in (each for first, under in groups for each in (first, *under)):
        one["also"] += [(when(issue, row), row.id) for row in plans[one["row"].id]]
    named_once((each for one, under in groups for each in (one, *under)), named)
    return groups


def _each_once(issue: Issue, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the ids of rows, of plans for what came to be one event the first, and the others."""
    plans: dict[int, list[Row]] = {}
    for row in rows:
        plans.setdefault(id(issue.turned_out(row)), []).append(row)
    return {first.id: others for first, *others in plans.values()}


def named_once(entries: Iterable[dict[str, Any]], named: set[str]) -> None:
    """Put the full name of a forum where it is named first.

    Args:
        entries: what templates say of events, in the order of the page.
        named: the forums that have been named before; those of the entries are added.
    """
    for one in entries:
        short = one["forum"]
        if short not in named:
            one["forum"] = one["full_forum"]
            named.add(short)


def _months(
    issue: Issue, entries: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return the entries by the month, or for longer periods the year, in which they may begin, so
    that a long register can be folded; in one part without a name if it is short.
    """
    if len(entries) <= MANY:
        return [("", list(entries))]
    monthly = issue.period.days <= 366
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in entries:
        days = extent(one["row"].engagement).period
        vague = extent(one["row"].engagement).certainty in ("within", "month", "year")
        if days is None:
            said = issue.words.text("register.undated")
        elif monthly and not (vague and days.days > LONGEST_MONTH):
            said = issue.words.day(days.first, "month")
        else:
            said = issue.words.day(days.first, "year")
        found.setdefault(said, []).append(one)
    return list(found.items())


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
        about = [words.text(f"kind.{one.kind}"), edition.place(one.place)]
        about += [edition.forum(one.forum)]
        about += [words.text(f"status.{one.status}")] if one.status != "held" else []
        said = " · ".join(filter(None, about))
        lines.append((words.when(one), edition.people(one), said, links_of(known)))
    return filled(issue, "untold.html.j2", "untold", lines=lines)


def pictures(issue: Issue, charts: Iterable[Chart]) -> Section:
    """Return the charts, each with what it shows in words and the table of figures behind it."""
    drawn = list(charts)
    if not drawn:
        return Section("")
    return filled(
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
    named_once(entries, set())
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
    setting = Setting(issue.edition, today=issue.day)
    data = {
        LINKED_DATA: {
            "@context": "https://schema.org",
            "@graph": [exports.linked_event(row, setting) for row in best],
        }
    }
    return filled(
        issue,
        "register.html.j2",
        "register",
        data,
        entries=entries,
        months=_months(issue, entries),
        filters=filters,
        counts=counts,
        announced=any(one["source"] for one in entries),
        retold=all(one.article.retold for row in issue.register for one in row.testimonies),
    )


def gaps(issue: Issue) -> Section:
    """Return what the articles say that could not be turned into a fact, with the reason, and what
    no period can hold.
    """
    if issue.is_empty and not issue.unread:
        return Section("")
    found = [
        (
            source_of(issue, one.article),
            quoted(issue, one.article, gap.span),
            reason(issue, gap.why),
        )
        for one in issue.extractions
        for gap in one.unresolved
    ]
    return filled(
        issue,
        "gaps.html.j2",
        "unresolved",
        gaps=found,
        undated=[] if issue.is_empty else [entry(issue, row) for row in issue.undated],
        doubtful=[entry(issue, row) for row in summary.by_day(issue.doubtful)],
        elsewhere=0 if issue.is_empty else issue.elsewhere,
    )


def card(issue: Issue) -> Section:
    """Return what the list of reports shows of this one: title, period, counts and a small
    picture.
    """
    articles = summary.articles_of(issue.happened)
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
