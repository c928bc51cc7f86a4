"""How one article is filed: once, however often and wherever it comes in again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from rajnay.archive.likeness import SHARED, Likeness, Story, compare
from rajnay.models import Article

Status = Literal["new", "known address", "same text", "wire copy", "linked"]
# Candidates of one band, newest first, and those that are compared word by word: news has phrases
# that thousands of articles share.
_OF_BAND, _COMPARED = 40, 12
_COLUMNS = (
    "id, content.text, lang, published, url, publisher, title, origin, modified, original_lang"
)
READ = f"SELECT {_COLUMNS} FROM article JOIN content ON content.article = article.number"


@dataclass(frozen=True)
class Filing:
    """What became of an article that came in.

    ``new``: like no other. ``linked``: kept and read for itself, a story much like ``of``. ``wire
    copy``: kept, but read once for all its copies. ``same text``: as a wire copy if it has an
    address of its own, else nothing new. ``known address``: nothing new; the first text under an
    address stands.

    ``id`` is the article's in the archive; ``of`` the id of the one that it is like.
    """

    status: Status
    id: str
    of: str | None = None

    def __str__(self) -> str:
        return f"{self.status} of {self.of}" if self.of else self.status


def address_of(url: str | None) -> str | None:
    """Return an address in one spelling, so that an article is known by it.

    >>> address_of("http://Example.org/a/?utm_source=x&id=3#top")
    'example.org/a/?id=3'
    """
    if not url:
        return None
    from courlan import normalize_url  # late: it comes with a client for the network

    spelled: str = normalize_url(url)
    return spelled.partition("#")[0].partition("://")[2] or spelled


def hash_of(content: bytes) -> str:
    """Return the hash under which bytes are known."""
    return hashlib.sha256(content).hexdigest()


def moment(when: datetime) -> str:
    """Return a time as the archive writes it, in UTC; raises ValueError for one without a zone.

    >>> from datetime import timedelta, timezone
    >>> moment(datetime(2025, 8, 22, 1, 0, tzinfo=timezone(timedelta(hours=5.5))))
    '2025-08-21T19:30:00Z'
    """
    if when.tzinfo is None:
        raise ValueError(f"{when} has no time zone; give it one")
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def article_of(row: Iterable[Any]) -> Article:
    """Return the article of a row that ``READ`` selects."""
    name, text, lang, published, url, publisher, title, origin, modified, original = row
    days = [date.fromisoformat(day) if day else None for day in (published, modified)]
    words = zlib.decompress(text).decode()
    return Article(
        name, words, lang, days[0], url, publisher, title, origin, days[1], original_lang=original
    )


def file_article(
    database: sqlite3.Connection,
    article: Article,
    raw: bytes,
    headers: Mapping[str, str],
    seen: datetime,
    feed: str | None,
) -> Filing:
    """File an article that came in, inside a transaction of the caller's."""
    at, text_hash = moment(seen), hash_of(article.text.encode())
    address = address_of(article.url)
    known = _known(database, address, text_hash)
    if known is not None:
        _see_again(database, known[0], text_hash, at)
        return Filing("known address" if address else "same text", known[1])
    story = Story.of(article)
    alike = list(_alike(database, story, text_hash))
    name = _free_id(database, article.id, f"{address}\n{text_hash}")
    number = _insert(database, article, name, address, text_hash, feed, at)
    content = (zlib.compress(article.text.encode()), zlib.compress(raw), hash_of(raw))
    kept = json.dumps(dict(headers), ensure_ascii=False, sort_keys=True)
    database.execute("INSERT INTO content VALUES (?, ?, ?, ?, ?)", (number, *content, kept))
    bands = ((place, value, number) for place, value in enumerate(story.bands()))
    database.executemany("INSERT INTO band VALUES (?, ?, ?)", bands)
    pairs = ((other, number, found.what, found.share) for other, found in alike)
    database.executemany("INSERT INTO likeness VALUES (?, ?, ?, ?)", pairs)
    _choose_teller(database, number)
    return _filing(database, name, alike, text_hash)


def _known(
    database: sqlite3.Connection, address: str | None, text_hash: str
) -> tuple[int, str] | None:
    """Return the number and id of the article of an address, or of a text without an address."""
    query = "SELECT number, id FROM article WHERE "
    if address:
        return database.execute(f"{query} address = ?", [address]).fetchone()  # type: ignore[no-any-return]
    query += "text_hash = ? ORDER BY number LIMIT 1"
    return database.execute(query, [text_hash]).fetchone()  # type: ignore[no-any-return]


