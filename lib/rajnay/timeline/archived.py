"""The articles of the project wherever they stand, in a folder and in the archive: all of them, or
those that a report of some days needs.

What is left out of a timeline of some days changes nothing of it: from what may lie in these days,
everything is followed that could be of the same event, and what could be of the same event as that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from rajnay.archive.database import ArchiveError
from rajnay.archive.store import Archive
from rajnay.archive.tellings import Found
from rajnay.base.faults import Failed
from rajnay.knowledge.store import Knowledge
from rajnay.models import Article, Extraction, Pair, Row
from rajnay.review.decisions import NONE, Decision, Decisions, corrected
from rajnay.review.kept import holding
from rajnay.timeline.build import build_timeline, events_of
from rajnay.timeline.draw import draw, draw_kept, entries_of
from rajnay.timeline.grouping import key_of
from rajnay.times.periods import Period, extent

# Days before and after a report's, for what the chronology knows of it may begin or end there.
_MARGIN = timedelta(days=31)


def decided(pair: Pair) -> Decisions:
    """Return what readers decided by hand about two countries; nothing where there is no archive
    that can be read.
    """
    try:
        with Archive.open() as archive:
            return holding(archive, pair)
    except ArchiveError:  # told where its articles are read
        return NONE


def beside(
    folder: Iterable[Article], pair: Pair, knowledge: Knowledge
) -> Iterator[Extraction | ValueError]:
    """Yield what the articles of the archive tell, without those that stand in a folder too.

    Args:
        folder: the articles of the folder.
        pair: the two countries.
        knowledge: the reference tables and language packs.

    Yields:
        What each article tells, or in its place why it could not be read.
    """
    known = {one.id: one.text for one in folder}
    texts = {*known.values()}
    try:
        with Archive.open() as archive:
            apart = (one for one in archive.articles() if one.text not in texts)
            for drawn in draw_kept(archive, apart, pair, knowledge):
                yield _once(drawn, known)
    except ArchiveError as error:
        yield ValueError(str(error))


def _once(drawn: Extraction | ValueError, known: Container[str]) -> Extraction | ValueError:
    if isinstance(drawn, Extraction) and (name := drawn.article.id) in known:
        return ValueError(
            f"archive: id {name!r} is taken by another text of data/articles; give that another"
        )
    return drawn


class Part(NamedTuple):
    """What a report of some days needs of a timeline: its rows and what articles told, and how many
    engagements without a day of a known year are left out.
    """

    rows: tuple[Row, ...]
    extractions: tuple[Extraction, ...]
    elsewhere: int = 0


def within(
    folder: Sequence[Extraction],
    pair: Pair,
    knowledge: Knowledge,
    period: Period,
    failed: Failed,
) -> Part:
    """Return what a report of some days needs of the folder and the archive.

    Args:
        folder: what the articles of the folder tell.
        pair: the two countries.
        knowledge: the reference tables and language packs.
        period: the report's days.
        failed: takes why an article could not be read.
    """
    try:
        with Archive.open() as archive:
            near = Nearby(archive, folder, pair, knowledge, failed)
            return _Reach(archive, near, pair, knowledge, failed).part(period)
    except ArchiveError as error:
        failed(ValueError(str(error)))
        return Part(build_timeline(folder, failed), tuple(folder))


def around(
    folder: Sequence[Extraction],
    pair: Pair,
    knowledge: Knowledge,
    known: Collection[str],
    day: date,
    failed: Failed,
) -> Part:
    """Return the events that articles which were not known before tell of, with all that tells of
    them, and the plans that were ahead on a day, which one of them may move.

    Args:
        folder: what the articles of the folder tell.
        pair: the two countries.
        knowledge: the reference tables and language packs.
        known: the ids of the articles that were known.
        day: the day from which plans are ahead.
        failed: takes why an article could not be read.
    """
    try:
        with Archive.open() as archive:
            near = Nearby(archive, folder, pair, knowledge, failed)
            fresh = [name for name in (*near.told, *archive.ids()) if name not in known]
            return _Reach(archive, near, pair, knowledge, failed).part(Period(day, day), fresh)
    except ArchiveError as error:
        failed(ValueError(str(error)))
        return Part(build_timeline(folder, failed), tuple(folder))


class Nearby:
    """What stands in no table of the archive: the folder, and articles that no run has read yet."""

    def __init__(
        self,
        archive: Archive,
        folder: Sequence[Extraction],
        pair: Pair,
        knowledge: Knowledge,
        failed: Failed,
    ) -> None:
        self.texts = {one.article.text for one in folder}
        untold = archive.untold("-".join(pair), knowledge.fingerprint)
        apart = (one for one in untold if one.text not in self.texts)
        self.told = {one.article.id: one for one in folder}
        for one in draw(apart, pair, knowledge):
            found = _once(one, self.told)
            if isinstance(found, Extraction):
                self.told[found.article.id] = found
            else:
                failed(found)
        self.entries = {name: list(entries_of(one)) for name, one in self.told.items()}
        self._by_key: defaultdict[int, list[Found]] = defaultdict(list)
        for name in self.entries:
            for entry in self.of_article(name):
                for key in entry.keys:
                    self._by_key[key].append(entry)

    def of_article(self, name: str) -> list[Found]:
        """Return the engagements of an article."""
        return [Found(name, one.place, one.keys) for one in self.entries.get(name, ())]

    def with_key(self, key: int) -> list[Found]:
        """Return the engagements that are found under a key."""
        return self._by_key.get(key, [])

    def between(self, period: Period) -> Iterator[Found]:
        """Yield the engagements that a report of some days may tell, as the archive does."""
        for name, entries in self.entries.items():
            printed = self.told[name].article.published or date.max
            for one in entries:
                if one.first is None or one.last is None:
                    wanted = period.first <= printed <= period.last
                else:
                    wanted = Period(one.first, one.last).meets(period)
                    ahead = one.status == "planned" and one.first > period.last
                    wanted = wanted or (ahead and printed <= period.last)
                if wanted:
                    yield Found(name, one.place, one.keys)


@dataclass
class _Reach:
    """What was found so far: which engagements, and what their articles told."""

    archive: Archive
    near: Nearby
    pair: Pair
    knowledge: Knowledge
    failed: Failed
    told: dict[str, Extraction] = field(default_factory=dict)
    chosen: set[tuple[str, int]] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)

    @property
    def _where(self) -> tuple[str, str]:
        return "-".join(self.pair), self.knowledge.fingerprint

    def part(self, period: Period, articles: Iterable[str] = ()) -> Part:
        """Find all that a report of some days needs, and all that some articles tell of."""
        self.told.update(self.near.told)
        wider = widened(period)
        self._take(self.archive.tellings.between(*self._where, *wider))
        self._take(self.near.between(wider))
        for name in articles:
            self._take(self._of_article(name))
        rows = self._rows(holding(self.archive, self.pair), wider)
        for name in self.archive.printed(*period):
            self._tell(name)
        extractions = tuple(self.told[name] for name in sorted(self.told))
        return Part(rows, extractions, self._left_out())

    def _take(self, found: Iterable[Found]) -> None:
        """Follow engagements to all that could be of the same events."""
        waiting = list(found)
        while waiting:
            one = waiting.pop()
            if (one.article, one.place) in self.chosen or not self._tell(one.article):
                continue
            self.chosen.add((one.article, one.place))
            waiting += self._with_keys(one.keys)

    def _with_keys(self, keys: Iterable[int]) -> list[Found]:
        """Return the engagements under keys that were not followed yet."""
        found: list[Found] = []
        for key in {*keys} - self.keys:
            self.keys.add(key)
            found += self.archive.tellings.with_key(*self._where, key)
            found += self.near.with_key(key)
        return found

    def _tell(self, name: str) -> bool:
        """Read what an article told; say whether it counts: not if it stands in the folder too."""
        if name not in self.told:
            article = self.archive.article(name)
            if article is None or article.text in self.near.texts:
                return False
            for drawn in draw_kept(self.archive, [article], self.pair, self.knowledge):
                if isinstance(drawn, Extraction):
                    self.told[name] = drawn
                else:
                    self.failed(drawn)
        return name in self.told

    def _rows(self, decisions: Decisions, period: Period) -> tuple[Row, ...]:
        """Return the rows, once no event and no decision leads to anything that was not found."""
        followed: list[Decision] = []
        while True:
            held, told = replace(decisions, made=tuple(followed)), self._chosen()
            events = events_of(told, lambda _: None, held)
            more = self._with_keys(key_of(block) for event in events for block in event.blocks)
            for one in decisions.made:
                if one not in followed and self._leads(one, decisions, period):
                    followed.append(one)
                    more += self._of_decision(one, decisions)
            if len(held.made) == len(followed) and not self._new(more):
                return build_timeline(told, self.failed, held)
            followed.sort(key=decisions.made.index)
            self._take(more)

    def _new(self, found: Iterable[Found]) -> bool:
        return any((one.article, one.place) not in self.chosen for one in found)

    def _chosen(self) -> list[Extraction]:
        """Return what was told of the engagements that were found, and nothing else."""
        places: defaultdict[str, set[int]] = defaultdict(set)
        for name, place in self.chosen:
            places[name].add(place)
        return [
            replace(
                one, engagements=tuple(one.engagements[at] for at in sorted(places[one.article.id]))
            )
            for one in self.told.values()
        ]

    def _leads(self, decision: Decision, decisions: Decisions, period: Period) -> bool:
        """Say whether a decision is about an article that was found, or about these days."""
        for anchor in (*decision.anchors, *decision.apart):
            if decisions.teller(anchor) in self.told:
                return True
            for one in (anchor.engagement, corrected(anchor.engagement, decision.changes)):
                days = extent(one).period
                if days is None or days.meets(period):
                    return True
        return False

    def _of_decision(self, decision: Decision, decisions: Decisions) -> list[Found]:
        found: list[Found] = []
        for anchor in (*decision.anchors, *decision.apart):
            found += self._of_article(decisions.teller(anchor))
        return found

    def _of_article(self, name: str) -> list[Found]:
        """Return all engagements of an article, whose text is then among what was told."""
        if not self._tell(name):
            return []
        kept = self.archive.tellings.of_article(*self._where, name)
        return [*kept, *self.near.of_article(name)]

    def _left_out(self) -> int:
        """Return how many engagements without a day of a known year were not found."""
        near = sum(one.first is None for every in self.near.entries.values() for one in every)
        every = self.archive.tellings.undated(*self._where) + near
        here = (self.told[name].engagements[place] for name, place in self.chosen)
        return every - sum(extent(one).first is None for one in here)


def widened(period: Period) -> Period:
    """Return a period with the days around it in which the chronology may know of what is in it."""
    first = period.first - min(_MARGIN, period.first - date.min)
    return Period(first, period.last + min(_MARGIN, date.max - period.last))
