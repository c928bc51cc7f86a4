"""Whether a report still is what it would be if it were built again: hashes of all it is made of.

Only the standard library is loaded here, so that a report in which nothing has changed costs
nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rajnay import cache, paths
from rajnay.report.runs import Run

MANIFEST = "manifest.json"


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what is known of each report built before, by name; nothing if there is no list or it
    cannot be read.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


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
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def surroundings() -> str:
    """Return a hash over what every report is made of: library, data, template, lock and Python."""
    lock = (paths.ROOT / "requirements.lock").read_bytes()
    return cache.fingerprint(paths.DATA, paths.TEMPLATE) + hashlib.sha256(lock).hexdigest()
