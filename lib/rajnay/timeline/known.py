"""Engagements known from elsewhere: the researched chronology of
``data/reference/engagements.csv``.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import create_model

from rajnay import paths
from rajnay.knowledge.reference import Country
from rajnay.knowledge.tables import Form, Forms, KnowledgeError, Record, read_table
from rajnay.models import KINDS, STATUSES, TOPICS, Engagement, Span
from rajnay.times.periods import interval


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


@lru_cache
def load_known(folder: Path = paths.REFERENCE) -> tuple[Engagement, ...]:
    """Read the table of known engagements, in the order of their days, from ``data/reference``.

    The columns of parties are headed by a country's English name, in small letters. Raises
    KnowledgeError, which names file, line and column of a wrong row.

    >>> load_known()[0].forum, load_known()[0].start
    ('Annual Summit', '2000-10-02')
    """
    file = folder / "engagements.csv"
    codes = {row.name.casefold(): row.code for row in read_table(folder / "countries.csv", Country)}
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            heads = next(csv.reader(handle), [])
    except FileNotFoundError:
        raise KnowledgeError(f"{file}: no such file; the long view needs it") from None
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
        if interval(row.start, row.end) is None:
            raise KnowledgeError(
                f"{file}:{number}: {row.start!r} to {row.end!r}: write dates as YYYY, YYYY-MM or "
                "YYYY-MM-DD"
            )
        values: dict[str, Any] = {
            "edtf": row.start if row.start == row.end else f"{row.start}/{row.end}",
            "place": row.place or None,
            "country": row.country or None,
            "parties": {code: getattr(row, side) for side, code in sides.items()},
            "forum": row.forum or None,
        }
        found.append(
            Engagement(
                row.kind,
                row.status,
                row.start,
                row.end,
                **values,
                topics=row.topics,
                source=None,
                evidence=Span(0, 0),
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda one: (
                str(one.start),
                str(one.end),
                one.kind,
                str(one.place),
                str(one.parties),
            ),
        )
    )
