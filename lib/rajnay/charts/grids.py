"""Two grids of counts: who met whom, and topics through time. The fuller a cell, the darker; its
number stands in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from rajnay.charts.canvas import LINE, MARGIN, SMALL, WIDTH, Canvas, Chart, measure, nothing, wrap
from rajnay.models import Row
from rajnay.timeline.summary import MOST, Edition, counterparts
from rajnay.times.periods import Period, extent, in_period, resolve_period

CELL = 26
DARKEST = 0.42
PEOPLE = 10
TIMES = 12


def who_met_whom(
    rows: Sequence[Row], edition: Edition, *, width: float = WIDTH, said: str = ""
) -> Chart:
    """Draw a grid of counterparts: one country's people down, the other's across, in each cell how
    often they dealt.

    As many people as the width holds, the busiest first; the rest stand in the table. Cancelled
    engagements do not count.

    A cell with plans alone is only outlined. ``said``, the period in words, stands in an empty
    chart's sentence.
    """
    words = edition.wording
    pairs = counterparts(rows, edition.pair)
    text = words.text
    title = text("chart.matrix.title")
    lines = [
        (
            edition.person(one),
            edition.person(other),
            len(met),
            sum(row.engagement.status == "planned" for row in met),
        )
        for (one, other), met in pairs.items()
    ]
    sides = [words.country(code) for code in edition.pair]
    table = pd.DataFrame(lines, columns=[*sides, text("field.count"), text("field.planned")])
    if not pairs:
        return nothing(title, text("chart.matrix.empty", period=said), table)
    canvas = Canvas(width)
    down = _busiest(pairs, 0)[:PEOPLE]
    left = (
        MARGIN + min(0.36 * width, max(measure(edition.person(name), SMALL) for name in down)) + 10
    )
    across = [name for name in _busiest(pairs, 1) if any((one, name) in pairs for one in down)]
    heads = [wrap(edition.person(name), 54, SMALL) for name in across]
    wide = max(CELL + 8, *(measure(line, SMALL) + 8 for lines in heads for line in lines))
    across = across[: max(1, int((width - MARGIN - left) // wide))]
    down = [name for name in down if any((name, other) in pairs for other in across)]
    y = _heads(canvas, left, wide, heads[: len(across)], sides)
    most = max(len(met) for met in pairs.values())
    for name in down:
        label = wrap(edition.person(name), left - MARGIN - 8, SMALL)
        high = max(CELL, len(label) * SMALL * LINE + 6)
        middle = y + high / 2
        canvas.lines(
            left - 8,
            middle + 4 - (len(label) - 1) * SMALL * LINE / 2,
            label,
            size=SMALL,
            align="right",
        )
        canvas.line([left, left + len(across) * wide], [middle, middle], "grid")
        for place, other in enumerate(across):
            met = pairs.get((name, other), ())
            held = any(row.engagement.status == "held" for row in met)
            _cell(
                canvas,
                left + place * wide,
                y,
                wide,
                high,
                len(met),
                most,
                words.number(len(met)),
                filled=held,
            )
        y += high
    hidden = sum(one not in down or other not in across for one, other in pairs)
    y += 16
    if hidden:
        y = canvas.paragraph(y, text("chart.matrix.left_out", count=hidden))
    y = canvas.paragraph(y, text("chart.matrix.note"))
    if any(all(row.engagement.status == "planned" for row in met) for met in pairs.values()):
        canvas.paragraph(y, text("chart.matrix.note_planned"))
    named = [
        (edition.wording.text("people.sides", first=line[0], second=line[1]), line[2])
        for line in lines[:MOST]
    ]
    return canvas.chart(
        "matrix", title, text("chart.matrix.alt", pairs=edition.counts(named)), table, words
    )


def topics_through_time(
    rows: Sequence[Row], edition: Edition, period: Period, *, width: float = WIDTH
) -> Chart:
    """Draw a grid of topics down and time across: weeks of a month or two, months of up to a year,
    years of a longer time.

    Cancelled engagements do not count; one that spans two columns counts in the first.
    """
    words, text = edition.wording, edition.wording.text
    columns = _columns(period)
    shown = [row for row in in_period(rows, period) if row.engagement.status != "cancelled"]
    cells: Counter[tuple[str, int]] = Counter()
    for row in shown:
        place = _column(row, columns)
        cells.update((topic, place) for topic in row.engagement.topics)
    totals = Counter(topic for row in shown for topic in row.engagement.topics)
    ranked = sorted(totals, key=lambda topic: (-totals[topic], topic))
    heads = [_head(column, _unit(period), edition) for column in columns]
    names = {topic: text(f"topic.{topic}") for topic in ranked}
    lines = [
        (names[topic], *(cells[topic, n] for n in range(len(columns))), totals[topic])
        for topic in ranked
    ]
    spans = [words.period(column) for column in columns]
    table = pd.DataFrame(lines, columns=[text("field.topic"), *spans, text("field.count")])
    title = text("chart.topics.title")
    if not ranked:
        return nothing(title, text("chart.topics.empty", period=words.period(period)), table)
    canvas = Canvas(width)
    left = MARGIN + min(0.34 * width, max(measure(name, SMALL) for name in names.values())) + 8
    wide = min(44.0, (width - MARGIN - left - 26) / len(columns))
    every = 1 if max(measure(head, SMALL - 1) for head in heads) < wide - 1 else 2
    for place, head in list(enumerate(heads))[::every]:
        canvas.text(
            left + (place + 0.5) * wide, 14, head, size=SMALL - 1, colour="muted", align="center"
        )
    y, most = 22.0, max(cells.values())
    for topic, name in names.items():
        label = wrap(name, left - MARGIN - 6, SMALL)
        high = max(22, len(label) * SMALL * LINE + 4)
        canvas.lines(
            left - 6,
            y + high / 2 + 4 - (len(label) - 1) * SMALL * LINE / 2,
            label,
            size=SMALL,
            align="right",
        )
        canvas.line([left, left + len(columns) * wide], [y + high / 2, y + high / 2], "grid")
        for place in range(len(columns)):
            count = cells[topic, place]
            _cell(canvas, left + place * wide, y, wide, high, count, most, words.number(count))
        canvas.text(
            left + len(columns) * wide + 22,
            y + high / 2 + 4,
            words.number(totals[topic]),
            bold=True,
            align="right",
        )
        y += high
    canvas.paragraph(y + 16, text("chart.topics.note"))
    alt = text(
        "chart.topics.alt",
        topics=edition.counts((names[topic], totals[topic]) for topic in ranked[:MOST]),
    )
    return canvas.chart("topics", title, alt, table, words)


def _busiest(pairs: dict[tuple[str, str], tuple[Row, ...]], side: int) -> list[str]:
    """Return the names of one side, those in most engagements first."""
    rows: dict[str, set[str]] = {}
    for names, met in pairs.items():
        rows.setdefault(names[side], set()).update(row.id for row in met)
    return sorted(rows, key=lambda name: (-len(rows[name]), name))


def _heads(
    canvas: Canvas, left: float, wide: float, heads: Sequence[Sequence[str]], sides: Sequence[str]
) -> float:
    """Write the names across, standing on one line, with both countries; return the height at which
    the grid begins.
    """
    canvas.text(left + 3, 14, sides[1], size=SMALL, bold=True, colour="muted")
    bottom = 30 + (max(map(len, heads)) - 1) * SMALL * LINE
    for place, lines in enumerate(heads):
        y = bottom - (len(lines) - 1) * SMALL * LINE
        canvas.lines(left + (place + 0.5) * wide, y, lines, size=SMALL, align="center")
    canvas.text(left - 8, bottom, sides[0], size=SMALL, bold=True, colour="muted", align="right")
    return bottom + 7


def _cell(
    canvas: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    count: int,
    most: int,
    said: str,
    *,
    filled: bool = True,
) -> None:
    if not count:
        return
    canvas.box(x + 1, y + 1, wide - 2, high - 2, "paper")
    shade = (0.1 + (DARKEST - 0.1) * count / most) if filled else 0
    canvas.box(
        x + 1,
        y + 1,
        wide - 2,
        high - 2,
        "ministers",
        alpha=shade,
        line=None if filled else "ministers",
        round_by=2,
    )
    canvas.text(x + wide / 2, y + high / 2 + 4, said, size=SMALL, align="center")


def _unit(period: Period) -> str:
    return "week" if period.days <= 62 else "month" if period.days <= 366 else "year"


def _columns(period: Period) -> list[Period]:
    """Cut a period into weeks, months or years, the first and last of them as short as the period
    makes them.
    """
    unit = _unit(period)
    columns: list[Period] = []
    day = period.first
    while day <= period.last:
        end = min(resolve_period(f"this-{unit}", day).last, period.last)
        columns.append(Period(day, end))
        day = end + timedelta(1)
    return columns[-2 * TIMES :] if unit == "year" else columns


def _column(row: Row, columns: Sequence[Period]) -> int:
    first = extent(row.engagement).first or date.min
    return next(
        (place for place, column in enumerate(columns) if first <= column.last), len(columns) - 1
    )


def _head(column: Period, unit: str, edition: Edition) -> str:
    if unit == "week":
        return edition.wording.text("chart.topics.week", first=column.first, last=column.last)
    return edition.wording.day(column.first, "month_short" if unit == "month" else "yy")
