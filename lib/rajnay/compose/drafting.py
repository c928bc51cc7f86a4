"""Read an analysed article from top to bottom and draft the engagements of a pair of countries, or
say why there is none.
"""

from __future__ import annotations

from dataclasses import replace

from rajnay.compose.annals import Annals
from rajnay.compose.answers import Answers, Question
from rajnay.compose.assembly import Assembly
from rajnay.compose.casting import Casting
from rajnay.compose.days import of_a_day, separate_dates
from rajnay.compose.delegations import Delegations
from rajnay.compose.denials import Denials
from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Circumstance, Draft, Drafting
from rajnay.compose.gatherings import Gatherings
from rajnay.compose.links import ONLY_A_LINK, listed_links
from rajnay.compose.listing import Listing
from rajnay.compose.participants import deals, of_many, separate_people, together
from rajnay.compose.resumption import Resumption
from rajnay.compose.rules import act_of
from rajnay.compose.scenes.cutting import scenes_of
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION
from rajnay.compose.setting import Setting, Told
from rajnay.compose.sides import PEOPLE, Sides, by_side, named_first
from rajnay.compose.spoken_for import SpokenFor
from rajnay.compose.tellings import add_source, add_topics
from rajnay.compose.travel import Travel
from rajnay.compose.unrealised import denied_by, is_off, settle_unrealised
from rajnay.knowledge.reference import Forum
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Analysis, Passage
from rajnay.text.punctuation import QUESTION_MARKS


def draft_engagements(analysis: Analysis, pair: tuple[str, str], knowledge: Knowledge) -> Drafting:
    """Read an analysed article for engagements of a pair of countries.

    Args:
        analysis: the article as read.
        pair: two ISO 3166-1 alpha-2 codes.
        knowledge: reference tables and packs.

    Returns:
        Drafts in the order of the text, and what was dropped or could not be resolved, with the
        reasons.
    """
    return _Drafter(analysis, pair, knowledge).read()


