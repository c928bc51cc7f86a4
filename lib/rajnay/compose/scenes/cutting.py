"""Cut a sentence into scenes: each participle of motion, each stop of a journey, each setting."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import (
    BESIDE,
    MOTION,
    PLANNED,
)
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.clauses import Clause
from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.mentions.verbs import VerbGroup

# "Will attend the meetings of the one club and the other" are two.
_BOTH = (1, 0)
# "Not A, but B": a comma may stand before the "but".
_PAST_IT = 2


def scenes_of(passage: Passage, asked: bool = False) -> Iterator[Scene]:
    """Yield the scenes of a passage in order: each participle of motion by itself, then what is
    left of its clause.

    Args:
        passage: the sentence.
        asked: whether the sentence is a question.
    """
    for number, clause in enumerate(passage.clauses):
        start = clause.first
        goes_on = passage.verb_last and number + 1 < len(passage.clauses)
        following = passage.clauses[number + 1].hits if goes_on else ()
        for group in clause.participles:
            met = _who_met(passage, start, group)
            if group.attributive and (group.senses & MOTION or met):
                after = [hit for hit in clause.hits if hit.first > group.last]
                scene = _scene(passage, clause, number, start, group.last, group, after, asked)
                yield replace(scene, parties=(*scene.parties, *met))
                start = group.last + 1
        yield from _settings(
            _scene(passage, clause, number, start, clause.last, clause.verb, following, asked)
        )


def _who_met(passage: Passage, first: int, group: VerbGroup) -> tuple[Party, ...]:
    """Return whom a participle for meeting somebody named before it describes: "A, having met B,
    said".
    """
    parties = passage.by_place[1]
    people = [
        party
        for party in parties.starting(first, group.last + 1)
        if party.form in ("person", "office") and "meet" in group.senses
    ]
    described = people[-1:] if len(people) > 1 and people[-1].first > group.last else []
    return tuple(replace(party, role="bare") for party in described)


def _stops(scene: Scene) -> tuple[Scene, ...]:
    """Return one scene for each stop of a journey told with one verb: "will visit A on the 8th, B
    on the 9th and C on the 10th", or none if it is no such journey.
    """
    joins = [hit for hit in scene.of("word") if hit.value("word") == "joining"]
    goes = scene.noun("visit", "encounter", "departure") if joins else None
    if not joins or (goes is None and not scene.senses & MOTION):
        return ()
    lands = [hit for hit in scene.hits if hit.value("country") or hit.value("place")]
    for end in (land for land in lands if _leads_to(scene, land)):
        row = _in_a_row(scene, lands, end, joins)
        if {hit.first - 1 for hit in joins} & {land.last for land in row[:-1]}:
            case = row[-1].case if goes is None else "genitive"
            # The last one's ending is its own.
            return *(_stop(scene, row, land, case) for land in row[:-1]), _stop(scene, row, end)
    return ()


def _in_a_row(
    scene: Scene, lands: Sequence[Hit], end: Hit, joins: Sequence[Hit]
) -> tuple[Hit, ...]:
    """Return the lands of a list that ends with one: each has a comma or "and" after it, and then
    perhaps the day of the next, before which a comma may be missing.
    """
    before = {hit.last + 1: hit.first - 1 for hit in joins}
    dated = {mention.last + 1: mention.first for mention in scene.dates}
    words = {hit.first for hit in scene.hits}
    row = [end]
    for land in reversed(lands):
        begins = dated.get(row[0].first, row[0].first)
        comma = None if begins - 1 in words else begins - 2
        bare = begins - 1 if row[0].first in dated else None
        if land.last in (before.get(begins, comma), bare):
            row.insert(0, land)
    return tuple(row)


def _stop(scene: Scene, row: Sequence[Hit], land: Hit, case: str | None = None) -> Scene:
    """Return the scene of one stop of a journey, without the others, with its own days; a day told
    once is that of the whole journey. A land that shares the ending of the last one gets it as its
    ``case``.
    """
    others = [one for one in row if one is not land]
    before = max((one.last for one in others if one.last < land.first), default=-1)
    until = land.first if any(one.first > land.last for one in others) else scene.last + 1
    own = tuple(mention for mention in scene.dates if before < mention.first <= until)
    hits = tuple(hit for hit in scene.hits if hit not in others)
    there = {index for one in others for index in range(one.first, one.last + 1)}
    parties = (party for party in scene.parties if party.first not in there)
    return replace(
        scene,
        hits=hits,
        parties=tuple(
            replace(party, role=case or party.role)
            if party.form == "country" and party.role == "bare"
            else party
            for party in parties
        ),
        dates=own or scene.dates,
    )


def _leads_to(scene: Scene, land: Hit) -> bool:
    """Return whether the word for going stands right after a land, but for what describes it."""
    after = next((hit for hit in scene.hits if hit.first > land.last and not hit.everyday), None)
    if after is None:
        return False
    verb = (after.value("verb") or "").partition(":")[0]
    return after.value("noun") in ("visit", "encounter", "departure") or verb in MOTION


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
    for the 19th will now be held on the 21st", "the meeting of the 19th was moved to the 21st",
    "it was moved from the 19th to the 21st".
    """
    days = [mention for mention in dates if mention.kind == "date"]
    verb = clause.verb
    if not days or verb is None:
        return tuple(dates)
    if "move" in verb.senses:
        new = days[-1].expression.until or days[-1].expression
        last = replace(days[-1], expression=new, bound="on")
        return (*(mention for mention in dates if mention not in days), last)
    set_before = [
        mention
        for mention in days[:-1]
        for group in clause.participles
        if verb.tense == "future"
        and group.attributive
        and group.tense == "past"
        and 0 < group.first - mention.last <= BESIDE
    ]
    return tuple(mention for mention in dates if mention not in set_before)


def _denied_names(hits: Sequence[Hit]) -> frozenset[int]:
    """Return the tokens of "not" in "not A but B": whoever, or whatever place, stands right before
    one is not meant.
    """
    return frozenset(
        hit.first
        for hit, link in pairwise(hits)
        if hit.value("word") == "negations"
        and link.value("word") in ("also", "openers")
        and link.first <= hit.last + _PAST_IT
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
    denied = _denied_names(hits.starting(first, last + _PAST_IT))
    return Scene(
        first,
        last,
        number,
        clause,
        verb,
        clause.hits
        if (first, last) == (clause.first, clause.last) and not denied
        else tuple(
            hit for hit in clause.hits if first <= hit.first <= last and hit.last + 1 not in denied
        ),
        tuple(party for party in parties.starting(first, last) if party.last + 1 not in denied)
        if denied
        else parties.starting(first, last),
        _days_in_force(clause, dates.starting(first, last)),
        tuple(following),
        hits.starting(last + 1, sys.maxsize),
        hits.within(0, first - 1),
        asked,
    )
