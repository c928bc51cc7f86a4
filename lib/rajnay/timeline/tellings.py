"""What articles told before: one SQLite file in the cache folder, which several programs may use at
once.

A telling is looked up by the article, the pair of countries and the state of packs, tables and
library. As with all of the cache, nothing here can fail: what cannot be read is drawn again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rajnay.base import paths
from rajnay.knowledge.store import Knowledge
from rajnay.models import Article, Engagement, Extraction, Pair

# Tellings kept, the newest ones; each takes some ten thousand bytes.
_MOST = 20_000
# Seconds to wait while another program writes.
_PATIENCE = 5.0
# Another program writes for too long, or there is no room or no leave: the file itself is sound.
_PASSING = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
)
_NOBODY = Article("", "", "")


def remembered(
    article: Article, pair: Pair, knowledge: Knowledge, draw: Callable[[], Extraction]
) -> Extraction:
    """Return what an article tells: what it told before, if nothing has changed, or what is drawn
    from it now.

    Args:
        article: the article.
        pair: the two countries.
        knowledge: the reference tables and language packs.
        draw: draws what it tells.
    """
    if not knowledge.fingerprint or paths.CACHE is None:
        return draw()
    file, key = paths.CACHE / "tellings.sqlite", _key(article, pair, knowledge)
    told = _read(file, key)
    if told is not None:
        return replace(told, article=article)
    drawn = draw()
    _write(file, key, packed(drawn))
    return drawn


def packed(told: Extraction) -> bytes:
    """Return what an article told as bytes, without the article itself."""
    return _codec().dump_json(replace(told, article=_NOBODY))


def unpacked(told: bytes, article: Article) -> Extraction:
    """Return what an article told from its bytes; raises ValidationError for those of another
    version of the library.
    """
    return replace(_codec().validate_json(told), article=article)


@functools.cache
def engagement_codec() -> TypeAdapter[Engagement]:
    """Return what writes one engagement as bytes and reads it again."""
    return TypeAdapter(Engagement)


@functools.cache
def _codec() -> TypeAdapter[Extraction]:
    return TypeAdapter(Extraction)


def _key(article: Article, pair: Pair, knowledge: Knowledge) -> str:
    parts = (repr(astuple(article)), "-".join(pair), knowledge.fingerprint)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _read(file: Path, key: str) -> Extraction | None:
    if not file.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=_PATIENCE)) as store:
            found = store.execute("SELECT print, told FROM telling WHERE key = ?", [key]).fetchone()
            if found is None or found[0] != _print(found[1]):
                return None
            return _codec().validate_json(found[1])
    except (sqlite3.Error, ValidationError, TypeError):
        return None


def _write(file: Path, key: str, told: bytes) -> None:
    with contextlib.suppress(OSError):
        try:
            _insert(file, key, told)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING:  # the kind alone
                file.unlink()  # damaged: made anew at the next telling


def _insert(file: Path, key: str, told: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(file, timeout=_PATIENCE)) as store, store:
        store.execute("PRAGMA synchronous = OFF")
        store.execute("CREATE TABLE IF NOT EXISTS telling (key TEXT UNIQUE, print TEXT, told BLOB)")
        row = (key, _print(told), told)
        newest = store.execute("INSERT OR REPLACE INTO telling VALUES (?, ?, ?)", row).lastrowid
        store.execute("DELETE FROM telling WHERE rowid <= ?", [(newest or 0) - _MOST])


def _print(told: bytes) -> str:
    return hashlib.blake2b(told, digest_size=16).hexdigest()
