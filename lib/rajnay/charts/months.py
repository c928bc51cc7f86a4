"""A period's engagements by level, against the same months of earlier years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from rajnay.charts.canvas import MARGIN, WIDTH, Canvas, Chart, Look, nothing
from rajnay.charts.lettering import BOLD, LITTLE, SIZE, SMALL, Style, measure
from rajnay.knowledge.levels import LEVELS
from rajnay.models import Engagement
from rajnay.timeline.edition import Edition
from rajnay.timeline.wording import Wording
from rajnay.times.periods import Period, extent

YEARS = 10
YEARS_OF_MONTHS = 4
FEW_MONTHS = 2
FIRST = Style(bold=True)
OTHER = Style(colour="muted")
TOTAL = Style(SMALL - 1, colour="muted")
MONTH = Style(SMALL - 0.5, colour="muted")

Month = tuple[int, int]
Counts = Mapping[Month, Counter[str]]


@dataclass(frozen=True)
class _Turn:
    """The months of one year, beside those of others: how the year is called, and in each month the
    engagements by level.
    """

    name: str
    months: Sequence[Month]
    cells: Sequence[Counter[str]]

    @property
    def whole(self) -> Counter[str]:
        """The engagements of all its months by level."""
        return sum(self.cells, Counter())


def same_months(
    known: Sequence[Engagement],
    edition: Edition,
    period: Period,
    *,
    width: float = WIDTH,
) -> Chart:
    """Draw the engagements of a period's months by level, beside those of the same months in
    earlier years, all of them from one list, so that like is compared with like.

    One or two months make one bar a year; more months make a row of bars a year. Only what was held
    counts.

    ``known`` holds the engagements of all the years; of a period longer than a year, its last
    twelve months are drawn.
    """
    words, text = edition.wording, edition.wording.text
    turns = _turns(known, edition, period)
    table = _table(turns, edition)
    title, said = text("chart.months.title"), words.period(period)
    found = sum((turn.whole for turn in turns), Counter[str]())
    if not found:
        return nothing(title, text("chart.months.empty", period=said), table)
    canvas = Canvas(width)
    used = [level for level in LEVELS if found[level]]
    y = canvas.key(14, [Look(text(f"level.{level}"), colour=level) for level in used]) - 2
    draw = _bars if len(turns[0].months) <= FEW_MONTHS else _rows
    y = draw(canvas, y + 4, turns, edition) + 8
    y = canvas.paragraph(y, text("chart.months.note"))
    canvas.paragraph(y, text("chart.months.note_left_out"))
    totals = [(turn.name, turn.whole.total()) for turn in turns]
    alt = text(
        "chart.months.alt",
        period=said,
        count=text("count.engagements", count=totals[0][1]),
        earlier=edition.counts(totals[1:]) or text("list.nothing"),
    )
    return canvas.chart("months", title, alt, table, words)


def _turns(known: Sequence[Engagement], edition: Edition, period: Period) -> list[_Turn]:
    """Return the months of the period, then those of each earlier year back to the first in which
    anything is known of them.
    """
    months = _months(period)
    years = sorted({year for year, _ in months})
    counts = _count(known, edition)
    wanted = {month for _, month in months}
    earliest = min((year for year, month in counts if month in wanted), default=years[0])
    turns = []
    for back in range(YEARS if len(months) <= FEW_MONTHS else YEARS_OF_MONTHS):
        turn = [(year - back, month) for year, month in months]
        if not back or turn[0][0] >= earliest:
            cells = [counts.get(month, Counter()) for month in turn]
            turns.append(_Turn(_name(turn, edition.wording, len(years) > 1), turn, cells))
    return turns


def _months(period: Period) -> list[Month]:
    return [(number // 12, number % 12 + 1) for number in period.months[-12:]]


def _count(engagements: Iterable[Engagement], edition: Edition) -> Counts:
    """Count engagements by the month in which they begin, and by level; one known only to its year
    has no month.
    """
    counts: dict[Month, Counter[str]] = {}
    for engagement in engagements:
        days = extent(engagement)
        if days.first and days.certainty != "year" and engagement.status == "held":
            counts.setdefault((days.first.year, days.first.month), Counter())[
                edition.levels.of(engagement)
            ] += 1
    return counts


def _name(turn: Sequence[Month], words: Wording, two_years: bool) -> str:
    first, last = date(turn[0][0], 1, 1), date(turn[-1][0], 12, 31)
    return words.period(Period(first, last)) if two_years else words.day(first, "year")


def _bars(canvas: Canvas, y: float, turns: Sequence[_Turn], edition: Edition) -> float:
    """Draw a bar a year, the report's own first and higher."""
    left = MARGIN + max(measure(turn.name, SIZE, True) for turn in turns) + 10
    unit = (canvas.width - MARGIN - 30 - left) / max(1, *(turn.whole.total() for turn in turns))
    for index, turn in enumerate(turns):
        high, below = (15, 5) if index else (24, 9)
        middle, whole = y + high / 2 + 4, turn.whole
        canvas.text(left - 8, middle, turn.name, LITTLE if index else BOLD, align="right")
        x = left
        for level in (level for level in LEVELS if whole[level]):
            canvas.box((x, y, whole[level] * unit - 1, high), level)
            x += whole[level] * unit
        total = edition.wording.number(whole.total())
        canvas.text(x + 5, middle, total, OTHER if index else FIRST)
        y += high + below
    return y + 6


