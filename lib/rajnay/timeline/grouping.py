"""Tellings put together by the event they tell of.

Tellings are taken from the most precise to the vaguest, so what comes out hangs on the set of them
and not on their order. Each joins the event whose core, its first and most precise telling, it fits
best; a vague one that fits several days equally joins none, and two tellings of one article are
never merged, since the article itself tells them apart. What a reader holds together or apart comes
before all that. Only events that share a person (or forum) and a month are ever compared, so the
work grows with the number of tellings and not with its square. A telling hangs on none that is
vaguer than it or of days beyond its own: so what an archive tells of some days can be known without
the rest of it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rajnay.base.faults import Failed, contained
from rajnay.labels.likeness import words
from rajnay.models import LASTING, TALKS, Article, Engagement, Testimony
from rajnay.review.applying import Draft, root
from rajnay.timeline.merging import identities
from rajnay.times.periods import Period, extent

FOREVER = 1_000_000  # days: an undated telling is vaguer than any dated one
# Some day of more than a year may be any: such a telling joins those of the same stretch alone.
_WIDE = 366
Block = tuple[str, ...]
Fit = tuple[bool, bool, bool, int, bool, bool]
Key = tuple[int, int, str, str, str]


class Telling:
    """A testimony made ready for comparing: its days, its people's names folded, and a key that
    sorts it among all others; ``draft`` is what readers decided about it.
    """

    def __init__(
        self, article: Article, engagement: Engagement, draft: Draft | None = None
    ) -> None:
        self.testimony = Testimony(article, engagement)
        self.draft = draft or Draft(article, engagement, engagement)
        self.kind, self.start, self.end = engagement.kind, engagement.start, engagement.end
        days = extent(engagement)
        self.days = days.period if self.start else None
        self.wide = self.days is not None and self.days.days > _WIDE
        self.exact = days.certainty in ("day", "days", "open")
        self.people = {
            side: {folded(name) for name in names} for side, names in engagement.parties.items()
        }
        self.place, self.country = engagement.place, engagement.country
        self.forum = next(iter((engagement.forum or "").casefold().split()), None)
        known = (*self.people.values(), self.place, self.country, self.forum)
        gaps = len(known) - sum(map(bool, known))
        self.key = (
            self.days.days if self.days else FOREVER,
            gaps,
            self.start or "",
            article.id,
            str(engagement),
        )

    def reaches(self, days: Period | None) -> bool:
        """Say whether it may be of an event of closer days: they lie within its own or, where it
        knows its own exactly, meet them.
        """
        mine = self.days
        if mine is None or days is None or mine == days:
            return True
        if self.wide:
            return False
        return mine.meets(days) if self.exact else mine.holds(days)

    def dates(self) -> Iterator[str]:
        """Yield the months that the telling's days touch, or its stretch of more than a year, or
        its date without a year; nothing if it is undated.
        """
        if self.wide:
            yield str(self.days)
        elif self.days is not None:
            yield from map(str, self.days.months)
        elif self.start and self.start.startswith("--"):
            yield f"{self.start}..{self.end}"


class Index:
    """Events by their blocks and the days of their cores."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: defaultdict[Block, dict[Period | None, list[Event]]] = defaultdict(dict)
        for event in events:
            for block in event.blocks:
                self.add(block, event)

    def add(self, block: Block, event: Event) -> None:
        """Keep an event under a block."""
        self._events[block].setdefault(event.core.days, []).append(event)

    def met(self, telling: Telling) -> list[Event]:
        """Return the events whose days a telling reaches and whose block it shares, in their
        order.
        """
        found = {
            one.order: one
            for block in blocks(telling, telling)
            for days, events in self._events.get(block, {}).items()
            if telling.reaches(days)
            for one in events
        }
        return [found[order] for order in sorted(found)]


