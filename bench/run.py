"""Measure speed beside an earlier version of this library and beside dateparser, in one run.

    python bench/run.py [--rounds N] [--beside COMMIT]

The earlier version is checked out into a temporary folder and removed. Every measure is a median of
rounds in which all sides take turns, so that a busy moment falls on all of them; nothing here can
fail. Prints a table and writes bench/results.json. bench/dates.py compares the dates themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
WORKER = HERE / "worker.py"
RESULTS = HERE / "results.json"
BEFORE = "3a1d120"
SIDES = ("now", "before", "dateparser")


class Measure(NamedTuple):
    """One row of the table: a name, the sides that are measured, and what is to be reached."""

    name: str
    unit: str
    sides: tuple[str, ...]
    goal: str


# Measures of one worker's run each; those of reports are added here, with a function in worker.py.
MEASURES = {
    "warm": Measure("whole extraction, warm", "ms an article", SIDES, "a quarter of both"),
    "cold": Measure("extract one article, whole process", "s", SIDES[:2], "a quarter"),
    "long": Measure("150,000 characters / 700", "x a character", SIDES[:2], "at most 1.2"),
    "sentence": Measure("27,000 characters without a stop", "s", SIDES[:2], "linear"),
    "growth": Measure("27,000 without a stop / 9,000", "x", SIDES[:2], "3 is linear"),
    "marks": Measure("2,000 marks without a space", "s", SIDES[:2], "linear"),
    "memory": Measure("extract of 5,000 articles", "MB", SIDES[:2], "no more"),
}


def main() -> None:
    """Measure, print and write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", default=BEFORE, metavar="COMMIT")
    options = parser.parse_args()
    root = HERE.parent
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "before"
        git(root, "worktree", "add", "--quiet", "--detach", str(old), options.beside)
        try:
            sides = {"now": root, "before": old, "dateparser": root}
            found = {name: medians(name, sides, options.rounds) for name in MEASURES}
        finally:
            git(root, "worktree", "remove", "--force", str(old))
    write(found, options.beside)
    show(found)


def git(root: Path, *arguments: str) -> None:
    """Run git in a checkout."""
    subprocess.run(["git", "-C", str(root), *arguments], check=True)


def medians(name: str, sides: dict[str, Path], rounds: int) -> dict[str, float]:
    """Return the median of a measure for each of its sides, the sides taking turns."""
    many = 1 if name in ("memory", "sentence", "growth") else rounds
    values: dict[str, list[float]] = {side: [] for side in MEASURES[name].sides}
    for turn in range(many + 1):
        for side, seen in values.items():
            value = measured(name, side, sides[side])
            if turn or many == 1:
                seen.append(value)
    return {side: statistics.median(seen) for side, seen in values.items()}


def measured(name: str, side: str, root: Path) -> float:
    """Return what one worker measures, with the library of a checkout, on this checkout's
    articles.
    """
    known = {**os.environ, "PYTHONPATH": str(root / "lib"), "RAJNAY_ROOT": str(root)}
    call = [sys.executable, str(WORKER), name, side, str(HERE.parent / "data" / "articles")]
    return float(subprocess.run(call, env=known, check=True, capture_output=True).stdout)


def write(found: dict[str, dict[str, float]], beside: str) -> None:
    """Write the results with the machine and the day."""
    about = {
        "day": datetime.now(UTC).date().isoformat(),
        "beside": beside,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
    }
    rows = {
        name: {"what": measure.name, "unit": measure.unit, "goal": measure.goal} | found[name]
        for name, measure in MEASURES.items()
    }
    text = json.dumps({"about": about, "measures": rows}, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")


def cell(values: dict[str, float], side: str) -> str:
    """Return what the table prints of a side, a dash where it was not measured."""
    return f"{values[side]:.3g}" if side in values else "-"


def show(found: dict[str, dict[str, float]]) -> None:
    """Print the table."""
    print(f"{'measure':36}{'unit':15}" + "".join(f"{side:>12}" for side in SIDES) + "  to reach")
    for name, measure in MEASURES.items():
        cells = "".join(f"{cell(found[name], side):>12}" for side in SIDES)
        print(f"{measure.name:36}{measure.unit:15}{cells}  {measure.goal}")


if __name__ == "__main__":
    main()
