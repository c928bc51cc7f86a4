"""The phrases of a clause: what each preposition governs, what stands beside what, who is whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from rajnay.mentions.order.units import Unit
from rajnay.mentions.order.verbs import Group, Item

_OF = "genitive"
_DESCRIBES = frozenset({"office", "title", "position", "counterpart"})
# Acts that lead somewhere; so many phrases on stands where.
JOURNEYS = frozenset({"visit", "encounter", "departure"})
_GOAL = "goal"
_BOTH = "both"
# "According to A, B": who says it is apart from what is said.
_SAID_BY = "adessive"
_NEAR = 2
_OWNERS = frozenset({"country", "place", "body", "named body"})


@dataclass
class Phrase:
    """Words that one preposition, or none, governs.

    ``of`` are phrases in the genitive that belong to it, ``goal`` where a journey that it names
    leads, ``joined`` others beside it, each with the marks or words that join it; ``verb`` an
    unfinished verb with ``inner`` phrases of its own; ``comma`` is one that stands before,
    ``lead`` are the words that join it to what stands before where its own preposition parts them.
    """

    pre: Unit | None = None
    units: list[Unit] = field(default_factory=list)
    of: list[Phrase] = field(default_factory=list)
    joined: list[tuple[list[Unit], Phrase]] = field(default_factory=list)
    goal: Phrase | None = None
    verb: Group | None = None
    inner: list[Phrase] = field(default_factory=list)
    comma: Unit | None = None
    lead: list[Unit] = field(default_factory=list)

    @property
    def parted(self) -> bool:
        """Whether a comma stands before."""
        return self.comma is not None

    @property
    def role(self) -> str | None:
        """What its preposition says."""
        return self.pre.value("pre") if self.pre is not None else None

    @property
    def bare(self) -> bool:
        """Whether no preposition governs words of it."""
        return self.pre is None and self.verb is None and not self.dated

    @property
    def dated(self) -> bool:
        """Whether it is no more than a date, or tells when or how in another way."""
        return bool(self.units) and all(one.kind == "date" or one.adverb for one in self.units)

    @property
    def last(self) -> Unit:
        """The last word of its own; one without meaning, if it has none."""
        return self.units[-1] if self.units else _NOTHING

    @property
    def names(self) -> bool:
        """Whether it ends in somebody's name."""
        return self.last.names

    @property
    def describes(self) -> bool:
        """Whether it tells an office or the like, and no name."""
        kinds = {kind for unit in self.units for kind in unit.kinds}
        return not _DESCRIBES.isdisjoint(kinds) and "person" not in kinds

    @property
    def people(self) -> bool:
        """Whether it names somebody, and no act of theirs."""
        return self.noun is None and any(unit.people for unit in self.units)

    @property
    def land(self) -> bool:
        """Whether it ends in a country or place."""
        return self.last.land

    @property
    def noun(self) -> str | None:
        """The act that its last word names."""
        return self.last.value("noun")


_NOTHING = Unit(0, 0, "word")


def phrases_of(items: Sequence[Item]) -> list[Phrase]:
    """Return the phrases of a part of a clause in which no finite verb stands.

    Args:
        items: units and unfinished verbs in order.
    """
    parser = _Parser()
    for at, item in enumerate(items):
        if isinstance(item, Group):
            parser.verb(item, items[at + 1 :])
            break
        parser.take(item)
    return _listed(_with_goals(_apposed(parser.found)))


class _Parser:
    """Puts one unit after another into phrases."""

    def __init__(self) -> None:
        self.found: list[Phrase] = []
        self._open: list[Phrase] = []
        self._pre: Unit | None = None
        self._join: list[Unit] = []
        self._comma: Unit | None = None
        self._article = False

    def take(self, unit: Unit) -> None:
        take = {"pre": self._govern, "comma": self._part, "join": self._join.append}
        take |= {"date": self._date, "article": self._begin}
        take.get(unit.kind, self._word)(unit)
        self._article = unit.kind == "article"

    def verb(self, group: Group, rest: Sequence[Item]) -> None:
        """Add an unfinished verb with all that follows it."""
        self._new(group).inner = phrases_of(rest)

    def _govern(self, unit: Unit) -> None:
        self._pre = unit

    def _begin(self, unit: Unit) -> None:
        """Let an article that no preposition or "and" leads to close the phrase before it."""
        if self._pre is None and not self._join:
            self._open = []

    def _part(self, unit: Unit) -> None:
        self._comma, self._open = unit, []

    def _new(self, verb: Group | None = None, *units: Unit) -> Phrase:
        phrase = Phrase(self._pre, list(units), verb=verb, comma=self._comma, lead=self._join)
        self.found.append(phrase)
        self._pre, self._join, self._comma = None, [], None
        return phrase

    def _date(self, unit: Unit) -> None:
        """Add a date: a phrase of its own, unless it describes the noun after it."""
        if self._article or (unit.date is not None and unit.date.attributive):
            self._word(unit)
            return
        self._new(None, unit)
        self._open = []

    def _word(self, unit: Unit) -> None:
        if unit.adverb and self._pre is None and not self._join:
            self._new(None, unit)
            self._open = []
            return
        if unit.value("pronoun") == _BOTH:
            self._begin(unit)
        if self._open and self._pre is not None and not self._join and self._of:
            self._belong(unit)
        elif not self._open or self._pre is not None:
            self._open = [self._new(None, unit)]
        elif self._join:
            self._stand_beside(unit)
        else:
            self._append(unit)

    @property
    def _of(self) -> bool:
        """Whether a preposition leads to what the phrase before it belongs to: "of A", "to A" after
        an office.
        """
        role = self._pre.value("pre") if self._pre is not None else None
        return role == _OF or (role == _GOAL and self._open[-1].describes)

    def _belong(self, unit: Unit) -> None:
        """Begin a phrase in the genitive."""
        inner = Phrase(self._pre, [unit])
        self._open[-1].of.append(inner)
        self._open.append(inner)
        self._pre = None

    def _stand_beside(self, unit: Unit) -> None:
        """Join a word to the innermost open phrase of its kind: "the head of A and of B", "the
        head of A and the minister of B".
        """
        like = (phrase for phrase in reversed(self._open) if _alike(phrase.units[0], unit))
        owner = next(like, self._open[-1])
        phrase = Phrase(None, [unit])
        owner.joined.append((self._join, phrase))
        self._open = [*self._open[: self._open.index(owner)], phrase]
        self._join = []

    def _append(self, unit: Unit) -> None:
        """Add a word to the innermost open phrase; a name after "of A" is the outer one's."""
        while len(self._open) > 1 and unit.names and _is_owner(self._open[-1]):
            self._open.pop()
        self._open[-1].units.append(unit)


