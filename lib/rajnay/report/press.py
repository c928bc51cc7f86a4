"""Reports printed from their notebooks, several at a time, each in a process forked from this one.

What takes long to load is loaded once, here; a run finds it loaded, starts from an empty namespace,
and can change nothing that another run sees.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from rajnay import charts
from rajnay.base import paths
from rajnay.report import engine
from rajnay.report.changes import BUILDING, read_manifest
from rajnay.report.edition import edition_of
from rajnay.report.html import onefile
from rajnay.report.runs import Run, parameters_of, today
from rajnay.report.section import CARD
from rajnay.timeline.exports import FORMATS
from rajnay.timeline.wording import load_wording, report_languages

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
LONGEST_ID = 64  # characters of a cell's id
PATIENCE = 5.0  # seconds for a process to end when it is told to
Printed = dict[str, Any] | str


class PrintError(RuntimeError):
    """A report that could not be printed, in one line; what was there before is untouched."""


def print_all(runs: Sequence[Run], folder: Path, *, pdf: bool) -> Iterator[tuple[Run, Printed]]:
    """Print reports into a folder, as many at a time as there are processors.

    Yields:
        Each run as it ends, with what its report says of itself or, in one line, why there is none.
    """
    if len(runs) > 1:
        warm()
    with tempfile.TemporaryDirectory(prefix=BUILDING, dir=folder) as beside:
        waiting = [(run, Path(beside) / run.name) for run in runs]
        running: list[Job] = []
        try:
            while waiting or running:
                while waiting and len(running) < (os.cpu_count() or 1):
                    running.append(Job(*waiting.pop(0), folder, pdf=pdf))
                rest = min(job.rest() for job in running)
                ended = wait([job.end for job in running], timeout=max(rest, 0))
                for job in [job for job in running if job.end in ended or job.rest() <= 0]:
                    running.remove(job)
                    yield job.run, job.result()
        finally:
            for job in running:
                job.stop()


class Job:
    """A report that is being printed in a process of its own, for so long as its run may take."""

    def __init__(self, run: Run, place: Path, folder: Path, *, pdf: bool) -> None:
        self.run, self.place = run, place
        self.last = time.monotonic() + run.time_limit
        context = processes()
        self.end, there = context.Pipe(duplex=False)
        told = (there, run, place, folder, pdf)
        self.process = context.Process(target=print_to, args=told, daemon=True)
        self.process.start()
        there.close()

    def rest(self) -> float:
        """Return the seconds that are left."""
        return self.last - time.monotonic()

    def result(self) -> Printed:
        """Return what the process sent before it ended, or was ended for its time was over."""
        name, limit = self.run.name, self.run.time_limit
        if not self.end.poll():
            self.stop()
            return (
                f"{name}: {self.run.notebook.name} was not done after {limit} seconds; find out "
                "why, or give the run a longer time_limit in reports/runs.yaml"
            )
        try:
            printed: Printed = self.end.recv()
        except EOFError:
            printed = f"{name}: {self.run.notebook.name} ended its process before it was done"
        self.process.join()
        return printed

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.process.terminate()
        self.process.join(PATIENCE)
        self.process.kill()
        self.process.join()


def processes() -> Any:
    """Return the way to start a process: forked, or from nothing where that cannot be done or
    threads run that it would not have; slower, and with the same outcome.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def warm() -> None:
    """Load what notebooks are likely to load; what cannot be loaded is told by those that need it.

    What a notebook loads is its own choice: nothing here depends on these.
    """
    with suppress(Exception):
        onefile.exporter()
        charts.places.outlines(charts.places.LAND)
        importlib.import_module("rajnay.report.page")
        day = str(today())  # of a large archive no more than a day
        corpus = importlib.import_module("rajnay").corpus(start=day, end=day)
        for lang in report_languages():
            edition_of(corpus, lang)


def print_to(end: Connection, run: Run, place: Path, folder: Path, pdf: bool) -> None:
    """Print one report, and send what it says of itself, or why there is none."""
    follow_parent()
    try:
        told: Printed = print_one(run, place, folder, pdf=pdf)
    except PrintError as error:
        told = str(error)
    except OSError as error:
        why = error.strerror or " ".join(str(error).split())
        told = f"{run.name}: cannot be written ({why}); what stood there is as it was"
    except Exception as error:  # whatever breaks one report must not break the next
        told = f"{run.name}: {type(error).__name__}: {' '.join(str(error).split())}"
    end.send(told)


