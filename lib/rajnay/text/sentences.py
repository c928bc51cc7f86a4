"""Cut a tokenised text into sentences and find the datelines they open with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rajnay.text.punctuation import CLOSERS, COLONS, COMMAS, STOPS
from rajnay.text.tokens import Token

_LONGEST_UNKNOWN_PLACE = 2
_LONGEST_DATELINE = 24
_LONGEST_BYLINE = 4
# Tokens; what goes on for longer is a text without stops, and what takes part in an act is near it.
_LONGEST = 200


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
        following = next(iter(tokens[index + 1 : index + 2]), None)
        same_line = following is not None and following.line == token.line
        short = index - first < _LONGEST
        if same_line and (index in dated or (short and not _ends(tokens, index, abbreviations))):
            continue
        yield Sentence(first, index, first, tokens[first].line)
        first = index + 1


def _ends(tokens: Sequence[Token], index: int, abbreviations: Collection[str]) -> bool:
    """Return whether a token that is not the last ends a sentence: a stop, or what closes after."""
    following = tokens[index + 1]
    closed_later = following.surface in CLOSERS and not following.spaced
    if tokens[index].kind != "mark" or following.surface in STOPS or closed_later:
        return False
    back = index
    while back > 0 and tokens[back].surface in CLOSERS:
        back -= 1
    if tokens[back].surface != ".":
        return tokens[back].surface in STOPS
    shortened = any(
        token.kind == "word" and token.key in abbreviations for token in tokens[:back][-1:]
    )
    return following.spaced and not shortened


def _after_date(
    tokens: Sequence[Token], index: int, dates: Collection[int], end: int | None
) -> int | None:
    """Return where a dateline ends before a word with a capital: after the date before that, if it
    has a capital too or is a number ("DELHI Nov 11 A met").
    """
    first = index
    while first - 1 in dates:
        first -= 1
    if first == index or not tokens[index].surface[0].isupper():
        return end
    return end if tokens[first].surface[0].islower() else index


def dateline_end(
    tokens: Sequence[Token], sentence: Sentence, places: Collection[int], dates: Collection[int]
) -> int | None:
    """Return the index of the first token after a dateline, or None when the sentence opens with
    none.

    A dateline is a bare place, perhaps more places, a date, an agency in brackets, closed by a
    colon, bracket, dash or comma; or a place that is a sentence by itself. Who wrote may stand
    before it.

    Args:
        tokens: all tokens of the text.
        sentence: a sentence that starts a line.
        places: indices of tokens that belong to a place named without a case ending.
        dates: indices of tokens that belong to a date.
    """
    sentence = replace(sentence, first=_after_byline(tokens, sentence, places))
    return _dateline_end(tokens, sentence, places, dates)


def _after_byline(tokens: Sequence[Token], sentence: Sentence, places: Collection[int]) -> int:
    """Return where a dateline begins after who wrote: "our correspondent, DELHI:"."""
    first = sentence.first
    words = range(first, min(sentence.last, first + _LONGEST_BYLINE + 1))
    mark = next((index for index in words if tokens[index].kind != "word"), first)
    signed = tokens[mark].surface in COMMAS and first not in places and mark + 1 in places
    return mark + 1 if signed else first


def _dateline_end(
    tokens: Sequence[Token], sentence: Sentence, places: Collection[int], dates: Collection[int]
) -> int | None:
    first, stop = sentence.first, sentence.last + 1
    end, depth, seen_place, seen_date, named = None, 0, False, False, False
    for index in range(first, min(stop, first + _LONGEST_DATELINE)):
        token = tokens[index]
        change = (token.surface in "([") - (token.surface in ")]")
        depth += change
        closes = change < 0 and depth == 0
        if change or depth:
            end = index + 1 if closes and seen_place else end
        elif token.surface in COLONS:
            return index + 1 if seen_place or seen_date else None
        elif index in places and (seen_place or not named):
            seen_place = True
        elif token.kind == "mark":
            end = index + 1 if seen_place and (token.surface in COMMAS or token.spaced) else end
        elif index in dates:
            seen_date = True
        elif token.kind != "word" or seen_place or index >= first + _LONGEST_UNKNOWN_PLACE:
            return _after_date(tokens, index, dates, end) if seen_place else None
        named = named or (depth == 0 and token.kind == "word")
    told = seen_date or tokens[sentence.last].surface in STOPS
    if seen_place and told and stop - first <= _LONGEST_DATELINE:
        return stop
    return end if seen_place else None
