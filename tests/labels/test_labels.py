"""Label files are checked as they are read, and the project's own labels follow their guide."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from rajnay.base import paths
from rajnay.door.check import of_splits
from rajnay.knowledge.tables import KnowledgeError
from rajnay.labels.labelled import Labelled, kept_aside, read_labelled, read_splits
from rajnay.labels.training import too_few
from rajnay.text.reading import ReadingError

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "labels.yaml").read_text(encoding="utf-8")
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
        json.dumps({"id": "a", "text": "one", "lang": "gu", "published": "2025-08-13"}),
        encoding="utf-8",
    )
    file = tmp_path / "labels.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(one)
            for one in [
                {"id": "a", "gold": []},
                {"id": "b", "text": "two", "lang": "gu", "gold": []},
            ]
        ),
        encoding="utf-8",
    )
    assert [
        found.article.text for found in read_labelled(file, tmp_path) if isinstance(found, Labelled)
    ] == ["one", "two"]


def test_a_folder_without_labels_is_an_error(tmp_path: Path) -> None:
    assert [type(found) for found in read_labelled(tmp_path)] == [ReadingError]


def test_a_label_by_id_finds_its_article_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / "articles" / "xx").mkdir(parents=True)
    article = tmp_path / "articles" / "xx" / "a.json"
    article.write_text(json.dumps({"id": "a", "text": "one", "lang": "xx"}), encoding="utf-8")
    label = tmp_path / "labels" / "a.json"
    label.parent.mkdir()
    label.write_text(json.dumps({"id": "a", "gold": []}), encoding="utf-8")
    (found,) = read_labelled(label.parent, tmp_path / "articles")
    assert isinstance(found, Labelled)
    assert (found.article.lang, found.article.text) == ("xx", "one")


def test_the_project_s_labels_follow_their_guide() -> None:
    labels = [one for one in read_labelled(paths.LABELLED) if isinstance(one, Labelled)]
    assert [one.article.id for one in labels] == sorted(one.article.id for one in labels)
    assert len(labels) == len(list(paths.LABELLED.glob("*/*.json"))) >= 253
    gold = [(one.article, engagement) for one in labels for engagement in one.gold]
    assert len(gold) >= 597
    assert [article.id for article, engagement in gold if set(engagement) != FIELDS] == []
    assert [
        article.id for article, engagement in gold if engagement["evidence"] not in article.text
    ] == []
    assert [
        article.id for article, engagement in gold if set(engagement["parties"]) != {"IN", "RU"}
    ] == []


def test_every_label_names_an_article_by_its_id_or_holds_a_text_written_for_it() -> None:
    files = sorted(paths.LABELLED.glob("*/*.json"))
    assert len({file.stem for file in files}) == len(files)
    for file in files:
        fields = json.loads(file.read_text(encoding="utf-8"))
        assert fields["id"] == file.stem
        composed = fields.get("origin") == "composed"
        rest = {"lang", "published", "title", "origin", "text"} if composed else set()
        assert set(fields) - {"id", "complete", "gold", "notes"} == rest, file
        # No report may tell of what was written for the measuring.
        assert (paths.ARTICLES / file.parent.name / file.name).is_file() != composed, file


def test_the_table_of_splits_names_every_label_once() -> None:
    splits = read_splits(paths.LABELLED)
    assert list(splits) == sorted(file.stem for file in paths.LABELLED.glob("*/*.json"))
    counts = Counter(one.split for one in splits.values())
    assert (counts["kept-aside"], counts["unread"], counts["fresh"]) == (17, 408, 51)
    aside = {name for name, one in splits.items() if one.split != "tuned"}
    assert kept_aside(splits) == aside
    assert read_splits(paths.LABELLED / "gu") == splits


def test_retellings_of_one_report_are_told_by_its_key() -> None:
    splits = read_splits(paths.LABELLED)
    by_address: dict[str, set[str]] = defaultdict(set)
    for one in read_labelled(paths.LABELLED):
        assert isinstance(one, Labelled)
        if one.article.url:
            key = splits[one.article.id].report or one.article.id
            by_address[one.article.url.rstrip("/").replace("//www.", "//")].add(key)
    assert {url: keys for url, keys in by_address.items() if len(keys) > 1} == {}
    reports = Counter(one.report for one in splits.values() if one.report)
    assert min(reports.values()) > 1


@pytest.mark.parametrize(
    ("row", "says"),
    [("b,seen,,", r"3: column split:"), ("a,tuned,,", r"3: column id: 'a' stands twice")],
)
def test_a_wrong_split_is_told_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    file = tmp_path / "splits.csv"
    file.write_text(f"id,split,report,hard\na,tuned,,\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(f"{file}:") + says):
        read_splits(tmp_path)


def test_a_split_without_labels_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "splits.csv"
    file.write_text("id,split,report,hard\na,tuned,,\nb,fresh,,\n", encoding="utf-8")
    assert list(of_splits(tmp_path, {"a", "b"})) == []
    (told,) = of_splits(tmp_path, {"a"})
    assert told.startswith(f"{file}:3: column id: 'b' has no labels")
    file.write_text("id,split,report,hard\na,first,,\n", encoding="utf-8")
    (told,) = of_splits(tmp_path, {"a"})
    assert told.startswith(f"{file}:2: column split")


def test_too_few_labels_are_not_learned_from() -> None:
    assert too_few([]) == "engagements are found in 0 of these articles; 20 are the least"
