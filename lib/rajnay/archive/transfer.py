"""The archive's articles written out and read in again, a few at a time: as JSON lines, which
everything reads, or as Parquet, which databases do.

Each keeps all that is known of an article, the bytes that came in among it: what is written here
and read in there makes an archive of the same articles.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rajnay.archive.filing import Filing, moment
from rajnay.archive.store import Archive, Kept
from rajnay.base.safe import unfinished
from rajnay.models import Article
from rajnay.text.lots import rows
from rajnay.text.reading import ReadingError, article

FORMATS = (".jsonl", ".parquet")
_ARTICLE = (
    "id",
    "lang",
    "published",
    "modified",
    "url",
    "publisher",
    "title",
    "origin",
    "original_lang",
    "text",
)
_CAME = ("first_seen", "last_seen", "feed", "told_by", "headers")
_LOT = 500
Record = dict[str, Any]


def export(archive: Archive, file: Path) -> int:
    """Write every article to a file, whole or not at all, and return how many there are.

    Args:
        archive: an open archive.
        file: ends in one of ``FORMATS``.
    """
    write = _write_parquet if file.suffix == ".parquet" else _write_lines
    with unfinished(file) as beside:
        return write(map(_record, archive.kept()), beside)


def _record(kept: Kept) -> Record:
    fields = asdict(kept.article)
    days = {
        name: fields[name].isoformat() if fields[name] else None
        for name in ("published", "modified")
    }
    seen = {"first_seen": moment(kept.first_seen), "last_seen": moment(kept.last_seen)}
    headers = json.dumps(dict(kept.headers), ensure_ascii=False, sort_keys=True)
    about = {"feed": kept.feed, "told_by": kept.told_by, "headers": headers, "raw": kept.raw}
    return fields | days | seen | about


def _write_lines(records: Iterable[Record], file: Path) -> int:
    count = 0
    with file.open("w", encoding="utf-8") as lines:
        for record in records:
            raw = base64.b64encode(record["raw"]).decode()
            came = {name: record[name] for name in _CAME} | {"raw": raw}
            line = {name: record[name] for name in _ARTICLE} | {"archive": came}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_parquet(records: Iterable[Record], file: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [*((name, pa.string()) for name in (*_ARTICLE, *_CAME)), ("raw", pa.binary())]
    schema, count = pa.schema(fields), 0
    with pq.ParquetWriter(file, schema) as table:
        for lot in _lots(records):
            table.write_table(pa.Table.from_pylist(lot, schema=schema))
            count += len(lot)
    return count


def _lots(records: Iterable[Record]) -> Iterator[list[Record]]:
    lot: list[Record] = []
    for record in records:
        lot.append(record)
        if len(lot) == _LOT:
            yield lot
            lot = []
    if lot:
        yield lot


@dataclass(frozen=True)
class _Came:
    """An article that came in: its bytes, when it was first and last seen, and what was said of it
    on its way.
    """

    article: Article
    raw: bytes
    seen: tuple[datetime, datetime]
    headers: dict[str, str]
    feed: str | None


def load(
    archive: Archive, file: Path, now: datetime, languages: Iterable[str] = ()
) -> Iterator[Filing | ReadingError]:
    """File every article of an exported file, and yield what became of it, or in its place why it
    cannot be read.

    Args:
        archive: open to write.
        file: as ``export`` writes it, or any JSON lines of articles: those that say nothing of
            when they were seen are seen now.
        now: the time.
        languages: the codes that can be read; any, if there are none.
    """
    read: Callable[[Path], Iterator[tuple[str, Record | str]]]
    read = _read_parquet if file.suffix == ".parquet" else _read_lines
    codes = [*languages]
    for where, record in read(file):
        came = _came(record, f"{file}: {where}", now, codes)
        if isinstance(came, ReadingError):
            yield came
            continue
        filing = None
        with archive.together():
            for seen in came.seen:
                found = archive.file(
                    came.article, came.raw, seen=seen, headers=came.headers, feed=came.feed
                )
                filing = filing or found
        if filing:
            yield filing


def _read_lines(file: Path) -> Iterator[tuple[str, Record | str]]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                record |= record.pop("archive", {})
                raw = record.get("raw")
                record["raw"] = base64.b64decode(raw, validate=True) if raw else None
                yield f"line {number}", record
            except (ValueError, AttributeError, TypeError) as error:
                yield f"line {number}", f"no article in JSON ({error}); mend or delete the line"


def _read_parquet(file: Path) -> Iterator[tuple[str, Record | str]]:
    with file.open("rb") as stream:
        yield from rows(stream)


def _came(
    record: Record | str, where: str, now: datetime, languages: list[str]
) -> _Came | ReadingError:
    """Return a record as an article that came in, or the error that says what is wrong with it."""
    if isinstance(record, str):
        return ReadingError(where, record)
    fields = {"id": f"{where.rsplit(' ', 1)[-1]}", **record}
    read = article(fields, where, None, None, languages)
    if isinstance(read, ReadingError):
        return read
    try:
        first = _time(record.get("first_seen"), now)
        seen = first, _time(record.get("last_seen"), first)
        headers = json.loads(record.get("headers") or "{}")
    except (TypeError, ValueError) as error:
        return ReadingError(where, f"{error}; write times as 2025-08-21T19:30:00Z")
    raw = record.get("raw") or read.text.encode()
    return _Came(read, raw, seen, headers, record.get("feed"))


def _time(text: str | None, default: datetime) -> datetime:
    when = datetime.fromisoformat(text) if text else default
    moment(when)
    return when
