"""Settle drafts into engagements: tell what is told twice once, fold a visit into its meeting, judge the status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rajnay.drafts import Draft
from rajnay.intervals import When
from rajnay.models import Step

_FACE_TO_FACE = frozenset({"meeting", "consultation"})


def settle(drafts: Sequence[Draft], pair: tuple[str, str], anchor: date | None) -> tuple[list[Draft], list[Step]]:
    """Return the drafts that stand as engagements, and what was folded into others and why.

    Args:
        drafts: drafts in the order of the text.
        pair: the two country codes.
        anchor: the publication day, from which the status is judged.
    """
    kept: list[Draft] = []
    folded: list[Step] = []
    for draft in drafts:
        twin = next((other for other in _closest(kept, draft) if _same(other, draft, pair, anchor)), None)
        if twin is None:
            kept.append(draft)
        else:
            _join(twin, draft, pair)
            folded.append(_folded(draft, "told before"))
    _inherit_dates(kept, pair, anchor)
    for draft in [draft for draft in kept if draft.kind == "multilateral"]:
        if any(other is not draft and other.forum is not None and other.forum == draft.forum and _agree(other.when, draft.when) for other in kept):
            kept.remove(draft)
            folded.append(_folded(draft, "only the setting of a meeting already recorded"))
    for draft in [draft for draft in kept if draft.kind == "visit"]:
        host = next((other for other in kept if other is not draft and _within(draft, other, pair, anchor)), None)
        if host is not None:
            host.country = host.country or draft.country
            host.place = host.place or draft.place
            kept.remove(draft)
            folded.append(_folded(draft, "a visit with a meeting that has no date of its own beside it"))
    return kept, folded


def status_of(draft: Draft, anchor: date | None) -> str:
    """Return planned, held or cancelled, as seen from the publication day whatever the tense of a quote."""
    if draft.cancelled:
        return "cancelled"
    when = draft.when
    if anchor is not None and when is not None:
        if when.earliest is not None and when.earliest > anchor:
            return "planned"
        if when.latest is not None and when.latest < anchor:
            return "held"
    return "planned" if draft.tense == "future" else "held"


def _folded(draft: Draft, why: str) -> Step:
    span = next((span for spans in draft.spans.values() for span in spans), None)
    return Step(span or draft.steps[0].span if draft.steps or span else _nowhere(), f"{draft.kind} folded", why)


def _nowhere() -> "Step.span":  # type: ignore[name-defined]
    from rajnay.models import Span

    return Span(0, 0)


def _closest(kept: list[Draft], draft: Draft) -> list[Draft]:
    return sorted(kept, key=lambda other: (other.when is None, abs(other.passage - draft.passage)))


def _group(kind: str) -> str:
    return "meeting" if kind in _FACE_TO_FACE or kind == "call" else kind


def _same(one: Draft, other: Draft, pair: tuple[str, str], anchor: date | None) -> bool:
    if _group(one.kind) != _group(other.kind) or ({one.kind, other.kind} == {"call", "consultation"}):
        return False
    if not _agree(one.when, other.when) or (one.place and other.place and one.place != other.place):
        return False
    if one.country and other.country and one.country != other.country:
        return False
    for code in pair:
        left, right = set(one.names(code)), set(other.names(code))
        if left and right and not left & right:
            return False
    if not any(set(one.names(code)) & set(other.names(code)) for code in pair) and any(one.names(code) or other.names(code) for code in pair):
        return bool(one.headline)
    dated = one.when is not None and other.when is not None
    return dated or status_of(one, anchor) == status_of(other, anchor) or one.headline or other.tense is None


def _agree(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return True
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return one.start == other.start or None in (one.earliest, one.latest, other.earliest, other.latest) and not (one.start and other.start and one.start != other.start)
    return one.earliest <= other.latest and other.earliest <= one.latest


def _narrower(one: When | None, other: When | None) -> bool:
    if other is None or other.earliest is None or other.latest is None:
        return False
    if one is None or one.earliest is None or one.latest is None:
        return True
    return other.latest - other.earliest < one.latest - one.earliest


def _join(kept: Draft, told: Draft, pair: tuple[str, str]) -> None:
    if kept.when is None or (_narrower(kept.when, told.when) and kept.kind != "visit"):
        kept.when, kept.dated_by = told.when or kept.when, told.dated_by if told.when else kept.dated_by
    if kept.kind == "visit" and told.when is not None and kept.when is not None and kept.when.end is None and told.when.end is not None:
        kept.when = When.parse(kept.when.start, told.when.end) or kept.when
    kept.place, kept.country = kept.place or told.place, kept.country or told.country
    kept.forum, kept.source = kept.forum or told.forum, kept.source or told.source
    if told.kind in ("consultation", "call") and kept.kind == "meeting":
        kept.kind = told.kind
    if kept.headline and not told.headline:
        kept.tense = told.tense or kept.tense
        kept.first, kept.last, kept.passage, kept.headline = told.first, told.last, told.passage, False
    kept.cancelled = kept.cancelled or told.cancelled
    for code in pair:
        if not kept.names(code):
            kept.sides[code] = told.sides.get(code, [])
    for topic, spans in told.topics.items():
        kept.topics.setdefault(topic, []).extend(spans)
    for name, spans in told.spans.items():
        for span in spans:
            kept.prove(name, span)
    kept.steps.extend(told.steps)


def _travels_in(visit: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    home = next((code for code in pair if code != visit.country), "")
    return bool(set(visit.names(home)) & set(other.names(home))) and other.country in (None, visit.country)


def _inherit_dates(kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> None:
    for draft in kept:
        if draft.when is not None or draft.kind not in _FACE_TO_FACE:
            continue
        for visit in kept:
            if visit.kind == "visit" and visit.when is not None and _travels_in(visit, draft, pair) and status_of(visit, anchor) == status_of(draft, anchor) and not visit.cancelled:
                draft.when, draft.dated_by = visit.when, "visit"
                draft.place, draft.country = draft.place or visit.place, draft.country or visit.country
                break


def _within(visit: Draft, other: Draft, pair: tuple[str, str], anchor: date | None) -> bool:
    if other.kind not in _FACE_TO_FACE or visit.cancelled or not _travels_in(visit, other, pair) or not _agree(visit.when, other.when):
        return False
    return visit.when is None or other.dated_by == "visit" or (other.when is not None and visit.when.start == other.when.start and visit.when.end in (None, other.when.end))
