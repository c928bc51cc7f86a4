"""Each article is filed once, in whatever order they come in, and whatever happens meanwhile the
archive is whole.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rajnay.archive.check import check
from rajnay.archive.database import ArchiveError, state_of
from rajnay.archive.lock import ArchiveBusy, alone
from rajnay.archive.schema import MIGRATIONS
from rajnay.archive.store import Archive, FeedState
from rajnay.base import paths
from rajnay.models import Article
from rajnay.text.reading import read_articles

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
READ = [one for one in read_articles(paths.ARTICLES / "gu") if one.text.count("\n\n") > 2][:6]


def printed(article: Article, name: str, text: str, day: int = 0) -> Article:
    """Return an article as another outlet has it."""
    when = article.published + timedelta(day) if article.published else None
    url = f"https://{name}.example/{article.id}"
    return replace(article, id=f"{name}-{article.id}", text=text, url=url, published=when)


def respelled(text: str) -> str:
    """Return a text in another spelling of its vowels."""
    return text.replace("િ", "ી").replace("ુ", "ૂ")


def rewritten(text: str) -> str:
    """Return a text in which one paragraph is of another story."""
    parts = text.split("\n\n")
    parts[-1] = max(READ[-1].text.split("\n\n"), key=len)
    return "\n\n".join(parts)


def variants(article: Article) -> list[Article]:
    """Return one story as many outlets have it: copied, respelled, under another agency's name,
    rewritten, with other numbers, and printed long after.
    """
    text = article.text
    return [
        article,
        printed(article, "same", text),
        printed(article, "spelled", respelled(text), 1),
        printed(article, "wire", f"PTI\n\n{text}\n\nANI"),
        printed(article, "other", rewritten(text)),
        printed(article, "numbers", text + "\n\n૯૮૭૬૫ ૪૩૨૧૦"),
        printed(article, "later", text + " .", 30),
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def filed(path: Path, articles: Sequence[Article]) -> list[str]:
    with Archive.open(path, write=True) as archive:
        return [archive.file(one, one.text.encode(), seen=NOW).status for one in articles]


def test_a_story_is_filed_once_and_its_rewrites_are_linked(file: Path) -> None:
    statuses = filed(file, variants(READ[0]))
    assert statuses == [
        "new",
        "same text",
        "wire copy",
        "wire copy",
        "linked",
        "linked",
        "linked",
    ]
    with Archive.open(file) as archive:
        told = [one.id for one in archive.articles()]
        assert told == sorted(
            [READ[0].id, *(f"{name}-{READ[0].id}" for name in ("other", "numbers", "later"))]
        )
        assert archive.count(copies=True) == len([*archive.articles(copies=True)]) == 7
    before = state_of(file)
    again = [replace(one, title="Another") for one in variants(READ[0])]
    assert set(filed(file, again)) == {"known address"}
    assert state_of(file) == before
    assert not [*check(file)]


def test_articles_come_back_as_they_were(file: Path) -> None:
    filed(file, READ)
    with Archive.open(file) as archive:
        assert [*archive.articles()] == sorted(READ, key=lambda one: one.id)


def test_an_address_is_known_in_any_spelling_and_a_text_without_one_by_itself(file: Path) -> None:
    one = Article("one", "A met B in C today.", "en", url="https://example.org/a?utm_source=x#top")
    assert filed(
        file, [one, replace(one, id="two", url="http://EXAMPLE.org/a", text="Other.")]
    ) == [
        "new",
        "known address",
    ]
    assert (
        filed(file, [replace(one, url=None), replace(one, url=None, id="three")])
        == ["same text"] * 2
    )
    with Archive.open(file) as archive:
        assert archive.knows("https://example.org/a")
        assert not archive.knows("https://example.org/b")
        assert [one.id for one in archive.articles(copies=True)] == ["one"]


def test_an_id_that_is_taken_is_told_apart(file: Path) -> None:
    filed(file, [Article("a", "One story here.", "en"), Article("a", "Quite another tale.", "en")])
    with Archive.open(file) as archive:
        assert sorted(one.id.partition("-")[0] for one in archive.articles()) == ["a", "a"]


@given(st.permutations([one for story in READ[:2] for one in variants(story)]))
@settings(max_examples=15)
def test_the_order_of_arrival_changes_nothing(articles: list[Article]) -> None:
    def kept(order: Sequence[Article]) -> tuple[list[Article], list[tuple[object, ...]]]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "archive.sqlite"
            filed(path, order)
            with Archive.open(path) as archive:
                pairs = sqlite3.connect(path).execute(
                    "SELECT min(a.id, b.id), max(a.id, b.id), what, share FROM likeness "
                    "JOIN article a ON a.number = one JOIN article b ON b.number = other "
                    "ORDER BY 1, 2"
                )
                return [*archive.articles()], pairs.fetchall()

    assert kept(articles) == kept([one for story in READ[:2] for one in variants(story)])


def test_all_that_is_written_together_is_kept_or_nothing(file: Path) -> None:
    filed(file, READ[:1])
    with Archive.open(file, write=True) as archive:
        with pytest.raises(KeyError), archive.together():
            archive.file(READ[1], b"", seen=NOW)
            archive.set_feed_state(FeedState("https://example.org/feed", etag="1"))
            raise KeyError
        assert archive.count() == 1
        assert archive.feed_state("https://example.org/feed") == FeedState(
            "https://example.org/feed"
        )


def test_feeds_and_runs_stand_where_they_were(file: Path) -> None:
    state = FeedState("u", "e", "m", NOW, "404", 2, NOW, "h", {"seen": ["a"]})
    with Archive.open(file, write=True) as archive:
        archive.set_feed_state(state)
        assert archive.feed_state("u") == state
        assert archive.last_run() is None
        run = archive.begin_run(NOW)
        archive.end_step(run, "collect", NOW, {"new": 3})
        archive.end_step(run, "extract", NOW, {"read": 3})
    with Archive.open(file) as archive:
        last = archive.last_run()
        assert last and (last.ended, [*last.steps]) == (None, ["collect", "extract"])
        assert last.steps["collect"] == {"new": 3}
    with Archive.open(file, write=True) as archive:
        archive.end_run(run, NOW, {"status": 0})
        assert (done := archive.last_run()) and (done.ended, done.outcome) == (NOW, {"status": 0})


def test_what_articles_told_is_kept_by_state(file: Path) -> None:
    filed(file, READ[:1])
    name = READ[0].id
    with Archive.open(file, write=True) as archive:
        with archive.together():
            archive.tellings.put(name, "IN-RU", "old", b"told")
        assert archive.tellings.get(name, "IN-RU", "old") == b"told"
        assert archive.tellings.get(name, "IN-RU", "new") is None
        assert archive.tellings.get(name, "IN-CN", "old") is None


def test_a_reader_and_a_writer_do_not_hinder_each_other(file: Path) -> None:
    filed(file, READ[:2])
    with Archive.open(file) as reader, Archive.open(file, write=True) as writer:
        half = reader.articles()
        next(half)
        with writer.together():
            writer.file(READ[2], b"", seen=NOW)
            assert reader.count() == 2
        assert reader.count() == 3
        with pytest.raises(ArchiveError, match="cannot be written"):
            reader.file(READ[3], b"", seen=NOW)


def test_a_full_disk_keeps_nothing_of_the_last_step(file: Path) -> None:
    filed(file, READ[:1])
    with Archive.open(file, write=True) as archive:
        pages = archive._database.execute("PRAGMA page_count").fetchone()[0]
        archive._database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="no room on the disk"):
            archive.file(READ[1], os.urandom(100_000), seen=NOW)
        assert archive.count() == 1
    assert not [*check(file)]
    assert filed(file, READ[1:2]) == ["new"]


def test_what_is_no_archive_is_left_alone(file: Path) -> None:
    with pytest.raises(ArchiveError, match="no such archive"):
        Archive.open(file)
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    for write in (False, True):
        with pytest.raises(ArchiveError, match="is no archive of rajnay"):
            Archive.open(file, write=write)
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveError, match="is no archive"):
        Archive.open(file, write=True)
    assert [*check(file)] == [f"{file}: is no archive; give another path"]


def test_an_archive_of_a_newer_version_is_refused(file: Path) -> None:
    filed(file, READ[:1])
    later = sqlite3.connect(file)
    later.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    later.close()
    for write in (False, True):
        with pytest.raises(ArchiveError, match="a newer rajnay"):
            Archive.open(file, write=write)


def test_damage_is_told_in_a_line_each(file: Path) -> None:
    filed(file, READ[:3])
    broken = sqlite3.connect(file)
    broken.execute("UPDATE content SET raw = x'00' WHERE article = 1")
    broken.execute("UPDATE content SET text = zeroblob(9) WHERE article = 2")
    broken.execute("DELETE FROM band WHERE article = 3")
    broken.execute("INSERT INTO likeness VALUES (1, 99, 'link', 0.5)")
    broken.commit()
    broken.close()
    said = "\n".join(check(file))
    assert len(said.splitlines()) == 4
    for part in (
        f"raw bytes of article {READ[0].id}",
        f"text of article {READ[1].id}",
        READ[2].id,
        "likeness",
    ):
        assert part in said


def test_one_run_at_a_time(file: Path) -> None:
    held = (
        "import sys\nfrom pathlib import Path\nfrom rajnay.archive.lock import alone\n"
        "with alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        with pytest.raises(ArchiveBusy, match=f"process {other.pid} works on it"), alone(file):
            pass
        assert filed(file, READ[:1]) == ["new"]  # a decision by hand goes in between
        other.kill()
        other.wait()
        with alone(file):
            pass


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from rajnay.archive.store import Archive, FeedState
from rajnay.base import paths
from rajnay.text.reading import read_articles
now = datetime(2026, 11, 30, 12, tzinfo=UTC)
articles = read_articles(paths.ARTICLES)[:int(sys.argv[2])]
print("ready", flush=True)
with Archive.open(Path(sys.argv[1]), write=True) as archive:
    for number, one in enumerate(articles):
        with archive.together():
            archive.file(one, one.text.encode(), seen=now)
            archive.set_feed_state(FeedState("feed", etag=str(number)))
"""


def test_a_run_that_is_killed_leaves_a_whole_archive_and_the_next_completes(file: Path) -> None:
    def run() -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "-c", KILLED, str(file), "40"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            yield process

    chance = random.Random(5)
    kept = 0
    for _ in range(4):
        for process in run():
            time.sleep(chance.uniform(0.01, 0.08))
            process.send_signal(signal.SIGKILL)
        if file.is_file():
            assert not [*check(file)]
            with Archive.open(file) as archive:
                assert kept <= archive.count(copies=True)
                kept = archive.count(copies=True)
    for process in run():
        assert process.wait() == 0
    wanted = {one.id for one in read_articles(paths.ARTICLES)[:40]}
    with Archive.open(file) as archive:
        assert {one.id for one in archive.articles(copies=True)} == wanted
        assert archive.feed_state("feed").etag == "39"


def test_days_that_are_known_to_nobody_come_back_as_such(file: Path) -> None:
    article = Article("a", "A met B.", "en", modified=date(2025, 8, 1), origin="retelling")
    filed(file, [article])
    with Archive.open(file) as archive:
        assert [*archive.articles()] == [article]
