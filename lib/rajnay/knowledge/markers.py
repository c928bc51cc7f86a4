"""Case markers that are words of their own: each is taken for the ending of the known word before
it, so that languages with and without endings read alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rajnay.knowledge.hits import Hit
from rajnay.text.punctuation import CLOSERS
from rajnay.text.tokens import Token

# Kinds of words that take no case marker.
_CASELESS = frozenset({"marker", "post", "title", "verb", "word"})
# Cases that a marker after the word adds to.
_OPEN = frozenset({None, "plural", "honorific", "emphatic"})
# Words that a verb may stand before, but no noun's owner.
_ENDERS = frozenset({"after", "before", "joining", "openers", "relatives"})


def with_markers(
    hits: Sequence[Hit],
    tokens: Sequence[Token],
    roles: Mapping[str, str],
    initials: Collection[str] = (),
) -> Iterator[Hit]:
    """Yield the known words of a text, each with the case marker right after it as its ending.

    A marker that may be a verb too is one where its clause ends ("of" and "did"); one that may be
    an initial is that before another, and known no more.

    Args:
        hits: the known words in order, case markers among them.
        tokens: all tokens of the text.
        roles: the role that each marker gives.
        initials: folded letters that stand for a name.
    """
    owner: Hit | None = None
    for position, hit in enumerate(hits):
        role = roles.get(tokens[hit.first].surface) if hit.first == hit.last else None
        if role is not None and _is_initial(hits, position, tokens, initials):
            continue
        if role is not None and _is_verb(hits, position, tokens):
            role, hit = None, _as_verb(hit)
        if role is None or owner is None or not _follows(hit, owner, tokens):
            if owner is not None:
                yield owner
            owner = hit
            continue
        marked = owner.marked + hit.last - owner.last
        owner = replace(owner, last=hit.last, case=role, marked=marked)
    if owner is not None:
        yield owner


def of_places(hits: Iterable[Hit], roles: Mapping[str, str]) -> Iterator[Hit]:
    """Yield the known words of a text, those that name places and countries each with the role that
    its case has there ("to" a country is where one goes).

    Args:
        hits: the known words.
        roles: for a case, the role that it means of places.
    """
    for hit in hits:
        role = roles.get(hit.case or "")
        named = role is not None and (hit.value("place") or hit.value("country"))
        yield replace(hit, case=None if role == "bare" else role) if named else hit


def _follows(marker: Hit, owner: Hit, tokens: Sequence[Token]) -> bool:
    """Return whether a marker is that of the known word before it, quotes and brackets passed."""
    if owner.case not in _OPEN or not any(kind not in _CASELESS for kind in owner.kinds):
        return False
    gap = tokens[owner.last + 1 : marker.first]
    return all(token.surface in CLOSERS for token in gap)


def _is_initial(
    hits: Sequence[Hit], position: int, tokens: Sequence[Token], initials: Collection[str]
) -> bool:
    """Return whether a marker is a letter of a name: another that is no known word follows."""
    hit, following = hits[position], hits[position + 1 : position + 2]
    after = hit.last + 1
    if tokens[hit.first].key not in initials or any(one.first == after for one in following):
        return False
    return after < len(tokens) and tokens[after].kind == "word" and tokens[after].key in initials


def _is_verb(hits: Sequence[Hit], position: int, tokens: Sequence[Token]) -> bool:
    """Return whether a word that may be a marker or a verb closes a clause."""
    hit = hits[position]
    if hit.value("verb") is None:
        return False
    after = hit.last + 1
    if after >= len(tokens) or tokens[after].line != tokens[hit.first].line:
        return True
    if tokens[after].kind == "mark":
        return tokens[after].surface not in "('\"“‘-"
    following = hits[position + 1] if position + 1 < len(hits) else None
    return following is not None and following.first == after and following.value("word") in _ENDERS


def _as_verb(hit: Hit) -> Hit:
    return replace(hit, meanings=tuple(one for one in hit.meanings if one.kind == "verb"))
