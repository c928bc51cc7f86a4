"""Another pair of countries is data alone: rows of the tables, labelled articles, a run."""

from __future__ import annotations

import pytest

from rajnay.base import paths
from rajnay.compose.extract import extract
from rajnay.knowledge.store import load_knowledge
from rajnay.labels.labelled import Labelled, read_labelled
from rajnay.labels.score import compare
from rajnay.records import extraction_record
from rajnay.report.runs import Run, read_runs

FOLDERS = sorted((paths.DATA / "pairs").iterdir())


def labels(name: str) -> list[Labelled]:
    read = list(read_labelled(paths.DATA / "pairs" / name))
    assert len(read) >= 3 and all(isinstance(one, Labelled) for one in read), read
    return [one for one in read if isinstance(one, Labelled)]


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS])
def test_labels_are_of_their_pair_and_stand_in_the_article(name: str) -> None:
    for one in labels(name):
        for told in one.gold:
            assert set(told["parties"]) == set(name.split("-"))
            assert told["evidence"] in one.article.text


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS])
def test_most_of_what_is_labelled_is_found(name: str) -> None:
    known, (one, other) = load_knowledge(), name.split("-")
    read = labels(name)
    drawn = [extraction_record(extract(each.article, (one, other), known)) for each in read]
    found = compare(read, {record["id"]: record["engagements"] for record in drawn})
    assert found.rate().f1 > 0.8
    assert found.rate(strict=True).f1 > 0.5


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS])
def test_each_pair_has_a_report(name: str) -> None:
    runs = [run for run in read_runs(paths.RUNS).values() if isinstance(run, Run)]
    assert any(run.parameters.get("pair") == name for run in runs)
