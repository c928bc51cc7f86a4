"""What each article told, kept by the version of the library, packs, tables and model that drew it:
an article that is kept is read again only by another version.

Beside it stands what a timeline of some days needs to find it: the days of each engagement, and the
keys under which others of the same event are found.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from rajnay.models import Article
from rajnay.times.periods import Period

# Days beyond which an engagement is looked for by itself, and not among those that begin then.
_WIDE = 366
# Days before and after some for which an engagement without a year is looked for.
_YEAR = timedelta(days=366)
_STATE = "(SELECT number FROM state WHERE name = ?)"
_FIND = (
    "SELECT article.id, place, first_day, last_day FROM entry JOIN article ON number = article "
    f"WHERE told_by = number AND entry.state = {_STATE} AND entry.pair = ? AND "
)
_NO_DAY = "first_day IS NULL"
_NO_YEAR = "first_day BETWEEN '--' AND '-0'"


class Entry(NamedTuple):
    """One engagement of an article: its place among the article's, its days (none if they are not
    known), whether it has a day or month without a year, its status, the keys under which others of
    the same event are found, and the bytes that tell it.
    """

    place: int
    first: date | None
    last: date | None
    yearless: bool
    status: str
    keys: tuple[int, ...]
    told: bytes = b""


class Found(NamedTuple):
    """An engagement that was found: its article, its place among the article's, and its days, None
    if they are of no known year.
    """

    article: str
    place: int
    days: Period | None


class Drawn(NamedTuple):
    """An engagement as it is kept: its article without the text, the text's hash, and the bytes
    that tell it.
    """

    article: Article
    text_hash: str
    told: bytes


class Tellings:
    """What articles told, as the bytes that their drawer wrote."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def get(self, article: str, pair: str, state: str) -> bytes | None:
        """Return what an article told of a pair of countries in a state of the library, packs,
        tables and model; None if that is not known, or damaged.
        """
        found = self._database.execute(
            "SELECT told, told_hash FROM telling JOIN state ON state.number = telling.state "
            "WHERE article = (SELECT number FROM article WHERE id = ?) AND pair = ? AND name = ?",
            [article, pair, state],
        ).fetchone()
        return zlib.decompress(found[0]) if found and checksum(found[0]) == found[1] else None

    def put(
        self, article: str, pair: str, state: str, told: bytes, entries: Iterable[Entry] = ()
    ) -> None:
        """Keep what an article told, in a transaction of the caller's."""
        self._database.execute("INSERT OR IGNORE INTO state (name) VALUES (?)", [state])
        query = f"SELECT {_STATE}, number FROM article WHERE id = ?"
        numbers = self._database.execute(query, [state, article]).fetchone()
        key = {"state": numbers[0], "pair": pair, "article": numbers[1]}
        for table in ("block", "entry"):
            self._database.execute(
                f"DELETE FROM {table} WHERE state = :state AND pair = :pair AND article = :article",
                key,
            )
        packed = zlib.compress(told)
        self._database.execute(
            "INSERT OR REPLACE INTO telling VALUES (:article, :pair, :state, :told, :hash)",
            key | {"told": packed, "hash": checksum(packed)},
        )
        for one in entries:
            self._enter(numbers[0], pair, numbers[1], one)

    def _enter(self, state: int, pair: str, article: int, one: Entry) -> None:
        none = "--" if one.yearless else None
        days = [day.isoformat() if day else none for day in (one.first, one.last)]
        wide = bool(one.first and one.last and (one.last - one.first).days > _WIDE)
        self._database.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [state, pair, article, one.place, *days, wide, one.status, zlib.compress(one.told)],
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO block VALUES (?, ?, ?, ?, ?)",
            [(state, pair, key, article, one.place) for key in one.keys],
        )

    def between(self, pair: str, state: str, first: date, last: date) -> Iterator[Found]:
        """Yield the engagements that may lie in some days."""
        start, end = first.isoformat(), last.isoformat()
        early = (first - timedelta(days=_WIDE)).isoformat() if first > date(2, 1, 1) else ""
        meets = "first_day <= ? AND last_day >= ?"
        yield from self._find(
            pair, state, f"first_day >= ? AND wide = 0 AND {meets}", early, end, start
        )
        yield from self._find(pair, state, f"wide = 1 AND {meets}", end, start)

    def undated_in(self, pair: str, state: str, first: date, last: date) -> Iterator[Found]:
        """Yield the engagements of no known year that may lie in some days: by when their articles
        were printed, to a year if a day or month is known.
        """
        printed = (first.isoformat(), last.isoformat())
        yield from self._find(pair, state, f"{_NO_DAY} AND published BETWEEN ? AND ?", *printed)
        about = f"{_NO_YEAR} AND coalesce(published BETWEEN ? AND ?, 1)"
        early, late = first - min(_YEAR, first - date.min), first + min(_YEAR, date.max - first)
        yield from self._find(pair, state, about, early.isoformat(), late.isoformat())

    def planned(self, pair: str, state: str, day: date) -> Iterator[Found]:
        """Yield the plans for after a day that were made by then."""
        planned = "status = 'planned' AND first_day > ? AND published <= ?"
        yield from self._find(pair, state, planned, day.isoformat(), day.isoformat())

    def with_key(self, pair: str, state: str, key: int) -> Iterator[Found]:
        """Yield the engagements that are found under a key."""
        found = (
            f"(article, place) IN (SELECT article, place FROM block WHERE state = {_STATE} AND "
            "pair = ? AND key = ?)"
        )
        yield from self._find(pair, state, found, state, pair, key)

    def of_article(self, pair: str, state: str, article: str) -> Iterator[Found]:
        """Yield the engagements of an article."""
        yield from self._find(pair, state, "article.id = ?", article)

    def engagement(self, pair: str, state: str, one: Found) -> Drawn | None:
        """Return an engagement that was found; None if it is not known any more, or damaged."""
        found = self._database.execute(
            "SELECT lang, published, publisher, text_hash, entry.told FROM entry JOIN article ON "
            f"number = article WHERE state = {_STATE} AND pair = ? AND id = ? AND place = ?",
            [state, pair, one.article, one.place],
        ).fetchone()
        with suppress(zlib.error):
            if found:
                lang, day, publisher, text, told = found
                printed = date.fromisoformat(day) if day else None
                article = Article(one.article, "", lang, printed, publisher=publisher)
                return Drawn(article, text, zlib.decompress(told))
        return None

    def undated(self, pair: str, state: str) -> int:
        """Return how many engagements have no day of a known year."""
        query = (
            "SELECT count(*) FROM entry JOIN article ON number = article WHERE told_by = number "
            f"AND state = {_STATE} AND pair = ? AND ({_NO_DAY} OR {_NO_YEAR})"
        )
        return int(self._database.execute(query, [state, pair]).fetchone()[0])

    def _find(self, pair: str, state: str, which: str, *values: object) -> Iterator[Found]:
        query = _FIND + which
        for article, place, first, last in self._database.execute(query, [state, pair, *values]):
            yield Found(article, place, _days(first, last))

    def forget(self, states: int) -> None:
        """Delete what articles told in all but the newest states, in a transaction of the
        caller's.
        """
        old = self._database.execute(
            "SELECT number FROM state ORDER BY number DESC LIMIT -1 OFFSET ?", [states]
        ).fetchall()
        for table, column in (
            ("block", "state"),
            ("entry", "state"),
            ("telling", "state"),
            ("state", "number"),
        ):
            self._database.executemany(f"DELETE FROM {table} WHERE {column} = ?", old)


def checksum(packed: bytes) -> str:
    """Return the checksum of what is kept of a telling."""
    return hashlib.blake2b(packed, digest_size=16).hexdigest()


@lru_cache(maxsize=65536)
def _days(first: str | None, last: str | None) -> Period | None:
    """Return days as they are written here; many engagements are of the same ones."""
    if first is None or last is None or first.startswith("-"):
        return None
    return Period(date.fromisoformat(first), date.fromisoformat(last))
