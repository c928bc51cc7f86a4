"""Lists with an entry for each time that something was held: "2014 - Volgograd. From ..."."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from rajnay.compose.casting import Casting
from rajnay.compose.desk import Desk
from rajnay.compose.drafts import TOLD, Draft
from rajnay.compose.scenes.cutting import scenes_of
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import Sides, by_side, completed
from rajnay.compose.spoken_for import SpokenFor
from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.text.tokens import Token
from rajnay.times.stretches import finer

# So many lines that open with a date are a list.
_LEAST = 2
# Before its date an entry has no more than a number ("1.", "The third."), after it a mark.
_LONGEST_LABEL = 1
_LONGEST_OPENING = 3
# When and where are told in the first sentences of an entry.
_OPENING = 2
# What is listed is told in the title or so shortly before the first entry.
_BEFORE = 3
_KINDS = {
    "call": "call",
    "consultation": "consultation",
    "encounter": "meeting",
    "exercise": "exercise",
    "gathering": "multilateral",
    "meeting": "meeting",
}
_OF_TWO = frozenset({"call", "meeting"})
# What is held at these is of many kinds.
_OCCASIONS = frozenset({"ceremony", "event"})
_BY_FORUM = {
    "commission": "consultation",
    "consultation": "consultation",
    "exercise": "exercise",
    "summit-series": "meeting",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """The passages of an entry, by number, and the date that heads it."""

    first: int
    label_in: int
    last: int
    label: DateMention


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a list has an entry for each time of."""

    kind: str
    forum: str | None
    sides: Sides


