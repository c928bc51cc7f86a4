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


def fonts_for(text: str) -> list[Path]:
    """Return the font files that a text needs: the base font, and every other that has letters of
    the text that it lacks.
    """
    letters = {
        character for character in set(text) if character.isprintable() and not character.isspace()
    }
    missing = letters - covered(BASE_FONT)
    files = sorted(paths.FONTS.glob("*.woff2"))
    return [
        file
        for file in files
        if (family := file.name.partition("-")[0]) == BASE_FONT or covered(family) & missing
    ]


@functools.cache
def covered(family: str) -> frozenset[str]:
    """Return the characters that a font family has."""
    with TTFont(paths.FONTS / f"{family}-Regular.woff2") as font:
        return frozenset(map(chr, font.getBestCmap()))


def faces(text: str) -> Iterator[str]:
    """Yield a style rule for each font file that a text needs, the font inside."""
    return map(_face, fonts_for(text))


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
