"""Cut a text into tokens that remember their place in the original."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from rajnay.models import Span
from rajnay.text.folding import fold_with_sources, is_native_letter
from rajnay.text.languages import script_of_language
from rajnay.text.normalise import normalise
from rajnay.text.paragraphs import unwrapped
from rajnay.text.punctuation import VISARGAS

_INDIC_LETTER = (
    r"[\u0900-\u0963\u0970-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5\u0bf0-\u0c65\u0c70-\u0ce5\u0cf0-\u0d65"
    r"\u0d7a-\u0d7f]"
)
_INDIC_WORD = rf"(?![{VISARGAS}]){_INDIC_LETTER}[\u200c\u200d]*(?:{_INDIC_LETTER}|[\u200c\u200d])*"
_ARABIC_LETTER = r"[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff]"
_ARABIC_WORD = rf"{_ARABIC_LETTER}(?:[\u200c\u200d]?{_ARABIC_LETTER})*"
_TOKEN = re.compile(
    rf"(?P<handle>[@#][\w\u200c\u200d]+)"
    rf"|(?P<number>\d+)"
    rf"|(?P<word>{_INDIC_WORD}|{_ARABIC_WORD}|[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?)"
    rf"|(?P<mark>\S)"
)


_RUN = re.compile(r"\S+")
# What is known of a run of characters without white space is remembered: news repeats its words.
_REMEMBERED = 1 << 15
_LONGEST_REMEMBERED = 64
# Scripts that write names with a capital.
_WITH_CAPITALS = frozenset({"Latn", "Cyrl", "Grek"})
# Python reads no longer ones as numbers.
_LONGEST_NUMBER = 4300


def has_capitals(lang: str) -> bool:
    """Return whether a language writes names with a capital.

    >>> has_capitals("gu"), has_capitals("en")
    (False, True)
    """
    return script_of_language(lang) in _WITH_CAPITALS


class Stretch(Protocol):
    """Anything that reaches from token ``first`` to token ``last``."""

    @property
    def first(self) -> int: ...  # noqa: D102
    @property
    def last(self) -> int: ...  # noqa: D102


def covered(stretches: Iterable[Stretch]) -> set[int]:
    """Return the indices of the tokens that stretches cover."""
    return {index for stretch in stretches for index in range(stretch.first, stretch.last + 1)}


class Token(NamedTuple):
    """A word, number, handle or mark.

    ``value`` is a number's value; a word that has one is made of letters that are typed for digits
    and may be a number. ``span`` counts in the article's text, ``surface`` is the normalised
    spelling, ``key`` the folded one with ``sources`` telling, from the start of ``span``, the place
    behind each of its characters; ``spaced`` says whether white space stands before it, ``line``
    which paragraph of the text it is in; ``native`` whether a name may be written so: in the
    language's own script, with a capital where that has them.
    """

    kind: str
    span: Span
    surface: str
    key: str
    sources: tuple[int, ...]
    value: int | None
    spaced: bool
    line: int
    native: bool = False


def span_of(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Return the span of a text that tokens cover, in whatever order they are read.

    Args:
        tokens: all tokens of the text.
        first: index of the first token.
        last: index of the last token.
    """
    spans = [token.span for token in tokens[first : last + 1]]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


class _Piece(NamedTuple):
    """A token of a run of characters without white space; its place counts in the run."""

    kind: str
    start: int
    end: int
    surface: str
    key: str
    sources: tuple[int, ...]
    value: int | None
    spaced: bool
    native: bool


_Cut = Callable[[str], tuple[_Piece, ...]]


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
    cut, remembered = _cutter(lang, tuple((lookalikes or {}).items()))
    text = unwrapped(text)
    tokens: list[Token] = []
    line = at = 0
    new = tuple.__new__  # a named tuple's own constructor takes twice the time
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start - at != 1 or text[at] == "\n":  # a space alone is by far the most frequent
            line += text.count("\n", at, start)
        spaced = start > at or not tokens
        read = remembered if end - start <= _LONGEST_REMEMBERED else cut
        for piece in read(run.group()):
            kind, first, last, surface, key, sources, value, parted, native = piece
            span = new(Span, (start + first, start + last))
            fields = kind, span, surface, key, sources, value, spaced or parted, line, native
            tokens.append(new(Token, fields))
            spaced = False
        at = end
    return tuple(tokens)


@functools.lru_cache(maxsize=64)
def _cutter(lang: str, lookalikes: tuple[tuple[str, str], ...]) -> tuple[_Cut, _Cut]:
    """Return the function that cuts a run of characters without white space into tokens, and the
    same with a memory.
    """
    digits = str.maketrans(dict(lookalikes))
    typed = re.compile(rf"[\d{''.join(letter for letter, _ in lookalikes)}]+")

    def cut(run: str) -> tuple[_Piece, ...]:
        return tuple(_pieces(run, lang, digits, typed))

    return cut, functools.lru_cache(maxsize=_REMEMBERED)(cut)


def _pieces(
    run: str, lang: str, digits: dict[int, str], typed: re.Pattern[str]
) -> Iterator[_Piece]:
    normal = normalise(run, lang)
    native = str.isupper if has_capitals(lang) else is_native_letter
    before = 0
    for kind, start, end in _cuts(normal.text, typed):
        surface = normal.text[start:end]
        key, inner, value = _read(kind, surface, digits)
        span = normal.original(start, end)
        sources = tuple(normal.offsets[start + source] - span.start for source in inner)
        named = kind == "word" and native(surface[0])
        yield _Piece(kind, *span, surface, key, sources, value, start > before, named)
        before = end


def _cuts(text: str, typed: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
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
        while kind == "word" and end - start > 1 and text[end - 1] in VISARGAS:
            end -= 1
        yield kind, start, end
        at = end


def _read(
    kind: str, surface: str, digits: dict[int, str]
) -> tuple[str, tuple[int, ...], int | None]:
    """Return a token's key, the place in its surface behind each character of it, and its value."""
    sign = int(kind == "handle")
    letters = surface[sign:]
    number = letters.translate(digits)
    value = None
    if kind in ("number", "word") and number.isdigit() and len(number) <= _LONGEST_NUMBER:
        value = int(number)
    if kind == "number" and value is not None:
        return str(value), (0,) * len(str(value)), value
    if kind not in ("word", "handle"):
        return surface, tuple(range(len(surface))), value
    key, sources = fold_with_sources(letters)
    return key, tuple(sign + source for source in sources), value
