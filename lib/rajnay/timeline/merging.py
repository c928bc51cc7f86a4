"""Many tellings of one event made into one row: what most of them say, most precisely, and where
they differ.

Less detail is no difference: a month does not contradict a day in it, nor one name the two that
another article gives.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count
from math import prod

from rajnay.models import LASTING, TALKS, Engagement, Row, Testimony
from rajnay.times.periods import extent

VAGUE = ("within", "month", "year")
FINALITY = ("planned", "cancelled", "held")
_MONTH = len("2025-08")
SUREST = 0.99  # no number of articles makes a row surer than this


def merge(testimonies: Iterable[Testimony], identity: str) -> Row:
    """Return the row of an event: every field by majority, the date by precision, the status by
    what was published last.

    ``testimonies`` are all its tellings, at least one, in any order; ``identity`` is the row's id.
    The row's testimonies are ordered best first, and the evidence and spans of its engagement are
    those of the first.
    """
    told = sorted(testimonies, key=lambda one: (one.article.published or date.min, one.article.id))
    engagements = [one.engagement for one in told]
    if len(told) == 1:  # most events are told once
        return Row(identity, engagements[0], tuple(told))
    place = commonest(one.place for one in engagements)
    dated = best_dated(engagements)
    whole = replace(
        dated,
        kind=commonest(one.kind for one in engagements) or dated.kind,
        status=latest_status(told),
        place=place,
        country=commonest(
            one.country for one in engagements if one.place == place or place is None
        ),
        parties={
            side: together(one.parties.get(side, ()) for one in engagements)
            for side in dated.parties
        },
        forum=commonest(one.forum for one in engagements),
        topics=together(one.topics for one in engagements),
        source=commonest(one.source for one in engagements),
        confidence=confidence(told),
    )
    ranked = tuple(
        sorted(
            told,
            key=lambda one: (
                distance(one.engagement, whole),
                -one.engagement.confidence,
                first(one),
            ),
        )
    )
    best = ranked[0].engagement
    return Row(
        identity,
        replace(whole, evidence=best.evidence, spans=best.spans),
        ranked,
        differences(told, whole),
    )


def identities(testimonies: Iterable[Testimony]) -> Iterator[str]:
    """Yield the ids that an event may go by, the plainest first, each a hash of what stays when
    other tellings join.

    They rest on the telling with the closest date, of equals the first published: its countries
    and the first name of each, the kind, and the month. A vaguer or later telling changes none of
    it, nor does a day within the month. Where another event goes by that id already, the day, and
    then the article, tell the two apart.
    """
    closest = min(testimonies, key=_vagueness)
    told, article = closest.engagement, closest.article.id
    kind = "talks" if told.kind in TALKS else told.kind
    names = [f"{side}:{min(people, default='')}" for side, people in sorted(told.parties.items())]
    # Without a known year an event is told apart by its article.
    start, alone = told.start or "", "" if extent(told).period else article
    closer = ((start, article, str(told), str(number)) for number in count())
    for parts in chain([(start[:_MONTH], alone), (start, alone), (start, article)], closer):
        text = "\n".join([*names, kind, *parts])
        yield f"e{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _vagueness(testimony: Testimony) -> tuple[bool, int, tuple[date, str], str]:
    """Return what orders tellings from the closest date to none, of equals the first published."""
    days = extent(testimony.engagement).period
    return days is None, days.days if days else 0, first(testimony), str(testimony.engagement)


def first(testimony: Testimony) -> tuple[date, str]:
    """Return what orders tellings from the first published, those of unknown day last."""
    return testimony.article.published or date.max, testimony.article.id


def commonest(values: Iterable[str | None]) -> str | None:
    """Return the value named most often, of equals the last, None if there is none.

    >>> commonest(["Sochi", None, "Moscow"])
    'Moscow'
    """
    known = [value for value in values if value]
    counts = Counter(known)
    return max(reversed(known), key=lambda value: counts[value], default=None)


def together(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names that at least half of the lists with any names give, most often named first.

    >>> together([("A", "B"), ("A",), ("C", "A"), ()])
    ('A',)
    """
    given = [names for names in lists if names]
    counts = Counter(name for names in given for name in dict.fromkeys(names))
    place = {name: min(names.index(name) for names in given if name in names) for name in counts}
    kept = [name for name, count in counts.items() if 2 * count >= len(given)]
    return tuple(sorted(kept, key=lambda name: (-counts[name], place[name], name)))


