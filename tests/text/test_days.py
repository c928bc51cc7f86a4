"""The day of publication is taken from what holds one, in the zone of the outlet, and from nothing
else.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.base import paths
from rajnay.text.days import day, outlet_zone

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "days.yaml").read_text(encoding="utf-8")
)
KOLKATA = ZoneInfo("Asia/Kolkata")
MOMENTS = st.datetimes(
    datetime(1995, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.integers(-12 * 60, 14 * 60).map(
        lambda minutes: timezone(timedelta(minutes=minutes))
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[str(case["written"]) for case in CASES])
def test_day(case: dict[str, Any]) -> None:
    zone = ZoneInfo(case["zone"]) if "zone" in case else None
    if case["day"]:
        assert day(case["written"], zone) == case["day"]
    else:
        with pytest.raises(ValueError, match="is not a day; write YYYY-MM-DD"):
            day(case["written"], zone)


@given(MOMENTS)
def test_a_moment_is_the_same_day_however_it_is_written(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    local = moment.astimezone(KOLKATA)
    seconds = int(moment.timestamp())
    for written in (
        moment.isoformat(),
        moment.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        moment.strftime("%Y-%m-%d %H:%M:%S %z"),
        format_datetime(moment),
        local.strftime("%Y-%m-%d %H:%M:%S"),
        local.strftime("%d %b %Y %I:%M %p IST"),
        seconds,
        str(seconds),
        seconds * 1000,
    ):
        assert day(written, KOLKATA) == local.date(), written


@given(st.text(max_size=40) | st.integers() | st.floats())
def test_nothing_else_than_a_day_or_one_line_comes_of_anything(written: Any) -> None:
    try:
        assert day(written).year >= 1800
    except ValueError as error:
        assert "\n" not in str(error)


def test_every_zone_of_the_table_is_one() -> None:
    with (paths.REFERENCE / "zones.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["publisher"] for row in rows] == sorted(row["publisher"] for row in rows)
    for row in rows:
        assert outlet_zone(row["publisher"]).key == row["zone"]
    assert outlet_zone(None).key == outlet_zone("nobody").key == "Asia/Kolkata"
