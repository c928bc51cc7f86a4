"""The days that engagements cover, and periods by name."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.models import Engagement, Row, Span
from rajnay.times.periods import (
    Period,
    PeriodError,
    extent,
    in_period,
    interval,
    previous,
    resolve_period,
)

SPECS = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "periods.yaml").read_text(encoding="utf-8")
)
TODAY = date(2025, 3, 13)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def engagement(
    kind: str, start: str | None, end: str | None, edtf: str | None = None
) -> Engagement:
    return Engagement(kind, "held", start, end, edtf, None, None, {}, None, (), None, Span(0, 0))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("kind", "start", "end", "edtf", "first", "last", "certainty"), SPECS["extents"]
)
def test_extent(
    kind: str, start: str, end: str, edtf: str, first: str, last: str, certainty: str
) -> None:
    assert extent(engagement(kind, start, end, edtf)) == (day(first), day(last), certainty)


@pytest.mark.parametrize(("name", "first", "last"), SPECS["resolved"])
def test_resolved(name: str, first: str, last: str) -> None:
    assert resolve_period(name, TODAY) == (day(first), day(last))


@pytest.mark.parametrize(("name", "words"), SPECS["refused"])
def test_refused(name: str, words: str) -> None:
    with pytest.raises(PeriodError, match=words):
        resolve_period(name, TODAY)


@pytest.mark.parametrize(("name", "first", "last"), SPECS["previous"])
def test_previous(name: str, first: str, last: str) -> None:
    assert previous(resolve_period(name, TODAY)) == (day(first), day(last))


@given(DAYS, st.integers(0, 900))
def test_previous_ends_where_the_period_begins(first: date, length: int) -> None:
    period = Period(first, first + timedelta(length))
    before = previous(period)
    assert before.last + timedelta(1) == period.first
    assert abs(before.days - period.days) <= 3 or before.shape in (
        "month",
        "months",
        "year",
        "years",
    )


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_relative_periods_follow_each_other_without_a_gap(today: date, unit: str) -> None:
    last, this, following = (
        resolve_period(f"{which}-{unit}", today) for which in ("last", "this", "next")
    )
    assert this.first <= today <= this.last
    assert last.last + timedelta(1) == this.first
    assert this.last + timedelta(1) == following.first


WRITTEN = st.one_of(
    st.none(),
    DAYS.map(str),
    DAYS.map(lambda d: str(d)[:7]),
    DAYS.map(lambda d: str(d)[:4]),
    st.text(max_size=9),
)


@given(WRITTEN, WRITTEN)
def test_interval_and_extent_agree_on_anything(start: str | None, end: str | None) -> None:
    found = extent(engagement("meeting", start, end))
    assert found.period == interval(start, end)
    assert found.period is None or found.period.first <= found.period.last


def test_a_row_belongs_to_every_period_that_its_days_touch() -> None:
    row = Row("r", engagement("visit", "2025-07-30", "2025-08-02"), ())
    yearless = Row("y", engagement("visit", "--08-02", "--08-02"), ())
    touching = [
        name
        for name in ("2025-06", "2025-07", "2025-08", "2025-09")
        if in_period([row], resolve_period(name, TODAY))
    ]
    assert touching == ["2025-07", "2025-08"]
    assert in_period([yearless], resolve_period("2025-08", TODAY)) == ()
