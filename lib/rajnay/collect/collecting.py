"""Feeds asked for what is new, the pages fetched, and the articles filed; what fails stops nothing
else.

One thread does it all, so that the archive has one writer: while one host is waited for, others
answer. Where a feed stands is kept only when all that it listed is filed or settled, so that
nothing is lost however a run ends.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tqdm import tqdm

from rajnay.archive.database import ArchiveError
from rajnay.archive.filing import address_of
from rajnay.archive.store import Archive, FeedState
from rajnay.collect.articles import OtherLanguage, PageError, article_of
from rajnay.collect.feeds import Feed, Feeds, Wanted
from rajnay.collect.fetch import Answer, Bounds, Fetcher, FetchError
from rajnay.collect.guard import Resolve, resolve
from rajnay.collect.items import Item, ListError, Listing, listed, newest_first
from rajnay.collect.robots import Robots
from rajnay.collect.tally import Tally
from rajnay.knowledge.store import Knowledge

# Feeds that are asked at the same time; lists that one list of lists may name.
_AT_ONCE, _MOST_LISTS = 8, 20
KEPT_HEADERS = ("content-type", "date", "etag", "last-modified")
# Why an address need not be asked again.
_GONE, _PASSED, _FILED = "gone", "passed", "filed"


def collect(
    archive: Archive,
    feeds: Collection[Feed],
    every: Feeds,
    knowledge: Knowledge,
    *,
    bounds: Bounds | None = None,
    resolve: Resolve = resolve,
) -> Tally:
    """File what feeds list and the archive does not have.

    Args:
        archive: an archive open to write.
        feeds: those to ask.
        every: the list that they stand in.
        knowledge: the packs that articles are read with.
        bounds: how long and how much.
        resolve: looks a host up.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    return asyncio.run(
        _all(archive, feeds, every, knowledge, Fetcher(bounds, every.contact, resolve))
    )


async def _all(
    archive: Archive,
    feeds: Collection[Feed],
    every: Feeds,
    knowledge: Knowledge,
    fetcher: Fetcher,
) -> Tally:
    turn = asyncio.Semaphore(_AT_ONCE)
    shown = tqdm(total=len(feeds), desc="collecting", unit="feed", disable=None, leave=False)

    async def one(feed: Feed) -> None:
        async with turn:
            await collector.ask(feed, every.words_of(feed))
            shown.update()

    async with fetcher:
        collector = Collector(archive, knowledge, fetcher)
        try:
            async with asyncio.TaskGroup() as tasks:
                for feed in feeds:
                    tasks.create_task(one(feed))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        finally:
            shown.close()
    return collector.tally


class Collector:
    """What asks feeds and pages, and counts what comes of it."""

    def __init__(self, archive: Archive, knowledge: Knowledge, fetcher: Fetcher) -> None:
        self.archive, self.knowledge, self.fetcher = archive, knowledge, fetcher
        self.robots = Robots(fetcher)
        self.tally = Tally()
        self.now = datetime.now(UTC)
        self.taken: set[str | None] = set()

    async def ask(self, feed: Feed, words: Iterable[str]) -> None:
        """Ask one feed, and file what is new; whatever is wrong with it is told in one line."""
        self.tally.feeds += 1
        round_ = Round(self, feed, words)
        try:
            state = await round_.run()
        except (FetchError, ListError) as error:
            self.fail(feed, error)
            self.tally.broken += 1
            state = round_.failed(error)
        except ArchiveError:
            raise
        except Exception as error:
            fault = f"a fault of rajnay, not of the feed ({type(error).__name__}: {error})"
            self.fail(feed, f"{fault}; please report it")
            self.tally.broken += 1
            return
        self.archive.set_feed_state(state)

    def fail(self, feed: Feed, what: object, url: str = "") -> None:
        """Tell in one line what is wrong with a feed, or a page of it."""
        self.tally.failures.append(" ".join(f"{feed.name}: {url or feed.url}: {what}".split()))

    async def get(self, url: str, known: Mapping[str, str | None] | None = None) -> Answer:
        """Return what an address gives, if robots.txt allows to ask it; raises FetchError."""
        return await self.fetcher.get(url, known, self.robots.check)


