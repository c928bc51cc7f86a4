"""What words for time say that count: days from publication or from the date before, weekdays,
lengths of time, how often.

One function for each kind of rule of `rajnay.mentions.dates.grammar`: it takes a match and yields
the expressions in it, or nothing if the match is refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rajnay.mentions.dates.patterns import Found, Match
from rajnay.times.expressions import Expression

_BY_THE_CLOCK = frozenset({"hour", "minute", "second"})

# --- days


def dayword(match: Match) -> Iterator[Found]:
    """Read a word that counts days from publication ("yesterday").

    Args:
        match: with the part ``dayword``, or ``tenseday`` for a word that may look either way.
    """
    by_tense = match.has("tenseday")
    offset = match.number("tenseday" if by_tense else "dayword")
    yield match.sure(Expression(offset=offset, unit="day", by_tense=by_tense))


def weekdays(match: Match) -> Iterator[Found]:
    """Read a weekday, or a list of them: one after the other, or parted by a dash or "or", they are
    one stretch.

    Args:
        match: with the parts ``weekdays`` and ``dateshift``.
    """
    days, shift = _days_of_week(match), match.number("dateshift")
    in_full = match.holds("weekdays", "weekday")
    if len(days) == 1:
        expression = Expression(weekday=days[0][1], shift=shift)
        yield replace(match.found(expression), weak=not in_full)
    elif not in_full:
        return
    elif _is_stretch_of_week(match, days):
        either = match.holds("weekdays", "or")
        until = Expression(weekday=days[-1][1])
        yield match.sure(Expression(weekday=days[0][1], shift=shift, until=until, either=either))
    else:
        yield from _each_weekday(match, days, shift)


def _days_of_week(match: Match) -> list[tuple[int, int]]:
    """Return the atom and the number of each weekday of a list."""
    start, end = match.groups["weekdays"]
    return [
        (index, int(entry.value))
        for index in range(start, end + 1)
        if (entry := match.atoms[index].get("weekday") or match.atoms[index].get("weekday_short"))
    ]


def _is_stretch_of_week(match: Match, days: Sequence[tuple[int, int]]) -> bool:
    """Return whether weekdays are told as two ends or a choice, or follow one another."""
    if match.holds("weekdays", "or", "dash", "to"):
        return True
    return all((after[1] - before[1]) % 7 == 1 for before, after in itertools.pairwise(days))


def _each_weekday(
    match: Match, days: Sequence[tuple[int, int]], shift: int | None
) -> Iterator[Found]:
    """Yield weekdays one by one; the last has the ending of the list."""
    for place, (index, day) in enumerate(days):
        first = index if place else None
        last = index if place < len(days) - 1 else None
        expression = Expression(weekday=day, shift=shift)
        yield replace(match.found(expression, first=first, last=last), weak=False)


def related(match: Match) -> Iterator[Found]:
    """Read a day told by its place beside the date before: the same day, the day before, the second
    day, the last day.

    Args:
        match: with the parts ``relation``, ``nth`` or ``nthday``, or ``shift``, or none of them for
            the same day.
    """
    relation, nth = match.text("relation"), match.number("nth") or match.number("nthday")
    if match.number("shift"):
        return
    expression = Expression(unit="day", relation="same")
    if nth:
        expression = replace(expression, relation="nth", offset=nth - 1)
    elif relation == "last":
        expression = replace(expression, relation="last")
    elif relation:
        offset = -1 if relation == "before" else 1
        expression = replace(expression, relation="offset", offset=offset)
    yield match.sure(expression)


def by_date(match: Match) -> Iterator[Found]:
    """Read a day told in one word by its place beside the date before.

    Args:
        match: with the part ``dateday``, how many days it is from that date.
    """
    offset = match.number("dateday")
    beside = Expression(unit="day", relation="offset", offset=offset)
    yield match.sure(beside if offset else Expression(unit="day", relation="same"))


# --- counts of units


def ago(match: Match) -> Iterator[Found]:
    """Read so many units before or after the day of publication, the date before, or an event.

    Args:
        match: with the parts ``count`` or ``one``, ``unit``, ``ago`` or ``after``, and ``its``,
            ``event`` or ``about``.
    """
    count, unit = match.number("count") or int(match.has("one")), match.text("unit")
    if match.has("event"):
        kind = "date" if match.has("ago") and unit not in _BY_THE_CLOCK else "lapse"
        event = Expression(unit=unit, relation="event")
        yield replace(match.found(event, kind=kind), weak=False)
    elif count and match.has("ago"):
        back = Expression(offset=-count, unit=unit, about=match.has("about"))
        yield replace(match.sure(_beside(back, match)), bound="on")
    elif count and match.has("its") and unit in ("day", "week"):
        yield match.sure(_beside(Expression(offset=count, unit=unit), match))
    elif count:
        after = Expression(offset=count, unit=unit, about=match.has("about"))
        yield match.found(after, kind="lapse")


def from_now(match: Match) -> Iterator[Found]:
    """Read so many units before or after the day of publication, which is named.

    Args:
        match: with the parts ``now``, ``count``, ``unit``, ``ago`` or ``after``, and ``about``.
    """
    count, unit = match.number("count") or 0, match.text("unit")
    named = [word.value for atom in match.part("now") if (word := atom.get("dayword"))]
    if count and [int(word) for word in named] == [0]:
        offset = -count if match.has("ago") else count
        said = Expression(offset=offset, unit=unit, about=match.has("about"))
        yield replace(match.sure(said), bound="on")


def _beside(told: Expression, match: Match) -> Expression:
    """Return a count as one from the date before where the match says so; by "earlier" it may count
    from the day of publication, where there is none.
    """
    if not match.has("its"):
        return told
    beside = replace(told, relation="offset")
    return replace(beside, check=told) if match.holds("its", "earlier") else beside


def length(match: Match) -> Iterator[Found]:
    """Read so many units: a duration, or a lapse if its ending or a word before says within which
    or since when.

    Args:
        match: with the parts ``count`` and ``unit``, or ``span``, and ``past``, ``least`` or
            ``about``.
    """
    count, unit = match.number("count") or match.number("span"), match.text("unit") or "day"
    if match.has("least"):
        yield match.found(Expression(unit=unit), kind="lapse")
        return
    expression = Expression(count=count, unit=unit, about=match.has("about"))
    found = match.found(expression, kind="duration")
    lapse = found.role in ("at", "from") or (match.has("past") and found.role != "of")
    if lapse:
        ahead = replace(expression, within=found.role == "at", about=False)
        found = replace(found, kind="lapse", expression=ahead)
    if lapse or unit not in _BY_THE_CLOCK:
        yield found


def period(match: Match) -> Iterator[Found]:
    """Read the time named before ("in that same period").

    Args:
        match: of any parts.
    """
    yield match.sure(Expression(unit="period", relation="same"))


def vague(match: Match) -> Iterator[Found]:
    """Read a count that tells no number ("some days ago").

    Args:
        match: with the part ``unit``.
    """
    yield match.sure(Expression(unit=match.text("unit"), relation="vague"))


def repeated(match: Match) -> Iterator[Found]:
    """Read how often ("twice"); once is no repetition.

    Args:
        match: with the part ``count``.
    """
    if match.number("count") != 1:
        yield match.found(Expression(), kind="repetition")


def every(match: Match) -> Iterator[Found]:
    """Read what recurs ("every year"), which takes the date after it along.

    Args:
        match: of any parts.
    """
    yield match.found(Expression(), kind="recurring")
