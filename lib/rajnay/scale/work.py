"""What is done with each article, wherever it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from rajnay.compose.contained import told_by
from rajnay.compose.extract import extract
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Extraction, Pair
from rajnay.scale.cluster import Cluster, ClusterError
from rajnay.scale.processes import Processes
from rajnay.scale.spread import Crew, spread

Form = TypeVar("Form")


@dataclass(frozen=True)
class Telling(Generic[Form]):
    """Draws what an article tells of a pair of countries, and gives it a form.

    It is sent to other processes: ``form`` stands in a module, and ``fingerprint``, that of the
    knowledge here, must be theirs too.
    """

    pair: Pair
    fingerprint: str
    form: Callable[[Extraction], Form]

    def __call__(self, article: Article) -> Form | ValueError:
        """Return what an article tells in that form, or the fault that kept it from being known.

        Raises:
            ClusterError: this process knows other things than the one that sent the work.
        """
        knowledge = load_knowledge()
        if knowledge.fingerprint != self.fingerprint:
            raise ClusterError(
                "a worker has another version of Python, of rajnay or of its data; install the same"
            )
        drawn = told_by(article, partial(extract, article, self.pair, knowledge))
        return drawn if isinstance(drawn, ValueError) else self.form(drawn)


def whole(extraction: Extraction) -> Extraction:
    """Return an extraction as it is."""
    return extraction


def crew(jobs: int, scheduler: str | None = None) -> AbstractContextManager[Crew | None]:
    """Return who does the work: a cluster, processes of this machine, or nobody but this one.

    Raises:
        ClusterError: there is no cluster at that address.
    """
    if scheduler is not None:
        return Cluster.at(scheduler)
    return Processes.begun(jobs) if jobs > 1 else nullcontext()


def tell(
    articles: Iterable[Article],
    telling: Telling[Form],
    hands: Crew | None,
    said: Callable[[str], None],
) -> Iterator[Form | ValueError]:
    """Yield what each article tells, in their order, or the error that took its place."""
    if hands is None:
        return map(telling, articles)
    return spread(articles, telling, hands, said)
