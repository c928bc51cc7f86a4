"""What was decided by hand holds after packs, tables and the model were really changed: the
articles are read anew, and tell other things.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.knowledge.store import load_knowledge
from rajnay.labels.labelled import read_splits
from rajnay.models import Extraction, Row
from rajnay.review.decisions import Anchor, Decision
from rajnay.review.kept import keep
from rajnay.text.reading import read_articles
from rajnay.timeline.build import build_timeline
from rajnay.timeline.draw import draw

PAIR = ("IN", "RU")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ARTICLES = 24
PLACE = ("Moscow", "Muscovy")
REBUILT = """
import json, rajnay as rj
told = rj.corpus()
rows = [
    [[[one.article.id, *one.engagement.evidence] for one in row.testimonies],
     row.engagement.place, row.engagement.start, bool(row.by_hand)]
    for row in told.rows
]
drawn = {one.article.id: [str(each) for each in one.engagements] for one in told.extractions}
print(json.dumps({"rows": rows, "drawn": drawn, "unread": told.unread}))
"""


def changed_data(folder: Path) -> None:
    """Copy the data, and change a pack, a table and the model."""
    left_out = shutil.ignore_patterns("fonts", "articles", "labelled")
    shutil.copytree(paths.DATA, folder, ignore=left_out)
    (folder / "articles").mkdir()
    (folder / "articles" / "other.md").write_text("---\nlang: gu\n---\nએક લેખ.\n", encoding="utf-8")
    topics = folder / "languages" / "gu" / "topics.yaml"
    lines = topics.read_text(encoding="utf-8").splitlines(keepends=True)
    topics.write_text("".join(line for line in lines if "  energy:" not in line), encoding="utf-8")
    for table in folder.rglob("*.csv"):  # a place goes by another name of record
        text = table.read_text(encoding="utf-8")
        if PLACE[0] in text and table.name != "zones.csv":
            table.write_text(text.replace(*PLACE), encoding="utf-8")
    model = folder / "model" / "choosers.json"
    found = json.loads(model.read_text(encoding="utf-8"))
    for question in ("date", "sure"):
        weights = found["weights"][question]
        found["weights"][question] = {name: -value for name, value in weights.items()}
    model.write_text(json.dumps(found), encoding="utf-8")


def decisions_about(rows: Sequence[Row]) -> dict[str, Decision]:
    """Return one decision of each kind about rows of their own."""
    dated = [row for row in rows if row.engagement.start and row.engagement.kind == "meeting"]
    alone = [row for row in dated if len(row.testimonies) == 1]
    wrong, right, one, other = alone[:4]
    anchors = {
        "reject": wrong.testimonies,
        "correct": right.testimonies,
        "merge": (*one.testimonies, *other.testimonies),
    }
    made = {
        action: Decision(action, PAIR, tuple(map(Anchor.of, told)), "A reader", NOW)
        for action, told in anchors.items()
    }
    made["correct"] = replace(made["correct"], changes={"place": "Elsewhere"})
    return made


def words_of(decision: Decision) -> list[list[Any]]:
    return [[one.article, *one.engagement.evidence] for one in decision.anchors]


@pytest.fixture(scope="module")
def before() -> list[Extraction]:
    splits = read_splits(paths.LABELLED)
    tuned = [
        one
        for one in read_articles(paths.ARTICLES)
        if one.lang == "gu" and one.id in splits and splits[one.id].split == "tuned"
    ]
    drawn = draw(tuned[:ARTICLES], PAIR, load_knowledge())
    return [one for one in drawn if isinstance(one, Extraction)]


def test_decisions_hold_when_packs_tables_and_model_change(before, tmp_path):
    made = decisions_about(build_timeline(before))
    with Archive.open(tmp_path / "archive" / "archive.sqlite", write=True) as archive:
        for one in before:
            archive.file(one.article, b"", seen=NOW)
        keep(archive, made.values())
    changed_data(tmp_path / "data")
    own = {"RAJNAY_ROOT": str(tmp_path), "RAJNAY_CACHE": ""}
    done = subprocess.run(
        [sys.executable, "-c", REBUILT],
        env=os.environ | own,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    now = json.loads(done.stdout)
    assert now["unread"] == []
    was = {one.article.id: [str(each) for each in one.engagements] for one in before}
    others = [name for name, told in was.items() if told != now["drawn"][name]]
    assert len(others) > ARTICLES // 2  # the data have really changed

    told = [row[0] for row in now["rows"]]
    (rejected,) = words_of(made["reject"])
    assert not [row for row in told if rejected in row]
    (corrected,) = words_of(made["correct"])
    (mended,) = [row for row in now["rows"] if corrected in row[0]]
    assert mended[1] == "Elsewhere" and mended[3]
    one, other = words_of(made["merge"])
    (merged,) = [row for row in told if one in row]
    assert other in merged
