"""The archive as the rest of the library sees it: articles filed once and read again, what they
told, where feeds stand, and what was run.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from rajnay.archive.database import CHANGES, open_to_read, open_to_write, told_of, transaction
from rajnay.archive.filing import READ, Filing, address_of, article_of, file_article, moment
from rajnay.archive.tellings import Tellings
from rajnay.base import paths
from rajnay.models import Article

# Articles read at once: between two lots a writer finds no reader in its way.
_LOT = 100
_FIRST_OF_COPIES = (
    "first_seen <= ? AND NOT EXISTS (SELECT 1 FROM article AS other WHERE "
    "other.told_by = article.told_by AND other.first_seen <= ? AND "
    "(coalesce(other.published, '9999'), other.id) < "
    "(coalesce(article.published, '9999'), article.id))"
)


@dataclass(frozen=True)
class FeedState:
    """Where a feed stands: what its server said of it last, so that it need not send it again.

    ``outcome`` is what came of the last fetching, in one line; ``failures`` how many in a row came
    to nothing; ``wait_until`` the time before which its server wants to be left alone; ``more`` is
    whatever else the collector wants to keep, as JSON can hold it.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fetched: datetime | None = None
    outcome: str = ""
    failures: int = 0
    wait_until: datetime | None = None
    body_hash: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RunState:
    """One run: its number, when it began and ended, and what each step that was done came to."""

    number: int
    began: datetime
    ended: datetime | None
    outcome: Mapping[str, Any]
    steps: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Kept:
    """An article with all that is known of how it came in; ``told_by`` is the id of the one that is
    read for it and the other copies.
    """

    article: Article
    raw: bytes = field(repr=False)
    headers: Mapping[str, str]
    feed: str | None
    first_seen: datetime
    last_seen: datetime
    told_by: str


