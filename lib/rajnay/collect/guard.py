"""Which machines may be asked: public ones alone, whatever an address, redirects or the DNS say.

A name is looked up once and what it gave is both checked and connected to, so that it cannot mean
one machine to the check and another to the connection.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Container

import httpx

Resolve = Callable[[str, int], Awaitable[list[str]]]
# IPv4 addresses written inside IPv6 ones that are public themselves.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddress(httpx.RequestError):
    """An address that leads to no public machine."""


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public network, also one inside another.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, in the order of the system's choice."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Guarded(httpx.AsyncBaseTransport):
    """Sends requests to public machines alone, each host over connections of its own.

    Args:
        private: hosts that may be asked though their addresses are private or loopback ones.
        resolve: looks a host up.
    """

    def __init__(self, *, private: Container[str] = (), resolve: Resolve = resolve) -> None:
        self._private, self._resolve = private, resolve
        self._secure = ssl.create_default_context()
        # Machines that serve many hosts under one IP address must not see one host's connection
        # reused for another.
        self._of_host: dict[tuple[str, int | None], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first of its host's IP addresses that takes it.

        Raises:
            RefusedAddress: one of them is not public, and only public ones may be asked.
            httpx.TransportError: none of them can be reached.
        """
        host, fault = request.url.host, None
        for address in await self._addresses(request):
            there = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return await self._transport(request.url).handle_async_request(there)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault = error
        raise fault or httpx.ConnectError("its name leads to no address", request=request)

    async def _addresses(self, request: httpx.Request) -> list[str]:
        url = request.url
        port = url.port or {"https": 443}.get(url.scheme, 80)
        try:
            found = await self._resolve(url.host, port)
        except (OSError, UnicodeError) as error:
            why = f"its name cannot be looked up ({getattr(error, 'strerror', None) or error})"
            raise httpx.ConnectError(why, request=request) from error
        if refused := [
            one for one in found if url.host not in self._private and not is_public(one)
        ]:
            what = f"{url.host} leads to {refused[0]}, which is not public"
            raise RefusedAddress(what, request=request)
        return found

    def _transport(self, url: httpx.URL) -> httpx.AsyncHTTPTransport:
        key = url.host, url.port
        if key not in self._of_host:
            self._of_host[key] = httpx.AsyncHTTPTransport(verify=self._secure)
        return self._of_host[key]

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._of_host.values():
            await transport.aclose()
