"""Which kind of act the words of a scene name, before its parties are known."""

from __future__ import annotations

from rajnay.compose.scenes import FACE_TO_FACE, MOTION, Scene
from rajnay.knowledge.lexicon import Hit


def act_of(scene: Scene) -> str | None:
    """Return the kind of act that a scene's words name, before its parties are known; None when
    they name none.

    The kinds are those of an engagement, with ``talk`` for words that may be no more than speech
    about something.
    """
    if scene.noun("interview") is not None:
        return None
    forum = any(hit.value("forum") for hit in scene.hits)
    if (
        forum
        and scene.noun("attendance") is not None
        and not any(party.role in ("comitative", "between") for party in scene.parties)
    ):
        return "multilateral"
    agreement = scene.noun("agreement")
    papers = agreement is not None
    between = any(party.role == "between" for party in scene.parties)
    made = between and scene.verb is not None and scene.verb.senses == {"light"}
    if (
        made
        and scene.verb is not None
        and agreement is not None
        and agreement.case is None
        and scene.verb.first <= agreement.last + 2
    ):
        return "agreement"
    if (
        (scene.noun("signing") is not None or (papers and scene.noun("exchange") is not None))
        and scene.noun("meeting", "encounter") is None
        and (papers or scene.verb is not None)
    ):
        return "agreement"
    exercise, talks = (
        scene.noun("exercise"),
        scene.noun("meeting", "encounter", "consultation", "chairing", "call"),
    )
    people = talks is not None and any(
        party.form in ("person", "office") and party.last < talks.first for party in scene.parties
    )
    if exercise is not None and not people and (talks is None or talks.first <= exercise.first):
        return "exercise"
    if "attend" in scene.senses and scene.noun("meeting") is None:
        return "multilateral"
    if scene.noun("call", "video") is not None and (
        scene.noun("talk", "meeting", "encounter") or scene.verb is not None or scene.noun("call")
    ):
        return "call"
    with_somebody = any(
        party.role in ("comitative", "between") and party.form in ("person", "office")
        for party in scene.parties
    )
    if scene.noun("chairing", "consultation") is not None or (
        scene.noun("presiding") is not None and with_somebody
    ):
        return "consultation"
    if scene.noun("commission") is not None and "meet" in scene.senses:
        return "consultation"
    if (
        scene.noun("meeting") is not None
        or scene.senses & FACE_TO_FACE
        or scene.noun("welcome") is not None
    ):
        return "meeting"
    if "invite" in scene.senses and scene.dates:
        return "visit"
    if "leave" in scene.senses and _bound_for(scene):
        return "visit"
    if "send" in scene.senses and any(
        party.form in ("person", "office") and party.role == "dative" for party in scene.parties
    ):
        return "visit"
    if (
        scene.senses & MOTION
        and scene.noun("attendance") is not None
        and any(hit.value("forum") for hit in scene.hits)
    ):
        return "multilateral"
    encounter = scene.noun("encounter")
    if encounter is not None:
        return (
            "visit"
            if encounter.case == "ergative" or _of_a_country(scene, encounter)
            else "meeting"
        )
    topic, talk = scene.word("about"), scene.noun("talk")
    visit = scene.noun("visit")
    if (
        visit is not None
        and topic is not None
        and talk is not None
        and visit.last < topic.first < talk.first
    ):
        return "talk"  # the visit is what was talked about
    if visit is not None or scene.senses & MOTION or scene.noun("departure") is not None:
        return "visit"
    talk = scene.noun("talk")
    # "In the talk ..." points at one told before.
    if (talk is not None and talk.case != "locative") or (
        "discuss" in scene.senses and with_somebody
    ):
        return "talk"
    if scene.noun("attendance") is not None or "attend" in scene.senses:
        return "multilateral"
    gathering = scene.noun("gathering")
    if (
        gathering is not None
        and gathering.case != "genitive"
        and any(hit.value("forum") for hit in scene.hits)
    ):
        return "multilateral"
    leads, body = scene.noun("leading"), any(party.form == "body" for party in scene.parties)
    if (
        leads is not None
        and leads.case is None
        and "light" in scene.senses
        and (body or scene.noun("delegation") is not None)
    ):
        return "multilateral"
    # A host gives a meal, or sits at it with the guest.
    if scene.noun("meal") is not None and "light" in scene.senses:
        return "meeting"
    return None


def _bound_for(scene: Scene) -> bool:
    """Return whether a scene names where somebody leaves for: "for India", "towards Moscow"."""
    ends = {hit.first - 1 for hit in scene.hits if hit.value("word") == "purposes"}
    return any(
        hit.last in ends and (hit.value("place") or hit.value("country")) for hit in scene.hits
    )


def _of_a_country(scene: Scene, noun: Hit) -> bool:
    before = [party for party in scene.parties if party.last < noun.first]
    place = next(
        (hit for hit in reversed(scene.hits) if hit.value("place") and hit.last < noun.first), None
    )
    if (
        place is not None
        and place.case == "genitive"
        and (not before or before[-1].last < place.first)
    ):
        return True
    people = [
        party
        for party in scene.parties
        if party.role in ("comitative", "between") and party.form != "country"
    ]
    return (
        bool(before)
        and before[-1].form == "country"
        and before[-1].role in ("genitive", "bare")
        and not people
    )
