"""The long view: annual summits and leaders' meetings, year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from rajnay.charts.canvas import MARGIN, SMALL, WIDTH, Canvas, Chart, Look, nothing
from rajnay.charts.places import LOOKS
from rajnay.models import Engagement
from rajnay.timeline.summary import MOST, Edition
from rajnay.times.periods import Period, extent

FIRST_YEAR = 2000
TALKS = ("meeting", "visit", "multilateral", "consultation", "agreement")
STEP = 11.0


def long_view(
    known: Sequence[Engagement], edition: Edition, today: date, *, width: float = WIDTH
) -> Chart:
    """Draw each year's summit by its host, and under it how often leaders met and telephoned, from
    2000 to today.

    A summit is an engagement under a forum that levels.csv gives to leaders. Meetings of leaders on
    days that touch are one.

    ``known`` are engagements of all the years, of which those held count; the year of ``today`` is
    said to be unfinished.
    """
    words, text = edition.wording, edition.wording.text
    held = [
        (one, days)
        for one in known
        if one.status == "held" and (days := extent(one).period) and days.first <= today
    ]
    summits: dict[int, list[Engagement]] = {}
    for one, days in held:
        if edition.levels.of_name(one.forum or "", "forum") == "leaders":
            summits.setdefault(days.first.year, []).append(one)
    leaders = [(one, days) for one, days in held if edition.levels.of(one) == "leaders"]
    meetings = Counter(
        day.year for day in _occasions(days for one, days in leaders if one.kind in TALKS)
    )
    calls = Counter(days.first.year for one, days in leaders if one.kind == "call")
    years = range(FIRST_YEAR, today.year + 1)
    hosts = {year: [_host(one, edition) for one in ones] for year, ones in summits.items()}
    heads = [text(f"field.{name}") for name in ("year", "place")]
    said = {year: words.day(date(year, 1, 1), "year") for year in years}
    cities = {
        year: words.items(edition.place(one.place) for one in summits.get(year, ()) if one.place)
        for year in years
    }
    lines = [(said[year], cities[year], meetings[year], calls[year]) for year in years]
    table = pd.DataFrame(
        lines, columns=[*heads, text("chart.longview.meetings"), text("chart.longview.calls")]
    )
    title = text("chart.longview.title")
    if not meetings and not summits and not calls:
        return nothing(title, text("chart.longview.empty"), table)
    canvas = Canvas(width)
    labels = [
        text("chart.longview.summit_in", country=words.country(code)) for code in edition.pair
    ]
    labels.append(text("chart.places.elsewhere"))
    told = [host for year in sorted(hosts) for host in hosts[year]]
    used = sorted(set(told))
    y = canvas.key(14, [Look(labels[place], *LOOKS[place]) for place in used], bold=True) - 4
    step = (canvas.width - 2 * MARGIN) / len(years)
    for year in years:
        x = MARGIN + (year - FIRST_YEAR + 0.5) * step
        for place, host in enumerate(hosts.get(year, ())):
            canvas.mark(x, y + 8 + place * (step - 1), *LOOKS[host], size=min(11, step - 3))
        if year not in hosts:
            canvas.line([x - 3, x + 3], [y + 8, y + 8], "muted")
    y += (max(map(len, hosts.values()), default=1) - 1) * (step - 1)
    bars = [
        Look(text("chart.longview.meetings"), colour="leaders"),
        Look(text("chart.longview.calls"), colour="unknown"),
    ]
    y = canvas.key(y + 38, bars, bold=True) - 4
    base = y + 16 + STEP * max(meetings[year] + calls[year] for year in years)
    for year in years:
        x, top = MARGIN + (year - FIRST_YEAR) * step, base
        for count, colour in ((meetings[year], "leaders"), (calls[year], "unknown")):
            for _ in range(count):
                canvas.box(x + 1.5, top - STEP + 1, step - 3, STEP - 1.5, colour)
                top -= STEP
        total = meetings[year] + calls[year]
        if total:
            canvas.text(
                x + step / 2,
                top - 3,
                words.number(total),
                size=SMALL - 1.5,
                align="center",
                colour="muted",
            )
    canvas.line([MARGIN, canvas.width - MARGIN], [base + 1, base + 1], "grid")
    for year in (year for year in years if year % 5 == 0):
        x = MARGIN + (year - FIRST_YEAR + 0.5) * step
        align = "left" if year == FIRST_YEAR else "center"
        canvas.line([x, x], [base + 1, base + 5], "muted")
        canvas.text(
            x if align == "center" else MARGIN,
            base + 17,
            said[year],
            size=SMALL,
            colour="muted",
            align=align,
        )
    y = canvas.paragraph(base + 38, text("chart.longview.note", day=today))
    if calls and min(calls) > FIRST_YEAR:
        canvas.paragraph(
            y, text("chart.longview.note_calls", year=words.day(date(min(calls), 1, 1), "year"))
        )
    gaps = [said[year] for year in years if year not in summits and year != today.year]
    most = sorted(
        ((count, year) for year, count in meetings.items() if year in said), reverse=True
    )[:MOST]
    alt = text(
        "chart.longview.alt",
        first=said[years[0]],
        last=said[years[-1]],
        summits=text("count.summits", count=len(told)),
        hosts=edition.counts((labels[place], told.count(place)) for place in used),
        gaps=gaps or text("chart.longview.no_gaps"),
        most=edition.counts((said[year], count) for count, year in most),
    )
    return canvas.chart("longview", title, alt, table, words)


def _occasions(periods: Iterable[Period]) -> list[date]:
    """Join the stretches that share a day, and return the first day of each."""
    starts: list[date] = []
    end = date.min
    for first, last in sorted(periods):
        if first > end:
            starts.append(first)
        end = max(end, last)
    return starts


def _host(engagement: Engagement, edition: Edition) -> int:
    return edition.pair.index(engagement.country) if engagement.country in edition.pair else 2