class Annals:
    """Drafts what an entry of a list tells by its date and place alone."""

    def __init__(self, desk: Desk, casting: Casting) -> None:
        """Prepare to read an article."""
        self._desk = desk
        self._cast = casting
        self._spoken_for = SpokenFor(desk, casting)
        self._passages = desk.analysis.passages
        self._entries: Mapping[int, _Entry] = {one.last: one for one in _entries(desk)}
        self._starts = frozenset(one.first for one in self._entries.values())
        self._first = min(self._starts, default=-1)
        self._listed: _Heading | None = None
        self._known = 0

    def enter(self, index: int) -> None:
        """Begin a sentence; what is drafted from the first one of an entry on is the entry's.

        Args:
            index: the sentence's number.
        """
        if index == self._first:
            self._listed = self._heading()
        if index in self._starts:
            self._known = len(self._desk.out.drafts)

    def close(self, index: int) -> None:
        """Date what the entry that ends with a sentence told without a day, and draft what it
        lists, unless its sentences told something.

        Args:
            index: the sentence's number.
        """
        entry = self._entries.get(index)
        if entry is None:
            return
        opening = self._passages[entry.label_in : min(entry.last + 1, entry.label_in + _OPENING)]
        told = self._desk.out.drafts[self._known :]
        for draft in told:
            if draft.when is None and draft.dated_by == "none" and not draft.unreckoned:
                self._date(draft, opening[:1], entry.label)
        if self._listed is not None and not told:
            draft = self._draft(entry, opening, self._listed)
            self._desk.out.drafts.extend([draft] if draft.when or draft.place else [])

    def _heading(self) -> _Heading | None:
        """Return what the list has entries of, as the title or the sentences before it tell."""
        before = range(self._first - 1, max(0, self._first - 1 - _BEFORE), -1)
        told = (
            self._told_in(index, scene)
            for index in (0, *before)
            for scene in scenes_of(self._passages[index])
        )
        return next(filter(None, told), None)

    def _told_in(self, index: int, scene: Scene) -> _Heading | None:
        """Return what a scene tells to be listed: a forum's meetings, exercises, calls."""
        forums = self._desk.circumstances.forums
        names = (hit.value("forum") for hit in scene.of("forum"))
        forum = self._desk.reference.forums.get(next(filter(forums.shared, names), None) or "")
        noun = next((hit.value("noun") or "" for hit in reversed(scene.acts)), "gathering")
        kind = _BY_FORUM.get(forum.kind if forum else "", _KINDS.get(noun))
        if forum is not None and set(forum.members) > set(self._desk.pair):
            kind = "multilateral" if kind == "meeting" else kind
        unnamed = kind == "multilateral" and forum is None
        if kind is None or unnamed or (forum is not None and forum.kind in _OCCASIONS):
            return None
        sides = self._sides(index, scene, kind, forum.name if forum else None)
        named = forum is not None or all(sides.values())
        return _Heading(kind, forum.name if forum else None, sides) if named else None

    def _sides(self, index: int, scene: Scene, kind: str, name: str | None) -> Sides:
        if kind == "exercise":
            sides = self._cast.services(self._passages, index)
            return self._spoken_for.forces(scene, sides, name)
        people = (one for one in self._desk.told(scene) if one.form == "person")
        sides = by_side(people, self._desk.pair)
        couple = by_side(self._desk.discourse.couple, self._desk.pair)
        return couple if kind in _OF_TWO and not all(sides.values()) else sides

    def _draft(self, entry: _Entry, opening: Sequence[Passage], heading: _Heading) -> Draft:
        scene = next(scenes_of(opening[0]))
        index, sides = entry.label_in, heading.sides
        draft = self._desk.start(index, opening[0], scene, heading.kind, sides, False)
        draft.tense, draft.separate, draft.forum = None, True, heading.forum
        draft.first = entry.label.first
        self._date(draft, opening, entry.label)
        places = self._desk.circumstances.places
        named = (places.place_in(passage.hits, passage.parties) for passage in opening)
        place = next(filter(None, named), None)
        if place is not None:
            places.settle(draft, place, "named in a list")
        people = by_side(self._people(entry), self._desk.pair)
        draft.sides = completed(draft.sides, people.__getitem__)
        return draft

    def _date(self, draft: Draft, opening: Sequence[Passage], label: DateMention) -> None:
        """Give a draft the finest of the days that sentences name from a label on."""
        dates = self._desk.circumstances.dates
        for passage in opening:
            for mention in passage.dates:
                told = mention.kind == "date" and mention.first >= label.first
                when = dates.reckon(mention, passage, draft.tense, draft) if told else None
                if when is not None and (draft.when is None or finer(when, draft.when)):
                    draft.when, draft.dated_by = when, TOLD
                    draft.prove("date", mention.span)

    def _people(self, entry: _Entry) -> Iterator[Party]:
        told = map(self._desk.told_of, self._passages[entry.first : entry.last + 1])
        return (party for party in chain.from_iterable(told) if party.form == "person")


def _entries(desk: Desk) -> list[_Entry]:
    """Return the entries of a list: lines that open with a date and a mark."""
    passages, tokens = desk.analysis.passages, desk.analysis.tokens
    found: list[_Entry] = []
    for _, group in groupby(enumerate(passages), lambda one: one[1].sentence.line):
        line = list(group)
        dates = ((at, day) for at, passage in line for day in passage.dates if day.kind == "date")
        at, label = next(dates, (0, None))
        (first, opens), (last, _) = line[0], line[-1]
        if label is not None and _heads(tokens, opens.sentence.first, label):
            found.append(_Entry(first, at, last, label))
    return found if len(found) >= _LEAST else []


def _heads(tokens: Sequence[Token], start: int, label: DateMention) -> bool:
    """Return whether a date heads a line: no more than a number stands before it, and a mark or
    nothing after it.
    """
    words = sum(token.kind == "word" for token in tokens[start : label.first])
    after = next(iter(tokens[label.last + 1 : label.last + 2]), None)
    ends = after is None or after.kind == "mark" or after.line != tokens[start].line
    return ends and words <= _LONGEST_LABEL and label.first - start <= _LONGEST_OPENING
