"""Records hold exactly the fields that the command line promises, and every offset points at the
words it claims.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.models import Article, Engagement, Extraction, Span, Unresolved
from rajnay.records import columns, extraction_record, span_record, table_rows

SPEC = yaml.safe_load(
    (Path(__file__).parent / "specs" / "records.yaml").read_text(encoding="utf-8")
)
TEXT = "21 ઓગસ્ટના રોજ જયશંકર મોસ્કોમાં લવરોવને મળશે."
ENGAGEMENT = Engagement(
    kind="meeting",
    status="planned",
    start="2025-08-21",
    end="2025-08-21",
    edtf="2025-08-21",
    place="Moscow",
    country="RU",
    parties={"IN": ("S. Jaishankar", "Vikram Misri"), "RU": ("Sergey Lavrov",)},
    forum=None,
    topics=("trade", "energy"),
    source="Ministry of Foreign Affairs of Russia",
    evidence=Span(0, 45),
    spans={"date": (Span(0, 14),), "parties": (Span(15, 21), Span(32, 38))},
    confidence=0.87654,
)
EXTRACTION = Extraction(
    Article("a", TEXT, "gu", published=date(2025, 8, 13), url="https://example.org/a"),
    (ENGAGEMENT,),
    (Unresolved(Span(22, 31), "no such place"),),
)


def test_the_record_is_as_promised() -> None:
    assert (
        json.loads(json.dumps(extraction_record(EXTRACTION), ensure_ascii=False)) == SPEC["record"]
    )


def test_the_row_is_as_promised() -> None:
    assert table_rows(EXTRACTION) == [SPEC["row"]]
    assert tuple(SPEC["row"]) == columns(("IN", "RU"))


@given(st.text(min_size=1), st.data())
def test_a_span_holds_the_words_it_points_at(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    record = json.loads(json.dumps(span_record(Span(start, end), text)))
    assert text[record["start"] : record["end"]] == record["text"]
