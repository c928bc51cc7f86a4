"""A Dask cluster: processes of many machines under one scheduler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, cast

from rajnay.models import Article
from rajnay.scale.spread import Promise, Work, each

Client = Any  # Dask's: it comes without types
_PATIENCE = "10s"  # for a scheduler to answer
_AHEAD = 3  # batches under way for each process


class ClusterError(ValueError):
    """A cluster that cannot be used: one line that says why, and the mend."""


class Cluster:
    """The workers of a Dask client; Dask itself gives a dead one's work to another."""

    tries = 1

    def __init__(self, client: Client) -> None:
        from distributed import KilledWorker

        self.client = client
        self.lost = (KilledWorker,)
        self._check()

    def _check(self) -> None:
        """Raise ClusterError if a worker cannot do the work: what Dask 2026.8 sends to one without
        our modules never comes back, and nothing is told.
        """
        for worker, found in self.client.run(version, "rajnay", on_error="return").items():
            if isinstance(found, Exception):
                raise ClusterError(f"worker {worker} has no rajnay; install it there")

    @property
    def ahead(self) -> int:
        """How many batches are under way at a time: workers come and go."""
        threads: int = sum(self.client.nthreads().values())
        return max(threads, 1) * _AHEAD

    @classmethod
    @contextmanager
    def at(cls, address: str) -> Iterator[Cluster]:
        """Give the cluster of a scheduler's address; raises ClusterError."""
        try:
            import distributed
        except ImportError:
            raise ClusterError("Dask is not installed; pip install 'rajnay[cluster]'") from None
        connect: Client = distributed.Client
        try:
            client = connect(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            what = " ".join(str(error).split()) or type(error).__name__
            raise ClusterError(f"no scheduler at {address!r} ({what}); start one there") from None
        with client:
            yield cls(client)

    def submit(self, work: Work[Any], batch: Sequence[Article]) -> Promise:
        """Take a batch of articles on."""
        return cast("Promise", self.client.submit(each, work, batch, pure=False))

    def renew(self) -> None:
        """Do nothing: who starts workers starts others."""
