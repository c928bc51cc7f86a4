"""Why a scene that names an act tells of none that was held or is set: denied, only wished for, a
habit, somebody's words.
"""

from __future__ import annotations

from rajnay.compose.casting import PEOPLE
from rajnay.compose.scenes import Scene


def refused(scene: Scene) -> str | None:
    """Return why a scene tells of no engagement, whoever takes part, or None."""
    if scene.verb is not None and scene.verb.negated:
        return "denied"
    if scene.asked:
        return "a question"
    dated = any(mention.kind == "date" for mention in scene.dates)
    if (
        "meet" in scene.senses
        and scene.tense == "present"
        and not dated
        and scene.verb is not None
        and not scene.verb.progressive
    ):
        return "a habit, not a meeting"
    if scene.verb is not None and scene.verb.possible and not dated:
        return "only possible"
    if any(hit.value("word") == "then" and hit.first == scene.last + 1 for hit in scene.following):
        return "only if"
    words = [hit.value("word") for hit in (*scene.hits, *scene.following[:3])]
    if "doubts" in words:
        return "said to be open"
    if scene.repeated and not dated:
        return "a habit, not a meeting"
    joined = scene.noun("attendance")
    if joined is not None and any(
        party.form == "body" and party.role == "locative" and party.last == joined.first - 1
        for party in scene.parties
    ):
        return "joins a body, not a gathering"
    since = any(
        mention.kind == "date" and mention.bound == "from" and mention.grain == "year"
        for mention in scene.dates
    )
    if since and scene.verb is not None and scene.verb.tense == "present":
        return "a series that goes on"
    years = dated and all(
        mention.grain == "year" for mention in scene.dates if mention.kind == "date"
    )
    if (
        years
        and scene.noun("exercise") is not None
        and scene.noun("beginning") is not None
        and scene.tense == "past"
    ):
        return "the beginning of a series"
    visit = scene.noun("visit")
    if (
        visit is not None
        and visit.plural
        and not dated
        and not any(mention.kind == "duration" for mention in scene.dates)
    ):
        return "visits, none of them by itself"
    if scene.only_agreed and not dated:
        return "only agreed on"
    if scene.pronoun("speaker") is not None and not any(
        party.form in PEOPLE for party in scene.parties
    ):
        return "somebody's words about himself"
    if scene.handed_over:
        return "something is handed over, nobody is met"
    if scene.asked_to_come:
        return "asked for, not done"
    if not dated and scene.invited:
        return "an invitation without a date"
    if not dated and ("possibilities" in words or "expectations" in words):
        return "only a possibility, an expectation or a wish"
    return None
