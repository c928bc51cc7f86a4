"""A decision by hand, as a value: what it rests on, what it changes, who made it, when and why.

It rests on tellings: an article, the words in it that prove an engagement, and what was drawn from
them. So it holds whatever id the event goes by, and whatever another state of packs, tables and
model draws from the same words.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from rajnay.models import KINDS, STATUSES, TOPICS, Engagement, Pair, Span, Testimony
from rajnay.times.intervals import When

Action = Literal["accept", "correct", "reject", "merge", "split", "add"]
ACTIONS: tuple[Action, ...] = ("accept", "correct", "reject", "merge", "split", "add")
# What can be corrected; a date is written 2025-08-21, 2025-08, or two of them with .. between.
FIELDS = ("kind", "status", "date", "place", "country", "forum", "topics", "source")
# What a reader has checked is as sure as anything gets.
CHECKED = 0.99


@dataclass(frozen=True, slots=True)
class Anchor:
    """One telling that a decision rests on: the article's id, what it told, in which words."""

    article: str
    engagement: Engagement
    words: str

    @classmethod
    def of(cls, telling: Testimony) -> Anchor:
        """Take a telling as it stands in a row."""
        words = telling.engagement.evidence.of(telling.article.text)
        return cls(telling.article.id, telling.engagement, words)


@dataclass(frozen=True, slots=True)
class Undone:
    """That a decision no longer holds: who said so, when and why."""

    who: str
    when: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision by hand.

    ``anchors`` are the tellings that it is about: those of the row, or of all rows to be merged;
    ``apart`` those that a split parts from them; ``changes`` the fields that a correction sets, and
    ``parties_XX`` the names of a side.
    """

    action: Action
    pair: Pair
    anchors: tuple[Anchor, ...]
    who: str
    when: datetime
    why: str = ""
    apart: tuple[Anchor, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    undone: Undone | None = None

    @property
    def id(self) -> str:
        """What it is known by: the same for the same decision."""
        return hashlib.sha256(packed(replace(self, undone=None))).hexdigest()[:12]

    def changes_by(self, printed: date | None) -> dict[str, Any]:
        """Return what the decision changes in the face of an article printed on a day: all of it,
        but for the status, which what is printed later may have news of.
        """
        later = printed is not None and printed > self.when.date()
        return {
            name: value for name, value in self.changes.items() if not (later and name == "status")
        }

    def __str__(self) -> str:
        changed = ", ".join(f"{name}: {_said(value)}" for name, value in self.changes.items())
        what = f"{self.action} {changed}".strip()
        return f"{what} ({self.who}, {self.when:%Y-%m-%d})"


@functools.cache
def _codec() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)


def packed(decision: Decision) -> bytes:
    """Return a decision as JSON."""
    return _codec().dump_json(decision)


def unpacked(text: bytes | str) -> Decision:
    """Return a decision from JSON; raises ValidationError for what is none."""
    return _codec().validate_json(text)


def _said(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list | tuple) else str(value or "nothing")


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions that hold, in the order in which they were made.

    ``tellers`` maps the id of an article that is a wire copy to the one that is read for it.
    """

    made: tuple[Decision, ...] = ()
    tellers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def holding(
        cls,
        decisions: Iterable[Decision],
        pair: Pair,
        tellers: Mapping[str, str],
        until: datetime | None = None,
    ) -> Decisions:
        """Keep the decisions about a pair of countries that are not undone, or were not by a
        time.
        """
        kept = [one for one in decisions if one.pair == pair and _holds(one, until)]
        return cls(tuple(sorted(kept, key=lambda one: (one.when, one.id))), tellers)

    def teller(self, anchor: Anchor) -> str:
        """Return the id of the article that is read for an anchor's."""
        return self.tellers.get(anchor.article, anchor.article)


def _holds(decision: Decision, until: datetime | None) -> bool:
    if until is None:
        return decision.undone is None
    undone = decision.undone is not None and decision.undone.when <= until
    return decision.when <= until and not undone


