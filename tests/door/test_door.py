"""The front door: what it shows of itself, what it reads, its tables, how its objects look, and
five lines in a fresh notebook of a real JupyterLab.
"""

from __future__ import annotations

import functools
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser
from tests.lab_server import Lab, run_all, serving
from tests.samples import TEXT, article, engagement, extraction, row

import rajnay as rj
from rajnay.base import paths
from rajnay.door.events import Event, Timeline
from rajnay.door.reading import Articles, Extractions
from rajnay.door.shown import LINES, UNREAD
from rajnay.knowledge.store import load_knowledge
from rajnay.models import KINDS, STATUSES, Extraction
from rajnay.report.build import Outcome, ReportError

DOOR = ["check", "corpus", "read", "report", "score"]
EVIL = '<script>alert("x")</script><b>'
SCREEN = 120_000  # characters, fonts included


def timeline(*rows: object, **changes: object) -> Timeline:
    told = Extractions((extraction(),), ("IN", "RU"))
    made = {"pair": ("IN", "RU"), "knowledge": load_knowledge(), "extractions": told}
    return Timeline(**{**made, "rows": tuple(rows), **changes})


@pytest.fixture(scope="module")
def corpus() -> Timeline:
    return rj.corpus()


# --- what it shows of itself


def test_importing_it_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import rajnay; "
        "new = {name for name in set(sys.modules) - before if name != 'rajnay'}; "
        "sys.exit(str(new - set(sys.stdlib_module_names)) if "
        "{name.partition('.')[0] for name in new} - set(sys.stdlib_module_names) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_shows_its_functions_and_no_internals() -> None:
    assert dir(rj) == sorted([*DOOR, "__version__"])
    assert all(callable(getattr(rj, name)) for name in DOOR)
    assert re.fullmatch(r"\d+\.\d+\.\d+", rj.__version__)
    with pytest.raises(AttributeError, match="'nothing'"):
        rj.nothing  # noqa: B018


def test_module_is_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rajnay", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"rajnay {rj.__version__}\n")


def test_report_builds_by_name_and_says_which_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []

    def build(names: tuple[str, ...], **options: bool) -> Outcome:
        built.append((names, options))
        failures = ("broken: no such notebook",) if "broken" in names else ()
        return Outcome(failures, ("a.json: the file is empty",) if "unread" in names else ())

    monkeypatch.setattr("rajnay.report.build.build", build)
    assert rj.report("a", pdf=True) == [paths.REPORTS / "a.html", paths.REPORTS / "a.pdf"]
    assert built == [(("a",), {"pdf": True, "force": False})]
    assert paths.REPORTS / "year-2025-en.html" in rj.report()
    with pytest.raises(ReportError, match="no such notebook"):
        rj.report("broken")
    with pytest.warns(UserWarning, match=r"a\.json: the file is empty"):
        assert rj.report("unread") == [paths.REPORTS / "unread.html"]


# --- what it reads


