"""What has changed of a report's events since it was built before, as a part of the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rajnay.base import paths
from rajnay.report.entries import entry
from rajnay.report.html.templates import fill
from rajnay.report.issue import Issue
from rajnay.report.news import News, read_news
from rajnay.report.section import Section


def news(issue: Issue, since: str, found: News | None = None) -> Section:
    """Return what unattended runs found to be new of the report's events since it was built
    before; nothing, if there is none or it was not built before.

    Args:
        issue: the report.
        since: the time of the build before, ISO 8601 in UTC; empty if there was none.
        found: the news; those in the folder of reports if not given.
    """
    newest = (found or read_news(paths.REPORTS)).since(since) if since else {}
    words, lines = issue.words, []
    for row in issue.register:
        if change := newest.get(row.id):
            old = replace(row.engagement, start=change.start, end=change.end)
            before = words.when(old) if change.start or change.end else ""
            lines.append((words.text(f"news.{change.what}"), entry(issue, row), before))
    if not lines:
        return Section("")
    heading = words.text("section.news")
    values = {"lines": lines, "day": words.day(date.fromisoformat(since[:10]))}
    body = fill(
        "news.html.j2", words=words, text=words.text, anchor="news", heading=heading, **values
    )
    return Section(body, "news", heading)
