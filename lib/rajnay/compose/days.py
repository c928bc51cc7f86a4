"""Days told with one verb: which happening is of which, and who takes part in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rajnay.compose.drafts import Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import Sides
from rajnay.mentions.dates.finder import DateMention

LASTING = frozenset({"visit", "exercise"})


def separate_dates(scene: Scene) -> list[list[DateMention]]:
    """Return the scene's dates as one group a happening: plain days joined by "and", or in a list
    that ends so, are as many happenings.

    Args:
        scene: the scene in it.
    """
    days = [
        mention
        for mention in scene.dates
        if mention.kind == "date"
        and mention.bound == "on"
        and mention.grain in ("day", "month")
        and not mention.attributive
    ]
    if len({mention.grain for mention in days}) > 1:
        return [list(scene.dates)]
    apart = len(days) > 1 and _joined_at(scene, *days[-2:]) is not None
    if len(days) > 2:
        apart = apart and all(one.last + 2 == other.first for one, other in pairwise(days))
    return [[day] for day in days] if apart else [list(scene.dates)]


def _joined_at(scene: Scene, day: DateMention, other: DateMention) -> int | None:
    """Return where "and" stands between two days, or None."""
    return next(
        (
            hit.first
            for hit in scene.of("word")
            if day.last < hit.first < other.first and hit.value("word") == "joining"
        ),
        None,
    )


def of_a_day(scene: Scene, people: Sides, mentions: Sequence[DateMention]) -> Sides:
    """Return who takes part on one of two days joined by "and": where a side names somebody in the
    same role beside each ("A on Monday and B on Tuesday"), only who stands on that day's side.

    Args:
        scene: the scene in it.
        people: who is named on each side.
        mentions: expressions of time.
    """
    days = [mention for group in separate_dates(scene) for mention in group]
    if len(mentions) != 1 or not len(days) == len(separate_dates(scene)) == 2:
        return people
    joined = _joined_at(scene, days[0], days[-1])
    if joined is None:
        return people
    first = mentions[0].first < joined
    shared: Sides = {}
    for code, members in people.items():
        before = [party for party in members if party.first < joined]
        after = [party for party in members if party.first > joined]
        apart = before and after and len({party.role for party in members}) == 1
        shared[code] = (before if first else after) if apart else members
    return shared


def counts_ahead(mention: DateMention, scene: Scene, draft: Draft) -> bool:
    """Return whether a lapse says when a plan is to be: "in ten days"; what lasts for days has no
    length from it.

    Args:
        mention: an expression of time.
        scene: the scene in it.
        draft: the draft.
    """
    said, verb = mention.expression, scene.verb
    if mention.kind != "lapse" or said.relation is not None or draft.tense != "future":
        return False
    if verb is None or not (verb.tense == "future" or verb.progressive):
        return False
    return draft.kind not in LASTING or (said.unit == "day" and not said.within)
