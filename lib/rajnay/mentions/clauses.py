"""Cut a sentence into clauses, each closed by its verb.

The languages served put the verb last, so that what stands between one finite verb and the next
belongs together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.ordered import Ordered
from rajnay.mentions.verbs import (
    LINKS,
    OPENERS,
    Line,
    VerbForms,
    VerbGroup,
    verb_groups,
    verb_of,
    word_of,
)
from rajnay.text.punctuation import COLONS, COMMAS, SEMICOLONS
from rajnay.text.sentences import Sentence
from rajnay.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens ``first`` to ``last`` with the hits among them and the verb that closes them, if any,
    and the participles inside.
    """

    first: int
    last: int
    hits: tuple[Hit, ...]
    verb: VerbGroup | None
    participles: tuple[VerbGroup, ...] = ()

    def holds(self, index: int) -> bool:
        """Return whether a token index lies in the clause.

        Args:
            index: a token's index.
        """
        return self.first <= index <= self.last

    def nouns(self, *classes: str) -> list[Hit]:
        """Return the hits that have one of these noun classes, in order."""
        return [hit for hit in self.hits if hit.value("noun") in classes]

    def words(self, name: str) -> list[Hit]:
        """Return the hits of a closed class of small words, in order.

        Args:
            name: the name of a part or class.
        """
        return [
            hit for hit in self.hits if any(meaning == ("word", name) for meaning in hit.meanings)
        ]


class _Cut(NamedTuple):
    """A clause's last token and the verb that closes it, if one does."""

    last: int
    verb: VerbGroup | None


def split_clauses(
    sentence: Sentence, tokens: Sequence[Token], hits: Sequence[Hit], forms: VerbForms
) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order.

    Args:
        sentence: the sentence, its dateline left out.
        tokens: all tokens of the text.
        hits: the known words of the sentence, in order.
        forms: what the language's verb forms do.
    """
    line = Line(sentence, tokens, hits)
    groups = verb_groups(line, forms)
    cuts = sorted(
        itertools.chain(_verb_cuts(line, groups), _word_cuts(line, groups), _mark_cuts(line)),
        key=lambda cut: cut.last,
    )
    if forms.afterthoughts:
        cuts = list(_with_afterthoughts(line, cuts))
    return tuple(_clauses(line, cuts, Ordered(groups)))


def _clauses(line: Line, cuts: Sequence[_Cut], groups: Ordered[VerbGroup]) -> Iterator[Clause]:
    """Yield what lies between the cuts, marks alone left to the clause after them."""
    hits = Ordered(line.hits)
    first = line.sentence.body
    for last, verb in [*cuts, _Cut(line.sentence.last, None)]:
        if any(token.kind != "mark" for token in line.tokens[first : last + 1]):
            inner = tuple(group for group in groups.starting(first, last) if group is not verb)
            yield Clause(first, last, hits.starting(first, last), verb, inner)
            first = last + 1


def _with_afterthoughts(line: Line, cuts: Sequence[_Cut]) -> Iterator[_Cut]:
    """Yield the cuts, each clause with the words right after its verb that no other verb closes:
    "... have met, the ministers of both".
    """
    ends = [*cuts, _Cut(line.sentence.last, None)]
    for cut, following in itertools.pairwise(ends):
        goes_on = cut.last < line.sentence.last and line.tokens[cut.last + 1].kind != "mark"
        if cut.verb is None or not goes_on:
            yield cut
        elif following.verb is None:
            yield _Cut(cut.last if _goes_home(line, cut, following) else following.last, cut.verb)
        else:
            yield _Cut(cut.last if cut.verb.linked else _subject_after(line, cut), cut.verb)


def _goes_home(line: Line, cut: _Cut, following: _Cut) -> bool:
    """Return whether what follows a verb tells of somebody's return, which needs no other verb:
    "came on the 9th and will be back on the 12th".
    """
    words = [word_of(hit) for hit in line.hits if cut.last < hit.first <= following.last]
    return words[:1] == ["joining"] and "returns" in words


def _subject_after(line: Line, cut: _Cut) -> int:
    """Return the last token before a comma, if no verb parts it from the verb of a cut: "have met
    the ministers of both, said A".
    """
    for index in range(cut.last + 1, line.sentence.last):
        if line.tokens[index].surface in COMMAS:
            return index - 1
        if any(hit.first == index and verb_of(hit) for hit in line.hits):
            break
    return cut.last


# --- where a sentence is cut


def _verb_cuts(line: Line, groups: Sequence[VerbGroup]) -> Iterator[_Cut]:
    """Yield the cuts after verbs that close a clause; "after", "before" or "while" goes along."""
    links = {hit.first: hit.last for hit in reversed(line.hits) if word_of(hit) in LINKS}
    for group in groups:
        if not group.attributive and (group.tense != "infinitive" or group.linked):
            yield _Cut(links.get(group.last + 1, group.last), group)


def _word_cuts(line: Line, groups: Sequence[VerbGroup]) -> Iterator[_Cut]:
    """Yield the cuts before words that open a clause, but for "when" right after its own subject:
    "last week A when he came".
    """
    closed = min((group.last for group in groups), default=-1)
    for hit in line.hits:
        if hit.first > line.sentence.body and word_of(hit) in OPENERS:
            told = 0 <= closed < hit.first or line.tokens[hit.first - 1].kind == "mark"
            if told or word_of(hit) != "relatives":
                yield _Cut(hit.first - 1, None)


def _mark_cuts(line: Line) -> Iterator[_Cut]:
    """Yield the cuts at semicolons, and at colons that close something told rather than a heading,
    a date or an hour.
    """
    told = next((hit.last for hit in line.hits if hit.value("noun") or verb_of(hit)), None)
    for index in range(line.sentence.body, line.sentence.last + 1):
        surface = line.tokens[index].surface
        closes = surface in COLONS and told is not None and told < index
        if surface in SEMICOLONS or (closes and not _is_number(line.tokens[index + 1 : index + 2])):
            yield _Cut(index, None)


def _is_number(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "number" for token in tokens)
