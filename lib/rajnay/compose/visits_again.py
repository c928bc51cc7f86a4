"""A visit told again, as "this visit" or "his last visit"."""

from __future__ import annotations

from collections.abc import Sequence

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION
from rajnay.compose.sides import Sides
from rajnay.compose.trips import Trip
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage


def note_trips(desk: Desk, draft: Draft, travellers: Sequence[Party]) -> None:
    """Note that people are on a trip of the pair, for as long as the draft says.

    Args:
        desk: where what the article tells is kept.
        draft: of the trip.
        travellers: who is on it.
    """
    off = draft.cancelled or draft.tense == "unrealised"
    for party in travellers:
        if party.name and not off and draft.country in desk.pair:
            desk.discourse.trips.append(
                Trip(
                    party.name,
                    party.country or "",
                    draft.country or "",
                    draft.place,
                    draft.when,
                    draft.tense == "future",
                )
            )


class VisitsAgain:
    """Drafts visits told by a pronoun."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to draft."""
        self._desk = desk
        self._pair = desk.pair
        self._discourse = desk.discourse
        self._set = desk.circumstances

    def same_visit(self, index: int, passage: Passage, scene: Scene) -> list[Draft]:
        """Draft "this visit" again, with what the sentence says of its days; it will be joined to
        the first telling.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
        """
        noun = scene.noun("visit", "encounter")
        trip = self._discourse.trips[-1] if self._discourse.trips else None
        points: bool = noun is not None and any(
            (hit.value("pronoun") in ("this", "he") and hit.last >= noun.first - 3)
            or (hit.everyday and hit.last == noun.first - 1)
            for hit in scene.hits
        )
        dated = any(mention.kind == "date" for mention in scene.dates)
        elsewhere = self._set.places.place_in(scene.hits, scene.parties) is not None or any(
            hit.value("forum") for hit in scene.of("forum")
        )
        meant = self._discourse.recent[-1][1].name if self._discourse.recent else None
        if (
            noun is None
            and dated
            and scene.senses & MOTION
            and scene.pronoun("he") is not None
            and not elsewhere
        ):
            points = trip is not None and trip.traveller == meant
        own = noun is not None and scene.pronoun("he") is not None and scene.pronoun("this") is None
        if own and points and (trip is None or trip.traveller != meant):
            return self._own_visit(index, passage, scene)
        if trip is None or not points:
            return []
        party = next(
            (
                party
                for _, party in reversed(self._discourse.recent)
                if party.name == trip.traveller
            ),
            None,
        )
        if party is None:
            return []
        sides: Sides = {trip.home: [party.understood()], trip.country: []}
        draft = self._desk.start(index, passage, scene, "visit", sides, scene.called_off)
        draft.country, draft.place = trip.country, trip.place
        self._set.dates.date(draft, passage, scene, scene.dates)
        return [draft] if draft.when is not None or draft.days else []

    def _own_visit(self, index: int, passage: Passage, scene: Scene) -> list[Draft]:
        """Draft "his last visit", whose goal is not told: the other country of the pair."""
        guest = self._discourse.recent[-1][1] if self._discourse.recent else None
        if guest is None or guest.name is None or guest.country not in self._pair:
            return []
        country = next(code for code in self._pair if code != guest.country)
        sides: Sides = {guest.country: [guest.understood()], country: []}
        draft = self._desk.start(index, passage, scene, "visit", sides, scene.called_off)
        draft.country = country
        self._set.dates.date(draft, passage, scene, scene.dates)
        if draft.when is None and not draft.days:
            return []
        note_trips(self._desk, draft, [guest])
        return [draft]
