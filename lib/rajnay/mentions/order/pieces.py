"""A sentence written anew: its words in another order, with what each says there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rajnay.knowledge.hits import Hit, Meaning
from rajnay.mentions.order.units import Unit

if TYPE_CHECKING:
    from rajnay.mentions.dates.finder import DateMention

# Roles that an ending gives elsewhere: the last word of the phrase is in that case.
CASES = frozenset({"genitive", "dative", "locative", "ablative", "adessive", "ergative"})
_POSTS = frozenset({"comitative", "between", "led", "invited", "instrument", "residence"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens of the text, named by their indices, with the known word or date that they are.

    No tokens stand for a mark that keeps two phrases apart.
    """

    tokens: tuple[int, ...] = ()
    hit: Hit | None = None
    date: DateMention | None = None

    @property
    def names(self) -> bool:
        """Whether it may open a phrase that names somebody."""
        unit = Unit(0, 0, "word", self.hit)
        return unit.people or unit.land

    @property
    def unknown(self) -> bool:
        """Whether no table has it."""
        return self.hit is None and self.date is None

    @property
    def open(self) -> bool:
        """Whether a phrase that it ends may go on."""
        return self.names and self.hit is not None and self.hit.case is None


APART = Piece()


def piece_of(unit: Unit) -> Piece:
    """Return a unit as it stands.

    Args:
        unit: a piece of the text.
    """
    return Piece(tuple(range(unit.first, unit.last + 1)), unit.hit, unit.date)


def as_word(unit: Unit, kind: str, value: str) -> Piece:
    """Return a unit with one meaning alone.

    Args:
        unit: a piece of the text.
        kind: a class of meanings.
        value: a meaning within its class.
    """
    return _meaning(unit, (Meaning(kind, value),))


def as_verb(unit: Unit, verb: str) -> Piece:
    """Return a unit as a verb; what else it is as a small word or pronoun it stays."""
    small = (one for one in unit.meanings if one.kind in ("word", "pronoun"))
    words = (one for one in small if one.value != "negations")
    return _meaning(unit, (Meaning("verb", verb), *words))


def _meaning(unit: Unit, meanings: tuple[Meaning, ...]) -> Piece:
    piece = piece_of(unit)
    return replace(piece, hit=replace(unit.hit, meanings=meanings)) if unit.hit else piece


def in_case(pieces: Sequence[Piece], case: str | None) -> list[Piece]:
    """Return pieces of which the last, if it is a known word without a case, is in one."""
    *others, last = pieces or [APART]
    hit = last.hit
    if case is None or hit is None or last.date is not None or hit.case not in (None, "plural"):
        return list(pieces)
    return [*others, replace(last, hit=replace(hit, case=case))]


def governed(pieces: Sequence[Piece], preposition: Unit, role: str) -> list[Piece]:
    """Return a phrase with its preposition after it: as the last word's case, or as a word that
    gives a role.

    Args:
        pieces: the phrase.
        preposition: what stands before it in the text.
        role: what it says of the phrase there.
    """
    after = as_word(preposition, "post" if role in CASES | _POSTS else "word", role)
    *others, last = in_case(pieces, role) if role in CASES else pieces
    hit = last.hit
    if hit is None or last.date is not None or role not in CASES:
        return [*pieces, after]
    if hit.case != role:
        return list(pieces)
    marked = replace(hit, marked=hit.marked + len(after.tokens))
    return [*others, Piece((*last.tokens, *after.tokens), marked)]


def parted(pieces: Iterable[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces that deny what is told, and all others."""
    both: tuple[list[Piece], list[Piece]] = [], []
    for piece in pieces:
        denies = piece.hit is not None and piece.hit.value("word") == "negations"
        both[not denies].append(piece)
    return both
