"""Tell the line ends that part paragraphs from those that only keep lines short.

Nothing says which is which, so the widths of the lines are asked: a program that wraps begins a new
line only where the next word would go beyond the margin. A margin is taken for real when it
explains more lines that stop amid a sentence than speak against it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from rajnay.text.punctuation import CLOSERS, COLONS, STOPS

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
# A line may also end in the bar that is typed for a danda, and in a sign of Markdown.
ENDS_SENTENCE = re.compile(
    rf"[|{re.escape(''.join(sorted(STOPS | COLONS)))}]"
    rf"[*_{re.escape(''.join(sorted(CLOSERS)))}]*\Z"
)
# What stands on a line of its own in plain text and in Markdown, and what opens one.
_SIGNS = r"[#>|]|-{3,}|={3,}"
_STANDS_ALONE = re.compile(_SIGNS + r"|[(\[][^\n]*[)\]]$")
# What brackets hold may also be the last words of a wrapped line.
_OPENS_LINE = re.compile(_SIGNS + r"|[*+•▪●·]\s|\d+\)\s|\d{1,2}[.:]\d{2}\s*[-–—|]\s")
# A dash does so only in a list.
_DASH = re.compile(r"[ \t]*[-–—]\s")
_HEADING = 40  # characters
# A place or a speaker with a colon does so only where no blank lines part the paragraphs.
_NAMED = re.compile(rf"\S+[{''.join(sorted(COLONS))}]\s")
# Nobody wraps text more narrowly or more widely, in whatever unit the width is counted.
_NARROWEST, _WIDEST = 25, 130
# A hand, and type of uneven width, leave a line short by up to this part of the margin.
_RAGGED = 0.3
_RAGGED_LEAST = 4


@lru_cache(maxsize=1 << 10)
def _columns(text: str) -> int:
    return sum(unicodedata.category(char) not in ("Mn", "Cf") for char in text)


@lru_cache(maxsize=1 << 10)
def _letters(text: str) -> int:
    return sum(unicodedata.category(char)[0] not in "MC" for char in text)


# Programs count a width in characters, in columns of a terminal, in letters, or in bytes.
_UNITS: tuple[Callable[[str], int], ...] = (
    len,
    _columns,
    _letters,
    lambda text: len(text.encode()),
)


@dataclass(frozen=True, slots=True)
class _Join:
    """Two lines with a single line end between them, which stands at ``at``; ``open`` says that the
    first one ends no sentence."""

    at: int
    line: str
    word: str
    open: bool


def unwrapped(text: str) -> str:
    """Return a text, character for character, with a space for each line end inside a paragraph.

    Args:
        text: the article's text as given.

    Returns:
        A text of the same length, in which each line end that is left parts two paragraphs.

    >>> unwrapped("On Monday the minister A met the minister\\nB in Moscow.\\nC was there too.")
    'On Monday the minister A met the minister B in Moscow.\\nC was there too.'
    >>> unwrapped("A headline\\nA met B in Moscow on Monday. C was there too.\\n\\nD was not.")
    'A headline\\nA met B in Moscow on Monday. C was there too.\\n\\nD was not.'
    """
    ends = [found.span() for found in _LINE_END.finditer(text)]
    if not ends:
        return text
    joins = tuple(_joins(text, ends))
    wraps: frozenset[int] = frozenset()
    if any(join.open for join in joins):
        wraps = _wraps(joins, [line.strip() for line in text.splitlines() if " " in line.strip()])
    pieces, at = [], 0
    for start, end in ends:
        mark = " " if start in wraps else "\n"
        pieces += [text[at:start], mark.rjust(end - start)]
        at = end
    return "".join(pieces) + text[at:]


def _joins(text: str, ends: Sequence[tuple[int, int]]) -> Iterator[_Join]:
    openers = [_OPENS_LINE]
    if _holds_list(text):
        openers.append(_DASH)
    if not _BLANK_LINE.search(text.strip()):
        openers.append(_NAMED)
    before = 0
    for (start, end), (following, _) in pairwise([*ends, (len(text), 0)]):
        line, after = text[before:start].strip(), text[end:following].strip()
        before = end
        opens = any(opener.match(after) for opener in openers)
        if line and after and not _STANDS_ALONE.match(line) and not opens:
            yield _Join(start, line, after.split()[0], not ENDS_SENTENCE.search(line))


def _holds_list(text: str) -> bool:
    """Return whether lines that begin with a dash are items: there are some, and the first of them
    stands under a line that ends a sentence, under a short one, such as a heading, or under none.
    """
    lines = ["", *map(str.strip, text.splitlines())]
    above = [one for one, line in pairwise(lines) if _DASH.match(line)]
    heads = [one for one in above if not _DASH.match(one)]
    headings = [one for one in heads if len(one) < _HEADING or ENDS_SENTENCE.search(one)]
    return len(above) > 1 and bool(headings)


def _wraps(joins: Sequence[_Join], lines: Sequence[str]) -> frozenset[int]:
    """Return where the line ends stand that some margin explains, in the unit that explains
    most.
    """
    for ragged, doubt in ((0.0, 2), (_RAGGED, 2), (0.0, 1)):
        found = [_by_margin(joins, lines, unit, ragged, doubt) for unit in _UNITS]
        if any(found):
            return max(found, key=len)
    return frozenset()


def _by_margin(
    joins: Sequence[_Join],
    lines: Sequence[str],
    unit: Callable[[str], int],
    ragged: float,
    doubt: int,
) -> frozenset[int]:
    """Return where the line ends stand that the likeliest margin explains, none if more speaks
    against it than for it.

    ``ragged`` is the part of the margin by which a line may fall short, ``doubt`` how many lines
    for it outweigh one against it.
    """
    widths = sorted(unit(line) for line in lines)
    reaches = []
    for join in joins:
        wide = unit(join.line)
        reaches.append((wide, max(wide + 1 + unit(join.word), int(wide / (1 - ragged)))))
    margin = _likeliest_margin(
        [reach for join, reach in zip(joins, reaches, strict=True) if join.open], widths
    )
    inside, against = [], len(widths) - bisect_right(widths, margin)
    for join, (wide, reach) in zip(joins, reaches, strict=True):
        if wide <= margin < reach:
            inside.append(join)
        else:
            # A short line is a headline or a stamp: it speaks neither for a margin nor against it.
            against += join.open and margin < 2 * wide
    explained = sum(join.open for join in inside)
    amid = [wide for join, (wide, _) in zip(joins, reaches, strict=True) if join.open]
    if explained == 1 and (len(amid) > 1 or widths[-1:] > amid):
        return frozenset()  # a headline over longer lines would look the same
    closed = len(inside) - explained
    least = _RAGGED_LEAST if ragged else 1
    if explained < max(least, doubt * against + 1) or explained**2 <= closed:
        return frozenset()
    return frozenset(join.at for join in inside if join.open or not ragged)


def _likeliest_margin(reaches: Sequence[tuple[int, int]], widths: Sequence[int]) -> int:
    """Return the margin that lies within most reaches, beyond the fewest lines, and is narrowest.

    Args:
        reaches: for lines that stop amid a sentence, their width, and the width at which they
            would not have stopped there.
        widths: the widths of all lines, sorted.
    """
    votes = [0] * (_WIDEST + 2)
    for wide, reach in reaches:
        if wide <= _WIDEST:
            votes[max(wide, _NARROWEST)] += 1
            votes[max(min(reach, _WIDEST + 1), _NARROWEST)] -= 1
    counted = list(accumulate(votes))
    return max(
        range(_NARROWEST, _WIDEST + 1),
        key=lambda margin: (counted[margin], bisect_right(widths, margin), -margin),
    )
