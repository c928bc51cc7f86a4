"""Which parties of a scene take part in its act, and which are only named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import FACE_TO_FACE, MOTION
from rajnay.compose.sides import PEOPLE, Sides
from rajnay.knowledge.reference import Forum
from rajnay.mentions.parties import Party

_ACTS = frozenset(
    {
        "meeting",
        "encounter",
        "talk",
        "call",
        "visit",
        "consultation",
        "video",
        "chairing",
        "welcome",
        "meal",
        "exercise",
        "delegation",
        "signing",
        "presiding",
        "vehicle",
        "attendance",
        "departure",
    }
)
_BESIDE_THE_ACT = frozenset(
    {"instrument", "ablative", "adessive", "locative", "invited", "emphatic"}
)


# "This year's summit", "the 5th's evening": a day stands so near before the act or the hour that
# is of it.
_OF_THE_ACT = 3


def participants(scene: Scene) -> tuple[Party, ...]:
    """Return the parties of a scene that take part in its act: not who says it, owns something in
    it or is named beside it.

    Args:
        scene: the scene in it.
    """
    dealing = scene.senses & FACE_TO_FACE or scene.noun("call") is not None
    # "Having met B", "having rung B up he told him": who says it has met him.
    dealing = dealing or scene.told_to_the_face or scene.told_beside_talks
    saying = not dealing and ("say" in scene.senses or scene.noun("statement") is not None)
    kept: list[Party] = []
    # "Instead of A", "supporters of A".
    aside = {hit.first for hit in scene.of("word") if hit.value("word") in ("instead", "bearers")}
    aside |= _before_another_act(scene)
    # Who dines at somebody's house, or meets "him" there, meets the one whose house it is.
    at_home = scene.noun("meal") is not None or scene.pronoun("he", "him") is not None
    partners = (
        party for party in scene.people if party.role in ("comitative", "between", "dative")
    )
    at_home = at_home or not any(partners)  # "called at B's house": nobody else is met
    beside = _BESIDE_THE_ACT if at_home else _BESIDE_THE_ACT | {"residence"}
    if not any(
        party.role in ("subject", "bare") and party.form in PEOPLE for party in scene.parties
    ):
        beside -= {"instrument"}  # "by A a meeting was held with B"
    coming = any(party.role == "genitive" and _is_to_come(scene, party) for party in scene.parties)
    for party in scene.parties:
        if party.last + 1 in aside:
            continue
        if party.role in beside or (
            party.form == "country"
            and not party.listed
            and party.role not in ("subject", "comitative", "between")
        ):
            continue
        if (saying and party.role == "subject") or _names_a_subject(scene, party):
            continue
        if party.role == "bare" and _tells_when(scene, party):
            continue
        if party.role == "genitive" and not (
            _is_to_come(scene, party)
            or (not coming and (_owns_the_act(scene, party) or _has_leaders(scene, party)))
        ):
            continue
        kept.append(party)
    return tuple(party for party in kept if party.first > scene.inner_end)


def _before_another_act(scene: Scene) -> set[int]:
    """Return the tokens right after those whose meeting only tells when somebody acts: "before the
    A-B meeting C rang up A".
    """
    links = {hit.first for hit in scene.of("word") if hit.value("word") in ("before", "after")}
    nouns = {hit.first for hit in scene.acts[:-1] if hit.last + 1 in links}
    found: set[int] = set()
    for party in reversed(scene.parties):
        joined = party.joined and any(
            other.first > party.last and other.last + 1 in found for other in scene.parties
        )
        if party.last + 1 in nouns or joined:
            found.add(party.last + 1)
    return found


def _names_a_subject(scene: Scene, party: Party) -> bool:
    """Return whether a body only says what something is about: "the commission on army and military
    cooperation".
    """
    if (
        party.form != "body"
        or party.name is not None
        or party.role in ("comitative", "between", "dative")
    ):
        return False
    for hit in scene.hits:
        if hit.first > party.last and hit.value("word") != "joining" and hit.value("body") is None:
            return hit.value("word") == "about"
    return False


def _tells_when(scene: Scene, party: Party) -> bool:
    """Return whether a party only tells when somebody else acts: "after A, B too will come"."""
    return any(
        hit.first == party.last + 1 and hit.value("word") in ("after", "before")
        for hit in scene.hits
    )


def _has_leaders(scene: Scene, party: Party) -> bool:
    """Return whether a country is one of a list whose leaders act: "the leaders of A, B and C"."""
    if party.form != "country" or not party.listed:
        return False
    last = max(other.last for other in scene.parties if other.form == "country" and other.listed)
    return any(hit.first == last + 1 for hit in scene.of("people"))


def _owns_the_act(scene: Scene, party: Party) -> bool:
    for hit in scene.hits:
        if (
            hit.first <= party.last
            or hit.everyday
            or hit.value("word") in ("joining", "times_of_day")
        ):
            continue
        if hit.value("post") in ("comitative", "between", "residence") or hit.value("marker"):
            continue
        partner = next(
            (other for other in scene.parties if other.first <= hit.first <= other.last), None
        )
        if partner is not None and _passed_over(party, partner):
            continue
        noun = hit.value("noun")
        if noun in _ACTS:
            linked = next(
                (other.value("word") for other in scene.hits if other.first == hit.last + 1), None
            )
            later = scene.senses & FACE_TO_FACE or any(
                other.value("noun") in _ACTS for other in scene.hits if other.first > hit.last
            )
            return not (linked in ("after", "before", "during") and later)
        if (hit.value("verb") or "").endswith(":conjunctive"):
            return False
        points = hit.value("pronoun")
        if points == "third" or (points in ("this", "he") and party.form == "person"):
            continue
        passed = any(hit.value(kind) for kind in ("place", "verb", "forum", "nationality"))
        if not passed and noun not in ("gathering", "beginning"):
            return False
    return False


def _is_to_come(scene: Scene, party: Party) -> bool:
    """Return whether an owner's coming or meeting somebody on some day is told of: "A's coming to B
    in May is set".
    """
    verb = scene.verb
    coming = verb is not None and verb.senses & MOTION
    meeting = verb is not None and not verb.senses and "meet" in scene.senses
    if verb is None or not (coming or meeting) or scene.tense not in ("future", "infinitive"):
        return False
    between = range(party.last + 1, verb.first)
    aims = {hit.first - 1 for hit in scene.of("word") if hit.value("word") == "purposes"}
    named = (
        hit.first
        for hit in scene.hits
        if (hit.value("noun") and hit.last not in aims) or (coming and hit.value("person"))
    )
    return bool(scene.dates) and not any(first in between for first in named)


def _passed_over(party: Party, partner: Party) -> bool:
    """Return whether an owner may own an act that is named after somebody else."""
    if partner.form == "country":
        return party.form != "country" or (party.joined and partner.role == party.role)
    if partner.role == "subject":
        return True  # "A's B took a visit": B came to see A
    return (party.joined and partner.role == party.role) or partner.role in (
        "comitative",
        "between",
    )


def deals(party: Party) -> bool:
    """Return whether a party deals with others, rather than being named in passing."""
    return party.form in ("person", "office") or (
        party.listed or party.role in ("comitative", "between")
    )


def together(scene: Scene, people: Sides) -> bool:
    """Return whether people are said to do something with each other."""
    parties = [party for members in people.values() for party in members]
    roles = {
        "subject" if party.role == "bare" else party.role
        for party in (*parties, *(party for party in scene.parties if party.form == "body"))
    }
    return (
        bool(roles & {"comitative", "between"})
        or scene.pronoun("both") is not None
        or (len(roles) == 1 and all(people.values()))
    )


def separate_people(scene: Scene, people: Sides) -> list[Sides]:
    """Return who met in each meeting: "met A and B separately" are two, and so are "A with B and C
    with D".
    """
    if pairs := _pairs(scene, people):
        return pairs
    one = next((code for code, parties in people.items() if len(parties) == 1), None)
    many = next((code for code, parties in people.items() if len(parties) > 1), None)
    if scene.word("separately") is None or one is None or many is None:
        return [people]
    return [{one: people[one], many: [party]} for party in people[many]]


def _pairs(scene: Scene, people: Sides) -> list[Sides]:
    """Return the pairs of people who are told one after the other, each with one of either side, in
    the same roles and with "and" between the pairs only; none if they are not.
    """
    if len(people) != 2 or len({len(members) for members in people.values()}) != 1:
        return []
    told = sorted(
        ((party, code) for code, members in people.items() for party in members),
        key=lambda one: one[0].first,
    )
    couples = list(zip(told[::2], told[1::2], strict=True))
    manner = {tuple((code, party.role) for party, code in couple) for couple in couples}
    joints = {hit.first for hit in scene.of("word") if hit.value("word") == "joining"}
    between = [(one.last, two.first) for (one, _), (two, _) in pairwise(told)]
    joined = [any(first < joint < last for joint in joints) for first, last in between]
    inside, outside = joined[::2], joined[1::2]
    if len(couples) < 2 or len(manner) != 1 or len({code for _, code in couples[0]}) != 2:
        return []
    if any(inside) or not all(outside):
        return []
    return [{code: [party] for party, code in couple} for couple in couples]


def by_itself(scene: Scene, pair: Sequence[str]) -> bool:
    """Return whether a scene has a day of its own and names no third country, so that who it leaves
    out may be understood from far.

    Args:
        scene: a scene that leaves out who takes part.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    hours = (hit for hit in scene.of("word") if hit.value("word") == "times_of_day")
    heads = [hit.first for hit in (*scene.acts[-1:], *hours) if hit.case is None]
    dated = any(
        not day.attributive or any(0 < first - day.last <= _OF_THE_ACT for first in heads)
        for day in scene.days
    )
    return dated and {party.country for party in scene.parties} <= {None, *pair}


def of_many(forum: Forum | None, scene: Scene, pair: Sequence[str]) -> bool:
    """Return whether a scene tells of a gathering of a forum in which more than the pair sit.

    Args:
        forum: the forum that the scene names, if any.
        scene: the scene.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    return (
        forum is not None
        and set(pair) < set(forum.members)
        and not {"sidelines", "during"} & set(scene.words)
        and scene.pronoun("both") is None
        and scene.noun("call") is None
    )
