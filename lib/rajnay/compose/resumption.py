"""What a later sentence adds to an engagement told before: "this meeting was held on Tuesday in
Kazan".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rajnay.base.first import first
from rajnay.compose.desk import Desk
from rajnay.compose.drafts import MOVED, Draft
from rajnay.compose.identity.within import MEETINGS
from rajnay.compose.rules import refused
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION
from rajnay.compose.sides import PEOPLE, Sides, by_side
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.times.intervals import touch

# A sentence takes up what was told at most this many sentences before.
_REACH = 3
# What is counted in a series is one of it however far the series stands.
_FAR = 12
# The verbs with which it is told that something was held.
_HELD = frozenset({"light", "get", "meet", "schedule"})
_SESSIONS = frozenset({"consultation", "multilateral"})
# What is said of a session itself: it is held, it is set for a day, it begins.
_TAKES_PLACE = frozenset({"light", "schedule", "begin"})
_KINDS: Mapping[str, frozenset[str]] = {
    "call": frozenset({"call"}),
    "consultation": frozenset({"consultation", "meeting"}),
    "encounter": frozenset({"meeting"}),
    "exercise": frozenset({"exercise"}),
    "meeting": frozenset({"meeting", "consultation", "multilateral", "call"}),
    "talk": frozenset({"meeting", "consultation", "call"}),
    "visit": frozenset({"visit"}),
}


class Resumption:
    """Takes up drafts told before."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to read an article."""
        self._out = desk.out
        self._drafts = desk.out.drafts
        self._set = desk.circumstances
        self._discourse = desk.discourse
        self._pair = desk.pair

    def resume(
        self, index: int, passage: Passage, scene: Scene, act: str | None, taking: Sequence[Party]
    ) -> bool:
        """Give a draft told before what a scene adds to it; return whether the scene tells of such
        a draft, and of no other.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            act: what the scene tells of, by its words.
            taking: who takes part in it.
        """
        unnamed = act != "visit" and not any(party.form in PEOPLE for party in taking)
        pointing = scene.noun_pointing_back is not None
        points = (scene.only_described or unnamed) and act != "agreement"
        presides = act in (None, "multilateral") or pointing
        return (
            self._replan(index, passage, scene, act, taking)
            or self._call_off(index, scene)
            or (presides and self._preside(index, scene))
            or (pointing and points and not refused(scene) and self._take_up(index, passage, scene))
            or self._take_sides(index, scene, taking)
            or (act is None and not taking and self._tell_when(index, passage, scene))
            or self._join(index, scene, taking)
        )

    def another(self, index: int, scene: Scene) -> Draft | None:
        """Return the session or call told before of which a scene tells another one, the next, the
        last or one with a number, or None.

        Args:
            index: the sentence's number.
            scene: the scene in it, which names nobody.
        """
        counted = self._set.forums.counted(scene)
        session = scene.noun("meeting", "consultation", "talk") is not None
        if not (session and scene.days and (counted or scene.word("series") is not None)):
            return None
        return self._out.last(index, _FAR if counted else _REACH, {"consultation", "call"})

    def kind_of_talk(self, index: int, scene: Scene) -> str:
        """Return what it is that two talked on a day: as they did by telephone right before, or
        face to face.

        Args:
            index: the sentence's number.
            scene: the scene in it.
        """
        rang = self._out.last(index, _REACH, {"call"}) is not None
        somewhere = any(hit.value("place") for hit in scene.hits)
        return "call" if rang and scene.days and not somewhere else "meeting"

    def who_rang(self) -> Sides:
        """Return who spoke in the last call of which both sides are known; nobody if there is
        none.
        """
        calls = (one for one in reversed(self._drafts) if one.kind == "call" and one.of_both())
        last = next(calls, None)
        people = [party.understood() for party in last.everyone] if last is not None else []
        return by_side(people, self._pair)

    def _take_up(self, index: int, passage: Passage, scene: Scene) -> bool:
        """Give the draft that "this meeting" means the day, place and forum that it lacks; return
        whether there is one.
        """
        noun = scene.noun_pointing_back
        draft = self._meant(index, noun.value("noun") or "") if noun is not None else None
        if noun is None or draft is None or self._on_another_day(passage, scene, draft):
            return False
        # "In this meeting" opens what was talked about: what is named after it is a topic, not a
        # setting.
        hits = [hit for hit in scene.hits if noun.case != "locative" or hit.first < noun.first]
        if draft.when is None and draft.kind != "visit":
            dates = [
                mention
                for mention in scene.dates
                if noun.case != "locative" or mention.first < noun.first
            ]
            if dates and scene.tense in ("past", "future"):
                draft.tense = scene.tense
            self._set.dates.date(draft, passage, scene, dates)
        if not draft.placed and draft.kind != "call":
            place = self._set.places.place_in(hits, scene.parties)
            if place is not None:
                self._set.places.settle(
                    draft, place, "named for this engagement in a later sentence"
                )
        if draft.forum is None:
            kind = draft.kind
            self._set.forums.set_forum(draft, first(hits, lambda hit: hit.value("forum")), scene)
            draft.kind = kind
        return True

    def _tell_when(self, index: int, passage: Passage, scene: Scene) -> bool:
        """Give the draft told right before the day and place in a clause on it: "..., which is to
        be held on the 26th in A"; return whether there was one.
        """
        draft = self._out.last(index, 0, _SESSIONS | {"meeting", "exercise"})
        plain = scene.relative and scene.senses and scene.senses <= _TAKES_PLACE
        if draft is None or draft.when is not None or not (plain and scene.days):
            return False
        self._set.dates.date(draft, passage, scene, scene.dates)
        place = self._set.places.place_in(scene.hits, scene.parties)
        if place is not None:
            self._set.places.settle(draft, place, "named in the clause on it")
        return True

    def _on_another_day(self, passage: Passage, scene: Scene, draft: Draft) -> bool:
        """Return whether a scene tells when one of the same name was held: "this exercise was held
        in 2016".
        """
        noun = scene.noun_pointing_back
        past = scene.verb is not None and scene.verb.tense == scene.tense == "past"
        held = noun is not None and noun.case is None and past
        told = scene.noun("ending", "beginning", "statement") or scene.word("about")
        if not held or told or not scene.senses & _HELD:
            return False
        days = [day for day in scene.days if day.bound == "on"]
        found = [self._set.dates.reckon(day, passage, scene.tense) for day in days]
        return bool(found) and not any(touch(draft.when, when) for when in found)

    def _take_sides(self, index: int, scene: Scene, taking: Sequence[Party]) -> bool:
        """Give a session told without names whom a sentence names for one side ("for India A and
        B"); return whether it did.
        """
        people = [
            party
            for party in taking
            if party.form in ("person", "office") and party.country in self._pair
        ]
        countries = {party.country for party in people}
        if (
            not scene.for_a_side
            or len(countries) != 1
            or scene.senses - {"sit", "attend", "light", "stay"}
        ):
            return False
        country = people[0].country or ""
        for draft in reversed(self._drafts):
            if index - draft.passage > _REACH or draft.kind not in _KINDS["meeting"]:
                break
            if not draft.names(country) and draft.forum is not None:
                draft.sides[country] = people
                for party in people:
                    draft.prove(f"parties.{country}", party.span)
                return True
        return False

    def _preside(self, index: int, scene: Scene) -> bool:
        """Give a session told right before whom a sentence says to lead, chair or host it; return
        whether there was one.
        """
        leads = scene.noun("presiding", "leading") is not None or scene.word("hosting") is not None
        if not leads and not any(hit.value("post") == "led" for hit in scene.of("post")):
            return False
        others = scene.dates or any(hit.value("forum") or hit.value("place") for hit in scene.hits)
        people = self._presiding(scene)
        last = self._session(index)
        if others or not people or last is None:
            return False
        if not {party.country for party in people} <= set(self._pair):
            return False
        added = [party for party in people if not last.names(party.country or "")]
        for party in added:
            last.sides.setdefault(party.country or "", []).append(party)
            last.prove(f"parties.{party.country}", party.span)
        return bool(added)

    def _presiding(self, scene: Scene) -> list[Party]:
        """Return the people of a scene, or the two told last for "the same two"."""
        people = [
            self._discourse.resolve(party, scene.parties)
            for party in scene.parties
            if party.form in ("person", "office")
        ]
        both = scene.pronoun("both") is not None
        return [party.understood() for party in self._discourse.couple] if both else people

    def _session(self, index: int) -> Draft | None:
        """Return the session told last, in this sentence or the one before; somebody's coming for
        one is one.
        """
        last = self._out.last(index, 1)
        if last is None:
            return None
        commission = self._set.forums.commission(last.passage)
        if last.kind == "visit" and commission is not None:
            last.kind, last.forum = "consultation", commission
        return last if last.kind in _SESSIONS else None

    def _join(self, index: int, scene: Scene, taking: Sequence[Party]) -> bool:
        """Add who "also sat with them" to the meeting told right before; return whether there was
        one.
        """
        people = [
            party
            for party in taking
            if party.form == "person" and party.country in self._pair and party.role != "comitative"
        ]
        sat = "sit" in scene.senses or scene.noun("attendance") is not None
        aside = scene.dates or any(hit.value("forum") or hit.value("place") for hit in scene.hits)
        if scene.word("also") is None or not sat or aside or len(people) != 1:
            return False
        last = self._out.last(index, 1, MEETINGS)
        if last is None or not all(last.names(code) for code in self._pair):
            return False
        last.sides[people[0].country or ""].append(people[0])
        last.prove(f"parties.{people[0].country}", people[0].span)
        return True

    def _replan(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        act: str | None,
        taking: Sequence[Party],
    ) -> bool:
        """Move what was only going to be, or was put off, to the day that a later scene names;
        return whether there was such a plan.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it, which names a day to come.
            act: what the scene tells of, by its words.
            taking: who takes part in it.
        """
        plan = self._drafts[-1] if self._drafts else None
        dated = any(mention.kind == "date" for mention in scene.dates)
        if plan is None or not dated or refused(scene) is not None:
            return False
        moved = plan.passage == index and not scene.acts and _having_moved(scene)
        put_off = plan.cancelled and not scene.called_off and index - plan.passage <= _REACH
        open_ = plan.tense == "unrealised" or put_off
        if not moved and not (open_ and scene.tense == "future"):
            return False
        noun = scene.acts[-1].value("noun") if scene.acts else None
        same = plan.kind == act or plan.kind in _KINDS.get(noun or "", ())
        people = {party.name for party in taking if party.form in PEOPLE and party.name}
        told = {name for code in self._pair for name in plan.names(code)}
        goes_on = plan.passage == index and act is None and not people and happens(scene)
        if not (same or moved or goes_on) or (people and not people & told):
            return False
        plan.tense, plan.cancelled, plan.when = "future", False, None
        self._set.dates.date(plan, passage, scene, scene.dates)
        plan.dated_by = MOVED
        place = self._set.places.place_in(scene.hits, scene.parties)
        if place is not None:
            self._set.places.settle(plan, place, "named with the day it was moved to")
        return True

    def _call_off(self, index: int, scene: Scene) -> bool:
        """Call off the plan told last, if a scene without a day says that "the visit" was put off
        or did not take place, or in the same sentence that who was to come did not; return whether
        it did.

        Args:
            index: the sentence's number.
            scene: the scene in it.
        """
        noun = scene.noun(*_KINDS)
        negated = scene.verb is not None and scene.verb.negated
        went = negated and bool(scene.senses & MOTION)
        undone = scene.called_off or (negated and scene.senses == {"light"})
        plan = self._out.last(index, 0 if went else 1)
        if scene.days or plan is None or not (went or (undone and noun is not None)):
            return False
        kinds = _KINDS.get(noun.value("noun") or "", ()) if noun is not None else ()
        named = {party.name for party in scene.parties if party.form == "person"}
        apart = named - {party.name for party in plan.everyone}
        journey = "visit" in kinds and plan.passage == index  # "who was to meet B, cancelled it"
        same = plan.kind == "visit" if went else plan.kind in kinds or journey
        if apart or not same or plan.tense not in ("future", "unrealised"):
            return False
        plan.cancelled = True
        return True

    def date_by_coming(self, draft: Draft) -> None:
        """Give a draft without a day that of its traveller's coming, told in the same sentence:
        "came on the 4th and met B".

        Args:
            draft: the draft.
        """
        visit = self._out.last(draft.passage, 0, {"visit"})
        if visit is None or (visit.tense, visit.country) != (draft.tense, draft.country):
            return
        home = next(code for code in self._pair if code != visit.country)
        if (
            draft.when is not None
            or draft.unreckoned
            or draft.earlier
            or not set(visit.names(home)) & set(draft.names(home))
        ):
            return
        arrived = visit.when is not None and visit.when.end is None and visit.when.grain == "day"
        draft.when = visit.when.start_day(0) if visit.when is not None and arrived else visit.when
        draft.dated_by = "visit"

    def date_by_joining(self, draft: Draft, scene: Scene) -> None:
        """Give a draft without a day that of what one of its people did in the clause that "and"
        joins it to: "met B on Tuesday and talked to C".

        Args:
            draft: the draft.
            scene: the scene in it.
        """
        told = self._out.last(draft.passage, 0, MEETINGS)
        joined = scene.hits and scene.hits[0].value("word") == "joining"
        open_ = draft.when is None and not (draft.unreckoned or draft.earlier or scene.dates)
        if told is None or not joined or not open_ or told.tense != draft.tense:
            return
        if any({*told.names(code)} & {*draft.names(code)} for code in self._pair):
            draft.when, draft.dated_by = told.when, "link"

    def _meant(self, index: int, noun: str) -> Draft | None:
        """Return the last draft that the noun may mean, unless somebody of a third country was
        spoken of since.
        """
        last = self._discourse.recent[-1][1] if self._discourse.recent else None
        if last is not None and last.country not in self._pair:
            return None
        near = (draft for draft in reversed(self._drafts) if index - draft.passage <= _REACH)
        return first(near, lambda draft: draft.kind in _KINDS.get(noun, ()))


def happens(scene: Scene) -> bool:
    """Return whether a scene says no more than that something will be.

    Args:
        scene: a scene without an act.
    """
    return scene.senses == {"light"} and not scene.parties


def _having_moved(scene: Scene) -> bool:
    """Return whether a scene goes on after "having moved it from the 4th": its day is the new
    one.
    """
    last = scene.before[-1] if scene.before else None
    set_for = MOTION | {"light", "schedule"}  # "was set for", "A will come"
    if last is None or last.last != scene.first - 1 or not scene.senses <= set_for:
        return False
    return any(kind == "verb" and value.startswith("move:") for kind, value in last.meanings)
