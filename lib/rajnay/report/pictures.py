"""Which charts a report shows: those that say something of what it tells."""

from __future__ import annotations

from collections import Counter

from rajnay import charts
from rajnay.charts import Chart
from rajnay.report.issue import Issue
from rajnay.timeline import summary

# Under so many engagements a list says all that a chart could.
FEW = 8
PLACES = 2  # so few dots make no map
LONG = 180  # days: a shorter report has no room for a quarter of a century


def pictures_of(issue: Issue) -> list[Chart]:
    """Return the charts of a report, without those that would show nothing or something else.

    A chart of the chronology stands only where the report tells of all there is in whole months: a
    week, a person or several years would be held against something that they are no part of.

    Args:
        issue: what the report tells.

    Returns:
        The charts in the order in which they are printed; none for a quiet week.
    """
    rows, edition = issue.rows, issue.edition
    held, made = issue.happened, []
    if len(held) >= FEW:
        made.append(charts.timeline_strip(issue.register, edition, issue.period, today=issue.day))
        if max(map(len, summary.counterparts(held, edition.pair).values()), default=0) > 1:
            made.append(charts.who_met_whom(rows, edition, said=issue.said))
        if len({row.engagement.place for row in held} - {None}) > PLACES:
            made.append(charts.places_map(rows, edition, issue.coordinates, said=issue.said))
        topics = Counter(topic for row in held for topic in row.engagement.topics)
        if max(topics.values(), default=0) > 1:
            made.append(charts.topics_through_time(rows, edition, issue.period))
    if not issue.narrowed:
        if issue.period.shape in ("month", "months", "year") and issue.period.days <= 366:
            made.append(charts.same_months(issue.known, edition, issue.period))
        if issue.period.days > LONG:
            made.append(charts.long_view(issue.known, edition, issue.day))
    return [chart for chart in made if chart]
