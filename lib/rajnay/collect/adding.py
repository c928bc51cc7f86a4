"""Single articles put into the archive: files as any command reads them, and addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from rajnay.archive.store import Archive
from rajnay.base.safe import web_link
from rajnay.collect.articles import PageError, article_of
from rajnay.collect.collecting import KEPT_HEADERS
from rajnay.collect.fetch import Fetcher, FetchError
from rajnay.collect.items import Item
from rajnay.collect.robots import Robots
from rajnay.collect.tally import Tally
from rajnay.knowledge.store import Knowledge
from rajnay.models import Article
from rajnay.text.reading import ReadingNote, scan

# Files that hold one article, whose bytes are kept with it.
_ONE = (".txt", ".md", ".html", ".htm")


@dataclass(frozen=True)
class Given:
    """What is given with files that do not say it themselves: their day, and their language."""

    published: date | None = None
    lang: str | None = None
    stdin: BinaryIO | None = None


def add(
    archive: Archive,
    sources: Sequence[str],
    knowledge: Knowledge,
    fetcher: Fetcher,
    given: Given | None = None,
) -> Tally:
    """File articles from files, folders, standard input (``-``) and addresses.

    Args:
        archive: an archive open to write.
        sources: what to file.
        knowledge: the packs that articles are read with.
        fetcher: asks addresses.
        given: what files do not say themselves.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    tally = Tally()
    addresses = [source for source in sources if web_link(source)]
    _files([one for one in sources if one not in addresses], archive, tally, knowledge, given)
    if addresses:
        asyncio.run(_pages(addresses, archive, tally, knowledge, fetcher))
    return tally


def _files(
    sources: Sequence[str],
    archive: Archive,
    tally: Tally,
    knowledge: Knowledge,
    given: Given | None,
) -> None:
    given, now = given or Given(), datetime.now(UTC)
    for source in sources:
        found = scan(
            [source],
            published=given.published,
            lang=given.lang,
            stdin=given.stdin,
            languages=knowledge.packs,
        )
        for one in found:
            if isinstance(one, Article):
                tally.file(archive.file(one, _raw(source, one), seen=now))
            elif isinstance(one, ReadingNote):
                tally.notes.append(str(one))
            else:
                tally.failures.append(str(one))


def _raw(source: str, article: Article) -> bytes:
    """Return the bytes that an article came in as; of a file of many its text alone."""
    file = Path(source)
    alone = file.suffix.lower() in _ONE and file.is_file()
    return file.read_bytes() if alone else article.text.encode()


async def _pages(
    addresses: Sequence[str],
    archive: Archive,
    tally: Tally,
    knowledge: Knowledge,
    fetcher: Fetcher,
) -> None:
    async with fetcher:
        robots = Robots(fetcher)
        for url in addresses:
            tally.fetched += 1
            try:
                answer = await fetcher.get(url, allowed=robots.check)
                found = article_of(answer, Item(url), knowledge)
            except (FetchError, PageError) as error:
                tally.failures.append(f"{url}: {error}")
                continue
            kept = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
            seen, content = datetime.now(UTC), answer.content or b""
            tally.file(archive.file(found, content, seen=seen, headers=kept))
