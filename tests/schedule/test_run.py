"""`rajnay run`: all steps in their order, what failed told where it is seen, nothing lost however a
run ends, and one at a time.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import feedparser
import pytest
from tests.collect.outlet import Outlet
from tests.collect.test_collect import STORIES
from tests.mail_server import Taken, serving
from tests.schedule.project import call, project, run, start, timeline

from rajnay.archive.lock import alone
from rajnay.archive.store import Archive
from rajnay.models import Article

STEPS = ["collect", "extract", "merge", "report", "mail"]
BUSY = 3
MAIL = (
    "mail: {{sender: a@example.org, to: [b@example.org], reports: [one], host: 127.0.0.1, "
    "port: {port}}}\n"
)


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    made = Outlet(STORIES[:12])
    made.start()
    yield made
    made.stop()


def said(err: str) -> list[str]:
    return [line.split()[2].strip(":") for line in err.splitlines() if line.endswith(" s)")]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def test_a_run_does_all_steps_in_order_and_the_next_only_what_is_new(outlet, tmp_path):
    with serving() as (taken, port):
        root = project(tmp_path, outlet, schedule=MAIL.format(port=port))
        check_runs(outlet, root, taken)


def check_runs(outlet: Outlet, root: Path, taken: Taken) -> None:
    status, first, err = run(root)
    assert (status, said(err)) == (0, STEPS), err
    steps = first["steps"]
    assert (steps["collect"]["new"], steps["extract"]["read"]) == (12, 12)
    assert steps["merge"]["changes"] == 0 and steps["merge"]["events"] > 3
    assert steps["report"]["built"] == ["one"] == steps["mail"]["sent"]
    reports = root / "reports"
    assert feedparser.parse(reports / "changes.xml").entries == []

    status, second, _ = run(root)
    steps = second["steps"]
    assert (status, steps["collect"]["fetched"], steps["extract"]["read"]) == (0, 0, 0)
    assert (steps["merge"]["changes"], steps["report"]["built"]) == (0, [])
    assert len(taken.mails) == 1

    outlet.stories = STORIES[:16]
    outlet.pages["/section"] = (500, {}, b"")
    status, third, err = run(root)
    assert status == 1
    assert (third["steps"]["collect"]["new"], third["steps"]["extract"]["read"]) == (3, 3)
    assert third["steps"]["report"]["built"] == ["one"]
    (fault,) = third["failures"]
    assert fault.startswith("page: http://127.0.0.1:") and "answers 500" in fault
    assert f"rajnay: {fault}" in err.splitlines()
    assert len(taken.mails) == 2 and f"! {fault}" in text_of(taken.mails[1])
    told = feedparser.parse(reports / "changes.xml").entries
    assert len(told) == third["steps"]["merge"]["changes"] > 0
    assert {one.tags[0].term for one in told} <= {"new", "moved", "confirmed", "cancelled"}
    index = (reports / "index.html").read_text(encoding="utf-8")
    assert "answers 500" in index and 'href="changes.xml"' in index
    (trouble, *_) = feedparser.parse(reports / "feed.xml").entries
    assert "urn:rajnay:run:" in trouble.id and "answers 500" in trouble.summary

    outlet.pages.clear()
    assert run(root)[0] == 0
    assert "answers 500" not in (reports / "index.html").read_text(encoding="utf-8")
    assert "urn:rajnay:run:" not in (reports / "feed.xml").read_text(encoding="utf-8")


def test_a_run_that_is_killed_is_taken_up_by_the_next(outlet, tmp_path):
    whole, broken = project(tmp_path / "a", outlet, reports=False), project(tmp_path / "b", outlet)
    assert run(whole)[0] == 0
    outlet.hits.clear()
    for moment in ("", "collect:", "merge:"):
        process = start(broken, "run", "--private", "127.0.0.1")
        assert process.stderr is not None
        if moment:  # right after a step
            assert any(moment in line for line in process.stderr)
        while not moment and sum(path.startswith("/story/") for path in outlet.hits) < 5:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert call(broken, "archive", "check")[:2] == (0, "everything is in order\n")
    status, summary, err = run(broken)
    for _ in range(50):  # what a killed run started may take a moment to end with it
        if status != BUSY:
            break
        time.sleep(0.2)
        status, summary, err = run(broken)
    assert (status, said(err)) == (0, STEPS), err
    assert any("was ended before it was done" in line for line in summary["notes"])
    assert summary["steps"]["collect"]["fetched"] == summary["steps"]["extract"]["read"] == 0
    assert summary["steps"]["report"]["built"] == ["one"]
    assert timeline(broken) == timeline(whole)


def test_of_two_runs_one_works_and_the_other_leaves_and_a_reader_hinders_neither(outlet, tmp_path):
    root = project(tmp_path, outlet, reports=False)
    file = root / "archive" / "archive.sqlite"
    with alone(file):
        status, _, err = run(root)
        assert status == BUSY
        assert err.strip().endswith("works on it; try again later")
        assert not outlet.hits
    story = STORIES[20]
    with Archive.open(file, write=True) as archive:
        article = Article("a", story.text, "gu", story.published)
        archive.file(article, b"", seen=datetime.now(UTC))
    with Archive.open(file) as reader:
        articles = reader.articles()
        assert next(articles).id == "a"
        assert run(root)[1]["steps"]["collect"]["new"] == 12
        assert len(list(reader.articles(copies=True))) == 13


def test_a_disk_that_is_full_is_told_and_costs_nothing_that_was_there(outlet, tmp_path):
    root = project(tmp_path, outlet, reports=False)
    outlet.stories = STORIES[:60]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    status, _, err = call(root, "run", "--private", "127.0.0.1", preexec_fn=small)
    assert status == 1
    (line,) = [line for line in err.splitlines() if "archive.sqlite" in line]
    assert "Traceback" not in err and line.startswith("rajnay: ")
    assert call(root, "archive", "check")[0] == 0
    with Archive.open(root / "archive" / "archive.sqlite") as archive:
        kept = archive.count(copies=True)
    assert 0 < kept < 60
    status, summary, _ = run(root)
    assert (status, summary["steps"]["collect"]["new"]) == (0, 60 - kept)


def test_an_archive_that_cannot_be_written_is_told(outlet, tmp_path):
    root = project(tmp_path, outlet, reports=False)
    (root / "archive").write_text("a file where the folder should be", encoding="utf-8")
    status, _, err = run(root)
    assert status == 1 and len(err.splitlines()) == 1 and "archive" in err
