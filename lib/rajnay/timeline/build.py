"""One row an event: the engagements of many articles, put together where they tell of the same
thing, and what readers decided about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rajnay.base.faults import Failed, contained
from rajnay.models import Article, ByHand, Extraction, Row, Span
from rajnay.review.applying import Draft, apply
from rajnay.review.decisions import NONE, Decisions, corrected
from rajnay.timeline.grouping import FOREVER, Event, Key, Telling, grouped
from rajnay.timeline.merging import first, identities, merge
from rajnay.times.periods import first_day


def build_timeline(
    extractions: Iterable[Extraction],
    failed: Failed | None = None,
    decisions: Decisions = NONE,
) -> tuple[Row, ...]:
    """Return the events that articles tell of, in the order of their days, those without a year
    last.

    Args:
        extractions: what the articles tell, in any order and more than once: the rows are the same.
        failed: takes the error of each telling or event that a fault of the library leaves out; the
            first fault is raised if nobody takes them.
        decisions: what readers decided by hand about them.

    >>> build_timeline([])
    ()
    """
    return rows_of(events_of(extractions, failed, decisions), failed)


def rows_of(events: Iterable[Event], failed: Failed | None) -> tuple[Row, ...]:
    """Return events as rows, each under an id of its own.

    Args:
        events: all that may go by the same id, in any order.
        failed: takes the error of each that a fault of the library leaves out.
    """
    names: set[str] = set()
    rows = []
    # The closest date has the plainest id, of equals what was told of first: neither loses it to
    # what joins later.
    for event in sorted(events, key=standing):
        with contained(", ".join(sorted(event.articles)), failed):
            name = next(name for name in identities(event.told) if name not in names)
            rows.append(by_hand(merge(event.told, name), event))
            names.add(name)
    return tuple(
        sorted(rows, key=lambda row: (first_day(row), row.engagement.start or "~", row.id))
    )


def events_of(
    extractions: Iterable[Extraction], failed: Failed | None, decisions: Decisions
) -> list[Event]:
    """Return the events of what articles tell, each with its tellings, as readers left them."""
    tellings: dict[Key, Telling] = {}
    articles: dict[str, Article] = {}
    for one in extractions:
        if decisions.made:
            articles[one.article.id] = one.article
        for each in one.engagements:
            with contained(one.article.id, failed):
                telling = Telling(one.article, each)
                tellings[telling.key] = telling
    if decisions.made:
        tellings = decided(tellings, articles, decisions, failed)
    return grouped(tellings, failed)


def decided(
    tellings: Mapping[Key, Telling],
    articles: Mapping[str, Article],
    decisions: Decisions,
    failed: Failed | None,
) -> dict[Key, Telling]:
    """Return the tellings as readers left them."""
    drafts = [tellings[key].draft for key in sorted(tellings)]
    groups = [_in_order(event) for event in grouped(tellings, failed)]
    every = apply(drafts, groups, decisions, articles, failed)
    kept = (Telling(one.article, one.now, one) for one in every if one.now)
    return {telling.key: telling for telling in kept}


def _in_order(event: Event) -> Sequence[Draft]:
    return sorted(event.drafts, key=lambda one: (one.article.id, str(one.drawn)))


def by_hand(row: Row, event: Event) -> Row:
    """Return a row with what readers decided about it: a field that one set stands whatever other
    articles say, but for the status, which what is printed later may change.
    """
    hands = {one.id: one for draft in event.drafts for one in draft.hands}
    if not hands:
        return row
    named = {one.id for draft in event.drafts if draft.named for one in draft.hands}
    engagement, marks = row.engagement, []
    newest = max(one.article.published or date.min for one in row.testimonies)
    for one in sorted(hands.values(), key=lambda one: (one.when, one.id)):
        if one.id in named:
            engagement = corrected(engagement, one.changes_by(newest))
        marks.append(ByHand(one.action, tuple(one.changes), one.who, one.when.date(), one.why))
    return replace(row, engagement=engagement, by_hand=tuple(marks))


def standing(event: Event) -> tuple[int, tuple[date, str], Span]:
    """Return what orders events from the closest date to none, of equals the first told of."""
    days = event.core.days.days if event.core.days else FOREVER
    return days, *min((first(told), told.engagement.evidence) for told in event.told)
