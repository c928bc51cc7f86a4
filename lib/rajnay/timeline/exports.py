"""The timeline in the formats that other programs read: tables, calendars, maps, slides and linked
data.

Nothing here looks at a clock: every time stamp comes from the articles, so the same rows give the
same bytes.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

from rajnay.base.safe import dump, plain, safe_cell, web_link, write_whole
from rajnay.models import Article, Engagement, Row, Span
from rajnay.records import LIST_SEPARATOR, cells, facts
from rajnay.times.periods import extent, interval

Places = Mapping[str, tuple[float, float]]
NAMESPACE = "rajnay"
CALENDAR_EPOCH = date(2000, 1, 1)
ICS_STATUS = {"planned": "TENTATIVE", "held": "CONFIRMED", "cancelled": "CANCELLED"}
OF_DAYS = (".ics", ".timeline.json")  # they hold nothing that has no full date
ON_DAYS = ("day", "days", "open", "until")
LEFT_OUT = "{} of {} engagements have no full date and are left out"


def write(
    rows: Sequence[Row],
    path: Path | str,
    *,
    places: Places | None = None,
    pair: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write a timeline to a file, whole or not at all, in the format that its suffix names.

    Calendars and slides need a row that has a day; without any, no file is written.

    Args:
        rows: the events.
        path: the file; its name ends in one of ``FORMATS``.
        places: the latitude and longitude of places, by their names (for ``.geojson``).
        pair: the two countries, which name columns of a table; those of the rows if left out.

    Returns:
        Notes on rows that the format could not hold, if any.

    Raises:
        ValueError: the suffix names no format.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write([], Path(folder) / "timeline.csv", pair=("IN", "RU"))
    ...     write([], Path(folder) / "timeline.ics")
    ()
    ('timeline.ics: not written, for no engagement has a full date',)
    """
    target = Path(path)
    suffix = next(
        (known for known in sorted(FORMATS, key=len, reverse=True) if target.name.endswith(known)),
        None,
    )
    if suffix is None:
        raise ValueError(
            f"{target.name}: no format goes by this suffix; use one of {', '.join(FORMATS)}"
        )
    if not writable(rows, suffix):
        return (f"{target.name}: not written, for no engagement has a full date",)
    write_whole(target, WRITERS[suffix](rows, places or {}, pair))
    left_out = len(rows) - len(dated(rows)) if suffix in OF_DAYS else 0
    return (f"{target.name}: {LEFT_OUT.format(left_out, len(rows))}",) if left_out else ()


def writable(rows: Sequence[Row], suffix: str) -> bool:
    """Say whether a format can hold any of the rows; a table can, even if there are none."""
    return suffix not in OF_DAYS or bool(dated(rows))


def dated(rows: Sequence[Row]) -> list[tuple[Row, date, date]]:
    """Return the rows that have a day to stand on, with their first and last day.

    What is known to a month, a year or some day of a stretch is left out by rule: on a calendar it
    would be a banner over days on which nothing took place.

    Args:
        rows: the events of a timeline, in any order.

    Returns:
        Each row that began or ended on a known day, in the order given; one whose end or beginning
        is not stated stands on the day that is.
    """
    known = ((row, extent(row.engagement)) for row in rows)
    return [
        (row, days.first, days.last)
        for row, days in known
        if days.first and days.last and days.certainty in ON_DAYS
        if days.certainty == "days" or days.first == days.last
    ]


def headline(row: Row) -> str:
    """Return a short English name for an event, who with whom, what and where, not escaped for any
    format.
    """
    engagement = row.engagement
    who = " and ".join(", ".join(names) for names in engagement.parties.values() if names)
    where = engagement.place or engagement.forum
    return f"{who or '/'.join(engagement.parties)}: {engagement.kind}" + (
        f", {where}" if where else ""
    )


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


def flat(row: Row) -> dict[str, Any]:
    """Return one event as one line of a table, its best telling beside it; lists are joined with
    semicolons.
    """
    whole = record(row)
    best: dict[str, Any] = whole["articles"][0] if whole["articles"] else {}
    differences = LIST_SEPARATOR.join(
        f"{field}: {' | '.join(found)}" for field, found in whole["differences"].items()
    )
    line = {
        "id": row.id,
        **cells(row.engagement),
        "articles": len(whole["articles"]),
        "differences": differences,
        "by_hand": LIST_SEPARATOR.join(one["action"] for one in whole["by_hand"]),
    }
    return line | {
        key: best.get(key) for key in ("evidence", "title", "publisher", "published", "lang", "url")
    }


