"""The timeline strip: every engagement at its day, by level, each mark a link to its register
entry.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pandas as pd

from rajnay.charts.canvas import MARGIN, WIDTH, Canvas, Chart, Look, nothing
from rajnay.charts.lettering import BOLD, LITTLE, LITTLE_BOLD, MUTED, SMALL, measure, wrap
from rajnay.models import KINDS, Row
from rajnay.timeline.edition import Edition
from rajnay.timeline.standing import ORDER, UNSURE, status, sureness
from rajnay.timeline.summary import by_day, by_level, undated, with_status
from rajnay.times.periods import Period, extent, in_period

SHAPES = dict(zip(KINDS, ("o", "^", "v", "s", "D", "*", "P"), strict=True))
LABELLED = 16
MARK = 9
GAP = 9
# How many marks of a lane carry names where there are too many for all.
NAMED = {"leaders": 3, "ministers": 2, "officials": 1, "parliament": 1, "armed-forces": 1}


def timeline_strip(
    rows: Sequence[Row],
    edition: Edition,
    period: Period,
    *,
    today: date | None = None,
    width: float = WIDTH,
) -> Chart:
    """Draw a period's engagements along its days, a lane a level; with few of them each has its
    label, with many a mark.

    Held ones are solid, planned and unconfirmed hollow, cancelled crossed; a day that is not
    exactly known is a dashed line between its limits. Rows outside the period are left out, undated
    ones counted below. ``today`` is the day that tells plans from the unconfirmed, the last of the
    period if it is not given; it is marked if it is an earlier one.
    """
    words = edition.wording
    shown = by_day(in_period(rows, period))
    table = _table(shown, edition)
    title = words.text("chart.strip.title")
    dateless = len(undated(rows))
    if not shown:
        return nothing(title, words.text("chart.strip.empty", period=words.period(period)), table)
    canvas = Canvas(width)
    strip = _Strip(canvas, edition, period, today or period.last)
    lanes = by_level(shown, edition.levels)
    y = strip.axis(14)
    if today and period.first <= today < period.last:
        y = strip.today(y, today)
    for level, lane in lanes.items():
        name = words.text(f"level.{level}")
        canvas.box((MARGIN, y + 7, 9, 9), level)
        held = len(with_status(lane, "held"))
        canvas.text(MARGIN + 14, y + 16, edition.total(name, held) if held else name, BOLD)
        y = (
            strip.labelled(y + 24, level, lane)
            if len(shown) <= LABELLED
            else strip.crowded(y + 24, level, lane)
        )
    y = strip.key(y + 16, shown, kinds=len(shown) > LABELLED)
    left_out = {"undated": dateless, "later": len(rows) - len(shown) - dateless}
    for name, count in left_out.items():
        if count:
            said = words.text(f"chart.strip.{name}", count=count)
            y = canvas.paragraph(y + 6, said)
    alt = words.text(
        "chart.strip.alt",
        period=words.period(period),
        statuses=edition.statuses(shown, strip.day),
        levels=edition.counts(
            (words.text(f"level.{level}"), count)
            for level, lane in lanes.items()
            if (count := len(with_status(lane, "held")))
        )
        or words.text("list.nothing"),
    )
    return canvas.chart("strip", title, alt, table, words)


class _Strip:
    """Where days stand across the canvas, and how an engagement is drawn there."""

    def __init__(self, canvas: Canvas, edition: Edition, period: Period, day: date) -> None:
        self.canvas, self.edition, self.period, self.day = canvas, edition, period, day
        self.left, self.right = MARGIN + MARK / 2, canvas.width - MARGIN - MARK / 2

    def x(self, day: date, part: float = 0.5) -> float:
        """Return where a day stands: its middle, or the ``part`` of it that is asked for."""
        days = (min(max(day, self.period.first), self.period.last) - self.period.first).days + part
        return self.left + (self.right - self.left) * days / self.period.days

    def axis(self, y: float) -> float:
        """Write days, months or years along the top; return the height of the line below them."""
        for day, label in _ticks(self.period, self.edition, self.right - self.left):
            x = self.x(day, 0)
            self.canvas.text(x, y, label, MUTED)
            self.canvas.line([x, x], [y + 4, y + 8], "muted")
        self.canvas.line([self.left, self.right], [y + 8, y + 8], "grid")
        return y + 8

    def today(self, y: float, day: date) -> float:
        """Point at a day below the axis; return the height of the line below it."""
        x = self.x(day)
        label = self.edition.wording.text("chart.strip.today", day=day)
        room = x + 8 + measure(label, SMALL, True) <= self.canvas.width - MARGIN
        self.canvas.mark(x, y + 7, Look(shape="^"), size=6)
        if room:
            self.canvas.text(x + 8, y + 12, label, LITTLE_BOLD)
        else:
            self.canvas.text(x - 8, y + 12, label, LITTLE_BOLD, align="right")
        return y + 14

    def labelled(self, y: float, level: str, lane: Sequence[Row]) -> float:
        """Draw a lane with a line and a label for each engagement; return where the next lane
        begins.
        """
        for row in lane:
            first, last = self.ends(row)
            room = {"left": self.canvas.width - MARGIN - last - GAP, "right": first - GAP - MARGIN}
            side = (
                "left" if room["left"] >= min(room["right"], self.canvas.width * 0.5) else "right"
            )
            link = self.mark(row, level, y + 6)
            x, wide = (last + GAP, room[side]) if side == "left" else (first - GAP, room[side])
            if wide < self.canvas.width * 0.4:
                side, x, wide, y = (
                    "left",
                    MARGIN + GAP,
                    self.canvas.width - 2 * MARGIN - GAP,
                    y + 14,
                )
            lines = wrap(self.edition.event(row.engagement, dated=False), wide, SMALL)
            y = self.canvas.lines(x, y + 10, lines, LITTLE, align=side, link=link) - 6
        return y + 6

    def crowded(self, y: float, level: str, lane: Sequence[Row]) -> float:
        """Draw a lane with marks, stacked where they would touch, and below them who the most
        told of are; return where the next lane begins.
        """
        ends: list[float] = []
        heights = {}
        for row in lane:
            first, last = self.ends(row)
            step = next((step for step, end in enumerate(ends) if end < first), len(ends))
            ends[step : step + 1] = [last + 2]
            heights[row.id] = y + MARK / 2 + step * (MARK + 3)
        bottom = y + len(ends) * (MARK + 3)
        # Names on the right go first, and from the middle outwards: no line to a mark crosses one.
        names = sorted(foremost(lane, NAMED.get(level, 0)), key=self.middle)
        half = bisect_right(names, self.canvas.width / 2, key=self.middle)
        left, right = names[:half], names[half:]
        edge = max(map(self.middle, left), default=0)
        for row in right:
            bottom = self.named(bottom, heights[row.id], row, ("right", self.middle(row) - edge))
        for row in reversed(left):
            room = self.canvas.width - self.middle(row)
            bottom = self.named(bottom, heights[row.id], row, ("left", room))
        for row in lane:
            self.mark(row, level, heights[row.id])
        return bottom + 6

    def middle(self, row: Row) -> float:
        """Return where the middle of an engagement's mark is."""
        return sum(self.ends(row)) / 2

    def named(self, y: float, top: float, row: Row, side: tuple[str, float]) -> float:
        """Write who met and when under a lane, with a line up to the mark; return where the next
        name goes.

        ``side`` is where the line stands of the words, and how much room there is for them.
        """
        middle, words = self.middle(row), self.edition.wording
        said = f"{words.when(row.engagement)}: {self.edition.event(row.engagement, dated=False)}"
        align, room = side
        self.canvas.line([middle, middle], [top, y + 10], "muted", width=0.75)
        lines = wrap(said, max(room - MARGIN - 4, self.canvas.width * 0.3), SMALL)
        x = middle - 4 if align == "right" else middle + 4
        link = self.canvas.link(row.id, self.edition.event(row.engagement))
        return self.canvas.lines(x, y + 11, lines, LITTLE, align=align, link=link) - 10

    def ends(self, row: Row) -> tuple[float, float]:
        """Return the left and right end of an engagement's mark."""
        days = extent(row.engagement).period or self.period
        first, last = self.x(days.first), self.x(days.last)
        return first - MARK / 2, last + MARK / 2

    def mark(self, row: Row, level: str, y: float) -> str:
        """Draw one engagement and return its link."""
        engagement, canvas = row.engagement, self.canvas
        link = canvas.link(row.id, self.edition.event(engagement))
        days = extent(engagement)
        first, last = self.ends(row)
        middle = (first + last) / 2
        if last - first > MARK + 1:
            known = days.certainty == "days"
            if known:
                canvas.line([first, last], [y, y], level, width=2.5, link=link)
                middle = first + MARK / 2
            else:
                canvas.interval(first, last, y, level, link=link)
        look = self.look(status(row, self.day), SHAPES[engagement.kind], level)
        canvas.mark(middle, y, look, size=MARK, link=link)
        return link

    def look(self, name: str, shape: str, colour: str = "ink") -> Look:
        """Return the mark of a status, and how the status is called."""
        said = self.edition.wording.text(f"status.{name}")
        tint = "muted" if name == "unconfirmed" else colour
        return Look(said, shape, tint, name != "held", name == "cancelled")

    def key(self, y: float, rows: Sequence[Row], *, kinds: bool) -> float:
        """Explain the marks that are used: status, kind if it is not written out, and days not
        exactly known.
        """
        text = self.edition.wording.text
        statuses = {status(row, self.day) for row in rows}
        looks = [self.look(one, "o") for one in ORDER if one in statuses]
        if any(extent(row.engagement).certainty not in ("day", "days") for row in rows):
            looks.append(Look(text("chart.strip.within"), "interval"))
        if len(looks) > 1:
            y = self.canvas.key(y, looks, heading=text("field.status")) + 4
        if kinds:
            found = {row.engagement.kind for row in rows}
            used = [Look(text(f"kind.{kind}"), SHAPES[kind]) for kind in SHAPES if kind in found]
            y = self.canvas.key(y, used, heading=text("field.kind")) + 4
        return y


