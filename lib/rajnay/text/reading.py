"""Files, folders and streams turned into articles, their text kept character for character.

``read_articles`` and ``scan`` read sources; below them stand the formats, one function each. What
is wrong inside an input is said by a FormatError, to which the reader adds where.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import yaml

from rajnay.models import Article

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl")
# Characters of one article: far beyond any news story, so a longer text is a mistake in the file.
LONGEST = 1_000_000
ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?\Z")
FIELDS = ("id", "lang", "published", "url", "publisher", "title", "origin")
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class FormatError(ValueError):
    """What is wrong with an input and how to mend it, in one line that does not yet say where."""


class ReadingError(ValueError):
    """An input that cannot be read: one line that names the file, what is wrong, and the mend."""

    def __init__(self, where: str, what: object) -> None:
        super().__init__(" ".join(f"{where}: {what}".split()))


def read_articles(
    source: str | Path,
    *,
    published: date | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
) -> list[Article]:
    """Return every article of one file, folder or stream.

    ``source`` is a path or ``-`` for ``stdin``; ``published`` and ``lang`` serve the articles that
    do not carry their own. Raises ReadingError for the first input that cannot be read.

    >>> import io
    >>> read_articles("-", stdin=io.BytesIO(b"A met B."), published=date(2025, 8, 13))[0].published
    datetime.date(2025, 8, 13)
    """
    articles = []
    for found in scan([source], published=published, lang=lang, stdin=stdin):
        if isinstance(found, ReadingError):
            raise found
        articles.append(found)
    return articles


def scan(
    sources: Iterable[str | Path],
    *,
    published: date | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
    languages: Collection[str] = (),
) -> Iterator[Article | ReadingError]:
    """Yield the articles of many sources, and in its place an error for each that cannot be read.

    Arguments are those of ``read_articles``, and ``languages`` the codes that can be read (any, if
    none is given). An identifier already used is an error too: a source must be found by it.

    >>> [str(found) for found in scan(["missing.txt"])]
    ['missing.txt: no such file; check the path']
    """
    seen: dict[str, str] = {}
    for source in sources:
        for path in unfold(source):
            try:
                for where, fields in raw(path, stdin):
                    found = (
                        article(fields, where, published, lang)
                        if isinstance(fields, dict)
                        else ReadingError(where, fields)
                    )
                    if isinstance(found, Article) and found.id in seen:
                        yield ReadingError(
                            where,
                            f"id {found.id!r} is taken by {seen[found.id]}; give each article "
                            "its own",
                        )
                        continue
                    if isinstance(found, Article):
                        seen[found.id] = where
                        if languages and found.lang not in languages:
                            found = ReadingError(where, no_pack(found.lang, languages))
                    yield found
            except FormatError as error:
                yield ReadingError("standard input" if path == "-" else path, error)


def no_pack(lang: str, languages: Collection[str]) -> str:
    """Return what to say of a language that has no pack."""
    known = ", ".join(languages)
    return f"language {lang!r} has no pack; there is {known}, or add one to data/languages"


def unfold(source: str | Path) -> list[str]:
    """Return the files of a folder that have a suffix of ``SUFFIXES``, in the order of their names;
    any other path as it is.
    """
    if str(source) == "-" or not Path(source).is_dir():
        return [str(source)]
    inside = [
        str(file) for file in sorted(Path(source).rglob("*")) if file.suffix.lower() in SUFFIXES
    ]
    return inside or [str(source)]


def raw(source: str, stdin: BinaryIO | None) -> Iterator[tuple[str, dict[str, Any] | FormatError]]:
    """Yield for each article of a file where it stands and its raw fields, or the error that took
    its place.
    """
    path, from_stream = Path(source), source == "-"
    suffix = "" if from_stream else path.suffix.lower()
    if suffix not in SUFFIXES and not from_stream:
        what = (
            "a folder without articles"
            if path.is_dir()
            else f"{suffix or 'a name without suffix'} is not read"
        )
        raise FormatError(f"{what}; give {' '.join(SUFFIXES)} or - for standard input")
    text = decode(stdin.read() if stdin and from_stream else content(path))
    name, where = (
        ({"id": "stdin"}, "standard input") if from_stream else ({"id": path.stem}, source)
    )
    if suffix in (".json", ".jsonl") or (from_stream and text.lstrip().startswith("{")):
        lines = suffix == ".jsonl" or (from_stream and isinstance(value(text), FormatError))
        for place, fields in records(text, in_lines=lines):
            own = {"id": f"{name['id']}-{place.split()[1]}"} if place else name
            yield (
                f"{where}: {place}".removesuffix(": "),
                own | fields if isinstance(fields, dict) else fields,
            )
    elif suffix == ".md":
        yield where, name | front_matter(text)
    elif suffix in (".html", ".htm"):
        yield where, name | page(text)
    else:
        yield where, name | {"text": text}


def content(path: Path) -> bytes:
    """Return a file's bytes; raises FormatError where there is no such file or it may not be
    read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FormatError("no such file; check the path") from None
    except OSError as error:
        raise FormatError(f"cannot be read ({error.strerror}); check its permissions") from None


