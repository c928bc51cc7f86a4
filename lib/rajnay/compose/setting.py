"""Where and when a draft is set: by the clause before, a gathering, a trip or the dateline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Circumstance, Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION
from rajnay.compose.sides import Sides
from rajnay.compose.travel import Travel
from rajnay.compose.visits_again import note_trips
from rajnay.mentions.passages import Passage

_FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Told:
    """A scene as it was read: the number of its passage, its circumstances, and what it drafted."""

    passage: int
    scene: Scene
    here: Circumstance
    draft: Draft | None


class Setting:
    """Sets drafts; ``before`` is the scene read last."""

    def __init__(self, desk: Desk, travel: Travel) -> None:
        """Prepare to set drafts."""
        self._desk = desk
        self._travel = travel
        self.before: Told | None = None

    def link(self, index: int, scene: Scene) -> Circumstance | None:
        """Return the circumstances of the clause before, if this one goes on about it.

        Args:
            index: the sentence's number.
            scene: the scene in it.
        """
        if self.before is None or self.before.passage != index:
            return None
        before = self.before.scene
        hangs = scene.relative or (
            before.verb is not None
            and (
                before.verb.linked == "during"
                or (before.verb.linked is not None and before.verb.tense == "infinitive")
            )
        )
        return self.before.here if hangs else None

    def place(
        self, draft: Draft, passage: Passage, scene: Scene, people: Sides, link: Circumstance | None
    ) -> None:
        """Give a draft the place that its scene or what is told around it names.

        Args:
            draft: the draft.
            passage: the sentence.
            scene: the scene in it.
            people: who is named on each side.
            link: the circumstances of the clause before, if the scene goes on about it.
        """
        there = link or Circumstance(None, self._desk.discourse.place, self._desk.discourse.country)
        self._desk.circumstances.places.locate(draft, passage, scene, there)
        self._desk.circumstances.forums.at_gathering(draft, scene)
        if link is not None:
            self._take_over(draft, link)
            if not scene.senses and self.before is not None and self.before.draft is not None:
                draft.tense = self.before.draft.tense  # "which is part of the summit"
        near = (
            self.before is not None
            and self.before.passage == draft.passage
            and not self.before.scene.senses & MOTION
        )
        before = self.before.here if self.before is not None and near else None
        if draft.country is None and before is not None and before.country is not None:
            draft.place, draft.country = before.place, before.country
        if draft.country is None and draft.kind != "call":
            trip = self._desk.discourse.trip_of(
                (party.name for parties in people.values() for party in parties if party.name),
                draft.when,
                draft.tense == "future",
            )
            if trip is not None:
                draft.place, draft.country = trip.place, trip.country
            else:
                self._place_by_dateline(draft, passage)
        if (
            draft.place is None
            and passage.place is not None
            and draft.country == self._desk.reference.places[passage.place].country
        ):
            draft.place = self._desk.reference.city_of(passage.place)
        if draft.country is not None and draft.place is None and draft.kind != "call":
            names = [party.name for party in self._travel.away(draft, people) if party.name]
            draft.place = self._desk.discourse.city_of(draft.passage, names, draft.country)
        if draft.country is not None and not draft.placed:
            draft.note(
                self._desk.span(scene),
                f"place {draft.place or draft.country}",
                "taken from the trip, the sentence or the dateline",
            )
        if draft.when is not None:
            note_trips(self._desk, draft, self._travel.away(draft, people))

    def _place_by_dateline(self, draft: Draft, passage: Passage) -> None:
        """Place what is of these days where the news is from; at home only if both sides and the
        day are told.
        """
        known = self._desk.reference.places.get(passage.place or "")
        first = draft.when.earliest if draft.when is not None else None
        recent = draft.when is None or (
            first is not None
            and passage.anchor is not None
            and abs(first - passage.anchor) <= _FRESH
        )
        abroad = known is not None and known.country != self._desk.discourse.home
        received = (
            recent
            and (draft.when is not None or draft.unreckoned)
            and (draft.kind == "consultation" or all(map(draft.sides.get, self._desk.pair)))
        )
        if known is not None and (recent if abroad else received):
            draft.place, draft.country = self._desk.reference.city_of(known.name), known.country

    def _take_over(self, draft: Draft, link: Circumstance) -> None:
        if draft.when is None and link.when is not None:
            draft.when, draft.dated_by = link.when, "link"
        if draft.country is None and draft.kind != "call":
            draft.place, draft.country = link.place, link.country
        if (
            draft.forum is None
            and link.forum is not None
            and self._desk.circumstances.forums.shared(link.forum)
        ):
            draft.forum = link.forum
        frame = self.before.draft if self.before else None
        if frame is not None and frame.kind == "visit" and draft.kind != "visit":
            frame.setting = True
            draft.when = draft.when or frame.when
