"""Lists of what was done again and again: "they met three times: in May in Sochi, on the 4th of
June in Goa".
"""

from __future__ import annotations

from dataclasses import dataclass

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import PEOPLE, Sides, by_side
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage

# The items stand at most so many sentences after what they are items of.
_REACH = 2
_IN_PHASES = frozenset({"consultation", "exercise"})
_KINDS = frozenset({"call", "consultation", "exercise", "meeting", "visit"})


@dataclass(frozen=True, slots=True)
class _Heading:
    """What was done several times: by whom, and in which sentence it is told."""

    passage: int
    kind: str
    sides: Sides
    tense: str | None
    draft: Draft | None
    forum: str | None = None


class Listing:
    """Reads the days and places of a list as one engagement each."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to read an article."""
        self._desk = desk
        self._heading: _Heading | None = None
        self._series: _Heading | None = None

    def head(
        self, index: int, scene: Scene, act: str | None, taking: list[Party], drafts: list[Draft]
    ) -> None:
        """Note what a scene tells to have been done several times.

        Args:
            index: the sentence's number.
            scene: the scene in it.
            act: what the scene tells of, by its words.
            taking: who takes part in it.
            drafts: what it drafted; one without a day gives way to the list.
        """
        if act == "exercise" and not drafts:
            self._series = self._told_of(index, scene)
        noun = scene.acts[-1] if scene.acts else None
        several = scene.repeated or (noun is not None and noun.plural)
        if act not in _KINDS or not several:
            return
        sides: Sides = {
            code: [one.understood() for one in taking if one.form in PEOPLE and one.country == code]
            for code in self._desk.pair
        }
        if all(sides.values()) or (act == "visit" and any(sides.values())):
            draft = drafts[0] if drafts and drafts[0].when is None else None
            self._heading = _Heading(index, act or "", sides, scene.tense, draft)

    def items(self, index: int, passage: Passage, scene: Scene, act: str | None) -> list[Draft]:
        """Return an engagement for each day that a scene without an act lists.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            act: what the scene tells of, by its words; a list tells of nothing itself.
        """
        heading = self._phase(index, scene) or self._heading
        days = [mention for mention in scene.dates if mention.kind == "date"]
        named = any(party.form in PEOPLE for party in scene.parties)
        if heading is None or act is not None or named or not days:
            return []
        told = scene.verb is not None and scene.word("phases") is None
        if told or index - heading.passage > _REACH:
            return []
        places = [hit for hit in scene.of("place") if hit.value("place")]
        ends = [*(day.first for day in days[1:]), scene.last + 1]
        found = []
        alone = places[0] if len(places) == len(days) == 1 else None
        for day, end in zip(days, ends, strict=True):
            place = next((hit for hit in places if day.last < hit.first < end), alone)
            draft = self._item(index, passage, scene, heading, day, place)
            if draft is not None:
                found.append(draft)
        if found and heading.draft is not None and heading.draft in self._desk.out.drafts:
            self._desk.out.drafts.remove(heading.draft)
        return found

    def _phase(self, index: int, scene: Scene) -> _Heading | None:
        """Return what a scene tells the next phase of: the exercise or the talks told last."""
        if scene.word("phases") is None:
            return None
        last = self._desk.out.last(index, _REACH, _IN_PHASES)
        if last is None:
            return self._series
        sides = by_side(last.everyone, self._desk.pair)
        return _Heading(last.passage, last.kind, sides, scene.tense, None, last.forum)

    def _told_of(self, index: int, scene: Scene) -> _Heading | None:
        """Return the exercise of both countries that a scene tells of without a day."""
        parties = [self._desk.discourse.resolve(party, scene.parties) for party in scene.parties]
        forum = next((hit.value("forum") for hit in scene.of("forum")), None)
        sides = by_side(parties, self._desk.pair)
        known = all(sides.values())
        return _Heading(index, "exercise", sides, "past", None, forum) if known else None

    def _item(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        heading: _Heading,
        day: DateMention,
        place: Hit | None,
    ) -> Draft | None:
        name = place.value("place") if place is not None else None
        country = self._desk.reference.places[name].country if name else None
        sides = {code: list(members) for code, members in heading.sides.items()}
        if heading.kind == "visit":
            home = next(code for code, members in sides.items() if members)
            if country in (None, home) or country not in self._desk.pair:
                return None
        draft = self._desk.start(index, passage, scene, heading.kind, sides, False)
        draft.tense, draft.separate = scene.tense or heading.tense or "past", True
        ends = [day.first, day.last, *([place.first, place.last] if place is not None else [])]
        draft.first, draft.last = min(ends), max(ends)
        draft.when = self._desk.circumstances.dates.reckon(day, passage, draft.tense, draft)
        draft.dated_by, draft.forum = "own", heading.forum
        draft.prove("date", day.span)
        if place is not None:
            self._desk.circumstances.places.settle(draft, place, "named in a list")
        return draft if draft.when is not None else None
