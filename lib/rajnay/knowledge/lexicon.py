"""Find every known word of a text in one pass.

All surface forms stand, folded, in one Aho-Corasick automaton (Aho and Corasick 1975); the text is
folded into one stream without white space, so that joined and spaced compounds are the same, and
word boundaries and case endings are checked after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from rajnay.knowledge.compiled import Known, Stream, Words, stream_of
from rajnay.models import Span
from rajnay.text.folding import fold, is_indic
from rajnay.text.tokens import Token

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
    _values: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_values", _first_of_each_kind(self.meanings))

    @property
    def everyday(self) -> bool:
        """Whether the hit is a word that may stand anywhere and names nobody."""
        return self.value("word") in _EVERYDAY

    def value(self, kind: str) -> str | None:
        """Return the name of record that the hit has in a class, or None."""
        return self._values.get(kind)


@lru_cache(maxsize=1 << 14)
def _first_of_each_kind(meanings: tuple[Meaning, ...]) -> Mapping[str, str]:
    return {meaning.kind: meaning.value for meaning in reversed(meanings)}


_EVERYDAY = frozenset({"common", "about", "also", "contents", "habits", "series", "separately"})
# At most so many endings stand in a row, each as long as the longest.
_ENDINGS_IN_A_ROW = 4
_REMEMBERED = 1 << 14


class _Stored:
    """What a key of the automaton may mean, without an ending and with one."""

    __slots__ = ("bare", "ended", "exact", "length", "spelled")

    def __init__(self, length: int, known: Sequence[Known]) -> None:
        self.length = length
        self.bare = tuple(Meaning(kind, value) for kind, value, _, _ in known)
        self.ended = tuple(Meaning(kind, value) for kind, value, inflects, _ in known if inflects)
        self.exact = any(exact for *_, exact in known)
        self.spelled = known

    def meanings(self, surface: str, ended: bool) -> tuple[Meaning, ...]:
        if not self.exact:
            return self.ended if ended else self.bare
        return tuple(
            Meaning(kind, value)
            for kind, value, inflects, exact in self.spelled
            if (inflects or not ended) and (not exact or exact == surface)
        )


Found = Mapping[int, Sequence[tuple[int, _Stored]]]


class Lexicon:
    """All the known words of a language, ready to be found."""

    def __init__(
        self,
        words: Words,
        endings: Mapping[str, Iterable[str]],
        abbreviations: Iterable[str] = (),
    ) -> None:
        """Build the automaton.

        Args:
            words: surface forms with their meanings, compiled with the same abbreviations.
            endings: case endings, by the role they give.
            abbreviations: words after which a full stop ends nothing.
        """
        self.keys = words.keys
        self._words = words
        self._abbreviations = frozenset(fold(word) for word in abbreviations)
        self._roles = {fold(ending): role for role, forms in endings.items() for ending in forms}
        self._spelled = {role: tuple(forms) for role, forms in endings.items()}
        self._longest_tail = _ENDINGS_IN_A_ROW * max(map(len, self._roles), default=0)
        self._roles_of = lru_cache(maxsize=_REMEMBERED)(self._find_roles)
        self._endings_of = lru_cache(maxsize=_REMEMBERED)(self._find_endings)
        self._stored = lru_cache(maxsize=_REMEMBERED)(self._find_stored)
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, key in enumerate(words.keys):
            self._automaton.add_word(key, number)
        self._automaton.make_automaton()

    def find(self, tokens: Sequence[Token]) -> tuple[Hit, ...]:
        """Return the known words of a text, leftmost and longest first, none overlapping
        another.
        """
        stream = stream_of(tokens, self._abbreviations)
        begins = set(stream.begins.values())
        found: dict[int, list[tuple[int, _Stored]]] = {}
        for end, number in self._automaton.iter(stream.text):
            stored = self._stored(number)
            found.setdefault(end - stored.length + 1, []).append((end, stored))
        hits: list[Hit] = []
        free_from = 0
        joints: set[int] = set()
        for start in sorted(found):
            if start < free_from or not (start in begins or start in joints):
                continue
            hit, end, stop = self._best(tokens, stream, start, found)
            if hit:
                hits.append(hit)
                free_from = stop + 1
                joints.add(end + 1)
        return tuple(hits)

    def _best(
        self, tokens: Sequence[Token], stream: Stream, start: int, found: Found
    ) -> tuple[Hit | None, int, int]:
        """Return the longest known word that begins somewhere, with its last letter and the last
        one of its ending.
        """
        longest = sorted(found[start], key=lambda pair: -pair[0])
        for others in ({}, found):
            for end, stored in longest:
                hit, stop = self._accept(tokens, stream, start, end, stored, others)
                if hit and hit.case == "plural":
                    # "Russia's" is no plural of "Russian": an ending that says more is the likelier
                    # one.
                    shorter = (
                        self._accept(tokens, stream, start, at, other, {}) for at, other in longest
                    )
                    hit, stop = next(
                        (found for found in shorter if found[0] and found[0].case == "genitive"),
                        (hit, stop),
                    )
                if hit:
                    return hit, end, stop
        return None, start, start

    def _accept(
        self,
        tokens: Sequence[Token],
        stream: Stream,
        start: int,
        end: int,
        stored: _Stored,
        others: Found,
    ) -> tuple[Hit | None, int]:
        first, last = stream.owners[start], stream.owners[end]
        stop = stream.ends[last]
        ended = stop > end
        roles: tuple[str, ...] = ()
        if ended and stop - end <= self._longest_tail:
            roles = self._roles_of(stream.text[end + 1 : stop + 1])
        joined = (
            ended
            and not roles
            and first == last
            and stored.length >= _SHORTEST_FIRST
            and any(other.length >= _SHORTEST_SECOND for _, other in others.get(end + 1, ()))
        )
        if ended and not roles and not joined:
            return None, end
        surface = (
            "".join(token.surface for token in tokens[first : last + 1] if token.kind != "mark")
            if stored.exact
            else ""
        )
        meanings = stored.meanings(surface, ended)
        if first != last and stored.length <= _SHORTEST_FIRST:
            meanings = tuple(
                meaning for meaning in meanings if meaning.kind != "person"
            )  # "a be" is not Abe
        if not meanings:
            return None, end
        begin, finish = tokens[first].span.start, tokens[last].span.end
        if start != stream.begins[first]:
            begin += tokens[first].sources[start - stream.begins[first]]
        if joined:
            stop = end
            finish = tokens[last].span.start + tokens[last].sources[end + 1 - stream.begins[last]]
        case = roles[-1] if roles else None
        return Hit(first, last, Span(begin, finish), meanings, case, "plural" in roles), stop

    def _find_stored(self, number: int) -> _Stored:
        return _Stored(len(self.keys[number]), self._words.known(number))

    def endings_of(self, word: Token) -> Sequence[tuple[int, str]]:
        """Return, longest ending first, where each possible ending of a word begins in its key, and
        the role it gives.
        """
        return self._endings_of(word.key, word.surface)

    def _find_endings(self, key: str, surface: str) -> tuple[tuple[int, str], ...]:
        first = max(2, len(key) - self._longest_tail)
        return tuple(
            (at, roles[-1])
            for at in range(first, len(key))
            if (roles := self._roles_of(key[at:])) and surface.endswith(self._spelled[roles[-1]])
        )

    def _find_roles(self, tail: str) -> tuple[str, ...]:
        if tail in self._roles:
            return (self._roles[tail],)
        for cut in range(len(tail) - 1, 0, -1):
            if tail[:cut] in self._roles and (rest := self._roles_of(tail[cut:])):
                return (self._roles[tail[:cut]], *rest)
        return ()


def is_native(token: Token) -> bool:
    """Return whether a token is a word of an Indic script."""
    return token.kind == "word" and is_indic(token.surface[0])
