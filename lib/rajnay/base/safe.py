"""What makes words from outside harmless: in a table's cell, a link, a page, a script element, and
files written whole.

Articles come from strangers. Whatever they say is shown, never run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# A cell that a spreadsheet would run: white space, a byte order mark or a zero-width character may
# stand before the sign.
FORMULA = re.compile("^[\\s\ufeff\u200b-\u200f]*[=+\\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r]")


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Give a name beside a file's place to write to, and move what is there over when it is whole,
    so that no reader ever finds half of it. Missing folders are made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file whole or not at all, as ``unfinished`` does.

    ``content`` is text (written as UTF-8) or bytes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a" / "b.txt", "whole")
    ...     (Path(folder) / "a" / "b.txt").read_text()
    'whole'
    """
    with unfinished(path) as beside:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)


def safe_cell(value: object) -> object:
    """Return a table cell that no spreadsheet runs as a formula: text that starts like one gets a
    leading quote mark.

    >>> safe_cell("=1+1"), safe_cell("  @SUM(A1)"), safe_cell("2025-08-21"), safe_cell(-3)
    ("'=1+1", "'  @SUM(A1)", '2025-08-21', -3)
    """
    return f"'{value}" if isinstance(value, str) and FORMULA.search(value) else value


def web_link(address: str | None) -> str | None:
    """Return an address if it is an ordinary web address, else None: no other scheme is ever
    linked.

    >>> [web_link(to) for to in ("https://example.org/a", "javascript:alert(1)", "//example.org")]
    ['https://example.org/a', None, None]
    """
    return (
        address
        if address and re.match(r"https?://[^\s/?#\\\"'<>]+[^\s\"'<>\\]*\Z", address, re.IGNORECASE)
        else None
    )


def plain(text: str) -> str:
    """Return text without the control characters that no calendar may hold."""
    return "".join(
        character
        for character in text
        if character == "\n" or character.isprintable() or character in "\u200c\u200d"
    )


def dump(value: Any, *, compact: bool = False) -> bytes:
    """Return a value as JSON that can also stand inside a page: no character of it can end a script
    element.

    It is laid out to be read, a line a value, unless it is to be ``compact``.

    >>> dump({"a": "</script>"}).decode()
    '{\\n "a": "\\\\u003c/script\\\\u003e"\\n}\\n'
    """
    layout: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 1}
    text = json.dumps(value, ensure_ascii=False, **layout)
    return f"{text}\n".translate(
        {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
    ).encode()
