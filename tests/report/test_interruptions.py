"""Reports of two programs at once, and of programs that are ended: the old ones stay whole, the
list is complete after the next time, and nothing half made is left.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import feedparser
import nbformat
import pytest
import yaml
from nbformat import v4

from rajnay.base import paths
from rajnay.report import build as building
from rajnay.report import lock
from rajnay.report.runs import Run

FACTS = {"title": "T", "lang": "en", "period": "2025", "day": "2025-12-31", "size": 1}
FACTS |= {"counts": [], "picture": "", "unread": []}
SOURCES = (
    "name = 'a'\nwait = ''",
    "import pathlib, time\n"
    "while wait and not pathlib.Path(wait, 'go').exists():\n"
    "    pathlib.Path(wait, 'runs').touch()\n"
    "    time.sleep(0.01)",
    f"from rajnay.report.section import CARD, Section\nSection(name, data={{CARD: {FACTS!r}}})",
)
ENDS = [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a notebook that says hardly anything, and waits if it is told to."""
    for name in ("data/languages", "data/reference", "data/rules", "reports/template"):
        shutil.copytree(paths.ROOT / name, tmp_path / name)
    for name in ("data/defaults.yaml", "requirements.lock"):
        shutil.copy(paths.ROOT / name, tmp_path / name)
    shutil.copytree(paths.FONTS, tmp_path / "data" / "fonts")
    (tmp_path / "notebooks").mkdir()
    parameters, *rest = SOURCES
    cells = [v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    cells += [v4.new_code_cell(source) for source in rest]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "notebooks" / "n.ipynb")
    runs = {
        name: {"notebook": "n.ipynb", "parameters": {"name": name, "wait": wait}}
        for name, wait in {"one": "", "two": "", "slow": str(tmp_path)}.items()
    }
    (tmp_path / "reports" / "runs.yaml").write_text(yaml.safe_dump(runs), encoding="utf-8")
    return tmp_path


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"RAJNAY_ROOT": str(root), "RAJNAY_CACHE": ""}
    command = [sys.executable, "-m", "rajnay", "report", *arguments]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def done(program: subprocess.Popen[str]) -> tuple[int, str]:
    said = program.communicate()[1]
    return program.returncode, said


def listed(root: Path) -> list[list[str]]:
    """The names of the reports that the manifest, the feed and the page know."""
    reports = root / "reports"
    manifest = sorted(json.loads((reports / "manifest.json").read_text(encoding="utf-8")))
    feed = feedparser.parse((reports / "feed.xml").read_bytes()).entries
    page = (reports / "index.html").read_text(encoding="utf-8")
    linked = [name for name in ("one", "slow", "two") if f'href="{name}.html"' in page]
    return [manifest, sorted(entry.link.removesuffix(".html") for entry in feed), linked]


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "reports").glob("[!.]*.*")}


def until(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def hidden(root: Path) -> set[str]:
    return {path.name for path in (root / "reports").glob(".*")} - {lock.LOCK}


def test_two_programs_build_one_after_the_other_and_the_list_knows_both(root: Path) -> None:
    slow = start(root, "slow")
    until(root / "runs")
    other = start(root, "two")
    assert other.stderr is not None
    said = other.stderr.readline()
    (root / "go").touch()
    assert done(slow) == (0, "")
    assert done(other) == (0, "")
    assert said == (
        f"rajnay: reports/ is being built by process {slow.pid}; waiting until it is done\n"
    )
    assert listed(root) == [["slow", "two"]] * 3


@pytest.mark.parametrize(("number", "status"), ENDS)
def test_a_program_that_is_ended_leaves_what_stood_there_and_nothing_half_made(
    root: Path, number: signal.Signals, status: int
) -> None:
    (root / "go").touch()
    assert done(start(root)) == (0, "")
    (root / "go").unlink()
    (root / "runs").unlink(missing_ok=True)
    before = contents(root)
    program = start(root, "slow", "--force")
    until(root / "runs")
    program.send_signal(number)
    said = "" if number == signal.SIGKILL else "rajnay: stopped\n"
    assert done(program) == (status, said)
    assert contents(root) == before
    assert not hidden(root) or number == signal.SIGKILL
    assert done(start(root, "one")) == (0, "")
    assert not hidden(root)
    assert listed(root) == [["one", "slow", "two"]] * 3


def test_a_list_that_was_not_finished_is_finished_the_next_time(root: Path) -> None:
    program = start(root, "one", "slow")
    until(root / "reports" / "manifest.json")
    program.kill()
    program.communicate()
    assert not (root / "reports" / "index.html").exists()
    assert done(start(root, "two")) == (0, "")
    assert listed(root) == [["one", "two"]] * 3


def test_what_was_left_half_made_is_swept_even_if_nothing_is_to_be_built(root: Path) -> None:
    assert done(start(root, "one")) == (0, "")
    (root / "reports" / ".building-left" / "one").mkdir(parents=True)
    (root / "reports" / ".index.html.1.part").touch()
    assert done(start(root, "one")) == (0, "")
    assert not hidden(root)


def test_a_damaged_list_is_made_anew(root: Path) -> None:
    assert done(start(root, "one")) == (0, "")
    for damage in ("{", "[]", '{"one": 1, "two": {"title": "T"}}', ""):
        (root / "reports" / "manifest.json").write_text(damage, encoding="utf-8")
        assert done(start(root, "one")) == (0, "")
        assert listed(root) == [["one"]] * 3


@pytest.mark.parametrize("where", ["acquire", "write_manifest", "write_shelf"])
def test_a_full_or_locked_folder_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: object, **__: object) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = {
        "acquire": "rajnay.base.turns.FileLock.acquire",
        "write_manifest": "rajnay.report.build.write_manifest",
        "write_shelf": "rajnay.report.shelf.write_shelf",
    }[where]
    run = Run("one", paths.NOTEBOOKS / "04-period-report.ipynb", {})
    monkeypatch.setattr(building, "read_runs", lambda: {"one": run})
    monkeypatch.setattr(building, "print_stale", lambda *_, **__: iter([(run, dict(FACTS))]))
    monkeypatch.setattr(target, full)
    (tmp_path / "one.html").write_text("old", encoding="utf-8")
    failures, unread = building.build(["one"], folder=tmp_path)
    told = f"{tmp_path.name}/: cannot be written (No space left on device); what stood there is"
    assert (failures, unread) == ((f"{told} as it was",), ())
    assert (tmp_path / "one.html").read_text(encoding="utf-8") == "old"
