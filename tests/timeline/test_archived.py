"""A report of some days needs no more of an archive than is read for it: it says the same as one
made of everything.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.review.test_decisions import decided, engagement

from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Engagement, Extraction
from rajnay.report.choosing import make_issue
from rajnay.review.decisions import Anchor, Decision, Decisions
from rajnay.review.kept import keep
from rajnay.timeline import archived
from rajnay.timeline.archived import around, within
from rajnay.timeline.build import build_timeline
from rajnay.timeline.corpus import Corpus
from rajnay.timeline.nearby import entries_of
from rajnay.timeline.tellings import packed
from rajnay.times.periods import Period, extent

PAIR = ("IN", "RU")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
KNOWN = load_knowledge()
PERIODS = [
    ("2025-08", "2025-08"),
    ("2025-07", "2025-09"),
    ("2025", "2025"),
    ("2025-08-21", "2025-08-21"),
]
# Of every length, some within others and some beside them; the last of each line is far away.
DAYS = [
    ("2025-08-21", "2025-08-22", "2025-07-03", "2025-09-30", "2024-12-31", "2025-03-08"),
    ("2025-08-18..2025-08-24", "2025-07-28..2025-08-03", "2025-09-29..2025-10-05"),
    ("2025-08", "2025-07", "2025-11", "2024-12"),
    ("2025-07..2025-09", "2025-09..2025-12", "2025-01..2025-03"),
    ("2025", "2024", "2024-10..2025-08", "2025-03-01..2025-12-05"),
    ("2020..2025", "2025..2026", "2024-01-01..2025-09-01"),
    ("--08-21", "--08", "--02-11", ""),
]
SIDES = {
    "IN": [(), ("S. Jaishankar",), ("Narendra Modi",), ("Narendra Modi", "S. Jaishankar")],
    "RU": [(), ("Sergey Lavrov",), ("Vladimir Putin",)],
}


@st.composite
def tellings(draw: Callable[..., Any], at: int) -> Engagement:
    start, two, end = draw(st.sampled_from(draw(st.sampled_from(DAYS)))).partition("..")
    set_of_days = two and len(start) == 10 and draw(st.booleans())
    return engagement(
        at,
        kind=draw(st.sampled_from(["meeting", "visit", "exercise"])),
        start=start or None,
        end=(end if two else start) or None,
        edtf=f"[{start}..{end}]" if set_of_days else start or None,
        place=draw(st.sampled_from(["Moscow", "Sochi", None])),
        country=None,
        status=draw(st.sampled_from(["planned", "held"])),
        parties={side: draw(st.sampled_from(names)) for side, names in SIDES.items()},
        forum=draw(st.sampled_from([None, "SCO"])),
    )


@st.composite
def worlds(draw: Callable[..., Any]) -> list[Extraction]:
    made = []
    for number in range(draw(st.integers(1, 9))):
        when = draw(st.sampled_from([date(2025, 8, 22), date(2025, 7, 1), date(2026, 2, 1), None]))
        # Words of its own, or it would be a wire copy of the others.
        text = "".join(f"{f'n{number} says {at} {number**5}':<18}. " for at in range(3))
        article = Article(f"n{number}", text, "en", when, publisher=f"n{number}")
        told = [draw(tellings(at)) for at in range(draw(st.integers(0, 3)))]
        made.append(Extraction(article, tuple(told)))
    return made


def fill(archive: Archive, told: Sequence[Extraction], *made: Decision) -> None:
    for one in told:
        archive.file(one.article, b"", seen=NOW)
        with archive.together():
            archive.tellings.put(
                one.article.id, "IN-RU", KNOWN.fingerprint, packed(one), entries_of(one)
            )
    keep(archive, made)


def said(corpus: Corpus, start: str, end: str) -> tuple[Any, ...]:
    issue = make_issue(corpus, lang="en", start=start, end=end)
    chosen = (issue.rows, issue.later, issue.undated, issue.untold)
    return *chosen, issue.day, [one.article.id for one in issue.extractions], issue.elsewhere


@given(st.data())
@settings(max_examples=50)
def test_a_part_says_the_same_as_the_whole(data: st.DataObject) -> None:
    told = data.draw(worlds())
    start, end = data.draw(st.sampled_from(PERIODS))
    made = data.draw(decided(told))
    rows = build_timeline(told, None, Decisions.holding(made, PAIR, {}))
    near = data.draw(st.integers(0, len(told)))
    whole = Corpus(PAIR, KNOWN, sorted(told, key=lambda one: one.article.id), rows)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ARCHIVE", Path(folder) / "archive.sqlite")
        with Archive.open(write=True) as archive:
            fill(archive, told[near:], *made)
        faults: list[ValueError] = []
        days = Period(*_ends(start, end))
        part = within(told[:near], PAIR, KNOWN, days, faults.append)
    assert not faults
    small = Corpus(PAIR, KNOWN, part.extractions, part.rows, (), part.elsewhere)
    assert said(small, start, end) == said(whole, start, end)


def test_what_a_decision_moves_into_the_days_is_told_though_only_its_id_was_asked_for() -> None:
    nobody, putin = {"IN": (), "RU": ()}, {"IN": (), "RU": ("Vladimir Putin",)}
    new = engagement(0, parties=nobody, place="Moscow", country=None)
    old = engagement(1, start="2024-12-31", parties=putin, place=None, country=None)
    alike = engagement(0, start="2024-12-31", parties=putin, place="Moscow", country=None)
    told = [
        Extraction(Article(name, f"{name} says 0 it    . {name} says 1 it    . ", "en"), many)
        for name, many in (("n0", (new, old)), ("n2", (alike,)))
    ]
    text = told[0].article.text
    moved, kept = Anchor("n0", new, new.evidence.of(text)), Anchor("n0", old, old.evidence.of(text))
    sure = replace(kept, engagement=replace(old, confidence=0.99))
    made = (
        Decision("accept", PAIR, (kept,), "A reader", NOW),
        Decision("merge", PAIR, (sure, moved), "A reader", NOW),
        Decision("correct", PAIR, (moved, sure), "A reader", NOW, changes={"date": "2025-08-30"}),
    )
    whole = build_timeline(told, None, Decisions.holding(made, PAIR, {}))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ARCHIVE", Path(folder) / "archive.sqlite")
        with Archive.open(write=True) as archive:
            fill(archive, told, *made)
        part = within((), PAIR, KNOWN, Period(*_ends("2025-08", "2025-08")), _raise)
    assert len(whole) == 2
    assert [row.id for row in part.rows] == [row.id for row in whole]


def test_what_joins_a_row_that_was_read_is_not_counted_as_left_out() -> None:
    plan = {"kind": "visit", "status": "planned", "parties": {"IN": (), "RU": ("Sergey Lavrov",)}}
    plan |= {"start": "--08-21", "country": None}
    now, later = date(2025, 8, 22), date(2026, 2, 1)
    told = [
        Extraction(Article(name, f"{name} says this. {name} says more. ", "en", when), many)
        for name, when, many in (
            ("n3", now, (engagement(0, parties={"IN": (), "RU": ()}), engagement(1, **plan))),
            ("n6", later, (engagement(0, **plan),)),
        )
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ARCHIVE", Path(folder) / "archive.sqlite")
        with Archive.open(write=True) as archive:
            fill(archive, told)
        part = within((), PAIR, KNOWN, Period(*_ends("2025", "2025")), _raise)
    assert [len(row.testimonies) for row in part.rows] == [1, 2]
    assert part.elsewhere == 0


def _ends(start: str, end: str) -> tuple[date, date]:
    from rajnay.times.periods import resolve_period

    return resolve_period(start, NOW.date()).first, resolve_period(end, NOW.date()).last


@given(st.data())
@settings(max_examples=30)
def test_the_events_of_new_articles_are_whole(data: st.DataObject) -> None:
    told = data.draw(worlds())
    known = {one.article.id for one in told if data.draw(st.booleans())}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ARCHIVE", Path(folder) / "archive.sqlite")
        with Archive.open(write=True) as archive:
            fill(archive, told)
        part = around((), PAIR, KNOWN, known, date(2025, 8, 1), _raise)
    rows = [
        row
        for row in build_timeline(told)
        if any(one.article.id not in known and is_news(one.engagement) for one in row.testimonies)
    ]
    assert [row for row in part.rows if row in rows] == rows


def is_news(one: Engagement) -> bool:
    """Say whether an article of August 2025 does not only recall it."""
    days = extent(one).period
    return days is None or days.days <= 7 or days.last >= date(2025, 5, 1)


def test_what_is_far_away_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ARCHIVE", tmp_path / "archive.sqlite")
    told = []
    for number in range(60):
        day = date(1990 + number // 2, 8, 1 + number % 2).isoformat()
        article = Article(
            f"n{number}", f"Story {number**7} of {number**5}.", "en", date.fromisoformat(day)
        )
        told.append(Extraction(article, (engagement(0, start=day, end=day, edtf=day),)))
    told = [
        replace(
            one,
            engagements=tuple(
                replace(each, evidence=each.evidence._replace(end=5)) for each in one.engagements
            ),
        )
        for one in told
    ]
    with Archive.open(write=True) as archive:
        fill(archive, told)
    read = []
    kept = archived.draw_kept

    def counting(archive: Archive, articles: Any, *others: Any) -> Any:
        read.extend(one.id for one in articles)
        return kept(archive, articles, *others)

    monkeypatch.setattr(archived, "draw_kept", counting)
    part = within((), PAIR, KNOWN, Period(*_ends("2000-08", "2000-08")), _raise)
    assert sorted(read) == ["n20", "n21", "n59"]  # the newest too: from it a report looks back
    assert len(part.rows) == 2


def _raise(error: ValueError) -> None:
    raise error
