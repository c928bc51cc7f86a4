"""The project's fonts, packed into a page: those that its text needs, and no other."""

from __future__ import annotations

import base64
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from rajnay.base import paths

BASE_FONT = "NotoSans"
FALLBACKS = "system-ui, sans-serif"


def fonts_for(text: str, bold: str = "") -> list[Path]:
    """Return the font files that a text needs: the base font, and of the others those that have the
    letters that it lacks; what several scripts share is taken from that of most letters.

    Args:
        text: all that is shown.
        bold: what of it stands in headings; where it has no letters of a script, that of one
            weight does.
    """
    files = sorted(paths.FONTS.glob("*.woff2"))
    families = {file.name.partition("-")[0] for file in files}
    plain, strong = (families_for(shown, families) for shown in (text, bold))
    return [
        file
        for file in files
        if file.name.partition("-")[0] in (strong if "-Bold" in file.name else plain)
    ]


def families_for(text: str, families: Iterable[str]) -> set[str]:
    """Return the base font and as few of the families as have the other letters of a text."""
    letters = {one for one in set(text) if one.isprintable() and not one.isspace()}
    chosen, missing = {BASE_FONT}, letters - covered(BASE_FONT)
    for family in sorted(families, key=lambda one: (-len(covered(one) & letters), one)):
        if covered(family) & missing:
            chosen.add(family)
            missing -= covered(family)
    return chosen


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
