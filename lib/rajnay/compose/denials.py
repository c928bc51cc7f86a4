"""What a later clause or sentence takes back of what was told before it."""

from __future__ import annotations

from collections.abc import Iterable

from rajnay.compose.desk import Desk
from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import MEETINGS
from rajnay.compose.scenes.reports import calls_a_report_false, is_report, is_untrue
from rajnay.compose.scenes.scene import Scene
from rajnay.mentions.passages import Passage
from rajnay.models import Step

_FACE_TO_FACE = ("meeting", "encounter", "talk", "consultation")
# What a noun for an act may have been drafted as; any draft for what is not named.
_TOLD_AS = dict.fromkeys(_FACE_TO_FACE, MEETINGS) | {"visit": frozenset({"visit"})}
_TOLD_AS |= {"call": frozenset({"call"}), "exercise": frozenset({"exercise"})}


class Denials:
    """Takes back drafts that what follows them denies."""

    def __init__(self, desk: Desk) -> None:
        """Prepare to look at the drafts of a desk."""
        self._desk = desk

    def by_sentence(self, index: int, passage: Passage) -> None:
        """Drop what the sentence before told as a report, if this one denies the report.

        Args:
            index: the sentence's number.
            passage: the sentence.
        """
        points = any(hit.value("pronoun") in ("this", "in_it") for hit in passage.hits)
        if not index or not (points and is_untrue(passage.hits)):
            return
        before = self._desk.analysis.passages[index - 1]
        if is_report(before.hits) or calls_a_report_false(passage.hits):
            self._drop(self._told_in(index - 1), "the next sentence denies it")

    def by_scene(self, index: int, scene: Scene) -> None:
        """Drop what was told right before, if a scene says that it did not come about; a plan for
        it is cancelled, and who had gone there for it has still gone.

        Args:
            index: the sentence's number.
            scene: the scene in it.
        """
        opens = scene.hits[0].value("word") if scene.hits else None
        if opens == "relatives" and is_untrue(scene.hits) and is_report(scene.before):
            told = (one for one in self._told_in(index) if one.last < scene.first)
            self._drop(list(told), "the clause after it denies it")
        if not scene.taken_back:
            return
        noun = scene.noun(*_TOLD_AS)
        kinds = _TOLD_AS.get(noun.value("noun") or "") if noun is not None else None
        near = self._told_in(index) or (self._told_in(index - 1) if scene.number == 0 else [])
        denied = [one for one in near if kinds is None or one.kind in kinds]
        for draft in [one for one in denied if noun is not None and _came_for_it(one)]:
            denied.remove(draft)
            host = draft.country or ""
            draft.kind, draft.sides[host] = "visit", []
            draft.spans.pop(f"parties.{host}", None)
        for draft in denied:
            draft.cancelled = draft.tense in ("future", "unrealised")
        taken_back = (one for one in denied if not one.cancelled)
        self._drop(taken_back, "said right after not to have come about")

    def _told_in(self, index: int) -> list[Draft]:
        return [draft for draft in self._desk.out.drafts if draft.passage == index]

    def _drop(self, drafts: Iterable[Draft], why: str) -> None:
        for draft in drafts:
            self._desk.out.drafts.remove(draft)
            step = Step(self._desk.evidence(draft), "no engagement", why)
            self._desk.out.dropped.append(step)


def _came_for_it(draft: Draft) -> bool:
    """Return whether a meeting is told by somebody's coming for it, so that it has no known end."""
    when = draft.when
    open_ended = when is not None and when.start is not None and when.end is None
    return open_ended and draft.kind in MEETINGS and draft.country in draft.sides
