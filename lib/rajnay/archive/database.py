"""The archive's SQLite file: opened to read or to write, brought to the newest tables, written
whole or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from rajnay.archive.schema import APPLICATION, MIGRATIONS

# Seconds to wait while another program writes: a run writes an article at a time.
PATIENCE = 20.0
CHANGES = "SELECT value FROM fact WHERE name = 'changes'"


class ArchiveError(RuntimeError):
    """An archive that cannot be read or written: one line that names the file and what is wrong.

    ``status`` is the exit status of a command that it ends.
    """

    status = 1


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn what SQLite says into an ArchiveError that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"{path}: {_mend(error)}") from error


def _mend(error: sqlite3.Error) -> str:
    mends = {
        sqlite3.SQLITE_FULL: "no room on the disk; nothing of the last step was kept, make room",
        sqlite3.SQLITE_READONLY: "cannot be written; check its permissions and its folder's",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the path and its permissions",
        sqlite3.SQLITE_BUSY: "another program writes for too long; try again when it is done",
        sqlite3.SQLITE_CORRUPT: "is damaged; put back a copy, or save what `archive export` reads",
        sqlite3.SQLITE_NOTADB: "is no archive; give another path",
    }
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the kind alone
    return mends.get(code, str(error))


def open_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that can change nothing; it hinders no writer, nor the other way round.

    Raises:
        ArchiveError: there is no such archive, or none that this version can read.
    """
    if not path.is_file():
        raise ArchiveError(f"{path}: no such archive; `rajnay add` or `rajnay collect` makes one")
    with told_of(path):
        try:
            database = _connect(f"{path.resolve().as_uri()}?mode=ro")
            version(database)
        except sqlite3.OperationalError:
            # In a folder that cannot be written nobody else writes either, unless a log stands.
            if path.with_name(f"{path.name}-wal").exists():
                raise
            database = _connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1")
        if version(database) != len(MIGRATIONS):
            database.close()
            _update(path)
            return open_to_read(path)
    return database


def open_to_write(path: Path) -> sqlite3.Connection:
    """Return a connection to an archive, which is made if there is none.

    Raises:
        ArchiveError: it is none, or made by a newer version, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be made ({error.strerror}); check the path") from None
    with told_of(path):
        database = _connect(path.resolve().as_uri())
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA foreign_keys = ON")
        try:
            _migrate(database, path)
        except BaseException:
            database.close()
            raise
    return database


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


def _update(path: Path) -> None:
    """Bring an archive that was made by an older version to the newest tables."""
    open_to_write(path).close()


def version(database: sqlite3.Connection) -> int:
    """Return how many steps led to the tables of an archive."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    if (known := version(database)) == len(MIGRATIONS):
        return
    with transaction(database):  # whoever came first has done it
        known = version(database)
        marked = database.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
        empty = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if not (marked or empty):
            raise ArchiveError(f"{path}: is no archive of rajnay; give another path")
        if known > len(MIGRATIONS):
            raise ArchiveError(
                f"{path}: was written by a newer rajnay (tables {known}, known are "
                f"{len(MIGRATIONS)}); update rajnay"
            )
        for step in MIGRATIONS[known:]:
            for statement in statements(step):
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one, for ``executescript`` would end a transaction.

    >>> list(statements("SELECT 1; SELECT 2;"))
    ['SELECT 1;', ' SELECT 2;']
    """
    statement = ""
    for part in script.split(";")[:-1]:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Keep all that is written inside, or nothing of it; one inside another is part of that."""
    if database.in_transaction:
        yield
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled it back already
            database.execute("ROLLBACK")
        raise


def state_of(path: Path) -> str:
    """Return a text that changes with an archive; empty if there is none, and what is wrong with it
    if it cannot be read.
    """
    if not path.is_file():
        return ""
    try:
        with told_of(path), closing(open_to_read(path)) as database:
            return f"{path} {database.execute(CHANGES).fetchone()[0]}"
    except ArchiveError as error:
        return str(error)
