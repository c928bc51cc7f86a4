"""The examples of docs/schedule are what cron, systemd and GitHub take, and call commands that
there are.
"""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from cronsim import CronSim

from rajnay import cli
from rajnay.base import paths

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schedule"
EXAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".md")


def test_cron_takes_every_line():
    lines = (FOLDER / "rajnay.cron").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line and not re.match(r"#|\w+=", line)]
    assert len(jobs) == 3
    for job in jobs:
        *when, command = job.split(maxsplit=5)
        assert next(CronSim(" ".join(when), datetime(2026, 1, 1)))
        assert "%" not in command  # which cron takes for a line end


def units(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(FOLDER / name, encoding="utf-8")
    return parser


def test_systemd_takes_both_units(tmp_path: Path):
    service, timer = units("rajnay.service"), units("rajnay.timer")
    assert service["Service"]["SuccessExitStatus"] == "1 3"
    assert timer["Install"]["WantedBy"] == "timers.target"
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed; the units' form was checked")
    for name in ("rajnay.service", "rajnay.timer"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        program = text.replace("/srv/rajnay/.venv/bin/rajnay", sys.executable)
        (tmp_path / name).write_text(program.replace("User=rajnay", "User=root"), encoding="utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert not [
        line for line in done.stderr.splitlines() if str(tmp_path) in line or "rajnay" in line
    ]
    calendar = ["systemd-analyze", "calendar", timer["Timer"]["OnCalendar"]]
    assert subprocess.run(calendar, capture_output=True, check=False).returncode == 0


def test_github_takes_the_workflow():
    check = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    command = [sys.executable, *check, str(FOLDER / "github-actions.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_commands_and_reports_that_are_named_exist(path: Path):
    text = path.read_text(encoding="utf-8")
    runs = yaml.safe_load(paths.RUNS.read_text(encoding="utf-8"))
    commands = {info.name or info.callback.__name__ for info in cli.app.registered_commands}
    for command, rest in re.findall(r"bin/rajnay (\w+)([^\n]*)", text):
        assert command in commands
        named = re.findall(r"^ ([a-z][\w-]+)", rest)
        assert set(named) <= runs.keys()


def test_the_page_about_them_lists_them_all():
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert not [path.name for path in EXAMPLES if f"`{path.name}`" not in told]
