"""One address after another asked of a host, patiently and within bounds.

A host is asked one thing at a time. What may pass is asked again after a while, what a server wants
to wait is waited for, up to a limit; everything else is told in one line with its mend.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import NamedTuple, Self

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from rajnay.collect.bodies import BodyError, body
from rajnay.collect.guard import Guarded, RefusedAddress, Resolve, resolve

AGENT = "Rajnay"
_REDIRECTS = (301, 302, 303, 307, 308)
_FOREVER = (301, 308)
_GONE = (404, 410)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_VALIDATORS = {"if-none-match": "etag", "if-modified-since": "last-modified"}
_SHORT_OF_TIME = "no whole answer in {:g} seconds; it is asked again at the next run"


Allowed = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Bounds:
    """How long and how much: ``seconds`` for a whole answer, ``size`` in bytes after unpacking,
    ``redirects`` and ``attempts`` in number, ``patience`` the longest wait in seconds that a server
    may ask for, ``pause`` the seconds between two requests to one host, ``backoff`` those before
    the second attempt; ``private`` names hosts that may be asked though they are not public.
    """

    seconds: float = 60.0
    size: int = 8_000_000
    redirects: int = 5
    attempts: int = 3
    patience: float = 120.0
    pause: float = 1.0
    backoff: float = 2.0
    private: frozenset[str] = frozenset()


class FetchError(ValueError):
    """Why an address gave nothing, and the mend, in one line without the address.

    ``settled`` says that it is of no use to ask again, ``denied`` that the host said so itself,
    ``until`` the time (seconds since 1970) up to which it wants to be left alone.
    """

    def __init__(
        self, what: str, *, settled: bool = False, denied: bool = False, until: float = 0.0
    ) -> None:
        super().__init__(" ".join(what.split()))
        self.settled, self.denied, self.until = settled, denied, until


class _Later(FetchError):
    """What may pass, and the seconds after which to try again; None if the server names none."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class Answer(NamedTuple):
    """What an address gave: where it was in the end, and where it has moved for good; ``content``
    is None where nothing has changed.
    """

    url: str
    headers: Mapping[str, str]
    content: bytes | None
    moved: str | None = None

    @property
    def kind(self) -> str:
        """What the server says it is."""
        return self.headers.get("content-type", "")


@dataclass
class _Host:
    """A host that is asked one thing at a time."""

    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    free: float = 0.0  # when it may be asked next, by the clock that never goes back
    pause: float = 0.0
    until: float = 0.0  # when it wants to be asked again, in seconds since 1970


