"""What is new: events that articles which just came in tell of first, move, confirm or call off.

What changed is found by merging twice what the articles of the events concerned tell: with those
that are new, and without. So only news is told as such, and no change of tables or of the library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rajnay.base.safe import dump, web_link, write_whole
from rajnay.knowledge.defaults import load_defaults
from rajnay.models import Engagement, Extraction, Row
from rajnay.report.atom import add, feed_of, printed
from rajnay.timeline.edition import Edition
from rajnay.timeline.summary import articles_of
from rajnay.timeline.wording import load_wording
from rajnay.times.periods import extent

NEWS, FEED = "news.json", "changes.xml"
KEPT = 500  # changes that are kept and stand in the feed, the newest ones
# Characters of an article's words in the feed.
_LONGEST = 300


@dataclass(frozen=True)
class Change:
    """Something new about an event: ``what`` is new, moved, confirmed or cancelled.

    ``at`` is when it was found (ISO 8601, UTC), ``row`` the event's id; ``start`` and ``end`` are
    the days that it was moved from; ``title`` says it in the language of the list of reports,
    ``words`` is what the article says, ``link`` the article's address.
    """

    at: str
    what: str
    row: str
    title: str
    words: str = ""
    link: str | None = None
    start: str | None = None
    end: str | None = None


def changes(
    rows: Sequence[Row],
    extractions: Iterable[Extraction],
    known: Collection[str],
    merge: Callable[[Sequence[Extraction]], Iterable[Row]],
) -> list[tuple[str, Row, Engagement | None]]:
    """Return what new articles change: what it is, the event as it is now, and as it was.

    Args:
        rows: the events of all articles.
        extractions: what each article tells.
        known: the ids of the articles that are not new.
        merge: merges what articles tell into events.

    Returns:
        The changes in the order of the rows.
    """
    concerned = [row for row in rows if not row.articles <= {*known}]
    named = articles_of(concerned) & {*known}
    before = merge([one for one in extractions if one.article.id in named])
    was = {key: row.engagement for row in before for key in _keys(row)}
    found = []
    for row in concerned:
        old = next((was[key] for key in _keys(row) if key in was), None)
        moved = old or _moved_from(row, [one for one in rows if one not in concerned])
        if what := _what(moved, row.engagement):
            found.append((what, row, moved))
    return found


def _keys(row: Row) -> list[tuple[str, int, str]]:
    """Return what a row's tellings are known by, whichever row they are merged into."""
    told = ((one.article.id, one.engagement) for one in row.testimonies)
    return [(name, one.evidence.start, one.kind) for name, one in told]


def _what(old: Engagement | None, new: Engagement) -> str | None:
    if old is None:
        return "new"
    if old.status != new.status and new.status in ("cancelled", "held"):
        return "cancelled" if new.status == "cancelled" else "confirmed"
    before, after = extent(old).period, extent(new).period
    return "moved" if before and after and not before.meets(after) else None


def _moved_from(row: Row, others: Iterable[Row]) -> Engagement | None:
    """Return the one plan that a new plan may stand for on another day: of the same people, kind
    and forum, in no other country, and still ahead when the new one was told of; None if none or
    several may.
    """
    new = row.engagement
    told = next(iter(row.printed), None)
    if told is None or new.status != "planned" or not all(new.parties.values()):
        return None
    found = [
        old
        for old in (one.engagement for one in others)
        if (old.status, old.kind, old.forum) == (new.status, new.kind, new.forum)
        and {side: {*names} for side, names in old.parties.items()}
        == {side: {*names} for side, names in new.parties.items()}
        and old.country in (None, new.country)
        and (first := extent(old).first) is not None
        and first >= told
    ]
    return found[0] if len(found) == 1 else None


def told(
    found: Iterable[tuple[str, Row, Engagement | None]],
    edition: Edition,
    known: Collection[str],
    at: str,
) -> list[Change]:
    """Return changes as the list of reports and its feed tell them.

    Args:
        found: the changes.
        edition: the words and names to tell them in.
        known: the ids of the articles that are not new.
        at: when they were found.
    """
    return [_told(what, row, old, edition, known, at) for what, row, old in found]


def _told(
    what: str,
    row: Row,
    old: Engagement | None,
    edition: Edition,
    known: Collection[str],
    at: str,
) -> Change:
    words, one = edition.wording, row.engagement
    place = edition.place(one.place) if one.place else ""
    about = [words.text(f"kind.{one.kind}"), edition.people(one), words.when(one), place]
    teller = next(each for each in row.testimonies if each.article.id not in known)
    said = teller.engagement.evidence.of(teller.article.text)
    change = Change(
        at,
        what,
        row.id,
        f"{words.text(f'news.{what}')}: {', '.join(filter(None, about))}",
        said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…",
        web_link(teller.article.url),
    )
    return replace(change, start=old.start, end=old.end) if old and what == "moved" else change


@dataclass(frozen=True)
class News:
    """What was known at the last run, by pair of countries, and what has changed of late."""

    known: Mapping[str, Sequence[str]]
    changes: Sequence[Change] = ()

    def since(self, at: str) -> dict[str, Change]:
        """Return the newest change of each event after a time, by the event's id."""
        return {one.row: one for one in self.changes if one.at > at}


def read_news(folder: Path) -> News:
    """Return the news that stand in the folder of reports; none if there are none that can be
    read.
    """
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads((folder / NEWS).read_text(encoding="utf-8"))
        return News(found["known"], [Change(**one) for one in found["changes"]])
    return News({})


def write_news(folder: Path, news: News) -> None:
    """Write the news, and their feed, into the folder of reports."""
    kept = [*news.changes][-KEPT:]
    facts: dict[str, Any] = {"known": dict(news.known), "changes": [asdict(one) for one in kept]}
    write_whole(folder / FEED, news_feed(kept))
    write_whole(folder / NEWS, dump(facts, compact=True))


def news_feed(found: Sequence[Change]) -> bytes:
    """Return an Atom feed of changes, the newest first.

    >>> change = Change("2025-08-13T00:00:00Z", "new", "e1", "New: visit")
    >>> b"<title>New: visit</title>" in news_feed([change])
    True
    """
    home = load_wording(load_defaults().index)
    updated = found[-1].at if found else None
    root = feed_of("changes", home.text("section.news"), updated, FEED)
    for one in reversed(found):
        item = add(root, "entry")
        add(item, "id", f"urn:rajnay:change:{one.row}:{one.what}:{one.at}")
        add(item, "title", one.title)
        add(item, "updated", one.at)
        add(item, "category", term=one.what)
        if one.link:
            add(item, "link", rel="alternate", href=one.link, type="text/html")
        add(item, "summary", one.words)
    return printed(root)
