"""What was only going to be: called off, still to come, or never heard of again."""

from __future__ import annotations

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import MEETINGS, travels_in
from rajnay.compose.rules import refused
from rajnay.compose.scenes.scene import Scene
from rajnay.mentions.passages import Passage
from rajnay.models import Step

# A visit was called off so few sentences before what was to be on it.
_NEAR = 2


def settle_unrealised(desk: Desk) -> None:
    """Drop what was only going to be, unless it was moved or called off, or its day has yet to
    come.

    Args:
        desk: what was drafted of the article.
    """
    for draft in list(desk.out.drafts):
        if draft.tense != "unrealised" or draft.cancelled:
            continue
        if _falls_with_a_visit(desk, draft):
            _drop(desk, draft, "was to be on a visit that was called off")
        elif draft.not_before(desk.analysis.passages[draft.passage].anchor):
            draft.tense = "future"
        elif draft.kind in ("visit", "multilateral", "exercise"):
            draft.cancelled = True
        else:
            _drop(desk, draft, "was going to be, and is not said to have been")


def _drop(desk: Desk, draft: Draft, why: str) -> None:
    """Let a draft go, and say why."""
    desk.out.drafts.remove(draft)
    desk.out.dropped.append(Step(desk.evidence(draft), "no engagement", why))


def _falls_with_a_visit(desk: Desk, draft: Draft) -> bool:
    """Return whether what was going to be was to be on a visit called off right before."""
    return draft.kind in MEETINGS and any(
        one.cancelled and one.kind == "visit" and travels_in(one, draft, desk.pair)
        for one in desk.out.drafts
        if 0 <= draft.passage - one.passage <= _NEAR
    )


def is_off(passage: Passage, scene: Scene) -> bool:
    """Return whether a scene, or its sentence after it, says that what is told was called off.

    Args:
        passage: the sentence.
        scene: a scene of it.
    """
    off = passage.last_words.get("cancellations")
    later = off is not None and off.first > scene.last
    return scene.called_off or (later and scene.tense == "unrealised")


def denied_by(scene: Scene) -> str | None:
    """Return why what a scene tells is no engagement by its own words, None if it may be one.

    Args:
        scene: the scene.
    """
    return "tells of one told before" if scene.only_described else refused(scene)
