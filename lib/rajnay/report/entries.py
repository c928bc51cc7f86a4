"""One event as a report tells it: its fields in words, what proves it, and where those words come
from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from rajnay.base.safe import web_link
from rajnay.models import Article, Row, Span, Testimony
from rajnay.report.html.marks import Mark, marked, passages, quotation
from rajnay.report.issue import Issue
from rajnay.timeline import summary
from rajnay.timeline.known import Sourced
from rajnay.times.periods import extent

_LONGEST_TITLE = 200
CHECKED = ("who", "when", "where")


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
        "keys": engagement.everyone,
        "heading": edition.people(engagement),
        "kind": words.text(f"kind.{engagement.kind}"),
        "status": issue.status(row),
        "said_status": words.text(f"status.{issue.status(row)}"),
        "when": when(issue, row),
        "day": engagement.start if days.certainty == "day" else "",
        "where": ", ".join(where),
        "sides": sides,
        "forum": edition.names.forum(engagement.forum, words.lang) if engagement.forum else "",
        "topics": [words.text(f"topic.{topic}") for topic in engagement.topics],
        "source": edition.person(engagement.source) if engagement.source else "",
        "sure": summary.sureness(engagement.confidence),
        "said_sure": words.text(f"sure.{summary.sureness(engagement.confidence)}"),
        "elsewhere": known_elsewhere(issue, row),
        "tellings": [_telling(issue, telling) for telling in row.testimonies],
        "differences": [
            _difference(issue, name, values) for name, values in row.differences.items()
        ],
    }


def when(issue: Issue, row: Row) -> str:
    """Say when an event is; one that is held and has no date was by the day of the first article
    that tells of it.

    Args:
        issue: the report, for its words.
        row: an event with its articles.

    Returns:
        The date in words, in the report's language.
    """
    printed = [one.article.published for one in row.testimonies if one.article.published]
    if extent(row.engagement).certainty == "none" and row.engagement.status == "held" and printed:
        return issue.words.text("when.by", day=min(printed))
    return issue.words.when(row.engagement)


def known_elsewhere(issue: Issue, row: Row) -> dict[str, Any]:
    """Return what the chronology knows of an unconfirmed plan, and where; nothing of another.

    Args:
        issue: the report, with its chronology.
        row: an event with its articles.

    Returns:
        ``said``, a sentence, and ``links``, the host and address of each source.
    """
    known = issue.elsewhere_known(row)
    if known is None:
        return {}
    words = issue.words
    status = words.text(f"status.{known.engagement.status}")
    said = words.text("register.elsewhere", status=status, when=words.when(known.engagement))
    return {"said": said, "links": links_of(known)}


def links_of(known: Sourced) -> list[tuple[str, str]]:
    """Return the host and address of each source of a known engagement."""
    found = filter(None, map(web_link, known.sources))
    return [(host_of(link), link) for link in found]


def host_of(link: str) -> str:
    """Return the host of an address without its ``www``."""
    return link.split("/")[2].removeprefix("www.")


def _telling(issue: Issue, telling: Testimony) -> dict[str, Any]:
    article, words = telling.article, issue.words
    labels = {tells: words.text(f"register.{tells}") for tells in CHECKED}
    quoted = quotation(
        article, telling.engagement, labels, CHECKED, issue.abbreviations(article.lang)
    )
    return {"quotation": quoted, "source": source_of(issue, article)}


def source_of(issue: Issue, article: Article) -> dict[str, Any]:
    """Return all that the templates say of where words come from.

    Args:
        issue: the report, for its words.
        article: the article that the words are of.

    Returns:
        Title, outlet, day and address, and what stands around the outlet's name where the words
        are retold.
    """
    before, after = _retold(issue, article)
    return {
        "article": article,
        "title": _title(article),
        "outlet": outlet_of(issue, article),
        "before": before,
        "after": after,
        "day": issue.words.day(article.published)
        if article.published
        else issue.words.text("when.none"),
        "link": web_link(article.url),
    }


def _retold(issue: Issue, article: Article) -> tuple[str, str]:
    """Return what stands before and after the outlet of an article that was retold: in which
    language, and from which if that is known; nothing for one as printed.
    """
    if not article.retold:
        return "", ""
    words, place = issue.words, "\ufffc"
    values = {"language": words.language(article.lang), "outlet": place}
    key = "register.retold"
    if article.original_lang and article.original_lang != article.lang:
        key, values["original"] = f"{key}_from", words.language(article.original_lang)
    before, _, after = words.text(key, **values).partition(place)
    return before, after


def _title(article: Article) -> str:
    """Return an article's title, or else its first line if that is short enough to be one."""
    line, more, _ = article.text.strip().partition("\n")
    return article.title or (line if more and len(line) <= _LONGEST_TITLE else "")


def outlet_of(issue: Issue, article: Article) -> str:
    """Return who published an article, or else the host of its address, or else that neither is
    known.
    """
    link = web_link(article.url)
    host = host_of(link) if link else ""
    return article.publisher or host or issue.words.text("register.no_outlet")


def quoted(article: Article, span: Span) -> Markup:
    """Return the sentences of an article that hold a span, with the span marked."""
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
