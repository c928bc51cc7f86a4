"""Gatherings of many countries and exercises, in which both countries of the pair take part."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from rajnay.base.first import first
from rajnay.compose.assembly import Assembly
from rajnay.compose.casting import Casting
from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Circumstance, Draft
from rajnay.compose.identity.within import MEETINGS
from rajnay.compose.participants import by_itself
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import Sides, by_side, people_of
from rajnay.compose.spoken_for import SpokenFor
from rajnay.compose.travel import Travel
from rajnay.compose.visits_again import note_trips
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.passages import Passage

# An article that lists so many countries, both of the pair among them, tells who sits at its
# gathering.
_MEMBERS = 4
# The services that alone hold an exercise of their own name, whichever others are near.
_SERVICES = frozenset({"air force", "navy"})
Place = Callable[[Draft, Passage, Scene, Sides, Circumstance | None], None]


class Gatherings:
    """Drafts gatherings and exercises."""

    def __init__(
        self, desk: Desk, casting: Casting, travel: Travel, place: Place, assembly: Assembly
    ) -> None:
        """Prepare to draft; ``place`` gives a draft the place of its scene."""
        self._assembly = assembly
        self._desk = desk
        self._cast = casting
        self._travel = travel
        self._place = place
        self._spoken_for = SpokenFor(desk, casting)

    def gather(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        act: str,
        sides: Sides,
        forum: Hit | None,
        link: Circumstance | None,
        cancelled: bool,
        frame: Draft | None,
    ) -> list[Draft]:
        """Draft a gathering or an exercise in which both countries take part, or say why there is
        none.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            act: what the scene tells of, by its words.
            sides: who stands on each side.
            forum: the forum's name of record.
            link: the circumstances of the clause before, if the scene goes on about it.
            cancelled: whether it was called off.
            frame: the draft that the scene is part of, if any.
        """
        name = (
            forum.value("forum") if forum is not None else link.forum if link is not None else None
        )
        gathering = self._desk.circumstances.forums.gathering(index)
        sits = scene.sits_in_it or scene.noun("leading") is not None
        name = (
            name
            or self._forum_of(scene)
            or (gathering.forum if gathering is not None and sits else None)
        )
        if name is not None and not self._desk.circumstances.forums.shared(name):
            return self._desk.drop(scene, f"the two countries do not sit together in {name}")
        people = people_of(sides)
        everyone = list(itertools.chain(*people.values()))
        named = [party for party in everyone if party.role != "understood"]
        if frame is not None and frame.kind == "visit" and not named:
            frame.forum = frame.forum or name
            return []
        if (
            frame is not None
            and act != "exercise"
            and named
            and name is None
            and frame.kind in MEETINGS
        ):
            for party in everyone:
                if party.label not in frame.names(party.country or ""):
                    frame.add(party)
            return []
        own = name is not None and self._desk.reference.forums[name].service in _SERVICES
        if act == "exercise" and not any(people.values()) and not own:
            last = first(
                reversed(self._desk.out.drafts),
                lambda draft: (
                    draft.kind == "exercise" and (name is None or draft.forum in (None, name))
                ),
            )
            people = (
                by_side(last.everyone, self._desk.pair)
                if last
                else self._cast.services(self._desk.analysis.passages, index)
            )
        if act == "exercise":
            unstated = all(one.country is None for one in scene.parties if one.form == "body")
            people = self._spoken_for.forces(
                scene, people, name or (self._series_told() if unstated else None)
            )
        if act != "exercise" and not any(people.values()) and scene.pronoun("he") is not None:
            person = self._desk.discourse.last_person(index, self._desk.pair)
            if person is not None and person.country is not None:
                people[person.country] = [person.understood()]
        elif name is not None and set(self._desk.reference.forums[name].members) > set(
            self._desk.pair
        ):
            people = self._spoken_for.holders(scene, people)
        draft = self._desk.start(
            index,
            passage,
            scene,
            "exercise" if act == "exercise" else "multilateral",
            people,
            cancelled,
        )
        if scene.noun("invitation") is not None:
            draft.tense = "future"
        earlier = [mention for mention in passage.dates if mention.first < scene.first]
        self._desk.circumstances.dates.date(draft, passage, scene, scene.dates)
        if draft.when is None and not (link is not None and link.when is not None):
            self._desk.circumstances.dates.date(draft, passage, scene, earlier)
        self._place(draft, passage, scene, people, link)
        for code in self._desk.pair:
            if act != "exercise" and draft.country not in (None, code) and not draft.names(code):
                gone = self._desk.discourse.gone_to(index, code, draft.country or "")
                people[code] = draft.sides[code] = [gone.understood()] if gone is not None else []
        self._desk.circumstances.forums.set_forum(draft, forum, scene)
        draft.forum = draft.forum or (
            name if scene.pronoun("third") or self._forum_of(scene) else None
        )
        if act == "exercise" and draft.forum is None and scene.noun_pointing_back:
            draft.forum = self._series_told()
        inviters = [
            party
            for party in map(self._desk.discourse.resolve, scene.parties)
            if (party.role, party.country) == ("invited", draft.country)
            if party.form in ("person", "office")
        ]
        if inviters and draft.country in self._desk.pair and not people[draft.country]:
            people[draft.country] = draft.sides[draft.country] = inviters
        guests = any(people[code] for code in self._desk.pair if code != draft.country)
        hosted = draft.country in self._desk.pair and guests
        bilateral = (
            name is not None
            and set(self._desk.reference.forums[name].members) == set(self._desk.pair)
            and self._desk.reference.forums[name].kind != "event"
        )
        session = (
            bilateral and name is not None and self._desk.reference.forums[name].kind != "dialogue"
        )
        together = (
            all(sides.values())
            or self._cast.both_countries(scene)
            or all(people.values())
            or ((session or (name is not None and self._members_listed())) and any(people.values()))
            or (act == "exercise" and bilateral)
        )
        elsewhere = (
            act == "exercise" and draft.country is not None and draft.country not in self._desk.pair
        )
        if (
            elsewhere
            or not (together or hosted)
            or (
                draft.when is None and draft.place is None and not (bilateral and act != "exercise")
            )
        ):
            if act != "exercise" and name is not None and not elsewhere and draft.dates[0]:
                draft.forum = draft.forum or name
                self._assembly.open(draft)
            return self._desk.drop(
                scene, "not both countries are said to take part, or no date and place"
            )
        kind = self._desk.reference.forums[name].kind if name is not None else None
        host_named = not inviters and any(
            people[code] for code in self._desk.pair if code == draft.country
        )
        ceremony = kind == "ceremony" or (kind == "event" and not host_named)
        seen = scene.noun("video") is not None  # who is seen on a screen does not travel
        if (
            act != "exercise"
            and hosted
            and not seen
            and (ceremony or (name is None and not together))
        ):
            draft.kind = "visit"
            note_trips(self._desk, draft, self._travel.away(draft, people))
            return self._travel.unless_at_home(draft, draft.country or "", passage, scene)
        return [draft]

    def expect(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        act: str,
        people: Sides,
        forum: Hit | None,
        link: Circumstance | None,
    ) -> None:
        """Keep a session or a call on a day of its own until the sentences after it say who had it.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            act: what the scene tells of, by its words.
            people: who is named on each side.
            forum: the forum, as the text names it.
            link: the circumstances of the clause before, if the scene goes on about it.
        """
        around = self._desk.circumstances
        session = act in ("call", "consultation") or around.forums.counted(scene)
        if not session or not by_itself(scene, self._desk.pair):
            return
        draft = self._desk.start(index, passage, scene, act, people, False)
        around.dates.date(draft, passage, scene, scene.dates)
        self._place(draft, passage, scene, people, link)
        around.forums.set_forum(draft, forum, scene)
        self._assembly.open(draft)

    def _series_told(self) -> str | None:
        """Return the series of the exercise told last, of which "this exercise" was another one."""
        exercises = (one for one in reversed(self._desk.out.drafts) if one.kind == "exercise")
        return next((one.forum for one in exercises if one.forum), None)

    def _forum_of(self, scene: Scene) -> str | None:
        """Return the dialogue whose members are just the countries that the scene names, if they
        are more than the pair.
        """
        here = {party.country for party in scene.parties if party.country}
        dialogues = (
            forum
            for forum in self._desk.reference.forums.values()
            if forum.kind == "dialogue" and len(forum.members) > len(self._desk.pair)
        )
        return next((forum.name for forum in dialogues if set(forum.members) == here), None)

    def _members_listed(self) -> bool:
        """Return whether the article lists the countries of a gathering, those abroad of the pair
        among them.
        """
        lists = (
            {party.country for party in passage.parties if party.listed}
            for passage in self._desk.analysis.passages
        )
        abroad = {code for code in self._desk.pair if code != self._desk.discourse.home}
        return any(len(countries) >= _MEMBERS and countries >= abroad for countries in lists)