def follow_parent() -> None:
    """End this process with the one that it was started by, however that ends; an interruption is
    told to that one alone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if parent := multiprocessing.parent_process():

        def follow() -> None:
            wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def print_one(run: Run, place: Path, folder: Path, *, pdf: bool = False) -> dict[str, Any]:
    """Print one report in a place of its own, move it and its exports to their folder when all are
    whole, and return what it says of itself.

    Raises:
        PrintError: the notebook failed; as executed it is then kept as ``NAME.failed.ipynb``, to
            look into.
    """
    place.mkdir()
    notebook = execute(run, place, folder)
    facts = dict(onefile.card_of(notebook, CARD))
    if not facts:
        raise PrintError(
            f"{run.name}: {run.notebook.name} shows no card for the list of reports; end it with "
            "report.card(...)"
        )
    file = place / f"{run.name}.html"
    words = load_wording(facts["lang"])
    behind = write_notebook(run, place)
    text = onefile.one_file(
        notebook.cells, facts["title"], words, facts.get("about", ""), notebook=behind.name
    )
    file.write_text(text, encoding="utf-8")
    if pdf:
        print_to_pdf(file, file.with_suffix(".pdf"))
    # The page goes last: whoever finds it finds all it links to.
    made = sorted(place.glob(f"{run.name}.*"), key=lambda made: made == file)
    for one in made:
        one.replace(folder / one.name)
    # What is not made now must not stand there from an earlier time: an export, or a PDF.
    former = {f"{run.name}{suffix}" for suffix in (*FORMATS, ".pdf")}
    for name in former - {one.name for one in made}:
        (folder / name).unlink(missing_ok=True)
    failed_copy(run, folder).unlink(missing_ok=True)
    return facts


def execute(run: Run, place: Path, folder: Path) -> NotebookNode:
    """Run a notebook with a run's parameters; its exports are written to ``place``.

    Raises PrintError, with the notebook's own last words, when a cell fails.
    """
    executed = place / "executed.ipynb"
    built = read_manifest(folder).get(run.name, {}).get("built", "")
    given = {"exports": str(place / run.name), "since": built}
    own = {name: given[name] for name in given.keys() & parameters_of(run.notebook).keys()}
    try:
        notebook: NotebookNode = papermill.execute_notebook(
            str(run.notebook),
            str(executed),
            {**run.parameters, **own},
            engine_name=engine.NAME,
            kernel_name="python3",
            language="python",
            cwd=str(paths.ROOT),
            progress_bar=False,
            request_save_on_cell_execute=False,
        )
    except Exception as error:
        if executed.is_file():
            shutil.move(executed, failed_copy(run, folder))
        said = (
            f"{error.ename}: {error.evalue}"
            if isinstance(error, PapermillExecutionError)
            else f"{type(error).__name__}: {error}"
        )
        raise PrintError(
            f"{run.name}: {run.notebook.name} failed: {' '.join(said.split())[:500]}"
        ) from None
    return notebook


def write_notebook(run: Run, place: Path) -> Path:
    """Write the notebook behind a report, its parameters in it and nothing run, for somebody to
    open in JupyterLab; return its file.
    """
    notebook = load_notebook_node(str(run.notebook))
    given = parameterize_notebook(
        notebook, dict(run.parameters), kernel_name="python3", language="python"
    )
    given.metadata.pop("papermill", None)
    for number, cell in enumerate(given.cells):
        cell.id = f"{run.name}-{number}"[-LONGEST_ID:]
        cell.metadata.pop("papermill", None)
    file = place / f"{run.name}.ipynb"
    nbformat.write(given, file)  # type: ignore[no-untyped-call]
    return file


def failed_copy(run: Run, folder: Path) -> Path:
    """Return where the executed notebook of a failed run is kept to look into."""
    return folder / f"{run.name}.failed.ipynb"


def print_to_pdf(page: Path, file: Path) -> None:
    """Print an HTML file to PDF with Chromium.

    Raises PrintError when no Chromium is installed or it prints nothing.
    """
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else BROWSERS
    browser = next((found for name in named if (found := shutil.which(name))), None)
    if browser is None:
        raise PrintError(
            f"{page.stem}: no PDF without Chromium: install it, or name it in the variable CHROMIUM"
        )
    with tempfile.TemporaryDirectory() as profile:
        options = [*BROWSER_OPTIONS, f"--user-data-dir={profile}", f"--print-to-pdf={file}"]
        options += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        done = subprocess.run(
            [browser, *options, page.resolve().as_uri()],
            capture_output=True,
            timeout=300,
            check=False,
        )
    if done.returncode or not file.is_file():
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PrintError(f"{page.stem}: Chromium printed no PDF: {' '.join(last)}")
