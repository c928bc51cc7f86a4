"""Where in a sentence something happens between people: a clause, or the participle in it, and who
takes part.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rajnay.knowledge.lexicon import Hit
from rajnay.lazy import lazy
from rajnay.mentions.clauses import Clause
from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.mentions.verbs import OPENERS, VerbGroup, verb_of

MOTION = frozenset({"go", "come", "arrive", "stay"})
# "Will attend the meetings of the one club and the other" are two.
_BOTH = (1, 0)
_ON_THE_WAY = frozenset({"go", "come", "arrive"})
FACE_TO_FACE = frozenset({"meet", "sit", "receive"})
# Nouns of what can be planned and called off.
PLANNED = ("meeting", "encounter", "talk", "call", "consultation", "exercise", "visit")
# So near stands the word that makes a clause the content of a report.
_BESIDE = 3
_PAST_A_MARK = 2
# "After the meeting" tells of one that was held, "before the meeting" of one to come.
_RELATIVE_TO_ANOTHER = {"after": "past", "before": "future"}


@dataclass(frozen=True)
class Scene:
    """Tokens ``first`` to ``last`` of a passage, seen as one happening; ``number`` counts the
    clause within its passage.
    """

    first: int
    last: int
    number: int
    clause: Clause
    verb: VerbGroup | None
    hits: tuple[Hit, ...]
    parties: tuple[Party, ...]
    dates: tuple[DateMention, ...]
    following: tuple[Hit, ...]
    rest: tuple[Hit, ...] = ()
    before: tuple[Hit, ...] = ()
    asked: bool = False

    def of(self, kind: str) -> Sequence[Hit]:
        """Return the hits that have a meaning of a class, in order."""
        return self._by_kind.get(kind, ())

    @lazy
    def _by_kind(self) -> Mapping[str, Sequence[Hit]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            for kind in hit.kinds:
                found[kind].append(hit)
        return found

    def noun(self, *classes: str) -> Hit | None:
        """Return the last hit with one of these noun classes, or None; a noun followed by "for"
        names a purpose, not the act.
        """
        if self.nouns.isdisjoint(classes):
            return None
        return next(hit for hit in self._acts if hit.value("noun") in classes)

    @lazy
    def nouns(self) -> frozenset[str | None]:
        """The noun classes of the scene's acts."""
        return frozenset(hit.value("noun") for hit in self._acts)

    @lazy
    def _acts(self) -> tuple[Hit, ...]:
        """The nouns that are no purpose and no title, the last one first."""
        purposes = {hit.first for hit in self.of("word") if hit.value("word") == "purposes"}
        if self.noun_beside is not None:
            purposes.add(self.noun_beside.last + 1)
        nouns: list[Hit] = []
        for hit in reversed(self.of("noun")):
            if hit.last + 1 in purposes:
                purposes.add(hit.first)
            elif not (hit.value("position") and self._titles(hit)):
                nouns.append(hit)
        return tuple(nouns)

    def _titles(self, hit: Hit) -> bool:
        """Return whether a word for an office names who stands right after it: "the co-chair of the
        commission, B".
        """
        return any(
            hit.last < party.first <= hit.last + 2 or party.first <= hit.first <= party.last
            for party in self.parties
        )

    @lazy
    def noun_beside(self) -> Hit | None:
        """The noun of another act before or after which people met: "before the consultation he met
        B".
        """
        ends = {hit.first for hit in self.of("word") if hit.value("word") in _RELATIVE_TO_ANOTHER}
        nouns = (
            hit for hit in self.of("noun") if hit.value("noun") in PLANNED and hit.last + 1 in ends
        )
        return next(nouns, None) if self.senses & FACE_TO_FACE else None

    def pronoun(self, *names: str) -> Hit | None:
        """Return the first hit that is one of these pronouns, or None."""
        return next((hit for hit in self._pronouns if hit.value("pronoun") in names), None)

    def word(self, name: str) -> Hit | None:
        """Return the first hit of a closed class of small words, or None."""
        return self.words.get(name)

    @lazy
    def _pronouns(self) -> tuple[Hit, ...]:
        return tuple(self.of("pronoun"))

    @lazy
    def words(self) -> Mapping[str | None, Hit]:
        """The first hit of each closed class of small words."""
        return {hit.value("word"): hit for hit in reversed(self.of("word"))}

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
    def invited(self) -> bool:
        """Whether the act is only what somebody is invited to."""
        near = (*self.hits[-2:], *self.following[:2])
        return any(hit.value("noun") == "invitation" for hit in near) or "invite" in self.senses

    @lazy
    def asked_to_come(self) -> bool:
        """Whether the act is only what somebody is told to do: "asked him to pay a visit"."""
        last = self.clause.participles[-1] if self.clause.participles else None
        if any(group.attributive and group.tense == "future" for group in self.clause.participles):
            return False
        if "say" in self.senses and self.senses & MOTION:
            return True
        act = self.noun("encounter", "visit", "meeting")
        return (
            "say" in self.senses
            and last is not None
            and last.tense == "infinitive"
            and act is not None
            and act.first < last.first
        )

    @lazy
    def handed_over(self) -> bool:
        """Whether the verb for meeting means that somebody is given something: "he will get a
        medal".
        """
        people = [party for party in self.parties if party.form in ("person", "office", "body")]
        nobody = not people
        # "A got the prize": the verb agrees with a thing, and A is given it.
        if "get" in self.senses and people and all(party.role == "dative" for party in people):
            return self.noun(*PLANNED) is None
        pronouns = [[meaning.value for meaning in hit.meanings] for hit in self.of("pronoun")]
        given = any("him" in names for names in pronouns) and not any(
            "both" in names for names in pronouns
        )
        return "meet" in self.senses and nobody and given and self.noun(*PLANNED) is None

    @lazy
    def only_agreed(self) -> bool:
        """Whether an act is only what was agreed on: "agreed to set up a dialogue"."""
        act = self.noun("meeting", "talk", "consultation", "exercise", "call")
        if act is None or self.verb is None or self.senses & MOTION:
            return False
        return any(
            group.tense == "infinitive"
            and act.last < group.first <= act.last + 3
            and group.last < self.verb.first - 1
            for group in self.clause.participles
        )

    @lazy
    def noun_pointing_back(self) -> Hit | None:
        """The act's noun in "this call", "that visit" or "the same exercise", told before; None if
        there is no such noun.
        """
        act = self.noun(*PLANNED)
        near = range(act.first - 3, act.first) if act is not None else ()
        another = any(hit.value("word") == "series" and hit.last in near for hit in self.of("word"))
        pointing = not another and any(
            hit.value("pronoun") == "this" and hit.last in near for hit in self.of("pronoun")
        )
        return act if pointing else None

    @lazy
    def sits_in_it(self) -> bool:
        """Whether somebody sits in a gathering told before: "in it", "will represent the country at
        that meeting".
        """
        noun = self.noun_pointing_back
        there = noun is not None and noun.value("noun") == "meeting" and noun.case == "locative"
        return self.pronoun("in_it") is not None or (there and self.noun("attendance") is not None)

    @lazy
    def repeated(self) -> bool:
        """Whether what is told was done again and again, or so many times: no one time of it."""
        return self.word("habits") is not None or any(
            mention.kind == "repetition" for mention in self.dates
        )

    @lazy
    def names_another(self) -> bool:
        """Whether the subject is "this leader", told before: whom an owner beside it ("B's friend")
        is not.
        """
        leaders = {hit.first for hit in self.of("people")}
        return any(
            hit.value("pronoun") == "this" and hit.last + 1 in leaders for hit in self.of("pronoun")
        )

    @lazy
    def only_described(self) -> bool:
        """Whether the scene tells what an act told before is ("this is their second meeting"), not
        that there was another.
        """
        noun = self.noun_pointing_back
        if noun is None or self.verb is None or self.noun("chairing", "presiding") is not None:
            return False
        acts = [hit for hit in self.of("noun") if hit.value("noun") in PLANNED]
        people = [party for party in self.parties if party.form in ("person", "office")]
        if (
            noun.case in (None, "ergative")
            and not people
            and not self.dates
            and not self.senses & FACE_TO_FACE
            and "light" not in self.senses
        ):
            return True  # "this visit will take the friendship to a new height"
        alone = len(people) == 1 and people[0].role not in ("comitative", "between")
        talked = noun.case == "locative" and noun.value("noun") in (
            "meeting",
            "encounter",
            "talk",
            "call",
        )
        if talked and alone and not self.senses & FACE_TO_FACE and self.noun("attendance") is None:
            return True  # "at this meeting he offered help"
        owner = (
            noun.case == "genitive"
            and noun.value("noun") != "exercise"
            and len(acts) == 1
            and not self.senses & (FACE_TO_FACE | MOTION)
        )
        return owner or (not self.verb.senses and self.verb.first <= noun.last + 2)

    @lazy
    def points_back(self) -> bool:
        """Whether the act is "this call" or "that meeting", told before."""
        noun = self.noun_pointing_back
        return noun is not None and noun.value("noun") in ("meeting", "call", "encounter")

    @lazy
    def called_off(self) -> bool:
        """Whether a word for postponing or calling off stands with the verb, or after the act's
        noun.
        """
        word = self.word("cancellations")
        noun = self.noun(*PLANNED)
        return word is not None and (
            noun is None or noun.first < word.first or word.first >= self.last - 4
        )

    @lazy
    def relative(self) -> bool:
        """Whether the scene tells more of what the clause before it told: "where", "in which", or
        after a "when".
        """
        return (
            bool(self.hits)
            and self.hits[0].value("word") == "relatives"
            and self.hits[0].first <= self.first + 1
        )

    @lazy
    def tense(self) -> str | None:
        """The tense of the act: of a participle right before its noun ("the talks held"), else of
        the verb.
        """
        noun = self.noun(*(name for name in PLANNED if name != "talk")) or self.noun("talk")
        if noun is not None:
            linked = next(
                (hit.value("word") for hit in self.hits if hit.first == noun.last + 1), None
            )
            if linked in _RELATIVE_TO_ANOTHER:
                return _RELATIVE_TO_ANOTHER[linked]
            for group in self.clause.participles:
                between = [hit for hit in self.hits if group.last < hit.first < noun.first]
                describes = not any(
                    (hit.value("noun") and not hit.value("forum"))
                    or hit.value("word") in ("during", "joining")
                    or hit.value("post")
                    for hit in between
                )
                if (
                    group.attributive
                    and self.first <= group.first
                    and group.last < noun.first
                    and describes
                ):
                    return "past" if group.tense in ("past", "present") else group.tense
        if self.moved:
            return "future"
        if self.verb is None:
            return None
        dated = any(mention.kind == "date" for mention in self.dates)
        plain = noun is None and not self.repeated
        moving = (
            self.verb.tense == "present"
            and self.verb.senses & _ON_THE_WAY
            and (self.verb.progressive or dated or plain)
        )
        joins = self.noun("attendance") is not None
        scheduled = (
            self.verb.tense == "present"
            and not (self.verb.progressive or joins)
            and self.noun("meeting", "call") is not None
        )
        return "future" if moving or scheduled else self.verb.tense

    @lazy
    def days(self) -> tuple[DateMention, ...]:
        """The expressions of time that are dates."""
        return tuple(mention for mention in self.dates if mention.kind == "date")

    @lazy
    def timed(self) -> bool:
        """Whether an expression of time of any kind stands in the scene."""
        return bool(self.dates)

    @lazy
    def acts(self) -> tuple[Hit, ...]:
        """The nouns of acts that can be planned and called off, in order."""
        return tuple(hit for hit in self.of("noun") if hit.value("noun") in PLANNED)

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

    @lazy
    def only_reported(self) -> bool:
        """Whether what the scene tells is the content of a report: "the news that A will come"."""
        after = next(iter(self.rest), None)
        marked = (
            after is not None
            and after.first == self.last + 1
            and (after.value("word") == "contents" or after.value("pronoun") == "this")
        )
        marked = marked or self._called_a_report
        if marked or any(hit.value("word") == "contents" for hit in self.hits[-_BESIDE:]):
            return True
        act = self.acts[-1] if self.acts else None
        report = self.noun("statement")
        return (
            act is not None
            and report is not None
            and act.case == "genitive"
            and 0 < report.first - act.last <= _BESIDE
        )

    @property
    def _called_a_report(self) -> bool:
        """Whether a report is made of the scene after a comma: "..., such is the claim", "..., that
        is false".
        """
        points, after, *_ = (*self.rest[:2], None, None)
        if points is None or after is None:
            return False
        if points.first != self.last + _PAST_A_MARK or after.first != points.last + 1:
            return False
        called = after.value("noun") == "statement" or means(after, "word", "denials")
        return called and (points.value("word") == "contents" or points.value("pronoun") == "this")

    @property
    def ruled_out(self) -> bool:
        """Whether it is said right after the scene that it is not so: "there is no chance that"."""
        link = next(iter(self.rest), None)
        if link is None or link.first != self.last + 1:
            return False
        if link.value("word") not in ("contents", "openers"):
            return False
        near = [hit for hit in self.rest[1 : _BESIDE + 1] if hit.first <= link.last + _BESIDE]
        words = [hit.value("word") for hit in near]
        if "negations" not in words:
            return False
        between = near[: words.index("negations")]
        return not any(verb_of(hit) or hit.value("word") in OPENERS for hit in between)

    @property
    def imagined(self) -> bool:
        """Whether the sentence says before the act that what it tells is made up."""
        act = self.acts[0].first if self.acts else self.last
        told = (*self.before, *(hit for hit in self.hits if hit.first <= act))
        return any(hit.value("word") == "imagined" for hit in told)

    @lazy
    def denied_report(self) -> bool:
        """Whether a report of what the scene tells is called wrong, or said not to be true."""
        if not self.only_reported:
            return self.only_rumoured
        inside = (hit for hit in self.hits if self.acts and hit.first > self.acts[0].first)
        after = (*inside, *self.rest)
        words = [hit.value("word") for hit in after]
        untrue = "truths" in words and "negations" in words[words.index("truths") :]
        refused = any(means(hit, "word", "denials") for hit in after)
        return refused or untrue or self.only_rumoured

    @property
    def only_rumoured(self) -> bool:
        """Whether the sentence opens with a rumour of what is told ("there was a rumour that"), or
        with its denial ("it is false that").
        """
        opens = [*self.before[-1:], *self.hits[:1]]
        if not any(hit.value("word") == "openers" for hit in opens):
            return False
        kinds = [hit.value("word") for hit in self.before]
        said = any((hit.value("verb") or "").startswith("say:") for hit in self.before)
        if "denials" not in kinds or said:
            return False
        false = kinds.index("denials")
        points = any(hit.value("pronoun") == "this" for hit in self.before[:false])
        stated = any(hit.value("noun") == "statement" for hit in self.before[false:])
        return "contents" in kinds or (points and not stated)

    @property
    def ends_denied(self) -> bool:
        """Whether the scene has no verb but ends in a word of denial: "no meeting is there"."""
        last = self.hits[-1] if self.hits else None
        return self.verb is None and last is not None and last.value("word") == "negations"

    @property
    def counted(self) -> bool:
        """Whether what is told was done so many times since a day, none of them told by itself."""
        since = any(mention.kind == "date" and mention.bound == "from" for mention in self.dates)
        return since and any(mention.kind == "repetition" for mention in self.dates)

    @property
    def bound_for_a_place(self) -> bool:
        """Whether the scene names where somebody leaves for: "for India", "towards Moscow"."""
        ends = {hit.first - 1 for hit in self.of("word") if hit.value("word") == "purposes"}
        return any(
            hit.last in ends and (hit.value("place") or hit.value("country")) for hit in self.hits
        )

    @lazy
    def encounter_of_a_country(self) -> bool:
        """Whether the noun for meeting or visit stands after the country or place visited."""
        noun = self.noun("encounter")
        if noun is None:
            return False
        before = [party for party in self.parties if party.last < noun.first]
        places = (
            hit for hit in reversed(self.hits) if hit.value("place") and hit.last < noun.first
        )
        place = next(places, None)
        nobody_between = place is not None and (not before or before[-1].last < place.first)
        if place is not None and place.case == "genitive" and nobody_between:
            return True
        people = any(
            party.role in ("comitative", "between") and party.form != "country"
            for party in self.parties
        )
        last = before[-1] if before else None
        of_country = last is not None and last.form == "country"
        return of_country and last is not None and last.role in ("genitive", "bare") and not people

    @lazy
    def senses(self) -> frozenset[str]:
        """The senses of the verb, empty when there is none."""
        return self.verb.senses if self.verb else frozenset()


