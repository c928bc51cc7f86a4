"""Scores equal those worked out apart from this code, and every engagement, labelled or found, is
judged once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.labels.labelled import Labelled, Split
from rajnay.labels.likeness import SLOTS, alike, closeness, pair
from rajnay.labels.score import Rate, Scores, by_language, compare
from rajnay.labels.sheet import side_by_side, tables
from rajnay.models import Article

SPEC = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "score.yaml").read_text(encoding="utf-8")
)
LABELS = [
    Labelled(Article(one["id"], "text", lang=one["lang"]), tuple(one["gold"]))
    for one in SPEC["labelled"]
]
FOUND = SPEC["found"]


def rounded(rate: Rate) -> dict[str, float]:
    return {
        "precision": round(rate.precision, 3),
        "recall": round(rate.recall, 3),
        "f1": round(rate.f1, 3),
    }


def summary(scores: Scores) -> dict[str, Any]:
    return {
        "articles": scores.articles,
        "gold": scores.rate().labelled,
        "predicted": scores.rate().found,
        "event": rounded(scores.rate()),
        "strict": rounded(scores.rate(strict=True)),
        "slots": {name: round(share, 3) for name, share in scores.slots.items()},
    }


def test_scores_equal_those_worked_out_apart() -> None:
    scores = {"all": compare(LABELS, FOUND)} | by_language(LABELS, FOUND)
    assert {name: summary(one) for name, one in scores.items()} == SPEC["scores"]


def test_rates_of_a_kind_count_only_that_kind() -> None:
    scores = compare(LABELS, FOUND)
    assert scores.rate(field="kind", value="meeting") == Rate(right=3, found=5, labelled=3)
    assert scores.rate(field="kind", value="exercise") == Rate(right=0, found=0, labelled=1)
    assert scores.rate(field="status", value="held") == Rate(right=4, found=7, labelled=6)
    assert scores.rate(strict=True, field="kind", value="visit") == Rate(
        right=1, found=1, labelled=1
    )


def test_errors_are_listed_side_by_side() -> None:
    errors = [side_by_side(error) for error in compare(LABELS, FOUND).errors]
    assert [error.splitlines()[0] for error in errors] == [
        "g1: wrong status, topics",
        "g1: wrong topics",
        "g1: invented",
        "g2: wrong date",
        "g3: invented",
        "h1: wrong date, place, people",
        "h1: missed",
        "h2: missed",
    ]
    assert errors[3].splitlines()[1:] == [
        "  labelled held call | undated | IN: Narendra Modi | RU: Vladimir Putin | "
        "ukraine-conflict",
        "  found    held call | 2025-08-18 | IN: Narendra Modi | RU: Vladimir Putin | "
        "ukraine-conflict",
    ]


def test_calibration_puts_each_engagement_found_in_one_band() -> None:
    table = compare(LABELS, FOUND).calibration()
    assert [(row["from"], row["found"], row["event"], row["strict"]) for row in table] == [
        (0.0, 2, 0.0, 0.0),
        (0.6, 1, 1.0, 0.0),
        (0.8, 1, 1.0, 0.0),
        (0.9, 3, 1.0, pytest.approx(2 / 3)),
    ]


def test_the_parts_of_the_labels_are_told_apart() -> None:
    parts_of = {one.article.id: "unread" if one.article.id == "g1" else "tuned" for one in LABELS}
    splits = {name: Split(id=name, split=part) for name, part in parts_of.items()}
    sheet = tables(LABELS, FOUND, splits)
    events, fields, parts, bands = sheet.values()
    assert [(row["of"], row["articles"], row["labelled"], row["found"]) for row in events] == [
        ("gu", 3, 4, 6),
        ("hi", 2, 3, 1),
        ("all", 5, 7, 7),
        ("tuned", 4, 5, 4),
        ("unread", 1, 2, 3),
    ]
    assert [row["of"] for row in fields] == [row["of"] for row in events]
    assert sum(row["found"] for row in parts[:7]) == sum(row["found"] for row in bands) == 7


RECORDS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["meeting", "visit"]),
        "status": st.sampled_from(["planned", "held"]),
        "start": st.sampled_from([None, "--08-21", "2025-08", "2025-08-21"]),
        "end": st.sampled_from([None, "2025-08-21", "2025-08-25"]),
        "place": st.sampled_from([None, "Moscow", "Sochi"]),
        "country": st.sampled_from([None, "RU"]),
        "parties": st.fixed_dictionaries(
            {
                side: st.lists(st.sampled_from(["A Modi", "B Putin", "C Lavrov"]), max_size=2)
                for side in ("IN", "RU")
            }
        ),
        "forum": st.sampled_from([None, "SCO", "SCO Summit", "BRICS"]),
        "topics": st.lists(st.sampled_from(["trade", "energy"]), unique=True),
    }
)


@given(RECORDS)
def test_what_is_found_as_labelled_is_right_in_every_field(record: dict[str, Any]) -> None:
    assert {name: judge(record, record) for name, judge in SLOTS.items()} == dict.fromkeys(
        SLOTS, 1.0
    )
    assert closeness(record, record) == pytest.approx(1.0)


@given(st.lists(RECORDS, max_size=4), st.lists(RECORDS, max_size=4))
def test_every_engagement_is_judged_once(
    gold: list[dict[str, Any]], found: list[dict[str, Any]]
) -> None:
    pairs = pair(gold, found)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    scores = compare([Labelled(Article("a", "text", "gu"), tuple(gold))], {"a": found})
    assert (scores.rate().labelled, scores.rate().found) == (len(gold), len(found))
    assert 0 <= scores.rate(strict=True).f1 <= scores.rate().f1 <= 1


@pytest.mark.parametrize(
    ("labelled", "found", "expected"),
    [
        ("S. Jaishankar", "Subrahmanyam Jaishankar", True),
        ("Sergey Lavrov", "Sergei Lavrov", True),
        ("Prime Minister of India|Narendra Modi", "Narendra Modi", True),
        ("Andrey Belousov", "Andrey Rudenko", False),
        ("Indian Army", "Indian Navy", False),
        ("", "", True),
    ],
)
def test_names(labelled: str, found: str, expected: bool) -> None:
    assert alike(labelled, found) is expected
