"""What stands in an input, by its format: bytes as text, JSON, and Markdown with front matter."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import yaml

FIELDS = (
    *("id", "lang", "published", "modified", "url", "publisher", "title"),
    *("origin", "original_lang"),
)
# What other programs call these fields.
_OTHER_NAMES = {
    "articlebody": "text",
    "body": "text",
    "content": "text",
    "date": "published",
    "date_published": "published",
    "date_publish": "published",
    "datepublished": "published",
    "publication_date": "published",
    "pubdate": "published",
    "pub_date": "published",
    "publish_date": "published",
    "publish_time": "published",
    "published_at": "published",
    "published_date": "published",
    "published_on": "published",
    "published_time": "published",
    "date_modified": "modified",
    "datemodified": "modified",
    "lastmod": "modified",
    "last_modified": "modified",
    "modified_time": "modified",
    "updated": "modified",
    "updated_at": "modified",
    "headline": "title",
    "language": "lang",
    "inlanguage": "lang",
    "locale": "lang",
    "link": "url",
    "permalink": "url",
    "canonical": "url",
    "source_url": "url",
    "newspaper": "publisher",
    "outlet": "publisher",
    "site": "publisher",
    "site_name": "publisher",
    "sitename": "publisher",
    "source": "publisher",
}
_NOTHING = ("", "~", "null", "none", "undefined")
_FRONT_MATTER = re.compile(
    r"\s*^---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_ENTRY = re.compile(r"""(["']?)([^\s"'#:][^"':]*?)\1[ \t]*:(?:[ \t]+|$)(.*)\Z""")
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class FormatError(ValueError):
    """What is wrong with an input and how to mend it, in one line that does not yet say where."""


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text without a byte order mark; line ends stay as they are, so that
    offsets hold.

    Raises FormatError for empty, binary and otherwise encoded bytes.

    >>> decode(b"\\xef\\xbb\\xbfone\\r\\ntwo")
    'one\\r\\ntwo'
    """
    if not data.strip():
        raise FormatError("the file is empty; it should hold the article's text")
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            raise FormatError(f"this is {name}, not UTF-8; convert it: iconv -f {name} -t UTF-8")
    if b"\0" in data:
        raise FormatError(
            f"a binary file (zero byte at {data.index(0)}), not text; save the article as UTF-8 "
            "text"
        )
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + len(data) - len(body)
        mend = "if it is Latin-1, convert it: iconv -f LATIN1 -t UTF-8"
        raise FormatError(f"not UTF-8 at byte {at} (0x{data[at]:02X}); {mend}") from None


def named(fields: Mapping[Any, Any]) -> dict[str, Any]:
    """Return fields under the names that an article has for them, without those that hold nothing.

    A name of ours comes before what others call the same.

    >>> named({"Date": "2025-08-13", "headline": "A", "title": "B", "id": None})
    {'published': '2025-08-13', 'title': 'B'}
    """
    own: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for key, value in fields.items():
        if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
            continue
        name = re.sub(r"[\s-]+", "_", str(key).strip().lower())
        if key == "text" or name in FIELDS:
            own.setdefault(name, value)
        elif name in _OTHER_NAMES:
            others.setdefault(_OTHER_NAMES[name], value)
        else:
            own.setdefault(str(key), value)
    publisher = others.get("publisher")
    if isinstance(publisher, str) and re.match(r"https?://", publisher):
        others.setdefault("url", others.pop("publisher"))
    usable = {
        key: value
        for key, value in others.items()
        if isinstance(value, str) or key in ("published", "modified")
    }
    return {**usable, **own}


