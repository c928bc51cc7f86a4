"""An outlet on localhost: articles as feeds, a sitemap and pages of several templates, and a server
that misbehaves where it is told to.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Native digits and months, as papers print a day; the retellings are all in this language.
DIGITS = str.maketrans("0123456789", "૦૧૨૩૪૫૬૭૮૯")
MONTHS = (
    *("જાન્યુઆરી", "ફેબ્રુઆરી", "માર્ચ", "એપ્રિલ", "મે", "જૂન"),
    *("જુલાઈ", "ઓગસ્ટ", "સપ્ટેમ્બર", "ઓક્ટોબર", "નવેમ્બર", "ડિસેમ્બર"),
)
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MENU = ["હોમ", "દેશ", "વિદેશ", "ગુજરાત", "રમત", "વેપાર", "મનોરંજન", "ઈ-પેપર"]
RELATED = ["સોનાના ભાવમાં આજે ફરી ઉછાળો", "વરસાદની આગાહી જાહેર કરાઈ", "ક્રિકેટ ટીમની પસંદગી થઈ"]
AD = "ખાસ ઓફર: આજે જ ખરીદો અને મેળવો ૫૦ ટકા ડિસ્કાઉન્ટ"


@dataclass
class Story:
    """A retelling as an outlet prints it."""

    id: str
    text: str
    published: date | None

    @property
    def title(self) -> str:
        """Its first paragraph, which is its headline."""
        return self.paragraphs[0]

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]


def in_words(day: date) -> str:
    """Return a day as Gujarati papers print it."""
    number, year = str(day.day).translate(DIGITS), str(day.year).translate(DIGITS)
    return f"{number} {MONTHS[day.month - 1]} {year}"


def body(story: Story) -> str:
    """Return the paragraphs of a story after its headline."""
    return "\n".join(f"<p>{escape(one)}</p>" for one in story.paragraphs[1:])


def menu() -> str:
    """Return the menu of a page."""
    return (
        "<ul>"
        + "".join(f'<li><a href="/{n}">{one}</a></li>' for n, one in enumerate(MENU))
        + "</ul>"
    )


def related() -> str:
    """Return links to other articles."""
    links = "".join(f'<li><a href="/other/{n}">{one}</a></li>' for n, one in enumerate(RELATED))
    return f"<h3>આ પણ વાંચો</h3><ul>{links}</ul>"


def modern(story: Story) -> str:
    """A page whose JSON-LD tells its day, in Greenwich: the evening before in India's day."""
    about: dict[str, Any] = {"@type": "NewsArticle", "headline": story.title}
    if story.published:
        eve = date.fromordinal(story.published.toordinal() - 1)
        about["datePublished"] = f"{eve}T20:30:00Z"
    return f"""<!doctype html><html lang="gu"><head><title>{escape(story.title)}</title>
<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script></head><body>
<header><nav>{menu()}</nav></header><main><article><h1>{escape(story.title)}</h1>{body(story)}
<aside class="ad">{AD}</aside></article><section class="related">{related()}</section></main>
<footer>© અખબાર</footer></body></html>"""


def blog(story: Story) -> str:
    """A page of a blog program, its stamp in India's time; the template calls itself English."""
    stamp = f'<meta property="article:published_time" content="{story.published}T00:20:00+05:30">'
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8">
<title>{escape(story.title)} - અખબાર</title>
<meta property="og:title" content="{escape(story.title)}">
{stamp if story.published else ""}<meta property="og:site_name" content="અખબાર"></head>
<body class="single"><div id="menu">{menu()}</div><div class="post hentry">
<h1 class="entry-title">{escape(story.title)}</h1><div class="entry-content">{body(story)}
</div></div><div id="sidebar" class="widget-area">{related()}<div class="advert">{AD}</div></div>
<div id="footer">{menu()}</div></body></html>"""


def old(story: Story) -> str:
    """An older page: the day in words only, and no element that says what it is."""
    day = (
        f'<span class="posted-on">પ્રકાશિત: {in_words(story.published)}</span>'
        if story.published
        else ""
    )
    return f"""<html><head><title>{escape(story.title)}</title></head><body>
