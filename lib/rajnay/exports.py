"""The timeline in the formats that other programs read: tables, calendars, maps, slides and linked data.

Nothing here looks at a clock: every time stamp comes from the articles, so the same rows give the same bytes.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

from rajnay.models import Row
from rajnay.periods import interval
from rajnay.safe import dump, plain, safe_cell, web_link, write_whole

Places = Mapping[str, tuple[float, float]]
FORMATS = (".csv", ".parquet", ".json", ".ics", ".timeline.json", ".geojson", ".jsonld")
LIST_SEPARATOR = "; "
NAMESPACE = "rajnay"
CALENDAR_EPOCH = date(2000, 1, 1)
ICS_STATUS = {"planned": "TENTATIVE", "held": "CONFIRMED", "cancelled": "CANCELLED"}
SCHEMA_STATUS = {"cancelled": "https://schema.org/EventCancelled"}


def write(rows: Sequence[Row], path: Path | str, *, places: Places | None = None) -> tuple[str, ...]:
    """Write a timeline to a file, in the format that its suffix names.

    ``rows`` are the rows of a timeline; ``path`` ends in one of ``FORMATS``; ``places`` maps a place's name to its
    latitude and longitude in degrees (needed for ``.geojson`` alone). Returns notes on rows that the format could not
    hold, none if it holds them all. Raises ValueError for a suffix that names no format. The file is written whole or not at all.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write([], Path(folder) / "timeline.csv")
    ()
    """
    target = Path(path)
    suffix = next((known for known in sorted(FORMATS, key=len, reverse=True) if target.name.endswith(known)), None)
    if suffix is None:
        raise ValueError(f"{target.name}: no format goes by this suffix; use one of {', '.join(FORMATS)}")
    content, left_out = WRITERS[suffix](rows, places or {})
    write_whole(target, content)
    if not left_out:
        return ()
    return (f"{target.name}: {left_out} of {len(rows)} engagements have no full date and are left out",)


def headline(row: Row) -> str:
    """Return a short English name for an event: who with whom, what, and where.

    ``row`` is a row of the timeline. Returns plain text, not escaped for any format.
    """
    engagement = row.engagement
    who = " and ".join(", ".join(names) for names in engagement.parties.values() if names)
    where = engagement.place or engagement.forum
    return f"{who or '/'.join(engagement.parties)}: {engagement.kind}" + (f", {where}" if where else "")


def record(row: Row) -> dict[str, Any]:
    """Return one event as plain values, ready for JSON: its fields, where the tellings differ, and every telling.

    ``row`` is a row of the timeline. Dates are ISO 8601, possibly of a month or a year alone, or without a year.
    """
    engagement = row.engagement
    return {
        "id": row.id,
        "kind": engagement.kind,
        "status": engagement.status,
        "start": engagement.start,
        "end": engagement.end,
        "edtf": engagement.edtf,
        "place": engagement.place,
        "country": engagement.country,
        "parties": {country: list(names) for country, names in engagement.parties.items()},
        "forum": engagement.forum,
        "topics": list(engagement.topics),
        "source": engagement.source,
        "confidence": round(engagement.confidence, 3),
        "differences": {field: list(values) for field, values in sorted(row.differences.items())},
        "articles": [
            {
                "id": telling.article.id,
                "title": telling.article.title,
                "publisher": telling.article.publisher,
                "published": telling.article.published.isoformat() if telling.article.published else None,
                "lang": telling.article.lang,
                "url": telling.article.url,
                "evidence": telling.engagement.evidence.of(telling.article.text),
                "offsets": list(telling.engagement.evidence),
            }
            for telling in row.testimonies
        ],
    }


def flat(row: Row) -> dict[str, Any]:
    """Return one event as one line of a table, its best telling beside it; lists are joined with semicolons.

    ``row`` is a row of the timeline. Each country of the pair has a column ``parties_XX`` of its own.
    """
    whole = record(row)
    best: dict[str, Any] = whole["articles"][0] if whole["articles"] else {}
    line = {key: whole[key] for key in ("id", "kind", "status", "start", "end", "edtf", "place", "country")}
    line |= {f"parties_{country}": LIST_SEPARATOR.join(names) for country, names in whole["parties"].items()}
    line |= {"forum": whole["forum"], "topics": LIST_SEPARATOR.join(whole["topics"]), "source": whole["source"]}
    line |= {"confidence": whole["confidence"], "articles": len(whole["articles"])}
    line["differences"] = LIST_SEPARATOR.join(f"{field}: {' | '.join(found)}" for field, found in whole["differences"].items())
    return line | {key: best.get(key) for key in ("evidence", "title", "publisher", "published", "lang", "url")}


def as_csv(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows as a UTF-8 table that opens in a spreadsheet without running anything, and how many were left out."""
    lines = [{key: safe_cell(value) for key, value in flat(row).items()} for row in rows]
    columns = list(dict.fromkeys(key for line in lines for key in line)) or ["id"]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)  # ends lines as RFC 4180 has it, and so quotes a carriage return in a cell
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode(), 0


def as_parquet(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows as a Parquet table with one column a field, and how many were left out."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lines = [flat(row) for row in rows]
    columns = list(dict.fromkeys(key for line in lines for key in line)) or ["id"]
    types = {"confidence": pa.float64(), "articles": pa.int32()}
    schema = pa.schema([(column, types.get(column, pa.string())) for column in columns])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(lines, schema=schema), sink)
    return sink.getvalue(), 0


