"""What the command line prints: tables for people, CSV for spreadsheets, and one line for each
thing that went wrong.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rajnay.safe import plain, safe_cell

WIDEST = 48  # characters of a cell in a table for people


def say(what: object) -> None:
    """Print one line on standard error."""
    print("rajnay:", " ".join(str(what).split()), file=sys.stderr, flush=True)


def print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as CSV that no spreadsheet runs."""

    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: safe_cell(cell) for key, cell in row.items()} for row in rows)


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
    """Print rows as a table for people: columns that are empty throughout are left out, long cells
    cut.
    """

    def text(cell: object) -> str:
        words = (
            f"{cell:.3f}"
            if isinstance(cell, float)
            else ""
            if cell is None
            else " ".join(plain(str(cell)).split())
        )
        return words if len(words) <= WIDEST else f"{words[: WIDEST - 3]}..."

    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    table = {name: [text(row.get(name)) for row in rows] for name in names}
    shown = [[name, *cells] for name, cells in table.items() if any(cells)]
    widths = [max(map(len, column)) for column in shown]
    for line in zip(*shown, strict=True):
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
    if not rows:
        print("nothing found")
