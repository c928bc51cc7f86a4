"""The parts of collecting by themselves: letters of pages, days, robots.txt, which feeds are asked,
single articles.
"""

from __future__ import annotations

import asyncio
import io
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.collect.outlet import Outlet, blog
from tests.collect.test_collect import HTML, QUICK, STORIES, archive, feed, run, server

from rajnay.archive.store import Archive
from rajnay.collect.adding import Given, add
from rajnay.collect.articles import day_of
from rajnay.collect.bodies import BodyError, text_of
from rajnay.collect.feeds import Feeds, chosen, load_feeds
from rajnay.collect.fetch import Fetcher
from rajnay.collect.guard import is_public
from rajnay.collect.items import ListError, listed
from rajnay.knowledge.store import load_knowledge
from rajnay.knowledge.tables import KnowledgeError

__all__ = ("archive", "server")  # fixtures

LETTERS = [
    ("મંત્રી".encode(), "text/html; charset=iso-8859-1", "મંત્રી"),
    ("મંત્રી".encode("utf-16"), "", "મંત્રી"),
    (b"\xef\xbb\xbfa", "", "a"),
    (
        b'<meta charset="windows-1251">\xcc\xee\xf1\xea\xe2\xe0',
        "",
        '<meta charset="windows-1251">Москва',
    ),
    (b"caf\xe9", "text/html; charset=ISO-8859-1", "café"),
    (b"a" * 2000 + b"\xe0\xaa", "", "a" * 2000 + "\ufffd"),
]


@pytest.mark.parametrize(("data", "kind", "text"), LETTERS)
def test_letters_are_read_as_what_they_are(data, kind, text):
    assert text_of(data, kind) == text


@pytest.mark.parametrize("data", [b"caf\xe9 \xff\xfe\xfa", b'<meta charset="utf-7x">\xe9'])
def test_letters_of_no_encoding_that_is_named_are_told(data):
    with pytest.raises(BodyError, match="letters"):
        text_of(data)


STAMPS = [
    ("2025-08-20T20:30:00Z", date(2025, 8, 21)),
    ("Wed, 20 Aug 2025 10:00:00 +0530", date(2025, 8, 20)),
    ("August 20, 2025 8:30 PM IST", date(2025, 8, 20)),
    ("Published: August 20, 2025", date(2025, 8, 20)),
    ("પ્રકાશિત: ૨૧ ઓગસ્ટ ૨૦૨૫", date(2025, 8, 21)),
    ("21 ઓગસ્ટ, 2025, 18:30 IST", date(2025, 8, 21)),
    ("૨૦૨૫-૦૮-૨૧", date(2025, 8, 21)),
    ("ઓગસ્ટ ૨૦૨૫", None),
    ("૨૧ ઓગસ્ટ", None),
    ("૨૧ ઓગસ્ટ ૨૦૨૫ થી ૨૩ ઓગસ્ટ ૨૦૨૫", None),
    ("today", None),
]


@pytest.mark.parametrize(("stamp", "day"), STAMPS)
def test_a_stamp_is_a_day_or_none(stamp, day):
    assert day_of(stamp, ZoneInfo("Asia/Kolkata"), "gu", load_knowledge()) == day


PUBLIC = ["93.184.216.34", "2606:2800:220:1::1"]
PRIVATE = [
    "10.1.2.3",
    "127.0.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "::1",
    "fe80::1%eth0",
    "224.0.0.1",
]
PRIVATE += ["::ffff:192.168.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "fc00::1", "100.64.0.1"]


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE])
def test_only_public_addresses_are_public(address):
    assert is_public(address) == (address in PUBLIC)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((500, {}, b""), "/robots.txt: answers 500"),
        ((404, {}, b""), None),
        ((403, {}, b""), None),
        ((200, {}, b"User-agent: Rajnay\nDisallow: /\n"), "robots.txt forbids it"),
        ((200, {}, b"User-agent: other\nDisallow: /\n"), None),
        ((200, {}, b"\xff\xfe\x00"), None),
    ],
)
def test_robots_txt_is_obeyed(server: Outlet, archive: Archive, reply, words):
    server.stories, server.pages["/robots.txt"] = STORIES[:4], reply
    found = run(archive, [feed(server, "/rss", "rss")])
    assert (words in found.failures[0]) if words else not found.failures
    assert found.new == (0 if words else 1)
    assert server.hits["/robots.txt"] == (3 if words and "500" in words else 1)