def foremost(lane: Sequence[Row], most: int) -> list[Row]:
    """Return the held rows of a lane of which most articles tell, in the order of their days; no
    two of one person on the same day, none that a reader is told to check.

    Args:
        lane: rows of one level.
        most: how many at most.
    """
    held = [row for row in lane if row.engagement.status == "held"]
    sure = [row for row in held if sureness(row.engagement.confidence) not in UNSURE]
    dated = [row for row in sure if extent(row.engagement).certainty in ("day", "days", "open")]
    chosen: list[Row] = []
    for row in sorted(dated, key=lambda row: (-len(row.testimonies), row.id)):
        if len(chosen) < most and not any(_at_once(row, one) for one in chosen):
            chosen.append(row)
    return by_day(chosen)


def _at_once(one: Row, other: Row) -> bool:
    """Say whether two rows share a person and a day."""
    mine, theirs = extent(one.engagement).period, extent(other.engagement).period
    same_days = mine is not None and theirs is not None and mine.meets(theirs)
    return same_days and not set(one.engagement.everyone).isdisjoint(other.engagement.everyone)


def _ticks(period: Period, edition: Edition, width: float) -> Iterator[tuple[date, str]]:
    """Yield the days that carry a label, as many as fit side by side."""
    words = edition.wording
    if period.days <= 45:
        days = [
            period.first + timedelta(offset)
            for offset in range(0, period.days, max(1, period.days // 5))
        ]
        labels = [(day, words.day(day, "day_short")) for day in days]
    else:
        firsts = (date(month // 12, month % 12 + 1, 1) for month in period.months)
        starts = [max(day, period.first) for day in firsts]
        years = [day for day in starts if day.month == 1] if len(starts) > 24 else []
        labels = [
            (day, words.day(day, "year" if years else "month_short")) for day in years or starts
        ]
    room = width / max(1, len(labels))
    step = next(
        (
            n
            for n in (1, 2, 3, 6, 12)
            if max(measure(label, SMALL) for _, label in labels) + 6 < room * n
        ),
        12,
    )
    for day, label in labels[::step]:
        if measure(label, SMALL) <= width * (1 - (day - period.first).days / period.days):
            yield day, label


def _table(rows: Sequence[Row], edition: Edition) -> pd.DataFrame:
    text = edition.wording.text
    lines = [
        (
            edition.wording.when(row.engagement),
            text(f"kind.{row.engagement.kind}"),
            text(f"status.{row.engagement.status}"),
            text(f"level.{edition.levels.of(row.engagement)}"),
            edition.people(row.engagement),
            edition.place(row.engagement.place) if row.engagement.place else "",
        )
        for row in rows
    ]
    heads = ("date", "kind", "status", "level", "people", "place")
    return pd.DataFrame(lines, columns=[text(f"field.{head}") for head in heads])