def scenes_of(passage: Passage, asked: bool = False) -> Iterator[Scene]:
    """Yield the scenes of a passage in order: each participle of motion by itself, then what is
    left of its clause.
    """
    for number, clause in enumerate(passage.clauses):
        start = clause.first
        following = passage.clauses[number + 1].hits if number + 1 < len(passage.clauses) else ()
        for group in clause.participles:
            if group.attributive and group.senses & MOTION:
                after = [hit for hit in clause.hits if hit.first > group.last]
                yield _scene(passage, clause, number, start, group.last, group, after, asked)
                start = group.last + 1
        yield from _settings(
            _scene(passage, clause, number, start, clause.last, clause.verb, following, asked)
        )


def _stops(scene: Scene) -> tuple[Scene, ...]:
    """Return one scene for each stop of a journey told with one verb: "will visit A on the 8th and
    B on the 10th", or none if it is no such journey.
    """
    joins = [hit for hit in scene.of("word") if hit.value("word") == "joining"]
    goes = scene.noun("visit", "encounter", "departure") if joins else None
    if not joins or (goes is None and not scene.senses & MOTION):
        return ()
    lands = [hit for hit in scene.hits if hit.value("country") or hit.value("place")]
    for join in joins:
        dated = next((one for one in scene.dates if one.first == join.last + 1), None)
        begins = dated.last + 1 if dated is not None else join.last + 1
        one = next((hit for hit in lands if hit.last == join.first - 1), None)
        other = next((hit for hit in lands if hit.first == begins), None)
        if one is None or other is None or not _leads_to(scene, other):
            continue
        earlier = tuple(mention for mention in scene.dates if mention.last < join.first)
        later = tuple(mention for mention in scene.dates if mention.first > join.last)
        # A day told once is that of the whole journey.
        first = earlier if later and earlier else scene.dates
        return (
            _without(scene, other, first, one.case if goes is None else "genitive"),
            _without(scene, one, later or scene.dates),
        )
    return ()


