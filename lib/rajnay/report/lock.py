"""One program at a time in a folder of reports, and no trace of those that were ended."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from rajnay.report.changes import BUILDING

# The lock is the kernel's: however a program ends, it is let go. The file names who holds it.
LOCK = ".lock"
PART = ".part"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only program that builds in a folder, after the one that does so now; what those left
    half made that were ended is swept out.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting = f"{folder.name}/ is being built by {holder(folder)}; waiting until it is done"
        print("rajnay:", waiting, file=sys.stderr, flush=True)
        lock.acquire()
    try:
        (folder / LOCK).write_text(f"{os.getpid()}\n", encoding="utf-8")
        sweep(folder)
        yield
    finally:
        lock.release()


def holder(folder: Path) -> str:
    """Return who builds in a folder."""
    with suppress(OSError, ValueError):
        return f"process {int((folder / LOCK).read_text(encoding='utf-8'))}"
    return "another program"


def sweep(folder: Path) -> None:
    """Delete what programs left half made that were ended before they could."""
    for left in (*folder.glob(f"{BUILDING}*"), *folder.glob(f".*{PART}")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
