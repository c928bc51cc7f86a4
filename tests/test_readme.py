"""README.md: what its commands print, what it promises, and the rooms that it names are so."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import rajnay as rj
from rajnay import cli

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TOOL = runpy.run_path(str(ROOT / ".ci" / "readme.py"))
SECTIONS = {section.splitlines()[0]: section for section in TOOL["sections"](TEXT)}
RUN = [title for title, section in SECTIONS.items() if TOOL["BLOCK"].search(section)]
LONGEST = 245


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)


def commands() -> dict[str, str]:
    """Return the lines about each command of the library, by its name."""
    (text,) = [block for block in blocks("text") if block.startswith("rajnay ")]
    lines = text.splitlines()
    return {name: line for line in lines for name in named(line.removeprefix("rajnay "))}


def named(line: str) -> list[str]:
    """Return the names that a line begins with, one or several with commas between."""
    names = re.match(r" *([^\s,]+(?:, [^\s,]+)*)", line)
    assert names is not None
    return names[1].split(", ")


def rooms() -> list[Path]:
    """Return every path of the tree of rooms."""
    *_, text = blocks("text")
    found: list[Path] = []
    top = ROOT
    for line in text.splitlines():
        if not line.startswith(" "):
            top = ROOT / line.split()[0]
            found.append(top)
        else:
            found += [top / name for name in named(line)]
    return found


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) <= LONGEST


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    opened = re.findall(r"^```(\w*)$", TEXT, flags=re.MULTILINE)[::2]
    assert set(opened) == {"sh", "console", "python", "cron", "text"}


@pytest.fixture(scope="module")
def read() -> None:
    """Read the corpus, so that no command has to: what articles tell is kept."""
    rj.corpus()


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("title", RUN)
def test_commands_print_what_is_shown(title: str) -> None:
    shown = SECTIONS[title]
    assert shown.splitlines() == TOOL["refreshed"](shown).splitlines(), "make readme writes it anew"


def test_a_command_that_prints_something_else_is_noticed() -> None:
    section = '```sh\nsay() { echo "$1"; }\n```\n```console\n$ say one\ntwo\n$ say three\n```\n'
    assert TOOL["refreshed"](section) == section.replace("two\n", "one\n").replace(
        "three\n```", "three\nthree\n```"
    )


@pytest.mark.usefixtures("read")
def test_the_notebooks_lines_run(tmp_path: Path) -> None:
    (lines,) = blocks("python")
    environment = TOOL["copy"](tmp_path)
    subprocess.run([sys.executable, "-c", lines], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "timeline.csv").read_text(encoding="utf-8-sig").count("\n") > 100


@pytest.mark.parametrize("line", blocks("text")[0].splitlines())
def test_make_does_what_is_said(line: str) -> None:
    target, said = re.fullmatch(r"make (\w+) +# (.*)", line).groups()
    assert re.search(rf"^{target}: .*## {re.escape(said)}$", MAKEFILE, flags=re.MULTILINE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)`", TEXT)) - {"help"}))
def test_every_target_that_is_named_is_one(target: str) -> None:
    assert re.search(rf"^{target}: \$\(INSTALLED\)  ## ", MAKEFILE, flags=re.MULTILINE)


def test_make_runs_the_commands_of_the_project() -> None:
    recipes = dict(re.findall(r"^(\w+): .*\n\t(.*)", MAKEFILE, flags=re.MULTILINE))
    assert recipes["report"] == "$(BIN)/rajnay report"
    assert recipes["test"].startswith("$(BIN)/pytest ")
    assert recipes["lab"].startswith("$(BIN)/jupyter lab --notebook-dir=. ")
    assert recipes["readme"] == "$(BIN)/python .ci/readme.py"


def test_every_command_and_no_other_is_listed() -> None:
    listed = {info.name or info.callback.__name__ for info in cli.app.registered_commands}
    groups = {group.name or group.typer_instance.info.name for group in cli.app.registered_groups}
    assert set(commands()) == listed | groups


@pytest.mark.parametrize(("name", "line"), commands().items())
def test_a_command_has_the_options_that_are_listed(
    name: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert not [option for option in re.findall(r"--[a-z-]+", line) if option not in told]


def test_scheduled_reports_are_runs() -> None:
    runs = yaml.safe_load((ROOT / "reports" / "runs.yaml").read_text(encoding="utf-8"))
    (lines,) = blocks("cron")
    names = re.findall(r"rajnay run (\S+)$", lines, flags=re.MULTILINE)
    assert len(names) == 2 and set(names) <= set(runs)


def test_the_tree_of_rooms_is_true() -> None:
    listed = rooms()
    assert not [path for path in listed if not path.exists()]
    library = ROOT / "lib" / "rajnay"
    standing = {path.parent for path in library.glob("*/__init__.py")}
    assert {path for path in listed if path.parent == library and path.is_dir()} == standing
    tree = TEXT[TEXT.index("## Rooms") :]
    modules = {path.name for path in library.glob("*.py") if not path.name.startswith("__")}
    assert not [name for name in sorted(modules) if name not in tree]


def test_what_it_shows_and_names_is_there() -> None:
    shown = re.findall(r'(?:\]\(|src=")([^)"]+)', TEXT)
    named = re.findall(r"`((?:data|docs|reports|\.ci)/[\w./-]+|[\w.]+\.(?:lock|yml))`", TEXT)
    assert len(shown) == 3 and len(named) > 5
    assert not [name for name in [*shown, *named] if not (ROOT / name).exists()]


def test_tests_stand_in_rooms_of_the_library() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert folders <= {path.name for path in rooms() if path.parent.name == "rajnay"}
