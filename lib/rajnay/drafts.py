"""Turn scenes into drafts of engagements: who, when, where, under which forum, planned or held; or say why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rajnay.analysis import Analysis, Passage
from rajnay.dates import DateMention, resolve
from rajnay.discourse import Discourse, Trip
from rajnay.intervals import When
from rajnay.knowledge import Knowledge
from rajnay.lexicon import Hit
from rajnay.models import Span, Step, Unresolved
from rajnay.parties import Party
from rajnay.scenes import Scene, act_of, participants, scenes_of

_DEALING = frozenset({"person", "office", "body", "country"})


@dataclass
class Draft:
    """An engagement in the making, with the tokens that prove it and the steps that led to each field."""

    kind: str
    passage: int
    first: int
    last: int
    sides: dict[str, list[Party]]
    tense: str | None
    cancelled: bool = False
    when: When | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    topics: dict[str, list[Span]] = field(default_factory=dict)
    source: str | None = None
    spans: dict[str, list[Span]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    headline: bool = False
    certain: float = 1.0
    days: int | None = None
    dated_by: str = "none"

    def names(self, side: str) -> tuple[str, ...]:
        """Return the English names on one side, each once."""
        return tuple(dict.fromkeys(party.name for party in self.sides.get(side, []) if party.name))

    def prove(self, name: str, span: Span) -> None:
        """Add a span to the proofs of a field."""
        if span not in self.spans.setdefault(name, []):
            self.spans[name].append(span)


@dataclass
class Drafting:
    """What reading an article for engagements of one pair yields."""

    drafts: list[Draft] = field(default_factory=list)
    dropped: list[Step] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


class Drafter:
    """Reads an analysis from top to bottom and drafts engagements."""

    def __init__(self, analysis: Analysis, pair: tuple[str, str], knowledge: Knowledge) -> None:
        """Prepare to read an article for a pair of countries."""
        self._analysis = analysis
        self._pair = pair
        self._reference = knowledge.reference
        self._pack = knowledge.packs[analysis.article.lang]
        self._discourse = Discourse(knowledge.reference, pair, self._pack.grammar.home, analysis.article.published)
        self._out = Drafting()
        self._headline = analysis.passages[0].sentence.line if analysis.passages else -1

    def read(self) -> Drafting:
        """Return the drafts, what was dropped and what could not be resolved."""
        self._discourse.learn_holders(self._analysis)
        for index, passage in enumerate(self._analysis.passages):
            self._discourse.anchor = passage.anchor
            before = len(self._out.drafts)
            for scene in scenes_of(passage):
                self._scene(index, passage, scene)
            self._add_topics(index, passage, before)
            self._add_source(passage, before)
        return self._out

    # One scene ------------------------------------------------------------------------------------------------

    def _scene(self, index: int, passage: Passage, scene: Scene) -> None:
        everyone = [self._discourse.resolve(party, scene.parties) for party in scene.parties]
        act = act_of(scene)
        taking = self._taking_part(index, scene)
        if act is not None:
            draft = self._draft(index, passage, scene, act, taking)
            if draft is not None:
                self._out.drafts.append(draft)
        elif not self._extend_visit(passage, scene):
            self._note_stay(passage, scene, taking)
        self._discourse.remember(index, everyone)
        if act is not None:
            self._discourse.remember_couple(taking)

    def _taking_part(self, index: int, scene: Scene) -> list[Party]:
        explicit = participants(scene)
        return [self._discourse.resolve(party, [*explicit, *self._antecedents(index)]) for party in explicit]

    def _antecedents(self, index: int) -> list[Party]:
        person = self._discourse.last_person(index, self._pair)
        return [person] if person else []

    def _drop(self, scene: Scene, why: str) -> None:
        self._out.dropped.append(Step(self._span(scene), "no engagement", why))

    def _span(self, scene: Scene) -> Span:
        tokens = self._analysis.tokens
        return Span(tokens[scene.first].span.start, tokens[scene.last].span.end)

    def _draft(self, index: int, passage: Passage, scene: Scene, act: str, taking: list[Party]) -> Draft | None:
        cancelled = scene.word("cancellations") is not None
        why = None if cancelled else _denied(scene)
        if why:
            self._drop(scene, why)
            return None
        foreign = [party for party in taking if party.country is not None and party.country not in self._pair and party.form != "body"]
        sides = {code: [party for party in taking if party.country == code and party.form in _DEALING] for code in self._pair}
        if act == "visit":
            return self._visit(index, passage, scene, taking, foreign, cancelled)
        self._complete(index, scene, sides, foreign)
        people = {code: [party for party in sides[code] if party.form != "country"] for code in self._pair}
        both = all(sides[code] for code in self._pair)
        together = scene.pronoun("both_countries") is not None
        forum = self._forum(passage, scene)
        if foreign and not (both and scene.pronoun("third") is not None) and act not in ("multilateral",):
            if not (both and len(foreign) >= 1 and any(party.form == "country" for party in foreign)):
                self._drop(scene, "a third country takes part: " + ", ".join(sorted({party.country or "" for party in foreign})))
                return None
            act = "multilateral"
        if act == "talk":
            if not (both and _deals(scene, sides)):
                self._drop(scene, "speech about something, not with somebody")
                return None
            act = "meeting"
        if act == "multilateral":
            return self._multilateral(index, passage, scene, sides, forum, cancelled)
        if not both and not together:
            self._drop(scene, "only one side of the pair takes part")
            return None
        if not any(people.values()) and not scene.dates:
            self._drop(scene, "no people and no date")
            return None
        draft = self._start(index, passage, scene, act, people, cancelled)
        self._date(draft, passage, scene)
        self._locate(draft, passage, scene, people)
        self._set_forum(draft, forum)
        return draft

    def _start(self, index: int, passage: Passage, scene: Scene, kind: str, sides: dict[str, list[Party]], cancelled: bool) -> Draft:
        tense = scene.verb.tense if scene.verb else None
        if scene.verb and scene.verb.progressive and scene.verb.senses & {"come", "go"} and tense == "present":
            tense = "future"
        draft = Draft(kind, index, scene.first, scene.last, sides, tense, cancelled, headline=passage.sentence.line == self._headline)
        for code, parties in sides.items():
            for party in parties:
                if scene.first <= party.first <= passage.sentence.last and party.first >= passage.sentence.first:
                    draft.prove(f"parties.{code}", party.span)
                draft.steps.append(Step(party.span, f"{code}: {party.name or party.office or party.form}", _how_known(party)))
        return draft

    # Who ------------------------------------------------------------------------------------------------------

    def _complete(self, index: int, scene: Scene, sides: dict[str, list[Party]], foreign: Sequence[Party]) -> None:
        discourse = self._discourse
        people = {code: [party for party in sides[code] if party.form != "country"] for code in self._pair}
        if scene.pronoun("both") is not None and not all(people.values()):
            if {party.country for party in discourse.couple} == set(self._pair):
                for code in self._pair:
                    sides[code] = sides[code] or [party for party in discourse.couple if party.country == code]
            return
        missing = [code for code in self._pair if not sides[code]]
        if len(missing) != 1 or foreign:
            return
        named = [party.name for parties in sides.values() for party in parties]
        subject = discourse.last_person(index, [party.country for _, party in discourse.recent if party.country], named)
        if subject is not None and subject.country == missing[0]:
            sides[missing[0]] = [replace(subject, role="understood")]

    # When -----------------------------------------------------------------------------------------------------

    def _date(self, draft: Draft, passage: Passage, scene: Scene, mentions: Sequence[DateMention] | None = None) -> None:
        tense = draft.tense if draft.tense in ("past", "future") else None
        found: list[tuple[DateMention, When]] = []
        for mention in mentions if mentions is not None else scene.dates:
            if mention.kind == "duration":
                draft.days = draft.days or mention.expression.count
                continue
            if mention.kind != "date":
                continue
            resolution = resolve(mention, passage.anchor, tense, self._discourse.when)
            if resolution.when is None:
                self._out.unresolved.append(Unresolved(mention.span, resolution.why))
            else:
                found.append((mention, resolution.when))
                draft.steps.append(Step(mention.span, f"date {resolution.when.edtf}", resolution.why))
        for mention, when in found:
            draft.prove("date", mention.span)
            if draft.when is None:
                draft.when = _bounded(when, mention.bound)
            elif mention.bound == "until" and draft.when.end is None and draft.when.start:
                draft.when = When.parse(draft.when.start, when.end) or draft.when
        if draft.when is not None:
            draft.dated_by = "own"
            if draft.days and draft.when.day is not None and draft.kind == "visit":
                draft.when = draft.when.lasting(draft.days)
            self._discourse.when = draft.when

    # Where ----------------------------------------------------------------------------------------------------

    def _locate(self, draft: Draft, passage: Passage, scene: Scene, people: dict[str, list[Party]]) -> None:
        place = self._place_in(scene.hits, scene.parties)
        if place is None and scene.pronoun("here") is not None and passage.place:
            self._settle_place(draft, passage.place, None, "here: the dateline")
        elif place is None and scene.pronoun("there") is not None and (self._discourse.place or self._discourse.country):
            draft.place, draft.country = self._discourse.place, self._discourse.country
        elif place is not None:
            self._settle_place(draft, place.value("place") or "", place.span, "named")
        if draft.country is None:
            country = next((party for party in scene.parties if party.form == "country" and party.role == "locative"), None)
            if country is not None:
                draft.country = country.country
                draft.prove("country", country.span)
        if draft.place is None and draft.country is None:
            earlier = tuple(hit for hit in passage.hits if hit.first < scene.first)
            place = self._place_in(earlier, passage.parties)
            if place is not None:
                self._settle_place(draft, place.value("place") or "", place.span, "named earlier in the sentence")
        if draft.country is None and draft.kind != "call":
            trip = self._discourse.trip_of(name for parties in people.values() for party in parties for name in [party.name or ""])
            if trip is not None and (draft.when is None or trip.when is None or _touch(draft.when, trip.when)):
                draft.place, draft.country = trip.place, trip.country
        if draft.place or draft.country:
            self._discourse.place, self._discourse.country = draft.place, draft.country

    def _place_in(self, hits: Sequence[Hit], parties: Sequence[Party]) -> Hit | None:
        covered = {index for party in parties if party.form in ("person", "office") for index in range(party.first, party.last + 1)}
        places = [hit for hit in hits if hit.value("place") and hit.first not in covered]
        for cases in (("locative", "adessive"), ("genitive",), (None,), ("ergative",)):
            for hit in places:
                if hit.case in cases:
                    return hit
        return None

    def _settle_place(self, draft: Draft, name: str, span: Span | None, why: str) -> None:
        place = self._reference.places[name]
        draft.place = self._reference.city_of(name)
        draft.country = place.country or None
        if span is not None:
            draft.prove("place", span)
            draft.steps.append(Step(span, f"place {draft.place}", why))

    # Under which forum ----------------------------------------------------------------------------------------

    def _forum(self, passage: Passage, scene: Scene) -> Hit | None:
        found = [hit for hit in scene.hits if hit.value("forum")]
        if not found:
            found = [hit for hit in passage.hits if hit.value("forum") and hit.first < scene.first]
        return found[0] if found else None

    def _set_forum(self, draft: Draft, forum: Hit | None) -> None:
        if forum is None:
            return
        known = self._reference.forums[forum.value("forum") or ""]
        if known.members and not set(self._pair) <= set(known.members):
            return
        draft.forum = known.name
        draft.prove("forum", forum.span)
        if known.kind in ("commission", "consultation") and draft.kind == "meeting":
            draft.kind = "consultation"

    # Visits ---------------------------------------------------------------------------------------------------

    def _visit(self, index: int, passage: Passage, scene: Scene, taking: list[Party], foreign: list[Party], cancelled: bool) -> Draft | None:
        target = self._destination(passage, scene)
        if target is None:
            return None
        country, place = target
        travellers = [party for party in taking if party.form in ("person", "office", "body") and party.country in self._pair and party.country != country]
        hosts = [party for party in taking if party.form in ("person", "office") and party.country == country and party.role in ("invited", "comitative", "dative")]
        if not travellers and scene.verb is not None and scene.verb.attributive:
            after = [party for party in passage.parties if party.first > scene.last]
            travellers = [self._discourse.resolve(party) for party in after[:1] if party.form in ("person", "office", "body")]
            travellers = [party for party in travellers if party.country in self._pair and party.country != country]
        if not travellers and not foreign and not [party for party in taking if party.form in ("person", "office")]:
            previous = self._discourse.last_person(index, [party.country for _, party in self._discourse.recent if party.country])
            if previous is not None and previous.country in self._pair and previous.country != country:
                travellers = [replace(previous, role="understood")]
        if not travellers:
            self._drop(scene, "nobody of the pair is said to travel")
            return None
        home = travellers[0].country or ""
        draft = self._start(index, passage, scene, "visit", {home: travellers, country: hosts}, cancelled)
        draft.country = country
        self._date(draft, passage, scene)
        if place is not None:
            self._settle_place(draft, place.value("place") or "", place.span, "destination")
        self._set_forum(draft, self._forum(passage, scene))
        if draft.when is not None and draft.when.day is not None and not draft.days and scene.senses & {"come", "go", "arrive", "stay"}:
            draft.when = draft.when.open_ended()
        for party in travellers:
            if party.name:
                self._discourse.trips.append(Trip(party.name, home, country, draft.place, draft.when))
        self._discourse.place, self._discourse.country = draft.place, draft.country
        return draft

    def _destination(self, passage: Passage, scene: Scene) -> tuple[str, Hit | None] | None:
        cue = scene.noun("visit", "encounter", "departure") or scene.noun("attendance")
        place = self._place_in(scene.hits, scene.parties)
        if place is not None and self._reference.places[place.value("place") or ""].country in self._pair and place.case != "ablative":
            return self._reference.places[place.value("place") or ""].country, place
        for party in reversed(scene.parties):
            if party.form == "country" and party.country in self._pair and party.role in ("bare", "genitive", "locative", "ergative"):
                return party.country or "", None
        if place is None and scene.pronoun("here") is not None and passage.place:
            country = self._reference.places[passage.place].country
            return (country, None) if country in self._pair else None
        nationality = next((hit for hit in scene.hits if hit.value("nationality") and cue is not None and hit.last == cue.first - 1), None)
        return (nationality.value("nationality") or "", None) if nationality and nationality.value("nationality") in self._pair else None

    def _extend_visit(self, passage: Passage, scene: Scene) -> bool:
        until = [mention for mention in scene.dates if mention.kind == "date" and mention.bound == "until"]
        visit = next((draft for draft in reversed(self._out.drafts) if draft.kind == "visit"), None)
        if not until or visit is None or visit.when is None or visit.when.end is not None:
            return False
        end = resolve(until[0], passage.anchor, "future", visit.when).when
        longer = When.parse(visit.when.start, end.end) if end is not None else None
        if longer is not None:
            visit.when = longer
            visit.prove("date", until[0].span)
        return longer is not None

    def _note_stay(self, passage: Passage, scene: Scene, taking: list[Party]) -> None:
        country = next((party.country for party in scene.parties if party.form == "country" and party.role == "locative" and party.country in self._pair), None)
        for party in taking:
            if country is not None and party.form == "person" and party.country in self._pair and party.country != country and party.name:
                self._discourse.trips.append(Trip(party.name, party.country or "", country))

    # Gatherings -----------------------------------------------------------------------------------------------

    def _multilateral(self, index: int, passage: Passage, scene: Scene, sides: dict[str, list[Party]], forum: Hit | None, cancelled: bool) -> Draft | None:
        known = self._reference.forums[forum.value("forum") or ""] if forum else None
        if known is not None and known.members and not set(self._pair) <= set(known.members):
            self._drop(scene, "the two countries do not sit together in this forum")
            return None
        people = {code: [party for party in sides[code] if party.form != "country"] for code in self._pair}
        draft = self._start(index, passage, scene, "multilateral", people, cancelled)
        self._date(draft, passage, scene)
        if draft.when is None:
            self._date(draft, passage, scene, [mention for mention in passage.dates if mention.first < scene.first])
        self._locate(draft, passage, scene, people)
        hosted = draft.country in self._pair and any(people[code] for code in self._pair if code != draft.country)
        if not (all(sides.values()) or (hosted and any(people.values()))) or (draft.when is None and draft.place is None):
            self._drop(scene, "not both countries are said to take part, or no date and place")
            return None
        if known is None or known.kind == "event":
            draft.kind = "visit"
        self._set_forum(draft, forum)
        return draft

    # About what, said by whom ---------------------------------------------------------------------------------

    def _add_topics(self, index: int, passage: Passage, before: int) -> None:
        drafts = self._out.drafts[before:] or ([self._out.drafts[-1]] if self._out.drafts and _goes_on(passage) else [])
        for hit in passage.hits:
            topics = [meaning.value for meaning in hit.meanings if meaning.kind == "topic"]
            if not topics or not drafts:
                continue
            own = [draft for draft in drafts if draft.passage == index and draft.first <= hit.first <= draft.last]
            nearest = own[0] if own else min(drafts, key=lambda draft: abs(draft.last - hit.first))
            for topic in topics:
                nearest.topics.setdefault(topic, []).append(hit.span)

    def _add_source(self, passage: Passage, before: int) -> None:
        for draft in self._out.drafts[before:]:
            for scene in scenes_of(passage):
                if "say" not in scene.senses and scene.noun("statement") is None:
                    continue
                sayer = next((party for party in scene.parties if party.role in ("subject", "genitive") and party.form in ("person", "body", "office")), None)
                if sayer is not None and draft.source is None:
                    resolved = self._discourse.resolve(sayer)
                    draft.source = resolved.name or resolved.office
                    draft.prove("source", sayer.span)


def _bounded(when: When, bound: str) -> When:
    return when.open_ended() if bound == "from" else when.open_started() if bound == "until" else when


def _touch(one: When, other: When) -> bool:
    if one.earliest is None or other.earliest is None or one.latest is None or other.latest is None:
        return True
    return one.earliest <= other.latest and other.earliest <= one.latest


def _denied(scene: Scene) -> str | None:
    if scene.verb is not None and scene.verb.negated:
        return "denied"
    if scene.verb is not None and scene.verb.possible:
        return "only possible"
    words = (*scene.hits, *scene.following[:3])
    if any(hit.value("word") == "possibilities" for hit in words):
        return "only a possibility or a wish"
    return None


def _deals(scene: Scene, sides: dict[str, list[Party]]) -> bool:
    parties = [party for members in sides.values() for party in members]
    return any(party.role in ("comitative", "between") for party in parties) or scene.pronoun("both") is not None or len({party.role for party in parties}) == 1


def _goes_on(passage: Passage) -> bool:
    return any(hit.value("noun") in ("talk", "meeting", "encounter", "visit", "call") for hit in passage.hits)


def _how_known(party: Party) -> str:
    if party.role == "understood":
        return "named before and understood here"
    if party.form == "office":
        return f"holder of the office {party.office}"
    return "named" if party.known else "not in the reference tables: transliterated"


def draft_engagements(analysis: Analysis, pair: tuple[str, str], knowledge: Knowledge) -> Drafting:
    """Read an analysed article for engagements of a pair of countries.

    Args:
        analysis: the article as read.
        pair: two ISO 3166-1 alpha-2 codes.
        knowledge: reference tables and packs.

    Returns:
        Drafts in the order of the text, with what was dropped and what could not be resolved, and why.
    """
    return Drafter(analysis, pair, knowledge).read()


def evidence_of(draft: Draft, analysis: Analysis) -> Span:
    """Return the span of the text that a draft rests on, without marks at its ends."""
    tokens = analysis.tokens
    first, last = draft.first, draft.last
    while first < last and tokens[first].kind == "mark":
        first += 1
    while last > first and tokens[last].kind == "mark":
        last -= 1
    return Span(tokens[first].span.start, tokens[last].span.end)


def passages_between(analysis: Analysis, first: int, last: int) -> Iterator[Passage]:
    """Yield the passages from one index to another, inclusive."""
    yield from analysis.passages[first : last + 1]
