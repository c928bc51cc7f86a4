"""Measure speed beside an earlier version of this library and beside dateparser, in one run.

    python bench/run.py [--rounds N] [--beside COMMIT] [--only NAME ...]

The earlier version is checked out into a temporary folder and removed; where this is no git
checkout that has it, its column stays empty. Every measure is a median of rounds in which all
sides take turns, so that a busy moment falls on all of them. All read this checkout's articles.
Times are those of the processor. ``--only report`` measures whole reports instead (reports.py, by
the clock, some minutes more). Prints a table and writes bench/results.json, in which the rows that
were not measured stay. bench/dates.py compares the dates themselves.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import reports

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORKER = HERE / "worker.py"
RESULTS = HERE / "results.json"
BEFORE = "3a1d120"
# What takes the earlier version most of a minute is measured once.
SLOW = ("long", "sentence", "growth")
REPORTS = "report"  # the beginning of the names of the measures that reports.py takes
SIDES = ("now", "before", "dateparser")


class Measure(NamedTuple):
    """One row of the table: a name, the sides that are measured, and what is to be reached."""

    name: str
    unit: str
    sides: tuple[str, ...]
    goal: str


MEASURES = {
    "warm": Measure("whole extraction, warm", "ms an article", SIDES, "a quarter of both"),
    "cold": Measure("extract one article, whole process", "s", SIDES[:2], "a quarter"),
    "long": Measure("150,000 characters / 700", "x a character", SIDES[:2], "at most 1.2"),
    "sentence": Measure("27,000 characters without a stop", "s", SIDES[:2], "linear"),
    "growth": Measure("27,000 without a stop / 9,000", "x", SIDES[:2], "3 is linear"),
    "marks": Measure("2,000 marks without a space", "s", SIDES[:2], "linear"),
    "memory": Measure("extract of 1,000 articles", "MB", SIDES[:2], "no more"),
    "packs": Measure("with all languages / with one", "x", SIDES[:1], "at most 1.3"),
    "languages": Measure("articles of all languages", "MB", SIDES[:1], "at most 200"),
}
REPORT_MEASURES = {
    "report month": Measure("a month's report / lean notebook", "x", SIDES[:2], "at most 2.5"),
    "report all": Measure("all reports / a month's", "x", SIDES[:2], "at most 4"),
    "report nothing": Measure("nothing changed, all reports", "s", SIDES[:2], "a fifth"),
}


def main() -> None:
    """Measure, print and write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--beside", default=BEFORE, metavar="COMMIT")
    parser.add_argument("--only", nargs="+", choices=[*MEASURES, REPORTS], metavar="NAME")
    options = parser.parse_args()
    wanted = options.only or [*MEASURES]
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "before"
        with reports.beside(options.beside, old) if known(options.beside) else nullcontext():
            sides = {"now": ROOT, "dateparser": ROOT} | ({"before": old} if old.exists() else {})
            found = {
                name: medians(name, sides, options.rounds) for name in MEASURES if name in wanted
            }
            if REPORTS in wanted:
                found |= of_reports(sides, Path(folder), options.rounds)
    write(found, options.beside, options.rounds)
    show(found)


def known(commit: str) -> bool:
    """Return whether this is a git checkout that has a commit."""
    call = ["git", "-C", str(ROOT), "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(call, check=False, capture_output=True).returncode == 0


def of_reports(sides: dict[str, Path], place: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Return what building reports takes, by measure and side."""
    checkouts = {side: root for side, root in sides.items() if side != "dateparser"}
    spent = reports.measured(checkouts, place / "reports", rounds)
    month = {side: spent[f"month {side}"] for side in checkouts}
    return {
        "report month": {side: month[side] / spent["lean"] for side in checkouts},
        "report all": {side: spent[f"all {side}"] / month[side] for side in checkouts},
        "report nothing": {side: spent[f"nothing {side}"] for side in checkouts},
    }


def medians(name: str, sides: dict[str, Path], rounds: int) -> dict[str, float]:
    """Return the median of a measure for each of its sides, the sides taking turns."""
    once = name == "memory" or (name in SLOW and "before" in sides)
    values: dict[str, list[float]] = {side: [] for side in MEASURES[name].sides if side in sides}
    for _, (side, seen) in itertools.product(range(1 if once else rounds), values.items()):
        seen.append(measured(name, side, sides[side]))
    return {side: statistics.median(seen) for side, seen in values.items()}


def measured(name: str, side: str, root: Path) -> float:
    """Return what one worker measures, with the library of a checkout, on this checkout's
    articles.
    """
    settings = {**os.environ, "PYTHONPATH": str(root / "lib"), "RAJNAY_ROOT": str(root)}
    call = [sys.executable, str(WORKER), name, side, str(HERE.parent / "data" / "articles")]
    return float(subprocess.run(call, env=settings, check=True, capture_output=True).stdout)


def write(found: dict[str, dict[str, float]], beside: str, rounds: int) -> None:
    """Write the results with the machine, and with each row its day and rounds."""
    about = {
        "day": datetime.now(UTC).date().isoformat(),
        "beside": beside,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
    }
    rows = {
        name: {"what": measure.name, "unit": measure.unit, "goal": measure.goal}
        | {side: round(value, 4) for side, value in found[name].items()}
        | {f"{side} / now": round(ratio, 2) for side, ratio in ratios(found[name]).items()}
        for name, measure in (MEASURES | REPORT_MEASURES).items()
        if name in found
    }
    for row in rows.values():
        row |= {"day": about["day"], "rounds": rounds}
    told = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    told |= {"about": about, "measures": told.get("measures", {}) | rows}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")


def ratios(values: dict[str, float]) -> dict[str, float]:
    """Return how many times as much each other side takes."""
    others = {side: value for side, value in values.items() if side != "now"}
    return {side: value / values["now"] for side, value in others.items() if values.get("now")}


def cell(values: dict[str, float], side: str) -> str:
    """Return what the table prints of a side, a dash where it was not measured."""
    return f"{values[side]:.3g}" if side in values else "-"


def show(found: dict[str, dict[str, float]]) -> None:
    """Print the table."""
    print(f"{'measure':36}{'unit':15}" + "".join(f"{side:>12}" for side in SIDES) + "  to reach")
    for name, measure in (MEASURES | REPORT_MEASURES).items():
        if name not in found:
            continue
        cells = "".join(f"{cell(found[name], side):>12}" for side in SIDES)
        print(f"{measure.name:36}{measure.unit:15}{cells}  {measure.goal}")


if __name__ == "__main__":
    main()
