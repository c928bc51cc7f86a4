"""`rajnay check` names every fault of the files that people edit, with file and line."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from rajnay import cli
from rajnay.base import paths
from rajnay.door import check as checking

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "check.yaml").read_text(encoding="utf-8")
)


BROKEN = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "broken.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the tables, rules and runs, and of the packs that are broken
    below.
    """
    root = tmp_path_factory.mktemp("tables")
    packs = {path.name for path in (paths.DATA / "languages").iterdir() if path.is_dir()}
    broken = {Path(one["file"]).parts[2] for one in BROKEN if "languages" in one["file"]}
    left_out = shutil.ignore_patterns("fonts", "articles", "labelled", *(packs - broken))
    shutil.copytree(paths.DATA, root / "data", ignore=left_out)
    (root / "reports").mkdir()
    shutil.copy(paths.RUNS, root / "reports")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a copy of all that is checked."""
    left_out = shutil.ignore_patterns("fonts")
    shutil.copytree(paths.DATA, tmp_path / "data", ignore=left_out)
    (tmp_path / "reports").mkdir()
    shutil.copy(paths.RUNS, tmp_path / "reports")
    return tmp_path


def edit(file: Path, new: str, old: str = "") -> None:
    text = file.read_text(encoding="utf-8") if old else ""
    assert old in text, f"{file}: {old!r}"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_every_fault_is_one_line_with_its_file(case: dict[str, Any], project: Path) -> None:
    for one in case["edits"]:
        edit(project / one["file"], one["new"], one.get("old", ""))
    faults = checking.check(project / "data", project / "reports" / "runs.yaml")
    told = {
        wanted: [line for line in faults if re.match(wanted, line)] for wanted in case["faults"]
    }
    assert {wanted: len(lines) for wanted, lines in told.items()} == dict.fromkeys(told, 1), faults
    assert len(faults) == len(told) and not [line for line in faults if "\n" in line]


def rounds() -> list[list[dict[str, Any]]]:
    """Return the broken files in groups: of those that are read together one in a group."""
    alone = {"levels.csv", "zones.csv"}
    found: list[list[dict[str, Any]]] = []
    seen: Counter[str] = Counter()
    for case in BROKEN:
        file = Path(case["file"])
        tables = file.suffix == ".csv" and file.name not in alone
        pack = file.suffix == ".yaml" and file.parent.parent.name == "languages"
        place = "tables" if tables else str(file.parent if pack else file)
        found += [[]] if seen[place] == len(found) else []
        found[seen[place]].append(case)
        seen[place] += 1
    return found


@contextmanager
def broken(cases: list[dict[str, Any]], tables: Path) -> Iterator[dict[str, str]]:
    """Break files, and put back what they held, which is given, empty for a file that was none."""
    files = {case["file"]: tables / case["file"] for case in cases}
    before = {
        name: file.read_text(encoding="utf-8") if file.exists() else ""
        for name, file in files.items()
    }
    try:
        for case in cases:
            if case.get("gone"):
                files[case["file"]].unlink()
            else:
                edit(files[case["file"]], case.get("all", case.get("new")), case.get("old", ""))
        yield before
    finally:
        for name, file in files.items():
            file.unlink(missing_ok=True)
            if before[name]:
                file.write_text(before[name], encoding="utf-8")


def faults_of(tables: Path) -> list[str]:
    runs = checking.of_runs(tables / "reports" / "runs.yaml", tables / "data")
    return [*checking.of_knowledge(tables / "data"), *runs]


def told_at(case: dict[str, Any], faults: list[str], tables: Path) -> int | None:
    """Return the line at which the fault of a broken file is told."""
    where = re.escape(str(tables / case.get("in", case["file"])))
    told = rf"{where}:(\d+): {re.escape(case['told'])}"
    return next((int(found[1]) for one in faults if (found := re.match(told, one))), None)


@pytest.mark.parametrize("cases", rounds())
def test_every_broken_file_is_told_with_its_line(cases: list[dict[str, Any]], tables: Path) -> None:
    with broken(cases, tables) as before:
        faults = faults_of(tables)
    for case in cases:
        line = told_at(case, faults, tables)
        if line is None:  # the fault of another file may hide it
            with broken([case], tables):
                faults_alone = faults_of(tables)
            line = told_at(case, faults_alone, tables)
            assert line, (case, faults_alone)
        text = before[case["file"]]
        first = text[: text.index(case["old"])].count("\n") + 1 if "old" in case else 1
        last = first + case["new"].count("\n") if "old" in case else 1
        assert case.get("far") or case.get("in") or first <= line <= last, case
    assert not [fault for fault in faults if "\n" in fault]


def test_project_itself_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr() == ("everything is in order\n", "")


def test_faults_fail_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "check", lambda: checking.Faults(["a.csv:1: <b>", "b.csv:2: c"]))
    assert cli.main(["check"]) == 1
    assert capsys.readouterr() == ("", "rajnay: a.csv:1: <b>\nrajnay: b.csv:2: c\n")
    shown = checking.check()._repr_html_()
    assert "a.csv:1: &lt;b&gt;" in shown and "<b>" not in shown
