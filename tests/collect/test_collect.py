"""Collecting from a server on localhost: every article filed once, with its text, language and day;
nothing fetched twice; whatever the server does told in one line, and the rest collected.
"""

from __future__ import annotations

import csv
import gzip
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.collect.outlet import Outlet, Story, blog, endless, in_turn, slowly

from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.collect import collecting
from rajnay.collect.collecting import collect
from rajnay.collect.feeds import Feed, Feeds
from rajnay.collect.fetch import Bounds
from rajnay.collect.items import listed
from rajnay.collect.tally import Tally
from rajnay.knowledge.store import load_knowledge

QUICK = Bounds(
    seconds=2, size=500_000, pause=0, backoff=0.01, patience=2, private=frozenset(["127.0.0.1"])
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def stories() -> list[Story]:
    """Return retellings whose text may be read, as an outlet would print them."""
    with (paths.LABELLED / "splits.csv").open(encoding="utf-8", newline="") as file:
        readable = {row["id"] for row in csv.DictReader(file) if row["split"] not in UNREAD}
    found = []
    for path in sorted((paths.ARTICLES / "gu").glob("*.json")):
        fields = json.loads(path.read_text(encoding="utf-8"))
        day = fields["published"]
        if fields["id"] in readable:
            known = date.fromisoformat(day) if day else None
            found.append(Story(fields["id"], fields["text"], known))
    return found


UNREAD = ("unread", "fresh")
STORIES = stories()
FIRST = 200


@pytest.fixture
def server() -> Iterator[Outlet]:
    """An outlet without stories."""
    made = Outlet()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.open(tmp_path / "archive.sqlite", write=True) as opened:
        yield opened


def feed(server: Outlet, path: str, kind: str, **more: Any) -> Feed:
    """Return a feed of an outlet."""
    name = path.strip("/").replace("/", "-").replace(".", "-") or "root"
    fields = {"language": "gu", "zone": "Asia/Kolkata", "keep": ()}
    return Feed(name=name, url=server.base + path, kind=kind, **fields | more)


def run(archive: Archive, feeds: list[Feed], bounds: Bounds = QUICK, **more: Any) -> Tally:
    """Collect once."""
    return collect(
        archive, feeds, Feeds(feeds=tuple(feeds)), load_knowledge(), bounds=bounds, **more
    )


def every(server: Outlet) -> list[Feed]:
    """Return all the lists of an outlet."""
    kinds = {"/rss": "rss", "/atom": "atom", "/sitemap.xml": "sitemap"}
    return [feed(server, path, kind) for path, kind in kinds.items()] + [
        feed(server, "/section", "page", links="/story/")
    ]


# --- what is right


def test_every_article_is_filed_once_with_its_text_language_and_day(server, archive):
    server.stories = STORIES[:FIRST]
    first = run(archive, every(server))
    assert not first.failures
    assert (first.feeds, first.listed, first.fetched, first.new) == (4, FIRST, FIRST, FIRST)
    found = {
        int(one.url.rpartition("/")[2].partition("?")[0]): one
        for one in archive.articles(copies=True)
    }
    assert sorted(found) == list(range(FIRST))
    for number, story in enumerate(server.stories):
        one = found[number]
        assert one.text.split() == story.text.split(), story.id
        assert (one.lang, one.published, one.publisher) == ("gu", story.published, "127.0.0.1")
    asked = server.hits.total()
    second = run(archive, every(server))
    assert (second.unchanged, second.fetched, second.new, second.failures) == (4, 0, 0, [])
    assert server.hits.total() - asked == 6  # robots.txt, four lists, and the one that one names
    server.stories = (
        STORIES[: FIRST + 5]
        + [  # changed, so that they are articles of their own
            Story(f"n{n}", f"{one.title} {n}\n{one.text}", one.published)
            for n, one in enumerate(STORIES[:5])
        ]
    )
    third = run(archive, every(server))
    assert (third.fetched, third.new, third.failures) == (10, 10, [])
    assert archive.count(copies=True) == FIRST + 10
    assert server.at_once["most"] == 1  # one at a time of a host


def test_what_is_about_something_else_is_passed_over_and_not_asked_again(server, archive):
    server.stories = STORIES[:8]
    word = STORIES[0].title.split()[0]
    keeping = feed(server, "/rss", "rss", keep=(word,))
    wanted = [story for n, story in server.of("rss") if word in story.title]
    first = run(archive, [keeping])
    assert (first.fetched, first.passed) == (len(wanted), 2 - len(wanted))
    assert run(archive, [keeping]).unchanged == 1
    assert run(archive, [feed(server, "/rss", "rss")]).new == 2 - len(wanted)


# --- what goes wrong


def rss(*links: str, head: str = "", tail: str = "</channel></rss>") -> bytes:
    items = "".join(
        f"<item><title>{STORIES[n].title}</title><link>{link}</link><guid>one</guid></item>"
        for n, link in enumerate(links)
    )
    return f'{head}<rss version="2.0"><channel>{items}{tail}'.encode()


PAGE = blog(STORIES[0]).encode()
FEED = {"Content-Type": "application/rss+xml"}
BOMB = gzip.compress(bytes(50_000_000))
# What a feed of a name answers, and the words of the line that tells it; none if it is collected.
FEEDS = {
    "slow": (slowly(4), "no whole answer in 2 seconds; it is asked again at the next run"),
    "missing": ((404, {}, b""), "answers 404 Not Found: it is gone; look its address up anew"),
    "gone": ((410, {}, b""), "answers 410 Gone: it is gone; look its address up anew"),
    "closed": ((403, {}, b""), "answers 403 Forbidden; open it in a browser"),
    "busy": (
        in_turn((429, {"Retry-After": "1"}, b""), (200, FEED, rss("/ok/busy"))),
        None,
    ),
    "resting": ((429, {"Retry-After": "7200"}, b""), "wants to be left alone until"),
    "shaken": (in_turn((500, {}, b""), (200, FEED, rss("/ok/shaken"))), None),
    "down": ((503, {}, b""), "answers 503 Service Unavailable; it is asked again at the next run"),
    "broken": ((200, FEED | {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08nonsense"), "broken gzip"),
    "cut": (
        (200, FEED | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:90]),
        "broken gzip (it ends too",
    ),
    "bomb": ((200, FEED | {"Content-Encoding": "gzip"}, BOMB), "more than 0.5 MB"),
    "packed": ((200, FEED | {"Content-Encoding": "br"}, b"x"), "sent as 'br', though gzip was"),
    "large": ((200, {"Content-Length": "900000"}, b""), "0.9 MB is no article or feed"),
    "endless": (endless(b"<item>" * 2000), "more than 0.5 MB, which is no article or feed"),
    "circle": ((302, {"Location": "/circle2"}, b""), "sends round in a circle"),
    "away": ((302, {"Location": "ftp://127.0.0.1/a"}, b""), "sends to ftp://127.0.0.1/a"),
    "inward": ((302, {"Location": "http://10.0.0.1/a"}, b""), "10.0.0.1, which is not public"),
    "moved": ((301, {"Location": "/ok.rss"}, b""), None),
    "malformed": ((200, FEED, rss("/ok/malformed", tail="<oops></channel>")), "malformed XML"),
    "page": ((200, HTML, PAGE), "a page (HTML), not a feed; look the feed's address up"),
    "nothing": ((200, FEED, b""), "no feed ("),
    "twins": ((200, FEED, rss("/ok/twin1", "/ok/twin2", "/ok/twin1")), None),
    "secret": ((200, FEED, rss("/ok/secret")), "robots.txt forbids it"),
}


def misbehaving(server: Outlet) -> list[Feed]:
    robots = b"User-agent: *\nDisallow: /secret\n"
    server.pages = {f"/{name}": reply for name, (reply, _) in FEEDS.items()}
    server.pages["/robots.txt"] = (200, {}, robots)
    server.pages["/circle2"] = (302, {"Location": "/circle"}, b"")
    server.pages["/ok.rss"] = (200, FEED, rss("/ok/moved"))
    names = ["busy", "shaken", "malformed", "twin1", "twin2", "moved"]
    for n, name in enumerate(names):
        server.pages[f"/ok/{name}"] = (200, HTML, blog(STORIES[n]).encode())
    return [feed(server, f"/{name}", "rss") for name in FEEDS]


def test_a_server_that_misbehaves_is_told_in_a_line_and_the_rest_is_collected(server, archive):
    feeds = misbehaving(server)
    # Hosts of their own, or one that wants rest would be obeyed by all.
    own = [
        one.model_copy(update={"url": one.url.replace("127.0.0.1", f"{one.name}.test")})
        for one in feeds
    ]
    bounds = replace(QUICK, private=frozenset(f"{one.name}.test" for one in feeds))

    async def local(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host.endswith(".test") else [host]

    server.pages["/warm"] = (200, FEED, rss("/ok/busy"))
    run(archive, [feed(server, "/warm", "rss")])  # loads what is loaded once
    tracemalloc.start()
    found = run(archive, own, bounds, resolve=local)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000
    for one, (name, (_, words)) in zip(own, FEEDS.items(), strict=True):
        told = [line for line in found.failures if line.startswith(f"{name}: ")]
        assert len(told) == bool(words), (name, told)
        assert all(line.startswith(f"{name}: {one.url}: ") for line in told)
        assert not words or words in told[0], (words, told)
        assert "\n" not in "".join(told)
    paths_filed = {one.url.rpartition("/")[2] for one in archive.articles(copies=True)}
    assert paths_filed == {"busy", "shaken", "malformed", "twin1", "twin2", "moved"}
    assert found.notes == [
        f"moved: {own[list(FEEDS).index('moved')].url}: has moved to "
        f"http://moved.test:{server.server.server_port}/ok.rss for good: write that in its place"
    ]
    assert server.hits["/secret"] == 0
    # What wants rest is not asked before, and told again.
    asked = server.hits["/resting"]
    again = run(archive, [own[list(FEEDS).index("resting")]], bounds, resolve=local)
    assert server.hits["/resting"] == asked and "left alone" in again.failures[0]


PAGES = {
    "latin": (
        (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE),
        None,
    ),
    "unknown": (
        (200, {"Content-Type": "text/html; charset=klingon"}, b"\xe0\xaa<p>a</p>"),
        "klingon",
    ),
    "gone": ((410, {}, b""), "answers 410 Gone: it is gone"),
    "pdf": ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"), "application/pdf is not read"),
    "dead": ((302, {"Location": "/"}, b""), "sends to the front page of its site: it is gone"),
    "bare": ((200, HTML, b"<html><body></body></html>"), "no article found in this page"),
    "passing": (in_turn((500, {}, b""), (500, {}, b""), (500, {}, b""), (200, HTML, PAGE)), "500"),
}


def test_a_page_that_fails_for_good_is_told_once_and_one_that_may_not_is_asked_again(
    server, archive
):
    server.pages = {f"/{name}": reply for name, (reply, _) in PAGES.items()}
    server.pages["/"] = (200, HTML, PAGE)
    server.pages["/rss"] = (200, FEED | {"ETag": '"1"'}, rss(*(f"/{name}" for name in PAGES)))
    asked = [feed(server, "/rss", "rss")]
    first = run(archive, asked)
    told = [words for _, words in PAGES.values() if words]
    assert len(first.failures) == len(told)
    assert all(words in line for words, line in zip(told, first.failures, strict=True))
    second = run(archive, asked)
    assert (second.failures, second.fetched, second.new) == ([], 1, 1)
    third = run(archive, asked)
    assert (third.unchanged, third.fetched) == (1, 0)


def test_no_name_leads_to_a_machine_that_is_not_public(server, archive):
    async def rebound(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "127.0.0.1"]

    url = f"http://outlet.test:{server.server.server_port}/rss"
    found = run(
        archive, [feed(server, "/rss", "rss").model_copy(update={"url": url})], resolve=rebound
    )
    assert "outlet.test leads to 127.0.0.1, which is not public" in found.failures[0]
    assert not server.hits


def test_a_fault_of_one_feed_stops_no_other(server, archive, monkeypatch):
    server.stories = STORIES[:4]

    def broken(kind: str, *more: Any) -> Any:
        if kind == "rss":
            raise ZeroDivisionError("a")
        return listed(kind, *more)

    monkeypatch.setattr(collecting, "listed", broken)
    found = run(archive, every(server))
    assert found.new == 3
    assert "a fault of rajnay, not of the feed (ZeroDivisionError: a)" in found.failures[0]
