"""Text as the charts write it: the project's own fonts, lines that are measured and wrapped."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

from rajnay.base import paths
from rajnay.timeline.wording import plain

SIZE = 12
SMALL = 10.5
LINE = 1.36
SETTINGS: Any = {
    "svg.fonttype": "path",
    "svg.hashsalt": "rajnay",
    "text.parse_math": False,
    "text.hinting": "no_hinting",
    "path.simplify": False,
}


class ChartError(ValueError):
    """A chart that cannot be drawn; the message says why, and the mend."""


class Style(NamedTuple):
    """How a text is written: its size in CSS pixels, its weight and the name of its colour."""

    size: float = SIZE
    bold: bool = False
    colour: str = "ink"


PLAIN = Style()
BOLD = Style(bold=True)
LITTLE = Style(SMALL)
LITTLE_BOLD = Style(SMALL, bold=True)
MUTED = Style(SMALL, colour="muted")


@lru_cache
def families() -> tuple[str, ...]:
    """Register the project's own fonts ahead of the machine's, and return their family names, Latin
    first.
    """
    files = sorted(paths.FONTS.glob("*.ttf"))
    if not files:
        raise ChartError(
            f"{paths.FONTS}: no .ttf font there: restore the folder from the repository"
        )
    known = len(fontManager.ttflist)
    for file in files:
        fontManager.addfont(file)
    ours = fontManager.ttflist[known:]
    fontManager.ttflist[:] = ours + fontManager.ttflist[:known]
    return tuple(dict.fromkeys(font.name for font in ours))


@lru_cache
def font(size: float, bold: bool) -> FontProperties:
    """Return the project's fonts at a size and weight, as Matplotlib asks for them."""
    return FontProperties(family=list(families()), size=size, weight="bold" if bold else "normal")


@contextmanager
def strict() -> Iterator[None]:
    """Refuse a character that would come out as a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        try:
            yield
        except UserWarning as missing:
            raise ChartError(f"{missing}: add a font that has it to {paths.FONTS}") from None


@lru_cache(maxsize=4096)
def measure(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Return how wide a line of text is, in CSS pixels; raises ChartError where the project's fonts
    lack a character.
    """
    with strict():
        return float(
            text_to_path.get_text_width_height_descent(text, font(size, bold), ismath=False)[0]
        )


def wrap(text: str, width: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Break a text at spaces into lines no wider than ``width`` pixels and about as long as each
    other.

    A single word that is wider stays whole.
    """
    lines = broken(text, width, size, bold)
    for narrower in range(int(width) - 8, int(width / 2), -8):
        closer = broken(text, narrower, size, bold)
        if len(lines) == 1 or len(closer) > len(lines):
            break
        lines = closer
    return lines


def broken(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Break a text at spaces into lines as full as they get, none wider than ``width`` pixels but
    for a single word.
    """
    lines: list[str] = []
    for word in plain(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
