"""The drawing board of every chart: text that is measured and wrapped, a few marks, and an SVG that
fits any page.

Coordinates are CSS pixels from the upper left corner, so that what is laid out is what a phone
shows. Colours are names; in the picture each becomes a CSS variable (``--chart-ink`` ...) with a
fallback for light pages, so that a dark page recolours it.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pandas as pd
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from rajnay import paths
from rajnay.charts.colours import COLOURS
from rajnay.timeline.wording import Wording, plain

WIDTH = 400
MARGIN = 10
SIZE = 12
SMALL = 10.5
LINE = 1.36
SVG = "http://www.w3.org/2000/svg"
LINK = f"{{{SVG}}}a"
# Glyphs are drawn in 1/64 of a hundredth of their size; a quarter of a hundredth is fine enough for
# any screen.
GLYPH = ("scale(0.015625)", "scale(0.25)")
XLINK = "{http://www.w3.org/1999/xlink}href"
SETTINGS: Any = {
    "svg.fonttype": "path",
    "svg.hashsalt": "rajnay",
    "text.parse_math": False,
    "text.hinting": "no_hinting",
    "path.simplify": False,
}


class ChartError(ValueError):
    """A chart that cannot be drawn; the message says why, and the mend."""


class Label(NamedTuple):
    """A text of a chart and the box it fills, in CSS pixels from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Look(NamedTuple):
    """One entry of a key: a mark and what it means; the shape ``interval`` is a stretch whose day
    is not known.
    """

    label: str
    shape: str = "s"
    colour: str = "ink"
    hollow: bool = False
    crossed: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture with what it says: ``alt`` is its finding as a sentence, ``table`` the figures
    behind it.

    With nothing to show there is no picture: ``svg`` is empty and ``alt`` says so. ``labels`` tell
    where each text stands.
    """

    svg: str
    alt: str
    table: pd.DataFrame
    title: str = ""
    labels: tuple[Label, ...] = field(default=(), repr=False, compare=False)
    figure: Figure | None = field(default=None, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Say whether there is a picture."""
        return bool(self.svg)

    def _repr_html_(self) -> str:
        drawing = self.svg or f"<p>{escape(self.alt)}</p>"
        return f"<figure><figcaption>{escape(self.title)}</figcaption>{drawing}</figure>"

    def png(self, scale: float = 2) -> bytes:
        """Return the picture as PNG on white, ``scale`` device pixels to a CSS pixel; no bytes when
        there is no picture.
        """
        image = io.BytesIO()
        if self.figure is not None:
            with rc_context(SETTINGS):
                self.figure.savefig(
                    image,
                    format="png",
                    dpi=72 * scale,
                    facecolor=COLOURS["paper"][0],
                    metadata={"Software": None},
                )
        return image.getvalue()


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
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family=list(families()), size=size, weight="bold" if bold else "normal")


@contextmanager
def _strict() -> Iterator[None]:
    """Draw with the charts' own settings, and refuse a character that would come out as a box."""
    with warnings.catch_warnings(), rc_context(SETTINGS):
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
    with _strict():
        return float(
            text_to_path.get_text_width_height_descent(text, _font(size, bold), ismath=False)[0]
        )


