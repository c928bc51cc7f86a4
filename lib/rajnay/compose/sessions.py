"""Sessions of a standing body or a gathering that the text counts: "its tenth meeting"."""

from __future__ import annotations

from collections.abc import Sequence

from rajnay.knowledge.lexicon import Hit
from rajnay.knowledge.packs.date_words import DateWords
from rajnay.text.tokens import Token

_NUMBERS = frozenset({"ordinal", "day_ordinal"})
# "The tenth annual meeting": the number stands so near before the noun.
_BESIDE = 3


class Counted:
    """Tells whether a noun is counted in a series."""

    def __init__(self, tokens: Sequence[Token], words: DateWords) -> None:
        """Prepare to read an article's tokens with a language's words for time."""
        self._tokens = tokens
        self._words = words

    def numbered(self, noun: Hit) -> bool:
        """Return whether an ordinal stands right before a noun.

        Args:
            noun: the hit of a noun that may be one of a series: a meeting, a session.
        """
        return any(self._ordinal(at) for at in range(max(noun.first - _BESIDE, 1), noun.first))

    def _ordinal(self, at: int) -> bool:
        token = self._tokens[at]
        kinds = {entry.kind for entry in self._words.look_up(self._tokens, at)[1]}
        ending = "ord" in kinds and not token.spaced and self._tokens[at - 1].value is not None
        return ending or not kinds.isdisjoint(_NUMBERS)
