"""Days that are told only as those that others take the place of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.dates.finder import DateMention

# The date that takes the place of another stands so near after it.
_NEAR = 4


def without_old_days(
    hits: tuple[Hit, ...], dates: Sequence[DateMention], medial: bool
) -> tuple[tuple[Hit, ...], tuple[DateMention, ...]]:
    """Return known words and dates without the days that others take the place of, nor the "not"
    of one that stands before it.

    Args:
        hits: known words of an article.
        dates: dates that it names.
        medial: whether its language's verb stands amid the sentence, and "not" before what it
            denies.
    """
    instead = {hit.first: hit for hit in hits if hit.value("word") in ("instead", "negations")}
    denied = {hit.last: hit for hit in instead.values() if medial}
    old = [mention for mention in dates if _replaced(mention, dates, instead, denied)]
    denials = [denied.get(mention.first - 1) for mention in old]
    kept = tuple(hit for hit in hits if hit not in denials)
    return kept, tuple(mention for mention in dates if mention not in old)


def _replaced(
    mention: DateMention,
    dates: Sequence[DateMention],
    instead: Mapping[int, Hit],
    denied: Mapping[int, Hit],
) -> bool:
    """Return whether a date is told only as the one that another takes the place of: "on the 6th
    instead of the 4th", "not on the 19th but on the 21st", "moved from the 4th to the 6th"; "on
    the 21st, not on the 19th".
    """
    after, before = instead.get(mention.last + 1), denied.get(mention.first - 1)
    others = [other for other in dates if other.kind == "date" == mention.kind]
    follows = after and any(0 < other.first - after.last <= _NEAR for other in others)
    leads = before and any(0 < before.first - other.last <= _NEAR for other in others)
    return bool(follows or leads)