def wrap(text: str, width: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Break a text at spaces into lines no wider than ``width`` pixels and about as long as each
    other.

    A single word that is wider stays whole.
    """
    lines = _broken(text, width, size, bold)
    for narrower in range(int(width) - 8, int(width / 2), -8):
        closer = _broken(text, narrower, size, bold)
        if len(lines) == 1 or len(closer) > len(lines):
            break
        lines = closer
    return lines


def _broken(text: str, width: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in plain(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Canvas:
    """A board as wide as asked and as high as what is put on it; later things lie over earlier
    ones.
    """

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self.height = 0.0
        self.labels: list[Label] = []
        self.links: dict[str, str] = {}
        self.figure = Figure(dpi=72)
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()

    def _add(self, artist: Artist, link: str | None) -> None:
        artist.set(clip_on=False, zorder=len(self.axes.get_children()), url=link)
        self.axes.add_artist(artist)

    def link(self, row: str, spoken: str) -> str:
        """Return the link to a row's register entry, and remember the words by which it is
        announced.
        """
        self.links[f"#{row}"] = spoken
        return f"#{row}"

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        colour: str = "ink",
        align: str = "left",
        link: str | None = None,
    ) -> None:
        """Write one line with its baseline at ``y``; ``align`` says which end of it ``x`` is (left,
        center or right).
        """
        text = plain(text)
        wide = measure(text, size, bold)
        left = x - wide * {"left": 0, "center": 0.5, "right": 1}[align]
        font = _font(size, bold)
        self._add(
            Text(
                left,
                y,
                text,
                fontproperties=font,
                color=COLOURS[colour][0],
                va="baseline",
                parse_math=False,
            ),
            link,
        )
        self.labels.append(Label(text, left, y - size * 0.78, left + wide, y + size * 0.24))
        self.height = max(self.height, y + size * 0.4)

    def lines(
        self, x: float, y: float, lines: Iterable[str], *, size: float = SIZE, **more: Any
    ) -> float:
        """Write several lines, the first with its baseline at ``y``; return the baseline of the
        line that would follow.
        """
        for line in lines:
            self.text(x, y, line, size=size, **more)
            y += size * LINE
        return y

    def paragraph(
        self, y: float, text: str, *, size: float = SMALL, colour: str = "muted", bold: bool = False
    ) -> float:
        """Write a text over the whole width, wrapped; return the baseline of the line that would
        follow.
        """
        lines = _broken(text, self.width - 2 * MARGIN, size, bold)
        return self.lines(MARGIN, y, lines, size=size, colour=colour, bold=bold)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: str,
        *,
        alpha: float = 1,
        line: str | None = None,
        link: str | None = None,
        round_by: float = 0,
    ) -> None:
        """Fill a box from its upper left corner, with an outline in colour ``line`` if one is
        named.
        """
        style = f"round,pad=0,rounding_size={round_by}" if round_by else "square,pad=0"
        fill = to_rgba(COLOURS[colour][0], alpha)
        edge = COLOURS[line][0] if line else "none"
        self._add(
            FancyBboxPatch(
                (x, y), wide, high, boxstyle=style, facecolor=fill, edgecolor=edge, linewidth=1.2
            ),
            link,
        )
        self.height = max(self.height, y + high)

    def line(
        self,
        x: Sequence[float],
        y: Sequence[float],
        colour: str,
        *,
        width: float = 1,
        dashed: bool = False,
        link: str | None = None,
    ) -> None:
        """Draw a line through points."""
        style: Any = (0, (2, 2)) if dashed else "-"
        self._add(
            Line2D(
                x,
                y,
                color=COLOURS[colour][0],
                linewidth=width,
                linestyle=style,
                solid_capstyle="butt",
            ),
            link,
        )
        self.height = max(self.height, *y)

    def mark(
        self,
        x: float,
        y: float,
        shape: str,
        colour: str,
        *,
        size: float = 9,
        hollow: bool = False,
        crossed: bool = False,
        ring: bool = False,
        link: str | None = None,
    ) -> None:
        """Put a mark of a Matplotlib ``shape`` on a point: filled or hollow, crossed out, or in a
        ring that sets it off.
        """
        size *= {"D": 0.85, "s": 0.9, "*": 1.3, "P": 1.1}.get(shape, 1)
        edge = COLOURS[colour][0]
        face = COLOURS["paper"][0] if hollow else edge
        edge = COLOURS["paper"][0] if ring else edge
        self._add(
            Line2D(
                [x],
                [y],
                marker=shape,
                markersize=size,
                linestyle="",
                markerfacecolor=face,
                markeredgecolor=edge,
                markeredgewidth=1.5,
            ),
            link,
        )
        self.height = max(self.height, y + size / 2 + 1)
        if crossed:
            self.mark(x, y, "x", "ink", size=size + 2, link=link)

    def interval(
        self, left: float, right: float, y: float, colour: str, *, link: str | None = None
    ) -> None:
        """Draw a stretch on some day of which something was: a dashed line between its two ends."""
        self.line([left, right], [y, y], colour, width=1.5, dashed=True, link=link)
        for end in (left, right):
            self.line([end, end], [y - 4, y + 4], colour, width=1.5, link=link)

    def key(
        self, y: float, looks: Iterable[Look], *, heading: str = "", bold: bool = False
    ) -> float:
        """Write what marks mean, wrapped over the width, the first baseline at ``y``; return the
        baseline that follows.
        """
        x: float = MARGIN
        if heading:
            self.text(x, y, heading, size=SMALL, bold=True, colour="muted")
            x += measure(heading, SMALL, True) + 10
        for look in looks:
            wide = 16 + measure(look.label, SMALL, bold)
            if x > MARGIN and x + wide > self.width - MARGIN:
                x, y = MARGIN, y + SMALL * LINE + 2
            if look.shape == "interval":
                self.interval(x + 0.5, x + 11.5, y - 4, look.colour)
            else:
                self.mark(
                    x + 5, y - 4, look.shape, look.colour, hollow=look.hollow, crossed=look.crossed
                )
            self.text(x + 16, y, look.label, size=SMALL, bold=bold)
            x += wide + 12
        return y + SMALL * LINE

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """Fill a polygon."""
        self._add(
            Polygon(points, closed=True, facecolor=COLOURS[colour][0], edgecolor="none"), None
        )

    def chart(
        self, name: str, title: str, alt: str, table: pd.DataFrame, wording: Wording
    ) -> Chart:
        """Finish the picture; ``name`` is ASCII and unique on a page, for its own ids begin with
        it.

        Raises ChartError where the project's fonts lack a character.
        """
        self.height += MARGIN
        self.figure.set_size_inches(self.width / 72, self.height / 72)
        self.axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        buffer = io.StringIO()
        with _strict():
            self.figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
        svg = _web_svg(buffer.getvalue(), name, alt, self.links, wording.lang)
        return Chart(svg, alt, table, title, tuple(self.labels), self.figure)


def nothing(title: str, sentence: str, table: pd.DataFrame) -> Chart:
    """Return the chart that stands for there being nothing to draw: a sentence, and no empty
    axes.
    """
    return Chart("", sentence, table, title)


def _web_svg(source: str, name: str, alt: str, links: dict[str, str], lang: str) -> str:
    """Make Matplotlib's SVG fit to stand inside a page: no style or id of its own to clash, links
    with words, colours by name.
    """
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(source)
    wide, high = root.attrib["viewBox"].split()[2:]
    board = next(group for group in root.iter(f"{{{SVG}}}g") if group.get("id") == "axes_1")
    role = "group" if any(link.tag == LINK for link in board.iter()) else "img"
    attributes = {
        "viewBox": f"0 0 {wide} {high}",
        "width": wide,
        "height": high,
        "class": "chart",
        "role": role,
    }
    drawing = ElementTree.Element(f"{{{SVG}}}svg", attributes | {"aria-label": alt, "lang": lang})
    drawing.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    for part in map(_lifted, board):
        if part.tag == LINK and len(drawing) and drawing[-1].get(XLINK) == part.get(XLINK):
            drawing[-1].extend(part)
        else:
            drawing.append(part)
    blank = {path.get("id") for path in drawing.iter(f"{{{SVG}}}path") if not path.get("d")}
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', source))
    short = {key: f"{name}-{number}" for number, key in enumerate(used) if key not in blank}
    for element in drawing.iter():
        for child in [
            child for child in element if child.get("id", child.get(XLINK, "#")[1:]) in blank
        ]:
            element.remove(child)
        _tidy(element, short, links)
    text = ElementTree.tostring(drawing, encoding="unicode")
    for colour, (light, _) in COLOURS.items():
        text = re.sub(light, f"var(--chart-{colour}, {light.lower()})", text, flags=re.IGNORECASE)
    return text


def _lifted(part: ElementTree.Element) -> ElementTree.Element:
    """Return the link that a group wraps, with the group's definitions inside it, or else the group
    itself.
    """
    link = part.find(f".//{LINK}")
    if link is None:
        return part
    for index, definitions in enumerate(part.findall(f"{{{SVG}}}defs")):
        link.insert(index, definitions)
    return link


def _tidy(element: ElementTree.Element, short: dict[str, str], links: dict[str, str]) -> None:
    attributes = element.attrib
    key = attributes.pop("id", None)
    if key in short:
        attributes["id"] = short[key]
    target = attributes.pop(XLINK, None)
    if element.tag == LINK and target:
        attributes.pop("target", None)
        attributes |= {"href": target, "aria-label": links.get(target, target)}
    elif target:
        attributes["href"] = f"#{short[target[1:]]}"
    if attributes.get("transform") == GLYPH[0]:
        attributes["transform"] = GLYPH[1]
        attributes["d"] = re.sub(
            r"-?\d+", lambda number: f"{int(number[0]) / 16:.0f}", attributes["d"]
        )
    for name in {"d", "transform", "x", "y"} & attributes.keys():
        rounded = re.sub(r"(\.\d\d)\d+", r"\1", attributes[name])
        attributes[name] = re.sub(
            r"\s+", " ", re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded) if name == "d" else rounded
        ).strip()
    element.text = element.tail = None
