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
_CHANGED = re.compile(r"modif|updat", re.IGNORECASE)


def page(markup: str) -> dict[str, Any]:
    """Return the article of an HTML page: its headline and body as ``text``, and what its metadata
    say.

    The date comes from metadata alone, never guessed from the page's words; ``page_lang`` is what
    the template says. Raises FormatError where no article is found.
    """
    import trafilatura  # here, because it takes half a second that other formats need not wait for

    tree = trafilatura.load_html(markup)
    if tree is None:
        raise FormatError("no article found in this page; save its words as .txt")
    about = _dates(tree) | {"page_lang": tree.get("lang") or tree.get("xml:lang") or ""}
    _join_lines(tree)
    certain = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=certain
    )
    if found is None or isinstance(found, dict) or not found.text:
        raise FormatError("no article found in this page; save its words as .txt")
    headline = f"{found.title}\n\n" if found.title and found.title not in found.text else ""
    named = {"title": found.title, "publisher": found.sitename, "url": found.url}
    if "published" not in about and (dated := _DATED_ADDRESS.search(found.url or "")):
        about["published"] = "-".join(dated.groups())
    return {"text": headline + found.text, **named, **about}


def _join_lines(tree: Element) -> None:
    """Put a space for each line break inside a paragraph that comes amid a sentence.

    A break after a sentence, after words in bold alone (the stamp of an update), or beside another
    break parts paragraphs, and stays.
    """
    for line_break in list(tree.iterfind(".//p//br")):
        parent, before, after = line_break.getparent(), line_break.getprevious(), line_break.tail
        following = line_break.getnext()
        if following is not None and following.tag == "br" and not (after or "").strip():
            continue
        words = parent.text if before is None else before.tail
        if not (words or "").strip() and before is not None and before.tag != "br":
            if before.tag in ("b", "strong", "h1", "h2", "h3", "h4", "time", "em"):
                continue
            words = before.text_content()
        if (words or "").strip() and not ENDS_SENTENCE.search((words or "").strip()):
            line_break.tail = f" {(after or '').lstrip()}"
            line_break.drop_tag()


def _dates(tree: Element) -> dict[str, str]:
    """Return the stamp of a page's publication, or, where it has none, that of its last change."""
    linked = list(_linked_data(tree))
    for key, names, told in (
        ("published", PUBLISHED, "datePublished"),
        ("modified", MODIFIED, "dateModified"),
    ):
        stamps = [
            *(thing[told] for thing in linked if thing.get(told)),
            *_meta(tree, names),
            *_times(tree, told),
        ]
        if stamps:
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
    for tag in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            content = tag.get("content").strip()
            if content:
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
