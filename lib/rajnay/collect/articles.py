"""An article out of a page that was fetched: its words by trafilatura, its language and its day by
our own rules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from rajnay.base.safe import web_link
from rajnay.collect.bodies import BodyError, text_of
from rajnay.collect.feeds import Feed
from rajnay.collect.fetch import Answer
from rajnay.collect.items import Item, site
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.dates.finder import find_dates, resolve
from rajnay.models import Article
from rajnay.text.days import day, outlet_zone
from rajnay.text.formats import FormatError
from rajnay.text.languages import LanguageError, language_of, no_pack
from rajnay.text.pages import page
from rajnay.text.reading import ReadingError, article, host
from rajnay.text.tokens import tokenise

# "Published on:" before a stamp.
_LABEL = re.compile(r"^[^\d:]{1,40}:\s*")


class PageError(ValueError):
    """Why a page gave no article, in one line without its address."""


class OtherLanguage(PageError):
    """An article in a language that no pack reads."""


def article_of(
    answer: Answer, item: Item, knowledge: Knowledge, feed: Feed | None = None
) -> Article:
    """Return the article of a page.

    Args:
        answer: the page as it was fetched.
        item: what the list said of it that named it.
        knowledge: the packs that articles can be read with.
        feed: the feed that named it, whose language serves where the words leave it open, and in
            whose zone its days are.

    Raises:
        OtherLanguage: it is in a language that has no pack.
        PageError: it holds no article that can be read.
    """
    if answer.url != item.url and _is_front(answer.url):
        raise PageError("sends to the front page of its site: it is gone")
    fields = _fields(answer)
    try:
        lang = language_of(
            fields["text"], knowledge.packs, feed.language if feed else fields["page_lang"]
        )
    except LanguageError as error:
        raise PageError(str(error)) from None
    if lang not in knowledge.packs:
        raise OtherLanguage(no_pack(lang, knowledge.packs))
    zone = ZoneInfo(feed.zone) if feed else outlet_zone(host(answer.url))
    fields |= {"id": id_of(fields["url"]), "publisher": host(fields["url"])}
    fields |= _days(fields, item, zone, lang, knowledge)
    found = article(fields, answer.url, None, lang, knowledge.packs)
    if isinstance(found, ReadingError):
        raise PageError(str(found).removeprefix(f"{answer.url}: "))
    return found


def _fields(answer: Answer) -> dict[str, Any]:
    """Return what a page holds; its address is the one that it gives itself, on its own site."""
    kind = answer.kind.partition(";")[0].strip().lower()
    if kind and not kind.endswith(("html", "xml", "text/plain")):
        raise PageError(f"{kind} is not read; give its words as .txt to `rajnay add`")
    try:
        fields = page(text_of(answer.content or b"", answer.kind))
    except (BodyError, FormatError) as error:
        raise PageError(str(error)) from None
    own = web_link(fields.get("url")) or ""
    is_own = site(own) == site(answer.url) and not _is_front(own)
    fields["url"] = own if is_own else answer.url
    return fields


def _is_front(url: str) -> bool:
    """Say whether an address is that of a site's front page."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def id_of(url: str) -> str:
    """Return the id that an article goes by where nothing else names it: its outlet and a hash of
    its address.

    >>> id_of("https://www.example.org/a")
    'example.org-5fcc169d9c'
    """
    return f"{host(url)}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"


def _days(
    fields: dict[str, Any], item: Item, zone: ZoneInfo, lang: str, knowledge: Knowledge
) -> dict[str, str | None]:
    """Return the day of publication or, where nothing tells it, that of the last change."""

    def first(stamps: Iterable[Any]) -> str | None:
        days = (day_of(str(stamp), zone, lang, knowledge) for stamp in stamps if stamp)
        return next((found.isoformat() for found in days if found), None)

    published = first((fields.get("published"), item.published, *fields["datelines"]))
    if published:
        return {"published": published, "modified": None}
    return {"published": None, "modified": first((fields.get("modified"), item.modified))}


def day_of(stamp: str, zone: ZoneInfo, lang: str, knowledge: Knowledge) -> date | None:
    """Return the day of a stamp, which may be written in the words of a language; None if it tells
    none for sure.
    """
    for written in (stamp, _LABEL.sub("", stamp)):
        with suppress(ValueError):
            return day(written, zone)
    words = knowledge.dates[lang]
    mentions = find_dates(tokenise(stamp, lang, words.lookalike_digits), words)
    told = [resolve(one, None, None).when for one in mentions if one.kind == "date"]
    if len(told) != 1 or told[0] is None or told[0].grain != "day":
        return None
    return told[0].earliest if told[0].earliest == told[0].latest else None
