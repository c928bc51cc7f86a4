"""The labels as a set for others: what Croissant's own loader reads is what stands in the files,
record by record; metadata that merely validate may still give one record the value of the next.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from rajnay.base import paths
from rajnay.cli import main
from rajnay.labels.publishing import ABOUT, TABLES

PAIRS = paths.DATA / "pairs" / "IN-CN"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A few labels: one article tells nothing, and all that happened is told to the year."""
    folder = tmp_path / "labels"
    shutil.copytree(PAIRS, folder)
    (file,) = sorted(folder.glob("*.json"))[:1]
    nothing = {"id": json.loads(file.read_text())["id"], "complete": True, "gold": [], "notes": ""}
    file.write_text(json.dumps(nothing))
    for other in sorted(folder.glob("*.json"))[1:]:
        label = json.loads(other.read_text())
        for engagement in label["gold"]:
            engagement |= {"start": "2025", "end": None}
        other.write_text(json.dumps(label))
    for name in (ABOUT, "README.md"):
        shutil.copy(paths.LABELLED / name, folder)
    return folder


def loaded(metadata: Path, table: str) -> list[dict[str, Any]]:
    """What the loader gives: keys without the table's name, bytes as text."""
    records = mlcroissant.Dataset(str(metadata)).records(table)
    return [{key.partition("/")[2]: text(value) for key, value in one.items()} for one in records]


def text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    return [text(one) for one in value] if isinstance(value, list) else value


def test_loader_reads_each_record_of_the_files(labels: Path, tmp_path: Path) -> None:
    to = tmp_path / "set"
    assert main(["labels", "publish", str(to), str(labels), "--pair", "IN-CN"]) == 0
    for table in TABLES:
        records = json.loads((to / f"{table}.json").read_text())
        assert records
        assert loaded(to / "croissant.json", table) == records


def test_card_tells_how_much_and_what_is_wrong(
    labels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "set"
    main(["labels", "publish", str(to), str(labels), "--pair", "IN-CN"])
    count = len(list(labels.glob("*.json")))
    assert f"articles.json {count}" in capsys.readouterr().out
    card = (to / "README.md").read_text()
    assert "Known bias" in card
    assert "What counts as an engagement" in card


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("license:", "licence:", "dataset.yaml:8: licence: "),
        ("published: 2026-12-01", "published: soon", "dataset.yaml:7: published: "),
        ("keywords: [", "keywords: [[", "not YAML: "),
    ],
)
def test_a_wrong_card_is_named_and_nothing_written(
    labels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    file = labels / ABOUT
    file.write_text(file.read_text().replace(old, new))
    assert main(["labels", "publish", str(tmp_path / "set"), str(labels), "--pair", "IN-CN"]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "set").exists()