class Archive:
    """An archive that is open, to be used in a ``with`` statement and by one thread.

    >>> import tempfile
    >>> from datetime import UTC
    >>> now = datetime(2025, 8, 22, tzinfo=UTC)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Archive.open(Path(folder) / "a.sqlite", write=True) as archive:
    ...         print(archive.file(Article("a", "A met B.", "en"), b"A met B.", seen=now))
    ...         print([article.id for article in archive.articles()])
    new
    ['a']
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        """Take an open connection; ``open`` makes one."""
        self.path = path
        self._database = database
        self.tellings = Tellings(database)

    @classmethod
    def open(cls, path: Path | None = None, *, write: bool = False) -> Archive:
        """Open an archive to read, or to write, when it is made if there is none.

        A reader hinders no writer and sees the archive as it was at each of its questions. Writers
        wait for each other, a transaction at a time; what takes long takes ``lock.alone`` first.

        Args:
            path: the file; that of the project if none is given.
            write: whether it may be changed.

        Raises:
            ArchiveError: it cannot be opened so, in one line.
        """
        file = path or paths.ARCHIVE
        return cls(file, open_to_write(file) if write else open_to_read(file))

    def close(self) -> None:
        """Close the file; what was written is there already."""
        self._database.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it.

        Raises:
            ArchiveError: it cannot be written (no room, no leave, another writer): nothing was.
        """
        with told_of(self.path), transaction(self._database):
            yield

    def file(
        self,
        article: Article,
        raw: bytes,
        *,
        seen: datetime,
        headers: Mapping[str, str] | None = None,
        feed: str | None = None,
    ) -> Filing:
        """File an article that came in.

        Args:
            article: as it was read; its id is kept unless another article has it.
            raw: the bytes that it was read from.
            seen: when it came in, with a time zone.
            headers: what the server said of the bytes.
            feed: the address of the feed that named it.

        Returns:
            What became of it: how many of them were read makes no difference, nor in which order.

        Raises:
            ArchiveError: it cannot be written; nothing of it was.
        """
        with self.together():
            filing = file_article(self._database, article, raw, headers or {}, seen, feed)
            if filing.of or filing.status == "new":
                self._note_change()
        return filing

    def knows(self, url: str) -> bool:
        """Say whether an article of an address was filed before."""
        query = "SELECT 1 FROM article WHERE address = ?"
        return self._row(query, address_of(url)) is not None

    def article(self, name: str) -> Article | None:
        """Return the article of an id, if there is one."""
        row = self._row(f"{READ} WHERE id = ?", name)
        return article_of(row) if row else None

    def articles(
        self, *, copies: bool = False, seen_by: datetime | None = None
    ) -> Iterator[Article]:
        """Yield the articles in the order of their ids, a lot at a time.

        Args:
            copies: whether to yield every wire copy, and not only the one that is read for all.
            seen_by: leaves out what came in later than this; what had come in by then is read for
                the copies that had.
        """
        last, until = "", moment(seen_by) if seen_by else "~"
        which = "first_seen <= ?" if copies else _FIRST_OF_COPIES
        query = f"{READ} WHERE id > ? AND {which} ORDER BY id LIMIT {_LOT}"
        while rows := self._rows(query, last, until, *[until] * (not copies)):
            yield from map(article_of, rows)
            last = rows[-1][0]

    def untold(self, pair: str, state: str) -> Iterator[Article]:
        """Yield the articles of which it is not known what they tell of a pair of countries.

        Args:
            pair: the countries, by their codes.
            state: the version of the library, packs, tables and model that would draw it.
        """
        told = (
            "SELECT 1 FROM telling JOIN state ON state.number = telling.state "
            "WHERE article = article.number AND pair = ? AND state.name = ?"
        )
        last = ""
        query = f"{READ} WHERE id > ? AND told_by = number AND NOT EXISTS ({told}) ORDER BY id"
        while rows := self._rows(f"{query} LIMIT {_LOT}", last, pair, state):
            yield from map(article_of, rows)
            last = rows[-1][0]

    def kept(self) -> Iterator[Kept]:
        """Yield every article, wire copies too, in the order of their ids with all that is kept of
        it.
        """
        about = (
            "SELECT raw, headers, feed, first_seen, last_seen, (SELECT id FROM article AS other "
            "WHERE other.number = article.told_by) FROM article JOIN content ON article = number "
            "WHERE id = ?"
        )
        for one in self.articles(copies=True):
            raw, headers, feed, first, last, teller = self._row(about, one.id)
            times = datetime.fromisoformat(first), datetime.fromisoformat(last)
            yield Kept(one, zlib.decompress(raw), json.loads(headers), feed, *times, teller)

    def vacuum(self) -> tuple[int, int]:
        """Give back the room of what articles told in all but the newest state.

        Returns:
            The bytes of the file before and after.
        """
        with self.together():
            self.tellings.forget(1)
        before = self.path.stat().st_size
        with told_of(self.path):
            self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before, self.path.stat().st_size

    def ids(self) -> list[str]:
        """Return the ids of the articles, wire copies counted once."""
        return [row[0] for row in self._rows("SELECT id FROM article WHERE told_by = number")]

    def printed(self, first: date, last: date) -> list[str]:
        """Return the ids of the articles that were published in a stretch of days, and of the
        newest of all.
        """
        tellers = "SELECT id FROM article WHERE told_by = number"
        found = self._rows(
            f"{tellers} AND published BETWEEN ? AND ?", first.isoformat(), last.isoformat()
        )
        newest = self._rows(f"{tellers} ORDER BY published DESC LIMIT 1")
        return list(dict.fromkeys(row[0] for row in (*found, *newest)))

    def count(self, *, copies: bool = False) -> int:
        """Return how many articles there are, wire copies counted once or each."""
        which = "" if copies else "WHERE told_by = number"
        return int(self._row(f"SELECT count(*) FROM article {which}")[0])

    @property
    def changes(self) -> int:
        """How often anything that a timeline rests on was written: the same number, the same
        timeline.
        """
        return int(self._row(CHANGES)[0])

    def feed_state(self, url: str) -> FeedState:
        """Return where a feed stands, which may be nowhere yet."""
        row = self._row("SELECT * FROM feed WHERE url = ?", url)
        if row is None:
            return FeedState(url)
        _, etag, modified, fetched, outcome, failures, wait, body_hash, more = row
        times = _time(fetched), _time(wait)
        return FeedState(
            url, etag, modified, times[0], outcome, failures, times[1], body_hash, json.loads(more)
        )

    def set_feed_state(self, state: FeedState) -> None:
        """Keep where a feed stands; written with the feed's articles in one ``together``, neither
        is kept without the other.
        """
        row = asdict(state)
        for name in ("fetched", "wait_until"):
            row[name] = moment(row[name]) if row[name] else None
        row["more"] = _text(row["more"])
        marks = ", ".join(f":{name}" for name in row)
        with self.together():
            self._database.execute(
                f"INSERT OR REPLACE INTO feed ({', '.join(row)}) VALUES ({marks})", row
            )

    def decisions(self) -> list[tuple[str, str | None]]:
        """Return what was decided by hand, each as it was put in, and how it was undone if it
        was.
        """
        return self._rows("SELECT record, undone FROM decision ORDER BY number")

    def decide(self, name: str, made: datetime, record: str, undone: str | None = None) -> bool:
        """Put in a decision made by hand, or that one was undone (or, with None, holds again).

        Args:
            name: what it is known by.
            made: when it was made.
            record: all that it says, as JSON.
            undone: how it was undone, as JSON.

        Returns:
            Whether anything changed.
        """
        row = (name, moment(made), record, undone)
        with self.together():
            if self._row("SELECT 1 FROM decision WHERE id = ? AND undone IS ?", name, undone):
                return False
            self._database.execute(
                "INSERT INTO decision (id, made, record, undone) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET undone = excluded.undone",
                row,
            )
            self._note_change()
        return True

    def tellers(self, names: Iterable[str]) -> dict[str, str]:
        """Return for each of some ids that is of a wire copy the id of the article that is read for
        it.
        """
        query = (
            "SELECT other.id FROM article JOIN article AS other ON other.number = article.told_by "
            "WHERE article.id = ? AND other.number != article.number"
        )
        found = ((name, self._row(query, name)) for name in names)
        return {name: row[0] for name, row in found if row}

    def begin_run(self, when: datetime) -> int:
        """Enter a run, and return its number."""
        with self.together():
            entry = "INSERT INTO run (began, outcome) VALUES (?, '{}')"
            return self._database.execute(entry, [moment(when)]).lastrowid or 0

    def end_step(self, run: int, name: str, when: datetime, outcome: Mapping[str, Any]) -> None:
        """Enter that a step of a run is done, and what it came to."""
        row = [run, name, moment(when), _text(outcome)]
        with self.together():
            self._database.execute("INSERT OR REPLACE INTO step VALUES (?, ?, ?, ?)", row)

    def end_run(self, run: int, when: datetime, outcome: Mapping[str, Any]) -> None:
        """Enter that a run is done, and what it came to."""
        row = [moment(when), _text(outcome), run]
        with self.together():
            self._database.execute("UPDATE run SET ended = ?, outcome = ? WHERE number = ?", row)

    def last_run(self) -> RunState | None:
        """Return the newest run; one without an end was ended before it was done, or still runs."""
        row = self._row("SELECT number, began, ended, outcome FROM run ORDER BY number DESC")
        if row is None:
            return None
        number, began, ended, outcome = row
        steps = self._rows("SELECT name, outcome FROM step WHERE run = ? ORDER BY rowid", number)
        done = {name: json.loads(came_to) for name, came_to in steps}
        start = datetime.fromisoformat(began)
        return RunState(number, start, _time(ended), json.loads(outcome), done)

    def _note_change(self) -> None:
        self._database.execute("UPDATE fact SET value = value + 1 WHERE name = 'changes'")

    def _row(self, query: str, *values: object) -> Any:
        with told_of(self.path):
            return self._database.execute(query, values).fetchone()

    def _rows(self, query: str, *values: object) -> list[Any]:
        with told_of(self.path):
            return self._database.execute(query, values).fetchall()


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
