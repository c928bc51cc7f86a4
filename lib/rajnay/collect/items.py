"""What a feed, a sitemap or a page of links lists: the addresses of articles, and what it says of
each.

Feeds are parsed by feedparser for their items alone: their days are read by our own rules.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from rajnay.base.safe import web_link
from rajnay.collect.bodies import BodyError, gunzipped, text_of

# Bytes of a sitemap after unpacking: the protocol's own limit.
LARGEST_SITEMAP = 52_428_800
# What a link to an article says is a headline, not a word of a menu.
_HEADLINE = 3
_TAGS = re.compile(r"<[^>]*>")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_A_PAGE = "a page (HTML), not a sitemap; look its address up anew"


class ListError(ValueError):
    """What is wrong with a list of articles, and the mend, in one line."""


@dataclass(frozen=True)
class Item:
    """What a list says of an article: its address, headline and summary, and the stamps of its
    publication and of its last change.
    """

    url: str
    title: str = ""
    summary: str = ""
    published: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Listing:
    """What a list holds: items, the lists that it names (with the stamp of each one's last change),
    and what is wrong with it though it could be read.
    """

    items: tuple[Item, ...] = ()
    lists: tuple[Item, ...] = ()
    fault: str = ""


def listed(kind: str, data: bytes, url: str, content_type: str = "", links: str = "") -> Listing:
    """Return what a list holds, each address once, in its order.

    Args:
        kind: rss, atom, sitemap or page.
        data: the list as it was sent.
        url: where it was found; relative addresses start there.
        content_type: what the server says it is.
        links: what the address of an article must hold.

    Raises:
        ListError: it is no such list.
    """
    if kind == "page":
        found = Listing(tuple(_of_page(data, url, content_type)))
    elif kind == "sitemap":
        found = _of_sitemap(data)
    else:
        found = _of_feed(data, url, content_type)
    once = {item.url: item for item in reversed(found.items) if links in item.url}
    return Listing(tuple(reversed(once.values())), found.lists, found.fault)


def _of_feed(data: bytes, url: str, content_type: str) -> Listing:
    import feedparser  # here, because other lists need not wait for it

    # A stream, for bytes alone may be taken for the name of a file or an address.
    headers = {"content-location": url, "content-type": content_type}
    found = feedparser.parse(io.BytesIO(data), response_headers=headers)
    if not found.entries and not found.get("version"):
        raise ListError(_no_feed(data, found))
    items = [one for entry in found.entries if (one := _of_entry(entry, url))]
    fault = ""
    if found.bozo and not isinstance(found.bozo_exception, _harmless()):
        fault = f"malformed XML ({found.bozo_exception}); what could be read of it was"
    elif len(items) < len(found.entries):
        fault = f"{len(found.entries) - len(items)} of its items have no web address"
    return Listing(tuple(items), (), " ".join(fault.split()))


def _harmless() -> tuple[type[Exception], ...]:
    """Return what feedparser remarks of feeds that it reads all the same, rightly."""
    from feedparser import CharacterEncodingOverride, NonXMLContentType

    return CharacterEncodingOverride, NonXMLContentType


def _no_feed(data: bytes, found: Any) -> str:
    if _PAGE.match(data):
        return "a page (HTML), not a feed; look the feed's address up, or make its kind 'page'"
    why = found.bozo_exception if found.bozo else "nothing that a feed is made of"
    return f"no feed ({why}); open it in a browser, and look its address up anew"


def _of_entry(entry: Any, base: str) -> Item | None:
    link = web_link(urljoin(base, (entry.get("link") or entry.get("id") or "").strip()))
    if link is None:
        return None
    return Item(
        link,
        _plain(entry.get("title")),
        _plain(entry.get("summary")),
        # Asked of feedparser itself, each would stand in for the other.
        (dict.get(entry, "published") or "").strip(),
        (dict.get(entry, "updated") or "").strip(),
    )


def _plain(text: str | None) -> str:
    return " ".join(_TAGS.sub(" ", text or "").split())


def _of_sitemap(data: bytes) -> Listing:
    """Return what a sitemap or an index of sitemaps holds, of a broken one what comes before."""
    items: list[Item] = []
    lists: list[Item] = []
    fault = ""
    try:
        root = _root(gunzipped(data, LARGEST_SITEMAP))
        for name, fields in root:
            found = Item(fields["loc"], fields.get("title", ""), "", *_stamps(fields))
            (lists if name == "sitemap" else items).append(found)
        if not items and not lists and _PAGE.match(data):
            raise ListError(_A_PAGE)
    except BodyError as error:
        raise ListError(f"{error}; open it in a browser") from None
    except ElementTree.ParseError as error:
        if _PAGE.match(data):
            raise ListError(_A_PAGE) from None
        if not items and not lists:
            raise ListError(f"no sitemap ({error}); open it in a browser") from None
        fault = f"malformed XML ({error}); what could be read of it was"
    return Listing(tuple(items), tuple(lists), fault)


def _root(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the entries of a sitemap, by the name of their element, with their fields."""
    for _, element in ElementTree.iterparse(io.BytesIO(data)):
        name = element.tag.rpartition("}")[2]
        if name not in ("url", "sitemap"):
            continue
        fields: dict[str, str] = {}
        for one in element.iter():
            fields.setdefault(one.tag.rpartition("}")[2], (one.text or "").strip())
        if web_link(fields.get("loc")):
            yield name, fields
        element.clear()


def _stamps(fields: dict[str, str]) -> tuple[str, str]:
    return fields.get("publication_date", ""), fields.get("lastmod", "")


def _of_page(data: bytes, url: str, content_type: str) -> Iterator[Item]:
    """Yield what a page links to on its own site under words that can be a headline."""
    import trafilatura

    tree = trafilatura.load_html(text_of(data, content_type))
    if tree is None:
        raise ListError("no page (HTML); look its address up anew")
    for link in tree.iterfind(".//a[@href]"):
        words = " ".join(link.text_content().split())
        to = web_link(urljoin(url, link.get("href").strip()).partition("#")[0])
        if to and to != url and site(to) == site(url) and len(words.split()) >= _HEADLINE:
            yield Item(to, words)


def site(url: str) -> str:
    """Return the host of an address without www, m or amp.

    >>> site("https://www.example.org/a")
    'example.org'
    """
    return re.sub(r"^(?:www|m|amp)\.", "", urlsplit(url).hostname or "")


def newest_first(items: Iterable[Item]) -> list[Item]:
    """Return items with those first whose stamp, as it is written, sorts last; of equals in order.

    Sitemaps write stamps that sort as text.
    """
    return sorted(items, key=lambda item: item.modified or item.published, reverse=True)