class Fetcher:
    """Asks addresses within bounds; to be used in an ``async with`` block.

    Args:
        bounds: how long and how much.
        contact: an address of electronic mail under which hosts can complain.
        resolve: looks a host up.
    """

    def __init__(
        self, bounds: Bounds | None = None, contact: str = "", resolve: Resolve = resolve
    ) -> None:
        self.bounds = bounds or Bounds()
        self.requests = 0
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._client = httpx.AsyncClient(
            transport=Guarded(private=self.bounds.private, resolve=resolve),
            timeout=httpx.Timeout(min(self.bounds.seconds, 20.0)),
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"}
            | ({"From": contact} if contact else {}),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave a host alone for longer between two requests than others."""
        self._hosts[host].pause = seconds

    async def get(
        self,
        url: str,
        known: Mapping[str, str | None] | None = None,
        allowed: Allowed | None = None,
    ) -> Answer:
        """Return what an address gives.

        Args:
            url: the address.
            known: the headers ``etag`` and ``last-modified`` of what it gave the last time.
            allowed: returns if an address, also one that it sends to, may be asked.

        Raises:
            FetchError: it gave nothing.
        """
        last = known or {}
        asked = {name: stamp for name, said in _VALIDATORS.items() if (stamp := last.get(said))}
        attempts = AsyncRetrying(
            stop=stop_after_attempt(self.bounds.attempts),
            wait=self._wait,
            retry=retry_if_exception_type(_Later),
            reraise=True,
        )
        return await attempts(self._follow, url, asked, allowed)

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, _Later) and fault.wait is not None:
            return fault.wait
        return float(self.bounds.backoff * 2 ** (state.attempt_number - 1))

    async def _follow(self, url: str, asked: Mapping[str, str], allowed: Allowed | None) -> Answer:
        """Return what an address gives, wherever it sends one."""
        at, moved, seen = url, None, {url}
        for _ in range(self.bounds.redirects + 1):
            if allowed is not None:
                await allowed(at)
            response, content = await self._ask(at, asked)
            if response.status_code not in _REDIRECTS:
                return Answer(at, response.headers, content, moved)
            at = str(httpx.URL(at).join(response.headers.get("location", "")))
            if not at.startswith(("http://", "https://")):
                raise FetchError(f"sends to {at[:80]}, which is no web address", settled=True)
            if at in seen:
                raise FetchError("sends round in a circle; look its address up anew")
            seen.add(at)
            first = len(seen) == 2
            moved = at if response.status_code in _FOREVER and (first or moved) else None
        raise FetchError(f"sends on more than {self.bounds.redirects} times")

    async def _ask(self, url: str, asked: Mapping[str, str]) -> tuple[httpx.Response, bytes | None]:
        """Return the answer to one request, its host's only one at a time."""
        host = self._hosts[httpx.URL(url).netloc.decode("ascii", "replace")]
        async with host.alone:
            if host.until > time.time():
                raise _wants_rest(host.until)
            await asyncio.sleep(host.free - time.monotonic())
            try:
                async with asyncio.timeout(self.bounds.seconds):
                    return await self._send(url, asked, host)
            except TimeoutError:
                raise FetchError(_SHORT_OF_TIME.format(self.bounds.seconds)) from None
            except RefusedAddress as error:
                mend = "take it out, or allow it with --private"
                raise FetchError(f"{error}; {mend}", settled=True) from None
            except httpx.TimeoutException:
                raise _Later("does not answer; it is asked again at the next run") from None
            except httpx.TransportError as error:
                raise _Later(f"cannot be reached ({error}); check address and network") from None
            except (httpx.InvalidURL, UnicodeError) as error:
                raise FetchError(f"is no address ({error}); mend it", settled=True) from None
            finally:
                pause = time.monotonic() + max(self.bounds.pause, host.pause)
                host.free = max(host.free, pause)

    async def _send(
        self, url: str, asked: Mapping[str, str], host: _Host
    ) -> tuple[httpx.Response, bytes | None]:
        self.requests += 1
        async with self._client.stream("GET", url, headers=asked) as response:
            status = response.status_code
            if status in _REDIRECTS or status == httpx.codes.NOT_MODIFIED:
                return response, None
            if status != httpx.codes.OK:
                raise self._fault(response, host)
            length = response.headers.get("content-length", "")
            if length.isdigit() and int(length) > self.bounds.size:
                raise FetchError(f"{int(length) / 1e6:,.1f} MB is no article or feed", settled=True)
            coding = response.headers.get("content-encoding", "")
            try:
                return response, await body(response.aiter_raw(), coding, self.bounds.size)
            except BodyError as error:
                raise FetchError(f"{error}; look at it, and take it out if it stays so") from None

    def _fault(self, response: httpx.Response, host: _Host) -> FetchError:
        """Return what an answer without content means."""
        status = response.status_code
        said = f"answers {status} {response.reason_phrase}".rstrip()
        if status in _GONE:
            what = f"{said}: it is gone; look its address up anew"
            return FetchError(what, settled=True, denied=True)
        if status not in _PASSING:
            mend = "open it in a browser; if it is for people alone, take it out"
            return FetchError(f"{said}; {mend}", denied=400 <= status < 500)
        wait = seconds_to_wait(response.headers.get("retry-after", ""))
        if wait is not None and wait > self.bounds.patience:
            host.until = time.time() + wait
            return _wants_rest(host.until)
        host.free = time.monotonic() + (wait or 0.0)
        return _Later(f"{said}; it is asked again at the next run", wait)


def _wants_rest(until: float) -> FetchError:
    when = datetime.fromtimestamp(until, UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    what = f"wants to be left alone until {when}; it is asked again after that"
    return FetchError(what, until=until)


def seconds_to_wait(said: str) -> float | None:
    """Return the seconds that a Retry-After header asks for; None where it says nothing.

    >>> [seconds_to_wait(one) for one in ("7", "Tue, 12 Aug 2025 10:00:00 GMT", "soon")]
    [7.0, 0.0, None]
    """
    if said.strip().isdigit():
        return float(said)
    with suppress(ValueError, TypeError):
        when = parsedate_to_datetime(said)
        aware = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max((aware - datetime.now(UTC)).total_seconds(), 0.0)
    return None
