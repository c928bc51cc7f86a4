"""Give drafts the dates and places that they share with others: of their trip, their forum, their
day.
"""

from __future__ import annotations

from datetime import date

from rajnay.compose.drafts import Draft
from rajnay.compose.identity.within import LONGEST_TRIP, MEETINGS, touching, travels_in
from rajnay.compose.status import status_of
from rajnay.times.intervals import When

# A trip named this early is what the article is about.
_NEAR = 2


def share(kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> None:
    """Give every draft the dates and places that it shares with others.

    Args:
        kept: drafts in the order of the text; changed in place.
        pair: the two country codes.
        anchor: the publication day, or None.
    """
    _share_forum_dates(kept)
    _inherit_dates(kept, pair, anchor)
    _date_by_trip_under_way(kept, pair, anchor)
    _share_places(kept, pair)
    for draft in kept:
        if draft.kind == "call":
            draft.place = draft.country = None


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
                and (None in (draft.place, other.place) or draft.place == other.place)
            ),
            None,
        )
        if draft.when is None and source is not None:
            draft.when, draft.dated_by = source.when, "forum"
            draft.place, draft.country = (
                draft.place or source.place,
                draft.country or source.country,
            )


def _inherit_dates(kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> None:
    for draft in kept:
        if draft.when is not None or draft.unreckoned or draft.kind not in MEETINGS:
            continue
        for visit in kept:
            if (
                visit.kind == "visit"
                and visit.when is not None
                and not visit.cancelled
                and travels_in(visit, draft, pair)
                and (
                    status_of(visit, anchor) == status_of(draft, anchor)
                    or (anchor is not None and visit.when.overlaps(When.of_day(anchor)))
                )
            ):
                arrived = visit.when.end is None and visit.when.grain == "day"
                if arrived and status_of(visit, anchor) != status_of(draft, anchor):
                    continue  # who set off today meets whom he will on some other day
                draft.when = visit.when.start_day(0) if arrived else visit.when
                draft.dated_by = "visit"
                draft.place, draft.country = (
                    draft.place or visit.place,
                    draft.country or visit.country,
                )
                break


def _date_by_trip_under_way(kept: list[Draft], pair: tuple[str, str], anchor: date | None) -> None:
    """A trip without a date that is under way when the article appears, and a meeting on one, is of
    that month.
    """
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
        on_it = [
            draft
            for draft in kept
            if draft.kind in MEETINGS and draft.when is None and not draft.unreckoned
        ]
        met = [draft for draft in on_it if travels_in(visit, draft, pair)]
        for draft in met or ([visit] if visit.tense == "present" and not visit.unreckoned else []):
            draft.when, draft.dated_by = month, "trip"
            why = "the month in which the article appears: on a trip that is under way"
            for party in draft.everyone[:1]:
                draft.note(party.span, f"date {month.edtf}", why)


def _share_places(kept: list[Draft], pair: tuple[str, str]) -> None:
    """Give what a traveller did without a named city the one city that the article names for the
    trip.
    """
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
            and any(
                set(draft.names(code)) & set(other.names(code))
                for code in pair
                if code != other.country
            )
        }
        if len(settings) == 1:
            draft.place, draft.country = settings.pop()
        day = draft.when.day if draft.when is not None else None
        elsewhere = {
            other.country
            for other in kept
            if day and other.country and other.when and other.when.day == day
        }
        if draft.country is None and len(elsewhere) == 1:
            draft.country = elsewhere.pop()  # what is told of one day is told of one country


def _same_trip(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return one is other is None or touching(one, other)
    return abs(one.earliest - other.earliest) <= LONGEST_TRIP
