"""Find every known word of a text in one pass.

All surface forms stand, folded and in order, in one text (a trie of them takes many times the
memory); what is read is folded into one stream without white space, so that joined and spaced
compounds are the same, and is looked up word by word: what a word may begin with is remembered.
Word boundaries and case endings are checked after.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from os.path import commonprefix
from typing import NamedTuple

from rajnay.knowledge.borrowed import BorrowedNames, Respelling, Row, with_borrowed
from rajnay.knowledge.compiled import Known, Stream, Words, stream_of
from rajnay.knowledge.hits import Hit, Meaning
from rajnay.knowledge.markers import of_places, with_markers
from rajnay.knowledge.packed import Packed
from rajnay.models import Span
from rajnay.text.folding import ending_key, fold
from rajnay.text.tokens import Token

# The second word of an unspaced compound is at least so long: anything shorter is an ending that is
# not known.
_SHORTEST_FIRST = 4
_SHORTEST_SECOND = 3


__all__ = ["Hit", "Lexicon", "Meaning", "is_native"]

# Kinds of words that may begin or end with a case marker apart: "in Suru" is not Mysuru.
_CLOSED = frozenset({"marker", "post", "pronoun", "verb", "word"})
# At most so many endings stand in a row, each as long as the longest.
_ENDINGS_IN_A_ROW = 4
_REMEMBERED = 1 << 15
# Asked for words not met before only.
_FEW = 1 << 12


class _Stored:
    """What a key of the lexicon may mean, without an ending and with one."""

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


class _Word(NamedTuple):
    """The keys that a word's letters begin with, the longest first, and the letters after them with
    which a longer key may go on.
    """

    keys: tuple[_Stored, ...]
    follow: str


class _Alone(NamedTuple):
    """What a word is by itself: a known word, or none; unless it is not ``sure`` before the words
    after it are seen.
    """

    hit: Hit | None
    follow: str
    sure: bool


class Lexicon:
    """All the known words of a language, ready to be found."""

    def __init__(
        self,
        words: Words,
        endings: Mapping[str, Iterable[str]],
        abbreviations: Iterable[str] = (),
        markers: Mapping[str, Iterable[str]] | None = None,
        borrowed: tuple[Iterable[Row], Respelling] | None = None,
        places: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare to find them.

        Args:
            words: surface forms with their meanings, compiled with the same abbreviations.
            endings: case endings, by the role they give.
            abbreviations: words after which a full stop ends nothing.
            markers: words that stand after another as its case ending, by the role they give.
            borrowed: names of other languages, and how this one writes them.
            places: roles that mean another for places and countries.
        """
        self._of_places = dict(places or {})
        self._words = Packed(words.keys)
        self._numbers, self._meanings = Packed(words.numbers), words.meanings
        self._abbreviations = frozenset(fold(word) for word in abbreviations)
        self._roles = {
            ending_key(ending): role for role, forms in endings.items() for ending in forms
        }
        self._markers = {form: role for role, forms in (markers or {}).items() for form in forms}
        self._spelled = {role: tuple(forms) for role, forms in endings.items()}
        self._longest_tail = _ENDINGS_IN_A_ROW * max(map(len, self._roles), default=0)
        self._roles_of = lru_cache(maxsize=_FEW)(self._find_roles)
        self._endings_of = lru_cache(maxsize=_REMEMBERED)(self._find_endings)
        self._word = lru_cache(maxsize=_FEW)(self._read_word)
        self._keys_of = lru_cache(maxsize=_FEW)(self._find_keys)
        self._alone = lru_cache(maxsize=_REMEMBERED)(self._read_alone)
        self._borrowed = BorrowedNames(*borrowed, self.endings_of) if borrowed else None

    def __len__(self) -> int:
        """Return how many forms are known."""
        return len(self._words)

    def stream(self, tokens: Sequence[Token]) -> Stream:
        """Return the letters of a text in which known words are looked for."""
        return stream_of(tokens, self._abbreviations)

    def find(self, tokens: Sequence[Token], stream: Stream | None = None) -> tuple[Hit, ...]:
        """Return the known words of a text, leftmost and longest first, none overlapping
        another.

        Args:
            tokens: all tokens of the text.
            stream: their letters, where they are known: lexicons of one language read the same.
        """
        stream = stream or self.stream(tokens)
        hits: list[Hit] = []
        text, start = stream.text, 0
        while start < len(text):
            first = stream.owners[start]
            after, token = stream.ends[first] + 1, tokens[first]
            if start == stream.begins[first] and token.kind != "mark":
                alone = self._alone(token.key, token.surface)
                if alone.sure and text[after : after + 1] not in alone.follow:
                    if alone.hit is not None:
                        hits.append(alone.hit.at(first, token.span))
                    start = after
                    continue
            hit, stop = self._best(tokens, stream, start, self._keys(stream, start))
            if hit is not None:
                hits.append(hit)
            start = after if hit is None else stop + 1
        if self._borrowed is not None:
            hits = list(with_borrowed(hits, tokens, self._borrowed))
        if self._markers:
            hits = list(with_markers(hits, tokens, self._markers, self._abbreviations))
        return tuple(of_places(hits, self._of_places) if self._of_places else hits)

    def _read_alone(self, letters: str, surface: str) -> _Alone:
        size, word = len(letters), self._word(letters)
        token = Token("word", Span(0, len(surface)), surface, letters, (0,) * size, None, True, 0)
        stream = Stream(letters, [0] * size, [0], [size - 1])
        hit, _ = self._first([token], stream, 0, word.keys, False)
        joins = any(_SHORTEST_FIRST <= key.length < size for key in word.keys)
        return _Alone(hit, word.follow, hit is not None or not joins)

    def _keys(self, stream: Stream, start: int) -> tuple[_Stored, ...]:
        """Return the keys that begin at a letter, the longest first."""
        text, stop = stream.text, stream.ends[stream.owners[start]] + 1
        word = self._word(text[start : min(stop, start + self._words.longest + 1)])
        if text[stop : stop + 1] not in word.follow:
            return word.keys
        return self._keys_of(self._longest_beginning(text[start : start + self._words.longest]))

    def _read_word(self, letters: str) -> _Word:
        return _Word(self._keys_of(letters), "".join(self._letters_after(letters)))

    def _find_keys(self, letters: str) -> tuple[_Stored, ...]:
        """Return the keys that letters begin with, the longest first."""
        beginnings = (letters[:size] for size in range(len(letters), 0, -1))
        found = ((bisect_left(self._words, key), key) for key in beginnings)
        return tuple(self._find_stored(at) for at, key in found if self._key(at) == key)

    def _key(self, at: int) -> str:
        return self._words[at] if at < len(self._words) else ""

    def _letters_after(self, letters: str) -> Iterator[str]:
        """Yield every letter that may follow others in a longer key."""
        size, following = len(letters), letters + "\0"
        key = self._key(bisect_left(self._words, following))
        while key.startswith(letters):
            yield key[size]
            following = letters + chr(ord(key[size]) + 1)
            key = self._key(bisect_left(self._words, following))

    def _longest_beginning(self, letters: str) -> str:
        """Return as much of some letters as any key begins with."""
        at = bisect_left(self._words, letters)
        beside = (self._key(at - 1), self._key(at))
        return max(commonprefix((letters, key)) for key in beside)  # noqa: RUF071 (no paths)

    def _best(
        self, tokens: Sequence[Token], stream: Stream, start: int, keys: Sequence[_Stored]
    ) -> tuple[Hit | None, int]:
        """Return the longest known word that begins somewhere, with the last letter of its
        ending.
        """
        found = self._first(tokens, stream, start, keys, False)
        return found if found[0] else self._first(tokens, stream, start, keys, True)

    def _first(
        self,
        tokens: Sequence[Token],
        stream: Stream,
        start: int,
        keys: Sequence[_Stored],
        joins: bool,
    ) -> tuple[Hit | None, int]:
        """Return the first of some keys that is a known word."""
        for stored in keys:
            hit, stop = self._accept(tokens, stream, start, stored, joins)
            if hit and hit.case == "plural":
                # "Russia's" is no plural of "Russian": an ending that says more is the likelier
                # one.
                shorter = (self._accept(tokens, stream, start, key, False) for key in keys)
                hit, stop = next(
                    (found for found in shorter if found[0] and found[0].case == "genitive"),
                    (hit, stop),
                )
            if hit:
                return hit, stop
        return None, start

    def _accept(
        self, tokens: Sequence[Token], stream: Stream, start: int, stored: _Stored, joins: bool
    ) -> tuple[Hit | None, int]:
        """Return a key as a known word, if what follows it in its word is nothing or an ending; or,
        where it ``joins``, another known word.
        """
        end = start + stored.length - 1
        first, last = stream.owners[start], stream.owners[end]
        stop = stream.ends[last]
        ended, joined = stop > end, False
        roles: tuple[str, ...] = ()
        if ended:
            if stop - end <= self._longest_tail:
                roles = self._roles_of(stream.text[end + 1 : stop + 1])
            joined = joins and not roles and first == last and self._joins(stored, stream, end)
            if not roles and not joined:
                return None, end
        surface = (
            "".join(token.surface for token in tokens[first : last + 1] if token.kind != "mark")
            if stored.exact
            else ""
        )
        meanings = stored.meanings(surface, ended)
        if first != last and (self.marks(tokens, first) or self.marks(tokens, last)):
            meanings = tuple(meaning for meaning in meanings if meaning.kind in _CLOSED)
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

    def _joins(self, stored: _Stored, stream: Stream, end: int) -> bool:
        """Return whether a key may be the first word of an unspaced compound: another follows."""
        if stored.length < _SHORTEST_FIRST:
            return False
        return any(key.length >= _SHORTEST_SECOND for key in self._keys(stream, end + 1))

    def _find_stored(self, number: int) -> _Stored:
        known = [self._meanings[int(one)] for one in self._numbers[number].split()]
        return _Stored(len(self._words[number]), known)

    def endings_of(self, word: Token) -> Sequence[tuple[int, str]]:
        """Return, longest ending first, where each possible ending of a word begins in its key, and
        the role it gives.
        """
        return self._endings_of(word.key, word.surface)

    def role_at(self, tokens: Sequence[Token], index: int) -> str | None:
        """Return the role that the case marker after a word gives, or else its longest ending.

        Args:
            tokens: all tokens of the text.
            index: which of them is the word.
        """
        if self._markers and self.marks(tokens, index + 1):
            return self._markers[tokens[index + 1].surface]
        return next((role for _, role in self.endings_of(tokens[index])), None)

    def marks(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether the token at an index is a word that may stand as another's ending."""
        return index < len(tokens) and tokens[index].surface in self._markers

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
    """Return whether a token is a word in the letters that names are written in."""
    return token.native
