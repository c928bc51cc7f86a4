"""Cut a text into tokens that remember their place in the original."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from rajnay.models import Span
from rajnay.text.folding import fold_with_sources
from rajnay.text.normalise import normalise

_INDIC_LETTER = (
    r"[\u0900-\u0963\u0970-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5\u0bf0-\u0c65\u0c70-\u0ce5\u0cf0-\u0d65"
    r"\u0d7a-\u0d7f]"
)
# Visarga ends no word of a modern Indian language: newspapers type it for the colon that it looks
# like.
_VISARGAS = "\u0903\u0983\u0a03\u0a83\u0b03\u0b83\u0c03\u0c83\u0d03"
_INDIC_WORD = rf"(?![{_VISARGAS}]){_INDIC_LETTER}[\u200c\u200d]*(?:{_INDIC_LETTER}|[\u200c\u200d])*"
_TOKEN = re.compile(
    rf"(?P<handle>[@#][\w\u200c\u200d]+)"
    rf"|(?P<number>\d+)"
    rf"|(?P<word>{_INDIC_WORD}|[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?)"
    rf"|(?P<mark>\S)"
)


class Stretch(Protocol):
    """Anything that reaches from token ``first`` to token ``last``."""

    @property
    def first(self) -> int: ...  # noqa: D102
    @property
    def last(self) -> int: ...  # noqa: D102


def covered(stretches: Iterable[Stretch]) -> set[int]:
    """Return the indices of the tokens that stretches cover."""
    return {index for stretch in stretches for index in range(stretch.first, stretch.last + 1)}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, handle or mark.

    ``value`` is a number's value; a word that has one is made of letters that are typed for digits
    and may be a number. ``span`` counts in the article's text, ``surface`` is the normalised
    spelling, ``key`` the folded one with ``sources`` telling the index in the article's text behind
    each of its characters; ``spaced`` says whether white space stands before it, ``line`` which
    line of the text it is on.
    """

    kind: str
    span: Span
    surface: str
    key: str
    sources: tuple[int, ...]
    value: int | None
    spaced: bool
    line: int


def tokenise(
    text: str, lang: str, lookalikes: Mapping[str, str] | None = None
) -> tuple[Token, ...]:
    """Return the tokens of a text in order; kinds are word, number, handle, mark.

    Args:
        text: the article's text as given.
        lang: BCP 47 code, for the normaliser.
        lookalikes: letters that careless typists use for digits, with the digit each stands for.

    >>> tokens = tokenise("૨૧મી ઓગસ્ટે: દિલ્હીઃ ર૪", "gu", {"ર": "2"})
    >>> [(token.kind, token.surface, token.value) for token in tokens]
    [('number', '૨૧', 21), ('word', 'મી', None), ('word', 'ઓગસ્ટે', None), ('mark', 'ઃ', None), \
('word', 'દિલ્હી', None), ('mark', 'ઃ', None), ('number', 'ર૪', 24)]
    """
    normal = normalise(text, lang)
    digits = str.maketrans(dict(lookalikes or {}))
    tokens: list[Token] = []
    line = at = 0
    for kind, start, end in _pieces(normal.text, "".join(lookalikes or {})):
        gap = normal.text[at:start]
        line += gap.count("\n")
        spaced = bool(gap) or not tokens
        tokens.append(
            _token(kind, start, normal.text[start:end], normal.original, digits, spaced, line)
        )
        at = end
    return tuple(tokens)


def _pieces(text: str, lookalikes: str) -> Iterator[tuple[str, int, int]]:
    typed = re.compile(rf"[\d{lookalikes}]+")
    at = 0
    while match := _TOKEN.search(text, at):
        kind, (start, end) = match.lastgroup or "mark", match.span()
        run = typed.match(text, start)
        if (
            run
            and run.end() > end - (kind == "word")
            and not run.group().isdigit()
            and re.search(r"\d", run.group())
        ):
            kind, end = "number", run.end()
        while kind == "word" and end - start > 1 and text[end - 1] in _VISARGAS:
            end -= 1
        yield kind, start, end
        at = end


def _token(
    kind: str,
    start: int,
    surface: str,
    original: Callable[[int, int], Span],
    digits: dict[int, str],
    spaced: bool,
    line: int,
) -> Token:
    letters = surface[1:] if kind == "handle" else surface
    number = letters.translate(digits)
    value = int(number) if kind in ("number", "word") and number.isdigit() else None
    if kind == "number":
        key, sources = str(value), (0,) * len(str(value))
    else:
        key, sources = (
            fold_with_sources(letters)
            if kind in ("word", "handle")
            else (surface, tuple(range(len(surface))))
        )
    shift = start + (kind == "handle")
    places = tuple(original(shift + source, shift + source + 1).start for source in sources)
    return Token(
        kind, original(start, start + len(surface)), surface, key, places, value, spaced, line
    )
