"""The timeline: events that articles tell of, to narrow, to compute with, to look into and to
write out.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, overload

from rajnay.door.listed import position
from rajnay.door.shown import counted, screen, when
from rajnay.explain import brief
from rajnay.knowledge.defaults import load_defaults
from rajnay.models import Engagement, Row
from rajnay.records import facts
from rajnay.report.runs import today
from rajnay.timeline import exports, frames
from rajnay.timeline.corpus import Corpus
from rajnay.times.periods import Period, extent, in_period, resolve_period

if TYPE_CHECKING:
    import pandas as pd

    from rajnay.report.issue import Issue

TELLINGS = 4  # of one event on one screen


@dataclass(frozen=True, repr=False)
class Timeline(Corpus):
    """Events in the order of their days, to take by place or by id, each with all that tells it.

    ``extractions`` is what each article told; ``unread`` names what could not be read, and why.
    """

    @overload
    def __getitem__(self, key: int | str) -> Event: ...
    @overload
    def __getitem__(self, key: slice) -> Timeline: ...
    def __getitem__(self, key: int | str | slice) -> Event | Timeline:
        if isinstance(key, slice):
            return replace(self, rows=self.rows[key])
        at = position(key, [row.id for row in self.rows], "event")
        return Event(self.rows[at], self)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Event]:
        return (Event(row, self) for row in self.rows)

    def frame(self) -> pd.DataFrame:
        """Return one row an event, in the order of their days."""
        return frames.events(self.rows, self.pair)

    def people(self) -> pd.DataFrame:
        """Return one row for each person, office or body that took part in an event."""
        return frames.people(self.rows, self.pair, self.knowledge.reference)

    def tellings(self) -> pd.DataFrame:
        """Return one row for each article that tells of an event, with the words that prove it."""
        return frames.tellings(self.rows, self.pair)

    def between(self, start: date | str = "", end: date | str = "") -> Timeline:
        """Keep the events that may have a day in a stretch of time; those without a year are left
        out.

        Args:
            start: the first day, month or year, ISO 8601, or a period that moves (``last-month``);
                empty for no limit.
            end: the last one, the whole of it included; empty for no limit.

        Raises:
            ValueError: one of them is no day, month or year, or the end lies before the start.
        """
        first = resolve_period(str(start), today()).first if start else date.min
        last = resolve_period(str(end), today()).last if end else date.max
        if last < first:
            raise ValueError(f"the end, {last}, lies before the start, {first}: swap them")
        return replace(self, rows=in_period(self.rows, Period(first, last)))

    def involving(self, name: str) -> Timeline:
        """Keep the events in which somebody took part.

        Args:
            name: an English name of record or any words of it, in any case.
        """
        wanted = set(str(name).casefold().split())
        kept = tuple(row for row in self.rows if any(wanted <= one for one in _names(row)))
        return replace(self, rows=kept)

    def to(self, path: str | Path) -> Path:
        """Write the events to a file, whole or not at all, and return where it is.

        Args:
            path: its suffix names the format: .csv, .xlsx, .parquet, .json, .ics, .timeline.json,
                .geojson or .jsonld. Events that the format cannot hold are told of in a warning.

        Raises:
            ValueError: the suffix names no format.
        """
        places = self.knowledge.reference.places.values()
        known = {place.name: (place.lat, place.lon) for place in places}
        for note in exports.write(self.rows, path, places=known, pair=self.pair):
            warnings.warn(note, stacklevel=2)
        return Path(path)

    @functools.cached_property
    def issue(self) -> Issue:
        """Return all that reports would say of these events."""
        from rajnay.report.choosing import make_issue

        return make_issue(self, lang=load_defaults().names_of_record)

    def __repr__(self) -> str:
        return f"<Timeline: {self._said()}>"

    def _said(self) -> str:
        days = [day for row in self.rows if (day := extent(row.engagement).first)]
        told = ["-".join(self.pair), counted(len(self.rows), "event")]
        told += [f"{min(days)} to {max(days)}"] if days else []
        told += [f"from {counted(len(self.extractions), 'article')}"]
        told += [f"{len(self.unread)} could not be read"] if self.unread else []
        return "; ".join(told)

    def _repr_html_(self) -> str:
        sides = [f"parties_{code}" for code in self.pair]
        shown = ["id", "when", "kind", "status", *sides, "place", "articles"]
        told = self.frame().assign(when=when(row.engagement for row in self.rows))
        return screen(self._said(), told[shown], unread=self.unread)


@dataclass(frozen=True, repr=False)
class Event:
    """One event of a timeline: what is known of it, and every article that tells it."""

    row: Row
    timeline: Timeline

    @property
    def id(self) -> str:
        """Return its name, the same however often the timeline is made."""
        return self.row.id

    @property
    def engagement(self) -> Engagement:
        """Return what is known of it."""
        return self.row.engagement

    def tellings(self) -> pd.DataFrame:
        """Return one row for each article that tells of it, with the words that prove it."""
        return frames.tellings([self.row], self.timeline.pair)

    def __repr__(self) -> str:
        return f"<Event {self.id}: {brief(facts(self.engagement))}>"

    def _repr_html_(self) -> str:
        from rajnay.lab import explore
        from rajnay.lab.views import typefaces

        body = explore.told_by(self.timeline.issue, self.row, most=TELLINGS)
        return typefaces(body) + body


def _names(row: Row) -> list[set[str]]:
    names = row.engagement.everyone
    return [set(name.casefold().split()) for name in names]
