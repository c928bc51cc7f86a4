"""A period's engagements by level, against the same months of earlier years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from rajnay.charts.canvas import MARGIN, SIZE, SMALL, WIDTH, Canvas, Chart, Look, measure, nothing
from rajnay.knowledge.reference import LEVELS
from rajnay.models import Engagement, Row
from rajnay.timeline.summary import Edition
from rajnay.timeline.wording import Wording
from rajnay.times.periods import Period, extent

YEARS = 10
YEARS_OF_MONTHS = 4
FEW_MONTHS = 2
Counts = dict[tuple[int, int], Counter[str]]


def same_months(
    rows: Sequence[Row],
    known: Sequence[Engagement],
    edition: Edition,
    period: Period,
    *,
    width: float = WIDTH,
) -> Chart:
    """Draw the engagements of a period's months by level, beside those of the same months in
    earlier years.

    One or two months make one bar a year; more months make a row of bars a year. Cancelled
    engagements do not count.

    ``rows`` is the timeline, ``known`` holds engagements of earlier years; of a period longer than
    a year, its last twelve months are drawn.
    """
    words, text = edition.wording, edition.wording.text
    months = _months(period)
    years = sorted({year for year, _ in months})
    now = _count((row.engagement for row in rows), edition)
    past = _count(
        (one for one in known if (found := extent(one).first) and found.year < years[0]), edition
    )
    turns = [
        [(year - back, month) for year, month in months]
        for back in range(YEARS if len(months) <= FEW_MONTHS else YEARS_OF_MONTHS)
    ]
    counts = [
        [(now if not back else past).get(month, Counter()) for month in turn]
        for back, turn in enumerate(turns)
    ]
    first = min(
        (year for year, month in past if (month in {m for _, m in months})), default=years[0]
    )
    kept = [index for index, turn in enumerate(turns) if not index or turn[0][0] >= first]
    names = [_name(turns[index], words, len(years) > 1) for index in kept]
    table = _table(
        [counts[index] for index in kept], names, [turns[index] for index in kept], edition
    )
    title = text("chart.months.title")
    said = words.period(period)
    if not any(sum(cell.values()) for index in kept for cell in counts[index]):
        return nothing(title, text("chart.months.empty", period=said), table)
    canvas = Canvas(width)
    used = [
        level for level in LEVELS if any(cell[level] for index in kept for cell in counts[index])
    ]
    y = canvas.key(14, [Look(text(f"level.{level}"), colour=level) for level in used]) - 2
    draw = _bars if len(months) <= FEW_MONTHS else _rows
    y = draw(
        canvas,
        y + 4,
        names,
        [counts[index] for index in kept],
        edition,
        [month for _, month in months],
    )
    y += 8
    if len(kept) > 1:
        y = canvas.paragraph(y, text("chart.months.note", year=names[0]))
    canvas.paragraph(y, text("chart.months.note_left_out"))
    totals = [
        (name, sum(sum(cell.values()) for cell in counts[index]))
        for name, index in zip(names, kept, strict=True)
    ]
    alt = words.text(
        "chart.months.alt",
        period=said,
        count=text("count.engagements", count=totals[0][1]),
        earlier=edition.counts(totals[1:]) or text("list.nothing"),
    )
    return canvas.chart("months", title, alt, table, words)


def _months(period: Period) -> list[tuple[int, int]]:
    numbers = range(
        period.first.year * 12 + period.first.month - 1, period.last.year * 12 + period.last.month
    )
    return [(number // 12, number % 12 + 1) for number in numbers[-12:]]


def _count(engagements: Iterable[Engagement], edition: Edition) -> Counts:
    """Count engagements by the month in which they begin, and by level; one known only to its year
    has no month.
    """
    counts: Counts = {}
    for engagement in engagements:
        days = extent(engagement)
        if days.first and days.certainty != "year" and engagement.status != "cancelled":
            counts.setdefault((days.first.year, days.first.month), Counter())[
                edition.levels.of(engagement)
            ] += 1
    return counts


def _name(turn: Sequence[tuple[int, int]], words: Wording, two_years: bool) -> str:
    first, last = date(turn[0][0], 1, 1), date(turn[-1][0], 12, 31)
    return words.period(Period(first, last)) if two_years else words.day(first, "year")


def _bars(
    canvas: Canvas,
    y: float,
    names: Sequence[str],
    counts: Sequence[Sequence[Counter[str]]],
    edition: Edition,
    _: object,
) -> float:
    """Draw a bar a year, the report's own first and higher."""
    totals = [sum(cells, Counter()) for cells in counts]
    left = MARGIN + max(measure(name, SIZE, True) for name in names) + 10
    unit = (canvas.width - MARGIN - 30 - left) / max(1, *(total.total() for total in totals))
    for index, (name, total) in enumerate(zip(names, totals, strict=True)):
        high = 15 if index else 24
        canvas.text(
            left - 8,
            y + high / 2 + 4,
            name,
            size=SIZE if not index else SMALL,
            bold=not index,
            align="right",
        )
        x = left
        for level in LEVELS:
            if total[level]:
                canvas.box(x, y, total[level] * unit - 1, high, level)
                x += total[level] * unit
        canvas.text(
            x + 5,
            y + high / 2 + 4,
            edition.wording.number(total.total()),
            bold=not index,
            colour="ink" if not index else "muted",
        )
        y += high + (5 if index else 9)
    return y + 6


