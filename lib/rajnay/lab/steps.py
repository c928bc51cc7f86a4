"""An article on its way to engagements, a table for each step: words, what they name, clauses,
drafts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from rajnay.compose.drafting import draft_engagements
from rajnay.lab.views import Table
from rajnay.mentions.clauses import Clause
from rajnay.mentions.passages import Analysis, Passage, analyse
from rajnay.models import Extraction, Span
from rajnay.timeline.corpus import Corpus


@dataclass(frozen=True)
class Steps:
    """One article, and one of its sentences to look at closely."""

    corpus: Corpus
    extraction: Extraction
    analysis: Analysis
    passage: Passage

    def words(self) -> Table:
        """Return the words of the sentence with their keys and places."""
        sentence = self.passage.sentence
        tokens = self.analysis.tokens[sentence.first : sentence.last + 1]
        lines = [(one.surface, one.key, one.kind, one.span.start, one.span.end) for one in tokens]
        return table(lines, "word", "key", "kind", "from", "to")

    def named(self) -> Table:
        """Return what the words of the sentence name, with its name of record."""
        sentence, text = self.passage.sentence, self.extraction.article.text
        within = self._span(sentence.first, sentence.last)
        lines = [
            (one.span.of(text), one.kind, one.key)
            for one in self.extraction.mentions
            if within.start <= one.span.start < within.end
        ]
        empty = "This sentence names nothing that is known."
        return table(lines, "words", "names a", "of record", empty=empty)

    def clauses(self) -> Table:
        """Return the clauses of the sentence with what their verbs say."""
        text = self.extraction.article.text
        lines = [
            (self._span(one.first, one.last).of(text), *said_by(one))
            for one in self.passage.clauses
        ]
        heads = ("clause", "verb", "tense", "denied", "possible")
        return table(lines, *heads, empty="There is no clause in it.")

    def drafts(self) -> Table:
        """Return the acts that the whole article is drafted to tell of, before any is settled."""
        pair, known = self.corpus.pair, self.corpus.knowledge
        lines = []
        for one in draft_engagements(self.analysis, pair, known).drafts:
            sides = [", ".join(one.names(code)) for code in pair]
            when = one.when.edtf if one.when else ""
            lines.append((one.kind, *sides, when, one.dated_by, one.place))
        heads = ("kind", *pair, "date", "date from", "place")
        return table(lines, *heads, empty="No act between the two countries was found.")

    def _span(self, first: int, last: int) -> Span:
        tokens = self.analysis.tokens
        return Span(tokens[first].span.start, tokens[last].span.end)


def steps_of_article(corpus: Corpus, extraction: Extraction, sentence: int) -> Steps:
    """Return the steps of an article; ``sentence`` is the one to look at, counted from 1, the last
    if there are not so many.
    """
    analysis = analyse(extraction.article, corpus.knowledge)
    passage = analysis.passages[min(sentence, len(analysis.passages)) - 1]
    return Steps(corpus, extraction, analysis, passage)


def said_by(clause: Clause) -> tuple[str, str, str, str]:
    """Return the senses and the tense of a clause's verb, and whether it denies or only allows."""
    verb = clause.verb
    if verb is None:
        return "none", "", "", ""
    denied, possible = ("yes" if doubt else "" for doubt in (verb.negated, verb.possible))
    return ", ".join(sorted(verb.senses)), verb.tense, denied, possible


def table(lines: Sequence[tuple[object, ...]], *heads: str, empty: str = "Nothing.") -> Table:
    """Return lines under their heads."""
    return Table(pd.DataFrame(lines, columns=list(heads)), empty)
