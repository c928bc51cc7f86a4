"""One run at a time on an archive: what takes long holds a lock, while a decision by hand, written
in an instant, only waits for its turn.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from rajnay.archive.database import ArchiveError


class ArchiveBusy(ArchiveError):
    """Another run works on the archive."""

    status = 3


@contextmanager
def alone(archive: Path) -> Iterator[None]:
    """Be the only run on an archive; the lock is the kernel's, and is let go however a run ends.

    Raises:
        ArchiveBusy: another run works on it; it is named.
        ArchiveError: the archive's folder cannot be written.
    """
    file = archive.with_name(f"{archive.name}.lock")
    lock = FileLock(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise ArchiveBusy(f"{archive}: {_holder(file)} works on it; try again later") from None
    except OSError as error:
        raise ArchiveError(f"{archive}: cannot be locked ({error.strerror})") from None
    try:
        with suppress(OSError):  # a full disk: the name is a courtesy
            file.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        lock.release()


def _holder(file: Path) -> str:
    with suppress(OSError, ValueError):
        return f"process {int(file.read_text(encoding='utf-8'))}"
    return "another run"
