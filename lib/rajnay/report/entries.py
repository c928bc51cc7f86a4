"""One event as a report tells it: its fields in words, what proves it, and where those words come
from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from rajnay.base.safe import web_link
from rajnay.models import Article, ByHand, Engagement, Row, Span, Testimony
from rajnay.report.html.marks import Mark, marked, passages, quotation
from rajnay.report.issue import Issue
from rajnay.timeline import setting, standing
from rajnay.timeline.known import Sourced
from rajnay.times.periods import extent

_LONGEST_TITLE = 200
CHECKED = ("who", "when", "where", "source")


def entry(issue: Issue, row: Row) -> dict[str, Any]:
    """Return all that the templates say of one event, in the report's language."""
    engagement, edition, words = row.engagement, issue.edition, issue.words
    days = extent(engagement)
    where = [edition.place(engagement.place), words.country(engagement.country or "")]
    sides = [
        (
            words.country(code),
            [(edition.person(name), issue.office(name, code, days.first)) for name in names],
        )
        for code, names in engagement.parties.items()
        if names
    ]
    return {
        "row": row,
        "keys": engagement.everyone,
        "heading": capital(edition.people(engagement)),
        "kind": words.text(f"kind.{engagement.kind}"),
        "status": issue.status(row),
        "said_status": words.text(f"status.{issue.status(row)}"),
        "when": when(issue, row),
        "day": engagement.start if days.certainty == "day" else "",
        "where": ", ".join(filter(None, where)),
        "sides": sides,
        "forum": edition.forum(engagement.forum),
        "full_forum": edition.forum(engagement.forum, full=True),
        "topics": [words.text(f"topic.{topic}") for topic in engagement.topics],
        "source": edition.person(engagement.source) if engagement.source else "",
        "sure": standing.sureness(engagement.confidence),
        "said_sure": words.text(f"sure.{standing.sureness(engagement.confidence)}"),
        "elsewhere": known_elsewhere(issue, row),
        "perhaps": perhaps(issue, row),
        "agreed": issue.agreed_in_words(row),
        "also": [],
        "tellings": [_telling(issue, telling, row) for telling in row.testimonies],
        "by_hand": [_by_hand(issue, one) for one in row.by_hand],
        "differences": [
            _difference(issue, row, name, values) for name, values in row.differences.items()
        ],
    }


def capital(text: str) -> str:
    """Return a text with a capital first letter, where its script has capitals.

    >>> capital("navy of India"), capital("भारत")
    ('Navy of India', 'भारत')
    """
    return text[:1].upper() + text[1:]


def when(issue: Issue, row: Row) -> str:
    """Say when an event is; one that is held and has no date was by the day of the first article
    that tells of it.

    Args:
        issue: the report, for its words.
        row: an event with its articles.

    Returns:
        The date in words, in the report's language.
    """
    undated = extent(row.engagement).certainty == "none" and row.engagement.status == "held"
    if undated and row.printed:
        return issue.words.text("when.by", day=row.printed[0])
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


def perhaps(issue: Issue, row: Row) -> dict[str, str]:
    """Return which held event of the report an unconfirmed plan may well be, nothing of another.

    Returns:
        ``said``, a sentence, and ``anchor``, the name of that event's entry.
    """
    found = issue.perhaps(row)
    if found is None:
        return {}
    event = issue.edition.event(found.engagement)
    return {"said": issue.words.text("register.perhaps", event=event), "anchor": found.id}


def links_of(known: Sourced) -> list[tuple[str, str]]:
    """Return the host and address of each source of a known engagement."""
    found = filter(None, map(web_link, known.sources))
    return [(setting.host_of(link), link) for link in found]


def _telling(issue: Issue, telling: Testimony, row: Row) -> dict[str, Any]:
    article, words = telling.article, issue.words
    shown = CHECKED if row.engagement.source == telling.engagement.source else CHECKED[:-1]
    labels = {tells: words.text(f"register.{tells}") for tells in shown}
    found = issue.agreed.get(row.id)
    more = (
        [Mark(found.words, "agreed", words.text("register.agreed"))]
        if found and found.article == article
        else []
    )
    quoted = quotation(
        article, telling.engagement, labels, shown, issue.abbreviations(article.lang), more
    )
    gloss = "" if article.lang == words.lang else gloss_of(issue, telling.engagement, row)
    return {"quotation": quoted, "gloss": gloss, "source": source_of(issue, article)}


