"""Extractions as plain records: the JSON lines and table rows of the command line."""

from __future__ import annotations

from typing import Any

from rajnay.models import Engagement, Extraction, Span

LIST_SEPARATOR = "; "


def extraction_record(extraction: Extraction) -> dict[str, Any]:
    """Return what was drawn from one article as one JSON object; every offset counts characters of the article's text.

    >>> from rajnay.models import Article
    >>> extraction_record(Extraction(Article("a", "A met B.")))["engagements"]
    []
    """
    article = extraction.article
    return {
        "id": article.id,
        "lang": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "engagements": [engagement_record(engagement, article.text) for engagement in extraction.engagements],
        "unresolved": [span_record(gap.span, article.text) | {"why": gap.why} for gap in extraction.unresolved],
    }


def engagement_record(engagement: Engagement, text: str) -> dict[str, Any]:
    """Return an engagement as one JSON object; ``text`` is the article's."""
    fields = ("kind", "status", "start", "end", "edtf", "place", "country", "parties", "forum", "topics", "source")
    return {
        **{field: getattr(engagement, field) for field in fields},
        "parties": {country: list(names) for country, names in engagement.parties.items()},
        "topics": list(engagement.topics),
        "evidence": span_record(engagement.evidence, text),
        "spans": {field: [list(span) for span in spans] for field, spans in engagement.spans.items()},
        "confidence": round(engagement.confidence, 3),
    }


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
    return (*what, *sides, "forum", "topics", "source", "confidence", "evidence_start", "evidence_end", "evidence_text", "url")


def table_rows(extraction: Extraction) -> list[dict[str, Any]]:
    """Return one flat row an engagement, its article beside it; lists are joined with semicolons."""
    record = extraction_record(extraction)
    rows = []
    for engagement in record["engagements"]:
        row = {key: record[key] for key in ("id", "published", "lang")}
        row |= {key: engagement[key] for key in ("kind", "status", "start", "end", "edtf", "place", "country")}
        row |= {f"parties_{country}": LIST_SEPARATOR.join(names) for country, names in engagement["parties"].items()}
        row |= {"forum": engagement["forum"], "topics": LIST_SEPARATOR.join(engagement["topics"])}
        row |= {key: engagement[key] for key in ("source", "confidence")}
        row |= {f"evidence_{key}": engagement["evidence"][key] for key in ("start", "end", "text")}
        rows.append(row | {"url": record["url"]})
    return rows
