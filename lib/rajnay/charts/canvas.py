"""The drawing board of every chart: text that is measured and wrapped, a few marks, and an SVG that
fits any page.

Coordinates are CSS pixels from the upper left corner, so that what is laid out is what a phone
shows. Colours are names; in the picture each becomes a CSS variable (``--chart-ink`` ...) with a
fallback for light pages, so that a dark page recolours it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple

import pandas as pd
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon
from matplotlib.text import Text

from rajnay.charts import lettering
from rajnay.charts.colours import COLOURS
from rajnay.charts.lettering import (
    LINE,
    LITTLE,
    LITTLE_BOLD,
    MUTED,
    PLAIN,
    SETTINGS,
    SMALL,
    Style,
    measure,
)
from rajnay.charts.svg import web_svg
from rajnay.timeline.wording import Wording, plain

WIDTH = 400
MARGIN = 10
# Marks of one shape look larger or smaller than those of another.
OPTICAL = {"D": 0.85, "s": 0.9, "*": 1.3, "P": 1.1}

Area = tuple[float, float, float, float]


class Label(NamedTuple):
    """A text of a chart and the box it fills, in CSS pixels from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Look(NamedTuple):
    """A mark, filled or hollow, crossed out or not, and in a key what it means; the shape
    ``interval`` is a stretch whose day is not known.
    """

    label: str = ""
    shape: str = "s"
    colour: str = "ink"
    hollow: bool = False
    crossed: bool = False


# The mark of an engagement by its host: the first of the pair, the second, another.
HOSTS = (Look("", "o", "parliament"), Look("", "s", "ministers"), Look("", "D", "officials"))


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
        style: Style = PLAIN,
        *,
        align: str = "left",
        link: str | None = None,
    ) -> None:
        """Write one line with its baseline at ``y``; ``align`` says which end of it ``x`` is (left,
        center or right).
        """
        text = plain(text)
        wide = measure(text, style.size, style.bold)
        left = x - wide * {"left": 0, "center": 0.5, "right": 1}[align]
        written = Text(
            left,
            y,
            text,
            fontproperties=lettering.font(style.size, style.bold),
            color=COLOURS[style.colour][0],
            va="baseline",
            parse_math=False,
        )
        self._add(written, link)
        high = y - style.size * 0.78
        self.labels.append(Label(text, left, high, left + wide, y + style.size * 0.24))
        self.height = max(self.height, y + style.size * 0.4)

    def lines(
        self, x: float, y: float, lines: Iterable[str], style: Style = PLAIN, **more: Any
    ) -> float:
        """Write several lines, the first with its baseline at ``y``; return the baseline of the
        line that would follow.
        """
        for line in lines:
            self.text(x, y, line, style, **more)
            y += style.size * LINE
        return y

    def paragraph(self, y: float, text: str, style: Style = MUTED) -> float:
        """Write a text over the whole width, wrapped; return the baseline of the line that would
        follow.
        """
        lines = lettering.broken(text, self.width - 2 * MARGIN, style.size, style.bold)
        return self.lines(MARGIN, y, lines, style)

    def box(
        self,
        area: Area,
        colour: str,
        *,
        alpha: float = 1,
        line: str | None = None,
        round_by: float = 0,
    ) -> None:
        """Fill a box, with an outline in colour ``line`` if one is named; its ``area`` is the upper
        left corner, how wide it is and how high.
        """
        x, y, wide, high = area
        style = f"round,pad=0,rounding_size={round_by}" if round_by else "square,pad=0"
        fill = to_rgba(COLOURS[colour][0], alpha)
        edge = COLOURS[line][0] if line else "none"
        filled = FancyBboxPatch(
            (x, y), wide, high, boxstyle=style, facecolor=fill, edgecolor=edge, linewidth=1.2
        )
        self._add(filled, None)
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
        look: Look,
        *,
        size: float = 9,
        ring: bool = False,
        link: str | None = None,
    ) -> None:
        """Put a mark of a Matplotlib shape on a point, in a ring that sets it off if asked."""
        size *= OPTICAL.get(look.shape, 1)
        paper, colour = COLOURS["paper"][0], COLOURS[look.colour][0]
        point = Line2D(
            [x],
            [y],
            marker=look.shape,
            markersize=size,
            linestyle="",
            markerfacecolor=paper if look.hollow else colour,
            markeredgecolor=paper if ring else colour,
            markeredgewidth=1.5,
        )
        self._add(point, link)
        self.height = max(self.height, y + size / 2 + 1)
        if look.crossed:
            self.mark(x, y, Look(shape="x"), size=size + 2, link=link)

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
            self.text(x, y, heading, LITTLE_BOLD._replace(colour="muted"))
            x += measure(heading, SMALL, True) + 10
        style = LITTLE_BOLD if bold else LITTLE
        for look in looks:
            wide = 16 + measure(look.label, SMALL, bold)
            if x > MARGIN and x + wide > self.width - MARGIN:
                x, y = MARGIN, y + SMALL * LINE + 2
            if look.shape == "interval":
                self.interval(x + 0.5, x + 11.5, y - 4, look.colour)
            else:
                self.mark(x + 5, y - 4, look)
            self.text(x + 16, y, look.label, style)
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
        with lettering.strict(), rc_context(SETTINGS):
            self.figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
        svg = web_svg(buffer.getvalue(), name, alt, self.links, wording.lang)
        return Chart(svg, alt, table, title, tuple(self.labels), self.figure)


def nothing(title: str, sentence: str, table: pd.DataFrame) -> Chart:
    """Return the chart that stands for there being nothing to draw: a sentence, and no empty
    axes.
    """
    return Chart("", sentence, table, title)
