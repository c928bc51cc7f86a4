"""Engagements as plain records: what was drawn from an article, and what a careful reader found in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rajnay import paths, reading
from rajnay.models import KINDS, STATUSES, TOPICS, Article, Engagement, Extraction, Span
from rajnay.reading import FormatError, ReadingError

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


def facts(engagement: Engagement) -> dict[str, Any]:
    """Return the fields of an engagement that name no place in a text, as JSON has them."""
    names = ("kind", "status", "start", "end", "edtf", "place", "country", "parties", "forum", "topics", "source")
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
    """Return an engagement's facts as cells of a table: one for the parties of each country, lists joined with semicolons."""
    line: dict[str, Any] = {}
    for name, value in facts(engagement).items():
        lists = {f"{name}_{key}": found for key, found in value.items()} if isinstance(value, dict) else {name: value}
        line |= {key: LIST_SEPARATOR.join(found) if isinstance(found, list) else found for key, found in lists.items()}
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
    return (*what, *sides, "forum", "topics", "source", "confidence", "evidence_start", "evidence_end", "evidence_text", "url")


def table_rows(extraction: Extraction) -> list[dict[str, Any]]:
    """Return one flat row an engagement, its article beside it."""
    record = extraction_record(extraction)
    about = {key: record[key] for key in ("id", "published", "lang")}
    rows = []
    for engagement in extraction.engagements:
        words = span_record(engagement.evidence, extraction.article.text)
        rows.append(
            about | cells(engagement) | {f"evidence_{key}": value for key, value in words.items()} | {"url": record["url"]}
        )
    return rows


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with the engagements that a careful reader found in it, as records with the fields of the guide."""

    article: Article
    gold: tuple[dict[str, Any], ...]
    notes: str = ""


def read_labelled(
    source: str | Path, articles: Path = paths.ARTICLES, *, languages: Collection[str] = ()
) -> Iterator[Labelled | ReadingError]:
    """Yield the labelled articles of a folder, JSON file or JSON lines, and in its place an error for each unusable one.

    A label file holds its article's text, or only the id of an article that stands in the folder ``articles``. ``languages`` are
    the codes that can be read (any, if none is given).
    """
    files = [path for path in reading.unfold(source) if Path(path).suffix in (".json", ".jsonl")]
    if not files:
        yield ReadingError(str(source), "no labels here; give a folder of .json files, a .json or a .jsonl file")
    for path in files:
        try:
            for where, fields in reading.raw(path, None):
                found = label(fields, where, articles) if isinstance(fields, dict) else ReadingError(where, fields)
                if isinstance(found, Labelled) and languages and found.article.lang not in languages:
                    found = ReadingError(where, reading.no_pack(found.article.lang, languages))
                yield found
        except FormatError as error:
            yield ReadingError(path, error)


def label(fields: dict[str, Any], where: str, articles: Path) -> Labelled | ReadingError:
    """Return a label file's fields as a labelled article, each checked, or the error that says which of them is wrong."""
    gold = fields.get("gold")
    if not isinstance(gold, list) or not all(isinstance(engagement, dict) for engagement in gold):
        return ReadingError(where, "no labels; the field 'gold' must list the engagements, [] if there are none")
    for number, engagement in enumerate(gold, 1):
        for field, allowed in ("kind", KINDS), ("status", STATUSES), ("topics", TOPICS):
            given = engagement.get(field) or ()
            if wrong := [name for name in ([given] if isinstance(given, str) else given) if name not in allowed]:
                return ReadingError(where, f"gold {number}: unknown {field} {wrong[0]!r}; use {', '.join(allowed)}")
    beside = reading.scan([articles / f"{fields['id']}.json"])
    article = reading.article(fields, where, None, None) if "text" in fields else next(beside)
    if isinstance(article, ReadingError):
        return article
    return Labelled(article, tuple(gold), fields.get("notes") or "")


def kept_aside(folder: str | Path) -> frozenset[str]:
    """Return the ids that a folder's ``kept-aside.txt`` lists: articles not looked at while rules were written.

    >>> sorted(kept_aside("no such folder"))
    []
    """
    file = Path(folder) / "kept-aside.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