class Round:
    """One feed's round: what it lists, what of that is new, and where it stands afterwards."""

    def __init__(self, collector: Collector, feed: Feed, words: Iterable[str]) -> None:
        self.collector, self.feed = collector, feed
        self.archive, self.tally = collector.archive, collector.tally
        self.state = self.archive.feed_state(feed.url)
        self.wanted = Wanted(words, feed.language)
        self.terms = self._terms()
        same = self.state.more.get("terms") == self.terms
        kept = dict(self.state.more.get("settled", {}))
        # What was passed over may be wanted under other terms.
        self.settled = {url: why for url, why in kept.items() if same or why != _PASSED}
        # What a list of lists names may have changed though it has not.
        self.nests = bool(self.state.more.get("nests"))
        self.validators = _validators(self.state) if same and not self.nests else {}
        self.whole, self.partly = True, False
        self.children: list[FeedState] = []

    def _terms(self) -> str:
        """Return a text that changes with what is wanted of a feed."""
        parts = [*sorted(self.collector.knowledge.packs), *self.wanted.phrases, self.feed.links]
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()

    async def run(self) -> FeedState:
        """File what is new, and return where the feed stands then; raises FetchError or ListError
        if it cannot be read.
        """
        if self.state.wait_until and self.state.wait_until > self.collector.now:
            raise FetchError(self.state.outcome, until=self.state.wait_until.timestamp())
        answer = await self.collector.get(self.feed.url, self.validators)
        if answer.moved:
            self.note(f"has moved to {answer.moved} for good: write that in its place")
        if self._is_unchanged(answer):
            self.tally.unchanged += 1
            return self._stands(answer, "unchanged", self.settled)
        items = await self._items(answer)
        for item in self._fresh(items):
            if not await self._take(item):
                break
        for child in self.children if self.whole else ():
            self.archive.set_feed_state(child)
        self.tally.unchanged += self.partly and not items
        urls = {item.url for item in items}
        settled = {url: why for url, why in self.settled.items() if url in urls or self.partly}
        return self._stands(answer, f"{len(items)} articles listed", settled)

    def _is_unchanged(self, answer: Answer) -> bool:
        return answer.content is None or (
            bool(self.validators) and _print(answer.content) == self.state.body_hash
        )

    def _stands(self, answer: Answer, outcome: str, settled: Mapping[str, str]) -> FeedState:
        """Return where the feed stands; one with something left to do is read in full again."""
        state = replace(
            self.state, fetched=self.collector.now, outcome=outcome, failures=0, wait_until=None
        )
        if answer.content is not None:
            state = _seen(state, answer) if self.whole else _unseen(state)
        more = {"terms": self.terms, "settled": dict(settled), "nests": self.nests}
        return replace(state, more=more)

    def failed(self, error: FetchError | ListError) -> FeedState:
        """Return where the feed stands after it could not be read."""
        until = error.until if isinstance(error, FetchError) else 0.0
        return replace(
            self.state,
            outcome=str(error),
            failures=self.state.failures + 1,
            wait_until=datetime.fromtimestamp(until, UTC) if until else None,
        )

    def note(self, what: str) -> None:
        """Tell what is worth knowing of the feed."""
        self.tally.notes.append(f"{self.feed.name}: {self.feed.url}: {what}")

    async def _items(self, answer: Answer) -> list[Item]:
        """Return what the feed lists, and what the lists name that it lists."""
        found = self._listed(answer)
        items, lists = list(found.items), list(found.lists)
        self.nests = bool(lists)
        for depth in range(2):
            nested: list[Item] = []
            for one in newest_first(lists)[:_MOST_LISTS]:
                inner = await self._child(one)
                items += inner.items
                nested += inner.lists
            if len(lists) > _MOST_LISTS and not depth:
                self.note(f"names {len(lists)} lists, of which the newest {_MOST_LISTS} are read")
            lists = nested
        self.tally.listed += len(items)
        return list({item.url: item for item in reversed(items)}.values())[::-1]

    def _listed(self, answer: Answer) -> Listing:
        content, feed = answer.content or b"", self.feed
        found = listed(feed.kind, content, answer.url, answer.kind, feed.links)
        if found.fault:
            self.collector.fail(feed, found.fault, answer.url)
        return found

    async def _child(self, one: Item) -> Listing:
        """Return what a list holds that another names; nothing if it has not changed."""
        state = self.archive.feed_state(one.url)
        same = state.more.get("terms") == self.terms
        if same and one.modified and state.more.get("modified") == one.modified:
            self.partly = True
            return Listing()
        try:
            answer = await self.collector.get(one.url, _validators(state) if same else {})
            if answer.content is None:
                self.partly = True
                return Listing()
            found = self._listed(answer)
        except (FetchError, ListError) as error:
            self.collector.fail(self.feed, error, one.url)
            self.whole = False
            return Listing()
        state = _seen(replace(state, fetched=self.collector.now), answer)
        more = {"terms": self.terms, "modified": one.modified}
        self.children.append(replace(state, more=more))
        return found

    def _fresh(self, items: Collection[Item]) -> list[Item]:
        """Return the items to fetch: neither known nor passed over, no more than a run may."""
        fresh: list[Item] = []
        for item in items:
            address = address_of(item.url)
            if (
                item.url in self.settled
                or address in self.collector.taken
                or self.archive.knows(item.url)
            ):
                self.tally.known += 1
                continue
            # A headline alone does not tell for sure: its page is asked.
            if item.summary and not self.wanted(f"{item.title} {item.summary}"):
                self._pass(item)
                continue
            fresh.append(item)
        if left := fresh[self.feed.most :]:
            self.whole = False
            self.note(
                f"{len(left)} of its articles are left for the next run (most: {self.feed.most})"
            )
        fresh = fresh[: self.feed.most]
        self.collector.taken.update(address_of(item.url) for item in fresh)
        return fresh

    def _pass(self, item: Item) -> None:
        self.settled[item.url] = _PASSED
        self.tally.passed += 1

    async def _take(self, item: Item) -> bool:
        """File the article of an item, or say in one line why there is none; returns whether to go
        on with others.
        """
        self.tally.fetched += 1
        try:
            await self._file(item)
        except OtherLanguage:
            self._pass(item)
        except PageError as error:
            self.collector.fail(self.feed, error, item.url)
            self.settled[item.url] = _GONE
        except FetchError as error:
            self.collector.fail(self.feed, error, item.url)
            if error.settled:
                self.settled[item.url] = _GONE
            self.whole = self.whole and error.settled
            return not error.until
        except ArchiveError:
            raise
        except Exception as error:
            fault = f"a fault of rajnay, not of the page ({type(error).__name__}: {error})"
            self.collector.fail(self.feed, f"{fault}; please report it", item.url)
            self.whole = False
        return True

    async def _file(self, item: Item) -> None:
        answer = await self.collector.get(item.url)
        found = article_of(answer, item, self.collector.knowledge, self.feed)
        if not self.wanted(found.text):
            self._pass(item)
            return
        headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
        content, at = answer.content or b"", self.collector.now
        filing = self.archive.file(found, content, seen=at, headers=headers, feed=self.feed.url)
        self.tally.file(filing)
        if not self.archive.knows(item.url):
            self.settled[item.url] = _FILED


def _validators(state: FeedState) -> dict[str, str | None]:
    """Return what a server said of a list the last time, by which it knows whether it changed."""
    return {"etag": state.etag, "last-modified": state.last_modified}


def _seen(state: FeedState, answer: Answer) -> FeedState:
    """Return the state of a list that was read and is done with."""
    headers: Mapping[str, Any] = answer.headers
    return replace(
        state,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        body_hash=_print(answer.content or b""),
    )


def _unseen(state: FeedState) -> FeedState:
    """Return the state of a list that must be read again."""
    return replace(state, etag=None, last_modified=None, body_hash=None)


def _print(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
