"""The reader's desk: its queue, what each line and button decides, and the notebook in a real
JupyterLab.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests import samples
from tests.lab_server import run_all, serving

import rajnay as rj
from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.knowledge.store import load_knowledge
from rajnay.lab import queue
from rajnay.lab.desk import EMPTY, Desk
from rajnay.lab.desk_controls import controls
from rajnay.models import Article, Engagement, Extraction
from rajnay.report import page as pages
from rajnay.report.changes import fingerprint
from rajnay.report.choosing import make_issue
from rajnay.report.runs import Run
from rajnay.review.kept import every
from rajnay.timeline.build import build_timeline
from rajnay.timeline.corpus import Corpus

PAIR = ("IN", "RU")


def told(name: str, **changes: Any) -> Extraction:
    article = samples.article(id=name, publisher=name)
    return Extraction(article, (samples.engagement(**changes),))


TOLD = [
    told("a", confidence=0.5),
    told("b", confidence=0.5, place="Sochi"),
    told("c", confidence=0.9, start="2025-10-01", end="2025-10-01", edtf="2025-10-01"),
    told("d", confidence=0.3, kind="call", start="2025-09-01", end="2025-09-01"),
    told("e", confidence=0.9, status="planned", kind="visit", start="2025-09-10", end="2025-09-10"),
    Extraction(Article("later", "Nothing.", "en", date(2025, 12, 1))),
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(paths, "ARCHIVE", tmp_path / "archive.sqlite")
    return Desk(Corpus(PAIR, load_knowledge(), TOLD, build_timeline(TOLD)), who="A reader")


def made(desk: Desk) -> list[str]:
    return [str(one).rpartition(" (")[0] for one in desk_decisions()]


def desk_decisions() -> list[Any]:
    with Archive.open() as archive:
        return every(archive)


def test_who_is_most_in_need_comes_first(desk: Desk) -> None:
    queued = [(one.why, one.row.engagement.kind) for one in desk.items]
    assert queued == [
        (("unsure",), "call"),
        (("conflict",), "meeting"),
        (("unconfirmed",), "visit"),
    ]
    for only in queue.WHY:
        one = Desk(desk.corpus, only=only)
        assert [item.why for item in one.items] == [(only,)]
    with pytest.raises(ValueError, match="'odd' is none of unsure"):
        Desk(desk.corpus, only="odd")


def test_looking_writes_nothing(desk: Desk) -> None:
    desk.say("n")
    desk.say("p")
    assert "Jaishankar" in desk.show() and "the whole article" in desk.show()
    assert desk.made().empty
    assert not paths.ARCHIVE.exists()


@pytest.mark.parametrize(
    ("line", "decided"),
    [
        ("a", "accept"),
        ("r", "reject"),
        ("c place Nizhny Novgorod", "correct place: Nizhny Novgorod"),
        ("c date 2025-08-21..2025-08-22", "correct date: 2025-08-21..2025-08-22"),
        ("c topics 'trade; energy'", "correct topics: trade; energy"),
        (
            "c parties_IN 'S. Jaishankar; Ajit Doval'",
            "correct parties_IN: S. Jaishankar; Ajit Doval",
        ),
    ],
)
def test_a_line_decides(desk: Desk, line: str, decided: str) -> None:
    first = desk.row.id
    desk.why = "it is plain"
    desk.say(line)
    assert desk.note.startswith(f"Kept: {decided} (A reader")
    assert made(desk) == [decided]
    assert desk_decisions()[0].why == "it is plain" and desk.why == ""
    assert first not in [one.row.id for one in desk.items] or line.startswith("c date")
    desk.say("u")
    assert desk.note.startswith("Undone: ")
    assert desk.row.id == first and len(desk.items) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "type a accept"),
        ("x", "type a accept"),
        ("c", "type a accept"),
        ("c colour red", "no field 'colour'"),
        ("c date soon", "write 2025-08-21"),
        ("c country XX", "'XX' is none of"),
        ("m e0", "no other event 'e0'"),
        ("s 1", "some of the tellings 1 to 1"),
        ("s one", "invalid literal"),
        ("u", "nothing was decided here"),
        ("c place 'Sochi", "No closing quotation"),
    ],
)
def test_a_line_that_cannot_be_done_says_why_and_keeps_nothing(
    desk: Desk, line: str, said: str
) -> None:
    desk.say(line)
    assert desk.note.startswith("Not done: ") and said in desk.note
    assert not paths.ARCHIVE.exists()


def test_tellings_are_split_off_and_events_merged(desk: Desk) -> None:
    desk.say("n")
    assert len(desk.row.testimonies) == 2
    rows = len(desk.rows)
    desk.say("s 2")
    assert len(desk.rows) == rows + 1
    one, other = [row for row in desk.rows.values() if row.by_hand]
    desk.say("u")
    assert len(desk.rows) == rows
    desk.at = 0
    desk.say(f"m {desk.others()[0][1]}")
    assert len(desk.rows) == rows - 1
    assert one.id != other.id


def test_what_was_missed_is_put_in(desk: Desk) -> None:
    rows = len(desk.rows)
    desk.add("c", "બંને પક્ષ સંતુષ્ટ છે", kind="agreement", date="2025-08-21", parties_RU="Sergey Lavrov")
    (row,) = (row for row in desk.rows.values() if row.engagement.kind == "agreement")
    assert len(desk.rows) == rows + 1
    assert row.engagement.parties == {"IN": (), "RU": ("Sergey Lavrov",)}
    for article, words in (("none", "x"), ("c", "not there"), ("c", "")):
        with pytest.raises(ValueError, match=r"no article|do not stand"):
            desk.add(article, words)


def test_an_empty_queue_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ARCHIVE", tmp_path / "none")
    empty = Desk(Corpus(PAIR, load_knowledge(), (), ()))
    empty.say("n")
    assert EMPTY in empty.show() and empty.counts().empty and empty.others() == []
    empty.say("a")
    assert empty.note == f"Not done: {EMPTY}"


def test_an_archive_that_cannot_be_written_is_named(desk: Desk) -> None:
    paths.ARCHIVE.write_bytes(b"no archive " * 100)
    desk.say("a")
    assert desk.note.startswith("Not done: ") and "is no archive" in desk.note


def test_what_articles_say_is_never_run(desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    article = replace(TOLD[0].article, id="x", publisher=evil, text=samples.TEXT + evil)
    engagement: Engagement = replace(TOLD[0].engagements[0], place=evil)
    one = [Extraction(article, (engagement,))]
    shown = Desk(Corpus(PAIR, load_knowledge(), one, build_timeline(one))).show()
    assert "<script" not in shown and "&lt;script&gt;" in shown


def test_buttons_decide_like_lines(desk: Desk) -> None:
    line, *boxes, below, folded = controls(desk).children
    buttons = {
        each.description: each for box in boxes for each in box.children if hasattr(each, "click")
    }
    line.value = "c place Sochi"
    assert line.value == "" and "Kept: correct place: Sochi" in below.value
    buttons["Reject (r)"].click()
    assert "Kept: reject" in below.value
    buttons["Undo (u)"].click()
    buttons["Split off (s)"].click()
    assert "Not done: split off some" in below.value
    text, add = folded.children[0].children
    text.value = "article: c\nwords: સંતુષ્ટ\nkind: agreement\ndate: 2025-08-22\nplace: \n"
    add.click()
    assert "Kept: add" in below.value
    assert [one.action for one in desk_decisions() if not one.undone] == ["correct", "add"]


# --- a real JupyterLab


def test_lab_reader_corrects_rejects_and_splits(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row is corrected by keyboard alone, one rejected and one split by buttons; the timeline
    and the next report change.
    """
    file = tmp_path / "archive.sqlite"
    monkeypatch.setenv("RAJNAY_ARCHIVE", str(file))
    monkeypatch.setattr(paths, "ARCHIVE", file)
    before = rj.corpus()
    run = Run("any", paths.NOTEBOOKS / "04-period-report.ipynb", {})
    state = fingerprint(run)
    with serving(tmp_path) as lab:
        source = (paths.NOTEBOOKS / "06-review.ipynb").read_text(encoding="utf-8")
        source = source.replace('only = \\"\\"', 'only = \\"conflict\\"')
        (lab.folder / "06-review.ipynb").write_text(source, encoding="utf-8")
        page = lab.open(browser, "06-review.ipynb")
        run_all(page)
        line = page.locator("input[placeholder^='a accept']")
        line.scroll_into_view_if_needed()
        line.focus()
        page.keyboard.type("c place Yakutsk")
        page.keyboard.press("Enter")
        noted(page, "Kept: correct place: Yakutsk")
        page.get_by_role("button", name="Reject (r)").click()
        noted(page, "Kept: reject")
        page.locator("input[placeholder='2 3']").fill("2")
        page.get_by_role("button", name="Split off (s)").click()
        noted(page, "Kept: split")
        page.close()
    after = rj.corpus()
    by_action = {one.action: one for one in desk_decisions()}
    assert [*by_action] == ["correct", "reject", "split"]
    assert len(after) == len(before)  # one less, one more
    assert [row.engagement.place for row in after.rows if marks(row) == ["correct"]] == ["Yakutsk"]
    assert len([row for row in after.rows if marks(row) == ["split"]]) == 2
    gone = {(one.article, one.engagement.evidence) for one in by_action["reject"].anchors}
    left = {
        (one.article.id, one.engagement.evidence) for row in after.rows for one in row.testimonies
    }
    assert not gone & left
    assert fingerprint(run) != state
    register = pages.register(make_issue(after, lang="en")).body
    assert len(re.findall("Corrected by hand|Parted by hand", register)) == 3


def marks(row: Any) -> list[str]:
    return [one.action for one in row.by_hand]


def noted(page: Page, said: str) -> None:
    expect(page.locator("[role=status]").filter(has_text=said)).to_be_visible(timeout=60_000)
