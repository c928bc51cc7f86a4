"""A sentence with what is known of its tokens, and where a name in it may begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rajnay.knowledge.lexicon import Hit, Lexicon, is_native
from rajnay.text.sentences import Sentence
from rajnay.text.tokens import Token

if TYPE_CHECKING:
    from rajnay.mentions.names import NameBook
    from rajnay.mentions.parties import Party

# A forename, an initial and its stop stand before a surname.
LONGEST_FORENAME = 4
LONGEST_INITIAL = 2
_LONGEST_NAME = 6
# A shorter word may end like a case by chance.
_SHORTEST_ENDED = 4
# Endings after which no further word belongs to a name; a subject's may stand within one.
_CLOSING = frozenset({"dative", "genitive", "ergative"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A sentence with what is known of its tokens: ``taken`` are those of dates, ``covered`` those
    of ``hits``, which start at ``firsts``; ``again`` tells whom single words call again.
    """

    tokens: Sequence[Token]
    hits: Sequence[Hit]
    sentence: Sentence
    taken: Collection[int]
    again: Mapping[str, Party]
    firsts: Sequence[int]
    covered: Collection[int]

    def hit(self, position: int) -> Hit | None:
        """Return the known word at a position among them, None after the last.

        Args:
            position: the place among the known words.
        """
        return self.hits[position] if position < len(self.hits) else None

    def after(self, index: int) -> int:
        """Return the position of the first known word after a token.

        Args:
            index: a token's index.
        """
        return bisect_right(self.firsts, index)

    def unclaimed(self, index: int) -> bool:
        """Return whether a token is there and is a native word of no known word and no date.

        Args:
            index: a token's index.
        """
        free = index not in self.taken and index not in self.covered
        return free and any(map(is_native, self.tokens[index : index + 1]))

    def words(self, first: int, last: int) -> list[Token]:
        """Return the words among tokens, the last included.

        Args:
            first: the first token.
            last: the last token.
        """
        return [token for token in self.tokens[first : last + 1] if token.kind == "word"]


def is_surname(hit: Hit, head: int, end: int) -> bool:
    """Return whether a known word is the surname of a name that begins after token ``head``, with
    nothing or a forename that reaches to ``end`` before it.

    Args:
        hit: a known word.
        head: the last token of the office or title.
        end: the last token of the words that may be a name, ``head`` itself if there are none.
    """
    near = head < hit.first <= head + LONGEST_FORENAME
    return near and end in (hit.first - 1, head) and hit.value("person") is not None


def goes_on(around: Surroundings, head: Hit, end: int) -> bool:
    """Return whether a name after ``head`` takes in the token after ``end``: an initial, its full
    stop, or a native word that nothing else claims.

    Args:
        around: the sentence.
        head: the office or title before the name.
        end: the last token taken so far.
    """
    at = end + 1
    if at < around.sentence.last and is_initial(around.tokens, at):
        # "The 19th", told by its sign, is no initial.
        return at + 2 not in around.taken
    if around.unclaimed(at):
        return True
    token, before = around.tokens[at], around.tokens[end]
    short = len(before.surface) <= LONGEST_INITIAL if end > head.last else head.value("title")
    return token.surface == "." and at < around.sentence.last and bool(short)


def is_initial(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a token is a letter or two before a full stop, as an initial is written.

    Args:
        tokens: all tokens of the text.
        at: the index of the token.
    """
    if at + 1 >= len(tokens) or tokens[at + 1].surface != ".":
        return False
    return is_native(tokens[at]) and len(tokens[at].surface) <= LONGEST_INITIAL


class NameEnds:
    """Finds the ends of names with the endings and forenames of one language."""

    def __init__(self, lexicon: Lexicon, names: NameBook) -> None:
        """Prepare to find."""
        self._lexicon = lexicon
        self._names = names

    def end_after(self, around: Surroundings, head: Hit) -> int:
        """Return the last token of the name that follows an office or title; the title's own last,
        if none does.

        Args:
            around: the sentence.
            head: the office or title.
        """
        end = head.last
        longest = min(around.sentence.last, head.last + _LONGEST_NAME)
        while end < longest and goes_on(around, head, end):
            end += 1
            if self._closes(around, end):
                break
        return end if self._is_name(around, head, end) else head.last

    def _is_name(self, around: Surroundings, head: Hit, end: int) -> bool:
        """Return whether words after an office or title are a name: a familiar one, several words,
        or one with an ending after a title.
        """
        words = around.words(head.last + 1, end)
        if all(len(word.surface) <= LONGEST_INITIAL for word in words):
            return False
        if len(words) >= 2 or any(map(self._names.familiar, words)):
            return True
        titled = head.value("title") is not None or head.value("position") is not None
        role, after = self._lexicon.role_at(around.tokens, end), around.hit(around.after(end))
        meets = after is not None and after.first == end + 1 and after.value("post") is not None
        ended = meets if role is None else role != "plural"
        return titled and ended and len(words[0].key) >= _SHORTEST_ENDED

    def _closes(self, around: Surroundings, end: int) -> bool:
        """Return whether a word's ending closes the name."""
        word, after = around.tokens[end], end + 1
        role = next((role for _, role in self._lexicon.endings_of(word)), None)
        if len(word.key) < _SHORTEST_ENDED or role not in _CLOSING:
            return False
        if self._names.is_forename(word.key) and around.unclaimed(after):
            return False  # "Katerina" only ends as if it were in a case
        if role != "ergative" or after >= len(around.tokens) or after in around.covered:
            return True
        if is_initial(around.tokens, after):
            return False
        following = around.tokens[after]
        return following.kind != "word" or not self._names.familiar(following)

    def opens_with(self, tokens: Sequence[Token], hit: Hit) -> bool:
        """Return whether a surname with an ending is another's forename without one, with a word
        of the name after it: "Yelena Perminova", not somebody of Yelen.

        Args:
            tokens: all tokens of the text.
            hit: a known word.
        """
        key, after = tokens[hit.first].key, tokens[hit.last + 1 : hit.last + 2]
        inflected = hit.first == hit.last and hit.span.end < tokens[hit.last].span.end
        name = inflected and hit.value("person") is not None and self._names.is_forename(key)
        return name and any(map(is_native, after))
