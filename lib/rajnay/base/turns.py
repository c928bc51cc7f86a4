"""Programs that take turns: a lock of the kernel's, let go however a program ends, in a file that
names who holds it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def turn(file: Path, taken: Callable[[str], None]) -> Iterator[None]:
    """Hold a lock alone, after whoever holds it now.

    Args:
        file: the lock; its folder is made if there is none.
        taken: is told who holds it; what it raises ends the waiting before it begins.

    Raises:
        OSError: the file cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        taken(holder(file))
        lock.acquire()
    try:
        with suppress(OSError):  # a full disk: the name is a courtesy
            file.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        lock.release()


def holder(file: Path) -> str:
    """Return who holds a lock."""
    with suppress(OSError, ValueError):
        return f"process {int(file.read_text(encoding='utf-8'))}"
    return "another program"