def _leads_to(scene: Scene, land: Hit) -> bool:
    """Return whether the word for going stands right after a land, but for what describes it."""
    after = next((hit for hit in scene.hits if hit.first > land.last and not hit.everyday), None)
    if after is None:
        return False
    verb = (after.value("verb") or "").partition(":")[0]
    return after.value("noun") in ("visit", "encounter", "departure") or verb in MOTION


def _without(
    scene: Scene, land: Hit, dates: tuple[DateMention, ...], case: str | None = None
) -> Scene:
    """Return the scene of one stop, without the other; a land that shared the other's ending gets
    it back as its ``case``.
    """
    hits = tuple(hit for hit in scene.hits if hit is not land)
    parties = tuple(party for party in scene.parties if not land.first <= party.first <= land.last)
    if case is not None:
        parties = tuple(
            replace(party, role=case) if party.form == "country" and party.role == "bare" else party
            for party in parties
        )
    return replace(scene, hits=hits, parties=parties, dates=dates)


def _settings(scene: Scene) -> tuple[Scene, ...]:
    """Return a scene, or the two that one verb tells: "A met B in July in Kazan and last month in
    Goa".
    """
    stops = _stops(scene)
    if stops:
        return stops
    for join in (hit for hit in scene.of("word") if hit.value("word") == "joining"):
        beside = [
            hit
            for hit in scene.of("forum")
            if hit.value("forum") and (hit.last == join.first - 1 or hit.first == join.last + 1)
        ]
        sessions = scene.noun("meeting", "gathering")
        if len(beside) == len(_BOTH) and sessions is not None and sessions.plural:
            return tuple(
                replace(scene, hits=tuple(hit for hit in scene.hits if hit is not beside[other]))
                for other in _BOTH
            )
        days = [mention for mention in scene.dates if mention.kind == "date"]
        earlier = [mention for mention in days if mention.last < join.first]
        later = [mention for mention in days if mention.first > join.last]
        places = sorted(
            [
                hit.first
                for hit in scene.of("place")
                if hit.value("place") and hit.case == "locative"
            ]
            + [
                party.first
                for party in scene.parties
                if party.form == "country" and party.role == "locative"
            ]
        )
        inside = [place for place in places if place < join.first]
        if not (
            earlier
            and later
            and inside
            and places[-1] > join.last
            and later[0].first == join.last + 1
        ):
            continue
        start = min(earlier[0].first, inside[0])
        acts = [hit for hit in scene.of("noun") if hit.value("noun") in PLANNED]
        shared = (
            [hit for hit in acts if hit.first > join.last]
            if not any(hit.first < join.first for hit in acts)
            else []
        )
        return (
            replace(
                scene,
                last=join.first - 1,
                hits=(*(hit for hit in scene.hits if hit.last < join.first), *shared),
                parties=tuple(party for party in scene.parties if party.last < join.first),
                dates=tuple(mention for mention in scene.dates if mention.last < join.first),
            ),
            replace(
                scene,
                first=join.last + 1,
                hits=tuple(hit for hit in scene.hits if hit.last < start or hit.first > join.last),
                parties=tuple(
                    party
                    for party in scene.parties
                    if party.last < start or party.first > join.last
                ),
                dates=tuple(mention for mention in scene.dates if mention.first > join.last),
            ),
        )
    return (scene,)