def gloss_of(issue: Issue, told: Engagement, row: Row) -> str:
    """Return in the report's language what words in another tell, made of what was drawn from them:
    who, what, where, when, and about what.

    Args:
        issue: the report.
        told: what one article tells.
        row: the event as printed; a place that it leaves out is left out here.
    """
    words, printed = issue.words, row.engagement
    kept = {
        field: value if getattr(printed, field) == value else None
        for field, value in (("place", told.place), ("country", told.country))
    }
    told = replace(told, **kept)  # type: ignore[arg-type]
    if told.status == "held":
        said = issue.edition.lead(told)
    else:
        status = words.text(f"status.{told.status}")
        said = f"{issue.edition.event(told)} ({status}){words.text('list.stop')}"
    return f"{words.text('register.translated', language=words.language(words.lang))}: {said}"


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
        "outlet": setting.outlet_of(article) if article.retold else outlet_of(issue, article),
        "before": before,
        "after": after,
        "day": issue.words.day(article.published)
        if article.published
        else issue.words.text("when.none"),
        "link": web_link(article.url),
    }


def _retold(issue: Issue, article: Article) -> tuple[str, str]:
    """Return what stands before and after the outlet of an article that was retold; nothing for one
    as printed.
    """
    if not article.retold:
        return "", ""
    place = "\ufffc"
    said = setting.retold(issue.words, article, place if setting.outlet_of(article) else "")
    before, _, after = said.partition(place)
    return before, after


def reason(issue: Issue, why: str) -> str:
    """Return in the report's language why something could not be turned into a fact."""
    prefix = "reason."
    keys = (key for key in issue.words.texts if key.startswith(prefix))
    said = next((key for key in keys if key.removeprefix(prefix) in why), "reason.other")
    return issue.words.text(said)


def _title(article: Article) -> str:
    """Return an article's title, or else its first line if that is short enough to be one."""
    line, more, _ = article.text.strip().partition("\n")
    return article.title or (line if more and len(line) <= _LONGEST_TITLE else "")


def outlet_of(issue: Issue, article: Article) -> str:
    """Return who published an article, or else the host of its address, or else that neither is
    known.
    """
    return setting.outlet_of(article) or issue.words.text("register.no_outlet")


def quoted(issue: Issue, article: Article, span: Span) -> Markup:
    """Return the sentences of an article that hold a span, with the span marked."""
    marks = [Mark(span, "act", "")]
    found = passages(article.text, [span], issue.abbreviations(article.lang))
    return Markup(" … ").join(marked(article.text, marks, within=part) for part in found)


def _by_hand(issue: Issue, one: ByHand) -> str:
    """Say that a reader decided something about an event, and on which day."""
    words, fields = issue.words, []
    for name in one.fields:
        side = name.removeprefix("parties_")
        shown = "announced_by" if name == "source" else name
        fields.append(words.country(side) if side != name else words.text(f"field.{shown}"))
    return words.text(f"register.by_hand_{one.action}", day=one.when, fields=fields)


def _difference(issue: Issue, row: Row, name: str, values: Sequence[str]) -> str:
    words, edition = issue.words, issue.edition
    side = name in edition.pair
    label = (
        words.text("field.party", country=words.country(name))
        if side
        else words.text(f"field.{name}")
    )
    if side:
        said = [words.items(map(edition.person, value.split(", "))) for value in values]
    elif name == "date":
        said = [_date_in_words(issue, row, value) for value in values]
    else:
        said = [_in_words(issue, name, value) for value in values]
    return words.text("register.differ", field=label, values=" / ".join(said))


def _date_in_words(issue: Issue, row: Row, value: str) -> str:
    """Say a date that an article gives an event: one day, month or year, or two with dots
    between.
    """
    start, two, end = value.partition("..")
    last = end if two else start
    return issue.words.when(
        replace(row.engagement, start=start or None, end=last or None, edtf=None)
    )


def _in_words(issue: Issue, name: str, value: str) -> str:
    edition, words = issue.edition, issue.words
    if name in ("place", "forum", "source"):
        say = {"place": edition.place, "forum": edition.forum, "source": edition.person}
        return say[name](value)
    if name == "country":
        return words.country(value)
    return words.text(f"{'topic' if name == 'topics' else name}.{value}")
