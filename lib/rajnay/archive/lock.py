"""One run at a time on an archive: what takes long holds a lock, while a decision by hand, written
in an instant, only waits for its turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rajnay.archive.database import ArchiveError
from rajnay.base.turns import turn


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

    def busy(holder: str) -> None:
        raise ArchiveBusy(f"{archive}: {holder} works on it; try again later")

    with ExitStack() as stack:
        try:
            stack.enter_context(turn(archive.with_name(f"{archive.name}.lock"), busy))
        except OSError as error:
            raise ArchiveError(f"{archive}: cannot be locked ({error.strerror})") from None
        yield
