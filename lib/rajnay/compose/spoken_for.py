"""Who speaks for a side that a gathering or an exercise leaves unnamed: the holders of the office
whose holders meet, the armed service that exercises.
"""

from __future__ import annotations

from rajnay.compose.casting import SERVICES, Casting, Sides
from rajnay.compose.desk import Desk
from rajnay.compose.discourse import HEADS
from rajnay.compose.scenes.scene import Scene
from rajnay.mentions.parties import Party
from rajnay.models import Span


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


def _understood(scene: Scene, form: str, country: str, name: str | None, office: str) -> Party:
    """Return somebody whom a scene leaves to be understood."""
    return Party(
        scene.first, scene.first, Span(0, 0), form, country, name, office, role="understood"
    )