class _Drafter:
    def __init__(self, analysis: Analysis, pair: tuple[str, str], knowledge: Knowledge) -> None:
        self._desk = desk = Desk(analysis, pair, knowledge)
        self._analysis = analysis
        self._pair = pair
        self._reference = knowledge.reference
        self._discourse = desk.discourse
        self._out = desk.out
        self._set = desk.circumstances
        self._cast = Casting(self._discourse, self._reference, pair)
        self._travel = Travel(desk)
        self._setting = Setting(desk, self._travel)
        self._assembly = Assembly(desk)
        self._delegations = Delegations(desk)
        self._listing = Listing(desk)
        self._annals = Annals(desk, self._cast)
        self._gatherings = Gatherings(
            desk, self._cast, self._travel, self._setting.place, self._assembly
        )
        self._resumption = Resumption(desk)
        self._denials = Denials(desk)
        self._spoken_for = SpokenFor(desk, self._cast)
        self._answers = Answers()
        self._taking_before: list[Party] = []

    def read(self) -> Drafting:
        self._discourse.learn_holders(self._analysis)
        links = listed_links(self._analysis)
        for index, passage in enumerate(self._analysis.passages):
            self._discourse.anchor = passage.anchor
            self._set.dates.enter(passage)
            self._annals.enter(index)
            known = len(self._out.drafts)
            scenes = list(scenes_of(passage, self._asked(passage)))
            if index in links:
                for scene in filter(act_of, scenes):
                    self._desk.drop(scene, ONLY_A_LINK)
                continue
            if len(scenes) > 1 and scenes[0].of_those_named_next and act_of(scenes[1]) is None:
                scenes[:2] = reversed(scenes[:2])
            for scene in scenes:
                self._scene(index, passage, scene)
                self._denials.by_scene(index, scene)
            self._annals.close(index)
            if len(self._out.drafts) == known:
                self._denials.by_sentence(index, passage)
            add_topics(self._out.drafts, known, index, passage)
            add_source(self._out.drafts, known, index, scenes, self._discourse)
        settle_unrealised(self._desk)
        self._spoken_for.chairs()
        return self._out

    def _asked(self, passage: Passage) -> bool:
        return self._analysis.tokens[passage.sentence.last].surface in QUESTION_MARKS

    def _scene(self, index: int, passage: Passage, scene: Scene) -> None:
        link = self._setting.link(index, scene)
        taking = [
            *self._cast.taking_part(index, scene),
            *self._cast.speaker(passage, scene),
            *self._cast.subject_ahead(passage, scene),
        ]
        act = act_of(scene)
        if scene.prepared:
            act, taking = scene.prepared, [one for one in taking if one.role == "genitive"]
        if question := self._answers.answered(index, scene, act):
            _, scene, act, taking = question
        if (
            act != "talk"
            and link is not None
            and not scene.relative
            and not any(party.form in PEOPLE for party in taking)
        ):
            taking = [*taking, *(party.understood() for party in self._taking_before)]
        taken_up = (
            self._resumption.resume(index, passage, scene, act, taking)
            or self._assembly.join(index, scene, act)
            or self._delegations.join(index, scene, act)
        )
        drafts = (
            self._drafts(index, passage, scene, act, taking, link)
            if act is not None and not taken_up
            else []
        )
        drafts = drafts or self._listing.items(index, passage, scene, act)
        self._listing.head(index, scene, act, taking, drafts)
        somebody = any(party.form in PEOPLE for party in scene.parties)
        goes_on = act == "visit" and not scene.acts and not somebody
        idle = (act is None or goes_on) and not drafts and not scene.only_wished
        if idle and not self._travel.extend_visit(passage, scene):
            stay = self._travel.stay(index, passage, scene, taking)
            drafts = [stay] if stay is not None else []
        self._out.drafts.extend(drafts)
        self._discourse.protagonists.update(
            name for draft in drafts for code in self._pair for name in draft.names(code)
        )
        here = self._set.of_scene(passage, scene)
        self._set.forums.last_forum = (
            (drafts[0].forum if drafts else None) or here.forum or self._set.forums.last_forum
        )
        self._set.forums.note_gathering(index, passage, scene, here)
        if link is not None:
            here = Circumstance(
                here.when or link.when,
                here.place or link.place,
                here.country or link.country,
                here.forum or link.forum,
            )
        if drafts and drafts[0].country is not None:
            here = replace(here, place=drafts[0].place, country=drafts[0].country)
        elif here.country is None and scene.pronoun("there") is not None:
            here = replace(here, place=self._discourse.place, country=self._discourse.country)
        if here.place and here.country:
            self._discourse.note_whereabouts(index, scene.parties, here.place, here.country)
        if here.place or here.country:
            self._discourse.place, self._discourse.country = here.place, here.country
        before = self._setting.before
        self._setting.before = Told(
            index,
            scene,
            here,
            drafts[0]
            if drafts
            else before.draft
            if before is not None and link is not None
            else None,
        )
        self._taking_before = [party for party in taking if party.form in PEOPLE]
        everyone = [self._discourse.resolve(party, scene.parties) for party in scene.parties]
        self._discourse.countries.extend(party.country for party in everyone if party.country)
        aside = ("invited", "genitive") if scene.names_another else ("invited",)
        meant = [
            party
            for party in everyone
            if party.role not in aside and not (scene.welcomed and party.office == "Ambassador")
        ]
        self._discourse.remember(
            index, [party for party in meant if not self._cast.speaks_for_others(party)]
        )
        couple = (
            taking
            if len({party.country for party in taking}) > 1
            else [*everyone, *self._cast.meant(index, scene, everyone)]
        )
        acting = "say" not in scene.senses and any(
            party.role in ("subject", "bare") for party in couple
        )
        self._discourse.remember_couple(
            [party for party in couple if not self._cast.speaks_for_others(party)], acting
        )

    def _keep_of_denied(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        act: str,
        taking: list[Party],
        link: Circumstance | None,
    ) -> None:
        """Keep of what is let go who goes where, and what is asked."""
        if act == "visit" and scene.repeated:
            self._travel.visit(index, passage, scene, taking, [], link, False)
        if scene.asked:
            self._answers.ask(Question(index, scene, act, taking))

    def _unnamed(self, scene: Scene, act: str, known: Forum | None) -> Sides:
        """Return who has what a scene names nobody for: the heads whom the article names, a summit;
        those of the last call, "another call on Monday".
        """
        if act == "call" and scene.word("series") and scene.dates:
            return self._resumption.who_rang()
        summit = known is not None and known.kind == "summit-series"
        return by_side(self._discourse.heads() if summit else (), self._pair)

    def _foreign(self, passage: Passage, scene: Scene, taking: list[Party]) -> list[Party]:
        """Return who of a third country deals with the pair; nobody where "A met B of one country
        and C of another": each apart.
        """
        met = {party.country for party in scene.parties}
        acting = {party.country for party in taking if party.role in ("subject", "bare")}
        apart = scene.word("separately") is not None and acting & {*self._pair}
        if apart and met >= set(self._pair):
            return []
        abroad = [one for one in taking if one.country and one.country not in self._pair]
        return [one for one in abroad if deals(one) and not self._set.describes(passage, one)]

    def _drafts(
        self,
        index: int,
        passage: Passage,
        scene: Scene,
        act: str,
        taking: list[Party],
        link: Circumstance | None,
    ) -> list[Draft]:
        cancelled = is_off(passage, scene)
        if not cancelled and (denied := denied_by(scene)):
            self._keep_of_denied(index, passage, scene, act, taking, link)
            return self._desk.drop(scene, denied)
        foreign = self._foreign(passage, scene, taking)
        if act == "visit" and scene.welcomed and self._travel.add_host(index, scene, taking):
            return []
        if act == "visit":
            return self._travel.visit(index, passage, scene, taking, foreign, link, cancelled)
        sides: Sides = {
            code: [party for party in taking if party.country == code] for code in self._pair
        }
        if self._travel.add_host(index, scene, taking):
            return []
        alone = scene.sits_in_it and scene.pronoun("in_it") is None
        guess = (
            act not in ("multilateral", "exercise") and self._set.forums.by_two(scene) and not alone
        )
        if scene.prepared is None:  # who speaks of it need not be who will be in it
            self._cast.complete(index, scene, sides, foreign, guess)
        both = all(sides[code] for code in self._pair)
        people: Sides = {
            code: named_first(sides[code], bodies=act == "exercise") for code in self._pair
        }
        if foreign and not (
            both
            and (
                scene.pronoun("third")
                or any(party.form == "country" or party.listed for party in foreign)
            )
        ):
            return self._desk.drop(
                scene,
                "a third country takes part: "
                + ", ".join(sorted({party.country or "" for party in foreign})),
            )
        couple = {party.country for party in self._discourse.couple}
        if (
            scene.pronoun("third") is not None
            and act == "meeting"
            and not any(people.values())
            and couple >= set(self._pair)
        ):
            act, both = "multilateral", True
            sides = by_side(self._discourse.couple, self._pair)
        act = "multilateral" if foreign else act
        forum = self._set.forums.forum_in(passage, scene)
        another = None if any(people.values()) else self._resumption.another(index, scene)
        if forum is None and not foreign:
            forum = self._set.forums.session_of(
                scene, unnamed=not any(people.values()), of_two=another is not None
            )
        act = another.kind if another and act in ("meeting", "talk") else act
        if (
            act in ("multilateral", "exercise")
            or (
                act == "meeting"
                and not both
                and (forum or scene.relative)
                and scene.noun("attendance")
            )
            or (
                act == "meeting"
                and not both
                and scene.sits_in_it
                and self._set.forums.gathering(index)
            )
        ):
            frame = (
                self._setting.before.draft
                if self._setting.before is not None and scene.relative
                else None
            )
            gathered = self._gatherings.gather(
                index, passage, scene, act, sides, forum, link, cancelled, frame
            )
            travels = not gathered and frame is None and act == "multilateral" and not foreign
            if travels and scene.senses & MOTION:
                return self._travel.visit(index, passage, scene, taking, [], link, cancelled)
            return gathered
        known = self._reference.forums[forum.value("forum") or ""] if forum is not None else None
        if not any(people.values()):
            people = self._unnamed(scene, act, known)
            both = both or (act == "call" and all(people.values()))
        bilateral = (another is not None and act == "consultation") or (
            known is not None
            and set(known.members) == set(self._pair)
            and known.kind in ("summit-series", "commission", "consultation", "dialogue")
        )
        loose = act == "talk"
        owned = all(
            party.form == "body" and party.role == "genitive"
            for members in people.values()
            for party in members
        )
        if loose and (owned or not (both and together(scene, people))):
            return self._desk.drop(scene, "speech about something, not with somebody")
        if (
            not both
            and act in ("meeting", "consultation", "talk", "call")
            and of_many(known, scene, self._pair)
        ):
            return self._gatherings.gather(
                index, passage, scene, "multilateral", sides, forum, link, cancelled, None
            )
        state = act == "agreement" and bool(scene.dates) and self._discourse.pair_named()
        if not both and not bilateral and not state and not self._cast.both_countries(scene):
            recovered = self._spoken_for.partners(index, scene, sides) if not foreign else None
            if recovered is None:
                if not foreign and not cancelled:
                    self._gatherings.expect(index, passage, scene, act, people, forum, link)
                return self._desk.drop(scene, "only one side of the pair takes part")
            people = recovered
        named = any(people.values()) or bool(scene.dates) or forum is not None
        if not named and not (
            act == "consultation" and both and self._set.of_scene(passage, scene).place
        ):
            return self._desk.drop(scene, "no people, no date and no forum")
        drafts = []
        for mentions, members in [
            (days, members)
            for days in separate_dates(scene)
            for members in separate_people(scene, of_a_day(scene, people, days))
        ]:
            kind = self._resumption.kind_of_talk(index, scene) if loose else act
            draft = self._desk.start(index, passage, scene, kind, members, cancelled)
            draft.forum = another.forum if another else None
            draft.loose = loose
            self._set.dates.date(draft, passage, scene, mentions)
            before = (
                self._setting.before.scene
                if self._setting.before is not None and self._setting.before.passage == index
                else None
            )
            opens = (
                before is not None
                and before.first == passage.sentence.body
                and before.verb is not None
                and before.verb.attributive
            )
            if draft.when is None and before is not None and opens:
                self._set.dates.date(
                    draft, passage, scene, before.dates
                )  # "on Monday B, who had come to India, met C"
            self._setting.place(draft, passage, scene, members, link)
            self._resumption.date_by_coming(draft)
            self._resumption.date_by_joining(draft, scene)
            self._set.forums.set_forum(draft, forum, scene)
            drafts.append(draft)
        return drafts
