"""A gathering that is told before it is said who takes part: the sentences after it name them."""

from __future__ import annotations

from collections.abc import Container

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.mentions.parties import Party

# Who takes part is told at most so many sentences after the gathering.
_REACH = 3
# What somebody does who takes part: he speaks there, chairs, goes there.
_ACTS = frozenset({None, "multilateral", "visit", "talk"})
_ROLES = frozenset({"bare", "instrument", "subject"})
# Whom somebody deals with who has a meeting or a call.
_MET = frozenset({"comitative", "dative"})
_ROLES_IN = {"multilateral": _ROLES}


class Assembly:
    """Keeps the gathering told last until both sides of it are named."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to read an article."""
        self._desk = desk
        self._told: Draft | None = None
        self._known = 0
        self._of_one = False

    def open(self, draft: Draft) -> None:
        """Keep a gathering of which not both sides are named yet.

        Args:
            draft: the gathering, with its day and forum, and whom the article named so far.
        """
        self._told, self._known = draft, len(self._desk.out.drafts)
        named = any(map(draft.names, self._desk.pair))
        self._of_one = named and draft.kind != "multilateral"

    def join(self, index: int, scene: Scene, act: str | None) -> bool:
        """Add who a scene says to take part, or take out who it says will not.

        Args:
            index: the sentence's number.
            scene: the scene in it.
            act: what the scene tells of, by its words.

        Returns:
            Whether the scene tells of the gathering alone, and of no engagement of its own.
        """
        if act not in _ACTS:
            return False
        people = self._desk.told(scene)
        if scene.verb is not None and scene.verb.negated:
            self._take_out(index, {party.name for party in people})
            return False
        told = self._told
        if told is None or not 0 < index - told.passage <= _REACH:
            return False
        if len(self._desk.out.drafts) > self._known:
            self._told = None
            return False
        if self._of_one and not scene.for_a_side:
            return False  # who speaks next need not be the partner
        added = [party for party in people if self._takes_part(party, told)]
        for party in added:
            told.add(party)
        if told.of_both():
            self._desk.out.drafts.append(told)
            self._told = None
        return bool(added)

    def _take_out(self, index: int, absent: Container[str | None]) -> None:
        """Open again the gathering told last if somebody who was thought to come is absent."""
        last = self._desk.out.last(index, _REACH, {"multilateral"})
        if last is None:
            return
        for code, members in last.sides.items():
            last.sides[code] = [one for one in members if not _only_thought(one, absent)]
        if not last.of_both():
            self._desk.out.drafts.pop()
            self.open(last)

    def _takes_part(self, party: Party, told: Draft) -> bool:
        roles = _ROLES_IN.get(told.kind, _ROLES | _MET)
        named = party.form in ("person", "office") and not party.plural and party.role in roles
        return named and party.country in self._desk.pair and not told.names(party.country or "")


def _only_thought(party: Party, absent: Container[str | None]) -> bool:
    """Return whether somebody was only understood to come, and is said to be absent."""
    return party.role == "understood" and party.name in absent