def article(
    fields: Mapping[str, Any], where: str, published: date | None, lang: str | None
) -> Article | ReadingError:
    """Return an article from raw fields, each checked, or the error that says which of them is
    wrong.
    """
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        return ReadingError(where, "no text; the field 'text' must hold the article")
    if len(text) > LONGEST:
        lines = text.count("\n") + 1
        size = f"{len(text):,} characters in {lines:,} line{'s' if lines > 1 else ''}"
        return ReadingError(
            where,
            f"{size} is no single article (at most {LONGEST:,}); give many as .jsonl, one a line",
        )
    known: dict[str, Any] = {
        key: fields[key] for key in FIELDS if fields.get(key) not in (None, "")
    }
    for key, value in [("text", text), *known.items()]:
        if not isinstance(value, str):
            return ReadingError(where, f"field {key!r} must be text, not {value!r}")
        if half := re.search("[\ud800-\udfff]", value):
            return ReadingError(
                where,
                f"field {key!r} holds half a character at {half.start()}; mend that "
                "\\ud800-\\udfff",
            )
    try:
        when = day(known.pop("published")) if "published" in known else published
    except ValueError as error:
        return ReadingError(where, f"published {error}")
    defaults: dict[str, Any] = {"publisher": host(known.get("url"))} | (
        {"lang": lang} if lang else {}
    )
    return Article(text=text, published=when, **defaults | known)


def day(text: str) -> date:
    """Return the day that an ISO date, or date and time, begins with; raises ValueError for
    anything else.

    >>> day("2025-08-13T09:30:00+05:30")
    datetime.date(2025, 8, 13)
    """
    found = ISO_DAY.match(text.strip())
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write YYYY-MM-DD") from None


def host(url: str | None) -> str | None:
    """Return the outlet that an address names: its host without www or m.

    >>> host("https://www.example.org/a")
    'example.org'
    """
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return re.sub(r"^(www|m)\.", "", name) if name else None


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text without a byte order mark; line ends stay as they are, so that
    offsets hold.

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


def front_matter(text: str) -> dict[str, Any]:
    """Return the fields of Markdown's YAML front matter, all of them strings, and its ``text`` from
    the line after it.

    Raises FormatError for front matter that is not closed, is not YAML, or holds a field that is
    not known.

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
        raise FormatError(
            f"line {line}: front matter is not YAML ({getattr(error, 'problem', error)}); mend "
            "it there"
        ) from None
    if not isinstance(fields, dict):
        raise FormatError("front matter must be lines of the form 'key: value'")
    for key in fields:
        if key not in FIELDS:
            raise FormatError(
                f"unknown field {key!r} in front matter; known are {', '.join(FIELDS)}"
            )
    return fields | {"text": text[found.end() :]}


def page(markup: str) -> dict[str, Any]:
    """Return the article of an HTML page: its headline and body as ``text``, and what its metadata
    say.

    The date comes from metadata alone, never guessed from the page's words. Raises FormatError
    where no article is found.
    """
    import trafilatura  # here, because it takes half a second that other formats need not wait for

    tree = trafilatura.load_html(markup)
    certain = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=certain
    )
    if tree is None or found is None or isinstance(found, dict) or not found.text:
        raise FormatError("no article found in this page; save its words as .txt")
    headline = f"{found.title}\n\n" if found.title and found.title not in found.text else ""
    language = (tree.get("lang") or "").split("-")[0].lower()
    about = {
        "title": found.title,
        "published": found.date,
        "publisher": found.sitename,
        "url": found.url,
        "lang": language,
    }
    return {"text": headline + found.text, **about}


def records(text: str, *, in_lines: bool) -> Iterator[tuple[str, dict[str, Any] | FormatError]]:
    """Yield the objects of JSON lines, or of one JSON object or list, each with its place in the
    file.

    What is no object is yielded as the FormatError that says so, and the rest goes on.

    >>> list(records('{"text": "a"}', in_lines=True))
    [('line 1', {'text': 'a'})]
    """
    if in_lines:
        places = (
            (f"line {n}", value(line)) for n, line in enumerate(text.split("\n"), 1) if line.strip()
        )
    else:
        whole = value(text)
        many = enumerate(whole, 1) if isinstance(whole, list) else ()
        places = (
            ((f"item {n}", item) for n, item in many)
            if isinstance(whole, list)
            else (("", found) for found in [whole])
        )
    for place, found in places:
        right = isinstance(found, (dict, FormatError))
        yield (
            place,
            found
            if right
            else FormatError('not an object; an article is {"id": ..., "text": ...}'),
        )


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