def test_what_two_feeds_list_is_fetched_once(server: Outlet, archive: Archive):
    server.stories = STORIES[:8]
    server.pages["/again"] = (200, {"Content-Type": "application/rss+xml"}, server.rss()[1])
    found = run(archive, [feed(server, "/rss", "rss"), feed(server, "/again", "rss")])
    assert (found.fetched, found.known, found.new) == (2, 2, 2)


def test_a_run_fetches_no_more_than_it_may_and_the_next_goes_on(server: Outlet, archive: Archive):
    server.stories = STORIES[:12]
    few = [feed(server, "/rss", "rss", most=2)]
    assert [run(archive, few).new for _ in range(3)] == [2, 1, 0]
    assert run(archive, few).unchanged == 1


def test_only_feeds_in_a_language_with_a_pack_are_asked_unless_named():
    every = load_feeds()
    assert {one.language for one in chosen(every, [], {"gu"})} == {"gu"}
    assert [one.name for one in chosen(every, ["bbc-gu", "tass-en", "bbc-gu"], {"gu"})] == [
        "bbc-gu",
        "tass-en",
    ]
    with pytest.raises(KnowledgeError, match="no feed 'nope'"):
        chosen(every, ["nope"], {"gu"})


def test_every_language_of_a_feed_has_words_and_every_feed_a_zone_of_its_own():
    every = load_feeds()
    assert {one.language for one in every.feeds} <= every.keep.keys()
    languages = {"gu", "hi", "en", "mr", "bn", "ta", "te", "kn", "ml", "pa", "or", "ur"}
    assert {one.language for one in every.feeds} == languages


def test_lists_that_are_none_are_told():
    for kind, data in (("sitemap", b"<html></html>"), ("sitemap", b"<urlset"), ("atom", b"x")):
        with pytest.raises(ListError):
            listed(kind, data, "https://example.org/")
    cut = b"<urlset><url><loc>https://example.org/a</loc></url><url>"
    found = listed("sitemap", cut, "https://example.org/")
    assert [one.url for one in found.items] == ["https://example.org/a"]
    assert found.fault.startswith("malformed XML")


def test_single_articles_are_filed_from_files_and_addresses(
    server: Outlet, archive: Archive, tmp_path: Path
):
    server.pages["/a"] = (200, HTML, blog(STORIES[0]).encode())
    file = tmp_path / "b.md"
    file.write_text(f"---\npublished: 2025-08-13\n---\n{STORIES[1].text}", encoding="utf-8")
    given = Given(date(2025, 8, 20), None, io.BytesIO(STORIES[2].text.encode()))
    sources = [f"{server.base}/a", str(file), "-", f"{server.base}/b", str(tmp_path / "c.txt")]
    tally = add(archive, sources, load_knowledge(), Fetcher(QUICK), given)
    assert tally.filed == {"new": 3}
    assert [line.rpartition(": ")[0] == "" for line in tally.failures] == [False, False]
    assert "c.txt: no such file" in tally.failures[0] and "answers 404" in tally.failures[1]
    days = {one.id: one.published for one in archive.articles()}
    assert days["b"] == date(2025, 8, 13) and days["stdin"] == date(2025, 8, 20)
    again = add(archive, [f"{server.base}/a", str(file)], load_knowledge(), Fetcher(QUICK))
    assert again.new == 0


def test_a_server_that_asks_for_a_pause_gets_it(server: Outlet):
    server.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    server.pages["/a"] = (200, HTML, b"a")

    async def ask() -> float:
        from rajnay.collect.robots import Robots

        async with Fetcher(QUICK) as fetcher:
            await Robots(fetcher).check(f"{server.base}/a")
            return fetcher._hosts[server.base.removeprefix("http://")].pause

    assert asyncio.run(ask()) == 7


def test_feeds_of_a_list_are_checked():
    with pytest.raises(ValueError, match="kind"):
        Feeds.model_validate({"feeds": [{"name": "a", "url": "https://a/", "kind": "tweet"}]})
