"""Visits: who travels where, for how long, and who receives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rajnay.base.first import first
from rajnay.compose.days import LASTING
from rajnay.compose.desk import Desk
from rajnay.compose.destination import described, destination
from rajnay.compose.drafts import TOLD, Circumstance, Draft
from rajnay.compose.participants import by_itself
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION
from rajnay.compose.sides import PEOPLE, Sides, named_first
from rajnay.compose.trips import Trip
from rajnay.compose.visits_again import VisitsAgain, note_trips
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.times.stretches import ending, joined


class Travel:
    """Drafts visits, and keeps the discourse told of who is where."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to draft."""
        self._desk = desk
        self._reference = desk.reference
        self._pair = desk.pair
        self._discourse = desk.discourse
        self._set = desk.circumstances
        self._out = desk.out
        self._again = VisitsAgain(desk)

    def visit(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        taking: list[Party],
        foreign: list[Party],
        link: Circumstance | None,
        cancelled: bool,
    ) -> list[Draft]:
        """Draft a visit: somebody of one country to the other, or this visit told again; or say why
        there is none.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            taking: who takes part in it.
            foreign: who takes part of other countries than the pair.
            link: the circumstances of the clause before, if the scene goes on about it.
            cancelled: whether it was called off.
        """
        if scene.word("returns") is not None and self.extend_visit(passage, scene):
            return []
        again = scene.noun_pointing_back
        if again is not None and again.value("noun") == "visit" and not scene.senses & MOTION:
            told = self._again.same_visit(index, passage, scene)
            if told:
                return told
        target = destination(self._desk, passage, scene)
        if target is None:
            self._go_elsewhere(passage, scene, taking)
            return self._again.same_visit(index, passage, scene)
        country, place = target
        travellers = self._guests(taking, country)
        inviting = "invite" in scene.senses or scene.noun("invitation") is not None
        hosting = ("comitative", "dative", "invited", *(("subject",) if inviting else ()))
        asked = scene.noun("invitation")
        before = asked.first - 1 if asked is not None else None
        near = (p for p in scene.parties if p.role in hosting or p.last == before)
        hosts = self._of(map(self._discourse.resolve, near), country)
        if scene.senses & {"invite", "send"}:
            travellers = [party for party in travellers if party.role == "dative"]
        if (
            not travellers
            and scene.verb is not None
            and (scene.verb.attributive or scene.verb.linked == "during")
        ):
            after = described(self._desk, passage, scene)
            travellers = self._guests(map(self._discourse.resolve, after), country)
        head = first(passage.hits, lambda hit: hit.first > scene.last)
        guest = head is not None and head.value("pronoun") == "guest"
        describes = scene.verb is not None and scene.verb.attributive and not guest
        said = guest or scene.pronoun("he", "own", "guest") is not None
        unsaid = said or not self._set.names_something(scene)
        silent = unsaid and scene.word("returns") is None  # who returns is at home there
        silent = silent and not self._goes_home(passage, scene, country)
        if (
            not travellers
            and not foreign
            and not describes
            and silent
            and not [party for party in taking if party.form in ("person", "office")]
        ):
            home = next(code for code in self._pair if code != country)
            previous = self._discourse.last_person(
                index, [party.country for _, party in self._discourse.recent if party.country]
            )
            if scene.pronoun("he") is not None and (
                previous is None or previous.country == country
            ):
                previous = self._discourse.understood(index, home, said=True)
            guests = self._guests(filter(None, [previous]), country)
            travellers = [guest.understood() for guest in guests]
        elided = not travellers and not foreign and not describes
        if elided and (silent or scene.noun("visit")):
            travellers = self._unnamed(scene, country)
        if not travellers:
            return self._desk.drop(scene, "nobody of the pair is said to travel")
        travellers = named_first(travellers, bodies=False)
        met = any(host.role in ("comitative", "dative") for host in hosts) and not inviting
        sides: Sides = {travellers[0].country or "": travellers, country: hosts}
        draft = self._desk.start(
            index,
            passage,
            scene,
            "meeting" if met else "visit",
            sides,
            cancelled,
        )
        draft.country = country
        accepted = asked is not None and asked.case is None
        draft.tense = "future" if "invite" in scene.senses or accepted else draft.tense
        self._set.dates.date(draft, passage, scene, scene.dates)
        if draft.when is None and link is not None and link.when is not None:
            draft.when, draft.dated_by = link.when, "link"
        if place is not None:
            self._set.places.settle(draft, place, "destination")
        elif scene.pronoun("there") is not None:
            draft.place = self._discourse.place
        elif passage.place is not None and scene.tense != "future" and not scene.dates:
            there = self._reference.places[passage.place].country
            draft.place = self._reference.city_of(passage.place) if there == country else None
        self._set.forums.set_forum(draft, self._set.forums.forum_in(passage, scene), scene)
        self._set.forums.at_gathering(draft, scene)
        if (
            draft.when is not None
            and draft.when.day is not None
            and not draft.days
            and (scene.senses & (MOTION | {"leave"}) or scene.noun("departure") is not None)
            and not draft.forum
        ):
            draft.when = draft.when.open_ended()
        note_trips(self._desk, draft, travellers)
        return self.unless_at_home(draft, country, passage, scene)

    def _goes_home(self, passage: Passage, scene: Scene, country: str) -> bool:
        """Return whether all who act in the sentence before a scene are of the country that it says
        somebody goes to: "A of India will meet B in Moscow and leave for Delhi".
        """
        acting = [
            self._discourse.resolve(party).country
            for party in passage.parties
            if party.last < scene.first and party.role in ("subject", "bare")
            if party.form in PEOPLE
        ]
        return bool(acting) and set(acting) == {country} and scene.pronoun("he") is None

    def _unnamed(self, scene: Scene, country: str) -> list[Party]:
        """Return who comes to a country on a day that a scene names, if it does not say who."""
        if not by_itself(scene, self._pair):
            return []
        recent = (party for _, party in reversed(self._discourse.recent))
        came = first(recent, lambda party: party.country != country)
        return [came.understood()] if came is not None and came.country in self._pair else []

    def _go_elsewhere(self, passage: Passage, scene: Scene, taking: Sequence[Party]) -> None:
        """Note a trip to a third country, where people of the pair may meet."""
        there = self._set.of_scene(passage, scene)
        for party in taking:
            if (
                party.form == "person"
                and party.name
                and party.country in self._pair
                and there.country not in (None, *self._pair)
            ):
                self._discourse.trips.append(
                    Trip(
                        party.name,
                        party.country or "",
                        there.country or "",
                        there.place,
                        there.when,
                    )
                )

    def away(self, draft: Draft, people: Sides) -> list[Party]:
        """Return who of the pair is not at home where a draft is set.

        Args:
            draft: the draft.
            people: who is named on each side.
        """
        return [party for code in self._pair if code != draft.country for party in people[code]]

    def _of(self, parties: Iterable[Party], country: str | None) -> list[Party]:
        """Return the people among parties who are of a country."""
        people = (party for party in parties if party.form in ("person", "office"))
        return [party for party in people if party.country == country]

    def _guests(self, parties: Iterable[Party], country: str | None) -> list[Party]:
        """Return those of the pair among parties who are no host in a country."""
        guests = set(self._pair) - {country}
        return [party for party in parties if party.form in PEOPLE and party.country in guests]

    def extend_visit(self, passage: Passage, scene: Scene) -> bool:
        """Give the visit or exercise told last the end that a scene without an act names; return
        whether there was one.

        Args:
            passage: the sentence.
            scene: the scene in it.
        """
        goes = "leave" in scene.senses and destination(self._desk, passage, scene) is None
        ends = scene.word("returns") is not None or scene.noun("ending") is not None
        leaves = goes or ends
        until = [
            mention
            for mention in scene.dates
            if mention.kind == "date" and (mention.bound == "until" or leaves)
        ]
        visit = first(reversed(self._out.drafts), lambda draft: draft.kind in LASTING)
        if not until or visit is None or (visit.when is not None and visit.when.end is not None):
            return False
        if visit.when is None and (visit.tense == "future" or not leaves):
            return False
        tense = "past" if leaves and (scene.tense or visit.tense) == "past" else "future"
        end = self._set.dates.reckon(until[0], passage, tense, visit)
        if end is None:
            return False
        if visit.when is not None and end.bounds[1] < visit.when.bounds[0]:
            end = self._set.dates.reckon(until[0], passage, "future", visit) or end
        if visit.when is None and visit.days:
            visit.dated_by = TOLD  # "for five days", "returns on the 29th"
        visit.when = joined(visit.when, end) if visit.when else ending(end, visit.days)
        self._set.dates.last_when = visit.when
        visit.prove("date", until[0].span)
        return True

    def stay(self, index: int, passage: Passage, scene: Scene, taking: list[Party]) -> Draft | None:
        """Note that somebody is in the other country; a stay with a first or last day is a
        visit.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            taking: who takes part in it.
        """
        place = self._set.places.place_in(scene.hits, scene.parties)
        named = (
            self._reference.places[place.value("place") or ""].country
            if place is not None
            else None
        )
        country = named or next(
            (
                party.country
                for party in scene.parties
                if party.form == "country" and party.role == "locative"
            ),
            None,
        )
        there = country is None and scene.pronoun("there") is not None
        country = self._discourse.country if there else country
        people = [party for party in taking if party.form in ("person", "office") and party.name]
        guests = self._guests(people, country)
        aim = scene.word("purposes")  # "was there for talks with B"
        sought = [party for party in self._of(people, country) if party.role == "comitative"]
        hosts = [party for party in sought if aim is not None and party.last < aim.first]
        hosts = self._of(people, country) if guests and scene.of_both_sides else hosts
        unsaid = not people
        if unsaid and scene.verb is not None and scene.verb.linked == "during":
            later = (party for party in passage.parties if party.first > scene.last)
            after = [one for one in map(self._discourse.resolve, later) if one.form == "person"]
            guests = self._guests(after[:1], country)
        bare = scene.verb is None and not scene.dates
        if (
            country not in self._pair
            or not guests
            or bare
            or scene.senses - {"stay", "light"}
            or scene.denied
        ):
            return None
        only_there = scene.senses <= {"stay"} and not self._set.names_something(scene)
        bounds = [
            mention
            for mention in scene.dates
            if mention.kind == "date"
            and (
                mention.bound in ("from", "until")
                or scene.verb is None
                or scene.tense == "future"
                or only_there
            )
        ]
        draft = self._desk.start(
            index,
            passage,
            scene,
            "meeting" if hosts else "visit",
            {guests[0].country or "": guests, country or "": hosts},
            False,
        )
        draft.country = country
        self._set.dates.date(draft, passage, scene, scene.dates)
        if place is not None:
            self._set.places.settle(draft, place, "named")
        elif there:
            draft.place = self._discourse.place
        note_trips(self._desk, draft, guests)
        dated = bounds or draft.days or hosts
        return (
            next(iter(self.unless_at_home(draft, country or "", passage, scene)), None)
            if dated
            else None
        )

    def unless_at_home(
        self, draft: Draft, country: str, passage: Passage, scene: Scene
    ) -> list[Draft]:
        """Return a visit without those who live in the country by office, as ambassadors do; drop
        it if nobody else travels.

        Args:
            draft: the visit.
            country: ISO 3166-1 alpha-2 code of where it is to.
            passage: the sentence.
            scene: the scene in it.
        """
        home = next(code for code in self._pair if code != country)
        lives_in, day = self._reference.lives_in, passage.anchor
        guests = draft.sides.get(home, [])
        draft.sides[home] = [one for one in guests if not lives_in(one.name or "", country, day)]
        if guests and not draft.sides[home]:
            return self._desk.drop(scene, "lives there by office")
        return [draft]

    def add_host(self, index: int, scene: Scene, taking: Sequence[Party]) -> bool:
        """Add who welcomes a traveller at the airport to the visit, which is no meeting of its
        own.

        Args:
            index: the sentence's number.
            scene: the scene in it.
            taking: who takes part in it.
        """
        visit = first(
            reversed(self._out.drafts),
            lambda draft: draft.kind == "visit" and index - draft.passage <= 1,
        )
        if (
            visit is None
            or not scene.welcomed
            or not (scene.noun("airport") or visit.passage == index)
        ):
            return False
        hosts = [
            party for party in taking if party.country == visit.country and party.form in PEOPLE
        ]
        for party in (
            named_first(hosts, bodies=False) if any(host.form != "body" for host in hosts) else ()
        ):
            visit.sides.setdefault(visit.country or "", []).append(party)
            visit.prove(f"parties.{visit.country}", party.span)
        return bool(hosts)
