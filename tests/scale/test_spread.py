"""Work spread over processes: the results of one, in order, whoever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import islice
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rajnay.base import paths
from rajnay.door.extracting import line_of
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article
from rajnay.scale.processes import Processes
from rajnay.scale.spread import BATCH, Work, each, spread
from rajnay.scale.work import Telling, tell
from rajnay.text.reading import scan

PAIR = ("IN", "RU")


def numbered(count: int) -> Iterator[Article]:
    return (Article(f"a-{number}", "Text.", "gu") for number in range(count))


def articles() -> list[Article]:
    """Return one article in sixteen of the largest part of the corpus."""
    found = islice(scan([paths.ARTICLES / "gu"]), None, None, 16)
    return [one for one in found if isinstance(one, Article)]


def telling() -> Telling[str]:
    return Telling(PAIR, load_knowledge().fingerprint, line_of)


def ending_its_process(marks: Path, once: bool, doomed: str, article: Article) -> str:
    """Return an article's id, or end the process that works, at the first time or each."""
    mark = marks / article.id
    if article.id == doomed and not (once and mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return article.id


class Lost(Exception):
    """A process of ``Unlucky`` died."""


class Unlucky:
    """A crew of nobody, in which batches are lost as they are told to be, and those that hold a
    doomed article always.
    """

    lost = (Lost,)
    tries = 2

    def __init__(self, ahead: int, fates: Iterator[bool], doomed: str) -> None:
        self.ahead, self.fates, self.doomed = ahead, fates, doomed
        self.under_way = 0

    def submit(self, work: Work[str], batch: Sequence[Article]) -> Future[list[str]]:
        promise: Future[list[str]] = Future()
        by_chance = len(batch) > 1 and next(self.fates, False)
        if by_chance or self.doomed in [one.id for one in batch]:
            promise.set_exception(Lost())
        else:
            promise.set_result(each(work, batch))
        return promise

    def renew(self) -> None:
        pass


@given(
    st.integers(0, 5 * BATCH), st.integers(1, 4), st.lists(st.booleans()), st.integers(0, 5 * BATCH)
)
def test_order_is_kept_whoever_dies(count: int, ahead: int, fates: list[bool], doomed: int) -> None:
    said: list[str] = []
    crew = Unlucky(ahead, iter(fates), f"a-{doomed}")
    found = [*spread(numbered(count), lambda one: one.id, crew, said.append)]
    wanted = [one.id for one in numbered(count)]
    assert [str(one).partition(":")[0] for one in found] == wanted
    assert [number for number, one in enumerate(found) if isinstance(one, ValueError)] == [
        doomed
    ] * (doomed < count)
    assert len(said) >= (doomed < count)


def test_no_more_is_read_than_is_under_way() -> None:
    read: list[str] = []

    def source() -> Iterator[Article]:
        for one in numbered(100 * BATCH):
            read.append(one.id)
            yield one

    found = spread(source(), lambda one: one.id, Unlucky(3, iter(()), ""), print)
    assert [*islice(found, BATCH)] and len(read) <= 4 * BATCH


def test_processes_tell_what_one_tells() -> None:
    every = articles()
    alone = [*tell(every, telling(), None, print)]
    said: list[str] = []
    with Processes.begun(2) as crew:
        assert [*tell(every, telling(), crew, said.append)] == alone
    assert not said and sum('"kind"' in str(line) for line in alone) > len(every) / 2


def test_a_process_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    work = partial(ending_its_process, tmp_path, True, "a-20")
    with Processes.begun(2) as crew:
        found = [*spread(numbered(4 * BATCH), work, crew, said.append)]
    assert found == [one.id for one in numbered(4 * BATCH)]
    assert said and all("they are read again" in line for line in said)


def test_an_article_that_ends_every_process_is_named_and_set_aside(tmp_path: Path) -> None:
    work = partial(ending_its_process, tmp_path, False, "a-20")
    with Processes.begun(2) as crew:
        found = [*spread(numbered(4 * BATCH), work, crew, lambda line: None)]
    faults = [str(one) for one in found if isinstance(one, ValueError)]
    wanted = "a-20: set aside; each process that read it ended; please report it"
    assert faults == [wanted] and len(found) == 4 * BATCH