def front_matter(text: str) -> dict[str, Any]:
    """Return the fields of Markdown's front matter, all of them strings, and its ``text`` from the
    line after it.

    Each entry is read as YAML by itself, and word for word where it is none: a headline may hold a
    colon. Raises FormatError for front matter that is not closed, or that holds a line which is no
    entry, or a field that is likely meant for another.

    >>> front_matter("---\\nlang: gu\\ntitle: A: B\\n---\\nText.")
    {'lang': 'gu', 'title': 'A: B', 'text': 'Text.'}
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        if fault := _no_front_matter(text):
            raise FormatError(fault)
        return {"text": text}
    lines: dict[str, int] = {}
    fields: dict[str, Any] = {}
    for number, key, value in _entries(found[1], text[: found.start(1)].count("\n") + 1):
        if key in fields:
            raise FormatError(f"line {number}: {key!r} stands twice in front matter; keep one")
        lines[key], fields[key] = number, value
    read = named(fields)
    if lost := misnamed(read):
        raise FormatError(
            f"line {lines[lost[0]]}: unknown field {lost[0]!r} in front matter; {lost[1]!r} may be "
            "meant"
        )
    known = {key: value for key, value in read.items() if key in FIELDS}
    return known | {"text": text[found.end() :]}


def _no_front_matter(text: str) -> str | None:
    """Return what is wrong with a text that was meant to have front matter and has none."""
    if re.match(r"\s*---[ \t]*\r?\n[\w-]+[ \t]*:", text) or re.match(r"---[ \t]*\r?\n", text):
        return "the front matter is not closed; end it with a line of three hyphens"
    if re.match(r"\s*\+\+\+[ \t]*\r?\n", text):
        return "front matter is read as YAML, 'key: value' between lines of three hyphens"
    first = _ENTRY.match(text.lstrip().partition("\n")[0].rstrip())
    if first and first[2].lower() in FIELDS and re.search(r"^---[ \t]*\r?$", text, re.MULTILINE):
        return "the front matter is not opened; begin it with a line of three hyphens"
    return None


def misnamed(fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return an unknown field that was likely meant for another, which is missing, and that one.

    >>> misnamed({"publishd": "2025-08-13", "author": "A"}), misnamed({"author": "A"})
    (('publishd', 'published'), None)
    """
    undated = not fields.keys() & {"published", "modified"}
    for key, value in fields.items():
        if key in FIELDS or key == "text":
            continue
        close = get_close_matches(key.lower(), FIELDS, 1, cutoff=0.8)
        if close and close[0] not in fields and isinstance(value, str):
            return key, close[0]
        if undated and re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", str(value)):
            return key, "published"
    return None


def _entries(block: str, first: int) -> Iterator[tuple[int, str, Any]]:
    """Yield the entries of front matter, with what is indented under each: line, key, value."""
    entries: list[tuple[int, list[str]]] = []
    for number, line in enumerate(block.splitlines(), first):
        if not line.strip() or line.startswith("#"):
            continue
        if entries and (line[0] in " \t" or line.startswith("- ")):
            entries[-1][1].append(line)
            continue
        entries.append((number, [line]))
    for number, lines in entries:
        entry = _ENTRY.match(lines[0].rstrip())
        if not entry:
            raise FormatError(
                f"line {number}: front matter must be lines of the form 'key: value'; this is "
                f"{lines[0].strip()[:40]!r}"
            )
        yield number, entry[2], _value_of("\n".join(lines), entry[3].strip())


def _value_of(entry: str, rest: str) -> Any:
    """Return the value of one entry as YAML has it, or word for word where that is no text."""
    try:
        fields = yaml.load(entry, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return rest
    value = next(iter(fields.values())) if isinstance(fields, dict) and fields else rest
    if not isinstance(value, str):
        return rest
    # YAML drops what follows " #" or a mark such as & or !; in a headline it is meant.
    return rest if rest[:1] in "&!#" and rest else value


def records(whole: Any) -> Iterator[tuple[str, Any]]:
    """Yield the items of a JSON list, each with its place, or the one value of any other JSON.

    Raises FormatError for a list of nothing.

    >>> list(records([{"text": "a"}]))
    [('item 1', {'text': 'a'})]
    """
    if whole == []:
        raise FormatError("an empty list; it should hold articles")
    if isinstance(whole, list):
        yield from ((f"item {number}", item) for number, item in enumerate(whole, 1))
    else:
        yield "", whole


def value(text: str) -> Any:
    """Return the value of a JSON text, or the FormatError that says where it breaks."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = (
            f"line {error.lineno}, column {error.colno}"
            if "\n" in text
            else f"column {error.colno}"
        )
        return FormatError(f"{at}: not JSON ({error.msg}); mend it there")
    except (ValueError, RecursionError):
        return FormatError("JSON nested or numbered beyond reason; an article is a flat object")
