"""Decisions as a table, to look through in a spreadsheet, to keep beside the archive, and to carry
to another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from rajnay.base.safe import safe_cell
from rajnay.records import LIST_SEPARATOR
from rajnay.review.decisions import Decision, packed, unpacked

# The last column is the decision itself; the others say it in words, and are not read again.
_WHOLE = "decision"
COLUMNS = (
    "id",
    "what",
    "changes",
    "who",
    "when",
    "why",
    "undone_by",
    "undone_when",
    "undone_why",
    "articles",
    "words",
    _WHOLE,
)


class TableError(ValueError):
    """A line of a table that holds no decision: where, and what is wrong."""


def written(decisions: Iterable[Decision]) -> bytes:
    """Return decisions as CSV (UTF-8 with a mark, for spreadsheets) that no spreadsheet runs."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for one in decisions:
        line = _line(one)
        writer.writerow({name: safe_cell(cell) for name, cell in line.items()})
    return text.getvalue().encode("utf-8-sig")


def _line(decision: Decision) -> dict[str, str]:
    anchors, undone = (*decision.anchors, *decision.apart), decision.undone
    changes = (f"{name}: {value}" for name, value in decision.changes.items())
    return {
        "id": decision.id,
        "what": decision.action,
        "changes": LIST_SEPARATOR.join(changes),
        "who": decision.who,
        "when": decision.when.isoformat(),
        "why": decision.why,
        "undone_by": undone.who if undone else "",
        "undone_when": undone.when.isoformat() if undone else "",
        "undone_why": undone.why if undone else "",
        "articles": LIST_SEPARATOR.join(one.article for one in anchors),
        "words": LIST_SEPARATOR.join(one.words for one in anchors),
        _WHOLE: packed(decision).decode(),
    }


def read(content: bytes, where: str) -> Iterator[Decision | TableError]:
    """Yield the decisions of a table, and in its place an error for each line that holds none.

    Args:
        content: the table as ``written`` gives it, whatever a spreadsheet did to its other columns.
        where: the file's name.
    """
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    if _WHOLE not in (rows.fieldnames or ()):
        yield TableError(f"{where}:1: has no column {_WHOLE!r}; give a table of `review export`")
        return
    for row in rows:
        try:
            yield unpacked(row[_WHOLE] or "")
        except ValidationError as error:
            what = error.errors()[0]["msg"]
            yield TableError(f"{where}:{rows.line_num}: no decision ({what}); take the line out")
