"""Take the article out of an HTML page: its words, and what its metadata say of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from rajnay.text.days import day
from rajnay.text.formats import FormatError
from rajnay.text.paragraphs import ENDS_SENTENCE

# An element of lxml, which carries no types.
Element = Any
# Metadata that tell when a page was published, and when it was last changed.
PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "article.published",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_date",
    "publication_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
MODIFIED = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "og:modified_time",
    "article.updated",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "revised",
)
# Parts of a page's JSON-LD that tell of something else than the page's own article.
_OTHERS = frozenset(("liveBlogUpdate", "hasPart", "itemListElement", "mentions", "video", "image"))
_ARTICLE = re.compile(r"(?:Article|Posting|Report)\Z")
# Many outlets put the day into an article's address.
_DATED_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(0\d|1[0-2])/([0-2]\d|3[01])(?:/|\Z)")
_NO_ARTICLE = "no article found in this page; save its words as .txt"
# Elements that name the day of publication in words, by their class; and those in which they stand
# beside other articles.
_DATELINE = re.compile(r"publish|posted|dateline", re.IGNORECASE)
_LONGEST_DATELINE = 80
_BESIDE = frozenset(("nav", "aside", "footer"))
# trafilatura drops the joiners that shape conjuncts; these signs, which no page has, stand in.
_JOINERS = {0x200C: "\u204c", 0x200D: "\u204d"}
_STAND_INS = {ord(sign): chr(joiner) for joiner, sign in _JOINERS.items()}
# The attributes that name what a page's metadata tell.
_NAMES = ("property", "name", "itemprop", "http-equiv")
# What the stamp of an update stands in.
_STAMPS = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "time", "em"))
_CHANGED = re.compile(r"modif|updat", re.IGNORECASE)


def page(markup: str) -> dict[str, Any]:
    """Return the article of an HTML page: its headline and body as ``text``, and what its metadata
    say.

    The date comes from metadata alone, never guessed from the page's words; ``datelines`` are what
    elements made for it say of it in words, ``page_lang`` is what the template says. Raises
    FormatError where no article is found.
    """
    import trafilatura  # here, because it takes half a second that other formats need not wait for

    tree = trafilatura.load_html(markup)
    if tree is None:
        raise FormatError(_NO_ARTICLE)
    about: dict[str, Any] = {"page_lang": tree.get("lang") or tree.get("xml:lang") or ""}
    about |= _dates(tree) | {"datelines": list(_datelines(tree))}
    _join_lines(tree)
    _keep_joiners(tree)
    certain = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=certain
    )
    if found is None or isinstance(found, dict) or not found.text:
        raise FormatError(_NO_ARTICLE)
    text, title = found.text.translate(_STAND_INS), (found.title or "").translate(_STAND_INS)
    headline = f"{title}\n\n" if title and not _has_headline(text, title) else ""
    named = {"title": title or None, "publisher": found.sitename, "url": found.url}
    if "published" not in about and (dated := _DATED_ADDRESS.search(found.url or "")):
        about["published"] = "-".join(dated.groups())
    return {"text": headline + text, **named, **about}


def _has_headline(text: str, title: str) -> bool:
    """Say whether a headline stands in a text: a sentence may repeat its words and is none."""
    lines = (line for line in text.split("\n") if title in line)
    return any(line.startswith(title) or not ENDS_SENTENCE.search(line) for line in lines)


def _keep_joiners(tree: Element) -> None:
    """Put signs that trafilatura keeps in the place of joiners, in words and in metadata."""
    for tag in tree.iter():
        if not isinstance(tag.tag, str):
            continue
        if tag.text and tag.tag not in ("script", "style"):
            tag.text = tag.text.translate(_JOINERS)
        if tag.tail:
            tag.tail = tag.tail.translate(_JOINERS)
        if content := tag.get("content"):
            tag.set("content", content.translate(_JOINERS))


def _join_lines(tree: Element) -> None:
    """Put a space for each line break inside a paragraph that comes amid a sentence.

    A break after a sentence, after words in bold alone (the stamp of an update), or beside another
    break parts paragraphs, and stays.
    """
    for line_break in list(tree.iterfind(".//p//br")):
        after, following = line_break.tail or "", line_break.getnext()
        if following is not None and following.tag == "br" and not after.strip():
            continue
        words = _words_before(line_break)
        if words and not ENDS_SENTENCE.search(words):
            line_break.tail = f" {after.lstrip()}"
            line_break.drop_tag()


def _words_before(line_break: Element) -> str:
    """Return the words right before a line break, none where they stand by themselves in bold."""
    before = line_break.getprevious()
    words = (line_break.getparent().text if before is None else before.tail) or ""
    if words.strip() or before is None or before.tag == "br" or before.tag in _STAMPS:
        return words.strip()
    return str(before.text_content()).strip()


def _dates(tree: Element) -> dict[str, str]:
    """Return the stamp of a page's publication, or, where it has none, that of its last change."""
    linked = list(_linked_data(tree))
    for key, names, told in (
        ("published", PUBLISHED, "datePublished"),
        ("modified", MODIFIED, "dateModified"),
    ):
        said = filter(None, (thing.get(told) for thing in linked))
        if stamps := [*said, *_meta(tree, names), *_times(tree, told)]:
            return {key: next((stamp for stamp in stamps if _is_day(stamp)), str(stamps[0]))}
    return {}


def _is_day(stamp: Any) -> bool:
    try:
        day(stamp)
    except ValueError:
        return False
    return True


def _meta(tree: Element, names: Iterable[str]) -> Iterator[str]:
    found: dict[str, str] = {}
    contents = ((tag, tag.get("content").strip()) for tag in tree.iterfind(".//meta[@content]"))
    for tag, content in contents:
        for attribute in _NAMES if content else ():
            found.setdefault((tag.get(attribute) or "").lower(), content)
    yield from (found[name] for name in names if name in found)


def _times(tree: Element, told: str) -> Iterator[str]:
    """Yield the stamps of ``<time>`` elements; without a word of what they tell, only the first."""
    plain = []
    for tag in tree.iterfind(".//time[@datetime]"):
        says = " ".join((tag.get("itemprop") or "", tag.get("class") or ""))
        changed = bool(_CHANGED.search(says))
        if tag.get("itemprop") == told or (changed and told == "dateModified"):
            yield tag.get("datetime")
        elif not changed and told == "datePublished":
            plain.append(tag.get("datetime"))
    yield from plain[:1]


def _datelines(tree: Element) -> Iterator[str]:
    """Yield the words of elements that are made to tell when the page was published, and take
    those out whose class says so: they are no part of the article.
    """
    for tag in list(tree.iter("time", "span", "div", "p", "small", "li")):
        says = " ".join((tag.get("itemprop") or "", tag.get("class") or ""))
        if tag.tag != "time" and not _DATELINE.search(says):
            continue
        words = " ".join(tag.text_content().split())
        beside = any(above.tag in _BESIDE for above in tag.iterancestors())
        if words and len(words) <= _LONGEST_DATELINE and not beside and not _CHANGED.search(says):
            yield words
            if tag.tag != "time":
                tag.drop_tree()


def _linked_data(tree: Element) -> Iterator[dict[str, Any]]:
    """Yield what a page's JSON-LD says of its article, then what it says of the page."""
    things: list[dict[str, Any]] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            things += _things(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    yield from sorted(things, key=lambda thing: not _is_article(thing))


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _things(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key not in _OTHERS:
                yield from _things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _things(inner)
