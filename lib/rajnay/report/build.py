"""Reports built from ``reports/runs.yaml``: those alone in which something has changed.

What takes long to load is loaded by those that must be built. Only one program at a time builds in
a folder; another waits for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rajnay.base import paths
from rajnay.report.changes import (
    fingerprint,
    is_current,
    is_swept,
    read_manifest,
    shelf_is_current,
    write_manifest,
)
from rajnay.report.runs import Run, RunError, read_runs

if TYPE_CHECKING:
    from rajnay.report.press import Printed


class ReportError(RuntimeError):
    """Reports that could not be built, each told in one line."""


class Outcome(NamedTuple):
    """What did not go well: a line for each report that could not be built, and one for each input
    that the reports could not read.
    """

    failures: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def build(
    names: Sequence[str] = (), *, pdf: bool = False, force: bool = False, folder: Path | None = None
) -> Outcome:
    """Build reports and the page that lists them; one that fails keeps no other from being built.

    Args:
        names: the runs to build, by their names in ``reports/runs.yaml``; all of them if none is
            named.
        pdf: also print each report to PDF, with Chromium.
        force: build even what has not changed since the last time.
        folder: where the reports stand; ``reports/`` if not given.

    Returns:
        What could not be built or read. A report is skipped when nothing it is made of has changed.
    """
    target = folder or paths.REPORTS
    try:
        runs = read_runs()
    except RunError as error:
        return Outcome((str(error),))
    wanted = {name: runs.get(name) or unknown(name, runs) for name in names or runs}
    failures = {name: str(run) for name, run in wanted.items() if isinstance(run, RunError)}
    valid = [run for run in wanted.values() if isinstance(run, Run)]

    def stale() -> list[Run]:
        known = read_manifest(target)
        return [
            run
            for run in valid
            if force or not is_current(target, run, known.get(run.name, {}), pdf=pdf)
        ]

    try:
        shelved = shelf_is_current(target, runs, wanted, failures) and is_swept(target)
        if stale() or not shelved:
            from rajnay.report.lock import alone_in

            load_no_grammar()
            with alone_in(target):
                entries = {name: one for name, one in read_manifest(target).items() if name in runs}
                failures |= build_all(stale(), target, entries, pdf=pdf)
                for name in entries.keys() & wanted.keys():
                    entries[name]["failed"] = failures.get(name)
                from rajnay.report.shelf import write_shelf

                write_shelf(target, entries)
    except OSError as error:
        failures[""] = unwritable(target, error)
    found = read_manifest(target)
    unread = [line for name in wanted for line in found.get(name, {}).get("unread", ())]
    return Outcome(
        tuple(failures[name] for name in (*wanted, "") if name in failures),
        tuple(dict.fromkeys(unread)),
    )


def shelve(folder: Path | None = None) -> None:
    """Write anew the pages that list the reports.

    Args:
        folder: where the reports stand; ``reports/`` if not given.

    Raises:
        OSError: the folder cannot be written.
    """
    load_no_grammar()
    from rajnay.report.lock import alone_in
    from rajnay.report.shelf import write_shelf

    target = folder or paths.REPORTS
    with alone_in(target):
        write_shelf(target, read_manifest(target))


def build_all(
    runs: Sequence[Run], folder: Path, entries: dict[str, dict[str, Any]], *, pdf: bool
) -> dict[str, str]:
    """Build reports, and enter each into the list as soon as it stands in its folder; returns those
    that failed, and why.
    """
    if not runs:
        return {}
    from rajnay.report.values import usable

    checked = usable(runs)
    failures = {name: str(run) for name, run in checked.items() if isinstance(run, RunError)}
    valid = [run for run in checked.values() if isinstance(run, Run)]
    for run, printed in print_stale(valid, folder, pdf=pdf):
        if isinstance(printed, str):
            failures[run.name] = printed.replace(f"{paths.ROOT}/", "")
        else:
            entries[run.name] = printed | {"fingerprint": fingerprint(run), "built": now()}
            entries[run.name]["failed"] = None
            write_manifest(folder, entries)
    return failures


def unwritable(folder: Path, error: OSError) -> str:
    """Return in one line why nothing can be written into a folder; what stands there is whole."""
    why = error.strerror or error
    return f"{folder.name}/: cannot be written ({why}); what stood there is as it was"


def unknown(name: str, runs: dict[str, Run | RunError]) -> RunError:
    """Return the error of a name that no run has."""
    return RunError(f"there is no run {name!r}; reports/runs.yaml has {', '.join(runs)}")


def print_stale(runs: Sequence[Run], folder: Path, *, pdf: bool) -> Iterator[tuple[Run, Printed]]:
    """Print the reports in which something has changed, and show how far it is to a terminal."""
    if not runs:
        return
    # The settings of Matplotlib are those of a page, whatever the machine's.
    os.environ["MPLBACKEND"] = "agg"
    load_no_grammar()
    from tqdm import tqdm

    from rajnay.report.press import print_all

    tqdm.monitor_interval = 0  # its thread would be in the way of forking
    quiet = not sys.stderr.isatty()
    printed = print_all(runs, folder, pdf=pdf)
    yield from tqdm(printed, "reports", len(runs), unit="report", disable=quiet)


def load_no_grammar() -> None:
    """Keep jsonschema from building a grammar of addresses, for 0.7 s, only by standing beside
    nbformat.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def now() -> str:
    """Return the time of building, for the list of reports alone: no report holds it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