def as_csv(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows as a UTF-8 table that opens in a spreadsheet without running anything."""
    lines = [{key: safe_cell(value) for key, value in flat(row).items()} for row in rows]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, columns(rows, pair)
    )  # ends lines as RFC 4180 has it, and so quotes a carriage return in a cell
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def as_parquet(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows as a Parquet table with one column a field."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lines = [flat(row) for row in rows]
    types = {"confidence": pa.float64(), "articles": pa.int32()}
    schema = pa.schema([(column, types.get(column, pa.string())) for column in columns(rows, pair)])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(lines, schema=schema), sink)
    return sink.getvalue()


def columns(rows: Sequence[Row], pair: Sequence[str] = ()) -> list[str]:
    """Return the names of the columns of a table, the same with rows and without; ``pair`` and the
    countries of the rows have columns of their own.
    """
    told = [side for row in rows for side in row.engagement.parties]
    sides: dict[str, tuple[str, ...]] = dict.fromkeys([*pair, *told], ())
    nothing = (None, None, None, None, None, sides, None, (), None, Span(0, 0))
    return list(flat(Row("", Engagement("", "", *nothing), ())))


def as_json(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows with every telling as one JSON list."""
    return dump([record(row) for row in rows])


def as_calendar(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows as an iCalendar file of all-day events (RFC 5545).

    Identity is the row's own, and sequence and time stamps follow the newest article: importing
    again updates, never doubles.
    """
    calendar = Calendar()
    for name, value in (
        ("prodid", f"-//{NAMESPACE}//timeline//EN"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", " ".join(("Rajnay", "–".join(pair))).strip()),
    ):
        calendar.add(name, value)
    known = dated(rows)
    if len(known) < len(rows):
        calendar.add("x-wr-caldesc", LEFT_OUT.format(len(rows) - len(known), len(rows)))
    for row, first, last in known:
        newest = max(
            (told.article.published for told in row.testimonies if told.article.published),
            default=first,
        )
        stamp = datetime.combine(newest, time(), UTC)
        fields = {
            "uid": f"{row.id}@{NAMESPACE}",
            "dtstamp": stamp,
            "last-modified": stamp,
            "sequence": max((newest - CALENDAR_EPOCH).days, 0) * 1000
            + min(len(row.testimonies), 999),
            "dtstart": first,
            "dtend": last + timedelta(days=1),
            "summary": plain(headline(row)),
            "description": plain(description(row)),
            "status": ICS_STATUS[row.engagement.status],
            "transp": "TRANSPARENT",
            "categories": [row.engagement.kind, *row.engagement.topics],
            "location": plain(row.engagement.place or ""),
            "url": next(
                (link for telling in row.testimonies if (link := web_link(telling.article.url))),
                None,
            ),
        }
        event = Event()
        for field, content in fields.items():
            if content not in (None, ""):
                event.add(field, content)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def as_slides(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows as TimelineJS JSON; its texts are HTML, so they are escaped."""
    events = []
    for row, *span in dated(rows):
        first, last = ({"year": day.year, "month": day.month, "day": day.day} for day in span)
        text = {"headline": html.escape(headline(row)), "text": html.escape(description(row))}
        when = {
            "start_date": first,
            "end_date": last,
            "display_date": row.engagement.edtf or row.engagement.start,
        }
        events.append({"unique_id": row.id, **when, "text": text, "group": row.engagement.kind})
    return dump({"events": events})


def as_map(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows as GeoJSON (RFC 7946); a place not known has no geometry."""
    features = []
    for row in rows:
        found = places.get(row.engagement.place or "")
        point = {"type": "Point", "coordinates": [found[1], found[0]]} if found else None
        properties = {"headline": headline(row)} | flat(row)
        features.append(
            {"type": "Feature", "id": row.id, "geometry": point, "properties": properties}
        )
    return dump({"type": "FeatureCollection", "features": features})


def as_linked_data(rows: Sequence[Row], places: Places, pair: Sequence[str] = ()) -> bytes:
    """Return the rows as schema.org events in JSON-LD."""
    return dump({"@context": "https://schema.org", "@graph": [linked_event(row) for row in rows]})


def linked_event(row: Row) -> dict[str, Any]:
    """Return one event as a schema.org ``Event``, with the articles that tell it; fields that
    nothing proves are left out.
    """
    engagement = row.engagement
    day = interval(engagement.start, engagement.end) is not None
    whole = {
        "@type": "Event",
        "@id": f"urn:{NAMESPACE}:{row.id}",
        "name": headline(row),
        "startDate": engagement.start if day else None,
        "endDate": engagement.end if day else None,
        "eventStatus": "https://schema.org/EventCancelled"
        if engagement.status == "cancelled"
        else None,
        "location": {"@type": "Place", "name": engagement.place, "address": engagement.country}
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


def description(row: Row) -> str:
    """Return what the best article says of an event, with its outlet and address: plain text, not
    escaped.
    """
    best = row.testimonies[0] if row.testimonies else None
    said = best.engagement.evidence.of(best.article.text) if best else ""
    source = (
        [best.article.publisher, best.article.published, web_link(best.article.url)] if best else []
    )
    vague = row.engagement.start != row.engagement.end or len(row.engagement.start or "") < len(
        "2025-08-21"
    )
    day = f"When: {row.engagement.edtf or row.engagement.start}" if vague else None
    return "\n".join(
        str(part) for part in [said, day, *source, f"Status: {row.engagement.status}"] if part
    )


WRITERS: dict[str, Callable[[Sequence[Row], Places, Sequence[str]], bytes]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
    ".json": as_json,
    ".ics": as_calendar,
    ".timeline.json": as_slides,
    ".geojson": as_map,
    ".jsonld": as_linked_data,
}
FORMATS = tuple(WRITERS)
