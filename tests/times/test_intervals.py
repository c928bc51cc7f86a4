"""Stretches of the calendar: what each constructor covers, how open and yearless ones compare."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st

from rajnay.times.intervals import When

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
YEARS = st.integers(2000, 2099)
MONTHS = st.integers(1, 12)
PARTS = ("beginning", "middle", "end")


@pytest.mark.parametrize(
    ("when", "start", "end", "edtf", "grain"),
    [
        (When.of(2025, 8, 21), "2025-08-21", "2025-08-21", "2025-08-21", "day"),
        (When.of(2025, 8), "2025-08", "2025-08", "2025-08", "month"),
        (When.of(2025), "2025", "2025", "2025", "year"),
        (When.of(None, 8, 21), "--08-21", "--08-21", "XXXX-08-21", "day"),
        (When.of(None, 8), "--08", "--08", "XXXX-08", "month"),
        (
            When.of_week(date(2025, 8, 31)),
            "2025-08-25",
            "2025-08-31",
            "2025-08-25/2025-08-31",
            "week",
        ),
        (When.of_part("end", 2025, 6), "2025-06-21", "2025-06-30", "2025-06-21/2025-06-30", "part"),
        (When.of_part("end", None, 2), "--02-21", "--02-28", "XXXX-02-21/XXXX-02-28", "part"),
        (When.of_part("middle", 2025), "2025-05", "2025-08", "2025-05/2025-08", "part"),
        (When.of_season("spring", 2025), "2025-03", "2025-05", "2025-03/2025-05", "season"),
        (When.of_season("winter", 2025), "2025-12", "2026-02", "2025-12/2026-02", "season"),
        (When.of_decade(1999), "1990", "1999", "199X", "decade"),
        (When.of(2025, 12, 4).open_ended(), "2025-12-04", None, "2025-12-04/..", "day"),
        (When.of(2025, 12, 4).open_started(), None, "2025-12-04", "../2025-12-04", "day"),
        (
            When.between(When.of(2025, 8, 10), When.of(2025, 8)),
            "2025-08-10",
            "2025-08",
            "2025-08-10/2025-08-31",
            "day",
        ),
        (When.of(None, 12, 4).open_ended(), "--12-04", None, "XXXX-12-04", "day"),
        (When.of(None, 9, 12).open_started(), None, "--09-12", "XXXX-09-12", "day"),
        (When.of(None, 12, 31).lasting(2), "--12-31", "--01-01", "XXXX-12-31/XXXX-01-01", "day"),
        (
            When.between(When.of(2025, 6), When.of(2025, 7, 2)),
            "2025-06",
            "2025-07-02",
            "2025-06/2025-07-02",
            "day",
        ),
    ],
)
def test_what_is_written(
    when: When, start: str | None, end: str | None, edtf: str, grain: str
) -> None:
    assert (when.start, when.end, when.edtf, when.grain) == (start, end, edtf, grain)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-02-30", None),
        ("2025-13", None),
        ("yesterday", None),
        ("-", None),
        ("2025-08-22", "2025-08-21"),
        ("--02-30", "--03-01"),
    ],
)
def test_what_is_no_stretch(start: str, end: str | None) -> None:
    with pytest.raises(ValueError, match=re.compile(".")):
        When.parse(start, end)


def test_open_at_both_ends_is_nothing() -> None:
    assert When.parse(None, None) is None


@pytest.mark.parametrize(
    ("start", "offset"),
    [("--02-28", 1), ("--03-01", -1), ("2025-08", 1), (None, 1), ("--02-29", 0)],
)
def test_days_that_cannot_be_counted(start: str | None, offset: int) -> None:
    when = When.parse(start, "2025-12-31" if start is None else None)
    assert when is not None
    with pytest.raises(ValueError, match=re.compile(".")):
        when.start_day(offset)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("2025-12", "2025-12"), ("2025-12-04", "2025-12-05"), True),
        (("2025-12-04", "2025-12-05"), ("2025-12", "2025-12"), True),
        (("2025", "2025"), ("2026-01-01", "2026-01-01"), False),
        (("2025-12-04", None), ("2026-03-01", "2026-03-01"), True),
        (("2025-12-04", None), ("2025-12-03", "2025-12-03"), False),
        ((None, "2025-09-12"), ("2025-09-12", "2025-09-12"), True),
        (("--08", "--08"), ("2025-08-21", "2025-08-21"), True),
        (("--08", "--08"), ("2025-09-21", "2025-09-21"), False),
        (("--12-28", "--01-02"), ("2026-01-01", "2026-01-01"), True),
        (("--12-28", "--01-02"), ("2026-01-03", "2026-01-03"), False),
        (("--01-01", "--01-01"), ("2025-12-28", "2026-01-02"), True),
        (("--08-21", "--08-21"), ("2025", "2025"), True),
        (("2025", "2025"), ("--08-21", "--08-21"), True),
        (("--08-21", None), ("2025-08-20", "2025-08-20"), True),
    ],
)
def test_how_stretches_lie(
    one: tuple[str | None, str | None], other: tuple[str, str], overlap: bool
) -> None:
    mine, theirs = When.parse(*one), When.parse(*other)
    assert mine is not None
    assert theirs is not None
    assert mine.overlaps(theirs) is overlap
    assert theirs.overlaps(mine) is overlap


@given(YEARS, MONTHS)
def test_thirds_of_a_month_cover_it_once(year: int, month: int) -> None:
    covered = [day for part in PARTS for day in _days(When.of_part(part, year, month))]
    assert covered == [
        date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)
    ]


FORMS = st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y", "--%m-%d", "--%m"])
ENDS = st.none() | st.builds(lambda day, form: day.strftime(form), DAYS, FORMS)


@given(ENDS, ENDS)
def test_edtf_is_read_by_other_programs(start: str | None, end: str | None) -> None:
    assume(start or end)
    try:
        when = When.parse(start, end)
    except ValueError:
        assume(False)
    assert parse_edtf(when.edtf)


@given(YEARS)
def test_thirds_of_a_year_cover_it_once(year: int) -> None:
    covered = [day for part in PARTS for day in _days(When.of_part(part, year))]
    assert covered == _days(When.of(year))


@given(DAYS, st.integers(1, 400))
def test_so_many_days_are_so_many(day: date, count: int) -> None:
    when = When.of_day(day).lasting(count)
    assert len(_days(when)) == count
    assert When.parse(when.start, when.end) == when


@given(DAYS)
def test_a_day_lies_within_its_week_month_and_year(day: date) -> None:
    for when in (
        When.of_week(day),
        When.of(day.year, day.month),
        When.of(day.year),
        When.of(None, day.month, day.day),
    ):
        assert when.overlaps(When.of_day(day))
    assert When.of_week(day).earliest == day - timedelta(days=day.weekday())


@given(DAYS, DAYS, DAYS, DAYS)
def test_stretches_overlap_that_share_a_day(
    first: date, second: date, third: date, fourth: date
) -> None:
    one = When.between(When.of_day(min(first, second)), When.of_day(max(first, second)))
    other = When.between(When.of_day(min(third, fourth)), When.of_day(max(third, fourth)))
    assert one.overlaps(other) is other.overlaps(one) is bool(set(_days(one)) & set(_days(other)))


def _days(when: When) -> list[date]:
    assert when.earliest is not None
    assert when.latest is not None
    return [
        when.earliest + timedelta(days=day) for day in range((when.latest - when.earliest).days + 1)
    ]
