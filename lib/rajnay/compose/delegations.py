"""Who leads a delegation, and who else is in it, told in the sentences after its coming."""

from __future__ import annotations

from dataclasses import replace

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import MEETINGS
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION

# The members are told at most so many sentences after the delegation.
_REACH = 2


class Delegations:
    """Names the members of delegations that travel."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to read an article."""
        self._desk = desk

    def join(self, index: int, scene: Scene, act: str | None) -> bool:
        """Add the people of a scene to the delegation told last.

        Args:
            index: the sentence's number.
            scene: the scene in it: who leads the delegation, who is in it or goes along.
            act: what the scene tells of, by its words.

        Returns:
            Whether the scene tells of the delegation alone, and of no engagement of its own.
        """
        leads = scene.noun("leading", "presiding") is not None
        if leads and not scene.dates and self._lead(index, scene):
            return True
        if act not in (None, "visit") or not (leads or _tells_of_members(scene)) or scene.dates:
            return False
        visit = self._visit(index)
        if visit is None:
            return False
        home = next(code for code in self._desk.pair if code != visit.country)
        before = list(visit.sides.get(home, []))
        known = visit.names(home)
        added = [
            one
            for one in self._desk.told(scene)
            if (one.form, one.country) == ("person", home) and one.label not in known
        ]
        for party in added:
            visit.add(party)
        if added:
            people = [party for party in before if party.form != "body"]
            visit.sides[home] = [*added, *people] if leads else [*people, *added]
        return bool(added)

    def _lead(self, index: int, scene: Scene) -> bool:
        """Put who is said to lead a delegation in its place at the meeting told before; return
        whether there is one.
        """
        last = self._desk.out.last(index, _REACH, MEETINGS)
        people = [one for one in scene.parties if one.form == "person"]
        if last is None or len(people) != 1:
            return False
        leader = people[0]
        for code, told in last.sides.items():
            group = {(one.form, one.office) for one in told} == {("body", "delegation")}
            if group and leader.country in (None, code):
                last.sides[code] = []
                last.add(replace(leader, country=code))
                return True
        return False

    def _visit(self, index: int) -> Draft | None:
        last = self._desk.out.last(index, _REACH, {"visit"})
        return last if last is not None and last.country in self._desk.pair else None


def _tells_of_members(scene: Scene) -> bool:
    """Return whether people are said to be in a group, or with somebody named before."""
    group = scene.noun("delegation") is not None or any(
        party.form == "body" for party in scene.parties
    )
    member = scene.word("membership") is not None
    beside = scene.pronoun("he") is not None and any(
        hit.value("post") == "comitative" for hit in scene.of("post")
    )
    quiet = scene.senses <= MOTION | {"light"} and not scene.acts
    return member or (group and scene.noun("attendance") is not None) or (beside and quiet)
