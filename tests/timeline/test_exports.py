"""Exports: each read back by a library that knows the format; nothing in them runs, doubles or is
lost without a word.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import icalendar
import openpyxl
import pyarrow.parquet as pq
import pytest
import rdflib
import shapely
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from tests.sample_rows import edition, sample_rows
from tests.samples import article, row

from rajnay.base.safe import safe_cell
from rajnay.models import Article, Span
from rajnay.timeline import exports, tables
from rajnay.timeline.setting import Setting, dated

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


def written(folder: Path, name: str, rows=ROWS, setting=None) -> bytes:
    exports.write(rows, folder / name, places=PLACES, pair=("IN", "RU"), setting=setting)
    return (folder / name).read_bytes()


def of_report(lang: str, title: str = "T") -> Setting:
    """The setting of a report in a language, as of the end of 2025."""
    return Setting(edition(lang), title, date(2025, 12, 31), PLACES, localised=True)


@pytest.mark.parametrize("suffix", exports.FORMATS)
def test_same_rows_give_same_bytes(tmp_path, suffix):
    assert written(tmp_path, f"a{suffix}") == written(tmp_path, f"b{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == {f"a{suffix}", f"b{suffix}"}


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
    (line,) = csv.DictReader(io.StringIO(table(tmp_path, (made,)), newline=""))
    assert line["title"] == line["place"] == line["parties_IN"] == f"'{payload}"


@given(st.text(alphabet="=+-@\t\r\n \ufeff\u200bab1"))
def test_a_cell_is_quoted_exactly_when_its_first_sign_that_shows_begins_a_formula(cell):
    shown = cell.lstrip(" \n\t\r\ufeff\u200b")
    assert safe_cell(cell) == (
        f"'{cell}" if shown[:1] in tuple("=+-@") or cell[:1] in ("\t", "\r") else cell
    )


def test_csv_holds_every_row_and_field(tmp_path):
    lines = list(csv.DictReader(io.StringIO(table(tmp_path), newline="")))
    assert [line["id"] for line in lines] == ["e1", "e2", "e3", "e4", "e5"]
    assert lines[0]["parties_RU"] == "Sergey Lavrov"
    assert lines[0]["url"] == "https://example.org/a?b=1&c=2"
    assert lines[1]["start"] == ""


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


def table(folder: Path, rows=ROWS, setting=None) -> str:
    """A table as a spreadsheet takes it: by its mark, as UTF-8."""
    data = written(folder, "a.csv", rows, setting)
    assert data.startswith(b"\xef\xbb\xbf")
    return data.decode("utf-8-sig")


def events(data: bytes) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(data)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


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
    assert bool(dated([made])) is stands


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


def test_a_calendar_counts_no_further_than_a_calendar_may(tmp_path):
    late = article(published=date(9000, 1, 1))
    told = events(written(tmp_path, "a.ics", (row("e1", told_by=(late,)),)))["e1@rajnay"]
    assert 2**31 - 10_000 < told["sequence"] < 2**31


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


# --- the same files of a report, in its language, with rows and without

LANGUAGES = ("en", "gu", "hi")
VENDOR = Path(__file__).parents[1] / "vendor"
EDTF = re.compile(r"\d{4}-\d{2}|\.\.|/\d{4}|X{2}|\[")
LATIN = re.compile("[A-Za-z]")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("suffix", exports.FORMATS)
def test_an_empty_period_gives_every_file_of_the_same_schema(tmp_path, suffix, lang):
    setting = of_report(lang)
    full, empty = (written(tmp_path, f"{len(r)}{suffix}", r, setting) for r in (ROWS, ()))
    if suffix == ".csv":
        assert empty == full[: full.index(b"\r\n") + 2]
    elif suffix == ".parquet":
        schemas = [pq.read_schema(io.BytesIO(data)) for data in (full, empty)]
        assert schemas[0] == schemas[1]
    elif suffix == ".xlsx":
        heads = [
            [[cell.value for cell in page[1]] for page in openpyxl.load_workbook(io.BytesIO(data))]
            for data in (full, empty)
        ]
        assert heads[0] == heads[1]
    elif suffix == ".ics":
        calendar = icalendar.Calendar.from_ical(empty)
        assert [one.name for one in calendar.subcomponents] == ["VJOURNAL"]
        assert setting.words.text("list.nothing") in str(calendar["x-wr-caldesc"])
    elif suffix == ".json":
        assert json.loads(empty) == []
    else:
        assert json.loads(empty).keys() == json.loads(full).keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_of_a_report_has_its_heads_and_values_in_its_language(tmp_path, lang):
    rows, setting = sample_rows()[:40], of_report(lang)
    heads, *lines = csv.reader(io.StringIO(table(tmp_path, rows, setting), newline=""))
    assert len({*heads}) == len(heads) and len(lines) == len(rows)
    assert {len(line) for line in lines} == {len(heads)}
    assert setting.words.text("field.when" if "field.when" in heads else "field.date") in heads
    shown = [value for line in lines for value in line[:1] + line[3:14]]
    if lang != "en":
        assert not [value for value in (*heads, *shown) if LATIN.search(value)]
    assert not [line[0] for line in lines if EDTF.search(line[0])]
    days = [date.fromisoformat(line[1]) for line in lines if line[1]]
    assert len(days) > 30


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_spreadsheet_is_read_by_openpyxl_with_days_as_days_and_no_formula(tmp_path, lang):
    made = [
        row(f"e{n}", told_by=(article(text=f"{text} met", title=text),), forum=text, source=text)
        for n, text in enumerate(FORMULAS)
    ]
    setting = of_report(lang, "T=1")
    data = written(tmp_path, "a.xlsx", (*made, *ROWS), setting)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page, about = book.worksheets
    lines = list(page.iter_rows())
    assert len(lines) == 1 + len(made) + len(ROWS)
    kinds = {cell.data_type for line in lines for cell in line}
    assert "f" not in kinds and {"s", "d", "n"} <= kinds
    assert lines[1][1].value.date() == date(2025, 8, 21)
    assert page.freeze_panes == "B2" and page.auto_filter.ref
    assert about["A1"].value == "T=1"
    heads, table_lines = tables.sheet((*made, *ROWS), setting)
    assert [cell.value for cell in lines[0]] == heads
    assert len(table_lines[0]) == len(heads)


def test_parquet_is_read_by_duckdb_with_days_as_days_and_lists_as_lists(tmp_path):
    made = row("e0", differences={"place": ("Moscow", "Sochi")}, topics=("trade", "energy"))
    written(tmp_path, "a.parquet", (made, *ROWS))
    found = duckdb.sql(
        "select id, articles, confidence, start, first_day, parties_RU, topics, differences, "
        f"published from '{tmp_path}/a.parquet' order by id"
    ).fetchall()
    day, people = date(2025, 8, 21), ["Sergey Lavrov"]
    assert found[0][:7] == ("e0", 1, 0.9, "2025-08-21", day, people, ["trade", "energy"])
    assert found[0][7] == {"place": ["Moscow", "Sochi"]}
    assert isinstance(found[0][8], date)
    assert found[2][3:5] == (None, None)
    assert len(found) == 6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_calendar_holds_what_has_a_day_and_a_note_of_the_rest(tmp_path, lang):
    setting = of_report(lang, "ભારત")
    data = written(tmp_path, "a.ics", setting=setting)
    found = events(data)
    assert set(found) == {"e1@rajnay", "e5@rajnay"}, "a month is no banner of 28 days"
    assert found["e1@rajnay"].decoded("dtstart") == date(2025, 8, 21)
    assert found["e1@rajnay"].decoded("dtend") == date(2025, 8, 22)
    assert [str(found[one]["status"]) for one in sorted(found)] == ["CONFIRMED", "TENTATIVE"]
    calendar = icalendar.Calendar.from_ical(data)
    said = setting.words.text("export.left_out", count=3)
    (note,) = calendar.walk("VJOURNAL")
    assert str(calendar["x-wr-caldesc"]) == said and said in str(note["description"])
    assert setting.when(MONTH.engagement) in str(note["description"])
    assert str(calendar["x-wr-calname"]) == str(calendar["name"]) == "ભારત"
    assert str(found["e1@rajnay"]["summary"]) == setting.headline(ROWS[0])
    kinds = [str(one) for one in found["e1@rajnay"]["categories"].cats]
    assert kinds[0] == setting.words.text("kind.meeting")
    shown = [
        str(one["summary"]) + " ".join(map(str, one["categories"].cats)) for one in found.values()
    ]
    assert lang == "en" or not LATIN.search(" ".join(shown))
    assert exports.write(ROWS, tmp_path / "a.ics") == (
        "a.ics: 3 of 5 engagements have no full date and are left out",
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slides_hold_what_has_a_day_under_a_title_with_texts_escaped(tmp_path, lang):
    hostile = article(text="<img src=x onerror=alert(1)>", url='https://example.org/?"><b>')
    made = row("e1", told_by=(hostile,), evidence=whole(hostile))
    setting = of_report(lang, "<b>T</b>")
    slides = json.loads(written(tmp_path, "a.timeline.json", (made, PLANNED, UNDATED), setting))
    assert slides["title"]["text"]["headline"] == "&lt;b&gt;T&lt;/b&gt;"
    assert setting.words.text("export.left_out", count=1) in slides["title"]["text"]["text"]
    first, second = slides["events"]
    assert first["unique_id"] == "e1"
    assert first["start_date"] == {"year": 2025, "month": 8, "day": 21}
    assert not EDTF.search(first["display_date"] + second["display_date"])
    assert second["display_date"] == setting.when(PLANNED.engagement)
    tags = set(re.findall(r"<(\w+)", first["text"]["text"] + first["text"]["headline"]))
    assert tags <= {"p", "a"}


@pytest.fixture
def loaded(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser, to load a program of somebody else into."""
    page = browser.new_page()
    page.set_content("<html><body><div id='timeline' style='height: 500px'></div></body></html>")
    yield page
    page.close()


