"""What a reader keeps in mind while reading an article: who was named, which pair was spoken of,
who is travelling where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rajnay.base.first import first
from rajnay.compose.trips import Trip, near
from rajnay.knowledge.reference import Reference
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Analysis
from rajnay.times.intervals import When

# A pronoun reaches back this many sentences; farther back a reader is no longer sure either.
_REACH = 4
# "A's Russian delegation": its leader is named so near before it.
_BESIDE = 2
# "An eight-member delegation under the leadership of A": a leader may stand farther off.
_LED = 6
# "A and the army chief B": the members of a list stand so near each other.
_IN_A_LIST = 4
HEADS = ("President", "Prime Minister")


@dataclass
class Discourse:
    """The state of reading; it changes as sentences go by."""

    reference: Reference
    pair: tuple[str, str]
    home: str
    anchor: date | None
    holders: dict[tuple[str, str], str] = field(default_factory=dict)
    recent: list[tuple[int, Party]] = field(default_factory=list)
    couple: tuple[Party, ...] = ()
    acted: dict[str, Party] = field(default_factory=dict)
    in_turn: tuple[Party, ...] = ()
    trips: list[Trip] = field(default_factory=list)
    when: When | None = None
    place: str | None = None
    country: str | None = None
    countries: list[str] = field(default_factory=list)
    protagonists: set[str] = field(default_factory=set)
    whereabouts: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def learn_holders(self, analysis: Analysis) -> None:
        """Note from the whole article whom it calls by which office, so that the office alone means
        the same person.

        Args:
            analysis: the article as it was read.
        """
        for passage in analysis.passages:
            for party in passage.parties:
                if party.form == "person" and party.name and party.country:
                    for office in dict.fromkeys(
                        (party.office, *self.reference.offices_of(party.name, self.anchor))
                    ):
                        if office:
                            self.holders.setdefault((party.country, office), party.name)

    def resolve(self, party: Party, others: Iterable[Party] = ()) -> Party:
        """Return a party with its country and, where it can be known, its name.

        Args:
            party: a party as it stands in the text.
            others: the parties beside it, for "counterpart".
        """
        if party.name is not None or party.form in ("country",):
            unstated = party.form == "person" and party.country is None and party.office is not None
            if not unstated:
                return party
            mate = first(
                others,
                lambda one: one.joined and 0 < party.first - one.last <= _IN_A_LIST and one.country,
            )
            return replace(party, country=mate.country if mate is not None else self.home)
        office, country = party.office, party.country
        if party.counterpart:
            beside = first(
                others,
                lambda other: (
                    other.form in ("person", "office")
                    and not other.counterpart
                    and other.country in self.pair
                ),
            )
            country = country or (
                self._other(beside.country) if beside and beside.country else None
            )
            office = office or (self._office(beside) if beside else None)
        if office is None:
            return replace(party, country=country)
        if country is None:
            named = [code for code in (*self.pair,) if (code, office) in self.holders]
            known = [code for code in self.pair if self.reference.holders(office, code, None)]
            country = named[0] if len(named) == 1 else known[0] if len(known) == 1 else self.home
        if party.form == "body":
            leaders = [
                other
                for other in others
                if other.form == "person" and other.role in ("genitive", "led")
            ]
            near = (
                other
                for other in leaders
                if 0 < party.first - other.last <= (_LED if other.role == "led" else _BESIDE)
            )
            led = next(near, None) or next(
                (leader for _, leader in reversed(self.recent) if leader.role == "led"), None
            )
            last = self.recent[-1][1] if self.recent else None
            led_here = (
                office == "parliament"
                and led is not None
                and (led in leaders or (last is not None and last.name == led.name))
            )
            if led_here or (
                office == "delegation"
                and (party.country is None or (led is not None and led in leaders))
            ):
                return (
                    replace(
                        led, first=party.first, last=party.last, span=party.span, role=party.role
                    )
                    if led is not None
                    else party
                )
            return replace(party, country=country, office=office)
        name = self.holders.get((country, office))
        if name is None:
            holders = self.reference.holders(office, country, self.anchor) if self.anchor else ()
            name = holders[0] if len(holders) == 1 else None
        return replace(party, country=country, office=office, name=name)

    def _office(self, party: Party) -> str | None:
        offices = self.reference.offices_of(party.name, self.anchor) if party.name else ()
        return party.office or (offices[0] if offices else None)

    def _other(self, country: str) -> str | None:
        if country not in self.pair:
            return None
        return self.pair[1] if country == self.pair[0] else self.pair[0]

    def remember(self, sentence: int, parties: Sequence[Party]) -> None:
        """Note the people that a scene named, in order.

        Args:
            sentence: the sentence's number.
            parties: parties of the sentence.
        """
        self.recent.extend(
            (sentence, party)
            for party in parties
            if party.form in ("person", "office") and party.country
        )

    def pair_in_view(self, here: Iterable[str | None]) -> bool:
        """Return whether "both countries" can mean the pair: of the last two countries named, here
        or before, none is another.

        Args:
            here: the circumstances that the scene names.
        """
        named = dict.fromkeys(country for country in reversed([*self.countries, *here]) if country)
        last = list(named)[:2]
        return bool(last) and set(last) <= set(self.pair)

    def pair_named(self) -> bool:
        """Return whether the last two countries named are the pair."""
        return set(list(dict.fromkeys(reversed(self.countries)))[:2]) == set(self.pair)

    def led_by_heads(self) -> bool:
        """Return whether the couple last spoken of are the heads of the two states or
        governments.
        """
        names = {party.country: party.name for party in self.couple}
        return set(names) == set(self.pair) and all(
            name and set(HEADS) & set(self.reference.offices_of(name)) for name in names.values()
        )

    def heads(self) -> list[Party]:
        """Return the heads of the two states or governments: the couple last spoken of, or those
        who were named last.
        """
        if self.led_by_heads():
            return list(self.couple)
        recent = [party for _, party in reversed(self.recent) if party.name]
        lead = [one for one in recent if {*HEADS} & {*self.reference.offices_of(one.name or "")}]
        by_country = {one.country: one.understood() for one in reversed(lead)}
        found = [by_country[code] for code in self.pair if code in by_country]
        return found if len(found) == len(self.pair) else []

    def remember_couple(self, parties: Sequence[Party], acting: bool) -> None:
        """Note who was last said to deal with whom, when they are of two countries, or who
        ``acting`` alone came after whom.

        Args:
            parties: parties of the sentence.
            acting: whether somebody acts alone.
        """
        people = [
            party for party in parties if party.form in ("person", "office") and party.country
        ]
        if len({party.country for party in people}) >= 2:
            self.couple, self.acted, self.in_turn = tuple(people), {}, ()
        elif (
            len({party.name for party in people}) == 1 and acting and people[0].country in self.pair
        ):
            person = people[0]
            partner = self.acted.get(self._other(person.country or "") or "")
            self.acted[person.country or ""] = person
            if partner is not None and person.name not in {party.name for party in self.couple}:
                self.in_turn, self.acted = (partner, person), {}

    def last_person(
        self, sentence: int, countries: Iterable[str], skip: Iterable[str | None] = ()
    ) -> Party | None:
        """Return the person of one of the countries named last within reach, or None."""
        wanted, skipped = set(countries), set(skip)
        for where, party in reversed(self.recent):
            if sentence - where > _REACH:
                return None
            if party.country in wanted and party.name not in skipped:
                return party
        return None

    def understood(
        self,
        sentence: int,
        country: str,
        said: bool = False,
        within: int | None = None,
        anybody: bool = True,
    ) -> Party | None:
        """Return whom of a country a sentence without a subject means, or None if somebody of a
        third country came since.

        ``said`` tells that a pronoun stands for the person, which means the one named last, not the
        one the article is about; ``within`` how many sentences back the person may be named;
        ``anybody`` whether it may be somebody who was not yet said to deal with the other country.
        """
        near: list[Party] = []
        for where, party in reversed(self.recent):
            if party.country not in self.pair and party.role in ("comitative", "dative", "between"):
                continue  # whom somebody of the pair dealt with is not who is spoken of
            if (
                sentence - where > (_REACH if within is None else within)
                or party.country not in self.pair
            ):
                acts = party.country not in self.pair and party.role in ("subject", "bare")
                if acts and where == sentence:
                    return None  # it is somebody else who does what the sentence tells
                break
            if party.country == country:
                near.append(party)
        here = [party for where, party in self.recent if where == sentence and party in near]
        if not near or said:
            return near[0] if near else None
        if here:
            return first(here, lambda party: party.name is not None) or here[0]
        acted = (party for party in near if party.name in self.dealing)
        return next(acted, near[0] if anybody else None)

    @property
    def dealing(self) -> set[str | None]:
        """The names of those who were said to deal with the other country."""
        couple = self.couple if {one.country for one in self.couple} == set(self.pair) else ()
        return {*self.protagonists, *(party.name for party in couple)}

    def abroad(self, sentence: int, several: bool) -> bool:
        """Return whether one of ``several`` named within reach, or the last one, is of a third
        country.

        Args:
            sentence: the sentence's number.
            several: whether all that were named within reach are asked for.
        """
        near = [party.country for where, party in self.recent if sentence - where <= _REACH]
        return not set(near if several else near[-1:]) <= set(self.pair)

    def guest(self, country: str) -> Party | None:
        """Return the traveller from a country whom "the guest" means, or None.

        Args:
            country: ISO 3166-1 alpha-2 code.
        """
        name = next((trip.traveller for trip in reversed(self.trips) if trip.home == country), None)
        return (
            next((party for _, party in reversed(self.recent) if party.name == name), None)
            if name
            else None
        )

    def note_whereabouts(
        self, sentence: int, parties: Iterable[Party], place: str, country: str
    ) -> None:
        """Note that people did or said something in a city.

        Args:
            sentence: the sentence's number.
            parties: parties of the sentence.
            place: a place's name of record.
            country: ISO 3166-1 alpha-2 code.
        """
        for party in parties:
            if (
                party.form == "person"
                and party.name is not None
                and party.role in ("subject", "bare")
            ):
                self.whereabouts[party.name] = (sentence, place, country)

    def city_of(self, sentence: int, names: Iterable[str], country: str) -> str | None:
        """Return the city of a country where one of these people was last seen, within reach, or
        None.

        Args:
            sentence: the sentence's number.
            names: names of record.
            country: ISO 3166-1 alpha-2 code.
        """
        for name in names:
            where, place, there = self.whereabouts.get(name, (-1, "", ""))
            if there == country and 0 <= sentence - where <= _REACH:
                return place
        return None

    def gone_to(self, sentence: int, home: str, country: str) -> Party | None:
        """Return who of one country was told, within reach, to go to another, or None.

        Args:
            sentence: the sentence's number.
            home: ISO 3166-1 alpha-2 code of where they are from.
            country: ISO 3166-1 alpha-2 code.
        """
        name = next(
            (
                trip.traveller
                for trip in reversed(self.trips)
                if (trip.home, trip.country) == (home, country)
            ),
            None,
        )
        seen = (
            party
            for where, party in reversed(self.recent)
            if party.name == name and sentence - where <= _REACH
        )
        return next(seen, None) if name is not None else None

    def trip_of(self, names: Iterable[str], when: When | None, planned: bool) -> Trip | None:
        """Return the last trip that one of these people may be on at a time, or None; what was held
        is on no trip to come.
        """
        wanted = set(names)
        return first(
            reversed(self.trips),
            lambda trip: (
                trip.traveller in wanted
                and near(when, trip.when)
                and not (when is None and trip.planned and not planned)
            ),
        )
