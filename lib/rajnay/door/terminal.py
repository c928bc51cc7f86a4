"""What the command line prints: tables for people, CSV for spreadsheets, and one line for each
thing that went wrong.
"""

from __future__ import annotations

import csv
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from rajnay.base.safe import plain, safe_cell

SIGNALS = (signal.SIGINT, signal.SIGTERM)
WIDEST = 48  # characters of a cell in a table for people


def say(what: object) -> None:
    """Print one line on standard error."""
    print("rajnay:", " ".join(str(what).split()), file=sys.stderr, flush=True)


class Stopped(BaseException):
    """The end of a program before its work is done: by a signal, or because nobody reads on.

    It is no Exception, so that whatever goes on after a fault does not go on after this.
    """

    def __init__(self, status: int, said: str = "") -> None:
        super().__init__(status, said)
        self.status, self.said = status, said


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into ``Stopped``, so that what is open is closed and swept up."""

    def stop(number: int, _: object) -> None:
        for signal_ in SIGNALS:
            signal.signal(signal_, signal.SIG_IGN)
        raise Stopped(128 + number, "stopped")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def put(text: str) -> None:
    """Print whole lines on standard output: a signal waits for their end.

    Raises:
        Stopped: nobody reads them any more, as after ``| head``.
    """
    masked = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS) if masked else ()
    try:
        print(text, flush=True)
    except BrokenPipeError:
        with suppress(OSError, ValueError):  # what is still to be flushed leads nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Stopped(0) from None
    finally:
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as CSV that no spreadsheet runs."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: safe_cell(cell) for key, cell in row.items()} for row in rows)
    put(lines.getvalue().removesuffix("\n"))


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
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in zip(*shown, strict=True)
    ]
    put("\n".join(lines if rows else [*lines, "nothing found"]))