NONE = Decisions()


def corrected(engagement: Engagement, changes: Mapping[str, Any]) -> Engagement:
    """Return an engagement with changed fields, which no words prove any more; ``changes`` are as
    ``checked`` returns them.

    >>> from rajnay.models import Engagement, Span
    >>> was = Engagement("visit", "held", *[None] * 5, {"IN": ()}, None, (), None, Span(0, 1))
    >>> now = corrected(was, {"date": "2025-12-04..2025-12-05", "parties_IN": ["A"]})
    >>> now.start, now.end, now.edtf, now.parties
    ('2025-12-04', '2025-12-05', '2025-12-04/2025-12-05', {'IN': ('A',)})
    """
    fields: dict[str, Any] = {"parties": dict(engagement.parties)}
    for name, value in changes.items():
        if name == "date":
            fields |= _date(value)
        elif name.startswith("parties_"):
            fields["parties"][name.removeprefix("parties_")] = tuple(value)
        else:
            fields[name] = tuple(value) if name == "topics" else value
    unproven = {"start", "end"} if "date" in changes else set()
    unproven |= {name.replace("parties_", "parties.") for name in changes}
    spans = {name: found for name, found in engagement.spans.items() if name not in unproven}
    return replace(engagement, **fields, spans=spans)


def _date(value: str | None) -> dict[str, str | None]:
    if not value:
        return {"start": None, "end": None, "edtf": None}
    start, two, end = value.partition("..")
    when = When.parse(start or None, (end or None) if two else start)
    names = ("start", "end", "edtf")
    return {name: getattr(when, name) if when else None for name in names}


def checked(changes: Mapping[str, Any], pair: Pair, countries: Iterable[str]) -> dict[str, Any]:
    """Return the changes of a correction as they are kept, lists made of what semicolons part.

    Raises:
        ValueError: a field that is none, or a value that it cannot have; the mend is named.

    >>> checked({"topics": "trade; energy", "place": " "}, ("IN", "RU"), ["IN", "RU"])
    {'topics': ['trade', 'energy'], 'place': None}
    """
    lists = ("topics", *(f"parties_{side}" for side in pair))
    known: dict[str, tuple[str, ...]] = {
        "kind": KINDS,
        "status": STATUSES,
        "topics": TOPICS,
        "country": tuple(countries),
    }
    kept: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in (*FIELDS, *lists):
            raise ValueError(f"there is no field {name!r}; use one of {', '.join(FIELDS)}")
        kept[name] = _parted(value) if name in lists else str(value or "").strip() or None
        _allow(name, kept[name], known.get(name, ()))
    return kept


def _parted(value: str | Sequence[str] | None) -> list[str]:
    parts = value.split(";") if isinstance(value, str) else value or ()
    return [part.strip() for part in parts if part.strip()]


def _allow(name: str, value: Any, known: tuple[str, ...]) -> None:
    """Raise ValueError for a value that a field cannot have."""
    if name in ("kind", "status") and not value:
        raise ValueError(f"{name} must be one of {', '.join(known)}")
    for one in value if isinstance(value, list) else [value] * bool(value):
        if known and one not in known:
            raise ValueError(f"{name} {one!r} is none of {', '.join(known)}")
    if name == "date":
        try:
            _date(value)
        except ValueError as error:
            raise ValueError(
                f"date {value!r} is none ({error}); write 2025-08-21, 2025-08, 2025 or "
                "2025-08-21..2025-08-22"
            ) from None


def moved(engagement: Engagement, by: int) -> Engagement:
    """Return an engagement whose words stand elsewhere in the text, so many characters later."""
    if not by:
        return engagement
    spans = {
        name: tuple(Span(one.start + by, one.end + by) for one in found)
        for name, found in engagement.spans.items()
    }
    start, end = engagement.evidence
    return replace(engagement, evidence=Span(start + by, end + by), spans=spans)
