"""What must be read of an archive so that some of its events are known as well as if all were read.

A telling's event hangs on tellings no vaguer than it, within its own days or meeting them, which
share a block with it: these are followed. An event that is wanted is whole once all is read that
may join it. A vague telling is not followed into all of its days if what was read of them settles
that it joins none: where it fits as well as can be to different days, no other makes it fit one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from rajnay.archive.filing import hash_of
from rajnay.archive.store import Archive
from rajnay.archive.tellings import Found
from rajnay.base.faults import Failed, contained
from rajnay.models import Article, Extraction, Pair, Row, Testimony
from rajnay.review.applying import Draft
from rajnay.review.decisions import Decision, Decisions, corrected
from rajnay.review.kept import holding
from rajnay.timeline.build import decided, rows_of
from rajnay.timeline.grouping import Event, Fit, Index, Key, Telling, grouped, key_of, keys_of
from rajnay.timeline.merging import identities
from rajnay.timeline.nearby import Nearby
from rajnay.timeline.tellings import engagement_codec
from rajnay.times.periods import Period, extent

# Days of a telling that is followed into all of them in any case.
_MONTH = 31
Spans = dict[Period | None, list[Found]]
Known = tuple[str, int]
_NOBODY = Article("", "", "")


@dataclass
class Reach:
    """What was read so far: what articles told, which of their engagements were followed, those
    whose events are wanted, and those whose events are known as a whole: these, and what may go by
    the same id.

    An article of which one engagement was read stands in ``articles`` without its text.

    ``state`` is the version of the library, packs, tables and model; ``read`` gives what an article
    of the archive tells.
    """

    archive: Archive
    near: Nearby
    pair: Pair
    state: str
    read: Callable[[Article], Extraction | ValueError]
    failed: Failed
    told: dict[str, Extraction] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    tellings: dict[Known, Telling] = field(default_factory=dict)
    wanted: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    _blocks: dict[int, Spans] = field(default_factory=dict)
    _seen: set[Known] = field(default_factory=set)
    _whole: set[Key] = field(default_factory=set)
    _named: set[tuple[str, Period | None]] = field(default_factory=set)

    @cached_property
    def where(self) -> tuple[str, str]:
        """The pair of countries and the state, as the archive writes them."""
        return "-".join(self.pair), self.state

    def rows(self, seeds: Iterable[Found], period: Period) -> tuple[Row, ...]:
        """Return the events of some engagements, and of what decisions about them or about some
        days lead to.
        """
        decisions, followed = holding(self.archive, self.pair), list[Decision]()
        self.want(seeds)
        size = -1
        while size != (size := len(self.tellings) + len(self.known) + len(followed)):
            held = replace(decisions, made=tuple(followed))
            faults = list[ValueError]()
            for events in self._groupings(held, faults.append):
                self.follow(self._missing(events))
            for decision in decisions.made:
                if decision not in followed and self._leads(decision, decisions, period):
                    followed.append(decision)
                    self._of_decision(decision, decisions)
            followed.sort(key=decisions.made.index)
        for fault in faults:
            self.failed(fault)
        return tuple(map(self._with_texts, self._wanted_of(events)))

    def _wanted_of(self, events: Sequence[Event]) -> list[Row]:
        """Return the rows of events that are wanted, and want all that they tell: it is left out
        nowhere.

        Those that were read for their ids alone were wanted by nobody, unless a decision moved
        them.
        """
        rows = rows_of((event for event in events if _is_of(event, self.known)), self.failed)
        every = [(event, each) for event in events for each in event.drafts]
        wanted = {id(each.now) for event, each in every if each.hands or _is_of(event, self.wanted)}
        chosen = [row for row in rows if _tells(row, wanted)]
        shown = {id(one.engagement) for row in chosen for one in row.testimonies}
        self.wanted |= {id(each.drawn) for _, each in every if id(each.now) in shown}
        return chosen

    def _with_texts(self, row: Row) -> Row:
        """Return a row with the texts of its articles."""
        return replace(row, testimonies=tuple(map(self._with_text, row.testimonies)))

    def _with_text(self, one: Testimony) -> Testimony:
        name = one.article.id
        return replace(one, article=self.told[name].article) if self.tell(name) else one

    def want(self, found: Iterable[Found]) -> None:
        """Follow engagements, and want the events that they are of."""
        self.wanted |= self._know(found)

    def _know(self, found: Iterable[Found]) -> set[int]:
        """Follow engagements, so that their events are known as a whole, and return them by what
        they are known by.
        """
        every = list(found)
        self.follow(every)
        tellings = (self.tellings.get((one.article, one.place)) for one in every)
        ids = {id(one.testimony.engagement) for one in tellings if one}
        self.known |= ids
        return ids

    def follow(self, found: Iterable[Found]) -> None:
        """Read engagements, and those that their events hang on."""
        waiting = list(found)
        while waiting:
            one = waiting.pop()
            if (one.article, one.place) in self._seen:
                continue
            self._seen.add((one.article, one.place))
            with contained(one.article, self.failed):
                if telling := self._telling(one):
                    self.tellings[one.article, one.place] = telling
                    waiting += self._closer(
                        telling, everywhere=telling.exact or not _is_vague(telling)
                    )

    def _telling(self, one: Found) -> Telling | None:
        """Read one engagement, of the archive without the rest of its article; None if the article
        stands in the folder too.
        """
        near = one.article in self.near.told
        kept = None if near else self.archive.tellings.engagement(*self.where, one)
        if kept is None:
            if not self.tell(one.article):
                return None
            told = self.told[one.article]
            return Telling(told.article, told.engagements[one.place])
        if kept.text_hash in self.near.hashes:
            return None
        article = self.articles.setdefault(one.article, kept.article)
        return Telling(article, engagement_codec().validate_json(kept.told))

    def _closer(self, telling: Telling, *, everywhere: bool) -> Iterator[Found]:
        """Yield what a telling's event hangs on: of the same days, or everywhere within its own,
        and what its article tells beside it.
        """
        for key in keys_of(telling):
            spans = self._block(key)
            for days in [*spans]:
                if days == telling.days or (everywhere and _is_closer(days, telling)):
                    yield from spans.pop(days)
        if everywhere:
            beside = self.found("of_article", telling.testimony.article.id)
            yield from (one for one in beside if _is_beside(one.days, telling))

    def _block(self, key: int) -> Spans:
        """Return the engagements under a key that were not followed yet, by their days."""
        if key not in self._blocks:
            spans = defaultdict(list)
            for one in self.found("with_key", key):
                spans[one.days].append(one)
            self._blocks[key] = spans
        return self._blocks[key]

    def found(self, what: str, *which: Any) -> Iterator[Found]:
        """Yield what the archive finds and the folder does not know, and what stands beside it."""
        for one in getattr(self.archive.tellings, what)(*self.where, *which):
            if one.article not in self.near.told:
                yield one
        yield from getattr(self.near, what)(*which)

    def tell(self, name: str) -> bool:
        """Read what an article told; say whether it counts: not if it stands in the folder too."""
        if name in self.near.told:
            self.told[name] = self.near.told[name]
        elif name not in self.told:
            article = self.archive.article(name)
            if article is None or hash_of(article.text.encode()) in self.near.hashes:
                return False
            drawn = self.read(article)
            if isinstance(drawn, Extraction):
                self.told[name] = drawn
            else:
                self.failed(drawn)
        if name in self.told:
            self.articles[name] = self.told[name].article
        return name in self.told

    def _groupings(self, decisions: Decisions, failed: Failed) -> Iterator[list[Event]]:
        """Yield the events of what was read: as it was drawn, and then as readers left it."""
        for telling in self.tellings.values():
            told = telling.testimony
            article = self.articles[told.article.id]
            telling.draft = Draft(article, told.engagement, told.engagement)
        drawn = {telling.key: telling for telling in self.tellings.values()}
        yield grouped(drawn, failed)
        if decisions.made:
            yield grouped(decided(drawn, self.articles, decisions, failed), failed)

    def _missing(self, events: Sequence[Event]) -> Iterator[Found]:
        """Yield what may change the wanted events, or what vague tellings join."""
        index = Index(events)
        for event in events:
            if _is_of(event, self.known):
                yield from self._joining(event)
            if _is_of(event, self.wanted):
                self._know(self._named_alike(event))
            for telling in event.tellings:
                if telling.key in self._whole:
                    continue
                if not self._is_settled(telling, event, index):
                    self._whole.add(telling.key)
                    yield from self._closer(telling, everywhere=True)

    def _is_settled(self, telling: Telling, event: Event, index: Index) -> bool:
        """Say whether nothing that was not read can change what a telling joins."""
        if telling.draft.now is telling.draft.drawn and not _is_vague(telling):
            return True  # it was followed everywhere
        if event.core is not telling:
            return event.core.days == telling.days
        article = telling.testimony.article.id
        beside = [one.days for one in self.found("of_article", article) if one.days]
        shared = sum(map(len, telling.people.values()))
        best: Fit = (False, True, telling.exact, shared, True, True)
        fits = {one.core.days for one in index.met(telling) if one.fit(telling) == best}
        # What else the article tells of these days might be of that event, and part this from it.
        sure = [one for one in fits if one and sum(map(one.meets, beside)) == 1]
        return len(sure) > 1

    def _joining(self, event: Event) -> Iterator[Found]:
        """Yield what may join an event: no closer than its core."""
        days = event.core.days
        for block in event.blocks:
            spans = self._block(key_of(block))
            for span in [*spans]:
                if not (span and days) or (span.days >= days.days and span.meets(days)):
                    yield from spans.pop(span)

    def _named_alike(self, event: Event) -> Iterator[Found]:
        """Yield what may take the id of an event before it does: no vaguer than its core."""
        name, days = next(identities(event.told)), event.core.days
        if (name, days) in self._named:
            return
        self._named.add((name, days))
        for one in self.found("with_key", key_of((name,))):
            if not days or (one.days and one.days.days <= days.days):
                yield one

    def left_out(self) -> int:
        """Return how many engagements without a day of a known year are in none of the rows."""
        every = self.archive.tellings.undated(*self.where) + self.near.undated()
        told = [one.testimony.engagement for one in self.tellings.values()]
        return every - sum(id(one) in self.wanted and extent(one).first is None for one in told)

    def _leads(self, decision: Decision, decisions: Decisions, period: Period) -> bool:
        """Say whether a decision is about an article that was read, about these days, or about
        others into which something was followed.
        """
        anchors = (*decision.anchors, *decision.apart)
        if any(decisions.teller(anchor) in self.articles for anchor in anchors):
            return True
        for anchor in anchors:
            for one in (anchor.engagement, corrected(anchor.engagement, decision.changes)):
                days, keys = extent(one).period, keys_of(Telling(_NOBODY, one))
                if days is None or days.meets(period) or keys & self._blocks.keys():
                    return True
        return False

    def _of_decision(self, decision: Decision, decisions: Decisions) -> None:
        for anchor in (*decision.anchors, *decision.apart):
            if self.tell(name := decisions.teller(anchor)):
                self.want(self.found("of_article", name))


def _tells(row: Row, some: Set[int]) -> bool:
    return any(id(one.engagement) in some for one in row.testimonies)


def _is_of(event: Event, some: Set[int]) -> bool:
    """Say whether an event is of some engagements, or was put in by a reader."""
    return any(one.drawn is None or id(one.drawn) in some for one in event.drafts)


def _is_vague(telling: Telling) -> bool:
    return telling.days is not None and telling.days.days > _MONTH


def _is_closer(days: Period | None, telling: Telling) -> bool:
    mine = telling.days
    if days is None or mine is None:
        return False
    return days.days <= mine.days and telling.reaches(days)


def _is_beside(days: Period | None, telling: Telling) -> bool:
    """Say whether what an article tells of some days, no vaguer than a telling of its own, may be
    of an event that this one fits: the article tells the two apart.
    """
    mine = telling.days
    if days is None or mine is None or days.days > mine.days:
        return False
    apart = max(days.first - mine.last, mine.first - days.last).days
    return apart < (days.days if telling.exact else 1)
