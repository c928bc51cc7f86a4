"""Names of places with the word after them that tells what kind of land they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rajnay.knowledge.lexicon import Hit


def with_lands(hits: Iterable[Hit]) -> list[Hit]:
    """Return known words, a place as one with the word after it for the kind of land it is: the
    ending of "Astrakhan province" stands at its end.

    Args:
        hits: known words in the order of the text.
    """
    found: list[Hit] = []
    for hit in hits:
        if found and _is_land_of(hit, found[-1]):
            place = found.pop()
            span = place.span.to(hit.span)
            found.append(replace(place, last=hit.last, span=span, case=hit.case))
        else:
            found.append(hit)
    return found


def _is_land_of(hit: Hit, before: Hit) -> bool:
    """Return whether a word tells the kind of land that the place right before it is."""
    named = before.value("place") is not None and before.case is None
    return hit.value("word") == "lands" and named and before.last + 1 == hit.first
