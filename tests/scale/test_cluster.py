"""Work spread over a real Dask cluster on this machine."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster
from tests.scale.test_spread import articles, ending_its_process, numbered, telling

import rajnay as rj
from rajnay.cli import main
from rajnay.models import Article
from rajnay.scale.cluster import Cluster, ClusterError
from rajnay.scale.spread import BATCH, spread
from rajnay.scale.work import tell

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Return a client of two workers, each a process that is begun anew when it dies."""
    sys.path.append(str(ROOT))  # the workers take it over, and find the work of these tests
    settings = {"distributed.scheduler.allowed-failures": 1}
    with (
        dask.config.set(settings),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def alone() -> list[Any]:
    """Return what one process tells."""
    return [*tell(articles(), telling(), None, print)]


def test_a_cluster_tells_what_one_process_tells(
    client: Any, alone: list[Any], tmp_path: Path
) -> None:
    """Read from a store and written to one, it is the same to the byte."""
    every, told = tmp_path / "every.jsonl", tmp_path / "told.jsonl"
    every.write_text("\n".join(map(record, articles())), encoding="utf-8")
    at = ["--scheduler", client.scheduler.address]
    assert main(["extract", f"file://{every}", "-o", f"file://{told}", *at]) == 0
    assert told.read_text(encoding="utf-8").splitlines() == alone
    read = rj.read(every)
    assert read.extract(client=client).items == read.extract().items


def record(article: Article) -> str:
    fields = {key: value for key, value in asdict(article).items() if value is not None}
    return json.dumps(fields, default=str)


def test_a_worker_killed_in_mid_run_costs_nothing(client: Any, alone: list[Any]) -> None:
    def killing() -> Iterator[Article]:
        for number, one in enumerate(articles()):
            if number == BATCH:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
            yield one

    assert [*tell(killing(), telling(), Cluster(client), print)] == alone


def test_an_article_that_ends_every_worker_is_named_and_set_aside(
    client: Any, tmp_path: Path
) -> None:
    work = partial(ending_its_process, tmp_path, False, "a-20")
    found = [*spread(numbered(4 * BATCH), work, Cluster(client), lambda line: None)]
    faults = [str(one) for one in found if isinstance(one, ValueError)]
    wanted = "a-20: set aside; each process that read it ended; please report it"
    assert faults == [wanted] and len(found) == 4 * BATCH


def test_a_worker_that_knows_other_things_is_refused(client: Any) -> None:
    other = replace(telling(), fingerprint="another")
    with pytest.raises(ClusterError, match="install the same"):
        [*tell(articles()[:1], other, Cluster(client), print)]


def test_no_scheduler_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    assert main(["extract", str(tmp_path / "a.txt"), "--scheduler", "nowhere"]) == 2
    assert "--scheduler: no scheduler at 'nowhere'" in capsys.readouterr().err


def test_workers_without_the_library_are_told_before_anything_is_sent() -> None:
    class Workers:
        def run(self, probe: Any, name: str, on_error: str) -> dict[str, Any]:
            return {"tcp://one": "0.1.0", "tcp://two": PackageNotFoundError(name)}

    with pytest.raises(ClusterError, match="worker tcp://two has no rajnay; install it there"):
        Cluster(Workers())
