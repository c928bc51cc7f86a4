"""Python's collector of cycles, kept waiting where it only costs: it walks all that is known again
and again, while one article is read that makes no cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector wait; who had it off keeps it off.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    waits = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waits:
            gc.enable()
