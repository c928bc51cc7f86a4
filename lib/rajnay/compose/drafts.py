"""An engagement in the making."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from rajnay.mentions.parties import Party
from rajnay.models import Span, Step, Unresolved
from rajnay.times.intervals import When

# How a draft is dated whose day was told to take the place of another: no other is chosen.
MOVED = "moved"
# And one whose day stands in the sentence before, which this one points to.
TOLD = "told"
SETTLED = (MOVED, TOLD)


@dataclass(frozen=True)
class Circumstance:
    """When, where and under which forum a scene is set; each part may be unknown."""

    when: When | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None


@dataclass
class Draft:
    """An engagement in the making, with the tokens that prove it and the steps that led to each
    field.

    ``tense`` is the act's; ``dated_by`` says where the date comes from: own, link (the clause it
    hangs on), visit, forum, moved, told or none; ``earlier`` that it is told as having been before
    something else, ``separate`` to be apart from what was told before; ``unreckoned`` that it is
    told with a day of its own that cannot be worked out; ``placed`` that its place is named in its
    own sentence; ``loose`` that only a word for speech names the act, which may turn out a call;
    ``setting`` that it is no more than the frame of another draft; ``retired`` that nobody of a
    side was in office then, as far as the tables know; ``sure``
    and ``told`` how likely it is right in all, and an engagement at all.
    """

    kind: str
    passage: int
    first: int
    last: int
    sides: dict[str, list[Party]]
    tense: str | None
    cancelled: bool = False
    when: When | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    topics: dict[str, list[Span]] = field(default_factory=dict)
    source: str | None = None
    spans: dict[str, list[Span]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    headline: bool = False
    doubtful: bool = False
    days: int | None = None
    dated_by: str = "none"
    loose: bool = False
    setting: bool = False
    placed: bool = False
    earlier: bool = False
    unreckoned: bool = False
    separate: bool = False
    retired: bool = False
    sure: float | None = None
    told: float | None = None

    def names(self, side: str) -> tuple[str, ...]:
        """Return who is on one side, each once: names, offices where there is no name, of bodies
        what they are.

        Args:
            side: ISO 3166-1 alpha-2 code.
        """
        people = (party for party in self.sides.get(side, []) if party.form != "country")
        return tuple(dict.fromkeys(map(_said_of, people)))

    @property
    def dates(self) -> tuple[str | None, str | None]:
        """The first and last day as a record has them, None where they are not known."""
        return (self.when.start, self.when.end) if self.when is not None else (None, None)

    @property
    def everyone(self) -> list[Party]:
        """All parties, of both sides."""
        return [party for parties in self.sides.values() for party in parties]

    def not_before(self, day: date | None) -> bool:
        """Return whether what is told has not begun before a day, as far as both are known.

        Args:
            day: a day.
        """
        return day is not None and self.when is not None and self.when.bounds[0] >= day

    def of_both(self) -> bool:
        """Return whether somebody is named on every side."""
        return all(map(self.names, self.sides))

    def add(self, party: Party) -> None:
        """Add somebody to the side of his country, with the words that prove it.

        Args:
            party: somebody whom the text names.
        """
        self.sides.setdefault(party.country or "", []).append(party)
        self.prove(f"parties.{party.country}", party.span)

    def prove(self, name: str, span: Span) -> None:
        """Add a span to the proofs of a field.

        Args:
            name: the field's name.
            span: where it stands in the text.
        """
        if span not in self.spans.setdefault(name, []):
            self.spans[name].append(span)

    def note(self, span: Span, what: str, why: str) -> None:
        """Add a line to the explanation.

        Args:
            span: where it stands in the text.
            what: what was settled.
            why: what to say of it.
        """
        step = Step(span, what, why)
        if step not in self.steps:
            self.steps.append(step)


def _said_of(party: Party) -> str:
    return (party.form == "body" and party.office) or party.label


@dataclass
class Drafting:
    """What reading an article for engagements of one pair yields."""

    drafts: list[Draft] = field(default_factory=list)
    dropped: list[Step] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)

    def last(self, index: int, reach: int, kinds: Container[str] | None = None) -> Draft | None:
        """Return the draft told last, of which a sentence may tell more.

        Args:
            index: the sentence's number.
            reach: how many sentences before it that draft may stand.
            kinds: what it may be; None for any.
        """
        last = next(reversed(self.drafts), None)
        fits = last is not None and 0 <= index - last.passage <= reach
        return last if fits and last and (kinds is None or last.kind in kinds) else None