def _days_in_force(clause: Clause, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """Return the dates of a scene without one that a later one takes the place of: "the meeting set
    for the 19th will now be held on the 21st", "the meeting of the 19th was moved to the 21st".
    """
    if len(dates) < len(_BOTH):
        return tuple(dates)
    days = [mention for mention in dates if mention.kind == "date"]
    verb = clause.verb
    if len(days) < len(_BOTH) or verb is None:
        return tuple(dates)
    if "move" in verb.senses:
        return tuple(mention for mention in dates if mention not in days[:-1])
    set_before = [
        mention
        for mention in days[:-1]
        for group in clause.participles
        if verb.tense == "future"
        and group.attributive
        and group.tense == "past"
        and 0 < group.first - mention.last <= _BESIDE
    ]
    return tuple(mention for mention in dates if mention not in set_before)


def means(hit: Hit, kind: str, value: str) -> bool:
    """Return whether a hit has this among its meanings, be it the first or not."""
    return any((meaning.kind, meaning.value) == (kind, value) for meaning in hit.meanings)


def is_report(hits: Sequence[Hit]) -> bool:
    """Return whether a sentence tells what is said or rumoured, by its words for reports."""
    return any(
        hit.value("word") in ("contents", "possibilities") or hit.value("noun") == "statement"
        for hit in hits
    )


def _scene(
    passage: Passage,
    clause: Clause,
    number: int,
    first: int,
    last: int,
    verb: VerbGroup | None,
    following: Sequence[Hit],
    asked: bool,
) -> Scene:
    hits, parties, dates = passage.by_place
    return Scene(
        first,
        last,
        number,
        clause,
        verb,
        clause.hits
        if (first, last) == (clause.first, clause.last)
        else tuple(hit for hit in clause.hits if first <= hit.first <= last),
        parties.starting(first, last),
        _days_in_force(clause, dates.starting(first, last)),
        tuple(following),
        hits.starting(last + 1, sys.maxsize),
        hits.within(0, first - 1),
        asked,
    )
