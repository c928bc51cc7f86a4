"""Exports: each read back by a library that knows the format; nothing in them runs, doubles or is
lost without a word.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import duckdb
import icalendar
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import article, row

from rajnay.base.safe import safe_cell
from rajnay.models import Article, Span
from rajnay.timeline import exports

PLACES = {"Moscow": (55.7558, 37.6173)}
UNDATED = row("e2", start=None, end=None, edtf=None, place=None, country=None)
YEARLESS = row("e3", start="--08-21", end="--08-21", edtf="XXXX-08-21")
MONTH = row("e4", start="2025-02", end="2025-02", edtf="2025-02", place="Nowhere Known")
PLANNED = row("e5", start="2026-02-27", end=None, edtf="2026-02-27/..", status="planned")
ROWS = (row("e1"), UNDATED, YEARLESS, MONTH, PLANNED)
FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\ufeff=1",
    "\u200b=1",
    "\n@x",
    "＝1+1",
    "\u00a0-2",
]


def whole(told: Article) -> Span:
    return Span(0, len(told.text))


def written(folder: Path, name: str, rows=ROWS) -> bytes:
    exports.write(rows, folder / name, places=PLACES)
    return (folder / name).read_bytes()


@pytest.mark.parametrize("suffix", exports.FORMATS)
def test_same_rows_give_same_bytes(tmp_path, suffix):
    assert written(tmp_path, f"a{suffix}") == written(tmp_path, f"b{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == {f"a{suffix}", f"b{suffix}"}


@pytest.mark.parametrize("suffix", exports.FORMATS)
def test_no_rows_give_a_table_of_the_same_columns_and_no_calendar(tmp_path, suffix):
    notes = exports.write((), tmp_path / f"none{suffix}", pair=("IN", "RU"))
    if suffix in (".ics", ".timeline.json"):
        assert notes == (f"none{suffix}: not written, for no engagement has a full date",)
        assert not list(tmp_path.iterdir())
        return
    assert notes == ()
    empty = (tmp_path / f"none{suffix}").read_bytes()
    assert empty != written(tmp_path, f"a{suffix}")
    if suffix == ".csv":
        assert empty == written(tmp_path, "a.csv").splitlines(keepends=True)[0]
    if suffix == ".parquet":
        full = pq.read_table(io.BytesIO(written(tmp_path, "a.parquet")))
        assert pq.read_table(io.BytesIO(empty)).schema == full.schema


def test_a_suffix_that_names_no_format_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(ValueError, match=r"a\.doc: no format .*\.csv"):
        exports.write(ROWS, tmp_path / "a.doc")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path, monkeypatch):
    before = written(tmp_path, "a.csv")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        exports.write(ROWS[:1], tmp_path / "a.csv")
    monkeypatch.undo()
    assert (tmp_path / "a.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(tmp_path, payload):
    hostile = article(text=f"{payload} met", title=payload, publisher=payload)
    made = row(
        "e1",
        told_by=(hostile,),
        place=payload,
        forum=payload,
        source=payload,
        parties={"IN": (payload,), "RU": ()},
    )
    (line,) = csv.DictReader(io.StringIO(written(tmp_path, "a.csv", (made,)).decode(), newline=""))
    assert line["title"] == line["place"] == line["parties_IN"] == f"'{payload}"


@given(st.text(alphabet="=+-@\t\r\n \ufeff\u200bab1"))
def test_a_cell_is_quoted_exactly_when_its_first_sign_that_shows_begins_a_formula(cell):
    shown = cell.lstrip(" \n\t\r\ufeff\u200b")
    assert safe_cell(cell) == (
        f"'{cell}" if shown[:1] in tuple("=+-@") or cell[:1] in ("\t", "\r") else cell
    )


def test_csv_holds_every_row_and_field(tmp_path):
    lines = list(csv.DictReader(io.StringIO(written(tmp_path, "a.csv").decode(), newline="")))
    assert [line["id"] for line in lines] == ["e1", "e2", "e3", "e4", "e5"]
    assert lines[0]["parties_RU"] == "Sergey Lavrov"
    assert lines[0]["url"] == "https://example.org/a?b=1&c=2"
    assert lines[1]["start"] == ""


def test_parquet_is_read_by_duckdb(tmp_path):
    written(tmp_path, "a.parquet")
    found = duckdb.sql(
        f"select id, articles, confidence, start from '{tmp_path}/a.parquet' order by id"
    ).fetchall()
    assert found[0] == ("e1", 1, 0.9, "2025-08-21")
    assert found[1][3] is None
    assert len(found) == 5


def test_json_holds_every_telling_with_offsets_that_are_exact(tmp_path):
    made = row(
        "e1",
        told_by=(article(), article(id="gu-2", publisher="Other")),
        differences={"place": ("Moscow", "Sochi")},
    )
    (found,) = json.loads(written(tmp_path, "a.json", (made,)))
    assert [telling["publisher"] for telling in found["articles"]] == ["Example", "Other"]
    assert found["differences"] == {"place": ["Moscow", "Sochi"]}
    start, end = found["articles"][0]["offsets"]
    assert article().text[start:end] == found["articles"][0]["evidence"]


def events(data: bytes) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(data)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_calendar_holds_what_has_a_date_and_says_how_much_it_leaves_out(tmp_path):
    data = written(tmp_path, "a.ics")
    found = events(data)
    assert set(found) == {"e1@rajnay", "e5@rajnay"}, "a month is no banner of 28 days"
    assert found["e1@rajnay"].decoded("dtstart") == date(2025, 8, 21)
    assert found["e1@rajnay"].decoded("dtend") == date(2025, 8, 22)
    assert [str(found[name]["status"]) for name in sorted(found)] == [
        "CONFIRMED",
        "TENTATIVE",
    ]
    assert "3 of 5 engagements have no full date" in str(
        icalendar.Calendar.from_ical(data)["x-wr-caldesc"]
    )
    assert exports.write(ROWS, tmp_path / "a.ics") == (
        "a.ics: 3 of 5 engagements have no full date and are left out",
    )


@pytest.mark.parametrize(
    ("start", "end", "edtf", "stands"),
    [
        ("2025-08-21", "2025-08-21", None, True),
        ("2025-08-21", "2025-08-23", None, True),
        ("2025-08-21", None, None, True),
        (None, "2025-08-21", None, True),
        ("2025-08", None, None, False),
        ("2025-08", "2025-08", None, False),
        ("2025", "2025", None, False),
        ("2025-08-21", "2025-08-31", None, False),
        ("2025-08-21", "2025-08-25", "[2025-08-21..2025-08-25]", False),
        ("--08-21", "--08-21", None, False),
    ],
)
def test_a_calendar_holds_known_days_alone(start, end, edtf, stands):
    made = row("e1", start=start, end=end, edtf=edtf)
    assert bool(exports.dated([made])) is stands


def test_calendar_lines_are_folded_and_hold_no_control_characters(tmp_path):
    hostile = article(
        text="a\x00b\x07\r\nEND:VCALENDAR\r\n" + "લાંબું " * 60, publisher="x\nBEGIN:VEVENT"
    )
    made = row("e1", told_by=(hostile,), evidence=whole(hostile), place="Moscow;\\,\nUID:1")
    data = written(tmp_path, "a.ics", (made,))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert len(events(data)) == 1
    assert b"\x00" not in data


def test_calendar_imported_again_updates_and_never_doubles(tmp_path):
    before = events(written(tmp_path, "a.ics", (row("e1", status="planned"),)))["e1@rajnay"]
    newer = article(id="gu-2", published=date(2025, 8, 25))
    after = events(written(tmp_path, "b.ics", (row("e1", told_by=(article(), newer)),)))[
        "e1@rajnay"
    ]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") > before.decoded("last-modified")
    assert str(after["status"]) == "CONFIRMED"
    cancelled = events(written(tmp_path, "c.ics", (row("e1", status="cancelled"),)))["e1@rajnay"]
    assert str(cancelled["status"]) == "CANCELLED"


def test_slides_hold_what_has_a_date_with_texts_escaped(tmp_path):
    hostile = article(text="<img src=x onerror=alert(1)>")
    made = row("e1", told_by=(hostile,), evidence=whole(hostile))
    slides = json.loads(written(tmp_path, "a.timeline.json", (made, UNDATED)))["events"]
    assert [slide["unique_id"] for slide in slides] == ["e1"]
    assert slides[0]["start_date"] == {"year": 2025, "month": 8, "day": 21}
    assert "<" not in slides[0]["text"]["text"]


def test_geojson_is_read_by_shapely_and_keeps_what_has_no_place(tmp_path):
    found = json.loads(written(tmp_path, "a.geojson"))
    places = {feature["id"]: feature["geometry"] for feature in found["features"]}
    assert len(places) == 5
    point = shapely.from_geojson(json.dumps(places["e1"]))
    assert (point.y, point.x) == PLACES["Moscow"]
    assert places["e2"] is None and places["e4"] is None


def test_linked_data_names_events_people_and_sources_and_cannot_end_a_script(tmp_path):
    made = row(
        "e1",
        told_by=(article(title="</script><script>alert(1)</script>", url="javascript:alert(1)"),),
        status="cancelled",
    )
    text = written(tmp_path, "a.jsonld", (made,)).decode()
    assert "<" not in text and ">" not in text and "javascript:" not in text
    (event,) = json.loads(text)["@graph"]
    assert event["@type"] == "Event" and event["startDate"] == "2025-08-21"
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert [person["name"] for person in event["attendee"]] == ["S. Jaishankar", "Sergey Lavrov"]
    assert event["subjectOf"][0]["headline"].startswith("</script>")