def as_json(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows with every telling as one JSON list, and how many were left out."""
    return dump([record(row) for row in rows]), 0


def as_calendar(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows as an iCalendar file of all-day events (RFC 5545), and how many had no day to stand on.

    Identity is the row's own, and sequence and time stamps follow the newest article: importing again updates, never doubles.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{NAMESPACE}//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    dated = [(row, span) for row in rows if (span := interval(row.engagement.start, row.engagement.end))]
    left_out = len(rows) - len(dated)
    if left_out:
        calendar.add("x-wr-caldesc", f"{left_out} of {len(rows)} engagements have no full date and are left out")
    for row, (first, last) in dated:
        told = [telling.article.published for telling in row.testimonies if telling.article.published]
        newest = max(told, default=first)
        event = Event()
        event.add("uid", f"{row.id}@{NAMESPACE}")
        event.add("dtstamp", datetime.combine(newest, time(), UTC))
        event.add("last-modified", datetime.combine(newest, time(), UTC))
        event.add("sequence", max((newest - CALENDAR_EPOCH).days, 0) * 1000 + min(len(row.testimonies), 999))
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", plain(headline(row)))
        event.add("description", plain(description(row)))
        event.add("status", ICS_STATUS[row.engagement.status])
        event.add("transp", "TRANSPARENT")
        event.add("categories", [row.engagement.kind, *row.engagement.topics])
        if row.engagement.place:
            event.add("location", plain(row.engagement.place))
        url = next((link for telling in row.testimonies if (link := web_link(telling.article.url))), None)
        if url:
            event.add("url", url)
        calendar.add_component(event)
    return calendar.to_ical(), left_out


def as_slides(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows as TimelineJS JSON (its texts are HTML, so they are escaped), and how many had no day to stand on."""
    events = []
    for row in rows:
        span = interval(row.engagement.start, row.engagement.end)
        if span:
            first, last = ({"year": day.year, "month": day.month, "day": day.day} for day in span)
            text = {"headline": html.escape(headline(row)), "text": html.escape(description(row))}
            when = {"start_date": first, "end_date": last, "display_date": row.engagement.edtf or row.engagement.start}
            events.append({"unique_id": row.id, **when, "text": text, "group": row.engagement.kind})
    return dump({"events": events}), len(rows) - len(events)


def as_map(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows as GeoJSON (RFC 7946; a place not known has no geometry), and how many were left out."""
    features = []
    for row in rows:
        found = places.get(row.engagement.place or "")
        point = {"type": "Point", "coordinates": [found[1], found[0]]} if found else None
        features.append(
            {"type": "Feature", "id": row.id, "geometry": point, "properties": {"headline": headline(row)} | flat(row)}
        )
    return dump({"type": "FeatureCollection", "features": features}), 0


def as_linked_data(rows: Sequence[Row], places: Places) -> tuple[bytes, int]:
    """Return the rows as schema.org events in JSON-LD, and how many were left out."""
    return dump({"@context": "https://schema.org", "@graph": [linked_event(row) for row in rows]}), 0


def linked_event(row: Row) -> dict[str, Any]:
    """Return one event as a schema.org ``Event``, with the articles that tell it.

    ``row`` is a row of the timeline. Fields that nothing proves are left out.
    """
    engagement = row.engagement
    span = interval(engagement.start, engagement.end)
    where: dict[str, Any] = {
        "name": engagement.place,
        "address": {"@type": "PostalAddress", "addressCountry": engagement.country},
    }
    people = [
        {"@type": "Person", "name": name, "nationality": {"@type": "Country", "identifier": country}}
        for country, names in engagement.parties.items()
        for name in names
    ]
    articles = [
        {
            "@type": "NewsArticle",
            "headline": telling.article.title,
            "url": web_link(telling.article.url),
            "datePublished": telling.article.published.isoformat() if telling.article.published else None,
            "inLanguage": telling.article.lang,
            "publisher": {"@type": "Organization", "name": telling.article.publisher} if telling.article.publisher else None,
        }
        for telling in row.testimonies
    ]
    whole = {
        "@type": "Event",
        "@id": f"urn:{NAMESPACE}:{row.id}",
        "name": headline(row),
        "startDate": engagement.start if span else None,
        "endDate": engagement.end if span else None,
        "eventStatus": SCHEMA_STATUS.get(engagement.status, "https://schema.org/EventScheduled"),
        "location": {"@type": "Place"} | where if engagement.place or engagement.country else None,
        "attendee": people,
        "about": list(engagement.topics),
        "subjectOf": [{key: value for key, value in article.items() if value} for article in articles],
    }
    return {key: value for key, value in whole.items() if value}


def description(row: Row) -> str:
    """Return what the best article says of an event, with its outlet and address: plain text, not escaped."""
    best = row.testimonies[0] if row.testimonies else None
    said = best.engagement.evidence.of(best.article.text) if best else ""
    source = [best.article.publisher, best.article.published, web_link(best.article.url)] if best else []
    vague = row.engagement.start != row.engagement.end or len(row.engagement.start or "") < len("2025-08-21")
    day = f"When: {row.engagement.edtf or row.engagement.start}" if vague else None
    return "\n".join(str(part) for part in [said, day, *source, f"Status: {row.engagement.status}"] if part)


WRITERS: dict[str, Callable[[Sequence[Row], Places], tuple[bytes, int]]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
    ".json": as_json,
    ".ics": as_calendar,
    ".timeline.json": as_slides,
    ".geojson": as_map,
    ".jsonld": as_linked_data,
}
