"""What robots.txt allows, asked of each host once in a run."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from protego import Protego

from rajnay.collect.fetch import AGENT, Fetcher, FetchError

# Bytes of robots.txt that are read, as RFC 9309 has it; seconds that a host may ask for between two
# requests.
_READ, _SLOWEST = 512_000, 30.0
_ALL = "User-agent: *\nAllow: /"


class Robots:
    """The rules of every host asked so far."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    async def check(self, url: str) -> None:
        """Return if an address may be asked.

        Raises:
            FetchError: it may not, or its host does not say.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._read(origin))
        try:
            rules = await self._rules[origin]
        except FetchError as error:
            raise FetchError(f"{origin}/robots.txt: {error}", until=error.until) from None
        if not rules.can_fetch(url, AGENT):
            what = "robots.txt forbids it; ask its publisher for leave, or take it out"
            raise FetchError(what, settled=True)

    async def _read(self, origin: str) -> Protego:
        """Return the rules of a host; one without any allows all, one in trouble nothing."""
        try:
            answer = await self._fetcher.get(f"{origin}/robots.txt")
        except FetchError as error:
            if not error.denied:
                raise
            return Protego.parse(_ALL)
        rules = Protego.parse((answer.content or b"")[:_READ].decode("utf-8", "replace"))
        if delay := rules.crawl_delay(AGENT):
            self._fetcher.slow_down(urlsplit(origin).netloc, min(float(delay), _SLOWEST))
        return rules
