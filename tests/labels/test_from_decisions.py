"""Articles in which all was decided by hand become labels, which train takes; no other does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import samples

from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.cli import main
from rajnay.knowledge.store import load_knowledge
from rajnay.labels.from_decisions import NotReady, add_labels, taught
from rajnay.labels.labelled import Labelled, read_labelled, read_splits
from rajnay.labels.training import lessons
from rajnay.models import Article, Engagement, Extraction
from rajnay.review.decisions import Anchor, Decision, Decisions
from rajnay.review.kept import keep

PAIR = ("IN", "RU")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MEETING = samples.engagement()
CALL = replace(MEETING, kind="call", parties={"IN": ("Narendra Modi",), "RU": ()})


def decision(action: str, engagement: Engagement, **more: object) -> Decision:
    words = engagement.evidence.of(samples.TEXT)
    anchor = Anchor("gu-1", engagement, words)
    return Decision(action, PAIR, (anchor,), "A reader", NOW, **more)  # type: ignore[arg-type]


def found(told: Sequence[Engagement], *made: Decision) -> list[dict[str, object] | NotReady]:
    drawn = [Extraction(samples.article(), tuple(told))]
    return [*taught(drawn, Decisions.holding(made, PAIR, {}))]


def test_what_was_decided_is_what_the_label_says() -> None:
    made = [
        decision("correct", MEETING, changes={"place": "Sochi"}),
        decision("reject", CALL),
    ]
    (label,) = found([MEETING, CALL], *made)
    assert isinstance(label, dict)
    (gold,) = label["gold"]  # type: ignore[misc]
    assert (gold["kind"], gold["place"], gold["evidence"]) == ("meeting", "Sochi", samples.SAID)
    assert label["notes"] == "from corrections by A reader (2026-11-30)"
    (label,) = found([], decision("accept", MEETING))
    assert isinstance(label, dict) and len(label["gold"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("action", ["merge", "split"])
def test_an_article_with_anything_undecided_is_none(action: str) -> None:
    for made in ([decision("accept", MEETING)], [decision(action, MEETING)]):
        (fault,) = found([MEETING, replace(CALL, evidence=MEETING.spans["place"][0])], *made)
        assert isinstance(fault, NotReady)
        assert str(fault).startswith("gu-1: no label yet: nothing was decided about «")


def written(folder: Path, *labels: dict[str, object]) -> tuple[list[str], list[str]]:
    faults: list[str] = []
    return list(add_labels(labels, folder, faults.append)), faults


def test_labels_are_read_and_learned_from(tmp_path: Path) -> None:
    (tmp_path / "splits.csv").write_text("id,split,report,hard\na,unread,,\nz,fresh,,\n")
    (label,) = found([MEETING], decision("correct", MEETING, changes={"topics": ["trade"]}))
    assert isinstance(label, dict)
    lines, faults = written(tmp_path, label)
    assert lines == [f"{tmp_path / 'gu' / 'gu-1.json'}: 1 engagements"] and not faults
    assert written(tmp_path, label)[0] == lines
    assert [*read_splits(tmp_path)] == ["a", "gu-1", "z"]
    assert read_splits(tmp_path)["gu-1"].split == "tuned"
    (read,) = read_labelled(tmp_path / "gu")
    assert isinstance(read, Labelled)
    assert read.article == samples.article()
    assert read.gold[0]["topics"] == ["trade"]
    (lesson,) = lessons([read], read_splits(tmp_path), PAIR, load_knowledge())
    assert lesson.gold and not lesson.unread


def test_a_label_of_a_careful_reader_stands(tmp_path: Path) -> None:
    file = tmp_path / "gu" / "gu-1.json"
    file.parent.mkdir()
    file.write_text('{"id": "gu-1", "gold": [], "notes": "read twice"}', encoding="utf-8")
    (label,) = found([MEETING], decision("accept", MEETING))
    assert isinstance(label, dict)
    lines, faults = written(tmp_path, label)
    assert not lines and "stands already" in faults[0]
    assert json.loads(file.read_text(encoding="utf-8"))["gold"] == []


def test_an_id_from_outside_leads_to_no_other_folder(tmp_path: Path) -> None:
    (label,) = found([MEETING], decision("accept", MEETING))
    assert isinstance(label, dict)
    for name in ("../../evil", ".hidden", "a/b"):
        written(tmp_path / "labels", label | {"id": name})
    files = {file.parent for file in tmp_path.rglob("*.json")}
    assert files == {tmp_path / "labels" / "gu"}


def test_the_command_writes_what_is_ready_and_names_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "ARTICLES", tmp_path / "none")
    monkeypatch.setattr(paths, "ARCHIVE", tmp_path / "archive.sqlite")
    (tmp_path / "none").mkdir()
    other = Article("gu-2", f"{samples.TEXT} નરેન્દ્ર મોદીએ ગઈ કાલે પુતિન સાથે ફોન પર વાત કરી.", "gu")
    with Archive.open(write=True) as archive:
        for one in (samples.article(), other):
            archive.file(replace(one, url=None), one.text.encode(), seen=NOW)
        meant = decision("accept", MEETING)
        anchor = replace(meant.anchors[0], article="gu-2")
        keep(archive, [meant, replace(meant, anchors=(anchor,))])
    labels = tmp_path / "labels"
    assert main(["labels", "from-corrections", str(labels)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{labels / 'gu' / 'gu-1.json'}: 1 engagements\n"
    assert "gu-2: no label yet" in said.err
