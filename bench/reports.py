"""Measure building reports, beside a notebook that only imports pandas and Matplotlib.

    python bench/reports.py [--beside COMMIT] [--rounds N]

Every measure is a whole process, started anew; all take turns. What is built stands in a temporary
folder. ``--beside`` measures another commit of this repository too, on its own data.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
MONTH = "month-2025-08-gu"
PROGRAM = "import sys; from rajnay.cli import main; sys.exit(main(['report', *sys.argv[1:]]))"
LEAN = """
import sys
import papermill
from nbconvert.exporters import HTMLExporter
from nbformat import v4
code = "import pandas as pd\\nimport matplotlib.pyplot as plt"
cells = [v4.new_code_cell("x = 1", metadata={"tags": ["parameters"]}), v4.new_code_cell(code)]
notebook = papermill.execute_notebook(
    v4.new_notebook(cells=cells), None, {"x": 2}, kernel_name="python3", language="python",
    progress_bar=False,
)
open(sys.argv[1], "w", encoding="utf-8").write(HTMLExporter().from_notebook_node(notebook)[0])
"""


def main() -> None:
    """Print the measures, in seconds and as the ratios that count."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--beside", metavar="COMMIT", help="another commit to measure beside")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        checkouts = {"now": HERE}
        with beside(options.beside, place / "beside") as other:
            if other:
                checkouts[options.beside] = other
            spent = measured(checkouts, place, options.rounds)
    table(spent, list(checkouts))


@contextmanager
def beside(commit: str | None, place: Path) -> Iterator[Path | None]:
    """Check a commit out beside this one for a while."""
    if commit is None:
        yield None
        return
    git = ["git", "-C", str(HERE), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(place), commit], check=True)
    try:
        complete(place)
        yield place
    finally:
        subprocess.run([*git, "remove", "--force", str(place)], check=True)


def folded(requirement: str) -> str:
    """Return the name in a requirement as every spelling of it folds."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def complete(checkout: Path) -> None:
    """Install beside an earlier version's own code what it needs and this one no longer does."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    have = {folded(one.name) for one in distributions()}
    lacking = [one for one in project["dependencies"] if folded(one) not in have]
    if lacking:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--target", str(checkout / "lib"), *lacking], check=True)


def measured(checkouts: dict[str, Path], place: Path, rounds: int) -> dict[str, float]:
    """Return the median seconds of each measure, by what it measures and of which checkout."""
    tasks: dict[str, Callable[[], object]] = {"lean": lambda: run(LEAN, str(place / "lean.html"))}
    for name, checkout in checkouts.items():
        settings = project(checkout, place / name)
        tasks |= {
            f"month {name}": reporting(settings, MONTH, "--force"),
            f"all {name}": reporting(settings, "--force"),
            f"nothing {name}": reporting(settings),
        }
    for task in tasks.values():  # the first one fills what is kept between runs
        task()
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for _, (name, task) in itertools.product(range(rounds), tasks.items()):
        start = time.perf_counter()
        task()
        spent[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in spent.items()}


def project(checkout: Path, place: Path) -> dict[str, str]:
    """Make a project that has a checkout's files and reports of its own, and return the settings
    that build them.
    """
    (place / "reports").mkdir(parents=True)
    for name in ("data", "notebooks", "requirements.lock", "reports/runs.yaml", "reports/template"):
        (place / name).symlink_to(checkout / name)
    return {"RAJNAY_ROOT": str(place), "PYTHONPATH": str(checkout / "lib")}


def reporting(settings: dict[str, str], *arguments: str) -> Callable[[], object]:
    """Return the task of building reports."""
    return lambda: run(PROGRAM, *arguments, **settings)


def run(program: str, *arguments: str, **settings: str) -> None:
    """Run a program in a process of its own."""
    command = [sys.executable, "-c", program, *arguments]
    subprocess.run(command, env=os.environ | settings, check=True, stderr=subprocess.DEVNULL)


def table(spent: dict[str, float], names: list[str]) -> None:
    """Print what each checkout took, and the ratios."""
    print(f"{'lean notebook':24}{spent['lean']:8.2f} s\n")
    print(f"{'':24}" + "".join(f"{name:>10}" for name in names))
    for what in ("month", "all", "nothing"):
        line = "".join(f"{spent[f'{what} {name}']:8.2f} s" for name in names)
        print(f"{what:24}{line}")
    for label, of, to in (("month / lean", "month", ""), ("all / month", "all", "month")):
        ratios = (spent[f"{of} {name}"] / spent[f"{to} {name}" if to else "lean"] for name in names)
        print(f"{label:24}" + "".join(f"{ratio:10.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
