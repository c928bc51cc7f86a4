"""Where a text goes over into another script, as when it quotes a statement in another language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rajnay.models import Span
from rajnay.text.languages import script_of_language

# A statement has at least so many words; what is shorter is a name, a title or a hashtag.
_STATEMENT = 8
_BRAHMIC = ("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym")
# Letters, without the digits and stops of a block; the blocks lie one after the other.
_LETTERS = {
    "Latn": "A-Za-z\u00c0-\u024f",
    "Arab": "\u0620-\u065f\u066e-\u06d3",
    **{
        script: f"{chr(start)}-{chr(start + 0x63)}"
        for script, start in zip(_BRAHMIC, range(0x0900, 0x0D80, 0x80), strict=True)
    },
}


def asides_of(text: str, lang: str) -> Iterator[tuple[Span, str]]:
    """Yield the stretches of a text's lines that are statements in another script, with its code.

    Args:
        text: the text.
        lang: the language of the text, as BCP 47.

    >>> text = 'ગુજરાતી: "The ministers met in Moscow on Tuesday and discussed trade."'
    >>> [(text[span.start : span.end][:13], script) for span, script in asides_of(text, "gu")]
    [('The ministers', 'Latn')]
    """
    for script, pattern in _patterns(script_of_language(lang) or ""):
        for found in pattern.finditer(text):
            if len(found.group().split()) >= _STATEMENT:
                yield Span(*found.span()), script


@functools.cache
def _patterns(own: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each script but the text's own a pattern of what is in no other one."""
    patterns = []
    for script, letters in _LETTERS.items():
        others = "".join(block for code, block in _LETTERS.items() if code != script)
        inside = rf"[{letters}][^{others}\n]*[{letters}][^\w\s]*"
        patterns += [(script, re.compile(inside))] if script != own and own in _LETTERS else []
    return tuple(patterns)
