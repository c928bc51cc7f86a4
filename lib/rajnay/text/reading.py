"""Files, folders and streams turned into articles, their text kept character for character.

``read_articles`` and ``scan`` read sources; what stands in them is for ``formats`` and ``pages``.
What is wrong inside an input is said by a FormatError, to which the reader adds where.
"""

from __future__ import annotations

import io
import re
import stat
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from rajnay.models import Article
from rajnay.text import lots
from rajnay.text.days import day, outlet_zone
from rajnay.text.formats import FIELDS, FormatError, decode, front_matter, misnamed, named, records
from rajnay.text.formats import value as json_value
from rajnay.text.languages import (
    LanguageError,
    language_code,
    language_of,
    not_written_in,
    readable,
)

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", *lots.SUFFIXES)
# Characters of one article, and of one line of it: far beyond any news story, so more is a mistake.
LONGEST = 500_000
LONGEST_LINE = 100_000
# Bytes that are not even opened: a page has its marks beside its words, JSON holds many articles.
_MEGABYTE = 1_000_000
_LARGEST = {".txt": 2, ".md": 2, ".html": 8, ".htm": 8, ".json": 500}


class ReadingError(ValueError):
    """An input that cannot be read: one line that names the file, what is wrong, and the mend."""

    def __init__(self, where: str, what: object) -> None:
        super().__init__(" ".join(f"{where}: {what}".split()))


class ReadingNote(ReadingError):
    """What is likely wrong with an input that is read all the same, as it stands."""


