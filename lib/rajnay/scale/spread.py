"""Work on many articles done elsewhere, what comes back in the order of the articles.

Few articles are under way at any time, so memory does not grow with their number. A process that
dies costs nothing but time: its articles are done again one by one, and one that ends a process
each time is named and set aside.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from rajnay.models import Article

BATCH = 16  # articles sent at a time
Done = TypeVar("Done")
Item = TypeVar("Item")
Work = Callable[[Article], Done]


class Promise(Protocol):
    """What a crew gives for work that it took: its result, as soon as there is one."""

    def result(self) -> list[object]:
        """Return what the work gave; raises what it raised."""


class Crew(Protocol):
    """Who does the work: the processes of this machine, or those of a cluster."""

    @property
    def ahead(self) -> int:
        """How many batches are under way at a time."""

    @property
    def lost(self) -> tuple[type[Exception], ...]:
        """What a promise raises when a process died."""

    @property
    def tries(self) -> int:
        """How many processes may die of an article alone before it is set aside."""

    def submit(self, work: Work[Done], batch: Sequence[Article]) -> Promise:
        """Take a batch of articles on."""

    def renew(self) -> None:
        """Make up for the process that died."""


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """Yield items in lots of a size, the last one of what is left.

    >>> [*batches("abc", 2)]
    [['a', 'b'], ['c']]
    """
    source = iter(items)
    while batch := [*islice(source, size)]:
        yield batch


def each(work: Work[Done], batch: Sequence[Article]) -> list[Done]:
    """Return what work gives for each article of a batch."""
    return [work(one) for one in batch]


def spread(
    articles: Iterable[Article], work: Work[Done], crew: Crew, said: Callable[[str], None]
) -> Iterator[Done | ValueError]:
    """Yield what work gives for each article, in their order, or the error that took its place.

    Args:
        articles: they are read as they are needed.
        work: what is done with each of them, wherever it is done.
        crew: who does it.
        said: takes one line on each process that died.
    """
    source = batches(articles)
    waiting: deque[tuple[list[Article], Promise]] = deque()
    while True:
        for batch in islice(source, crew.ahead - len(waiting)):
            waiting.append((batch, crew.submit(work, batch)))
        if not waiting:
            return
        batch, promise = waiting.popleft()
        try:
            done = promise.result()
        except crew.lost:
            crew.renew()
            said(f"a process ended while it read {_named(batch)}; they are read again")
            done = [_alone(one, work, crew) for one in batch]
            waiting = deque((later, crew.submit(work, later)) for later, _ in waiting)
        yield from done  # type: ignore[misc]


def _named(batch: Sequence[Article]) -> str:
    return f"{batch[0].id} to {batch[-1].id}" if len(batch) > 1 else batch[0].id


def _alone(article: Article, work: Work[Done], crew: Crew) -> object:
    """Return what work gives for one article with nothing else under way, or the error that says
    that no process outlives it.
    """
    for _ in range(crew.tries):
        try:
            return crew.submit(work, [article]).result()[0]
        except crew.lost:
            crew.renew()
    return ValueError(f"{article.id}: set aside; each process that read it ended; please report it")
