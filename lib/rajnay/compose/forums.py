"""Under which forum, and at which gathering: what a scene says itself, or takes over from what was
told right before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rajnay.base.first import first
from rajnay.base.lazy import lazy
from rajnay.compose.drafts import Circumstance, Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sessions import Counted
from rajnay.knowledge.lexicon import Hit, Meaning
from rajnay.knowledge.reference import Reference
from rajnay.mentions.passages import Passage

# What is told "there" or "in it" is told in the sentence after the gathering's, or the one after
# that.
_NEXT = 2
# What is held again and again, so that "the next round" needs no other name.
_SERIES = frozenset({"commission", "consultation", "dialogue", "summit-series"})


class Forums:
    """Finds forums; remembers the one named last, for "the next round", and the gathering told
    last, for "there".
    """

    def __init__(self, reference: Reference, pair: tuple[str, str], counted: Counted) -> None:
        """Prepare to read an article for a pair of countries."""
        self._counted = counted
        self._reference = reference
        self._pair = pair
        self.last_forum: str | None = None
        self._gathering: tuple[int, Circumstance] | None = None
        self._commission_told: tuple[int, str] | None = None

    def forum_in(self, passage: Passage, scene: Scene) -> Hit | None:
        """Return the forum that a scene is set in, or one named earlier in its sentence.

        Args:
            passage: the sentence.
            scene: the scene in it.
        """
        commission = self._commission(passage, scene)
        if commission is not None:
            return commission
        for hits in (scene.hits, [hit for hit in passage.hits if hit.first < scene.first]):
            found = [hit for hit in hits if hit.value("forum")]
            act = scene.noun("meeting", "consultation")
            beside = [
                hit
                for hit in found
                if act is not None and hit.last in (act.first - 1, act.first - 2)
            ]
            if len(found) > 1 and beside and self.shared(beside[0].value("forum")):
                return beside[0]
            if found:
                return next((hit for hit in found if self.shared(hit.value("forum"))), found[0])
        return None

    @lazy
    def _by_subject(self) -> Mapping[str, str]:
        """The two countries' own forums, by what they deal with."""
        return {
            forum.subject: forum.name
            for forum in self._reference.forums.values()
            if forum.subject and set(forum.members) == set(self._pair)
        }

    def _commission(self, passage: Passage, scene: Scene) -> Hit | None:
        """Return the two countries' commission that a scene names by its subject ("the commission
        on military cooperation").
        """
        by_subject = self._by_subject
        named = first(scene.of("forum"), lambda hit: hit.value("forum") in by_subject.values())
        if {party.country for party in scene.parties if party.form == "country"} >= set(self._pair):
            named = named or scene.noun("commission")
        if named is None:
            return None
        before = {
            meaning.value
            for topic in passage.topics
            if scene.first <= topic.first <= named.last
            for meaning in topic.meanings
            if meaning.value in by_subject
        }
        if len(before) != 1:
            return None
        return replace(named, meanings=(Meaning("forum", by_subject[before.pop()]),))

    def counted(self, scene: Scene) -> bool:
        """Return whether a scene tells of one of a series by its number: "the fifth meeting".

        Args:
            scene: the scene in it.
        """
        noun = scene.noun("meeting", "consultation", "gathering", "talk")
        return noun is not None and self._counted.numbered(noun)

    def by_two(self, scene: Scene) -> bool:
        """Return whether an act may be one between two people: not "meetings", nor what is said "in
        the meeting of the club".

        Args:
            scene: the scene in it.
        """
        noun = scene.noun("meeting", "encounter", "talk")
        if noun is None:
            return scene.noun("meal") is None
        owner = next(
            (
                hit.value("forum")
                for hit in scene.of("forum")
                if hit.value("forum") and noun.first - 3 <= hit.last < noun.first
            ),
            None,
        )
        of_many = owner is not None and set(self._reference.forums[owner].members) != {*self._pair}
        return not noun.plural and not of_many

    def session_of(self, scene: Scene, unnamed: bool, of_two: bool) -> Hit | None:
        """Return a scene's noun as the series named last, of which "the next round" is another
        session; as the commission told last for "the commission's session".

        Args:
            scene: the scene in it.
            unnamed: whether it names nobody.
            of_two: whether a session of the two countries was told before it.
        """
        body = scene.noun("commission")
        if body is not None and self._commission_told is not None:
            return replace(body, meanings=(Meaning("forum", self._commission_told[1]),))
        if not unnamed:
            return None
        session = scene.noun("meeting", "consultation", "gathering")
        again = (
            scene.word("series") is not None
            or scene.pronoun("such") is not None
            or self.counted(scene)
        )
        noun = body or (session if again else None)
        last = self._reference.forums.get(self.last_forum or "")
        # A working group has sessions of its own.
        own = of_two or scene.noun("consultation") is not None
        many = last is not None and set(self._pair) < set(last.members) and noun is session
        if noun is None or last is None or not (last.kind in _SERIES or (many and not own)):
            return None
        return replace(noun, meanings=(Meaning("forum", last.name),))

    def shared(self, forum: str | None) -> bool:
        """Return whether both countries of the pair sit in a forum.

        Args:
            forum: the forum's name of record.
        """
        members = self._reference.forums[forum].members if forum else ()
        return not members or set(self._pair) <= set(members)

    def set_forum(self, draft: Draft, hit: Hit | None, scene: Scene) -> None:
        """Give a draft its forum, if both countries sit in it; a commission makes the meeting a
        consultation.

        Args:
            draft: the draft.
            hit: a known word.
            scene: the scene in it.
        """
        name = hit.value("forum") if hit is not None else None
        if hit is None or name is None or not self.shared(name):
            return
        draft.forum = name
        draft.prove("forum", hit.span)
        draft.note(hit.span, f"forum {name}", "named in the sentence")
        known = self._reference.forums[name]
        between_the_two = set(known.members) == set(self._pair)
        seen = draft.kind == "call" and scene.noun("call") is None  # by video, not rung up
        if (
            draft.kind not in ("meeting", "multilateral", "consultation") and not seen
        ) or scene.word("sidelines") is not None:
            return
        if known.kind in ("commission", "consultation") or (
            between_the_two and known.kind == "dialogue"
        ):
            draft.kind = "consultation"
        elif (
            between_the_two
            and known.kind == "summit-series"
            and (draft.kind != "consultation" or hit in scene.hits)
        ):
            draft.kind = "meeting"

    def note_gathering(
        self, index: int, passage: Passage, scene: Scene, here: Circumstance
    ) -> None:
        """Remember a gathering that a scene tells with its day or place, whoever comes to it.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            here: the circumstances that the scene names.
        """
        hit = self._commission(passage, scene) or next(iter(scene.of("forum")), None)
        known = self._reference.forums.get((hit.value("forum") if hit else None) or "")
        if (
            known is not None
            and known.kind == "commission"
            and set(known.members) == set(self._pair)
        ):
            self._commission_told = index, known.name
        if (
            here.forum is None
            or not self.shared(here.forum)
            or (
                scene.noun("gathering", "meeting") is None
                and "meet" not in scene.senses
                and not any(hit.case == "locative" for hit in scene.of("forum"))
            )
        ):
            return
        when = here.when
        if when is not None and when.day is not None:
            days = next(
                (mention.expression for mention in passage.dates if mention.kind == "duration"),
                None,
            )
            until = any(mention.bound == "until" for mention in passage.dates)
            when = (
                when.lasting(days.count)
                if days is not None and days.unit == "day" and days.count and not until
                else when
            )
        if when is not None or here.place is not None:
            self._gathering = index, replace(here, when=when)

    def commission(self, index: int) -> str | None:
        """Return the two countries' commission that a sentence named, or None.

        Args:
            index: the sentence's number.
        """
        told = self._commission_told
        return told[1] if told is not None and told[0] == index else None

    def gathering(self, index: int, reach: int = _NEXT) -> Circumstance | None:
        """Return the gathering told in a sentence or shortly before it, or None.

        Args:
            index: the sentence's number.
            reach: how many sentences back it may be told.
        """
        near = self._gathering is not None and 0 <= index - self._gathering[0] <= reach
        return self._gathering[1] if self._gathering is not None and near else None

    def at_gathering(self, draft: Draft, scene: Scene) -> None:
        """Give what is told to be "there" or "in it" the day, place and forum of the gathering told
        right before.

        Args:
            draft: the draft.
            scene: the scene in it.
        """
        aside = scene.word("sidelines") is not None
        there = self.gathering(draft.passage, _NEXT * (1 + aside))
        named = bool(scene.of("forum"))
        gathering = scene.noun("gathering")
        this = gathering is not None and any(
            hit.value("pronoun") == "this" and hit.last == gathering.first - 1
            for hit in scene.of("pronoun")
        )
        beside = aside and not named
        bare = beside or (
            gathering is not None and not named and (this or scene.word("during") is not None)
        )
        pointed = (
            scene.pronoun("there") is not None
            or scene.sits_in_it
            or scene.noun("leading") is not None
            or bare
        )
        if there is None or not (
            pointed or (draft.forum is not None and draft.forum == there.forum)
        ):
            return
        if draft.when is None and there.when is not None and not draft.unreckoned:
            draft.when, draft.dated_by = there.when, "forum"
        if draft.country is None or (draft.country == there.country and draft.place is None):
            draft.place, draft.country = there.place, there.country
        draft.forum = draft.forum or there.forum
