"""Whether an archive is whole: what SQLite says of the file, and whether the bytes that are kept
are those that came in.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rajnay.archive.database import ArchiveError, open_to_read
from rajnay.archive.filing import hash_of
from rajnay.archive.tellings import checksum

_ORPHANS = {
    "an article without its text": "SELECT id FROM article WHERE number NOT IN "
    "(SELECT article FROM content)",
    "an article that no likeness can find": "SELECT id FROM article WHERE number NOT IN "
    "(SELECT article FROM band)",
    "an article told by one that tells nothing": "SELECT one.id FROM article AS one JOIN article "
    "AS other ON other.number = one.told_by WHERE other.told_by != other.number",
}


def check(path: Path) -> Iterator[str]:
    """Yield what is wrong with an archive, a line a fault; nothing is changed."""
    try:
        database = open_to_read(path)
    except ArchiveError as error:
        yield str(error)
        return
    try:
        yield from (f"{path}: {fault}" for fault in _faults(database))
    except sqlite3.Error as error:
        yield f"{path}: cannot be read further ({error})"
    finally:
        database.close()


def _faults(database: sqlite3.Connection) -> Iterator[str]:
    found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    yield from (" ".join(line.split()) for line in found if line != "ok")
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to what is not in {parent}"
    for what, query in _ORPHANS.items():
        yield from (f"{what}: {name}" for (name,) in database.execute(query))
    yield from _damaged(database)


def _damaged(database: sqlite3.Connection) -> Iterator[str]:
    """Yield what is not as it was written, an article at a time."""
    rows = database.execute(
        "SELECT id, text, text_hash, raw, raw_hash FROM article "
        "JOIN content ON content.article = number ORDER BY number"
    )
    for name, *kept in rows:
        for what, packed, known in (("text", *kept[:2]), ("raw bytes", *kept[2:])):
            if not _is_whole(packed, known):
                yield f"the {what} of article {name} are not as they came in"
    told = "SELECT id, pair, told, told_hash FROM telling JOIN article ON article = number"
    for name, pair, packed, known in database.execute(told):
        if checksum(packed) != known:
            yield f"what article {name} told of {pair} is damaged; it is drawn anew when asked for"
    entries = "SELECT id, place, told FROM entry JOIN article ON article = number"
    for name, place, packed in database.execute(entries):
        if _unpacked(packed) is None:
            yield f"engagement {place} of article {name} is damaged; its article is read instead"


def _is_whole(packed: bytes, known: str) -> bool:
    return hash_of(_unpacked(packed) or b"") == known


def _unpacked(packed: bytes) -> bytes | None:
    with suppress(zlib.error):
        return zlib.decompress(packed)
    return None
