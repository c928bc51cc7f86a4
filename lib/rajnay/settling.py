"""Settle drafts into engagements: tell what is told twice once, fold a visit into its meeting, judge the status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rajnay.circumstances import joined
from rajnay.drafts import Draft
from rajnay.intervals import When, touch
from rajnay.models import Span, Step

_FACE_TO_FACE = frozenset({"meeting", "consultation"})
# A draft this many sentences after a call, told only by a word for speech, goes on about the call.
_NEAR = 2
_LONGEST_TRIP = timedelta(days=7)
_DAY = len("2025-08-21")
# A session told without names takes them from a telling at most this many sentences away.
_NEARBY = 3


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
        if draft.loose and any(
            other.kind == "call" and draft.passage - other.passage <= _NEAR and _same_people(other, draft, pair) for other in kept
        ):
            draft.kind = "call"
        for other in kept if draft.kind == "call" and not draft.loose else ():
            if other.loose and draft.passage - other.passage <= _NEAR and _same_people(other, draft, pair):
                other.kind = "call"  # "they talked; he had rung up ..."
        if draft.loose and draft.when is None and any(
            other.kind in _FACE_TO_FACE and draft.passage - other.passage <= _NEAR and not _others(other, draft, pair) for other in kept
        ):
            folded.append(_folded(draft, "goes on about a meeting told before"))
            continue
        twin = next((other for other in _closest(kept, draft) if _same(other, draft, pair, anchor)), None)
        if twin is None:
            kept.append(draft)
        else:
            _join(twin, draft, pair)
            folded.append(_folded(draft, "told before"))
    _share_forum_dates(kept)
    _inherit_dates(kept, pair, anchor)
    _date_by_trip_under_way(kept, pair, anchor)
    _share_places(kept, pair)
    for draft in kept:
        if draft.kind == "call":
            draft.place = draft.country = None
    for draft in list(kept):
        why = _superfluous(draft, kept, pair, anchor)
        if why:
            kept.remove(draft)
            folded.append(_folded(draft, why))
    return kept, folded


def _others(one: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    return any(set(one.names(code)) != set(other.names(code)) for code in pair)


def status_of(draft: Draft, anchor: date | None) -> str:
    """Return planned, held or cancelled, as seen from the publication day whatever the tense of a quote."""
    if draft.cancelled:
        return "cancelled"
    when = draft.when
    if anchor is not None and when is not None:
        begun = when.start is not None and len(when.start) == _DAY and when.earliest is not None and when.earliest < anchor
        if draft.kind in ("visit", "exercise") and begun:
            return "held"
        if when.earliest is not None and when.earliest > anchor:
            return "planned"
        if when.latest is not None and when.latest < anchor:
            return "held"
    return "planned" if draft.tense == "future" else "held"


def _superfluous(draft: Draft, kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> str | None:
    others = [other for other in kept if other is not draft]
    for other in others:
        if (
            draft.kind == "multilateral"
            and other.forum == draft.forum is not None
            and other.kind in (*_FACE_TO_FACE, "call")
            and _touch(other.when, draft.when)
        ):
            return "only the setting of a meeting already recorded"
        if (
            draft.kind == "visit"
            and other.kind == "multilateral"
            and other.forum == draft.forum is not None
            and _same_people(other, draft, pair)
            and _touch(other.when, draft.when)
        ):
            _join(other, draft, pair)
            return "a visit for a gathering already recorded"
    if (
        draft.when is None
        and anchor is not None
        and not _by_name(draft, pair)
        and status_of(draft, anchor) == "planned"
    ):
        return "planned with no day, on a dated page"
    nameless = not any(draft.names(code) for code in pair)
    if nameless and draft.when is None and status_of(draft, None) == "planned":
        return "planned with no day and nobody named"
    if draft.kind == "agreement" and draft.dated_by != "own":
        meeting = next((other for other in others if other.kind in _FACE_TO_FACE and _same_people(other, draft, pair)), None)
        if meeting is not None:
            _give_topics(meeting, draft)
            return "signed at a meeting already recorded"
    if draft.kind == "visit":
        others = [other for other in others if other.cancelled == draft.cancelled]
        exercise = next(
            (
                other
                for other in others
                if other.kind == "exercise" and _same_people(other, draft, pair) and _touch(other.when, draft.when)
            ),
            None,
        )
        if exercise is not None and all(
            party.form == "body" for party in draft.sides.get(next(code for code in pair if code != draft.country), [])
        ):
            return "the way to an exercise already recorded"
        if draft.setting:
            return "a visit told only as the setting of a meeting"
        trip = (other for other in others if other.kind != "call" and other.country == draft.country)
        if draft.headline and draft.when is None and any(_travels_in(draft, other, pair) for other in trip):
            return "a headline's visit for what is told below"
        if draft.when is not None and draft.when.start and draft.when.end not in (None, draft.when.start):
            met = (other for other in others if other.kind in _FACE_TO_FACE and _travels_in(draft, other, pair))
            within = [other for other in met if _touch(draft.when, other.when)]
            if len(within) > 1 and any(other.dated_by == "own" for other in within):
                return None  # days that hold several meetings are told for their own sake
        for other in others:
            if _holds(draft, other, pair) and not (
                draft.when and other.dated_by == "visit" and status_of(draft, anchor) != status_of(other, anchor)
            ):
                other.country, other.place = other.country or draft.country, other.place or draft.place
                return "a visit with a meeting that has no date of its own beside it"
    return None


def _by_name(draft: Draft, pair: tuple[str, str]) -> bool:
    sides = [any(party.form == "person" for party in draft.sides.get(code, [])) for code in pair]
    return all(sides) if draft.kind == "meeting" else any(sides)


def _folded(draft: Draft, why: str) -> Step:
    span = next((span for spans in draft.spans.values() for span in spans), Span(0, 0))
    return Step(span, f"{draft.kind} folded", why)


def _give_topics(kept: Draft, told: Draft) -> None:
    for topic, spans in told.topics.items():
        kept.topics.setdefault(topic, []).extend(spans)


def _closest(kept: list[Draft], draft: Draft) -> list[Draft]:
    def distance(other: Draft) -> tuple[bool, bool, int]:
        apart = draft.forum is not None and other.forum != draft.forum
        return apart, not (other.when and draft.when), abs(other.passage - draft.passage)

    return sorted(kept, key=distance)


def _same_people(one: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    for code in pair:
        left, right = set(one.names(code)), set(other.names(code))
        if left and right and not left & right:
            return False
    if any(set(one.names(code)) & set(other.names(code)) for code in pair):
        return True
    nameless = [draft for draft in (one, other) if not any(draft.names(code) for code in pair)]
    if len(nameless) == 1 and nameless[0].when is None and one.forum == other.forum is not None:
        return True
    if len(nameless) == 1 and nameless[0].forum is not None:
        told = other if nameless[0] is one else one
        if told.forum is None and told.kind == "meeting" and not told.headline:
            return False
    if nameless and one.forum is not None and one.forum == other.forum and one.when is not None and other.when is not None:
        return _touch(one.when, other.when)
    return len(nameless) == 2 or (
        len(nameless) == 1 and abs(one.passage - other.passage) <= _NEARBY and one.kind not in ("visit", "agreement")
    )


def _kin(one: Draft, other: Draft) -> bool:
    if one.kind == other.kind or {one.kind, other.kind} <= _FACE_TO_FACE:
        return True
    unplaced = not (one.placed or other.placed)
    return {one.kind, other.kind} == {"meeting", "call"} and unplaced and (one.loose or other.loose or one.headline)


def _same(one: Draft, other: Draft, pair: tuple[str, str], anchor: date | None) -> bool:
    if other.earlier and one.when is None and other.when is not None and not one.headline:
        return False
    if not _kin(one, other) or not _touch(one.when, other.when):
        return False
    apart = one.separate or other.separate
    if apart and not one.headline and any(set(one.names(code)) != set(other.names(code)) for code in pair):
        return False
    alone = (one.unreckoned and other.when is not None) or (other.unreckoned and one.when is not None)
    if alone and not (one.headline or other.headline or one.tense == other.tense == "future"):
        return False
    exercises = one.kind == other.kind == "exercise" and one.when is not None and other.when is not None
    titled = one.headline and ((one.forum is not None and one.forum == other.forum) or (one.when is None and one.country == other.country))
    own = not (exercises or titled) and (one.placed or one.dated_by == "own") and (other.placed or other.dated_by == "own")
    if own and (
        (one.place and other.place and one.place != other.place)
        or (one.country and other.country and one.country != other.country)
    ):
        return False
    if not _same_people(one, other, pair) and not (one.headline and not any(one.names(code) for code in pair)):
        return False
    dated = one.when is not None and other.when is not None
    if one.cancelled != other.cancelled:
        return (
            not (other.tense == "past" and other.when is not None and not other.cancelled)
            and not (one.tense == "past" and one.when is not None and not one.cancelled)
            and (
                one.headline
                or one.tense in ("unrealised", "future", None)
                or other.tense in ("unrealised", "future", None)
                or one.cancelled
            )
        )
    if one.forum is not None and one.forum == other.forum and other.when is None:
        return True
    return dated or status_of(one, anchor) == status_of(other, anchor) or one.headline or other.tense is None


def _touch(one: When | None, other: When | None) -> bool:
    """Return whether two dates may be of one trip: an arrival without a known end is no stay of years."""
    return touch(_closed(one), _closed(other))


def _closed(when: When | None) -> When | None:
    if when is None or when.end is not None or when.start is None or not when.dated:
        return when
    first = when.earliest
    return When.between(When.of_day(first), When.of_day(first + _LONGEST_TRIP)) if first is not None else when


def _narrower(one: When | None, other: When | None) -> bool:
    if other is None or other.earliest is None or other.latest is None:
        return False
    if one is None or one.earliest is None or one.latest is None:
        return True
    return other.latest - other.earliest < one.latest - one.earliest


def _join(kept: Draft, told: Draft, pair: tuple[str, str]) -> None:
    if kept.when is None or (_narrower(kept.when, told.when) and kept.kind != "visit"):
        kept.when, kept.dated_by = told.when or kept.when, told.dated_by if told.when else kept.dated_by
    if kept.when is not None and told.when is not None and (told.when.start is None) != (kept.when.start is None):
        kept.when = joined(kept.when, told.when) if told.when.start is None else joined(told.when, kept.when)
    kept.days = kept.days or told.days
    if kept.days and kept.kind in ("visit", "exercise") and kept.when is not None and kept.when.day is not None:
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
        kept.sides |= {code: told.sides[code] for code in pair if len(told.names(code)) > len(kept.names(code))}
        kept.tense = told.tense or kept.tense
        kept.first, kept.last, kept.passage, kept.headline = told.first, told.last, told.passage, False
    kept.cancelled = kept.cancelled or told.cancelled
    kept.loose = kept.loose and told.loose
    kept.unreckoned = kept.when is None and (kept.unreckoned or told.unreckoned)
    kept.setting = kept.setting or told.setting
    for code in pair:
        if not kept.names(code):
            kept.sides[code] = told.sides.get(code, [])
    _give_topics(kept, told)
    for name, spans in told.spans.items():
        for span in spans:
            kept.prove(name, span)
    for step in told.steps:
        kept.note(*step_of(step))


def step_of(step: Step) -> tuple[Span, str, str]:
    """Return the parts of a step."""
    return step.span, step.what, step.why


def _share_forum_dates(kept: list[Draft]) -> None:
    for draft in kept:
        source = next(
            (
                other
                for other in kept
                if other.forum
                and other.forum == draft.forum
                and other.when is not None
                and other.kind == draft.kind
                and {other.tense, draft.tense} != {"past", "future"}
            ),
            None,
        )
        if draft.when is None and source is not None:
            draft.when, draft.dated_by = source.when, "forum"
            draft.place, draft.country = draft.place or source.place, draft.country or source.country


def _travels_in(visit: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    home = next((code for code in pair if code != visit.country), "")
    return bool(set(visit.names(home)) & set(other.names(home))) and other.country in (None, visit.country)


def _inherit_dates(kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> None:
    for draft in kept:
        if draft.when is not None or draft.unreckoned or draft.kind not in _FACE_TO_FACE:
            continue
        for visit in kept:
            if (
                visit.kind == "visit"
                and visit.when is not None
                and not visit.cancelled
                and _travels_in(visit, draft, pair)
                and (status_of(visit, anchor) == status_of(draft, anchor) or (anchor is not None and visit.when.contains(When.of_day(anchor))))
            ):
                draft.when, draft.dated_by = visit.when, "visit"
                draft.place, draft.country = draft.place or visit.place, draft.country or visit.country
                break


def _date_by_trip_under_way(kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> None:
    """A trip without a date that is under way when the article appears, and a meeting on one, is of that month."""
    for visit in kept:
        under_way = (
            visit.kind == "visit"
            and visit.when is None
            and not visit.cancelled
            and visit.tense in ("past", "present")
            and visit.passage <= _NEAR
        )
        if not under_way or anchor is None:
            continue
        month = When.of(anchor.year, anchor.month)
        on_it = [draft for draft in kept if draft.kind in _FACE_TO_FACE and draft.when is None and not draft.unreckoned]
        met = [draft for draft in on_it if _travels_in(visit, draft, pair)]
        for draft in met or ([visit] if visit.tense == "present" and not visit.unreckoned else []):
            draft.when, draft.dated_by = month, "trip"


def _share_places(kept: list[Draft], pair: tuple[str, str]) -> None:
    """Give what a traveller did without a named city the one city that the article names for the trip."""
    for draft in kept:
        if draft.place is not None or draft.kind in ("call", "exercise"):
            continue
        settings = {
            (other.place, other.country)
            for other in kept
            if other.place
            and (draft.when is None or other.when is not None)
            and not (draft.unreckoned and other.when is not None)
            and draft.country in (None, other.country)
            and _same_trip(draft.when, other.when)
            and any(set(draft.names(code)) & set(other.names(code)) for code in pair if code != other.country)
        }
        if len(settings) == 1:
            draft.place, draft.country = settings.pop()
        day = draft.when.day if draft.when is not None else None
        elsewhere = {other.country for other in kept if day and other.country and other.when and other.when.day == day}
        if draft.country is None and len(elsewhere) == 1:
            draft.country = elsewhere.pop()  # what is told of one day is told of one country


def _same_trip(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return one is other is None or _touch(one, other)
    return abs(one.earliest - other.earliest) <= _LONGEST_TRIP


def _holds(visit: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    if other.kind not in _FACE_TO_FACE or not _travels_in(visit, other, pair) or not _touch(visit.when, other.when):
        return False
    if other.when is None and visit.tense == "future" and other.tense == "past":
        return False
    vague = visit.when is not None and visit.when.grain in ("week", "part", "month", "season", "year") and not visit.days
    return (
        visit.when is None
        or vague
        or other.dated_by == "visit"
        or (other.when is not None and visit.when.start == other.when.start and visit.when.end in (None, other.when.end))
    )