def _rows(canvas: Canvas, y: float, turns: Sequence[_Turn], edition: Edition) -> float:
    """Draw a row of monthly bars a year, all to one scale."""
    highest = max(cell.total() for turn in turns for cell in turn.cells)
    step = (canvas.width - 2 * MARGIN) / len(turns[0].months)
    unit = 64 / highest
    for index, turn in enumerate(turns):
        name = edition.total(turn.name, turn.whole.total())
        canvas.text(MARGIN, y + 10, name, OTHER if index else FIRST)
        base = y + 30 + max(cell.total() for cell in turn.cells) * unit
        for place, cell in enumerate(turn.cells):
            _pile(canvas, (MARGIN + step * place + 2, base, step, unit), cell, edition)
        canvas.line([MARGIN, canvas.width - MARGIN], [base, base], "grid")
        y = base + 8
    labels = [
        edition.wording.day(date(2000, month, 1), "month_short") for _, month in turns[0].months
    ]
    every = 1 if max(measure(label, SMALL - 0.5) for label in labels) < step else 2
    for place, label in list(enumerate(labels))[::every]:
        canvas.text(MARGIN + step * (place + 0.5), y + 5, label, MONTH, align="center")
    return y + 18


def _pile(
    canvas: Canvas,
    where: tuple[float, float, float, float],
    cell: Counter[str],
    edition: Edition,
) -> None:
    """Draw the bar of one month, level on level, and its number on top.

    ``where`` is its left edge and its foot, how wide a month is and how high one engagement.
    """
    x, top, step, unit = where
    for level in (level for level in LEVELS if cell[level]):
        high = cell[level] * unit
        canvas.box((x, top - high, step - 5, high - 0.8), level)
        top -= high
    if cell.total():
        total = edition.wording.number(cell.total())
        canvas.text(x + step / 2 - 2.5, top - 3, total, TOTAL, align="center")


def _table(turns: Sequence[_Turn], edition: Edition) -> pd.DataFrame:
    words = edition.wording
    lines = [
        (words.day(date(*month, 1), "month"), *(cell[level] for level in LEVELS), cell.total())
        for turn in turns
        for month, cell in zip(turn.months, turn.cells, strict=True)
    ]
    heads = ("field.month", *(f"level.{level}" for level in LEVELS), "field.count")
    return pd.DataFrame(lines, columns=[words.text(head) for head in heads])
