"""Write the sentences of a text anew, verb last, and move what was found in it along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rajnay.mentions.order.arranging import arranged
from rajnay.mentions.order.clauses import Clause, clauses_of
from rajnay.mentions.order.conditions import supposed
from rajnay.mentions.order.pieces import Piece, piece_of
from rajnay.mentions.order.units import Text, Unit, units_of
from rajnay.mentions.order.verbs import VerbReader, letters
from rajnay.models import Span
from rajnay.text.sentences import Sentence
from rajnay.text.tokens import Token

if TYPE_CHECKING:
    from rajnay.knowledge.hits import Hit
    from rajnay.knowledge.packs.words import Grammar
    from rajnay.mentions.dates.finder import DateMention

_APART = "¦"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text in another order: its tokens, what was found among them, and for each old token the
    new one that it first stands at.
    """

    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    dates: tuple[DateMention, ...]
    sentences: tuple[Sentence, ...]
    places: dict[int, int]


def rewritten(text: Text, sentences: Sequence[Sentence], grammar: Grammar) -> Rewritten:
    """Return a text with the verb of each clause last and prepositions after their phrases.

    Args:
        text: the tokens, the known words and the dates among them.
        sentences: the sentences in order, each with its dateline's end.
        grammar: the closed classes of the language.
    """
    reader, writer = VerbReader(grammar), _Writer(text)
    for sentence in sentences:
        writer.add(sentence, _ordered(text, sentence, reader))
    return writer.written()


def _ordered(text: Text, sentence: Sentence, reader: VerbReader) -> Iterator[Piece]:
    """Yield the pieces of a sentence's body in their new order."""
    units = list(units_of(text, sentence.body, sentence.last))
    items = list(supposed(reader.items(units)))
    end = len(items)
    while end and isinstance(item := items[end - 1], Unit) and _closes(item):
        end -= 1
    headed = end == len(items)
    for clause in clauses_of(items[:end]):
        yield from arranged(_in_headline(clause) if headed else clause)
    yield from (piece_of(item) for item in items[end:] if isinstance(item, Unit))


def _in_headline(clause: Clause) -> Clause:
    """Return a clause of a line without a full stop, where the present tells what has happened."""
    verb = clause.verb
    if verb is None or verb.form != "present" or not verb.alone or "d" in letters(clause.items):
        return clause
    told = [item.told_as("past") if item is verb else item for item in clause.items]
    return replace(clause, items=told)


def _closes(unit: Unit) -> bool:
    return unit.token is not None and unit.token.kind == "mark"


class _Writer:
    """Collects tokens in their new order."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._tokens: list[Token] = []
        self._hits: list[Hit] = []
        self._dates: list[DateMention] = []
        self._sentences: list[Sentence] = []
        self._places: dict[int, int] = {}

    def add(self, sentence: Sentence, pieces: Iterator[Piece]) -> None:
        first = len(self._tokens)
        for unit in units_of(self._text, sentence.first, sentence.body - 1):
            self._write(piece_of(unit))
        body = len(self._tokens)
        for piece in pieces:
            self._write(piece)
        last = len(self._tokens) - 1
        self._sentences.append(Sentence(first, last, min(body, last), sentence.line))

    def _write(self, piece: Piece) -> None:
        first = len(self._tokens)
        for index in piece.tokens:
            self._places.setdefault(index, len(self._tokens))
            self._tokens.append(self._text.tokens[index])
        last = len(self._tokens) - 1
        if not piece.tokens:
            self._tokens.append(self._mark())
        elif piece.date is not None:
            self._dates.append(replace(piece.date, first=first, last=last))
        if piece.hit is not None:
            self._hits.append(replace(piece.hit, first=first, last=last))

    def _mark(self) -> Token:
        """Return a mark of no letters that keeps apart what stands on both sides."""
        before = self._tokens[-1]
        span = Span(before.span.end, before.span.end)
        return Token("mark", span, _APART, _APART, (0,), None, False, before.line)

    def written(self) -> Rewritten:
        return Rewritten(
            tuple(self._tokens),
            tuple(self._hits),
            tuple(self._dates),
            tuple(self._sentences),
            self._places,
        )
