"""Find every known word of a text in one pass.

All surface forms stand, folded, in one Aho-Corasick automaton (Aho and Corasick 1975); the text is
folded into one stream without white space, so that joined and spaced compounds are the same, and
word boundaries and case endings are checked after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from rajnay.knowledge.packs import Entry
from rajnay.models import Span
from rajnay.text.folding import fold, is_indic
from rajnay.text.tokens import Token, tokenise

_JOINERS = frozenset("-‐‑–'’\"“”‘`()")
_BREAK = "\n"
# The second word of an unspaced compound is at least so long: anything shorter is an ending that is
# not known.
_SHORTEST_FIRST = 4
_SHORTEST_SECOND = 3


class Meaning(NamedTuple):
    """One meaning of a hit: its class and the name of record within it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A known word in a text.

    ``first`` and ``last`` are its token indices, inclusive; ``span`` covers its letters with any
    joined ending; ``case`` is the role that the ending gives; ``plural`` says that the ending makes
    it many.
    """

    first: int
    last: int
    span: Span
    meanings: tuple[Meaning, ...]
    case: str | None
    plural: bool = False

    @property
    def everyday(self) -> bool:
        """Whether the hit is a word that may stand anywhere and names nobody."""
        return self.value("word") in _EVERYDAY

    def value(self, kind: str) -> str | None:
        """Return the name of record that the hit has in a class, or None."""
        return next((meaning.value for meaning in self.meanings if meaning.kind == kind), None)


_EVERYDAY = frozenset({"common", "about", "also", "habits", "series", "separately"})
# Before a form in the data: only this spelling counts, not all that fold to the same key.
_ONLY_SO = "="


class _Stored(NamedTuple):
    length: int
    meanings: tuple[tuple[Meaning, bool, str], ...]


class Lexicon:
    """All the known words of a language, ready to be found."""

    def __init__(
        self,
        entries: Iterable[Entry],
        endings: Mapping[str, Iterable[str]],
        lang: str,
        abbreviations: Iterable[str] = (),
    ) -> None:
        """Build the automaton.

        Args:
            entries: surface forms with their meanings.
            endings: case endings, by the role they give.
            lang: BCP 47 code, for the normaliser.
            abbreviations: words after which a full stop ends nothing.
        """
        self._abbreviations = frozenset(fold(word) for word in abbreviations)
        self._roles = {fold(ending): role for role, forms in endings.items() for ending in forms}
        self._spelled = {role: tuple(forms) for role, forms in endings.items()}
        self._automaton = ahocorasick.Automaton()
        stored: dict[str, dict[tuple[Meaning, bool, str], None]] = {}
        for entry in entries:
            tokens = tokenise(entry.surface.removeprefix(_ONLY_SO), lang)
            key = self._stream(tokens)[0]
            if key.strip(_BREAK):
                only_so = len(key) <= 2 or entry.surface.startswith(_ONLY_SO)
                exact = "".join(token.surface for token in tokens) if only_so else ""
                stored.setdefault(key, {})[
                    (Meaning(entry.kind, entry.value), entry.inflects, exact)
                ] = None
        for key, meanings in stored.items():
            self._automaton.add_word(key, _Stored(len(key), tuple(meanings)))
        self._automaton.make_automaton()
        self.keys = tuple(stored)

    def find(self, tokens: Sequence[Token]) -> tuple[Hit, ...]:
        """Return the known words of a text, leftmost and longest first, none overlapping
        another.
        """
        stream, owners, starts = self._stream(tokens)
        ends = {
            index
            for index in range(len(stream))
            if index + 1 == len(stream) or owners[index + 1] != owners[index]
        }
        found: dict[int, list[tuple[int, _Stored]]] = {}
        for end, stored in self._automaton.iter(stream):
            found.setdefault(end - stored.length + 1, []).append((end, stored))
        hits: list[Hit] = []
        free_from = 0
        joints: set[int] = set()
        for start in sorted(found):
            if start < free_from or not (start in starts or start in joints):
                continue
            longest = sorted(found[start], key=lambda pair: -pair[0])
            for compound, (end, stored) in [(False, pair) for pair in longest] + [
                (True, pair) for pair in longest
            ]:
                hit, stop = self._accept(
                    tokens, stream, owners, ends, start, end, stored, found if compound else {}
                )
                if hit and hit.case == "plural":
                    # "Russia's" is no plural of "Russian": an ending that says more is the likelier
                    # one.
                    shorter = (
                        self._accept(tokens, stream, owners, ends, start, at, other, {})
                        for at, other in longest
                    )
                    hit, stop = next(
                        (found for found in shorter if found[0] and found[0].case == "genitive"),
                        (hit, stop),
                    )
                if hit:
                    hits.append(hit)
                    free_from = stop + 1
                    joints.add(end + 1)
                    break
        return tuple(hits)

    def _accept(
        self,
        tokens: Sequence[Token],
        stream: str,
        owners: Sequence[int],
        ends: set[int],
        start: int,
        end: int,
        stored: _Stored,
        found: Mapping[int, Sequence[tuple[int, _Stored]]],
    ) -> tuple[Hit | None, int]:
        first, last = owners[start], owners[end]
        stop = end
        while stop not in ends:
            stop += 1
        tail = stream[end + 1 : stop + 1]
        roles = self._roles_of(tail) if tail else ()
        case = roles[-1] if roles else None
        joined = (
            bool(tail)
            and case is None
            and stored.length >= _SHORTEST_FIRST
            and any(other.length >= _SHORTEST_SECOND for _, other in found.get(end + 1, ()))
        )
        if tail and case is None and not joined:
            return None, end
        surface = "".join(
            token.surface
            for token in tokens[first : last + 1]
            if token.kind in ("word", "number", "handle")
        )
        meanings = tuple(
            meaning
            for meaning, inflects, exact in stored.meanings
            if (inflects or not tail) and (not exact or exact == surface)
        )
        if first != last and stored.length <= _SHORTEST_FIRST:
            meanings = tuple(
                meaning for meaning in meanings if meaning.kind != "person"
            )  # "a be" is not Abe
        if not meanings:
            return None, end
        begin = (
            tokens[first].span.start
            if start == 0 or owners[start - 1] != first
            else tokens[first].sources[start - owners.index(first)]
        )
        if joined:
            stop = end
            finish = tokens[last].sources[end + 1 - owners.index(last)]
        else:
            finish = tokens[last].span.end
        return Hit(first, last, Span(begin, finish), meanings, case, "plural" in roles), stop

    def endings_of(self, word: Token) -> list[tuple[int, str]]:
        """Return, longest ending first, where each possible ending of a word begins in its key, and
        the role it gives.
        """
        return [
            (at, roles[-1])
            for at in range(2, len(word.key))
            if (roles := self._roles_of(word.key[at:]))
            and word.surface.endswith(self._spelled[roles[-1]])
        ]

    def _roles_of(self, tail: str) -> tuple[str, ...]:
        if tail in self._roles:
            return (self._roles[tail],)
        for cut in range(len(tail) - 1, 0, -1):
            if tail[:cut] in self._roles and (rest := self._roles_of(tail[cut:])):
                return (self._roles[tail[:cut]], *rest)
        return ()

    def _stream(self, tokens: Sequence[Token]) -> tuple[str, list[int], set[int]]:
        pieces: list[str] = []
        owners: list[int] = []
        starts: set[int] = set()
        for index, token in enumerate(tokens):
            piece = token.key
            if token.kind == "mark":
                after_abbreviation = (
                    token.surface == "."
                    and index > 0
                    and tokens[index - 1].key in self._abbreviations
                )
                piece = (
                    ""
                    if token.surface in _JOINERS or after_abbreviation
                    else token.surface
                    if token.surface == "+"
                    else _BREAK
                )
            if piece:
                starts.add(len(owners))
                pieces.append(piece)
                owners.extend([index] * len(piece))
        return "".join(pieces), owners, starts


def is_native(token: Token) -> bool:
    """Return whether a token is a word of an Indic script."""
    return token.kind == "word" and is_indic(token.surface[0])