def read_articles(
    source: str | Path,
    *,
    published: date | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
) -> list[Article]:
    """Return every article of one file, folder or stream.

    ``source`` is a path or ``-`` for ``stdin``; ``lang`` overrides what articles say of their
    language, ``published`` serves those that do not carry their own day. Warns of what is read with
    doubt. Raises ReadingError for the first input that cannot be read.

    >>> import io
    >>> stream = io.BytesIO(b"A met B.")
    >>> read_articles("-", stdin=stream, lang="gu", published=date(2025, 8, 13))[0].published
    datetime.date(2025, 8, 13)
    """
    articles = []
    for found in scan([source], published=published, lang=lang, stdin=stdin):
        if isinstance(found, ReadingNote):
            warnings.warn(str(found), stacklevel=2)
        elif isinstance(found, ReadingError):
            raise found
        else:
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
    none is given). An identifier already used is an error too: a source must be found by it. A note
    stands before an article that is read with doubt.

    >>> [str(found) for found in scan(["missing.txt"])]
    ['missing.txt: no such file; check the path']
    """
    seen: dict[str, str] = {}
    for source in sources:
        if source == "":  # an unset variable of a shell, not the folder that one stands in
            yield ReadingError("''", "an empty name; give a file, a folder or - for standard input")
            continue
        for path in unfold(source):
            named = "standard input" if path == "-" else path
            try:
                for where, fields in raw(path, stdin):
                    found = article(fields, where, published, lang, languages)
                    if isinstance(found, Article):
                        yield from _doubts(found, where)
                        found = _once(found, where, seen)
                    yield found
            except FormatError as error:
                yield ReadingError(named, error)
            except Exception as error:  # one file stops no other
                fault = f"{type(error).__name__}: {error}"
                yield ReadingError(named, f"a fault of rajnay, not of the file ({fault})")


def _once(found: Article, where: str, seen: dict[str, str]) -> Article | ReadingError:
    """Return an article whose identifier is new, and remember where it stands; else the error."""
    if found.id in seen:
        taken = f"id {found.id!r} is taken by {seen[found.id]}; give each article its own"
        return ReadingError(where, taken)
    seen[found.id] = where
    return found


def _doubts(found: Article, where: str) -> Iterator[ReadingNote]:
    """Yield what is likely wrong with an article: so far, that its day has not come yet."""
    today = datetime.now(outlet_zone(found.publisher)).date()
    for field, when in (("published", found.published), ("modified", found.modified)):
        if when and when > today:
            what = f"{field} {when} lies in the future; mend it if that is wrong (read as it is)"
            yield ReadingNote(where, what)


def unfold(source: str | Path) -> list[str]:
    """Return the files of a folder that have a suffix of ``SUFFIXES``, in the order of their names;
    any other path as it is.
    """
    folder = False
    with suppress(OSError):  # too long for a name: told when it is opened
        folder = str(source) != "-" and Path(source).is_dir()
    if not folder or lots.stored(str(source)):
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
    name, where = ("stdin", "standard input") if from_stream else (path.stem, source)
    if lots.stored(source) or suffix in lots.SUFFIXES:
        if not lots.stored(source):
            check(path)
        yield from _each(lots.lot(source), name, where)
        return
    data = stdin.read() if stdin and from_stream else content(path)
    text = decode(data)
    if suffix == ".json" or (from_stream and text.lstrip().startswith("{")):
        whole = json_value(text)
        in_lines = from_stream and isinstance(whole, FormatError)
        yield from _each(lots.lines(io.BytesIO(data)) if in_lines else records(whole), name, where)
    elif suffix == ".md":
        yield where, {"id": name, **front_matter(text)}
    elif suffix in (".html", ".htm"):
        from rajnay.text.pages import page

        yield where, {"id": name, **page(text)}
    else:
        yield where, {"id": name, "text": text}


def _each(
    found: Iterable[tuple[str, Any]], name: str, where: str
) -> Iterator[tuple[str, dict[str, Any] | FormatError]]:
    """Yield where each article of many stands, and its fields with an id for who has none of its
    own, or the FormatError that took its place.
    """
    for place, one in found:
        here = f"{where}: {place}".removesuffix(": ")
        if isinstance(one, dict):
            own = f"{name}-{place.split()[1]}" if place else name
            yield here, {"id": own, **named(one)}
        elif isinstance(one, FormatError):
            yield here, one
        else:
            yield here, FormatError('not an object; an article is {"id": ..., "text": ...}')


def content(path: Path) -> bytes:
    """Return a file's bytes, once its kind and size are known to be right; raises FormatError."""
    check(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(error) from None


def check(path: Path) -> None:
    """Raise FormatError for what is no file of a kind and size that is read."""
    suffix = path.suffix.lower()
    try:
        what = path.stat()
    except FileNotFoundError:
        raise FormatError("no such file; check the path") from None
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    if suffix not in SUFFIXES:
        kind = f"{suffix or 'a name without suffix'} is not read"
        kind = "a folder without articles" if stat.S_ISDIR(what.st_mode) else kind
        raise FormatError(f"{kind}; give {' '.join(SUFFIXES)} or - for standard input")
    if not stat.S_ISREG(what.st_mode):
        raise FormatError("no regular file; give its text on standard input, as -")
    largest = _LARGEST.get(suffix)
    if largest and what.st_size > largest * _MEGABYTE:
        mend = (
            "save its words as .txt" if "htm" in suffix else "give articles as .jsonl, one a line"
        )
        raise FormatError(
            f"{what.st_size / _MEGABYTE:,.1f} MB is too much for {suffix} (at most {largest}); "
            f"{mend}"
        )


def _unreadable(error: Exception) -> FormatError:
    reason = getattr(error, "strerror", None) or error
    return FormatError(f"cannot be read ({reason}); check its permissions")


def article(
    fields: Mapping[str, Any] | FormatError,
    where: str,
    published: date | None,
    lang: str | None,
    languages: Collection[str] = (),
) -> Article | ReadingError:
    """Return an article from raw fields, each checked, or the error that says which of them is
    wrong.
    """
    if isinstance(fields, FormatError):
        return ReadingError(where, fields)
    try:
        text = _text(fields)
        known = {key: fields[key] for key in FIELDS if fields.get(key) not in (None, "")}
        for key, value in [("text", text), *known.items()]:
            _check_letters(key, value)
        known.setdefault("publisher", host(known.get("url")))
        days = _days(known, published)
        code = _language(lang, fields, text, languages)
        return Article(**known | {"text": text, "lang": code} | days)
    except (FormatError, LanguageError) as error:
        return ReadingError(where, error)


def _text(fields: Mapping[str, Any]) -> str:
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise FormatError("no text; the field 'text' must hold the article")
    lines = text.count("\n") + 1
    if len(text) > LONGEST:
        size = f"{len(text):,} characters in {lines:,} line{'s' if lines > 1 else ''}"
        raise FormatError(
            f"{size} is no single article (at most {LONGEST:,}); give many as .jsonl, one a line"
        )
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise FormatError(
            f"a line of {longest:,} characters is no paragraph (at most {LONGEST_LINE:,}); part it"
        )
    if (lost := misnamed(fields)) and lost[1] == "published":
        raise FormatError(f"unknown field {lost[0]!r}; {lost[1]!r} may be meant")
    return text


def _check_letters(key: str, value: Any) -> None:
    if isinstance(value, int | float) and key in ("published", "modified"):
        return
    if not isinstance(value, str):
        raise FormatError(f"field {key!r} must be text, not {value!r}")
    if half := re.search("[\ud800-\udfff]", value):
        raise FormatError(
            f"field {key!r} holds half a character at {half.start()}; mend that \\ud800-\\udfff"
        )


def _language(
    asked: str | None, fields: Mapping[str, Any], text: str, languages: Collection[str]
) -> str:
    """Return the language to read a text in; raises LanguageError where it has no pack."""
    code = asked or fields.get("lang") or language_of(text, languages, fields.get("page_lang"))
    code = readable(code, languages) if languages else language_code(code)
    if not asked and fields.get("lang") and (fault := not_written_in(code, text)):
        raise LanguageError(fault)
    return code


def _days(known: Mapping[str, Any], published: date | None) -> dict[str, date | None]:
    """Return an article's day of publication, or, where nothing tells it, that of its last change.

    ``published`` serves an article without a day of its own that can be read.
    """
    zone = outlet_zone(known.get("publisher"))
    found: dict[str, date | None] = {"published": published, "modified": None}
    for field in ("published", "modified"):
        if field not in known:
            continue
        try:
            found[field] = day(known[field], zone)
        except ValueError as error:
            if published is None and field == "published":
                raise FormatError(f"{field} {error}") from None
        else:
            break
    return found


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
