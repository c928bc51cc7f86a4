"""The desk on which an article's engagements are drafted: what is known, what is drafted so far,
what was dropped.
"""

from __future__ import annotations

from rajnay.compose.circumstances import Circumstances
from rajnay.compose.discourse import Discourse
from rajnay.compose.drafts import Draft, Drafting
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.sessions import Counted
from rajnay.compose.sides import Sides
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Analysis, Passage
from rajnay.models import Span, Step
from rajnay.text.punctuation import FULL_STOPS
from rajnay.text.tokens import span_of


class Desk:
    """Opens drafts and drops scenes, for all who read one article."""

    def __init__(self, analysis: Analysis, pair: tuple[str, str], knowledge: Knowledge) -> None:
        """Prepare to draft the engagements of a pair of countries."""
        grammar = knowledge.packs[analysis.article.lang].grammar
        self.analysis = analysis
        self.pair = pair
        self.reference = knowledge.reference
        self.lexicon = knowledge.lexicon(analysis.article.lang)
        self.out = Drafting()
        self.discourse = Discourse(
            knowledge.reference, pair, grammar.home, analysis.article.published
        )
        self.circumstances = Circumstances(
            knowledge.reference,
            pair,
            self.out,
            analysis.tokens,
            self.lexicon,
            Counted(analysis.tokens, knowledge.dates[analysis.article.lang]),
        )
        self._headline = _headline(analysis)

    def start(
        self, index: int, passage: Passage, scene: Scene, kind: str, sides: Sides, cancelled: bool
    ) -> Draft:
        """Open a draft for a scene.

        Args:
            index: the sentence's number.
            passage: the sentence.
            scene: the scene in it.
            kind: the kind of engagement.
            sides: who stands on each side.
            cancelled: whether it was called off.
        """
        headline = passage.sentence.line == self._headline and len(self.analysis.passages) > 1
        draft = Draft(
            kind,
            index,
            scene.first,
            scene.last,
            {code: list(parties) for code, parties in sides.items()},
            None if passage.narrated and scene.in_the_present else scene.tense,
            cancelled,
            headline=headline,
        )
        draft.earlier = scene.word("before") is not None and scene.tense == "past"
        draft.separate = scene.word("separately") is not None or scene.noun_beside is not None
        draft.doubtful = scene.word("expectations") is not None
        for code, parties in sides.items():
            for party in parties:
                if party.role != "understood":
                    draft.prove(f"parties.{code}", party.span)
                draft.note(party.span, f"{code}: {party.label}", _how_known(party))
        return draft

    def told(self, scene: Scene) -> list[Party]:
        """Return the parties of a scene with the names and countries that the article tells.

        Args:
            scene: the scene in it.
        """
        return [self.discourse.resolve(party, scene.parties) for party in scene.parties]

    def told_of(self, passage: Passage) -> list[Party]:
        """Return the parties of a sentence with the names and countries that the article tells.

        Args:
            passage: the sentence.
        """
        return [self.discourse.resolve(party, passage.parties) for party in passage.parties]

    def drop(self, scene: Scene, why: str) -> list[Draft]:
        """Note why a scene tells of no engagement; return no drafts.

        Args:
            scene: the scene in it.
            why: what to say of it.
        """
        self.out.dropped.append(Step(self.span(scene), "no engagement", why))
        return []

    def evidence(self, draft: Draft) -> Span:
        """Return where what a draft rests on stands in the text.

        Args:
            draft: the draft.
        """
        tokens = self.analysis.tokens
        return span_of(tokens, draft.first, draft.last)

    def span(self, scene: Scene) -> Span:
        """Return where a scene stands in the text.

        Args:
            scene: the scene in it.
        """
        tokens = self.analysis.tokens
        return span_of(tokens, scene.first, scene.last)


def _headline(analysis: Analysis) -> int:
    """Return the line of the headline: the first one, unless it ends with a full stop as running
    text does.
    """
    if not analysis.passages:
        return -1
    line = analysis.passages[0].sentence.line
    last = [token for token in analysis.tokens if token.line == line][-1]
    return -1 if last.surface in FULL_STOPS else line


def _how_known(party: Party) -> str:
    if party.role == "understood":
        return "named before and understood here"
    if party.form == "office":
        return f"holder of the office {party.office}"
    return "named" if party.known else "not in the reference tables: transliterated"
