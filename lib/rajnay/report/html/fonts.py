"""The project's fonts, packed into a page: those that its text needs, and no other."""

from __future__ import annotations

import base64
import functools
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from rajnay.base import paths

BASE_FONT = "NotoSans"
FALLBACKS = "system-ui, sans-serif"


def fonts_for(text: str, bold: str = "") -> list[Path]:
    """Return the font files that a text needs: the base font, and every other that has letters of
    the text that it lacks.

    Args:
        text: all that is shown.
        bold: what of it stands in headings; where it has no letters of a script, that of one
            weight does.
    """
    plain, strong = beyond_base(text), beyond_base(bold)
    return [
        file
        for file in sorted(paths.FONTS.glob("*.woff2"))
        if (family := file.name.partition("-")[0]) == BASE_FONT
        or covered(family) & (strong if "-Bold" in file.name else plain)
    ]


def beyond_base(text: str) -> set[str]:
    """Return the letters of a text that the base font lacks."""
    return {one for one in set(text) if one.isprintable() and not one.isspace()} - covered(
        BASE_FONT
    )


@functools.cache
def covered(family: str) -> frozenset[str]:
    """Return the characters that a font family has."""
    with TTFont(paths.FONTS / f"{family}-Regular.woff2") as font:
        return frozenset(map(chr, font.getBestCmap()))


def faces(text: str, bold: str = "") -> Iterator[str]:
    """Yield a style rule for each font file that a text needs, the font inside."""
    return map(_face, fonts_for(text, bold))


@functools.cache
def _face(file: Path) -> str:
    family, _, weight = file.stem.partition("-")
    data = base64.b64encode(file.read_bytes()).decode()
    return (
        f"@font-face "
        f"{{ font-family: {family}; font-weight: {700 if weight == 'Bold' else 400}; "
        f"src: url(data:font/woff2;base64,{data}) format('woff2'); }}"
    )


def typefaces(html: str) -> str:
    """Return a style with a font inside for each script of a text beyond Latin, which every machine
    has; nothing where there is none. It holds for all that a notebook shows.
    """
    rules = [
        rule
        for rule in faces(html)
        if f"font-family: {BASE_FONT};" not in rule and "font-weight: 400" in rule
    ]
    # All of them are named, for the last such rule of a notebook is the one that holds.
    families = sorted({file.name.partition("-")[0] for file in paths.FONTS.glob("*.woff2")})
    family = f"div.rajnay {{ font-family: {', '.join([*families, FALLBACKS])}; }}"
    return f"<style>{' '.join(rules)} {family}</style>" if rules else ""