def test_folder_file_text_and_several_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.json").write_text("[", encoding="utf-8")
    folder = rj.read(tmp_path, lang="gu", published="2025-08-22")
    assert [(one.id, one.published) for one in folder] == [("a", date(2025, 8, 22))]
    assert len(folder.unread) == 1 and "b.json" in folder.unread[0]
    text = rj.read(TEXT, lang="gu", published=date(2025, 8, 22))
    assert (text["text"].text, text[0].lang) == (TEXT, "gu")
    several = rj.read([tmp_path / "a.txt", str(tmp_path / "b.json"), TEXT], lang="gu")
    assert [one.id for one in several] == ["a", "text"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"source": "no such file.txt"}, "no such file; check the path"),
        ({"source": TEXT, "lang": "xx"}, "language 'xx' has no pack"),
        ({"source": TEXT, "lang": "gu", "published": "22.8.2025"}, "write YYYY-MM-DD"),
        ({"source": "half \ud800 a letter", "lang": "gu"}, "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told(arguments: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rj.read(**arguments)


def test_from_a_text_to_its_timeline() -> None:
    told = rj.read(TEXT, lang="gu", published="2025-08-22").extract("in-ru")
    (event,) = told.timeline()
    assert (event.engagement.start, event.engagement.place) == ("2025-08-21", "Moscow")
    assert "status held" in str(told.explain()) and repr(told.explain()) == "<Reasons: text>"
    assert set(told.mentions()["kind"]) >= {"person", "place", "date"}
    with pytest.raises(ValueError, match="'IN-XX' is not two countries"):
        rj.read(TEXT, lang="gu").extract("IN-XX")


def test_fault_in_one_article_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(one: object, *_: object) -> Extraction:
        if one is bad:
            raise RuntimeError("no way")
        return extraction()

    bad = article(id="bad")
    monkeypatch.setattr("rajnay.timeline.draw.extract", extract)
    monkeypatch.setattr(paths, "CACHE", None)
    told = Articles((bad, article())).extract()
    assert (len(told), len(told.timeline())) == (1, 1)
    assert told.unread[0].startswith("bad: a fault of rajnay") and "no way" in told.unread[0]


def test_corpus_is_read_again_only_when_an_article_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ARTICLES", tmp_path)
    (tmp_path / "a.md").write_text(f"---\nlang: gu\n---\n{TEXT}", encoding="utf-8")
    first = rj.corpus()
    assert rj.corpus() is first and len(first.extractions) == 1
    (tmp_path / "b.md").write_text(f"---\nlang: gu\n---\n{TEXT}", encoding="utf-8")
    assert len(rj.corpus().extractions) == 2


# --- the tables it gives

FRAMES: dict[str, Callable[[Timeline], pd.DataFrame]] = {
    "events": Timeline.frame,
    "people": Timeline.people,
    "tellings": Timeline.tellings,
    "articles": lambda one: Articles(tuple(x.article for x in one.extractions)).frame(),
    "yields": lambda one: one.extractions.articles(),
    "engagements": lambda one: one.extractions.frame(),
    "mentions": lambda one: one.extractions.mentions(),
    "unresolved": lambda one: one.extractions.unresolved(),
}


@pytest.mark.parametrize("name", FRAMES)
def test_tables_have_the_same_types_with_and_without_rows(name: str, corpus: Timeline) -> None:
    none = timeline(extractions=Extractions((), ("IN", "RU")))
    full, empty = FRAMES[name](corpus), FRAMES[name](none)
    assert len(full) and not len(empty)
    assert full.dtypes.map(lambda one: one.name).equals(empty.dtypes.map(lambda one: one.name))


def test_events_are_sorted_by_day_and_say_how_surely(corpus: Timeline) -> None:
    frame = corpus.frame()
    assert list(frame["id"]) == [event.id for event in corpus]
    dated = frame["first_day"].dropna()
    assert dated.is_monotonic_increasing and frame["first_day"].iloc[len(dated) :].isna().all()
    assert set(frame["kind"].cat.categories) == set(KINDS)
    assert list(frame["status"].cat.categories) == list(STATUSES) and frame["status"].cat.ordered
    unknown = frame["certainty"].isin(["yearless", "none"])
    assert (frame["first_day"].isna() == unknown).all() and unknown.any()
    assert frame["parties_IN"].map(type).eq(list).all() and frame["topics"].map(type).eq(list).all()
    cells = [cell for name in frame for cell in frame[name]]
    assert not [cell for cell in cells if cell is None or cell in ("None", "nan", "")]


def test_people_are_in_a_long_table_with_their_offices() -> None:
    frame = timeline(row(parties={"IN": ("S. Jaishankar",), "RU": ("Sergey Lavrov", "X Y")}))
    people = frame.people()
    assert people[["side", "name"]].to_numpy().tolist() == [
        ["IN", "S. Jaishankar"],
        ["RU", "Sergey Lavrov"],
        ["RU", "X Y"],
    ]
    assert people["offices"].tolist() == [["Foreign Minister"], ["Foreign Minister"], []]


def test_tellings_prove_themselves(corpus: Timeline) -> None:
    frame = corpus.tellings()
    assert len(frame) == sum(len(event.row.testimonies) for event in corpus)
    texts = {one.article.id: one.article.text for one in corpus.extractions}
    for line in frame.to_dict("records"):
        where = slice(line["evidence_start"], line["evidence_end"])
        assert texts[line["article"]][where] == line["evidence"]


# --- what is narrowed, looked into and written


def test_period_and_person_narrow() -> None:
    days = {"a": "2025-08-21", "b": "2025-09", "c": "--08-21", "d": "2026"}
    rows = [row(name, start=day, end=day, edtf=day) for name, day in days.items()]
    rows[1] = row("b", start="2025-09", end="2025-09", parties={"IN": ("Ajit Doval",), "RU": ()})
    whole = timeline(*rows)
    kept = {
        (start, end): [one.id for one in whole.between(start, end)]
        for start, end in [("", ""), ("2025-09-30", "2026"), (date(2025, 8, 21), "2025-08")]
    }
    assert list(kept.values()) == [["a", "b", "d"], ["b", "d"], ["a"]]
    assert [one.id for one in whole.involving("doval")] == ["b"]
    assert [one.id for one in whole.involving("LAVROV Sergey")] == ["a", "c", "d"]
    assert len(whole.involving("Dov")) == 0
    with pytest.raises(ValueError, match="2025-13"):
        whole.between("2025-13")


def test_a_period_that_moves_counts_from_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1757000000")  # 2025-09-04
    whole = timeline(
        *(row(day, start=day, end=day, edtf=day) for day in ("2025-08-21", "2025-10-02"))
    )
    assert [one.id for one in whole.between("last-month", "this-week")] == ["2025-08-21"]


def test_things_are_taken_by_place_and_by_name() -> None:
    whole = timeline(row("e1"), row("e2"))
    assert whole["e2"].id == whole[-1].id == "e2" and len(whole[:1]) == 1
    with pytest.raises(KeyError, match="no event 'e3': there is e1, e2"):
        whole["e3"]
    with pytest.raises(IndexError, match="no event 2: there are 2"):
        whole[2]


def test_formats_are_written_by_suffix(tmp_path: Path) -> None:
    whole = timeline(row(), row("e2", start=None, end=None, edtf=None))
    assert whole.to(tmp_path / "a.csv").read_text(encoding="utf-8").count("\n") == 3
    assert b"Moscow" in whole.to(str(tmp_path / "a.geojson")).read_bytes()
    with pytest.warns(UserWarning, match="1 of 2 engagements have no full date"):
        whole.to(tmp_path / "a.ics")
    with pytest.raises(ValueError, match="no format goes by this suffix"):
        whole.to(tmp_path / "a.xyz")


# --- how it looks


@functools.cache
def shown() -> dict[str, object]:
    evil = article(title=EVIL, publisher=EVIL, id=EVIL, text=f"{EVIL} {TEXT * 200}", url=EVIL)
    told = Extractions(tuple(Extraction(evil, (engagement(),)) for _ in range(30)), ("IN", "RU"))
    unread = tuple(f"{number}.txt: {EVIL}" for number in range(30))
    rows = [row(f"e{number}", told_by=(evil,) * 9, place=EVIL) for number in range(30)]
    whole = timeline(*rows, extractions=told, unread=unread)
    return {
        "articles": Articles((evil,) * 30, unread),
        "extractions": Extractions(told.items, told.pair, unread),
        "timeline": whole,
        "event": whole[0],
        "nothing": timeline(extractions=Extractions((), ("IN", "RU"))),
        "score": rj.score(paths.LABELLED),
    }


@pytest.mark.parametrize(
    "name", ["articles", "extractions", "timeline", "event", "nothing", "score"]
)
def test_objects_show_themselves_on_one_screen(name: str) -> None:
    one = shown()[name]
    html = one._repr_html_()  # type: ignore[attr-defined]
    assert len(html) < SCREEN and len(repr(one)) < 250 and "\n" not in repr(one)
    assert html.count("<tr>") <= 1 + LINES and html.count("<li>") <= 1 + UNREAD
    assert "<script" not in html and "<b>" not in html and ">None<" not in html
    assert "<tbody></tbody>" not in html


def test_what_is_left_out_is_counted() -> None:
    html = shown()["timeline"]._repr_html_()  # type: ignore[attr-defined]
    assert "and 22 more: .frame()" in html and "and 26 more: .unread" in html
    assert "and 5 more: .tellings()" in shown()["event"]._repr_html_()  # type: ignore[attr-defined]


def test_script_of_an_article_comes_with_its_font() -> None:
    event = Event(row(), timeline(row()))
    assert event._repr_html_().count("@font-face") == 1
    assert "@font-face" not in timeline(row())._repr_html_()


# --- a real JupyterLab


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    with serving(tmp_path_factory.mktemp("lab")) as running:
        yield running


FIVE_LINES = [
    "import rajnay as rj",
    f'timeline = rj.read("{paths.ARTICLES}").extract(pair="IN-RU").timeline()',
    "timeline",
    "timeline.frame()",
    'timeline.involving("Lavrov")[0]',
]


def test_five_lines_of_a_fresh_notebook(lab: Lab, browser: Browser, corpus: Timeline) -> None:
    page = lab.open(browser, "fresh.ipynb", [*FIVE_LINES, ""])
    run_all(page)
    cells = page.locator(".jp-Notebook .jp-Cell")
    outputs = [cells.nth(number).locator(".jp-OutputArea-output") for number in range(5)]
    outputs[4].locator("blockquote").first.wait_for()

    assert f"{len(corpus):,} events" in outputs[2].inner_text()
    assert outputs[2].locator("tbody tr").count() == LINES
    days = outputs[3].locator("tbody tr td:nth-of-type(2)").all_inner_texts()
    known = [day for day in days if day[:1].isdigit()]
    assert len(known) > 3 and known == sorted(known)
    event = corpus.involving("Lavrov")[0]
    words = event.row.testimonies[0]
    quoted = outputs[4].locator("blockquote").first
    assert quoted.locator("mark").count() > 0
    assert words.engagement.evidence.of(words.article.text).split()[0] in quoted.inner_text()
    # The font came with it.
    families = quoted.evaluate(
        "node => [...document.fonts].filter(one => one.status == 'loaded').map(one => one.family)"
    )
    assert any("Gujarati" in family for family in families)
    for tall in outputs[2], outputs[4]:
        assert tall.bounding_box()["height"] < 900

    last = cells.nth(5).locator(".cm-content")
    last.click()
    page.keyboard.type("rj.")
    page.keyboard.press("Tab")
    page.locator(".jp-Completer-item").first.wait_for()
    names = page.locator(".jp-Completer-item .jp-Completer-match").all_inner_texts()
    assert sorted(names) == DOOR
    page.close()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: rj.read(TEXT, published="13 aug"), "is not a day"),
        (lambda: rj.read(TEXT, published=20250813).extract(pair=("IN", "RU")), "is not two"),
        (lambda: rj.score(pair="IN-CN"), "these labels are of IN-RU, not of IN-CN"),
        (lambda: timeline().between("2025-09", "2025-08"), "lies before the start"),
        (lambda: timeline().between("9999-12"), "lies beyond the years"),
    ],
)
def test_an_argument_that_cannot_be_used_is_told(ask: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ask()


def test_texts_are_articles_of_their_own_and_a_moment_is_a_day() -> None:
    read = rj.read([TEXT, TEXT], published=datetime(2025, 8, 13, 1))
    assert [(one.id, str(one.published)) for one in read] == [
        ("text", "2025-08-13"),
        ("text-2", "2025-08-13"),
    ]
