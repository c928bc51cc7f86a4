"""Reports and exports say what was decided by hand, in every language."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.report.test_page import LANGUAGES, issue
from tests.samples import row

from rajnay.knowledge.store import load_knowledge
from rajnay.models import ByHand, Row
from rajnay.report import page
from rajnay.report.proof import proven
from rajnay.review.decisions import FIELDS, corrected
from rajnay.timeline import exports

DAY = date(2026, 11, 30)


def decided(told: Row, *marks: tuple[str, tuple[str, ...]]) -> Row:
    return replace(told, by_hand=tuple(ByHand(*mark, "A reader", DAY, "=why") for mark in marks))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_says_what_was_decided_and_when(lang: str) -> None:
    plain = issue((row(),), lang)
    assert "by-hand" not in page.register(plain).body
    fields = (*FIELDS, "parties_IN", "parties_RU")
    marks = [(action, ()) for action in ("accept", "add", "merge", "split")]
    told = issue((decided(row(), *marks, ("correct", fields)),), lang)
    body = page.register(told).body
    assert body.count('class="by-hand"') == 5
    assert body.count(told.words.day(DAY)) == 5
    for name in ("field.place", "field.date", "field.announced_by"):
        assert told.words.text(name) in body
    assert "A reader" not in body


def test_what_was_set_by_hand_stands_without_words_that_prove_it() -> None:
    told = row()
    moved = replace(told, engagement=corrected(told.engagement, {"place": "Sochi"}))
    assert "place" not in moved.engagement.spans
    reference = load_knowledge().reference
    places = [
        proven([one], [], reference)[0].engagement.place
        for one in (moved, decided(moved, ("correct", ("place",))), decided(moved, ("accept", ())))
    ]
    assert places == [None, "Sochi", "Sochi"]


def test_exports_tell_it(tmp_path: Path) -> None:
    told = (decided(row(), ("correct", ("place",))), row("e2"))
    exports.write(told, tmp_path / "out.json")
    exports.write(told, tmp_path / "out.csv")
    first, second = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert first["by_hand"] == [
        {
            "action": "correct",
            "fields": ["place"],
            "who": "A reader",
            "when": "2026-11-30",
            "why": "=why",
        }
    ]
    assert second["by_hand"] == []
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert ",correct," in lines[1] and "by_hand" in lines[0]
