"""Who takes part in a scene: the parties it names, the members of its lists, and those it leaves to
be understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rajnay.base.first import first
from rajnay.compose.discourse import Discourse
from rajnay.compose.participants import participants
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import PEOPLE, Sides, by_side
from rajnay.knowledge.reference import Reference
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage

_MET = frozenset({"between", "comitative", "dative", "genitive", "plural"})
# The government of a country is the country itself.
_STATE = "government"
SERVICES = frozenset({"army", "navy", "air force", "armed forces"})
# Bodies of the tables that do not speak for a state.
_NOT_THE_STATE = frozenset(
    {"company", "media", "business chamber", "political party", "political alliance"}
)
# A country, its stranger's name and "with" stand within so many words.
_STRANGER = 4
# The services that hold an exercise are named at most this many sentences from it.
_AROUND = 2


class Casting:
    """Finds who takes part, with what the discourse knows."""

    def __init__(
        self,
        discourse: Discourse,
        reference: Reference,
        pair: tuple[str, str],
    ) -> None:
        """Prepare to read an article for a pair of countries."""
        self._discourse = discourse
        self._reference = reference
        self._pair = pair

    def taking_part(self, index: int, scene: Scene) -> list[Party]:
        """Return who takes part in a scene, lists told apart into their members, offices
        resolved.
        """
        explicit = [party for party in participants(scene) if not _held_once(scene, party)]
        person = self._discourse.last_person(index, self._pair)
        beside = [
            party if party.counterpart else self._discourse.resolve(party, explicit)
            for party in explicit
        ]
        taking = [
            self._discourse.resolve(
                party,
                scene.parties if party.form == "body" else [*beside, *([person] if person else [])],
            )
            for party in explicit
        ]
        exercise = scene.noun("exercise") is not None
        bare = {
            party.first
            for party in explicit
            if party.form == "body" and party.office in SERVICES and party.country is None
        }
        taking = [party for party in taking if exercise or party.first not in bare]
        taking = [
            replace(party, form="country", listed=True)
            if (party.form, party.office) == ("body", _STATE)
            else party
            for party in taking
        ]
        state = [
            party
            for party in taking
            if not (party.form == "body" and party.office in _NOT_THE_STATE)
        ]
        return [member for party in state for member in self._each(scene, party)]

    def speaker(self, passage: Passage, scene: Scene) -> list[Party]:
        """Return who says "I" in a scene: the subject of the clause beside it that says so."""
        if scene.pronoun("speaker") is None or "say" in scene.senses:
            return []
        outside = (p for p in passage.parties if not scene.first <= p.first <= scene.last)
        for party in outside:
            clause = passage.clause_at(party.first)
            says = clause is not None and clause.verb is not None and "say" in clause.verb.senses
            if says and party.form in ("person", "office") and party.role in ("subject", "bare"):
                return [self._discourse.resolve(party).understood()]
        return []

    def subject_ahead(self, passage: Passage, scene: Scene) -> list[Party]:
        """Return who has met somebody of the other country "after meeting" whom the clause names
        no subject: that of the next clause.
        """
        people = scene.people
        if scene.verb is None or scene.verb.linked is None or not people:
            return []
        ahead = first(passage.parties, lambda party: party.first > scene.last)
        if ahead is None or any(one.role in ("subject", "bare") for one in people):
            return []
        subject = self._discourse.resolve(ahead)
        others = {*self._pair} - {subject.country}
        acts = subject.form in PEOPLE and subject.role in ("subject", "bare")
        apart = {one.country for one in people} == others
        return [subject] if acts and apart else []

    def _each(self, scene: Scene, party: Party) -> list[Party]:
        """Return the members of "the ministers of both countries" or "of A, B and C"; nobody for
        ministers of no country.
        """
        if party.form not in ("office", "body"):
            return [party]
        if party.office is not None and "+" in party.office:
            return [
                member
                for office in party.office.split("+")
                for member in self._each(scene, replace(party, office=office, name=None))
            ]
        shared = scene.pronoun("both_countries") if self.both_countries(scene) else None
        if party.form == "body" and self._discourse.pair_in_view([]):
            shared = shared or first(
                scene.of("pronoun"),
                lambda hit: hit.value("pronoun") == "both" and hit.last == party.first - 1,
            )
        listed = party.form == "body" and bool(_listed_before(scene, party))
        if (
            not party.plural
            and not listed
            and not (shared is not None and shared.last == party.first - 1)
        ):
            return [party]
        countries = _listed_before(scene, party)
        if shared is not None:
            countries = list(self._pair)
        elif not countries and not self._stated_country(scene, party):
            return []
        codes = dict.fromkeys(
            [*countries, *([party.country] if self._stated_country(scene, party) else [])]
        )
        return [
            self._discourse.resolve(
                replace(party, country=code, name=None, plural=False, listed=True)
            )
            for code in codes
            if code
        ]

    def services(self, passages: Sequence[Passage], index: int) -> Sides:
        """Return the armed services of each side that the sentences around one name, nearest
        first; none where another country was spoken of last.
        """
        near = sorted(range(len(passages)), key=lambda other: abs(other - index))[: 2 * _AROUND + 1]
        found: Sides = {code: [] for code in self._pair}
        for other in near if self._discourse.pair_in_view([]) else ():
            for party in passages[other].parties:
                if (
                    party.form == "body"
                    and party.office in SERVICES
                    and party.country in self._pair
                ):
                    code = party.country
                    found[code] = found[code] or [self._discourse.resolve(party)]
        return found

    def both_countries(self, scene: Scene) -> bool:
        """Return whether "both countries" are named, and the pair is meant: no third country was
        named among the last two.
        """
        return scene.pronoun("both_countries") is not None and self._discourse.pair_in_view(
            [party.country for party in scene.parties]
        )

    def _stated_country(self, scene: Scene, party: Party) -> bool:
        return any(
            original.first == party.first and original.country is not None
            for original in scene.parties
        )

    def speaks_for_others(self, party: Party) -> bool:
        """Return whether somebody is a spokesperson, whom no pronoun means."""
        return party.name is not None and any(
            office.endswith("Spokesperson") for office in self._reference.offices_of(party.name)
        )

    def complete(
        self, index: int, scene: Scene, sides: Sides, foreign: Sequence[Party], guess: bool
    ) -> None:
        """Fill a side that the scene leaves to be understood: both leaders, "he", the subject of
        the sentence before.
        """
        if _foreign_stranger(scene, self._pair):
            return
        bodies = any(party.form == "body" for parties in sides.values() for party in parties)
        if (
            scene.pronoun("both") is not None
            and not bodies
            and not all(any(party.form in PEOPLE for party in sides[code]) for code in self._pair)
        ):
            pair = self._discourse.in_turn or self._discourse.couple
            if not pair:
                near = (self._discourse.understood(index, code) for code in self._pair)
                pair = tuple(party for party in near if party is not None)
            if {party.country for party in pair} == set(self._pair):
                sides.update(by_side(pair, self._pair))
            return
        if (
            scene.pronoun("he") is not None
            and not any(sides.values())
            and not foreign
            and guess
            and {party.country for party in self._discourse.couple} == set(self._pair)
        ):
            here = [self._discourse.understood(index, code, within=0) for code in self._pair]
            couple = (
                [party for party in here if party is not None]
                if all(here)
                else self._discourse.couple
            )
            for party in couple:
                sides[party.country or ""].append(party.understood())
        # "The India-Russia summit" names both countries, and leaves open who speaks for them.
        missing = [
            code
            for code in self._pair
            if all(party.form == "country" and party.listed for party in sides[code])
        ]
        present = [party for parties in sides.values() for party in parties if party.form in PEOPLE]
        unsaid = (
            len(missing) == 1
            and bool(present)
            and not foreign
            and (guess or scene.pronoun("he") is not None)
        )
        if not unsaid or self.partner_unknown(scene, sides):
            return
        said = scene.pronoun("he") is not None
        within = 0 if sides[missing[0]] and not said else None
        subject = (
            self._discourse.guest(missing[0])
            if scene.pronoun("guest")
            else self._discourse.understood(
                index, missing[0], said, within, self.leaves_out(scene, sides)
            )
        )
        if subject is not None:
            sides[missing[0]] = [subject.understood()]

    def meant(self, index: int, scene: Scene, named: Sequence[Party]) -> list[Party]:
        """Return whom "he" means beside people who are all of one country of the pair: somebody of
        the other one.
        """
        countries = {party.country for party in named if party.form in ("person", "office")}
        others = [code for code in self._pair if code not in countries]
        if scene.pronoun("he") is None or len(countries) != 1 or len(others) != 1:
            return []
        person = self._discourse.understood(index, others[0], said=True)
        return [person] if person is not None else []

    def leaves_out(self, scene: Scene, sides: Sides) -> bool:
        """Return whether a scene that names one side tells that the other took part: somebody is
        met there, abroad, or at a meeting told before; "A held a meeting" may be of A's own people.
        """
        named = [party for members in sides.values() for party in members if party.form in PEOPLE]
        lands = {hit.value("country") for hit in scene.of("country")} | {
            self._reference.places[place].country
            for hit in scene.of("place")
            if (place := hit.value("place"))
        }
        abroad = {*self._pair} & lands - {party.country for party in named}
        met = any(party.role in _MET and party.form != "body" for party in named)
        met = met or scene.pronoun("him") is not None
        return bool(abroad) or met or scene.noun_pointing_back is not None

    def partner_unknown(self, scene: Scene, sides: Sides) -> bool:
        """Return whether the partner is told but not known ("between ... and B", "met the
        investors"): none may be guessed.
        """
        between = [
            party for parties in sides.values() for party in parties if party.role == "between"
        ]
        if len(between) == 1 and scene.pronoun("he", "own", "both") is None:
            return True
        return "meet" in scene.senses and any(hit.case == "dative" for hit in scene.of("people"))


def _foreign_stranger(scene: Scene, pair: Sequence[str]) -> bool:
    """Return whether somebody of a third country is met by a name that nobody knows: "with China's
    Wei Fenghe".
    """
    abroad = [
        party
        for party in scene.parties
        if party.form == "country" and party.role == "genitive" and party.country not in pair
    ]
    known = {hit.last for hit in scene.hits} | {party.last for party in scene.parties}
    met = (hit for hit in scene.of("post") if hit.value("post") == "comitative")
    return bool(abroad) and any(
        hit.first - 1 not in known and 1 < hit.first - abroad[-1].last <= _STRANGER for hit in met
    )


def _held_once(scene: Scene, party: Party) -> bool:
    """Return whether a party is nobody but a former holder of an office, whoever that is."""
    former = (hit for hit in scene.of("word") if hit.value("word") == "former")
    return party.form == "office" and any(
        party.first - 1 <= hit.last <= party.last for hit in former
    )


def _listed_before(scene: Scene, party: Party) -> list[str | None]:
    """Return the countries of a list ("A, B and C's armies") whose last member the party itself
    names, or of one from which all come ("armies from A, B and C").
    """
    return [
        other.country
        for other in scene.parties
        if other.form == "country"
        and (other.joined or (other.listed and other.role == "ablative"))
        and other.last < party.first
        and party.first - other.last <= 6
    ]
