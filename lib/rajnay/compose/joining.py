"""Join two drafts of one engagement into one."""

from __future__ import annotations

from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import narrower
from rajnay.times.intervals import When
from rajnay.times.stretches import joined


def join(kept: Draft, told: Draft, pair: tuple[str, str]) -> None:
    """Give a draft what a second telling of the same engagement adds or tells more closely.

    Args:
        kept: the drafts that stand so far.
        told: the readings of one value.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    if kept.when is None or (narrower(kept.when, told.when) and kept.kind != "visit"):
        kept.when, kept.dated_by = (
            told.when or kept.when,
            told.dated_by if told.when else kept.dated_by,
        )
    if (
        kept.when is not None
        and told.when is not None
        and (told.when.start is None) != (kept.when.start is None)
    ):
        kept.when = (
            joined(kept.when, told.when)
            if told.when.start is None
            else joined(told.when, kept.when)
        )
    kept.days = kept.days or told.days
    if (
        kept.days
        and kept.kind in ("visit", "exercise")
        and kept.when is not None
        and kept.when.day is not None
    ):
        kept.when = kept.when.lasting(kept.days)
    if kept.kind == "visit" and kept.when is not None and kept.when.end is None:
        if told.when is not None and told.when.end is not None:
            kept.when = joined(kept.when, told.when)
        elif kept.days and kept.when.earliest is not None:
            kept.when = When.of_day(kept.when.earliest).lasting(kept.days)
    sure = told.placed or told.dated_by == "own" or kept.headline
    if (kept.country is None and sure) or (told.placed and not kept.placed):
        kept.place, kept.country, kept.placed = told.place, told.country, told.placed
    elif kept.country == told.country:
        kept.place = kept.place or told.place
    kept.forum, kept.source = kept.forum or told.forum, kept.source or told.source
    if told.kind in ("consultation", "call") and kept.kind == "meeting":
        kept.kind = told.kind
    if kept.headline and not told.headline:
        kept.forum = told.forum or kept.forum
        kept.sides |= {
            code: told.sides[code]
            for code in pair
            if told.names(code) and told.names(code) != kept.names(code)
        }
        kept.tense = told.tense or kept.tense
        kept.first, kept.last, kept.passage, kept.headline = (
            told.first,
            told.last,
            told.passage,
            False,
        )
    kept.cancelled = kept.cancelled or told.cancelled
    kept.loose = kept.loose and told.loose
    kept.unreckoned = kept.when is None and (kept.unreckoned or told.unreckoned)
    kept.setting = kept.setting or told.setting
    for code in pair:
        if not kept.names(code):
            kept.sides[code] = told.sides.get(code, [])
    give_topics(kept, told)
    for name, spans in told.spans.items():
        for span in spans:
            kept.prove(name, span)
    for step in told.steps:
        kept.note(step.span, step.what, step.why)


def give_topics(kept: Draft, told: Draft) -> None:
    """Give a draft the topics of another.

    Args:
        kept: the drafts that stand so far.
        told: the readings of one value.
    """
    for topic, spans in told.topics.items():
        kept.topics.setdefault(topic, []).extend(spans)
