"""Reports built from ``reports/runs.yaml``: notebooks run with parameters, shown as one file each,
moved over when whole.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from tqdm import tqdm

from rajnay import paths
from rajnay.report.onefile import card_of, one_file
from rajnay.report.page import CARD
from rajnay.report.runs import Run, RunError, read_runs
from rajnay.report.shelf import read_manifest, write_shelf
from rajnay.timeline.wording import load_wording

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
STEADY = {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


class ReportError(RuntimeError):
    """A report that could not be built, in one line; what was there before is untouched."""


def build(
    names: Sequence[str] = (), *, pdf: bool = False, force: bool = False, folder: Path | None = None
) -> list[str]:
    """Build reports and the page that lists them; one that fails keeps no other from being built.

    Args:
        names: the runs to build, by their names in ``reports/runs.yaml``; all of them if none is
            named.
        pdf: also print each report to PDF, with Chromium.
        force: build even what has not changed since the last time.
        folder: where the reports stand; ``reports/`` if not given.

    Returns:
        One line for each report that could not be built. A report is skipped when nothing it is
        made of has changed.
    """
    target = folder or paths.REPORTS
    try:
        runs = read_runs()
    except RunError as error:
        return [str(error)]
    manifest = {name: entry for name, entry in read_manifest(target).items() if name in runs}
    failures = []
    for name in tqdm(
        list(dict.fromkeys(names)) or list(runs),
        desc="reports",
        unit="report",
        disable=not sys.stderr.isatty(),
    ):
        try:
            run = runs.get(name) or RunError(
                f"there is no run {name!r}; reports/runs.yaml has {', '.join(runs)}"
            )
            if isinstance(run, RunError):
                raise run
            print_ = fingerprint(run)
            if force or not is_current(target, name, manifest.get(name, {}), print_, pdf):
                facts = build_one(run, target, pdf=pdf)
                manifest[name] = facts | {"fingerprint": print_, "built": now()}
            manifest[name]["failed"] = None
        except (RunError, ReportError) as error:
            failures.append(str(error))
            if name in manifest:
                manifest[name]["failed"] = str(error)
    write_shelf(target, manifest)
    return failures


def is_current(folder: Path, name: str, entry: dict[str, Any], print_: str, pdf: bool) -> bool:
    """Say whether a report stands in its folder and nothing it is made of has changed since."""
    wanted = [folder / f"{name}.html", *([folder / f"{name}.pdf"] if pdf else [])]
    return entry.get("fingerprint") == print_ and all(file.is_file() for file in wanted)


def build_one(run: Run, folder: Path, *, pdf: bool = False) -> dict[str, Any]:
    """Build one report beside its place, move it and its exports over when all are whole, and
    return what it says of itself.

    Raises ReportError when the notebook fails; the executed notebook is then kept as
    ``NAME.failed.ipynb`` to look into.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=folder) as beside:
        place = Path(beside)
        notebook = execute(run, place, folder)
        facts = dict(card_of(notebook, CARD))
        if not facts:
            raise ReportError(
                f"{run.name}: {run.notebook.name} shows no card for the list of reports; end it "
                "with report.card(...)"
            )
        words = load_wording(facts["lang"])
        page = place / f"{run.name}.html"
        page.write_text(one_file(notebook.cells, facts["title"], words), encoding="utf-8")
        if pdf:
            print_to_pdf(page, page.with_suffix(".pdf"))
        # The page goes last: whoever finds it finds all it links to.
        for file in sorted(place.glob(f"{run.name}.*"), key=lambda file: file == page):
            file.replace(folder / file.name)
    failed_copy(run, folder).unlink(missing_ok=True)
    return facts


def execute(run: Run, place: Path, folder: Path) -> NotebookNode:
    """Run a notebook with a run's parameters in a fresh kernel; its exports are written to
    ``place``.

    Raises ReportError, with the notebook's own last words, when a cell fails.
    """
    executed = place / "executed.ipynb"
    try:
        with steady_environment():
            notebook: NotebookNode = papermill.execute_notebook(
                str(run.notebook),
                str(executed),
                {**run.parameters, "exports": str(place / run.name)},
                kernel_name="python3",
                language="python",
                cwd=str(paths.ROOT),
                progress_bar=False,
                log_output=False,
                extra_arguments=["--log-level=50"],
            )
        return notebook
    except Exception as error:  # whatever breaks one report must not break the next
        if executed.is_file():
            shutil.move(executed, failed_copy(run, folder))
        said = (
            f"{error.ename}: {error.evalue}"
            if isinstance(error, PapermillExecutionError)
            else f"{type(error).__name__}: {error}"
        )
        raise ReportError(
            f"{run.name}: {run.notebook.name} failed: {' '.join(said.split())[:500]}"
        ) from None


def failed_copy(run: Run, folder: Path) -> Path:
    """Return where the executed notebook of a failed run is kept to look into."""
    return folder / f"{run.name}.failed.ipynb"


@contextmanager
def steady_environment() -> Iterator[None]:
    """Set what makes a kernel's results the same each time, and take it back afterwards."""
    before = {name: os.environ.get(name) for name in STEADY}
    os.environ.update(STEADY)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def fingerprint(run: Run) -> str:
    """Return a hash over all that a report is made of: parameters, notebook, library, data,
    template, lock and Python.
    """
    parts = [
        json.dumps([run.name, dict(run.parameters), sys.version], sort_keys=True, default=str),
        run.notebook.read_bytes().hex(),
        surroundings(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def surroundings() -> str:
    """Return a hash over what every report is made of: library, data, template and lock."""
    total = hashlib.sha256()
    roots = (Path(__file__).parent, paths.DATA, paths.TEMPLATE, paths.ROOT / "requirements.lock")
    for root in roots:
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                total.update(
                    f"{root.name}/{file.relative_to(root)}\n".encode()
                    + hashlib.sha256(file.read_bytes()).digest()
                )
    return total.hexdigest()


def print_to_pdf(page: Path, file: Path) -> None:
    """Print an HTML file to PDF with Chromium.

    Raises ReportError when no Chromium is installed or it prints nothing.
    """
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else BROWSERS
    browser = next((found for name in named if (found := shutil.which(name))), None)
    if browser is None:
        raise ReportError(
            f"{page.stem}: no PDF without Chromium: install it, or name it in the variable CHROMIUM"
        )
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
        ]
        options += [
            "--disable-sync",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={file}",
        ]
        options += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        done = subprocess.run(
            [browser, *options, page.resolve().as_uri()],
            capture_output=True,
            timeout=300,
            check=False,
        )
    if done.returncode or not file.is_file():
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise ReportError(f"{page.stem}: Chromium printed no PDF: {' '.join(last)}")


def now() -> str:
    """Return the time of building, for the list of reports alone: no report holds it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
