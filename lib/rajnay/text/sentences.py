"""Cut a tokenised text into sentences and find the datelines they open with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rajnay.text.tokens import Token

STOPS = frozenset(".?!।॥…")
_CLOSERS = frozenset("\"'”’»)]")
_LONGEST_UNKNOWN_PLACE = 2
COLONS = frozenset(":ઃः")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` , inclusive; ``body`` is where a dateline has ended; ``line``
    counts paragraphs from 0.
    """

    first: int
    last: int
    body: int
    line: int


def split_sentences(
    tokens: Sequence[Token], abbreviations: Collection[str], dated: Collection[int] = ()
) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order.

    Args:
        tokens: all tokens of the text.
        abbreviations: folded keys of words that a full stop may follow without ending the sentence.
        dated: indices of tokens that belong to a date, where a stop shortens the month.

    Returns:
        Sentences without datelines marked (``body`` equals ``first``); a new paragraph always
        starts a new one.

    >>> from rajnay.text.tokens import tokenise
    >>> tokens = tokenise("એસ. જયશંકર 11.30 વાગ્યે મળ્યા. પુતિન?", "gu")
    >>> [(sentence.first, sentence.last) for sentence in split_sentences(tokens, {"es"})]
    [(0, 8), (9, 10)]
    """
    return tuple(_sentences(tokens, abbreviations, dated))


def _sentences(
    tokens: Sequence[Token], abbreviations: Collection[str], dated: Collection[int]
) -> Iterator[Sentence]:
    first = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if (
            following is not None
            and following.line == token.line
            and (index in dated or not _ends(tokens, index, following, abbreviations))
        ):
            continue
        if first <= index:
            yield Sentence(first, index, first, tokens[first].line)
        first = index + 1


def _ends(
    tokens: Sequence[Token], index: int, following: Token, abbreviations: Collection[str]
) -> bool:
    token = tokens[index]
    if (
        token.kind != "mark"
        or following.surface in STOPS
        or (following.surface in _CLOSERS and not following.spaced)
    ):
        return False
    back = index
    while back > 0 and tokens[back].surface in _CLOSERS:
        back -= 1
    stop = tokens[back].surface
    if stop not in STOPS:
        return False
    if stop != ".":
        return True
    before = tokens[back - 1] if back else None
    return following.spaced and not (
        before is not None and before.kind == "word" and before.key in abbreviations
    )


def _named_before(tokens: Sequence[Token], sentence: Sentence, index: int) -> bool:
    return any(token.kind == "word" for token in _outside_brackets(tokens[sentence.first : index]))


def _outside_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += (token.surface in "([") - (token.surface in ")]")
        if depth == 0:
            yield token


def dateline_end(
    tokens: Sequence[Token], sentence: Sentence, places: Collection[int], dates: Collection[int]
) -> int | None:
    """Return the index of the first token after a dateline, or None when the sentence opens with
    none.

    A dateline is a bare place, perhaps more places, a date, an agency in brackets, closed by a
    colon, bracket, dash or comma.

    Args:
        tokens: all tokens of the text.
        sentence: a sentence that starts a line.
        places: indices of tokens that belong to a place named without a case ending.
        dates: indices of tokens that belong to a date.
    """
    index, depth, seen_place, seen_date = sentence.first, 0, False, False
    end = None
    while index <= sentence.last and index - sentence.first < 24:
        token = tokens[index]
        if token.surface in "([":
            depth += 1
        elif token.surface in ")]":
            depth -= 1
            end = index + 1 if seen_place and depth == 0 else end
        elif token.surface in COLONS and depth == 0:
            return index + 1 if seen_place or seen_date else None
        elif (
            depth == 0
            and index in places
            and (seen_place or not _named_before(tokens, sentence, index))
        ):
            seen_place = True
        elif depth == 0 and token.kind == "mark":
            end = index + 1 if seen_place and (token.surface == "," or token.spaced) else end
        elif depth == 0 and index in dates:
            seen_date = True
        elif depth == 0 and not (
            token.kind == "word"
            and index < sentence.first + _LONGEST_UNKNOWN_PLACE
            and not seen_place
        ):
            break
        index += 1
    if index > sentence.last and seen_place and seen_date:
        return sentence.last + 1
    return end if seen_place else None
