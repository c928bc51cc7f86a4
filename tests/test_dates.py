"""Dates: every rule's examples and near-misses (specs/dates_gu.yaml), and properties that hold for all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from rajnay import paths
from rajnay.dates import DateMention, Resolution, find_dates, load_date_words, resolve
from rajnay.intervals import When
from rajnay.tokens import tokenise

SPECS = Path(__file__).parent / "specs" / "dates_gu.yaml"
WORDS = load_date_words(paths.LANGUAGES / "gu" / "dates.yaml")


def _cases() -> list[object]:
    rules = yaml.load(SPECS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [pytest.param(*case[:3], case[3:], id=f"{rule}: {case[0]}") for rule, cases in rules.items() for case in cases]


def _told(mention: DateMention, resolution: Resolution) -> str:
    if mention.kind == "duration":
        return f"duration {mention.expression.count} {mention.expression.unit}"
    when = resolution.when
    if when is None:
        return "lapse" if mention.kind == "lapse" else "?"
    span = f"{when.start}" if when.start == when.end else f"{when.start}/{when.end}"
    return span if mention.bound == "on" else f"{mention.bound} {span}"


def read(text: str, anchor: date | None, tense: str | None) -> list[str]:
    previous: When | None = None
    told = []
    for mention in find_dates(tokenise(text, "gu", WORDS.lookalike_digits), WORDS):
        resolution = resolve(mention, anchor, tense, previous)
        previous = resolution.when or previous
        told.append(_told(mention, resolution))
    return told


@pytest.mark.parametrize(("text", "anchor", "tense", "expected"), _cases())
def test_rule(text: str, anchor: str, tense: str, expected: list[str]) -> None:
    assert read(text, None if anchor == "-" else date.fromisoformat(anchor), None if tense == "-" else tense) == expected
