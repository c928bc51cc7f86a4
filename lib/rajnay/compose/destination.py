"""Where a scene says that somebody goes, and whom a journey told before a name is of."""

from __future__ import annotations

from rajnay.base.first import first
from rajnay.compose.desk import Desk
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sides import PEOPLE
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.text.tokens import covered

# With such an ending a word names somebody, or something, by itself.
_NAMES_BY_ITSELF = frozenset(
    {"ergative", "dative", "comitative", "locative", "ablative", "adessive"}
)

_GOALS = frozenset({"bare", "genitive", "locative", "allative", "subject"})


def destination(desk: Desk, passage: Passage, scene: Scene) -> tuple[str, Hit | None] | None:
    """Return the country of the pair that a scene says somebody goes to, and the place if it names
    one.

    Args:
        desk: what is known of the article and drafted so far.
        passage: the sentence.
        scene: the scene in it.
    """
    place = desk.circumstances.places.place_in(
        [hit for hit in scene.hits if _leads_there(hit, scene)], scene.parties
    )
    if place is not None:
        country = desk.reference.places[place.value("place") or ""].country
        return (country, place) if country in desk.pair else None
    # "From A of B": who leaves it does not go to B.
    left = {hit.first for hit in scene.of("place") if hit.case == "ablative"}
    for party in reversed(scene.parties):
        if party.form == "country" and party.role in _GOALS and party.last + 1 not in left:
            return (party.country or "", None) if party.country in desk.pair else None
    cue = scene.noun("visit", "encounter", "departure")
    nationality = next(
        (
            hit.value("nationality")
            for hit in scene.hits
            if cue is not None and hit.last == cue.first - 1
        ),
        None,
    )
    if nationality in desk.pair:
        return nationality, None
    if scene.pronoun("here") is not None and passage.place:
        here = desk.reference.places[passage.place].country
        return (here, None) if here in desk.pair else None
    wherever = any(
        hit.value("pronoun") == "where" and hit.first < scene.first for hit in passage.hits
    )
    if scene.pronoun("there") is not None and not wherever and desk.discourse.country in desk.pair:
        return desk.discourse.country or "", None
    return None


def described(desk: Desk, passage: Passage, scene: Scene) -> list[Party]:
    """Return who stands right after a journey and so is said to have made it ("the minister who had
    gone there"): nobody if a word that nobody knows stands between ("the tourists who had gone").

    Args:
        desk: what is known of the article and drafted so far.
        passage: the sentence.
        scene: the scene in it.
    """
    after = (party for party in passage.parties if party.first > scene.last)
    party = first(after, lambda party: party.form in PEOPLE)
    if party is None:
        return []
    known = covered(passage.hits) | covered(passage.dates)
    roles = {
        desk.lexicon.role_at(desk.analysis.tokens, index)
        for index in range(scene.last + 1, party.first)
        if index not in known
    }
    return [party] if roles.isdisjoint(_NAMES_BY_ITSELF) else []


def _leads_there(hit: Hit, scene: Scene) -> bool:
    """Return whether a hit may name a destination: "to", "in" or bare, or "of" only right before
    the visit's noun.
    """
    if hit.case == "genitive":
        following = first(scene.hits, lambda other: other.first > hit.last and not other.everyday)
        return following is not None and following.value("noun") in (
            "visit",
            "encounter",
            "airport",
        )
    return hit.case != "ablative"
