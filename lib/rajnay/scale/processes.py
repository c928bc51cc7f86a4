"""Processes of this machine, which share what the parent has compiled."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from rajnay.models import Article
from rajnay.scale.spread import Work, each

_AHEAD = 3  # batches under way for each process
# Where processes can be forked they read the parent's memory: it is mapped, not copied.
_FORKED = "fork" in multiprocessing.get_all_start_methods()


class Processes:
    """A number of processes, begun when the first work comes."""

    lost = (BrokenProcessPool,)
    tries = 2  # a machine out of memory may end a process that is not at fault

    def __init__(self, number: int) -> None:
        self.number, self.ahead = number, number * _AHEAD
        self._pool: ProcessPoolExecutor | None = None

    @classmethod
    @contextmanager
    def begun(cls, number: int) -> Iterator[Processes]:
        """Give so many processes, and end them afterwards."""
        crew = cls(number)
        try:
            yield crew
        finally:
            crew.renew()

    def submit(self, work: Work[Any], batch: Sequence[Article]) -> Future[list[Any]]:
        """Take a batch of articles on."""
        if self._pool is None:
            for lang in {one.lang for one in batch}:
                work(Article(id="nothing", text=".", lang=lang))  # compiles what all will share
            gc.freeze()  # collectors leave it alone, so its pages stay shared
            context = multiprocessing.get_context("fork" if _FORKED else None)
            self._pool = ProcessPoolExecutor(self.number, context, initializer=_undisturbed)
        run: Callable[..., list[Any]] = each
        return self._pool.submit(run, work, batch)

    def renew(self) -> None:
        """End all processes, for others to begin: one that died takes those of its pool along."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
            gc.unfreeze()


def _undisturbed() -> None:
    """Leave Ctrl-C to the parent, which ends its processes itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
