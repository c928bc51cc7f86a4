"""Reports built from ``reports/runs.yaml``: those alone in which something has changed.

What takes long to load is loaded by those that must be built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rajnay import paths
from rajnay.report.changes import MANIFEST, fingerprint, is_current, read_manifest
from rajnay.report.runs import Run, RunError, read_runs

if TYPE_CHECKING:
    from rajnay.report.press import Printed

SHELF = (MANIFEST, "index.html", "feed.xml")


class ReportError(RuntimeError):
    """Reports that could not be built, each told in one line."""


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
    wanted = {name: runs.get(name) or unknown(name, runs) for name in names or runs}
    failures = {name: str(run) for name, run in wanted.items() if isinstance(run, RunError)}
    valid = [run for run in wanted.values() if isinstance(run, Run)]
    before = read_manifest(target)
    manifest = {name: dict(entry) for name, entry in before.items() if name in runs}

    def stale(run: Run) -> bool:
        return force or not is_current(target, run, manifest.get(run.name, {}), pdf=pdf)

    for run, printed in print_stale(list(filter(stale, valid)), target, pdf=pdf):
        if isinstance(printed, str):
            failures[run.name] = printed
        else:
            manifest[run.name] = printed | {"fingerprint": fingerprint(run), "built": now()}
    for name in wanted.keys() & manifest.keys():
        manifest[name]["failed"] = failures.get(name)
    if manifest != before or not all((target / name).is_file() for name in SHELF):
        from rajnay.report.shelf import write_shelf

        write_shelf(target, manifest)
    return [failures[name] for name in wanted if name in failures]


def unknown(name: str, runs: dict[str, Run | RunError]) -> RunError:
    """Return the error of a name that no run has."""
    return RunError(f"there is no run {name!r}; reports/runs.yaml has {', '.join(runs)}")


def print_stale(runs: Sequence[Run], folder: Path, *, pdf: bool) -> Iterator[tuple[Run, Printed]]:
    """Print the reports in which something has changed, and show how far it is to a terminal."""
    if not runs:
        return
    # The settings of Matplotlib are those of a page, whatever the machine's.
    os.environ["MPLBACKEND"] = "agg"
    # jsonschema builds this grammar of addresses, for 0.7 s, only by standing beside nbformat.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from tqdm import tqdm

    from rajnay.report.press import print_all

    tqdm.monitor_interval = 0  # its thread would be in the way of forking
    quiet = not sys.stderr.isatty()
    printed = print_all(runs, folder, pdf=pdf)
    yield from tqdm(printed, "reports", len(runs), unit="report", disable=quiet)


def now() -> str:
    """Return the time of building, for the list of reports alone: no report holds it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
