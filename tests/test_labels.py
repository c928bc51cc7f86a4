"""Label files are checked as they are read, and the project's own labels follow their guide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from rajnay import paths
from rajnay.labels.labelled import Labelled, kept_aside, read_labelled
from rajnay.text.reading import ReadingError

CASES = yaml.safe_load(
    (Path(__file__).parent / "specs" / "labels.yaml").read_text(encoding="utf-8")
)
FIELDS = {
    "kind",
    "status",
    "start",
    "end",
    "place",
    "country",
    "parties",
    "forum",
    "topics",
    "source",
    "evidence",
}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_unusable_label(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "label.json"
    file.write_text(json.dumps(case["label"]), encoding="utf-8")
    (found,) = read_labelled(file, tmp_path, languages=["gu"])
    assert isinstance(found, ReadingError)
    assert str(found) == case["error"].format(file=file, folder=tmp_path)


def test_a_label_holds_its_article_or_names_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps({"id": "a", "text": "one", "published": "2025-08-13"}), encoding="utf-8"
    )
    file = tmp_path / "labels.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(one)
            for one in [{"id": "a", "gold": []}, {"id": "b", "text": "two", "gold": []}]
        ),
        encoding="utf-8",
    )
    assert [
        found.article.text for found in read_labelled(file, tmp_path) if isinstance(found, Labelled)
    ] == ["one", "two"]


def test_a_folder_without_labels_is_an_error(tmp_path: Path) -> None:
    assert [type(found) for found in read_labelled(tmp_path)] == [ReadingError]


def test_the_project_s_labels_follow_their_guide() -> None:
    labels = list(read_labelled(paths.LABELLED))
    assert [found for found in labels if isinstance(found, ReadingError)] == []
    gold = [
        (one.article, engagement)
        for one in labels
        if isinstance(one, Labelled)
        for engagement in one.gold
    ]
    assert (len(labels), len(gold)) == (52, 107)
    assert [article.id for article, engagement in gold if set(engagement) != FIELDS] == []
    assert [
        article.id for article, engagement in gold if engagement["evidence"] not in article.text
    ] == []
    assert [
        article.id for article, engagement in gold if set(engagement["parties"]) != {"IN", "RU"}
    ] == []


def test_the_later_labels_follow_it_too_and_half_of_them_are_kept_aside() -> None:
    folder = paths.DATA / "labelled-later"
    labels = [one for one in read_labelled(folder) if isinstance(one, Labelled)]
    assert (len(labels), sum(len(one.gold) for one in labels)) == (150, 403)
    assert [
        one.article.id for one in labels for engagement in one.gold if set(engagement) != FIELDS
    ] == []
    assert [
        one.article.id
        for one in labels
        for engagement in one.gold
        if engagement["evidence"] not in one.article.text
    ] == []
    assert kept_aside(folder) == {file.stem for file in folder.glob("gu-[mnstuvw]*.json")}


def test_a_third_is_kept_aside_and_every_one_of_it_exists() -> None:
    aside = kept_aside(paths.LABELLED)
    assert len(aside) == 17
    assert aside <= {file.stem for file in paths.LABELLED.glob("*.json")}
