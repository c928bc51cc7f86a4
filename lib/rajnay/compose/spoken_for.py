"""Who speaks for a side that a gathering or an exercise leaves unnamed: the holders of the office
whose holders meet, the armed service that exercises.
"""

from __future__ import annotations

from collections.abc import Iterator

from rajnay.compose.casting import PEOPLE, SERVICES, Casting, Sides, by_itself, by_side
from rajnay.compose.desk import Desk
from rajnay.compose.discourse import HEADS
from rajnay.compose.scenes.scene import Scene
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.models import Span

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
        """
        told = [party.office for party in scene.parties if party.form == "office" and party.plural]
        heads = HEADS if scene.noun("gathering") is not None else ()
        return {
            code: members or self._holder(scene, code, [office or "" for office in told or heads])
            for code, members in people.items()
        }

    def _holder(self, scene: Scene, code: str, offices: list[str]) -> list[Party]:
        holders = self._desk.discourse.holders
        office = next((office for office in offices if (code, office) in holders), None)
        if office is None:
            return []
        return [_understood(scene, "person", code, holders[code, office], office)]

    def forces(self, index: int, scene: Scene, people: Sides, name: str | None) -> Sides:
        """Return who exercises: on a side that is not named, the service that the other one, the
        exercise's name or the sentences around tell.

        Args:
            index: the sentence's number.
            scene: the scene in it.
            people: who is named on each side.
            name: the exercise, if it has a name of record.
        """
        forum = self._desk.reference.forums.get(name or "")
        two = forum is not None and set(forum.members) == set(self._desk.pair)
        both = {party.country for party in scene.parties} >= set(self._desk.pair)
        if all(people.values()) or not (two or both or self._cast.both_countries(scene)):
            return people
        named = [party for members in people.values() for party in members]
        bodies = (party for party in (*named, *scene.parties) if party.form == "body")
        service = next((party.office for party in bodies if party.office in SERVICES), None)
        service = service or (forum.service if forum is not None else None)
        service = service or self._cast.service_near(self._desk.analysis.passages, index)
        if not service:
            return people
        return {
            code: members or [_understood(scene, "body", code, None, service)]
            for code, members in people.items()
        }

    def partners(self, scene: Scene, sides: Sides) -> Sides | None:
        """Return who meets in a scene with a day of its own that names one side only, or neither:
        the couple told last, or whom of a side the article named last; None if nobody fits.
        """
        people = {
            code: [party for party in members if party.form in PEOPLE]
            for code, members in sides.items()
        }
        named = any(people.values()) and self._cast.partner_unknown(scene, sides)
        if named or not by_itself(scene, self._desk.pair) or "get" in scene.senses:
            return None
        couple = self._desk.discourse.couple
        names = {party.name for members in people.values() for party in members}
        if not names or names & {party.name for party in couple}:
            told = by_side(couple, self._desk.pair)
            people = {code: members or told[code] for code, members in people.items()}
        if not any(people.values()):
            return None
        people = {code: members or self._last(code) for code, members in people.items()}
        return people if all(people.values()) else None

    def _last(self, code: str) -> list[Party]:
        """Return whom of a country the article named last."""
        recent = (party for _, party in reversed(self._desk.discourse.recent))
        return [party.understood() for party in recent if party.country == code][:1]

    def chairs(self) -> None:
        """Give sessions that name nobody the people whom the sentences after them name on both
        sides, before another engagement is told.
        """
        passages, drafts = self._desk.analysis.passages, self._desk.out.drafts
        told = sorted({draft.passage for draft in drafts})
        for draft in drafts:
            if draft.kind != "consultation" or any(map(draft.names, self._desk.pair)):
                continue
            other = next((at for at in told if at > draft.passage), len(passages))
            after = passages[draft.passage : min(other, draft.passage + _AHEAD + 1)]
            met = [party for passage in after for party in self._people(passage)]
            first = {code: members[:1] for code, members in by_side(met, self._desk.pair).items()}
            if all(first.values()):
                draft.sides |= first

    def _people(self, passage: Passage) -> Iterator[Party]:
        for party in passage.parties:
            if party.form in ("person", "office"):
                yield self._desk.discourse.resolve(party, passage.parties)


def _understood(scene: Scene, form: str, country: str, name: str | None, office: str) -> Party:
    """Return somebody whom a scene leaves to be understood."""
    return Party(
        scene.first, scene.first, Span(0, 0), form, country, name, office, role="understood"
    )
