"""The timeline by its days: a calendar, and slides.

Both hold what has a known day; of the rest they say how much there is, and a calendar has it as a
note.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event, Journal

from rajnay.base.safe import dump, plain, web_link
from rajnay.models import Row
from rajnay.timeline.setting import Setting, dated

NAMESPACE = "rajnay"
# No number of a calendar is greater than 2**31 - 1 (RFC 5545, 3.3.8).
_LATEST = (2**31 - 1) // 1000 - 1
CALENDAR_EPOCH = date(2000, 1, 1)
ICS_STATUS = {"planned": "TENTATIVE", "held": "CONFIRMED", "cancelled": "CANCELLED"}


def as_calendar(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as an iCalendar file of all-day events (RFC 5545).

    Identity is the row's own, and sequence and time stamps follow the newest article: importing
    again updates, never doubles. What has no known day stands in one note, and so does that there
    is nothing.
    """
    calendar = Calendar()
    for name, value in (
        ("prodid", f"-//{NAMESPACE}//timeline//EN"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("name", plain(setting.name)),
        ("x-wr-calname", plain(setting.name)),
    ):
        calendar.add(name, value)
    known = dated(rows)
    for row, first, last in known:
        calendar.add_component(_event(row, first, last, setting))
    shown = {row.id for row, _, _ in known}
    rest = [row for row in rows if row.id not in shown]
    if rest or not rows:
        calendar.add("x-wr-caldesc", plain(left_out(len(rest), setting)))
        calendar.add_component(_note(rest, setting))
    return bytes(calendar.to_ical())


def left_out(count: int, setting: Setting) -> str:
    """Say how many engagements have no known day, or that there is none at all."""
    key = "export.left_out" if count else "list.nothing"
    return setting.words.text(key, count=count) if count else setting.words.text(key)


def newest(row: Row, otherwise: date) -> date:
    """Return the day of the newest article that tells of a row."""
    return max(row.printed, default=otherwise)


def _stamp(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _event(row: Row, first: date, last: date, setting: Setting) -> Event:
    told, words, edition = row.engagement, setting.words, setting.edition
    day = newest(row, first)
    link = (web_link(one.article.url) for one in row.testimonies)
    kinds = [f"kind.{told.kind}", *(f"topic.{topic}" for topic in told.topics)]
    fields = {
        "uid": f"{row.id}@{NAMESPACE}",
        "dtstamp": _stamp(day),
        "last-modified": _stamp(day),
        "sequence": min(max((day - CALENDAR_EPOCH).days, 0), _LATEST) * 1000
        + min(len(row.testimonies), 999),
        "dtstart": first,
        "dtend": last + timedelta(days=1),
        "description": "\n".join(setting.description(row)),
        "status": ICS_STATUS[told.status],
        "transp": "TRANSPARENT",
        "categories": [words.text(key) for key in kinds],
        "location": plain(edition.place(told.place)),
        "url": next(filter(None, link), None),
    }
    event = Event()
    event.add("summary", setting.headline(row), parameters={"language": words.lang})
    for field, content in fields.items():
        if content not in (None, ""):
            event.add(field, content)
    return event


def _note(rows: Sequence[Row], setting: Setting) -> Journal:
    """Return a note of what stands on no day: each with what is known of when."""
    note = Journal()
    lines = [f"{setting.when(row.engagement)}: {setting.headline(row)}" for row in rows]
    day = max((newest(row, CALENDAR_EPOCH) for row in rows), default=CALENDAR_EPOCH)
    note.add("uid", f"note@{NAMESPACE}")
    note.add("dtstamp", _stamp(day))
    note.add("summary", plain(setting.name), parameters={"language": setting.words.lang})
    note.add("description", plain("\n".join([left_out(len(rows), setting), *lines])))
    return note


def as_slides(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as TimelineJS JSON, a title slide first; its texts are HTML, so they are
    escaped.
    """
    known = dated(rows)
    events = []
    for row, *span in known:
        first, last = ({"year": day.year, "month": day.month, "day": day.day} for day in span)
        text = {"headline": html.escape(setting.headline(row)), "text": _paragraphs(row, setting)}
        when = {
            "start_date": first,
            "end_date": last,
            "display_date": html.escape(setting.when(row.engagement)),
        }
        group = setting.words.text(f"kind.{row.engagement.kind}")
        events.append({"unique_id": row.id, **when, "text": text, "group": html.escape(group)})
    if not events and setting.today:
        events.append(_nothing(setting, setting.today))
    missing = len(rows) - len(known)
    base = setting.words.text("figures.base")
    said = [base, *([left_out(missing, setting)] if missing or not rows else [])]
    title = {"headline": html.escape(setting.name), "text": _escaped(said)}
    return dump({"title": {"unique_id": "title", "text": title}, "events": events})


def _nothing(setting: Setting, day: date) -> dict[str, Any]:
    """Return the slide of a report that tells of no day: without any slide there is no show."""
    said = html.escape(setting.words.text("list.nothing"))
    when = {"start_date": {"year": day.year, "month": day.month, "day": day.day}}
    return {"unique_id": "nothing", **when, "text": {"headline": said, "text": ""}}


def _escaped(lines: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _paragraphs(row: Row, setting: Setting) -> str:
    """Return what is said of a row as paragraphs, its address as a link."""
    lines = setting.description(row)
    link = web_link(row.testimonies[0].article.url) if row.testimonies else None
    if not link:
        return _escaped(lines)
    *lines, source, _ = lines
    return f'{_escaped(lines)}<p><a href="{html.escape(link)}">{html.escape(source)}</a></p>'
