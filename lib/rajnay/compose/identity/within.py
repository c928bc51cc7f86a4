"""Compare drafts: are these the same people, the same trip, the same engagement told twice."""

from __future__ import annotations

from datetime import date, timedelta

from rajnay.compose.drafts import Draft
from rajnay.compose.status import status_of
from rajnay.times.intervals import When, touch

MEETINGS = frozenset({"meeting", "consultation"})
# An arrival without a known end is of a stay of at most so long.
LONGEST_TRIP = timedelta(days=7)
# A session told without names takes them from a telling at most this many sentences away.
_NEARBY = 3


def same(one: Draft, other: Draft, pair: tuple[str, str], anchor: date | None) -> bool:
    """Return whether a draft tells again of the engagement of another, told before.

    Args:
        one: a draft.
        other: another draft.
        pair: two ISO 3166-1 alpha-2 codes.
        anchor: the day of publication, None if unknown.
    """
    if other.earlier and one.when is None and other.when is not None and not one.headline:
        return False
    if not kin(one, other) or not touching(one.when, other.when):
        return False
    apart = one.separate or other.separate or other.earlier
    if (
        apart
        and not one.headline
        and any(set(one.names(code)) != set(other.names(code)) for code in pair)
    ):
        return False
    alone = (one.unreckoned and other.when is not None) or (
        other.unreckoned and one.when is not None
    )
    if alone and not (one.headline or other.headline or one.tense == other.tense == "future"):
        return False
    forums = one.forum is not None and other.forum is not None and one.forum != other.forum
    if forums and one.passage == other.passage and one.kind == "multilateral":
        return False
    if forums and not all(any(draft.names(code) for code in pair) for draft in (one, other)):
        return False
    if (
        one.kind == other.kind == "exercise"
        and one.country
        and other.country
        and one.country != other.country
    ):
        return False
    exercises = (
        one.kind == other.kind == "exercise" and one.when is not None and other.when is not None
    )
    titled = one.headline and (
        (one.forum is not None and one.forum == other.forum)
        or (one.when is None and one.country == other.country)
    )
    own = (
        not (exercises or titled)
        and (one.placed or one.dated_by == "own")
        and (other.placed or other.dated_by == "own")
    )
    if own and (
        (one.place and other.place and one.place != other.place)
        or (one.country and other.country and one.country != other.country)
    ):
        return False
    if not same_people(one, other, pair) and not (
        one.headline and not any(one.names(code) for code in pair)
    ):
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
    return (
        dated
        or status_of(one, anchor) == status_of(other, anchor)
        or one.headline
        or other.tense is None
    )


def kin(one: Draft, other: Draft) -> bool:
    """Return whether two drafts are of kinds that one engagement may be told as.

    Args:
        one: a draft.
        other: another draft.
    """
    if one.kind == other.kind or {one.kind, other.kind} <= MEETINGS:
        return True
    unplaced = not (one.placed or other.placed)
    return (
        {one.kind, other.kind} == {"meeting", "call"}
        and unplaced
        and (one.loose or other.loose or one.headline)
    )


def same_people(one: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    """Return whether two drafts may be of the same people: they share somebody, or one of them
    names nobody.

    Args:
        one: a draft.
        other: another draft.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    for code in pair:
        left, right = set(one.names(code)), set(other.names(code))
        if left and right and not left & right and not _led_below(one, other, code):
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
    if (
        nameless
        and one.forum is not None
        and one.forum == other.forum
        and one.when is not None
        and other.when is not None
    ):
        return touching(one.when, other.when)
    return len(nameless) == 2 or (
        len(nameless) == 1
        and abs(one.passage - other.passage) <= _NEARBY
        and one.kind != "visit"
        and (one.kind != "agreement" or _signed_so(one, other))
    )


def _led_below(one: Draft, other: Draft, code: str) -> bool:
    """Return whether a headline names but a body of a side, and its leader is told below."""
    above = next((draft for draft in (one, other) if draft.headline), None)
    below = other if above is one else one
    return (
        above is not None
        and all(party.form == "body" for party in above.sides[code])
        and any(party.form == "person" for party in below.sides[code])
    )


def _signed_so(one: Draft, other: Draft) -> bool:
    """Return whether a draft tells who signed what the sentence before it dated."""
    dated, undated = sorted((one, other), key=lambda draft: draft.when is None)
    return undated.when is None and undated.passage == dated.passage + 1


def other_people(one: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    """Return whether two drafts name different people.

    Args:
        one: a draft.
        other: another draft.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    return any(set(one.names(code)) != set(other.names(code)) for code in pair)


def travels_in(visit: Draft, other: Draft, pair: tuple[str, str]) -> bool:
    """Return whether an engagement may be on a visit: its traveller takes part, in no other
    country.

    Args:
        visit: a visit.
        other: another draft.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    home = next((code for code in pair if code != visit.country), "")
    return bool(set(visit.names(home)) & set(other.names(home))) and other.country in (
        None,
        visit.country,
    )


def closest(kept: list[Draft], draft: Draft) -> list[Draft]:
    """Return drafts in the order in which another is to be compared with them: its forum, a date,
    nearness.

    Args:
        kept: the drafts that stand so far.
        draft: the draft.
    """

    def distance(other: Draft) -> tuple[bool, bool, int]:
        apart = draft.forum is not None and other.forum != draft.forum
        return apart, not (other.when and draft.when), abs(other.passage - draft.passage)

    return sorted(kept, key=distance)


def touching(one: When | None, other: When | None) -> bool:
    """Return whether two dates may be of one trip: an arrival without a known end is no stay of
    years.

    Args:
        one: a date.
        other: another date.
    """
    return touch(_closed(one), _closed(other))


def _closed(when: When | None) -> When | None:
    if when is None or when.end is not None or when.start is None or not when.dated:
        return when
    first = when.earliest
    return (
        When.between(When.of_day(first), When.of_day(first + LONGEST_TRIP))
        if first is not None
        else when
    )


def narrower(one: When | None, other: When | None) -> bool:
    """Return whether the second of two dates is known to a shorter stretch.

    Args:
        one: a date.
        other: another date.
    """
    if other is None or other.earliest is None or other.latest is None:
        return False
    if one is None or one.earliest is None or one.latest is None:
        return True
    return other.latest - other.earliest < one.latest - one.earliest
