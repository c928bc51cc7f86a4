"""A scene: a clause, or the participle in it, seen as one happening between people."""

from __future__ import annotations

from rajnay.base.lazy import lazy
from rajnay.compose.scenes.reports import Reports
from rajnay.compose.scenes.retelling import Retelling
from rajnay.compose.scenes.words import (
    FACE_TO_FACE,
    MOTION,
    PLANNED,
    RELATIVE_TO_ANOTHER,
    SPOKEN_OF,
)
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.verbs import VerbGroup

# A postposition may stand between a noun and the word for what is thought of it.
_BESIDE = 2
_ON_THE_WAY = frozenset({"go", "come", "arrive"})


class Scene(Reports, Retelling):
    """A scene as something that happens, is to happen or is called off."""

    @lazy
    def inner_end(self) -> int:
        """The token with which a happening told inside ends, -1 if there is none: "to tell of talks
        held with A, B rang up C".
        """
        inner = [
            group.last
            for group in self.clause.participles
            if group.attributive and self.first <= group.first
        ]
        outside = (
            party
            for party in self.parties
            if inner and party.first > inner[-1] and party.form in ("person", "office")
        )
        return inner[-1] if len({party.country for party in outside if party.country}) > 1 else -1

    @lazy
    def welcomed(self) -> bool:
        """Whether somebody is received: by the verb, by a noun, or as the purpose of going
        somewhere.
        """
        taken = self.noun("attendance", "encounter", "visit", "meeting") is not None
        if (
            "go" in self.senses
            and not taken
            and any(
                "fetch" in group.senses for group in (*self.clause.participles, self.verb) if group
            )
        ):
            return True
        purpose = any(
            "receive" in group.senses
            for group in self.clause.participles
            if self.first <= group.first
        )
        return purpose or "receive" in self.senses or self.noun("welcome") is not None

    @lazy
    def handed_over(self) -> bool:
        """Whether the verb for meeting means that somebody is given something: "he will get a
        medal".
        """
        people = [party for party in self.parties if party.form in ("person", "office", "body")]
        nobody = not people
        # "A got the prize": the verb agrees with a thing, and A is given it.
        taken = people and all(party.role == "dative" for party in people)
        if "get" in self.senses and taken and self.pronoun("speaker") is None:
            return self.noun(*PLANNED) is None
        pronouns = [[meaning.value for meaning in hit.meanings] for hit in self.of("pronoun")]
        given = any("him" in names for names in pronouns) and not any(
            "both" in names for names in pronouns
        )
        return "meet" in self.senses and nobody and given and self.noun(*PLANNED) is None

    @lazy
    def called_off(self) -> bool:
        """Whether a word for postponing or calling off stands with the verb, or after the act's
        noun, or a cause is told for what did not come about ("was not held because of").
        """
        if self.prevented:
            return True
        word = self.word("cancellations")
        noun = self.noun(*PLANNED)
        if word is None or self._set_anew(word):
            return False
        return noun is None or noun.first < word.first or word.first >= self.last - 4

    def _set_anew(self, word: Hit) -> bool:
        """Return whether a new day is told after what was put off: "was put off, they will meet on
        the 22nd".
        """
        days = [day for day in self.dates if day.kind == "date" and day.first > word.last]
        return bool(days and self.senses & (MOTION | FACE_TO_FACE)) and self.tense == "future"

    @property
    def prevented(self) -> bool:
        """Whether the scene says that what was set did not come about, or for what cause."""
        verb = self.verb
        if verb is None or not verb.negated or not self.nouns & {*PLANNED} | self.senses & {"meet"}:
            return False
        done = verb.tense == "past" or verb.possible
        was_set = any("schedule" in group.senses for group in self.clause.participles)
        return was_set or (done and bool(self.nouns) and self.word("causes") is not None)

    @lazy
    def tense(self) -> str | None:
        """The tense of the act: of a participle right before its noun ("the talks held"), else of
        the verb.
        """
        noun = self.noun(*(name for name in PLANNED if name != "talk")) or self.noun("talk")
        if noun is not None and not self.prepared:
            linked = next(
                (hit.value("word") for hit in self.hits if hit.first == noun.last + 1), None
            )
            if linked in RELATIVE_TO_ANOTHER:
                return RELATIVE_TO_ANOTHER[linked]
            for group in self.clause.participles:
                if self._describes(group, noun):
                    return "past" if group.tense in ("past", "present") else group.tense
        if self.moved or self.prepared or self._proposed(noun):
            return "future"
        if self.verb is None or self.verb.tense != "present":
            return self.verb.tense if self.verb is not None else None
        return "future" if self._ahead(noun is None and not self.repeated) else "present"

    def _describes(self, group: VerbGroup, noun: Hit) -> bool:
        """Return whether a participle before a noun belongs to it ("the talks held"), not to what
        stands between them ("the man who held them").
        """
        if not (group.attributive and self.first <= group.first and group.last < noun.first):
            return False
        between = [hit for hit in self.hits if group.last < hit.first < noun.first]
        return not any(
            (hit.value("noun") and not hit.value("forum"))
            or hit.value("word") in ("during", "joining")
            or hit.value("post")
            for hit in between
        ) and not any(
            party.role in ("subject", "dative") and group.last < party.first < noun.first
            for party in self.parties
        )

    @lazy
    def to_come(self) -> tuple[VerbGroup, Hit] | None:
        """The participle and the noun of an act to come that people only speak of: "discussed the
        summit to be held in May".
        """
        talk = self.noun("talk")
        ahead = (group for group in self.clause.participles if group.attributive)
        group = next(
            (one for one in ahead if one.tense == "future" and self.first <= one.first), None
        )
        if talk is None or group is None:
            return None
        between = (hit for hit in self.of("noun") if group.last < hit.first < talk.first)
        named = [hit for hit in between if hit.value("noun") in SPOKEN_OF]
        return (group, named[-1]) if named else None

    @lazy
    def prepared(self) -> str | None:
        """The kind of an act to come, if those who only speak of it go on doing so unnamed: "they
        reviewed the preparations for the meeting to be held in May".
        """
        named = any(party.role in ("subject", "bare", "comitative") for party in self.people)
        if self.to_come is None or named:
            return None
        noun = self.to_come[1].value("noun")
        return noun if noun in ("visit", "exercise") else "meeting"

    @property
    def of_an_entry(self) -> bool:
        """Whether the scene goes on with an entry of a chronicle: "4 May: A in B, meets C"."""
        return self.number > 0

    @property
    def in_the_present(self) -> bool:
        """Whether the verb is of the present, which tells in a chronicle what has happened."""
        return self.verb is not None and self.verb.tense == "present"

    def _proposed(self, noun: Hit | None) -> bool:
        """Whether somebody proposed what the noun names, or asked for it: "proposed a meeting"."""
        word = self.word("possibilities")
        if noun is None or word is None or self.verb is None:
            return False
        said = word.first == self.verb.first  # "proposed" is the verb itself
        beside = noun.last < word.first <= noun.last + _BESIDE
        return said or (beside and word.last + 1 == self.verb.first)

    def _ahead(self, plain: bool) -> bool:
        """Whether a verb of the present looks ahead: somebody is on the way, talks are set, or what
        is told of a day is possible or expected.
        """
        verb, days = self.verb, [mention for mention in self.dates if mention.kind == "date"]
        if verb is None:
            return False
        on_the_way = bool(verb.senses & _ON_THE_WAY)
        if on_the_way and (verb.progressive or days or plain):
            return True
        can = verb.possible and verb.first < verb.last  # a bare present tells of the past too
        hoped = can or {"expectations", "possibilities"} & self.words.keys()
        if hoped and any(day.bound != "from" for day in days):
            return True
        joins = self.noun("attendance") is not None
        goes_on = verb.progressive or joins or "other" in verb.senses
        return not goes_on and self.noun("meeting", "call") is not None

    @lazy
    def moved(self) -> bool:
        """Whether the scene tells that a plan was moved to another day."""
        senses = {sense for group in self.clause.participles for sense in group.senses}
        word = self.word("instead")
        stands_in = word is not None and any(
            party.last == word.first - 1 for party in self.parties
        )  # "A, in B's place": who came, not when
        done = self.verb is not None and self.verb.tense == "past" and self.senses <= {"light"}
        replaced = word is not None and bool(self.acts) and not (stands_in or done)
        return replaced or "move" in self.senses | senses

    @property
    def of_both_sides(self) -> bool:
        """Whether people of two countries do together what is told: "A and B discussed trade"."""
        people = self.people
        matters = {hit.first - 1 for hit in self.of("word") if hit.value("word") == "about"}
        doing = (party for party in people if party.last not in matters)
        acting = [party for party in doing if party.role in ("subject", "bare")]
        return len({party.country for party in acting if party.country}) > 1 and acting == people

    @property
    def of_those_named_next(self) -> bool:
        """Whether the scene tells when those met whom the next one names: "when they met"."""
        unnamed = not any(party.form in ("person", "office", "body") for party in self.parties)
        return (
            unnamed and self.word("during") is not None and self.pronoun("both", "he") is not None
        )

    @property
    def for_a_side(self) -> bool:
        """Whether the scene says who acts for a side: "for India A", "on the Russian side B"."""
        return self.word("sides") is not None or any(
            hit.value("post") == "instrument" for hit in self.of("post")
        )

    @property
    def bound_for_a_place(self) -> bool:
        """Whether the scene names where somebody leaves for: "for India", "towards Moscow"."""
        ends = {hit.first - 1 for hit in self.of("word") if hit.value("word") == "purposes"}
        return any(
            hit.last in ends and (hit.value("place") or hit.value("country")) for hit in self.hits
        )

    @lazy
    def encounter_of_a_country(self) -> bool:
        """Whether the noun for meeting or visit stands after the country or place visited: "A's
        Moscow visit".
        """
        noun = self.noun("encounter")
        if noun is None:
            return False
        before = [party for party in self.parties if party.last < noun.first]
        places = (
            hit for hit in reversed(self.hits) if hit.value("place") and hit.last < noun.first
        )
        place = next(places, None)
        nobody_between = place is not None and (not before or before[-1].last < place.first)
        if place is not None and nobody_between:
            sides = {party.country for party in self.people}
            beside = place.case is None and place.last == noun.first - 1 and len(sides) == 1
            if place.case in ("genitive", "dative") or beside:
                return True
        people = any(
            party.role in ("comitative", "between") and party.form != "country"
            for party in self.parties
        )
        last = before[-1] if before else None
        of_country = last is not None and last.form == "country"
        return of_country and last is not None and last.role in ("genitive", "bare") and not people
