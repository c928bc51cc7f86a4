"""Questions that the next sentence answers: "When will he go? On the 8th, to Moscow." """

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from rajnay.compose.scenes.scene import Scene
from rajnay.mentions.parties import Party


class Question(NamedTuple):
    """What is asked about: the sentence's number, its scene, the act that it names and who takes
    part in it.
    """

    passage: int
    scene: Scene
    act: str
    taking: list[Party]


class Answers:
    """Keeps the question asked last until a sentence answers it."""

    def __init__(self) -> None:
        """Prepare to read an article."""
        self._last: Question | None = None

    def ask(self, question: Question) -> None:
        """Keep a question about an engagement.

        Args:
            question: what is asked about.
        """
        self._last = question

    def answered(self, index: int, scene: Scene, act: str | None) -> Question | None:
        """Return what was asked right before, told with the day and place that a scene answers.

        Args:
            index: the sentence's number.
            scene: the scene in it.
            act: what the scene tells of, by its words.

        Returns:
            The question with its scene as if it had been told, or None if this is no answer to it.
        """
        last = self._last
        if last is None or act is not None or index != last.passage + 1:
            return None
        told = scene.dates and not scene.asked and "negations" not in scene.words
        if not told or (scene.verb is not None and scene.verb.negated):
            return None
        self._last = None
        where = [hit for hit in scene.hits if hit.value("place") or hit.value("forum")]
        whole = replace(last.scene, asked=False, dates=scene.dates, hits=(*last.scene.hits, *where))
        return last._replace(passage=index, scene=whole)
