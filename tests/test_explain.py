"""An explanation shows every engagement with its steps, every gap and every dropped candidate, and
nothing a terminal obeys.
"""

from __future__ import annotations

from rajnay.explain import explanation
from rajnay.models import Article, Engagement, Extraction, Span, Step, Unresolved

TEXT = "A met\x1b[2J B\non Monday, may visit C."
MEETING = Engagement(
    "meeting",
    "held",
    None,
    None,
    None,
    None,
    "RU",
    {"IN": ("A",), "RU": ()},
    "SCO",
    ("trade",),
    None,
    Span(0, 11),
)


def test_explanation() -> None:
    extraction = Extraction(
        Article("a", TEXT, "gu"),
        (MEETING,),
        unresolved=(Unresolved(Span(15, 21), "no publication day to count from"),),
        steps=(
            (
                Step(Span(0, 1), "side IN", "a person of that country"),
                Step(Span(2, 5), "kind meeting", "a verb of meeting"),
            ),
        ),
        dropped=(Step(Span(23, 34), "visit", "a bare possibility"),),
    )
    assert explanation(extraction).splitlines() == [
        "a (undated): 1 engagement",
        "  1. held meeting | undated | RU | IN: A | RU: - | SCO | trade, confidence 0.50",
        "    [0:11] «A met[2J B» evidence",
        "    [0:1] «A» side IN: a person of that country",
        "    [2:5] «met» kind meeting: a verb of meeting",
        "  unresolved",
        "    [15:21] «Monday» no publication day to count from",
        "  dropped",
        "    [23:34] «may visit C» visit: a bare possibility",
    ]
