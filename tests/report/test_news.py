"""What is told as new: what articles that came in change, and nothing that a program changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser
import pytest
from tests.sample_rows import edition
from tests.samples import article, engagement

from rajnay.models import Extraction
from rajnay.report import news, noticed
from rajnay.report.issue import Issue
from rajnay.timeline.build import build_timeline
from rajnay.times.periods import Period

AT = "2025-09-01T05:30:00Z"
MONTH = Period(date(2025, 8, 1), date(2025, 8, 31))
OTHERS = {"parties": {"IN": ("Ajit Doval",), "RU": ("Sergei Shoigu",)}}
# What was known, what a new article tells, what is told of it, and the day that it was moved from.
CASES = [
    (
        "a meeting of others",
        {},
        {"parties": {"IN": ("Ajit Doval",), "RU": ("Sergei Shoigu",)}},
        "new",
        None,
    ),
    ("a plan that took place", {"status": "planned"}, {"status": "held"}, "confirmed", None),
    ("a plan called off", {"status": "planned"}, {"status": "cancelled"}, "cancelled", None),
    (
        "a plan for another day",
        {"status": "planned"},
        {"status": "planned", "start": "2025-08-28", "end": "2025-08-28", "edtf": "2025-08-28"},
        "moved",
        "2025-08-24",
    ),
    ("the same again", {}, {}, None, None),
    ("more people of the same meeting", {}, {"topics": ("trade",)}, None, None),
]
DAY = {"start": "2025-08-24", "end": "2025-08-24", "edtf": "2025-08-24"}


def told(name: str, day: int, **changes: object) -> Extraction:
    of = article(id=name, published=date(2025, 8, day), url=f"https://example.org/{name}")
    return Extraction(of, (engagement(**DAY | changes),))


@pytest.mark.parametrize(("case", "old", "new", "what", "was"), CASES, ids=[c[0] for c in CASES])
def test_what_an_article_changes(case, old, new, what, was):
    every = [told("a", 20, **old), told("b", 25 if "held" in new.values() else 21, **new)]
    rows = build_timeline(every)
    found = news.changes(rows, every, {"a"}, build_timeline)
    assert [one for one, _, _ in found] == ([what] if what else [])
    for change in news.told(found, edition("en"), {"a"}, AT):
        assert change.start == was
        assert change.title.startswith(edition("en").wording.text(f"news.{what}"))
        assert change.link == "https://example.org/b"


def test_articles_that_are_known_bring_no_news_whatever_they_are_read_as():
    every = [
        told("a", 20),
        told("b", 21, **OTHERS),
    ]
    assert news.changes(build_timeline(every), every, {"a", "b"}, build_timeline) == []


def test_two_plans_that_it_may_be_leave_a_new_one_new():
    later = {"start": "2025-08-30", "end": "2025-08-30", "edtf": "2025-08-30"}
    last = {"start": "2025-09-05", "end": "2025-09-05", "edtf": "2025-09-05"}
    every = [told("a", 20, status="planned"), told("c", 20, status="planned", **last)]
    every.append(told("b", 21, status="planned", **later))
    found = news.changes(build_timeline(every), every, {"a", "c"}, build_timeline)
    assert [what for what, _, _ in found] == ["new"]


def written(folder: Path) -> news.News:
    every = [told("a", 20, status="planned"), told("b", 25, status="held")]
    rows = build_timeline(every)
    found = news.told(news.changes(rows, every, {"a"}, build_timeline), edition("en"), {"a"}, AT)
    news.write_news(folder, news.News({"IN-RU": ["a", "b"]}, found))
    return news.read_news(folder)


def test_news_are_read_as_they_were_written_and_stand_in_a_feed(tmp_path):
    found = written(tmp_path)
    assert found.known == {"IN-RU": ["a", "b"]} and len(found.changes) == 1
    feed = feedparser.parse(tmp_path / "changes.xml")
    assert not feed.bozo
    (entry,) = feed.entries
    assert (entry.title, entry.tags[0].term) == (found.changes[0].title, "confirmed")
    assert entry.link == "https://example.org/b"
    (tmp_path / "news.json").write_text("{", encoding="utf-8")
    assert news.read_news(tmp_path) == news.News({})


@pytest.mark.parametrize("lang", ["en", "gu", "hi"])
def test_a_report_tells_what_is_new_since_it_was_built(tmp_path, lang):
    found = written(tmp_path)
    rows = build_timeline([told("a", 20, status="planned"), told("b", 25, status="held")])
    issue = Issue("T", edition(lang), MONTH, MONTH.last, rows)
    body = noticed.news(issue, "2025-08-25T00:00:00Z", found).body
    assert f'href="#{rows[0].id}"' in body
    assert edition(lang).wording.text("news.confirmed") in body
    assert noticed.news(issue, AT, found).body == ""
    assert noticed.news(issue, "", found).body == ""
    moved = replace(found.changes[0], what="moved", start="2025-08-12", end="2025-08-12")
    body = noticed.news(issue, "2025-08-25T00:00:00Z", news.News({}, [moved])).body
    assert (edition(lang).wording.text("news.moved") in body and "12" in body) or "૧૨" in body
