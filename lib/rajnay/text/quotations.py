"""Which words of a text stand in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from rajnay.text.tokens import Token

_OPENING, _CLOSING = "“‘", "”’"
_EITHER = frozenset("\"'")  # opens what is not open, and closes what is


def in_quotes(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the indices of the tokens before which a quote was opened in their line and not
    closed.

    Args:
        tokens: all tokens of a text.

    >>> from rajnay.text.tokens import tokenise
    >>> sorted(in_quotes(tokenise('A: "B C" D', "en")))
    [3, 4, 5]
    """
    inside: list[int] = []
    line, depth = -1, 0
    odd: set[str] = set()
    for index, token in enumerate(tokens):
        if token.line != line:
            line, depth = token.line, 0
            odd.clear()
        if depth > 0 or odd:
            inside.append(index)
        if token.kind == "mark":
            depth += (token.surface in _OPENING) - (token.surface in _CLOSING)
            odd ^= {token.surface} & _EITHER
    return frozenset(inside)