def best_dated(engagements: Sequence[Engagement]) -> Engagement:
    """Return the engagement whose date says most: exact before vague, with an end, then as most
    tell, then the last.
    """
    counts = Counter((one.start, one.end) for one in engagements)

    def rank(one: Engagement) -> tuple[bool, bool, bool, bool, int, int]:
        days, lasting = extent(one), one.kind in LASTING
        vague = days.certainty in VAGUE
        length = days.period.days if days.period and (vague or not lasting) else 0
        certain = (
            one.start is None,
            days.period is None,
            vague,
            lasting and days.certainty == "open",
        )
        return *certain, length, -counts[one.start, one.end]

    return min(reversed(engagements), key=rank)


def latest_status(told: Sequence[Testimony]) -> str:
    """Return the status published last; what was once held is no longer planned, whatever a later
    article repeats.
    """
    last = max(
        told,
        key=lambda one: (one.article.published or date.min, FINALITY.index(one.engagement.status)),
    ).engagement.status
    return (
        "held"
        if last == "planned" and any(one.engagement.status == "held" for one in told)
        else last
    )


def confidence(told: Sequence[Testimony]) -> float:
    """Return how sure an event is, 0 to 1: that not all outlets are wrong, each counted once with
    its surest article.
    """
    outlets: dict[str, float] = {}
    for one in told:
        name = one.article.publisher or one.article.id
        outlets[name] = max(outlets.get(name, 0.0), one.engagement.confidence)
    return min(
        round(1 - prod(1 - sure for _, sure in sorted(outlets.items())), 3),
        max(SUREST, *outlets.values()),
    )


def distance(engagement: Engagement, whole: Engagement) -> int:
    """Return how far a telling is from the merged event: what proves status and date comes before
    what proves the rest.
    """
    weights = {"status": 8, "start": 4, "end": 2, "kind": 2, "place": 1, "parties": 1, "forum": 1}
    return sum(
        weight
        for name, weight in weights.items()
        if getattr(engagement, name) != getattr(whole, name)
    )


def differences(told: Sequence[Testimony], whole: Engagement) -> dict[str, tuple[str, ...]]:
    """Return for each field on which tellings contradict the merged event the values found, most
    frequent first.
    """
    engagements = [one.engagement for one in told]
    since = min(first(one) for one in told if one.engagement.status == whole.status)
    later = [one.engagement.status for one in told if one.article.published and first(one) >= since]
    found = {} if all(nested(one, whole) for one in engagements) else {"date": dates(engagements)}
    for name in ("kind", "status", "place", "country", "forum"):
        values = later if name == "status" else [getattr(one, name) for one in engagements]
        known = [value for value in values if value]
        if len({value.split()[0] if name == "forum" else value for value in known}) > 1:
            found[name] = known
    for side, names in whole.parties.items():
        given = [one.parties.get(side, ()) for one in engagements]
        if not {name for one in given for name in one} <= {*names}:
            found[side] = [", ".join(one) for one in given if one]
    return {
        name: tuple(value for value, _ in Counter(values).most_common())
        for name, values in found.items()
    }


def dates(engagements: Iterable[Engagement]) -> list[str]:
    """Return the date of each engagement that has one, in one word."""
    known = [one for one in engagements if one.start]
    return [
        str(one.start) if one.start == one.end else f"{one.start}..{one.end or ''}" for one in known
    ]


def nested(one: Engagement, other: Engagement) -> bool:
    """Whether one date lies within the other, or one of them has no days."""
    left, right = extent(one).period, extent(other).period
    if left is None or right is None:
        return True
    return (left.first <= right.first and right.last <= left.last) or (
        right.first <= left.first and left.last <= right.last
    )
