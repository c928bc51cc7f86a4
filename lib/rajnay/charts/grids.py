"""Two grids of counts: who met whom, and topics through time. The fuller a cell, the darker; its
number stands in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from rajnay.charts.canvas import MARGIN, WIDTH, Area, Canvas, Chart, nothing
from rajnay.charts.lettering import BOLD, LINE, LITTLE, LITTLE_BOLD, SMALL, Style, measure, wrap
from rajnay.models import Row
from rajnay.timeline.edition import Edition
from rajnay.timeline.summary import MOST, counterparts
from rajnay.times.periods import Period, extent, in_period, resolve_period

CELL = 26
DARKEST = 0.42
PEOPLE = 10
TIMES = 12
HEAD = Style(SMALL - 1, colour="muted")
SIDE = LITTLE_BOLD._replace(colour="muted")

Pairs = Mapping[tuple[str, str], Sequence[Row]]


def who_met_whom(
    rows: Sequence[Row], edition: Edition, *, width: float = WIDTH, said: str = ""
) -> Chart:
    """Draw a grid of counterparts: one country's people down, the other's across, in each cell how
    often they dealt.

    As many people as the width holds, the busiest first; the rest stand in the table. Only what was
    held counts. ``said``, the period in words, stands in an empty chart's sentence.
    """
    words, text = edition.wording, edition.wording.text
    pairs = counterparts(rows, edition.pair)
    title = text("chart.matrix.title")
    lines = [
        (edition.person(one), edition.person(other), len(met))
        for (one, other), met in pairs.items()
    ]
    sides = [words.country(code) for code in edition.pair]
    table = pd.DataFrame(lines, columns=[*sides, text("field.count")])
    if not pairs:
        return nothing(title, text("chart.matrix.empty", period=said), table)
    canvas = Canvas(width)
    down = _busiest(pairs, 0)[:PEOPLE]
    longest = max(measure(edition.person(name), SMALL) for name in down)
    left = MARGIN + min(0.36 * width, longest) + 10
    across = [name for name in _busiest(pairs, 1) if any((one, name) in pairs for one in down)]
    heads = [wrap(edition.person(name), 54, SMALL) for name in across]
    wide = max(CELL + 8, *(measure(line, SMALL) + 8 for lines in heads for line in lines))
    across = across[: max(1, int((width - MARGIN - left) // wide))]
    down = [name for name in down if any((name, other) in pairs for other in across)]
    y = _heads(canvas, left, wide, heads[: len(across)], sides)
    y = _people(canvas, (left, y, wide, CELL), down, across, (pairs, edition)) + 16
    hidden = sum(one not in down or other not in across for one, other in pairs)
    if hidden:
        y = canvas.paragraph(y, text("chart.matrix.left_out", count=hidden))
    canvas.paragraph(y, text("chart.matrix.note"))
    named = [
        (text("people.sides", first=first, second=second), count)
        for first, second, count in lines[:MOST]
    ]
    alt = text("chart.matrix.alt", pairs=edition.counts(named))
    return canvas.chart("matrix", title, alt, table, words)


def _people(
    canvas: Canvas,
    first: Area,
    down: Sequence[str],
    across: Sequence[str],
    told: tuple[Pairs, Edition],
) -> float:
    """Draw a line for each of the people down; return where the next would begin.

    ``first`` is the first cell at its lowest, ``told`` who met whom, and how they are called.
    """
    left, y, wide, least = first
    pairs, edition = told
    most = max(map(len, pairs.values()))
    for name in down:
        label = wrap(edition.person(name), left - MARGIN - 8, SMALL)
        high = max(least, len(label) * SMALL * LINE + 6)
        _label(canvas, left - 8, y + high / 2, label)
        canvas.line([left, left + len(across) * wide], [y + high / 2, y + high / 2], "grid")
        for place, other in enumerate(across):
            met = pairs.get((name, other), ())
            said = edition.wording.number(len(met))
            _cell(canvas, (left + place * wide, y, wide, high), len(met) / most, said)
        y += high
    return y


def _label(canvas: Canvas, right: float, middle: float, lines: Sequence[str]) -> None:
    """Write the name of a line of the grid, around its middle."""
    y = middle + 4 - (len(lines) - 1) * SMALL * LINE / 2
    canvas.lines(right, y, lines, LITTLE, align="right")


def topics_through_time(
    rows: Sequence[Row], edition: Edition, period: Period, *, width: float = WIDTH
) -> Chart:
    """Draw a grid of topics down and time across: weeks of a month or two, months of up to a year,
    years of a longer time.

    Only what was held counts; what spans two columns counts in the first.
    """
    words, text = edition.wording, edition.wording.text
    columns = _columns(period)
    shown = [row for row in in_period(rows, period) if row.engagement.status == "held"]
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
        canvas.text(left + (place + 0.5) * wide, 14, head, HEAD, align="center")
    y, most = 22.0, max(cells.values())
    for topic, name in names.items():
        label = wrap(name, left - MARGIN - 6, SMALL)
        high = max(22, len(label) * SMALL * LINE + 4)
        _label(canvas, left - 6, y + high / 2, label)
        canvas.line([left, left + len(columns) * wide], [y + high / 2, y + high / 2], "grid")
        for place in range(len(columns)):
            count = cells[topic, place]
            area = (left + place * wide, y, wide, high)
            _cell(canvas, area, count / most, words.number(count))
        right = left + len(columns) * wide + 22
        canvas.text(right, y + high / 2 + 4, words.number(totals[topic]), BOLD, align="right")
        y += high
    canvas.paragraph(y + 16, text("chart.topics.note"))
    alt = text(
        "chart.topics.alt",
        topics=edition.counts((names[topic], totals[topic]) for topic in ranked[:MOST]),
    )
    return canvas.chart("topics", title, alt, table, words)


def _busiest(pairs: Pairs, side: int) -> list[str]:
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
    canvas.text(left + 3, 14, sides[1], SIDE)
    bottom = 30 + (max(map(len, heads)) - 1) * SMALL * LINE
    for place, lines in enumerate(heads):
        y = bottom - (len(lines) - 1) * SMALL * LINE
        canvas.lines(left + (place + 0.5) * wide, y, lines, LITTLE, align="center")
    canvas.text(left - 8, bottom, sides[0], SIDE, align="right")
    return bottom + 7


def _cell(canvas: Canvas, area: Area, share: float, said: str) -> None:
    """Fill a cell of the grid, the darker the larger its share of the fullest, and write its
    number; draw nothing without a share.
    """
    if not share:
        return
    x, y, wide, high = area
    inner = (x + 1, y + 1, wide - 2, high - 2)
    canvas.box(inner, "paper")
    canvas.box(inner, "ministers", alpha=0.1 + (DARKEST - 0.1) * share, round_by=2)
    canvas.text(x + wide / 2, y + high / 2 + 4, said, LITTLE, align="center")


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