def _alike(one: Unit, other: Unit) -> bool:
    return (one.people, one.land) == (other.people, other.land)


def _is_owner(phrase: Phrase) -> bool:
    """Return whether a phrase in the genitive is one to whom an office belongs."""
    return phrase.pre is not None and not _OWNERS.isdisjoint(phrase.last.kinds)


# --- who is whom, and lists


def _apposed(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases with "A, the minister of B," told as "the minister of B A"."""
    kept: list[Phrase] = []
    for phrase in phrases:
        head = _innermost(kept[-1]) if kept else Phrase()
        if not (phrase.parted and phrase.bare and _is_same(head, phrase)):
            kept.append(phrase)
            continue
        first, second = (phrase, head) if head.names else (head, phrase)
        # Of several offices told after a name the first one counts, the others only stand by.
        others = [*chain.from_iterable(_unread(other) for _, other in phrase.joined)]
        if not head.names:
            head.joined, others = [*head.joined, *phrase.joined], []
        head.of, head.units = [*phrase.of, *head.of], [*others, *first.units, *second.units]
    return kept


def _unread(phrase: Phrase) -> Iterator[Unit]:
    """Yield the units of a phrase as words that no table has."""
    inner = chain(phrase.of, (other for _, other in phrase.joined))
    yield from (replace(unit, hit=None, token=None) for unit in phrase.units)
    yield from chain.from_iterable(map(_unread, inner))


def _innermost(phrase: Phrase) -> Phrase:
    """Return the last of the phrases beside one, or within an unfinished verb's."""
    inside = [*phrase.inner, *(other for _, other in phrase.joined)]
    return _innermost(inside[-1]) if inside else phrase


def _is_same(phrase: Phrase, other: Phrase) -> bool:
    """Return whether one of two phrases tells what the other's bearer is."""
    if phrase.names and other.describes:
        return not (phrase.describes or other.lead)
    first = other.units[0] if other.units else _NOTHING
    return phrase.describes and (first.names or "title" in first.kinds)


def _with_goals(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases with "a visit (on Monday) to A" told as one, the place within it."""
    kept: list[Phrase] = []
    for phrase in phrases:
        heads = [other for other in kept[-_NEAR:] if other.noun in JOURNEYS and not other.goal]
        if heads and phrase.role == _GOAL and phrase.land:
            heads[-1].goal = phrase
        else:
            kept.append(phrase)
    return kept


def _listed(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases with "A, B and C" told as one; "with A, B" goes on with B, and "the leaders of
    A, B" with B's.
    """
    kept: list[Phrase] = []
    for at, phrase in enumerate(phrases):
        before = kept[-1] if kept else Phrase()
        ends = before.bare or any(other.lead or other.joined for other in phrases[at:])
        ends = ends and before.role != _SAID_BY
        heads = [one for one in _owners(before) if _may_list(one, phrase)]
        if phrase.comma and phrase.bare and ends and heads:
            heads[0].joined.append((phrase.lead or [phrase.comma], phrase))
        else:
            kept.append(phrase)
    return kept


def _owners(phrase: Phrase) -> Iterator[Phrase]:
    """Yield a phrase, the one in the genitive that stands last in it, and so on."""
    yield phrase
    for inner in phrase.of[-1:]:
        yield from _owners(inner)


def _may_list(before: Phrase, phrase: Phrase) -> bool:
    one, other = before.last, phrase.last
    return before.verb is None and (one.people or one.land) and _alike(one, other)