<div class="top">{menu()}</div><div class="story"><h2>{escape(story.title)}</h2>{day}
<div class="text">{body(story)}</div></div><div class="more">{related()}</div>
<div class="foot">{AD}</div></body></html>"""


TEMPLATES: tuple[Callable[[Story], str], ...] = (modern, blog, old)


Reply = tuple[int, dict[str, str], bytes]
Page = Callable[["Outlet", BaseHTTPRequestHandler], "Reply | Iterator[bytes] | None"]
PARTS = ("rss", "atom", "sitemap", "page")


@dataclass
class Outlet:
    """An outlet that serves its stories, a quarter of them by each kind of list, and whatever pages
    are added; ``hits`` counts what was asked for.
    """

    stories: list[Story] = field(default_factory=list)
    pages: dict[str, Page | Reply] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    at_once: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Serve until stopped."""
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                outlet.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                pass  # whoever asked was killed

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Serve no longer."""
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request, and note how many were asked at once."""
        self.hits[request.path] += 1
        self.at_once["now"] += 1
        self.at_once["most"] = max(self.at_once["most"], self.at_once["now"])
        try:
            self._send(request, self._reply(request))
        except (BrokenPipeError, ConnectionResetError):
            request.close_connection = True
        finally:
            self.at_once["now"] -= 1

    def _reply(self, request: BaseHTTPRequestHandler) -> Reply | Iterator[bytes] | None:
        page = self.pages.get(request.path)
        if callable(page):
            return page(self, request)
        if page is not None:
            return page
        if request.path.startswith("/story/"):
            number = int(request.path.removeprefix("/story/").partition("?")[0])
            story = self.stories[number]
            html = TEMPLATES[number % len(TEMPLATES)](story)
            return 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()
        lists = {"/rss": self.rss, "/atom": self.atom, "/section": self.section}
        lists |= {"/sitemap.xml": self.index, "/news.xml.gz": self.sitemap}
        if request.path not in lists:
            return 404, {}, b"no such page"
        kind, data = lists[request.path]()
        tag = f'"{hash(data)}"'
        if request.headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        return 200, {"Content-Type": kind, "ETag": tag}, data

    def _send(self, request: BaseHTTPRequestHandler, reply: Reply | Iterator[bytes] | None) -> None:
        if reply is None:  # it has answered itself
            request.close_connection = True
            return
        if not isinstance(reply, tuple):
            for piece in reply:
                request.wfile.write(piece)
            request.close_connection = True
            return
        status, headers, data = reply
        request.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        if status != 304:
            request.wfile.write(data)

    def of(self, part: str) -> list[tuple[int, Story]]:
        """Return the stories that a kind of list names, newest first."""
        place = PARTS.index(part)
        return [(n, one) for n, one in enumerate(self.stories) if n % 4 == place][::-1]

    def rss(self) -> tuple[str, bytes]:
        """RSS, whose stamps are in Greenwich or, where the page has the day in words, in words."""
        items = ""
        for number, story in self.of("rss"):
            day = story.published
            eve = date.fromordinal(day.toordinal() - 1) if day else None
            stamp = f"{eve.day:02} {ENGLISH[eve.month - 1]} {eve.year} 20:30:00 GMT" if eve else ""
            stamp = in_words(day) if day and number % 3 == 2 else stamp
            stamp = f"<pubDate>{stamp}</pubDate>" if stamp else ""
            link = f"{self.base}/story/{number}?utm_source=rss"
            about = f"<title>{escape(story.title)}</title><description>{escape(story.title)}"
            items += f"<item>{about}</description><link>{link}</link>{stamp}</item>"
        return (
            "application/rss+xml",
            f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(),
        )

    def atom(self) -> tuple[str, bytes]:
        """Atom, whose stamps are in India's time and whose links are relative."""
        items = ""
        for number, story in self.of("atom"):
            stamp = f"<published>{story.published}T00:20:00+05:30</published>"
            link = f'<link href="/story/{number}"/><id>tag:{number}</id>'
            items += f"<entry><title>{escape(story.title)}</title>{link}"
            items += f"{stamp if story.published else ''}</entry>"
        feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>'
        return "application/atom+xml", feed.encode()

    def index(self) -> tuple[str, bytes]:
        """An index of one sitemap."""
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        sitemap = f"<sitemap><loc>{self.base}/news.xml.gz</loc></sitemap>"
        whole = f'<sitemapindex xmlns="{space}">{sitemap}</sitemapindex>'
        return "application/xml", whole.encode()

    def sitemap(self) -> tuple[str, bytes]:
        """A packed sitemap for news; some of its stories have no day."""
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        news = "http://www.google.com/schemas/sitemap-news/0.9"
        items = ""
        for number, story in self.of("sitemap"):
            day = f"<n:publication_date>{story.published}T00:10:00+05:30</n:publication_date>"
            title = f"<n:title>{escape(story.title)}</n:title>"
            about = f"<n:news>{day if story.published else ''}{title}</n:news>"
            items += f"<url><loc>{self.base}/story/{number}</loc>{about}</url>"
        whole = f'<urlset xmlns="{space}" xmlns:n="{news}">{items}</urlset>'
        return "application/gzip", gzip.compress(whole.encode(), mtime=0)

    def section(self) -> tuple[str, bytes]:
        """A page of links under headlines, with a menu."""
        links = "".join(
            f'<h3><a href="/story/{number}">{escape(story.title)} અને વધુ વિગતો</a></h3>'
            for number, story in self.of("page")
        )
        return "text/html", f"<html><body>{menu()}<div>{links}</div></body></html>".encode()


def slowly(seconds: float) -> Page:
    """Return a page that takes its time."""

    def page(outlet: Outlet, request: BaseHTTPRequestHandler) -> Reply:
        time.sleep(seconds)
        return 200, {"Content-Type": "text/html"}, b"late"

    return page


def in_turn(*replies: Reply) -> Page:
    """Return a page that answers differently each time, and at last always the same."""
    waiting = list(replies)

    def page(outlet: Outlet, request: BaseHTTPRequestHandler) -> Reply:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return page


def endless(piece: bytes, head: str = "Content-Type: text/html") -> Page:
    """Return a page that never ends."""

    def page(outlet: Outlet, request: BaseHTTPRequestHandler) -> Iterator[bytes]:
        yield f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode()
        while True:
            yield piece

    return page
