"""Tidy tables for analysts: one row a thing, one column a fact, the same types with and without
rows.

Days are ``datetime64`` beside a column that says how surely they are known, fixed vocabularies are
categories, lists are lists, and what is missing is what ``isna()`` finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rajnay.knowledge.reference import Reference
from rajnay.models import KINDS, STATUSES, Article, Engagement, Extraction, Row, Span
from rajnay.records import facts
from rajnay.times.periods import extent

if TYPE_CHECKING:
    import pandas as pd

CERTAINTIES = ("day", "days", "open", "until", "within", "month", "year", "yearless", "none")
DAY, TEXT, NAME, LIST = "datetime64[s]", "str", "category", "object"
COUNT, SHARE = "int64", "float64"
# A column's type, or all its values; those in a list have an order.
Columns = Mapping[str, str | tuple[str, ...] | list[str]]

WHEN: Columns = {"first_day": DAY, "last_day": DAY, "certainty": list(CERTAINTIES)}
WHAT: Columns = {"kind": KINDS, "status": list(STATUSES)}
WHERE: Columns = {"place": TEXT, "country": NAME}
ABOUT: Columns = {"forum": TEXT, "topics": LIST, "source": TEXT, "confidence": SHARE}
WRITTEN: Columns = {"start": TEXT, "end": TEXT, "edtf": TEXT}
SOURCE: Columns = {"article": TEXT, "published": DAY, "lang": NAME, "publisher": TEXT}
LINK: Columns = {"title": TEXT, "url": TEXT}
SIZE: Columns = {"characters": COUNT, "origin": TEXT, **LINK}
PROOF: Columns = {"evidence_start": COUNT, "evidence_end": COUNT, **WRITTEN, **LINK}


def events(rows: Iterable[Row], pair: Sequence[str]) -> pd.DataFrame:
    """Return one row an event, in the order given, which is that of their days.

    Args:
        rows: the events of a timeline.
        pair: the two countries; each has a column ``parties_XX`` with a list of names.

    Returns:
        ``first_day`` and ``last_day`` are the days an event may cover (NaT where no year is
        known), and ``certainty`` says how to take them; ``differences`` maps a field on which the
        articles differ to what they say.
    """
    columns: Columns = {"id": TEXT, **WHEN, **WHAT, **WHERE, **_sides(pair), **ABOUT}
    columns = {**columns, "articles": COUNT, "differences": LIST, **WRITTEN}
    lines = [
        {
            "id": row.id,
            **_told(row.engagement, pair),
            "articles": len(row.testimonies),
            "differences": {name: list(found) for name, found in row.differences.items()},
        }
        for row in rows
    ]
    return _table(lines, columns)


def people(rows: Iterable[Row], pair: Sequence[str], reference: Reference) -> pd.DataFrame:
    """Return one row for each person, office or body that took part in an event.

    ``offices`` lists what a person held on the event's first day, as the reference tables know it.
    """
    columns: Columns = {"event": TEXT, "first_day": DAY, "certainty": list(CERTAINTIES), **WHAT}
    columns = {**columns, "side": tuple(pair), "name": TEXT, "offices": LIST}
    lines = []
    for row in rows:
        told = _told(row.engagement, pair)
        for side, names in row.engagement.parties.items():
            for name in names:
                day = told["first_day"]
                held = reference.offices_of(name, day) if day else ()
                lines.append({"event": row.id, **told, "side": side, "name": name})
                lines[-1]["offices"] = list(held)
    return _table(lines, columns)


def tellings(rows: Iterable[Row], pair: Sequence[str]) -> pd.DataFrame:
    """Return one row for each article that tells of an event: what it says, and in which words."""
    columns: Columns = {"event": TEXT, **_of_tellings(pair)}
    lines = [
        {"event": row.id, **_source(one.article), **_told(one.engagement, pair)}
        | _proof(one.engagement.evidence, one.article)
        for row in rows
        for one in row.testimonies
    ]
    return _table(lines, columns)


def articles(read: Iterable[Article]) -> pd.DataFrame:
    """Return one row an article, with its length in characters."""
    return _table([_read(one) for one in read], {**SOURCE, **SIZE})


def yields(extractions: Iterable[Extraction]) -> pd.DataFrame:
    """Return one row an article as ``articles`` does, with how many engagements it tells of and how
    many things in it stayed unresolved.
    """
    lines = [
        _read(one.article)
        | {"engagements": len(one.engagements), "unresolved": len(one.unresolved)}
        for one in extractions
    ]
    return _table(lines, {**SOURCE, **SIZE, "engagements": COUNT, "unresolved": COUNT})


def engagements(extractions: Iterable[Extraction], pair: Sequence[str]) -> pd.DataFrame:
    """Return one row for each engagement that an article tells of, in the order of the articles."""
    lines = [
        _source(one.article) | _told(found, pair) | _proof(found.evidence, one.article)
        for one in extractions
        for found in one.engagements
    ]
    return _table(lines, _of_tellings(pair))


def mentions(extractions: Iterable[Extraction]) -> pd.DataFrame:
    """Return one row for each span of an article that names something: its words, what they name,
    and the name of record.
    """
    columns = {"article": TEXT, "kind": NAME, "words": TEXT, "key": TEXT}
    lines = [
        {"article": one.article.id, "kind": found.kind, "key": found.key}
        | _words(found.span, one.article)
        for one in extractions
        for found in one.mentions
    ]
    return _table(lines, {**columns, "start": COUNT, "end": COUNT})


def unresolved(extractions: Iterable[Extraction]) -> pd.DataFrame:
    """Return one row for each thing that an article says and that could not be turned into a fact,
    with the reason.
    """
    columns = {"article": TEXT, "words": TEXT, "why": TEXT, "start": COUNT, "end": COUNT}
    lines = [
        {"article": one.article.id, "why": gap.why} | _words(gap.span, one.article)
        for one in extractions
        for gap in one.unresolved
    ]
    return _table(lines, columns)


def _table(lines: Sequence[Mapping[str, Any]], columns: Columns) -> pd.DataFrame:
    """Return lines as a table with these columns and types, whether there are any or not."""
    import pandas as pd

    def dtype(kind: str | tuple[str, ...] | list[str]) -> Any:
        if isinstance(kind, str):
            return kind
        return pd.CategoricalDtype(list(kind), ordered=isinstance(kind, list))

    cells = {
        name: pd.Series([line.get(name) for line in lines], dtype="object") for name in columns
    }
    return pd.DataFrame(
        {
            name: cells[name] if kind == LIST else cells[name].astype(dtype(kind))
            for name, kind in columns.items()
        }
    )


def _sides(pair: Sequence[str]) -> Columns:
    return {f"parties_{code}": LIST for code in pair}


def _of_tellings(pair: Sequence[str]) -> Columns:
    said = {"evidence": TEXT, **WHEN, **WHAT, **WHERE, **_sides(pair), **ABOUT}
    return {**SOURCE, **said, **PROOF}


def _told(engagement: Engagement, pair: Sequence[str]) -> dict[str, Any]:
    """Return the fields of an engagement as cells."""
    days = extent(engagement)
    told = facts(engagement)
    sides = {f"parties_{code}": told["parties"].get(code, []) for code in pair}
    when = {"first_day": days.first, "last_day": days.last, "certainty": days.certainty}
    return {**told, **sides, **when}


def _source(article: Article) -> dict[str, Any]:
    named = {name: getattr(article, name) for name in ("lang", "publisher", "title", "url")}
    return {"article": article.id, "published": article.published, **named}


def _read(article: Article) -> dict[str, Any]:
    return _source(article) | {"origin": article.origin, "characters": len(article.text)}


def _words(span: Span, article: Article) -> dict[str, Any]:
    return {"words": span.of(article.text), "start": span.start, "end": span.end}


def _proof(span: Span, article: Article) -> dict[str, Any]:
    return {
        "evidence": span.of(article.text),
        "evidence_start": span.start,
        "evidence_end": span.end,
    }