class Event:
    """Tellings taken for the same event; what is compared is the core, with its gaps filled by
    those of the same days that joined.
    """

    def __init__(self, core: Telling, order: int) -> None:
        self.core, self.order = core, order
        self.people = {side: set(names) for side, names in core.people.items()}
        self.place, self.country, self.forum = core.place, core.country, core.forum
        self.tellings: list[Telling] = []
        self.blocks: set[Block] = set()
        self.articles: set[str] = set()
        self.drafts: set[Draft] = set()

    @property
    def told(self) -> list[Testimony]:
        """What is told of it, the most precise first."""
        return [one.testimony for one in self.tellings]

    def add(self, telling: Telling) -> None:
        """Take a telling in, and fill the gaps that it fills."""
        self.tellings.append(telling)
        self.articles.add(telling.testimony.article.id)
        self.drafts.add(telling.draft)
        if telling.days != self.core.days:
            return
        for side, names in telling.people.items():
            self.people[side] = self.people.get(side) or set(names)
        self.place, self.country = self.place or telling.place, self.country or telling.country
        self.forum = self.forum or telling.forum

    def fit(self, telling: Telling) -> Fit | None:
        """Return how well a telling that reaches its days fits, more is better; None if it cannot
        be the same event.
        """
        if telling.testimony.article.id in self.articles or differ(self.country, telling.country):
            return None
        if telling.draft.foes and telling.draft.foes & self.drafts:
            return None
        core = self.core
        named = [side for side in core.people if self.people[side] and telling.people.get(side)]
        shared = [len(self.people[side] & telling.people[side]) for side in named]
        same_forum = self.forum == telling.forum
        if not all(shared) or not (named or (self.forum and same_forum)):
            return None
        same_dates, same_kind = core.days == telling.days, core.kind == telling.kind
        exactly_then = same_dates and telling.exact
        if not (same_kind or (exactly_then and len(named) == len(core.people))):
            return None
        one_day = exactly_then and telling.days is not None and telling.days.days == 1
        if not one_day and self.otherwise(telling):
            return None
        begins = (
            telling.exact and core.start == telling.start
        )  # a trip is of the day that it begins on
        place = self.place == telling.place
        return same_dates, same_kind, begins, sum(shared), place, same_forum

    def otherwise(self, telling: Telling) -> bool:
        """Say whether a telling is of another forum or, unless it moves about, of another place."""
        other_place = telling.kind not in LASTING and differ(self.place, telling.place)
        return other_place or differ(self.forum, telling.forum)


def grouped(tellings: Mapping[Key, Telling], failed: Failed | None) -> list[Event]:
    """Return the tellings by the events they tell of, from the most precise to the vaguest."""
    index, events = Index(), list[Event]()
    bound: dict[Draft, Event] = {}
    for key in sorted(tellings):
        telling = tellings[key]
        with contained(telling.testimony.article.id, failed):
            event = bound.get(root(telling.draft)) or choose(telling, index.met(telling))
            if event is None:
                event = Event(telling, len(events))
                events.append(event)
            event.add(telling)
            bound[root(telling.draft)] = event
            for block in {*blocks(event.core, event)} - event.blocks:
                index.add(block, event)
                event.blocks.add(block)
    return events


def blocks(dated: Telling, named: Telling | Event) -> Iterator[Block]:
    """Yield the keys under which an event is kept and looked for: pair, family of kinds, month, and
    a person or a forum.
    """
    family = "talks" if dated.kind in TALKS else dated.kind
    pair = ",".join(sorted(dated.people))
    names = [f"{side}:{name}" for side, folds in named.people.items() for name in folds] or [
        f"forum:{named.forum}"
    ]
    return ((pair, family, when, name) for when in dated.dates() for name in names)


def keys_of(telling: Telling) -> set[int]:
    """Return the keys of the blocks of a telling, and of the id that it would have alone."""
    name = next(identities([telling.testimony]))
    return {key_of(block) for block in (*blocks(telling, telling), (name,))}


def key_of(block: Block) -> int:
    """Return a block as a number that an archive can look it up by."""
    return int.from_bytes(hashlib.blake2b(repr(block).encode(), digest_size=7).digest(), "big")


def choose(telling: Telling, events: Sequence[Event]) -> Event | None:
    """Return the event that a telling fits best; None if it fits none, or several days equally."""
    fits = [(fit, event) for event in events if (fit := event.fit(telling))]
    if not fits:
        return None
    top = max(fit for fit, _ in fits)
    best = [event for fit, event in fits if fit == top]
    apart = any(one.core.days != best[0].core.days for one in best)
    return None if apart else best[0]


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name's words in one order and case, so that spelling of titles and accents does not
    part one person in two.
    """
    return " ".join(sorted(words(name))) or name.casefold()


def differ(one: str | None, other: str | None) -> bool:
    """Whether two values are both known and not the same."""
    return one is not None and other is not None and one != other
