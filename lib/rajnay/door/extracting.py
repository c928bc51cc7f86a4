"""What articles tell, printed or written one article after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rajnay import records
from rajnay.base.safe import unfinished
from rajnay.door.arguments import unusable
from rajnay.door.terminal import print_csv, print_table, put
from rajnay.models import Extraction, Pair
from rajnay.scale.spread import batches
from rajnay.text import lots

if TYPE_CHECKING:
    import pyarrow as pa

Table = list[dict[str, Any]]
_NUMBERS = {"confidence": "float64", "evidence_start": "int64", "evidence_end": "int64"}
_LOT = 500  # articles whose rows are written to Parquet at a time


def form_of(format: str, output: str | None) -> Any:
    """Return what makes a line, or rows, of what an article tells.

    Raises:
        BadParameter: the output has no suffix of a format.
    """
    if output is not None and not output.endswith(lots.SUFFIXES):
        raise unusable("--output", f"{output!r} must end in one of {' '.join(lots.SUFFIXES)}")
    in_lines = output.endswith(".jsonl") if output else format == "jsonl"
    return line_of if in_lines else records.table_rows


def line_of(extraction: Extraction) -> str:
    """Return what an article tells as one JSON line.

    >>> from rajnay.models import Article
    >>> line_of(Extraction(Article("a", "A met B.", "en")))
    '{"id": "a", "lang": "en", "published": null, "url": null, "engagements": [], "unresolved": []}'
    """
    return json.dumps(records.extraction_record(extraction), ensure_ascii=False)


def put_told(told: Iterable[Any], format: str, output: str | None, pair: Pair) -> None:
    """Print what articles tell, or write it to a file.

    Args:
        told: lines or rows for each article, as ``form_of`` makes them.
        format: ``jsonl``, ``csv`` or ``table``, for what is printed.
        output: a file or an address in a store; none to print.
        pair: the two countries.
    """
    if output is not None:
        write = write_lines if output.endswith(".jsonl") else write_rows
        with storing(output) as stream:
            write(told, stream, pair)
    elif format == "jsonl":
        for line in told:
            put(line)
    else:
        rows = [*chain.from_iterable(told)]
        (print_csv if format == "csv" else print_table)(rows, records.columns(pair))


@contextmanager
def storing(output: str) -> Iterator[BinaryIO]:
    """Open a file of this disk or of a store, which stands there whole or not at all."""
    if not lots.stored(output):
        with unfinished(Path(output)) as beside, beside.open("wb") as stream:
            yield stream
        return
    import fsspec

    store, path = fsspec.url_to_fs(output)
    with store.transaction, store.open(path, "wb") as stream:
        yield stream


def write_lines(lines: Iterable[str], stream: BinaryIO, pair: Pair) -> None:
    """Write a line for each article."""
    for line in lines:
        stream.write(f"{line}\n".encode())


def write_rows(told: Iterable[Table], stream: BinaryIO, pair: Pair) -> None:
    """Write the rows of each article as Parquet, in one schema whether there are any or not."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [(name, getattr(pa, _NUMBERS.get(name, "string"))()) for name in records.columns(pair)]
    )
    with pq.ParquetWriter(stream, schema) as writer:
        for few in batches(told, _LOT):
            rows: Table = [*chain.from_iterable(few)]
            table: pa.Table = pa.Table.from_pylist(rows, schema=schema)
            writer.write_table(table)
