"""What a timeline amounts to: sections, counts, counterparts, levels, and sentences that name their
rows.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_rows import PAIR, edition, sample_rows

from rajnay.base import paths
from rajnay.knowledge.levels import LEVELS
from rajnay.models import Article, Engagement, Row, Span, Testimony
from rajnay.timeline import summary
from rajnay.timeline.known import load_known
from rajnay.times.periods import Period, in_period

SPECS = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "summary.yaml").read_text(encoding="utf-8")
)
AUGUST = Period(date(2025, 8, 1), date(2025, 8, 31))
TODAY = date(2025, 8, 15)


def row(
    name: str, *, kind: str = "meeting", status: str = "held", start: str | None = None, **more: Any
) -> Row:
    engagement = Engagement(
        kind,
        status,
        start,
        more.get("end", start),
        start,
        more.get("place"),
        more.get("country"),
        {side: tuple(more.get(side, ())) for side in PAIR},
        more.get("forum"),
        tuple(more.get("topics", ())),
        None,
        Span(0, 0),
    )
    return Row(
        name,
        engagement,
        (Testimony(Article(f"of-{name}", "", "gu", more.get("published", TODAY)), engagement),),
    )


def rows_of(case: dict[str, Any], part: str) -> tuple[Row, ...]:
    return tuple(
        row(f"{part[0]}{number}", **fields) for number, fields in enumerate(case.get(part, ()))
    )


@pytest.mark.parametrize("case", SPECS["summaries"], ids=lambda case: f"{len(case['rows'])} rows")
@pytest.mark.parametrize("lang", ["en", "gu", "hi"])
def test_summary(case: dict[str, Any], lang: str) -> None:
    claims = summary.summarise(
        rows_of(case, "rows"),
        edition(lang),
        AUGUST,
        TODAY,
        later=rows_of(case, "later"),
    )
    assert [claim.text for claim in claims] == case.get(lang, [text for text, _ in case["claims"]])
    assert [list(claim.rows) for claim in claims] == [rows for _, rows in case["claims"]]


@pytest.mark.parametrize(("parties", "start", "forum", "kind", "level"), SPECS["levels"])
def test_level(
    parties: dict[str, list[str]], start: str, forum: str, kind: str, level: str
) -> None:
    assert (
        edition("en").levels.of(row("r", kind=kind, start=start, forum=forum, **parties).engagement)
        == level
    )


def test_levels_of_known_engagements_are_those_that_the_table_states() -> None:
    with (paths.REFERENCE / "engagements.csv").open(encoding="utf-8", newline="") as handle:
        stated = sorted(
            (line["start"], line["end"], line["kind"], line["level"])
            for line in csv.DictReader(handle)
        )
    found = [
        (str(one.start), str(one.end), one.kind, edition("en").levels.of(one))
        for one in load_known()
    ]
    assert sorted(found) == stated


def test_every_office_of_the_tables_has_a_level() -> None:
    from rajnay.knowledge.store import load_knowledge

    offices = {tenure.office for tenure in load_knowledge().reference.tenures}
    assert {
        office for office in offices if edition("en").levels.of_name(office) == "unknown"
    } == set()


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Sergey Lavrov", True),
        ("Indian Navy", False),
        ("Foreign Minister of Russia", False),
        ("TASS", False),
        ("Somebody Unheard Of", True),
    ],
)
def test_people_are_told_from_offices_and_bodies(name: str, is_person: bool) -> None:
    assert edition("en").levels.is_person(name) is is_person


def test_plans_are_ahead_until_their_last_day_has_passed() -> None:
    plans = [
        row("today", status="planned", start="2025-08-15"),
        row("passed", status="planned", start="2025-08-14"),
        row("month", status="planned", start="2025-08"),
        row("undated", status="planned"),
        row("forgotten", status="planned", published=date(2024, 8, 1)),
        row("untold", status="planned", published=None),
        row("held", start="2025-08-20"),
    ]
    assert summary.ids(summary.ahead(plans, TODAY)) == ("month", "today", "undated", "untold")
    assert summary.ids(summary.unconfirmed(plans, TODAY)) == ("passed", "forgotten")
    assert summary.ids(summary.undated(plans)) == ("undated", "forgotten", "untold")


def test_rows_are_kept_by_person_forum_and_topic() -> None:
    rows = [
        row("one", IN=["S. Jaishankar"], forum="SCO Summit", topics=["trade"]),
        row("two", RU=["Sergey Lavrov"], forum="SCOPE", topics=["energy"]),
        row("three", forum="SCO"),
    ]
    assert summary.ids(summary.with_person(rows, "Sergey Lavrov")) == ("two",)
    assert summary.ids(summary.with_person(rows, "Lavrov")) == ()
    assert summary.ids(summary.with_forum(rows, "sco")) == ("one", "three")
    assert summary.ids(summary.with_topic(rows, "trade")) == ("one",)


def test_counterparts_count_each_pair_once_a_row_and_nothing_that_was_not_held() -> None:
    rows = [
        row("one", IN=["A", "B"], RU=["C"]),
        row("two", IN=["A"], RU=["C"], status="planned"),
        row("three", IN=["B"], RU=["C"], status="cancelled"),
    ]
    found = summary.counterparts(rows, PAIR)
    assert {pair: summary.ids(met) for pair, met in found.items()} == {
        ("A", "C"): ("one",),
        ("B", "C"): ("one",),
    }


@pytest.mark.parametrize("lang", ["en", "gu", "hi"])
def test_every_claim_on_a_year_rests_on_rows_and_its_numbers_add_up(lang: str) -> None:
    rows = in_period(sample_rows(), Period(date(2025, 1, 1), date(2025, 12, 31)))
    today = date(2025, 9, 15)
    claims = summary.summarise(
        rows, edition(lang), Period(date(2025, 1, 1), date(2025, 12, 31)), today
    )
    ids = set(summary.ids(rows))
    assert len(claims) >= 6
    assert all(claim.rows and set(claim.rows) <= ids for claim in claims)
    assert not any("{" in claim.text or "None" in claim.text for claim in claims)
    counts = {figure.key: figure.value for figure in summary.figures(rows, edition(lang), today)}
    assert len(rows) == sum(counts[key] for key in ("held", "planned", "unconfirmed", "cancelled"))
    assert sum(map(len, summary.by_level(rows, edition(lang).levels).values())) == len(rows)
    assert min(counts.values()) > 0


@given(
    st.lists(st.sampled_from(range(len(load_known()))), max_size=12),
    st.dates(date(2000, 1, 1), date(2027, 1, 1)),
)
def test_a_summary_can_be_written_of_any_rows(chosen: list[int], today: date) -> None:
    every = sample_rows("2000-01-01", "2026-12-31")
    rows = tuple(every[number] for number in dict.fromkeys(chosen))
    claims = summary.summarise(rows, edition("en"), AUGUST, today, later=rows[:2])
    assert summary.ids(summary.with_status(rows, "held")) in [claim.rows for claim in claims]
    assert all(level in LEVELS for level in summary.by_level(rows, edition("en").levels))


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        ("gu", "Foreign Minister of Russia", "રશિયાના વિદેશ મંત્રી"),
        ("hi", "Home Minister of India", "भारत के गृह मंत्री"),
        ("en", "Armed forces of Russia", "the armed forces of Russia"),
        ("gu", "Foreign Minister of Nowhere", "Foreign Minister of Nowhere"),
        ("gu", "Sergey Lavrov", "સર્ગેઈ લાવરોવ"),
    ],
)
def test_offices_are_said_in_the_language(lang: str, name: str, said: str) -> None:
    assert edition(lang).person(name) == said


@pytest.mark.parametrize("lang", ["en", "gu", "hi"])
def test_every_engagement_can_be_a_lead_that_ends_as_a_sentence(lang: str) -> None:
    stop = edition(lang).wording.text("list.stop")
    for one in sample_rows("2000-01-01", "2026-12-31"):
        said = edition(lang).lead(one.engagement)
        assert said.endswith(stop) and "{" not in said
        assert edition(lang).wording.when(one.engagement) in said
