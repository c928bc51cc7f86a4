"""Whether a report still is what it would be if it were built again: hashes of all it is made of.

Only the standard library is loaded here, so that a report in which nothing has changed costs
nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rajnay.archive.database import state_of
from rajnay.base import cache, paths
from rajnay.base.safe import dump, write_whole
from rajnay.report.runs import Run

MANIFEST = "manifest.json"
BUILDING = ".building-"  # how the names of folders begin in which reports are made
SHELF = ("index.html", "feed.xml")  # written after the manifest
FACTS = {"title", "lang", "period", "day", "size", "counts", "picture", "unread"}
FACTS |= {"fingerprint", "built", "failed"}


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what is known of each report built before, by name; nothing if there is no list or it
    cannot be read.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = found if isinstance(found, dict) else {}
    return {
        name: one for name, one in entries.items() if isinstance(one, dict) and one.keys() >= FACTS
    }


def write_manifest(folder: Path, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Write what is known of each report that was built."""
    write_whole(folder / MANIFEST, dump(dict(sorted(entries.items()))))


def is_swept(folder: Path) -> bool:
    """Say whether nothing half made stands in a folder, as it does while reports are built."""
    return not any(one.name.startswith(BUILDING) for one in folder.glob(".*"))


def shelf_is_current(
    folder: Path, runs: Iterable[str], wanted: Iterable[str], failures: Mapping[str, str]
) -> bool:
    """Say whether the pages that list the reports show what is known of them.

    Args:
        folder: where the reports stand.
        runs: the names of all runs.
        wanted: those that are to be built.
        failures: those of them that cannot be built, and why.
    """
    entries = read_manifest(folder)
    known = entries.keys() <= {*runs}
    told = all(entries[name]["failed"] == failures.get(name) for name in entries.keys() & {*wanted})
    try:
        listed = (folder / MANIFEST).stat().st_mtime_ns
        return (
            known and told and all((folder / name).stat().st_mtime_ns >= listed for name in SHELF)
        )
    except OSError:
        return False


def is_current(folder: Path, run: Run, entry: Mapping[str, Any], *, pdf: bool = False) -> bool:
    """Say whether a report stands in its folder and nothing it is made of has changed since.

    Args:
        folder: where the reports stand.
        run: what the report is built from.
        entry: what the manifest of the folder says of it.
        pdf: whether it must stand there as PDF too.
    """
    files = [folder / f"{run.name}{suffix}" for suffix in (".html", *[".pdf"] * pdf)]
    return entry.get("fingerprint") == fingerprint(run) and all(file.is_file() for file in files)


def fingerprint(run: Run) -> str:
    """Return a hash over all that a report is made of: its parameters, notebook and
    surroundings.
    """
    parts = [
        json.dumps([run.name, dict(run.parameters)], sort_keys=True, default=str),
        hashlib.sha256(run.notebook.read_bytes()).hexdigest(),
        surroundings(),
        state_of(paths.ARCHIVE),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def surroundings() -> str:
    """Return a hash over what every report is made of: library, data, template, lock and Python."""
    lock = (paths.ROOT / "requirements.lock").read_bytes()
    return cache.fingerprint(paths.DATA, paths.TEMPLATE) + hashlib.sha256(lock).hexdigest()
