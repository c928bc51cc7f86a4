"""Engagements known from elsewhere: the researched chronology of
``data/reference/engagements.csv``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import create_model

from rajnay.base import paths
from rajnay.knowledge.reference import Country
from rajnay.knowledge.tables import Form, Forms, KnowledgeError, Record, read_header, read_table
from rajnay.models import KINDS, STATUSES, TOPICS, Engagement, Span
from rajnay.times.periods import extent, interval

TALKS = frozenset(("meeting", "visit", "consultation", "multilateral", "agreement"))


class Known(Record):
    """A row of engagements.csv without its two columns of parties, each of which is headed by a
    country's English name.
    """

    start: Form
    end: Form
    kind: Literal[KINDS]  # type: ignore[valid-type]
    status: Literal[STATUSES]  # type: ignore[valid-type]
    place: str
    country: str
    forum: str
    topics: tuple[Literal[TOPICS], ...]  # type: ignore[valid-type]
    source1: str = ""
    source2: str = ""


class Sourced(NamedTuple):
    """A known engagement, and the addresses of what proves it."""

    engagement: Engagement
    sources: tuple[str, ...]


def yearly(text: str) -> bool:
    """Say whether a text is a day, month or year with its year."""
    return interval(text, None) is not None


@lru_cache
def load_known(folder: Path = paths.REFERENCE) -> tuple[Engagement, ...]:
    """Read the known engagements without their sources, as ``load_chronology`` does.

    >>> load_known()[0].forum, load_known()[0].start
    ('Annual Summit', '2000-10-02')
    """
    return tuple(one.engagement for one in load_chronology(folder))


@lru_cache
def load_chronology(folder: Path = paths.REFERENCE) -> tuple[Sourced, ...]:
    """Read the table of known engagements, in the order of their days, from ``data/reference``.

    The columns of parties are headed by a country's English name, in small letters. Raises
    KnowledgeError, which names file, line and column of a wrong row.

    >>> load_chronology()[0].sources[0].startswith("https://")
    True
    """
    file = folder / "engagements.csv"
    codes = {row.name.casefold(): row.code for row in read_table(folder / "countries.csv", Country)}
    heads = read_header(file)
    sides = {head: codes[head] for head in heads if head in codes}
    if len(sides) != 2:
        raise KnowledgeError(
            f"{file}:1: needs two columns headed by a country's English name in small letters, "
            f"has {len(sides)}"
        )
    columns: dict[str, Any] = dict.fromkeys(sides, (Forms, ()))
    found = []
    for number, row in enumerate(
        read_table(file, create_model("KnownOfPair", __base__=Known, **columns)), 2
    ):
        if not (yearly(row.start) and yearly(row.end)):
            raise KnowledgeError(
                f"{file}:{number}: {row.start!r} to {row.end!r}: write dates as YYYY, YYYY-MM or "
                "YYYY-MM-DD"
            )
        if row.end[: len(row.start)] < row.start[: len(row.end)]:
            raise KnowledgeError(
                f"{file}:{number}: ends ({row.end}) before it starts ({row.start}): mend one of "
                "the two days"
            )
        values: dict[str, Any] = {
            "edtf": row.start if row.start == row.end else f"{row.start}/{row.end}",
            "place": row.place or None,
            "country": row.country or None,
            "parties": {code: getattr(row, side) for side, code in sides.items()},
            "forum": row.forum or None,
        }
        known = Engagement(
            row.kind,
            row.status,
            row.start,
            row.end,
            **values,
            topics=row.topics,
            source=None,
            evidence=Span(0, 0),
        )
        found.append(Sourced(known, tuple(filter(None, (row.source1, row.source2)))))
    return tuple(
        sorted(
            found,
            key=lambda one: (
                str(one.engagement.start),
                str(one.engagement.end),
                one.engagement.kind,
                str(one.engagement.place),
                str(one.engagement.parties),
            ),
        )
    )


def may_be_same(told: Engagement, known: Engagement) -> bool:
    """Say whether what an article tells and what is known may be one event.

    They share a day, no country parts them, both are talks or both of one other kind, and they
    share somebody on any side or, where no side is named in both, a forum.

    Args:
        told: an engagement as an article tells it.
        known: one of the chronology.

    Returns:
        False where either has no day of a known year.
    """
    mine, theirs = extent(told).period, extent(known).period
    if mine is None or theirs is None or not mine.meets(theirs):
        return False
    if told.country and known.country and told.country != known.country:
        return False
    if told.kind != known.kind and not {told.kind, known.kind} <= TALKS:
        return False
    named = [
        (set(names), set(others))
        for side, names in told.parties.items()
        if names and (others := known.parties.get(side))
    ]
    same_forum = told.forum is not None and told.forum == known.forum
    return any(one & other for one, other in named) if named else same_forum
