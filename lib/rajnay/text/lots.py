"""Files of many articles, read one article after the other: JSON lines and Parquet, on this disk or
in a store that fsspec reaches.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from rajnay.text.formats import FormatError, decode, value

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIXES = (".jsonl", ".parquet")
# Bytes of one line: far beyond any news story in JSON, so more is a mistake.
_LONGEST = 8_000_000
_ROWS = 64  # of a Parquet file in memory at a time


def stored(source: str) -> bool:
    """Say whether a source is an address in a store, as fsspec writes them.

    >>> stored("s3://news/2025.jsonl"), stored("articles/2025.jsonl")
    (True, False)
    """
    return re.match(r"[a-z][a-z0-9+.-]+://", source) is not None


def opened(source: str) -> BinaryIO:
    """Open a file of this disk or of a store to read; raises FormatError if it cannot be."""
    try:
        if not stored(source):
            return Path(source).open("rb")
        import fsspec

        return cast("BinaryIO", fsspec.open(source, "rb").open())
    except Exception as error:  # each kind of store has errors of its own
        reason = getattr(error, "strerror", None) or error
        raise FormatError(
            f"cannot be read ({reason}); check the address and its permissions"
        ) from None


def lot(source: str) -> Iterator[tuple[str, Any]]:
    """Yield each article of a file as JSON or Parquet has it, with its place in it, or the
    FormatError that took its place.

    Raises FormatError for a file that cannot be read at all.
    """
    read: Callable[[BinaryIO], Iterator[tuple[str, Any]]]
    read = rows if source.lower().endswith(".parquet") else lines
    with opened(source) as stream:
        yield from read(stream)


def lines(stream: BinaryIO) -> Iterator[tuple[str, Any]]:
    """Yield the value of each line of JSON lines, or what is wrong with it, one after the other.

    >>> import io
    >>> list(lines(io.BytesIO(b'{"text": "a"}')))
    [('line 1', {'text': 'a'})]
    """
    number = 0
    filled = False
    while line := stream.readline(_LONGEST):
        number += 1
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decode(line)  # tells it of the whole file
        if len(line) == _LONGEST and not line.endswith(b"\n"):
            while (rest := stream.readline(_LONGEST)) and not rest.endswith(b"\n"):
                pass
            size = f"more than {_LONGEST / 1e6:.0f} MB in a line is no article"
            yield f"line {number}", FormatError(f"{size}; give each a line of its own")
        elif line.strip() not in (b"", b"\xef\xbb\xbf"):
            yield f"line {number}", _value(line)
        else:
            continue
        filled = True
    if not filled:
        decode(b"")


def _value(line: bytes) -> Any:
    try:
        return value(decode(line).rstrip())
    except FormatError as error:
        return error


def rows(stream: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a Parquet file, a few in memory at a time; days and times as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        number = 0
        with pq.ParquetFile(stream) as table:
            for batch in table.iter_batches(batch_size=_ROWS):
                few: pa.RecordBatch = batch
                for row in few.to_pylist():
                    number += 1
                    yield f"row {number}", {key: _plain(cell) for key, cell in row.items()}
    except pa.ArrowException as error:
        raise FormatError(f"not Parquet ({error}); write it anew") from None


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