@pytest.mark.parametrize("rows", [ROWS, ()], ids=["rows", "none"])
def test_a_calendar_is_read_by_ical_js(tmp_path, loaded, rows):
    setting = of_report("gu")
    loaded.add_script_tag(path=VENDOR / "ical.js")
    told = loaded.evaluate(
        """text => {
            const calendar = new ICAL.Component(ICAL.parse(text));
            return calendar.getAllSubcomponents("vevent").map(one => new ICAL.Event(one))
                .map(one => [one.uid, one.summary, one.startDate.toString(), one.startDate.isDate]);
        }""",
        written(tmp_path, "a.ics", rows, setting).decode(),
    )
    wanted = [
        [f"{one.id}@rajnay", setting.headline(one), first.isoformat(), True]
        for one, first, _ in dated(rows)
    ]
    assert told == wanted


@pytest.mark.parametrize("rows", [sample_rows(), ()], ids=["rows", "none"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_slides_are_shown_by_timeline_js(tmp_path, loaded, rows, lang):
    setting = of_report(lang, "શીર્ષક")
    heard: list[str] = []
    loaded.on("pageerror", lambda error: heard.append(str(error)))
    loaded.route("**/*", lambda route: route.abort())  # it asks its maker's host for its words
    loaded.add_script_tag(path=VENDOR / "timeline.js")
    slides = json.loads(written(tmp_path, "a.timeline.json", rows, setting))
    loaded.evaluate("slides => { window.shown = new TL.Timeline('timeline', slides); }", slides)
    loaded.wait_for_selector(".tl-slide .tl-headline")
    assert loaded.inner_text(".tl-slide .tl-headline") == "શીર્ષક"
    assert loaded.locator(".tl-timemarker").count() == len(slides["events"])
    assert [one for one in heard if "fetch" not in one] == []
    shown = loaded.locator(".tl-timemarker").all_inner_texts()
    wanted = [" ".join(slide["text"]["headline"].split()) for slide in slides["events"]]
    assert sorted(" ".join(one.split()) for one in shown) == sorted(wanted)


def test_linked_data_is_read_by_rdflib_and_holds_no_null(tmp_path):
    made = row("e9", country="RU", place=None)
    text = written(tmp_path, "a.jsonld", (*ROWS, made)).decode()
    assert "null" not in text and '""' not in text and "[]" not in text
    data = json.loads(text) | {"@context": {"@vocab": "https://schema.org/"}}  # as that page has it
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    found = set(graph.subjects(rdflib.RDF.type, schema.Event))
    assert {str(one) for one in found} == {f"urn:rajnay:{one.id}" for one in (*ROWS, made)}
    assert all(graph.value(one, schema.name) for one in found)
    assert len(set(graph.objects(None, schema.startDate))) == 3
