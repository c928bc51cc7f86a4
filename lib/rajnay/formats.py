"""The formats articles arrive in: bytes to text, and text to raw fields, one function a format.

Nothing here knows of files: what is wrong is said by a FormatError, and the caller adds where.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

FIELDS = ("id", "lang", "published", "url", "publisher", "title", "origin")
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
WIDE_MARKS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


class FormatError(ValueError):
    """What is wrong with an input and how to mend it, in one line that does not yet say where."""


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text without a byte order mark; line ends stay as they are, so that offsets hold.

    Raises FormatError for empty, binary and otherwise encoded bytes.

    >>> decode(b"\\xef\\xbb\\xbfone\\r\\ntwo")
    'one\\r\\ntwo'
    """
    if not data.strip():
        raise FormatError("the file is empty; it should hold the article's text")
    for mark, name in WIDE_MARKS:
        if data.startswith(mark):
            raise FormatError(f"this is {name}, not UTF-8; convert it: iconv -f {name} -t UTF-8")
    if b"\0" in data:
        raise FormatError(f"a binary file (zero byte at {data.index(0)}), not text; save the article as UTF-8 text")
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + len(data) - len(body)
        mend = "if it is Latin-1, convert it: iconv -f LATIN1 -t UTF-8"
        raise FormatError(f"not UTF-8 at byte {at} (0x{data[at]:02X}); {mend}") from None


def front_matter(text: str) -> dict[str, Any]:
    """Return the fields of Markdown's YAML front matter, all of them strings, and its ``text`` from the line after it.

    Raises FormatError for front matter that is not closed, is not YAML, or holds a field that is not known.

    >>> front_matter("---\\nlang: gu\\n---\\nText.")
    {'lang': 'gu', 'text': 'Text.'}
    """
    found = FRONT_MATTER.match(text)
    if not found:
        if re.match(r"---[ \t]*\r?\n", text):
            raise FormatError("the front matter is not closed; end it with a line of three hyphens")
        return {"text": text}
    try:
        fields = yaml.load(found[1], yaml.BaseLoader) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise FormatError(f"line {line}: front matter is not YAML ({getattr(error, 'problem', error)}); mend it there") from None
    if not isinstance(fields, dict):
        raise FormatError("front matter must be lines of the form 'key: value'")
    for key in fields:
        if key not in FIELDS:
            raise FormatError(f"unknown field {key!r} in front matter; known are {', '.join(FIELDS)}")
    return fields | {"text": text[found.end() :]}


def page(markup: str) -> dict[str, Any]:
    """Return the article of an HTML page: its headline and body as ``text``, and what its metadata say.

    The date comes from metadata alone, never guessed from the page's words. Raises FormatError where no article is found.
    """
    import trafilatura  # here, because it takes half a second that other formats need not wait for

    tree = trafilatura.load_html(markup)
    certain = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=certain)
    if tree is None or found is None or isinstance(found, dict) or not found.text:
        raise FormatError("no article found in this page; save its words as .txt")
    headline = f"{found.title}\n\n" if found.title and found.title not in found.text else ""
    language = (tree.get("lang") or "").split("-")[0].lower()
    about = {"title": found.title, "published": found.date, "publisher": found.sitename, "url": found.url, "lang": language}
    return {"text": headline + found.text, **about}


def records(text: str, *, in_lines: bool) -> Iterator[tuple[str, dict[str, Any] | FormatError]]:
    """Yield the objects of JSON lines, or of one JSON object or list, each with its place in the file.

    What is no object is yielded as the FormatError that says so, and the rest goes on.

    >>> list(records('{"text": "a"}', in_lines=True))
    [('line 1', {'text': 'a'})]
    """
    if in_lines:
        places = ((f"line {n}", value(line)) for n, line in enumerate(text.split("\n"), 1) if line.strip())
    else:
        whole = value(text)
        many = enumerate(whole, 1) if isinstance(whole, list) else ()
        places = ((f"item {n}", item) for n, item in many) if isinstance(whole, list) else (("", found) for found in [whole])
    for place, found in places:
        right = isinstance(found, (dict, FormatError))
        yield place, found if right else FormatError('not an object; an article is {"id": ..., "text": ...}')


def value(text: str) -> Any:
    """Return the value of a JSON text, or the FormatError that says where it breaks."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        return FormatError(f"{at}: not JSON ({error.msg}); mend it there")
    except (ValueError, RecursionError):
        return FormatError("JSON nested or numbered beyond reason; an article is a flat object")
