"""What each article told, kept by the version of the library, packs, tables and model that drew it:
an article that is kept is read again only by another version.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib


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

    def put(self, article: str, pair: str, state: str, told: bytes) -> None:
        """Keep what an article told, in a transaction of the caller's."""
        self._database.execute("INSERT OR IGNORE INTO state (name) VALUES (?)", [state])
        packed = zlib.compress(told)
        self._database.execute(
            "INSERT OR REPLACE INTO telling SELECT article.number, ?, state.number, ?, ? "
            "FROM article, state WHERE article.id = ? AND state.name = ?",
            [pair, packed, checksum(packed), article, state],
        )

    def forget(self, states: int) -> int:
        """Delete what articles told in all but the newest states, and return how many there are
        left of it, in a transaction of the caller's.
        """
        newest = "SELECT number FROM state ORDER BY number DESC LIMIT ?"
        for table, column in (("telling", "state"), ("state", "number")):
            query = f"DELETE FROM {table} WHERE {column} NOT IN ({newest})"
            self._database.execute(query, [states])
        return int(self._database.execute("SELECT count(*) FROM telling").fetchone()[0])


def checksum(packed: bytes) -> str:
    """Return the checksum of what is kept of a telling."""
    return hashlib.blake2b(packed, digest_size=16).hexdigest()
