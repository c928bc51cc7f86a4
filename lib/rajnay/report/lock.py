"""One program at a time in a folder of reports, and no trace of those that were ended."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rajnay.base.turns import turn
from rajnay.report.changes import BUILDING

LOCK = ".lock"
PART = ".part"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only program that builds in a folder, after the one that does so now; what those left
    half made that were ended is swept out.

    Raises:
        OSError: the folder cannot be written.
    """

    def waiting(holder: str) -> None:
        told = f"{folder.name}/ is being built by {holder}; waiting until it is done"
        print("rajnay:", told, file=sys.stderr, flush=True)

    with turn(folder / LOCK, waiting):
        sweep(folder)
        yield


def sweep(folder: Path) -> None:
    """Delete what programs left half made that were ended before they could."""
    for left in (*folder.glob(f"{BUILDING}*"), *folder.glob(f".*{PART}")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