def _rows(
    canvas: Canvas,
    y: float,
    names: Sequence[str],
    counts: Sequence[Sequence[Counter[str]]],
    edition: Edition,
    months: Sequence[int],
) -> float:
    """Draw a row of monthly bars a year, all to one scale."""
    highest = max(cell.total() for cells in counts for cell in cells)
    step = (canvas.width - 2 * MARGIN) / len(months)
    unit = 64 / highest
    for index, (name, cells) in enumerate(zip(names, counts, strict=True)):
        total = sum(cell.total() for cell in cells)
        canvas.text(
            MARGIN,
            y + 10,
            edition.total(name, total),
            bold=not index,
            colour="ink" if not index else "muted",
        )
        base = y + 30 + max(cell.total() for cell in cells) * unit
        for place, cell in enumerate(cells):
            x, top = MARGIN + step * place + 2, base
            for level in LEVELS:
                if cell[level]:
                    canvas.box(
                        x, top - cell[level] * unit, step - 5, cell[level] * unit - 0.8, level
                    )
                    top -= cell[level] * unit
            if cell.total():
                canvas.text(
                    x + step / 2 - 2.5,
                    top - 3,
                    edition.wording.number(cell.total()),
                    size=SMALL - 1,
                    align="center",
                    colour="muted",
                )
        canvas.line([MARGIN, canvas.width - MARGIN], [base, base], "grid")
        y = base + 8
    labels = [edition.wording.day(date(2000, month, 1), "month_short") for month in months]
    every = 1 if max(measure(label, SMALL - 0.5) for label in labels) < step else 2
    for place, label in list(enumerate(labels))[::every]:
        canvas.text(
            MARGIN + step * (place + 0.5),
            y + 5,
            label,
            size=SMALL - 0.5,
            align="center",
            colour="muted",
        )
    return y + 18


def _table(
    counts: Sequence[Sequence[Counter[str]]],
    names: Sequence[str],
    turns: Sequence[Sequence[tuple[int, int]]],
    edition: Edition,
) -> pd.DataFrame:
    text = edition.wording.text
    lines = [
        (
            edition.wording.day(date(*month, 1), "month"),
            *(cell[level] for level in LEVELS),
            cell.total(),
        )
        for turn, cells in zip(turns, counts, strict=True)
        for month, cell in zip(turn, cells, strict=True)
    ]
    return pd.DataFrame(
        lines,
        columns=[
            text("field.month"),
            *(text(f"level.{level}") for level in LEVELS),
            text("field.count"),
        ],
    )
