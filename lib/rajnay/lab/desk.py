"""A reader's desk: one event of the queue after the other, with its evidence, and what can be
decided about it by buttons or typed in a line.
"""

from __future__ import annotations

import getpass
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from rajnay.archive.database import ArchiveError
from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.explain import brief
from rajnay.knowledge.defaults import load_defaults
from rajnay.lab.desk_controls import HELP, controls
from rajnay.lab.queue import WHY, Item, queue
from rajnay.lab.views import attended, styled, typefaces
from rajnay.models import Engagement, Row, Span
from rajnay.records import cells, engagement_record
from rajnay.report.choosing import make_issue
from rajnay.report.entries import entry as entry_of
from rajnay.report.html.articles import html_of_article
from rajnay.review.decisions import (
    CHECKED,
    FIELDS,
    Action,
    Anchor,
    Decision,
    Undone,
    checked,
    corrected,
)
from rajnay.review.kept import every, holding, keep, undo
from rajnay.timeline.build import build_timeline
from rajnay.timeline.corpus import Corpus

EMPTY = "Nothing is left in the queue."


class Desk:
    """The queue of a corpus, and what a reader decides about it.

    Each decision is kept in the archive at once, and the queue is made anew.
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        lang: str | None = None,
        only: str = "",
        who: str = "",
        start: str = "",
    ) -> None:
        """Lay out the queue.

        Args:
            corpus: what the articles tell.
            lang: the language of names and labels; that of the list of reports if none is told.
            only: one reason for being in the queue (``unsure``, ``conflict``, ``unconfirmed``);
                empty for all.
            who: who decides; the user's name if it is empty.
            start: the first day, month or year to look at; empty for all.

        Raises:
            ValueError: there is no such reason.
        """
        if only not in ("", *WHY):
            raise ValueError(f"only {only!r} is none of {', '.join(WHY)}")
        self.who = who or getpass.getuser()
        self.why, self.note, self.at = "", "", 0
        self._lang, self._only, self._start = lang or load_defaults().index, only, start
        self._archive: Path = paths.ARCHIVE
        self._made: list[str] = []
        self._lay_out(corpus)

    def _lay_out(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.issue = make_issue(corpus, lang=self._lang, start=self._start)
        looked_at = {row.id for row in self.issue.every}
        self.rows = {row.id: row for row in corpus.rows}
        rows = [row for row in corpus.rows if row.id in looked_at]
        self.items: Sequence[Item] = queue(rows, self.issue, self._only)
        self.at = min(self.at, max(0, len(self.items) - 1))

    @property
    def row(self) -> Row:
        """The event that lies on the desk; raises ValueError if there is none."""
        if not self.items:
            raise ValueError(EMPTY)
        return self.items[self.at].row

    def move(self, steps: int) -> None:
        """Take the next event of the queue, or one so many further or back."""
        if self.items:
            self.at = (self.at + steps) % len(self.items)

    def accept(self) -> None:
        """Say that the event is right as it stands."""
        self._decide("accept", self.row)

    def reject(self) -> None:
        """Say that there is no such event."""
        self._decide("reject", self.row)

    def correct(self, **changes: Any) -> None:
        """Set fields of the event: ``date="2025-08-21"``, ``place="..."``, ``parties_XX="A; B"``.

        Raises:
            ValueError: a field or value that cannot be.
        """
        self._decide("correct", self.row, changes=self._checked(changes))

    def merge(self, event: str) -> None:
        """Say that another event, named by its id, is the same."""
        if event not in self.rows or event == self.row.id:
            raise ValueError(f"there is no other event {event!r}; take an id from the table below")
        other = self.rows[event].testimonies
        self._decide("merge", self.row, more=tuple(map(Anchor.of, other)))

    def split(self, numbers: Iterable[int]) -> None:
        """Say that some tellings, by their numbers, are of another event."""
        tellings, chosen = self.row.testimonies, {*numbers}
        if not chosen or not chosen < {*range(1, len(tellings) + 1)}:
            raise ValueError(
                f"split off some of the tellings 1 to {len(tellings)}, not {sorted(chosen)}"
            )
        sides: tuple[list[Anchor], list[Anchor]] = ([], [])
        for number, telling in enumerate(tellings, 1):
            sides[number in chosen].append(Anchor.of(telling))
        anchors, apart = map(tuple, sides)
        self._keep(self._new("split", anchors, apart=apart))

    def add(self, article: str, words: str, **fields: Any) -> None:
        """Put in an event that was missed.

        Args:
            article: the id of the article that tells it.
            words: the words that prove it, as they stand there.
            fields: its kind, status, date, place and so on, as for ``correct``.

        Raises:
            ValueError: no such article or words in it, or a field or value that cannot be.
        """
        text = next(
            (one.article.text for one in self.corpus.extractions if one.article.id == article), None
        )
        if text is None:
            raise ValueError(f"there is no article {article!r}")
        if not words or words not in text:
            raise ValueError(f"these words do not stand in article {article}: copy them from it")
        at = text.index(words)
        nothing: dict[str, Any] = dict.fromkeys(
            ("start", "end", "edtf", "place", "country", "forum", "source")
        )
        sides: dict[str, tuple[str, ...]] = dict.fromkeys(self.corpus.pair, ())
        bare = Engagement(
            "meeting",
            "held",
            **nothing,
            parties=sides,
            topics=(),
            evidence=Span(at, at + len(words)),
        )
        engagement = replace(corrected(bare, self._checked(fields)), confidence=CHECKED)
        self._keep(self._new("add", (Anchor(article, engagement, words),)))

    def undo(self) -> None:
        """Undo the decision made last at this desk."""
        if not self._made:
            raise ValueError(
                "nothing was decided here; `rajnay review undo` undoes what was before"
            )
        with Archive.open(self._archive, write=True) as archive:
            gone = undo(archive, self._made[-1], Undone(self.who, datetime.now(UTC), self.why))
        self._made.pop()
        self._rebuild(f"Undone: {gone}")

    def say(self, line: str) -> None:
        """Do what a line says, and note what came of it: ``a``, ``c place Sochi``, ``s 2 3``."""
        try:
            self._do(*shlex.split(line))
        except (ValueError, ArchiveError) as error:
            self.note = f"Not done: {error}"

    def _do(self, verb: str = "", *words: str) -> None:
        plain = {"a": self.accept, "r": self.reject, "u": self.undo}
        self.note = ""
        if verb in plain:
            plain[verb]()
        elif verb in ("n", "p"):
            self.move(1 if verb == "n" else -1)
        elif verb == "c" and words:
            self.correct(**{words[0]: " ".join(words[1:])})
        elif verb == "m" and words:
            self.merge(words[0])
        elif verb == "s":
            self.split(int(word) for word in words)
        else:
            raise ValueError(f"type {HELP}")

    def _checked(self, changes: dict[str, Any]) -> dict[str, Any]:
        countries = self.corpus.knowledge.reference.countries
        return checked(changes, self.corpus.pair, countries)

    def _decide(
        self, action: Action, row: Row, more: tuple[Anchor, ...] = (), **changes: Any
    ) -> None:
        anchors = (*map(Anchor.of, row.testimonies), *more)
        self._keep(self._new(action, anchors, **changes))

    def _new(self, action: Action, anchors: tuple[Anchor, ...], **more: Any) -> Decision:
        now = datetime.now(UTC)
        return Decision(action, self.corpus.pair, anchors, self.who, now, self.why, **more)

    def _keep(self, decision: Decision) -> None:
        with Archive.open(self._archive, write=True) as archive:
            keep(archive, [decision])
        self._made.append(decision.id)
        self._rebuild(f"Kept: {decision}")

    def _rebuild(self, note: str) -> None:
        """Make the events anew of what the articles told; no article is read again."""
        with Archive.open(self._archive) as archive:
            decisions = holding(archive, self.corpus.pair)
        faults: list[ValueError] = []
        rows = build_timeline(self.corpus.extractions, faults.append, decisions)
        self._lay_out(replace(self.corpus, rows=rows))
        self.note, self.why = " ".join([note, *map(str, faults)]), ""

    def counts(self) -> pd.DataFrame:
        """Return for each reason how many events are in the queue for it."""
        lines = [(why, sum(why in one.why for one in self.items)) for why in WHY]
        found = pd.DataFrame(lines, columns=["why", "events"])
        return found[found["events"] > 0]

    def made(self) -> pd.DataFrame:
        """Return every decision that was made, the last first."""
        found: list[Decision] = []
        if self._archive.is_file():
            with Archive.open(self._archive) as archive:
                found = every(archive)[::-1]
        heads = ["id", "decided", "articles", "why", "undone"]
        lines = [
            (
                one.id,
                str(one),
                ", ".join(dict.fromkeys(each.article for each in one.anchors)),
                one.why,
                f"{one.undone.who}, {one.undone.when:%Y-%m-%d}" if one.undone else "",
            )
            for one in found
        ]
        return pd.DataFrame(lines, columns=heads)

    def others(self) -> list[tuple[str, str]]:
        """Return the events that may be the same as the one on the desk, those that share most
        with it first: each in words, and its id.
        """
        if not self.items:
            return []
        mine, here = self.row.engagement, self.row.id

        def apart(row: Row) -> tuple[int, bool, str]:
            one = row.engagement
            shared = len({*one.everyone} & {*mine.everyone})
            return -shared, one.start != mine.start, one.start or "~"

        near = sorted((row for name, row in self.rows.items() if name != here), key=apart)
        return [(f"{_said(row)} [{row.id}]", row.id) for row in near[:30]]

    def fields(self) -> list[str]:
        """Return the names of the fields that can be corrected."""
        return [*FIELDS, *(f"parties_{side}" for side in self.corpus.pair)]

    def show(self) -> str:
        """Return the HTML of the event on the desk."""
        if not self.items:
            return styled("desk.html.j2", entry=None, empty=EMPTY, note=self.note)
        item, row = self.items[self.at], self.row
        entry = entry_of(self.issue, row)
        mentions = {one.article.id: one.mentions for one in self.corpus.extractions}
        tellings = [
            (
                number,
                shown,
                brief(engagement_record(one.engagement, one.article.text)),
                html_of_article(one.article, mentions.get(one.article.id, ())),
            )
            for number, (one, shown) in enumerate(
                zip(row.testimonies, entry["tellings"], strict=True), 1
            )
        ]
        return styled(
            "desk.html.j2",
            entry=entry,
            place=f"{self.at + 1} of {len(self.items)}",
            reasons=item.why,
            fields=_said(row),
            tellings=tellings,
            note=self.note,
        )

    def _repr_html_(self) -> str:
        shown = self.show()
        return typefaces(shown) + shown

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        if attended():
            return dict(controls(self)._repr_mimebundle_())
        return {"text/html": self._repr_html_(), "text/plain": "a desk"}


def _said(row: Row) -> str:
    """Return all fields of an event in one line, by the names that corrections use."""
    told = cells(row.engagement)
    return "; ".join(f"{name} {value}" for name, value in told.items() if value not in (None, ""))
