"""Auxiliaries written together with the verb before them, as hasty pages do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rajnay.knowledge.lexicon import Lexicon
from rajnay.models import Span
from rajnay.text.folding import fold_with_sources
from rajnay.text.tokens import Token

# A shorter rest may be any word's.
_SHORTEST_VERB = 2
_TIMES = ("past", "present", "future")


def unglued(
    tokens: Sequence[Token], lexicon: Lexicon, auxiliaries: Mapping[str, Sequence[str]]
) -> Sequence[Token]:
    """Return the tokens of a text with each unknown word parted that is a verb and an auxiliary.

    Args:
        tokens: all tokens of the text.
        lexicon: the language's words.
        auxiliaries: the language's auxiliaries by what they say of time.
    """
    endings = tuple(form for time in _TIMES for form in auxiliaries.get(time, ()))
    ended = [
        index
        for index, token in enumerate(tokens)
        if token.kind == "word" and token.surface.endswith(endings)
    ]
    parted = {index: parts for index in ended if (parts := _parts(tokens[index], endings, lexicon))}
    return tuple(_each(tokens, parted)) if parted else tokens


def _each(tokens: Sequence[Token], parted: Mapping[int, tuple[Token, Token]]) -> Iterator[Token]:
    for index, token in enumerate(tokens):
        yield from parted.get(index, (token,))


def _parts(token: Token, endings: Sequence[str], lexicon: Lexicon) -> tuple[Token, Token] | None:
    """Return a word as its verb and its auxiliary, None if it is not made of them."""
    ending = next(form for form in endings if token.surface.endswith(form))
    cut = len(token.surface) - len(ending)
    whole = token.span.end - token.span.start == len(token.surface)
    if cut < _SHORTEST_VERB or not whole or lexicon.find((token,)):
        return None
    verb, auxiliary = _part(token, 0, cut), _part(token, cut, len(token.surface))
    known = any(hit.value("verb") for hit in lexicon.find((verb,)))
    return (verb, auxiliary) if known else None


def _part(token: Token, first: int, last: int) -> Token:
    surface = token.surface[first:last]
    key, sources = fold_with_sources(surface)
    start = token.span.start
    return token._replace(
        span=Span(start + first, start + last),
        surface=surface,
        key=key,
        sources=sources,
        spaced=token.spaced and first == 0,
    )
