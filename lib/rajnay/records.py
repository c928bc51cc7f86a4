"""Engagements as plain records: what was drawn from an article, as JSON and tables have it."""

from __future__ import annotations

from typing import Any

from rajnay.models import Engagement, Extraction, Span

LIST_SEPARATOR = "; "


def extraction_record(extraction: Extraction) -> dict[str, Any]:
    """Return what was drawn from one article as one JSON object; every offset counts characters of
    the article's text.

    >>> from rajnay.models import Article
    >>> extraction_record(Extraction(Article("a", "A met B.", "en")))["engagements"]
    []
    """
    article = extraction.article
    return {
        "id": article.id,
        "lang": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "engagements": [
            engagement_record(engagement, article.text) for engagement in extraction.engagements
        ],
        "unresolved": [
            span_record(gap.span, article.text) | {"why": gap.why} for gap in extraction.unresolved
        ],
    }


def facts(engagement: Engagement) -> dict[str, Any]:
    """Return the fields of an engagement that name no place in a text, as JSON has them."""
    names = (
        "kind",
        "status",
        "start",
        "end",
        "edtf",
        "place",
        "country",
        "parties",
        "forum",
        "topics",
        "source",
    )
    return {
        **{name: getattr(engagement, name) for name in names},
        "parties": {country: list(found) for country, found in engagement.parties.items()},
        "topics": list(engagement.topics),
        "confidence": round(engagement.confidence, 3),
    }


def engagement_record(engagement: Engagement, text: str) -> dict[str, Any]:
    """Return an engagement as one JSON object; ``text`` is the article's."""
    spans = {field: [list(span) for span in spans] for field, spans in engagement.spans.items()}
    return facts(engagement) | {"evidence": span_record(engagement.evidence, text), "spans": spans}


def cells(engagement: Engagement) -> dict[str, Any]:
    """Return an engagement's facts as cells of a table: one for the parties of each country, lists
    joined with semicolons.
    """
    line: dict[str, Any] = {}
    for name, value in facts(engagement).items():
        lists = (
            {f"{name}_{key}": found for key, found in value.items()}
            if isinstance(value, dict)
            else {name: value}
        )
        line |= {
            key: LIST_SEPARATOR.join(found) if isinstance(found, list) else found
            for key, found in lists.items()
        }
    return line


def span_record(span: Span, text: str) -> dict[str, Any]:
    """Return a span with the words it covers.

    >>> span_record(Span(2, 5), "A met B.")
    {'start': 2, 'end': 5, 'text': 'met'}
    """
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def columns(pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the names of the columns of ``table_rows``, for a pair of countries.

    >>> columns(("IN", "RU"))[-7:]
    ('topics', 'source', 'confidence', 'evidence_start', 'evidence_end', 'evidence_text', 'url')
    """
    sides = [f"parties_{country}" for country in pair]
    what = ("id", "published", "lang", "kind", "status", "start", "end", "edtf", "place", "country")
    return (
        *what,
        *sides,
        "forum",
        "topics",
        "source",
        "confidence",
        "evidence_start",
        "evidence_end",
        "evidence_text",
        "url",
    )


def table_rows(extraction: Extraction) -> list[dict[str, Any]]:
    """Return one flat row an engagement, its article beside it."""
    record = extraction_record(extraction)
    about = {key: record[key] for key in ("id", "published", "lang")}
    rows = []
    for engagement in extraction.engagements:
        words = span_record(engagement.evidence, extraction.article.text)
        rows.append(
            about
            | cells(engagement)
            | {f"evidence_{key}": value for key, value in words.items()}
            | {"url": record["url"]}
        )
    return rows
