"""The timeline in the formats that other programs read: tables, calendars, maps, slides and linked
data.

Nothing here looks at a clock: every time stamp comes from the articles, so the same rows give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rajnay.base.first import first
from rajnay.base.safe import dump, web_link, write_whole
from rajnay.models import Article, Row
from rajnay.records import facts
from rajnay.timeline.diaries import NAMESPACE, as_calendar, as_slides
from rajnay.timeline.setting import Places, Setting, dated, plain_setting
from rajnay.timeline.tables import as_csv, as_parquet, as_sheet, flat
from rajnay.times.periods import interval

OF_DAYS = (".ics", ".timeline.json")  # they hold nothing that has no full date
LEFT_OUT = "{} of {} engagements have no full date and are left out"


def write(
    rows: Sequence[Row],
    path: Path | str,
    *,
    places: Places | None = None,
    pair: Sequence[str] = (),
    setting: Setting | None = None,
) -> tuple[str, ...]:
    """Write a timeline to a file, whole or not at all, in the format that its suffix names.

    Args:
        rows: the events.
        path: the file; its name ends in one of ``FORMATS``.
        places: the latitude and longitude of places, by their names (for ``.geojson``).
        pair: the two countries, which name columns of a table; those of the rows if left out.
        setting: the words of a report; plain English, and the names of record, if left out.

    Returns:
        Notes on rows that the format could not hold, if any.

    Raises:
        ValueError: the suffix names no format.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write([], Path(folder) / "timeline.csv", pair=("IN", "RU"))
    ()
    """
    target = Path(path)
    suffix = first(
        sorted(FORMATS, key=len, reverse=True), lambda known: target.name.endswith(known)
    )
    if suffix is None:
        raise ValueError(
            f"{target.name}: no format goes by this suffix; use one of {', '.join(FORMATS)}"
        )
    write_whole(target, WRITERS[suffix](rows, setting or plain_setting(rows, pair, places)))
    left_out = len(rows) - len(dated(rows)) if suffix in OF_DAYS else 0
    return (f"{target.name}: {LEFT_OUT.format(left_out, len(rows))}",) if left_out else ()


def record(row: Row) -> dict[str, Any]:
    """Return one event as plain values, ready for JSON: its fields, where the tellings differ, and
    every telling.
    """
    told = []
    for telling in row.testimonies:
        words = {
            "evidence": telling.engagement.evidence.of(telling.article.text),
            "offsets": list(telling.engagement.evidence),
        }
        told.append(about(telling.article) | words)
    differences = {field: list(values) for field, values in sorted(row.differences.items())}
    hands = [asdict(one) | {"when": one.when.isoformat()} for one in row.by_hand]
    whole = {"id": row.id, **facts(row.engagement), "differences": differences}
    return whole | {"by_hand": hands, "articles": told}


def about(article: Article) -> dict[str, str | None]:
    """Return what is known of an article beside its text."""
    published = article.published.isoformat() if article.published else None
    names = ("id", "title", "publisher", "lang", "url", "origin", "original_lang")
    others = {name: getattr(article, name) for name in names}
    return others | {"published": published}


def as_json(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows with every telling as one JSON list."""
    return dump([record(row) for row in rows])


def as_map(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as GeoJSON (RFC 7946); a place not known has no geometry."""
    features = []
    for row in rows:
        found = setting.places.get(row.engagement.place or "")
        point = {"type": "Point", "coordinates": [found[1], found[0]]} if found else None
        properties = {"headline": setting.headline(row)} | flat(row)
        features.append(
            {"type": "Feature", "id": row.id, "geometry": point, "properties": properties}
        )
    return dump({"type": "FeatureCollection", "features": features})


def as_linked_data(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as schema.org events in JSON-LD."""
    return dump(
        {"@context": "https://schema.org", "@graph": [linked_event(row, setting) for row in rows]}
    )


def linked_event(row: Row, setting: Setting) -> dict[str, Any]:
    """Return one event as a schema.org ``Event``, with the articles that tell it; fields that
    nothing proves are left out.
    """
    engagement = row.engagement
    day = interval(engagement.start, engagement.end) is not None
    whole = {
        "@type": "Event",
        "@id": f"urn:{NAMESPACE}:{row.id}",
        "name": setting.headline(row),
        "startDate": engagement.start if day else None,
        "endDate": engagement.end if day else None,
        "eventStatus": "https://schema.org/EventCancelled"
        if engagement.status == "cancelled"
        else None,
        "location": stated(
            {"@type": "Place", "name": engagement.place, "address": engagement.country}
        )
        if engagement.place or engagement.country
        else None,
        "attendee": [
            {"@type": "Person", "name": name, "nationality": country}
            for country, names in engagement.parties.items()
            for name in names
        ],
        "about": list(engagement.topics),
        "subjectOf": [linked_article(telling.article) for telling in row.testimonies],
    }
    return stated(whole)


def linked_article(article: Article) -> dict[str, Any]:
    """Return an article as a schema.org ``NewsArticle``; a retelling is an ``Article`` of its own
    language that is based on the outlet's, of whose language and headline nothing else is said.

    Args:
        article: an article as printed, or retold.

    Returns:
        What JSON-LD has of it; a field without a value is left out.

    >>> told = Article("a", "text", "gu", publisher="Daily", origin="retelling")
    >>> linked_article(told)["isBasedOn"]["publisher"]["name"]
    'Daily'
    """
    printed = {
        "@type": "NewsArticle",
        "url": web_link(article.url),
        "publisher": {"@type": "Organization", "name": article.publisher}
        if article.publisher
        else None,
        "datePublished": about(article)["published"],
    }
    own = {"headline": article.title, "inLanguage": article.lang}
    if not article.retold:
        return stated(printed | own)
    based = stated(printed | {"inLanguage": article.original_lang})
    return stated({"@type": "Article", **own, "isBasedOn": based})


def stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value."""
    return {key: value for key, value in fields.items() if value}


WRITERS: dict[str, Callable[[Sequence[Row], Setting], bytes]] = {
    ".csv": as_csv,
    ".xlsx": as_sheet,
    ".parquet": as_parquet,
    ".json": as_json,
    ".ics": as_calendar,
    ".timeline.json": as_slides,
    ".geojson": as_map,
    ".jsonld": as_linked_data,
}
FORMATS = tuple(WRITERS)
