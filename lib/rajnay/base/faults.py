"""A fault of the library's own: it costs what it broke, is told, and stops nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Failed = Callable[[ValueError], None]


def ours(where: str, error: Exception, of: str = "article") -> ValueError:
    """Return the error that tells of a fault which is the library's and not its input's.

    Args:
        where: what it broke, by its id or file name.
        error: the fault.
        of: what kind of input that is.

    >>> str(ours("a-1", RuntimeError("no way")))
    'a-1: a fault of rajnay, not of the article (RuntimeError: no way); please report it'
    """
    said = f"{type(error).__name__}: {error}"
    return ValueError(f"{where}: a fault of rajnay, not of the {of} ({said}); please report it")


@contextmanager
def contained(where: str, failed: Failed | None, of: str = "article") -> Iterator[None]:
    """Keep a fault from stopping what comes after it.

    Args:
        where: what it would break, by its id.
        failed: takes the error that tells of it; where nobody does, the fault is raised.
        of: what kind of input that is.
    """
    try:
        yield
    except Exception as error:
        if failed is None:
            raise
        failed(ours(where, error, of))
