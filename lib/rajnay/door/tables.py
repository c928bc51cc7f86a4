"""A timeline printed for people, or written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rajnay.door.arguments import unusable
from rajnay.door.terminal import print_table, say
from rajnay.models import Pair, Row
from rajnay.timeline import exports, tables

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge

# Columns of a timeline too wide for a terminal.
UNPRINTED = ("edtf", "evidence", "title", "publisher", "published", "lang", "url")


def check_output(output: Path | None) -> None:
    """Raise BadParameter for a file that no timeline can be written to."""
    if output and not output.name.endswith(exports.FORMATS):
        raise unusable(
            "--output",
            f"{str(output)!r} has no suffix of a format; use one of {' '.join(exports.FORMATS)}",
        )
    if output and not output.parent.is_dir():
        raise unusable("--output", f"there is no folder {str(output.parent)!r}; make it first")


def put_rows(
    rows: Sequence[Row],
    output: Path | None,
    pair: Pair,
    knowledge: Knowledge,
    complain: Callable[[str], None],
) -> None:
    """Print the rows of a timeline, or write them to a file.

    Args:
        rows: the events.
        output: the file; none to print them.
        pair: the two countries.
        knowledge: the reference tables, for places.
        complain: takes why a file cannot be written.
    """
    if output is None:
        flat = map(tables.flat, rows)
        print_table([{key: row[key] for key in row if key not in UNPRINTED} for row in flat])
        return
    places = knowledge.reference.places.values()
    known = {place.name: (place.lat, place.lon) for place in places}
    try:
        for note in exports.write(rows, output, places=known, pair=pair):
            say(note)
    except OSError as error:
        complain(f"{output}: cannot be written ({error.strerror}); check the folder")
