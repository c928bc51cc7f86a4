"""The long view: annual summits and leaders' meetings, year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from rajnay.charts.canvas import HOSTS, MARGIN, WIDTH, Canvas, Chart, Look, nothing
from rajnay.charts.lettering import MUTED, SMALL, Style
from rajnay.models import Engagement
from rajnay.timeline.edition import Edition
from rajnay.timeline.summary import MOST
from rajnay.times.periods import Period, extent

FIRST_YEAR = 2000
TALKS = ("meeting", "visit", "multilateral", "consultation", "agreement")
STEP = 11.0
TOTAL = Style(SMALL - 1.5, colour="muted")
BARS = {"meetings": "leaders", "calls": "unknown"}


@dataclass(frozen=True)
class _History:
    """What there was in each year: the summits, their hosts (by their place in the pair, 2 for
    others), and how often leaders met and telephoned.
    """

    years: range
    summits: Mapping[int, Sequence[Engagement]]
    hosts: Mapping[int, Sequence[int]]
    meetings: Counter[int]
    calls: Counter[int]

    def __bool__(self) -> bool:
        """Say whether there was anything at all."""
        return bool(self.summits or self.meetings or self.calls)

    def total(self, year: int) -> int:
        """Return how often leaders met and telephoned in a year."""
        return self.meetings[year] + self.calls[year]

    def told(self) -> list[int]:
        """Return the host of every summit, in the order of the years."""
        return [host for year in sorted(self.hosts) for host in self.hosts[year]]


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
    history = _history(known, edition, today)
    said = {year: words.day(date(year, 1, 1), "year") for year in history.years}
    table = _table(history, said, edition)
    title = text("chart.longview.title")
    if not history:
        return nothing(title, text("chart.longview.empty"), table)
    canvas = Canvas(width)
    labels = [
        text("chart.longview.summit_in", country=words.country(code)) for code in edition.pair
    ]
    labels.append(text("chart.places.elsewhere"))
    y = _summits(canvas, 14, history, labels)
    looks = [Look(text(f"chart.longview.{name}"), colour=BARS[name]) for name in BARS]
    y = canvas.key(y + 38, looks, bold=True) - 4
    base = y + 16 + STEP * max(map(history.total, history.years))
    _bars(canvas, base, history, edition)
    _axis(canvas, base, said)
    over = (today.month, today.day) == (12, 31)
    note = "chart.longview.note_whole" if over else "chart.longview.note"
    y = canvas.paragraph(base + 38, text(note, **({} if over else {"day": today})))
    first = min(history.calls, default=FIRST_YEAR)
    if first > FIRST_YEAR:
        begun = words.day(date(first, 1, 1), "year")
        canvas.paragraph(y, text("chart.longview.note_calls", year=begun))
    alt = _finding(history, said, labels, edition)
    return canvas.chart("longview", title, alt, table, words)


def _history(known: Sequence[Engagement], edition: Edition, today: date) -> _History:
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
    talks = _occasions(days for one, days in leaders if one.kind in TALKS)
    return _History(
        range(FIRST_YEAR, today.year + 1),
        summits,
        {year: [_host(one, edition) for one in ones] for year, ones in summits.items()},
        Counter(day.year for day in talks),
        Counter(days.first.year for one, days in leaders if one.kind == "call"),
    )


def _table(history: _History, said: Mapping[int, str], edition: Edition) -> pd.DataFrame:
    text = edition.wording.text
    lines = []
    for year in history.years:
        places = [one.place for one in history.summits.get(year, ()) if one.place]
        cities = edition.wording.items(map(edition.place, places))
        lines.append((said[year], cities, history.meetings[year], history.calls[year]))
    heads = ("field.year", "field.place", *(f"chart.longview.{name}" for name in BARS))
    return pd.DataFrame(lines, columns=[text(head) for head in heads])


def _summits(canvas: Canvas, y: float, history: _History, labels: Sequence[str]) -> float:
    """Draw the key of hosts and a mark for each year's summits; return where the last one is."""
    used = sorted(set(history.told()))
    y = canvas.key(y, [HOSTS[host]._replace(label=labels[host]) for host in used], bold=True) - 4
    step = (canvas.width - 2 * MARGIN) / len(history.years)
    for year in history.years:
        x = MARGIN + (year - FIRST_YEAR + 0.5) * step
        for place, host in enumerate(history.hosts.get(year, ())):
            canvas.mark(x, y + 8 + place * (step - 1), HOSTS[host], size=min(11, step - 3))
        if year not in history.hosts:
            canvas.line([x - 3, x + 3], [y + 8, y + 8], "muted")
    return y + (max(map(len, history.hosts.values()), default=1) - 1) * (step - 1)


def _bars(canvas: Canvas, base: float, history: _History, edition: Edition) -> None:
    """Pile a box for each meeting and each call on a year's place, and write how many on top."""
    step = (canvas.width - 2 * MARGIN) / len(history.years)
    for year in history.years:
        x, top = MARGIN + (year - FIRST_YEAR) * step, base
        piled = ["leaders"] * history.meetings[year] + ["unknown"] * history.calls[year]
        for colour in piled:
            canvas.box((x + 1.5, top - STEP + 1, step - 3, STEP - 1.5), colour)
            top -= STEP
        if piled:
            total = edition.wording.number(len(piled))
            canvas.text(x + step / 2, top - 3, total, TOTAL, align="center")


def _axis(canvas: Canvas, base: float, said: Mapping[int, str]) -> None:
    """Draw the line on which the years stand, and name every fifth."""
    canvas.line([MARGIN, canvas.width - MARGIN], [base + 1, base + 1], "grid")
    step = (canvas.width - 2 * MARGIN) / len(said)
    for year in (year for year in said if year % 5 == 0):
        x = MARGIN + (year - FIRST_YEAR + 0.5) * step
        canvas.line([x, x], [base + 1, base + 5], "muted")
        if year == FIRST_YEAR:
            canvas.text(MARGIN, base + 17, said[year], MUTED)
        else:
            canvas.text(x, base + 17, said[year], MUTED, align="center")


def _finding(
    history: _History, said: Mapping[int, str], labels: Sequence[str], edition: Edition
) -> str:
    """Return what the picture shows, as a sentence."""
    text, told = edition.wording.text, history.told()
    this_year = history.years[-1]
    gaps = [said[year] for year in said if year not in history.summits and year != this_year]
    counted = ((count, year) for year, count in history.meetings.items() if year in said)
    most = sorted(counted, reverse=True)[:MOST]
    return text(
        "chart.longview.alt",
        first=said[history.years[0]],
        last=said[this_year],
        summits=text("count.summits", count=len(told)),
        hosts=edition.counts((labels[host], told.count(host)) for host in sorted(set(told))),
        gaps=gaps or text("chart.longview.no_gaps"),
        most=edition.counts((said[year], count) for count, year in most),
    )


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
