"""Choose which stretch of the calendar is meant where the words leave the year, or the month,
unsaid.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rajnay.mentions.dates.context import Gap, Told
from rajnay.times.expressions import Expression
from rajnay.times.intervals import When

# Days within which a date told without tense is the nearest; farther off it is one of the
# year of publication.
_NEAR = 45


def choose(options: Sequence[When], expression: Expression, today: date, tense: str | None) -> Told:
    """Choose among the years, or months, in which a date may fall that leaves them unsaid.

    Args:
        options: what the words may mean, in order; at least one that fits the tense.
        expression: what the words say.
        today: the day of publication.
        tense: past, present, future, or None if unknown.

    Raises:
        Gap: none of the options is the last or the next one.

    >>> august = [When.of(year, 8) for year in (2023, 2024, 2025)]
    >>> choose(august, Expression(month=8), date(2024, 12, 11), "past").when.start
    '2024-08'
    """
    if expression.shift is not None:
        return _placed(options, expression.shift, today)
    if tense == "past" or tense == "future":
        return _of_tense(options, today, tense)
    nearest = min(options, key=lambda when: _distance(when, today))
    if expression.month is None or _distance(nearest, today) <= _NEAR:
        return Told(nearest, "the nearest to the publication date")
    return Told(_in_year(options, today), "in the year of publication")


def fits_tense(when: When, today: date, tense: str | None) -> bool:
    """Return whether a stretch may lie where a tense puts it.

    Args:
        when: the stretch.
        today: the day of publication, which is of the past and of the future.
        tense: past, present, future, or None if unknown.

    >>> fits_tense(When.of(2025, 8, 21), date(2025, 8, 13), "past")
    False
    """
    first, last = when.bounds
    return {"past": first <= today, "future": last >= today}.get(tense or "", True)


def _placed(options: Sequence[When], shift: int, today: date) -> Told:
    """Choose by "last", "this" or "next"."""
    if shift == 0:
        under_way = (when for when in options if when.bounds[0] <= today <= when.bounds[1])
        return Told(
            next(under_way, None) or _in_year(options, today),
            "this one: under way or in the year of publication",
        )
    if shift < 0:
        over = [when for when in options if when.bounds[1] < today]
        chosen, why = over[-1:], "the last one before the publication date"
    else:
        ahead = [when for when in options if when.bounds[0] > today]
        chosen, why = ahead[:1], "the next one after the publication date"
    if not chosen:
        raise Gap("no such day lies on that side of the publication date")
    return Told(chosen[0], why)


def _of_tense(options: Sequence[When], today: date, tense: str) -> Told:
    """Choose the nearest on the side that the tense names, however far."""
    fitting = [when for when in options if fits_tense(when, today, tense)]
    which, chosen = "earliest on or after", fitting[0]
    if tense == "past":
        which, chosen = "latest on or before", fitting[-1]
    return Told(chosen, f"{tense} tense: the {which} the publication date")


def _in_year(options: Sequence[When], today: date) -> When:
    """Return the first of the year of publication, or else the last that has begun by then."""
    for when in options:
        if when.bounds[0].year == today.year:
            return when
    begun = [when for when in options if when.bounds[0] <= today]
    return begun[-1] if begun else options[0]


def _distance(when: When, day: date) -> int:
    """Return how many days lie between a stretch and a day, 0 if it holds it."""
    first, last = when.bounds
    return max((first - day).days, (day - last).days, 0)
