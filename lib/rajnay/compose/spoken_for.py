"""Who speaks for a side that a gathering or an exercise leaves unnamed: the holders of the office
whose holders meet, the armed service that exercises.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from rajnay.compose.casting import SERVICES, Casting
from rajnay.compose.desk import Desk
from rajnay.compose.discourse import HEADS
from rajnay.compose.participants import by_itself
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import Sides, by_side, completed, people_of
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage

# Who presided over a session is told at most so many sentences after it.
_AHEAD = 3


class SpokenFor:
    """Fills sides by what the rest of the article calls people."""

    def __init__(self, desk: Desk, casting: Casting) -> None:
        """Prepare to read an article."""
        self._desk = desk
        self._cast = casting

    def holders(self, scene: Scene, people: Sides) -> Sides:
        """Return who takes part in a gathering: on a side that is not named, whom the article calls
        by the office whose holders meet, at a summit by that of a head.

        Args:
            scene: the scene that tells of the gathering.
            people: who is named on each side.
        """
        told = [party.office for party in scene.parties if party.plural and party.office]
        heads = HEADS if scene.noun("gathering") is not None else ()
        return completed(people, lambda code: self._holder(scene, code, told or heads))

    def _holder(self, scene: Scene, code: str, offices: Iterable[str]) -> list[Party]:
        holders = self._desk.discourse.holders
        known = [office for office in offices if (code, office) in holders][:1]
        return [
            _understood(scene, "person", code, holders[code, office], office) for office in known
        ]

    def forces(self, scene: Scene, people: Sides, name: str | None) -> Sides:
        """Return who exercises: on a side that is not named, the service that the other one or the
        exercise's name tells.

        Args:
            scene: the scene that tells of it.
            people: who is named on each side.
            name: the exercise, if it has a name of record.
        """
        forum = self._desk.reference.forums.get(name or "")
        pair = set(self._desk.pair)
        here = {party.country for party in scene.parties}
        told = here >= pair or (forum is not None and set(forum.members) == pair)
        if not (told or self._cast.both_countries(scene)):
            return people
        named = [*itertools.chain(*people.values()), *scene.parties]
        services = [party.office for party in named if party.office in SERVICES]
        service = next(filter(None, (*services, forum.service if forum else None)), None)
        if service is None:
            return people
        return completed(people, lambda code: [_understood(scene, "body", code, None, service)])

    def partners(self, index: int, scene: Scene, sides: Sides) -> Sides | None:
        """Return who meets in a scene with a day of its own that names one side only, or neither:
        the couple told last, or whom of a side the article named last; None if nobody fits.

        Args:
            index: the sentence's number.
            scene: the scene, which tells of a meeting, a call or a session.
            sides: who is named on each side, people or not.
        """
        people = people_of(sides)
        named = any(people.values())
        unknown = named and self._cast.partner_unknown(scene, sides)
        abroad = self._desk.discourse.abroad(index, several=not named)
        alone = by_itself(scene, self._desk.pair) and "get" not in scene.senses
        if unknown or abroad or not alone:
            return None
        couple = by_side(self._desk.discourse.couple, self._desk.pair)
        names = {party.name for party in itertools.chain(*people.values())}
        if not names or names & {party.name for party in itertools.chain(*couple.values())}:
            people = completed(people, couple.__getitem__)
        if any(people.values()):
            anybody = self._cast.leaves_out(scene, people)
            people = completed(people, lambda code: self._last(code, anybody))
        return people if all(people.values()) else None

    def _last(self, code: str, anybody: bool) -> list[Party]:
        """Return whom of a country the article named last, of all or of those who dealt with the
        other one.
        """
        recent = (party for _, party in reversed(self._desk.discourse.recent))
        told = (party for party in recent if party.country == code)
        dealing = self._desk.discourse.dealing
        return [one.understood() for one in told if anybody or one.name in dealing][:1]

    def chairs(self) -> None:
        """Give sessions that name nobody the people whom the sentences after them name on both
        sides, before another engagement is told.
        """
        passages, drafts = self._desk.analysis.passages, self._desk.out.drafts
        told = sorted({draft.passage for draft in drafts})
        for draft in drafts:
            if draft.kind != "consultation" or any(map(draft.names, self._desk.pair)):
                continue
            ends = [draft.passage + _AHEAD + 1, *(at for at in told if at > draft.passage)]
            met = itertools.chain(*map(self._people, passages[draft.passage : min(ends)]))
            sides = by_side(met, self._desk.pair)
            if all(sides.values()):
                draft.sides |= {code: members[:1] for code, members in sides.items()}

    def _people(self, passage: Passage) -> Iterator[Party]:
        for party in passage.parties:
            if party.form in ("person", "office"):
                yield self._desk.discourse.resolve(party, passage.parties)


def _understood(scene: Scene, form: str, country: str, name: str | None, office: str) -> Party:
    """Return somebody whom a scene leaves to be understood."""
    return Party(
        scene.first, scene.first, scene.hits[0].span, form, country, name, office, role="understood"
    )
