"""Tell which drafts are no engagements of their own, but the setting or the announcement of
others.
"""

from __future__ import annotations

from datetime import date

from rajnay.base.first import first
from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import (
    LONGEST_TRIP,
    MEETINGS,
    same_people,
    touching,
    travels_in,
)
from rajnay.compose.joining import give_topics, join
from rajnay.compose.status import status_of


def superfluous(
    draft: Draft, kept: list[Draft], pair: tuple[str, str], anchor: date | None
) -> str | None:
    """Return why a draft is no engagement of its own beside the others, or None if it is.

    Args:
        draft: the draft.
        kept: the drafts that stand so far.
        pair: two ISO 3166-1 alpha-2 codes.
        anchor: the day of publication, None if unknown.
    """
    others = [other for other in kept if other is not draft]
    for other in others:
        if (
            draft.kind == "multilateral"
            and other.forum == draft.forum is not None
            and other.kind in (*MEETINGS, "call")
            and touching(other.when, draft.when)
        ):
            return "only the setting of a meeting already recorded"
        if (
            draft.kind == "visit"
            and other.kind == "multilateral"
            and other.forum == draft.forum is not None
            and same_people(other, draft, pair)
            and touching(other.when, draft.when)
        ):
            join(other, draft, pair)
            return "a visit for a gathering already recorded"
    if (
        draft.when is None
        and anchor is not None
        and not _by_name(draft, pair)
        and status_of(draft, anchor) == "planned"
    ):
        return "planned with no day, on a dated page"
    if draft.kind == "agreement" and draft.dated_by != "own":
        meeting = first(
            others,
            lambda other: (
                other.kind in MEETINGS
                and same_people(other, draft, pair)
                and touching(other.when, draft.when)
            ),
        )
        if meeting is not None:
            give_topics(meeting, draft)
            return "signed at a meeting already recorded"
    if draft.kind == "visit":
        others = [other for other in others if other.cancelled == draft.cancelled]
        exercise = first(
            others,
            lambda other: (
                other.kind == "exercise"
                and same_people(other, draft, pair)
                and touching(other.when, draft.when)
            ),
        )
        if exercise is not None and all(
            party.form == "body"
            for party in draft.sides.get(next(code for code in pair if code != draft.country), [])
        ):
            return "the way to an exercise already recorded"
        if any(_went_on(other, draft, pair) for other in others):
            return "a stop of a journey already recorded"
        if draft.setting:
            return "a visit told only as the setting of a meeting"
        trip = (
            other for other in others if other.kind != "call" and other.country == draft.country
        )
        if (
            draft.headline
            and draft.when is None
            and any(travels_in(draft, other, pair) for other in trip)
        ):
            return "a headline's visit for what is told below"
        if (
            draft.when is not None
            and draft.when.start
            and draft.when.end not in (None, draft.when.start)
        ):
            met = (
                other
                for other in others
                if other.kind in MEETINGS and travels_in(draft, other, pair)
            )
            within = [other for other in met if touching(draft.when, other.when)]
            if len(within) > 1 and any(other.dated_by == "own" for other in within):
                return None  # days that hold several meetings are told for their own sake
        for other in others:
            if _holds(draft, other, pair) and not (
                draft.when
                and other.dated_by == "visit"
                and status_of(draft, anchor) != status_of(other, anchor)
            ):
                other.country, other.place = (
                    other.country or draft.country,
                    other.place or draft.place,
                )
                return "a visit with a meeting that has no date of its own beside it"
    return None


def _went_on(other: Draft, draft: Draft, pair: tuple[str, str]) -> bool:
    """Return whether a visit is but a further stop of a journey, of which something was told of
    some days before, in another city of the country.
    """
    if other.kind not in (*MEETINGS, "visit") or not travels_in(draft, other, pair):
        return False
    if None in (other.when, draft.when) or not draft.place or other.country != draft.country:
        return False
    first, then = (one.when.earliest if one.when else None for one in (other, draft))
    soon = first is not None and then is not None and first < then <= first + LONGEST_TRIP
    at_once = other.passage == draft.passage and other.when == draft.when  # "to A and B in May"
    after = at_once or (soon and other.passage < draft.passage)
    return after and other.kind == "visit" if at_once else after and other.place != draft.place


def _by_name(draft: Draft, pair: tuple[str, str]) -> bool:
    sides = [any(party.form == "person" for party in draft.sides.get(code, [])) for code in pair]
    return all(sides) if draft.kind == "meeting" else any(sides)


def _holds(visit: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    if (
        other.kind not in MEETINGS
        or not travels_in(visit, other, pair)
        or not touching(visit.when, other.when)
    ):
        return False
    if other.when is None and visit.tense == "future" and other.tense == "past":
        return False
    vague = (
        visit.when is not None
        and visit.when.grain in ("week", "part", "month", "season", "year")
        and not visit.days
    )
    return (
        visit.when is None
        or vague
        or other.dated_by == "visit"
        or (
            other.when is not None
            and visit.when.start == other.when.start
            and visit.when.end in (None, other.when.end)
        )
    )