def _see_again(database: sqlite3.Connection, number: int, text_hash: str, at: str) -> None:
    database.execute(
        "UPDATE article SET last_seen = max(last_seen, ?1), first_seen = min(first_seen, ?1), "
        "other_text = CASE text_hash WHEN ?2 THEN other_text ELSE ?2 END WHERE number = ?3",
        [at, text_hash, number],
    )


def _free_id(database: sqlite3.Connection, name: str, whole: str) -> str:
    """Return an article's id, with a hash of the article where another has taken it."""
    if database.execute("SELECT 1 FROM article WHERE id = ?", [name]).fetchone() is None:
        return name
    return f"{name}-{hash_of(whole.encode())[:10]}"


def _insert(
    database: sqlite3.Connection,
    article: Article,
    name: str,
    address: str | None,
    text_hash: str,
    feed: str | None,
    at: str,
) -> int:
    days = [day.isoformat() if day else None for day in (article.published, article.modified)]
    row = {
        "id": name,
        "address": address,
        "lang": article.lang,
        "published": days[0],
        "modified": days[1],
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "origin": article.origin,
        "original_lang": article.original_lang,
        "text_hash": text_hash,
        "feed": feed,
        "first_seen": at,
        "last_seen": at,
    }
    columns, marks = ", ".join(row), ", ".join(f":{column}" for column in row)
    insert = f"INSERT INTO article ({columns}, told_by) VALUES ({marks}, 0)"
    number = database.execute(insert, row).lastrowid or 0
    database.execute("UPDATE article SET told_by = number WHERE number = ?", [number])
    return number


def _alike(
    database: sqlite3.Connection, story: Story, text_hash: str
) -> Iterator[tuple[int, Likeness]]:
    """Yield the articles that are like one, the likest first."""
    same = [
        row[0]
        for row in database.execute(
            "SELECT number FROM article WHERE text_hash = ? ORDER BY number", [text_hash]
        )
    ]
    yield from ((number, Likeness("copy", 1.0)) for number in same[:_COMPARED])
    found = []
    for number in _candidates(database, story.bands()):
        if number not in same:
            row = database.execute(f"{READ} WHERE number = ?", [number]).fetchone()
            if likeness := compare(story, Story.of(article_of(row))):
                found.append((number, likeness))
    yield from sorted(found, key=lambda one: (one[1].what, -one[1].share, one[0]))


def _candidates(database: sqlite3.Connection, bands: list[int]) -> list[int]:
    met: dict[int, int] = {}
    query = "SELECT article FROM band WHERE place = ? AND value = ? ORDER BY article DESC LIMIT ?"
    for place, value in enumerate(bands):
        for (number,) in database.execute(query, [place, value, _OF_BAND]):
            met[number] = met.get(number, 0) + 1
    shared = [number for number, count in met.items() if count >= SHARED]
    return sorted(shared, key=lambda number: (-met[number], number))[:_COMPARED]


def _choose_teller(database: sqlite3.Connection, number: int) -> None:
    """Let the first printed of all wire copies of a story tell it, whichever came in first."""
    groups = [
        number,
        *(
            row[0]
            for row in database.execute(
                "SELECT DISTINCT told_by FROM article WHERE number IN (SELECT one FROM likeness "
                "WHERE other = ? AND what = 'copy')",
                [number],
            )
        ),
    ]
    if len(groups) > 1:
        marks = ", ".join("?" * len(groups))
        database.execute(
            "UPDATE article SET told_by = (SELECT number FROM article WHERE told_by IN "
            f"({marks}) ORDER BY coalesce(published, '9999'), id LIMIT 1) "
            f"WHERE told_by IN ({marks})",
            groups * 2,
        )


def _filing(
    database: sqlite3.Connection, name: str, alike: list[tuple[int, Likeness]], text_hash: str
) -> Filing:
    if not alike:
        return Filing("new", name)
    number, likeness = alike[0]
    found = "SELECT id, text_hash = ? FROM article WHERE number = ?"
    of, same = database.execute(found, [text_hash, number]).fetchone()
    if same:
        return Filing("same text", name, of)
    return Filing("wire copy" if likeness.what == "copy" else "linked", name, of)
