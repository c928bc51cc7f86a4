"""What of an event a report prints: only what the text of an article proves.

A timeline may know more: a place told once for a whole article, a country that goes without saying.
A reader must find the words. What an editor set or checked by hand stands on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rajnay.knowledge.reference import Reference
from rajnay.models import Engagement, Extraction, Row, Span, Testimony

Named = Mapping[str, Sequence[tuple[str, Span]]]  # the places that an article names, by its id
FIELDS = ("place", "forum", "source")


def proven(
    rows: Iterable[Row], extractions: Iterable[Extraction], reference: Reference
) -> tuple[Row, ...]:
    """Return rows without the place, country, forum and announcer that no article's words prove.

    A place that the article names elsewhere is proven there. A country without a place stands if
    it has words of its own, and for a visit, which is one to that country.

    Args:
        rows: the events of a timeline.
        extractions: what their articles gave, with each mention.
        reference: the tables, which know the city of a venue.

    Returns:
        The rows in their order.
    """
    named = {
        one.article.id: [
            (reference.city_of(mention.key), mention.span)
            for mention in one.mentions
            if mention.kind == "place"
        ]
        for one in extractions
    }
    return tuple(_proven(row, named) for row in rows)


def _proven(row: Row, named: Named) -> Row:
    told = tuple(_placed(one, named) for one in row.testimonies)
    engagement, vouched = row.engagement, _vouched(row)
    lacking = {
        field: None
        for field in FIELDS
        if field not in vouched
        if getattr(engagement, field) and not _has_words(engagement, told, field)
    }
    printed = replace(engagement, **lacking)  # type: ignore[arg-type]
    if not (printed.place or printed.kind == "visit" or "country" in vouched) and printed.country:
        lone = _has_words(engagement, told, "country")
        printed = printed if lone else replace(printed, country=None)
    return replace(row, engagement=printed, testimonies=told)


def _vouched(row: Row) -> set[str]:
    """Return the fields of a row that an editor set, or checked."""
    checked = any(one.action in ("accept", "add") for one in row.by_hand)
    return {field for one in row.by_hand for field in one.fields} | {
        field for field in (*FIELDS, "country") if checked
    }


def _placed(one: Testimony, named: Named) -> Testimony:
    """Return a telling whose place is proven by the nearest words that name it, if it has none."""
    told = one.engagement
    if not told.place or told.spans.get("place"):
        return one
    spans = [span for place, span in named.get(one.article.id, ()) if place == told.place]
    if not spans:
        return one
    nearest = min(spans, key=lambda span: abs(span.start - told.evidence.start))
    return replace(one, engagement=replace(told, spans={**told.spans, "place": (nearest,)}))


def _has_words(engagement: Engagement, told: Iterable[Testimony], field: str) -> bool:
    value = getattr(engagement, field)
    return any(
        getattr(one.engagement, field) == value and one.engagement.spans.get(field) for one in told
    )
