"""Lists with an entry for each time that something was held: "2014 - Volgograd. From ..."."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rajnay.compose.casting import SERVICES, Casting
from rajnay.compose.desk import Desk
from rajnay.compose.drafts import TOLD, Draft
from rajnay.compose.rules import act_of
from rajnay.compose.scenes.cutting import scenes_of
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import FACE_TO_FACE
from rajnay.compose.sides import Sides, by_side, completed
from rajnay.compose.spoken_for import SpokenFor
from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.text.punctuation import COLONS
from rajnay.text.tokens import Token
from rajnay.times.stretches import finer

# So many lines that open with a date are a list.
_LEAST = 2
# Before its date an entry has no more than a number ("1.", "The third."), after it a mark.
_LONGEST_LABEL = 1
_LONGEST_OPENING = 3
# Elsewhere than at the start of a line a place of so many tokens may stand before the colon.
_LONGEST_PLACE = 4
_INTRODUCES = COLONS | frozenset("-–—")
_ALONE = 2
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
        self._first = min((one.first for one in self._entries.values()), default=-1)
        self._listed: _Heading | None = None
        self._known = 0

    def enter(self, index: int) -> None:
        """Begin a sentence; what is drafted from the first one of an entry on is the entry's."""
        if index == self._first:
            self._listed = self._heading()
        if any(entry.first == index for entry in self._entries.values()):
            self._known = len(self._desk.out.drafts)

    def close(self, index: int) -> None:
        """Date what the entry that ends with a sentence told without a day, and draft what it
        lists, unless its sentences told it.
        """
        entry = self._entries.get(index)
        if entry is None:
            return
        told = self._desk.out.drafts[self._known :]
        for draft in told:
            if draft.when is None and draft.dated_by == "none" and not draft.unreckoned:
                self._date(draft, self._passages[entry.label_in : entry.label_in + 1], entry.label)
        heading = self._listed
        if heading is None or told or self._tells_another(entry, heading):
            return
        draft = self._draft(entry, heading)
        self._desk.out.drafts.extend([draft] if draft.when or draft.place else [])

    def _tells_another(self, entry: _Entry, heading: _Heading) -> bool:
        """Return whether the first sentence of an entry, past a date that stands alone, names an
        act that is not what is listed.
        """
        first, *later = self._opening(entry)
        alone = later and first.sentence.last - first.sentence.first <= _ALONE
        acts = (act_of(scene) for scene in scenes_of(later[0] if alone else first))
        return any(act not in (None, "talk", heading.kind) for act in acts)

    def _opening(self, entry: _Entry) -> Sequence[Passage]:
        """Return the sentences of an entry that tell when and where."""
        return self._passages[entry.label_in : min(entry.last + 1, entry.label_in + _OPENING)]

    def _heading(self) -> _Heading | None:
        """Return what the list has entries of, as the title or the sentences before it tell."""
        for index in (0, *range(self._first - 1, max(0, self._first - 1 - _BEFORE), -1)):
            for scene in scenes_of(self._passages[index]):
                heading = self._told_in(index, scene)
                if heading is not None:
                    return heading
        return None

    def _told_in(self, index: int, scene: Scene) -> _Heading | None:
        """Return what a scene tells to be listed: a forum's meetings, exercises, calls."""
        forums = self._desk.circumstances.forums
        names = (hit.value("forum") for hit in scene.of("forum"))
        name = next((one for one in names if one and forums.shared(one)), None)
        several = any(hit.plural for hit in scene.acts)
        name = name or (forums.last_forum if several else None)
        forum = self._desk.reference.forums.get(name or "")
        noun = next((hit.value("noun") for hit in reversed(scene.acts)), None)
        noun = noun or ("gathering" if scene.noun("gathering") else None)
        noun = noun or ("meeting" if scene.senses & FACE_TO_FACE else None)
        kind = _BY_FORUM.get(forum.kind if forum else "") or _KINDS.get(noun or "")
        if kind is None or (forum is not None and forum.kind in _OCCASIONS):
            return None
        if forum is not None and set(forum.members) > set(self._desk.pair):
            kind = "multilateral" if kind == "meeting" else kind
            return _Heading(kind, name, {code: [] for code in self._desk.pair})
        sides = self._sides(index, scene, kind, name)
        return _Heading(kind, name, sides) if name or all(sides.values()) else None

    def _sides(self, index: int, scene: Scene, kind: str, name: str | None) -> Sides:
        if kind == "exercise":
            sides = self._cast.services(self._passages, index)
            return self._spoken_for.forces(scene, sides, name)
        people = self._desk.told(scene)
        sides = by_side((one for one in people if one.form == "person"), self._desk.pair)
        if kind in ("call", "meeting") and not all(sides.values()):
            return by_side(self._desk.discourse.couple, self._desk.pair)
        return sides

    def _draft(self, entry: _Entry, heading: _Heading) -> Draft:
        opening = self._opening(entry)
        scene = next(scenes_of(opening[0]))
        index = entry.label_in
        draft = self._desk.start(index, opening[0], scene, heading.kind, heading.sides, False)
        draft.tense, draft.separate, draft.forum = None, True, heading.forum
        draft.first = entry.label.first
        self._date(draft, opening, entry.label)
        for passage in opening:
            if draft.country is None:
                self._place(draft, passage)
        if heading.kind == "exercise":
            service = next((one.office for one in _services(opening)), None)
            draft.sides = {
                code: [replace(one, office=service or one.office, name=None) for one in members]
                for code, members in draft.sides.items()
            }
        if heading.kind in ("multilateral", "consultation"):
            named = by_side(self._people(entry), self._desk.pair)
            draft.sides = completed(draft.sides, named.__getitem__)
        return draft

    def _place(self, draft: Draft, passage: Passage) -> None:
        place = self._desk.circumstances.places.place_in(passage.hits, passage.parties)
        if place is not None:
            self._desk.circumstances.places.settle(draft, place, "named in a list")
            return
        lands = (one.country for one in passage.parties if one.form == "country")
        draft.country = next((one for one in lands if one not in self._desk.pair), None)

    def _date(self, draft: Draft, opening: Sequence[Passage], label: DateMention) -> None:
        """Give a draft the finest of the days that its first sentences name."""
        for passage in opening:
            for mention in passage.dates:
                if mention.kind != "date" or mention.first < label.first:
                    continue
                when = self._desk.circumstances.dates.reckon(mention, passage, draft.tense, draft)
                if when is not None and (draft.when is None or finer(when, draft.when)):
                    draft.when, draft.dated_by = when, TOLD
                    draft.prove("date", mention.span)

    def _people(self, entry: _Entry) -> Iterator[Party]:
        for passage in self._passages[entry.first : entry.last + 1]:
            for party in self._desk.told_of(passage):
                if party.form == "person":
                    yield party


