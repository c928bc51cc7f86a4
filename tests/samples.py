"""Articles, engagements and rows made up for tests, with one value changed at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from rajnay.models import Article, Engagement, Extraction, Row, Span, Testimony

TEXT = "મોસ્કોમાં આજે વાત થઈ. વિદેશ મંત્રી એસ. જયશંકર 21 ઓગસ્ટે મોસ્કોમાં સેર્ગેઈ લવરોવને મળ્યા. બંને પક્ષ સંતુષ્ટ છે."
SAID = "વિદેશ મંત્રી એસ. જયશંકર 21 ઓગસ્ટે મોસ્કોમાં સેર્ગેઈ લવરોવને મળ્યા"


def span(words: str, text: str = TEXT) -> Span:
    """Return where some words stand in a text."""
    return Span(text.index(words), text.index(words) + len(words))


def article(**changes: Any) -> Article:
    """Return an article in which two foreign ministers meet."""
    made = Article(
        "gu-1",
        TEXT,
        "gu",
        date(2025, 8, 22),
        "https://example.org/a?b=1&c=2",
        "Example",
        "જયશંકર લવરોવને મળ્યા",
    )
    return replace(made, **changes)


def engagement(**changes: Any) -> Engagement:
    """Return the engagement that the article tells of."""
    spans = {
        "parties.IN": (span("એસ. જયશંકર"),),
        "parties.RU": (span("સેર્ગેઈ લવરોવ"),),
        "start": (span("21 ઓગસ્ટ"),),
        "place": (span("મોસ્કોમાં", TEXT[30:]),),
    }
    spans["place"] = (Span(*(at + 30 for at in spans["place"][0])),)
    people = {"IN": ("S. Jaishankar",), "RU": ("Sergey Lavrov",)}
    made = Engagement(
        "meeting",
        "held",
        "2025-08-21",
        "2025-08-21",
        "2025-08-21",
        "Moscow",
        "RU",
        people,
        None,
        ("energy",),
        None,
        span(SAID),
        spans,
        0.9,
    )
    return replace(made, **changes)


def row(
    name: str = "e1",
    *,
    told_by: tuple[Article, ...] = (),
    differences: dict[str, tuple[str, ...]] | None = None,
    **changes: Any,
) -> Row:
    """Return a row of the timeline with one telling, or one by each of the articles given."""
    made = engagement(**changes)
    return Row(
        name,
        made,
        tuple(Testimony(one, made) for one in told_by or (article(),)),
        differences or {},
    )


def extraction(**changes: Any) -> Extraction:
    """Return what was drawn from the article."""
    return replace(Extraction(article(), (engagement(),)), **changes)
