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
        if found and _is_part_of(hit, found[-1]):
            place = found.pop()
            case, span = hit.value("marker") or hit.case, place.span.to(hit.span)
            found.append(replace(place, last=hit.last, span=span, case=case))
        else:
            found.append(hit)
    return found


def _is_part_of(hit: Hit, place: Hit) -> bool:
    """Return whether a word tells the kind of land that the place right before it is, or is the
    case marker after such a word.
    """
    tells = hit.value("word") == "lands" or hit.value("marker") is not None
    beside = (place.case, place.last + 1) == (None, hit.first)
    return tells and beside and place.value("place") is not None