def _services(opening: Sequence[Passage]) -> Iterator[Party]:
    for passage in opening:
        yield from (one for one in passage.parties if one.office in SERVICES)


def _entries(desk: Desk) -> list[_Entry]:
    """Return the entries of a list: lines that open with a date and a mark, or sentences that open
    with a date and a colon or dash.
    """
    passages, tokens = desk.analysis.passages, desk.analysis.tokens
    found: list[_Entry] = []
    opens = 0  # the first sentence of the line, or of those after the last entry's label
    for index, passage in enumerate(passages):
        line = passage.sentence.line
        if index == 0 or passages[index - 1].sentence.line != line:
            opens = index
        label = next((one for one in passage.dates if one.kind == "date"), None)
        start = passages[opens].sentence.first
        if label is not None and _heads(tokens, start, passage.sentence.first, label):
            ends = (other for other in range(index, len(passages)) if _ends(passages, other))
            if found and found[-1].last >= index:
                found[-1] = replace(found[-1], last=index - 1)
            first = opens if label.first - start <= _LONGEST_OPENING else index
            found.append(_Entry(first, index, next(ends), label))
    return found if len(found) >= _LEAST else []


def _ends(passages: Sequence[Passage], index: int) -> bool:
    line = passages[index].sentence.line
    return index + 1 == len(passages) or passages[index + 1].sentence.line != line


def _heads(tokens: Sequence[Token], start: int, first: int, label: DateMention) -> bool:
    """Return whether a date heads an entry: at the start of a line, but for a number, and before a
    mark; elsewhere at the start of a sentence, with a colon or dash after it, but for a place.
    """
    after = tokens[label.last + 1 : label.last + 2 + _LONGEST_PLACE]
    if not after:
        return False
    words = sum(token.kind == "word" for token in tokens[start : label.first])
    ends = after[0].kind == "mark" or after[0].line != tokens[label.last].line
    if words <= _LONGEST_LABEL and label.first - start <= _LONGEST_OPENING and ends:
        return True
    return label.first == first and any(token.surface in _INTRODUCES for token in after)
