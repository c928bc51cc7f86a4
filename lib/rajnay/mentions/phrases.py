"""Read the noun phrases that may name somebody: known words in a row, such as country, office,
title and name, and what each says of whom is meant.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rajnay.knowledge.lexicon import Hit, Meaning
from rajnay.knowledge.reference import Reference
from rajnay.text.tokens import Token

# "The navy chief there": of a country that is not told, and so of neither of the pair.
ELSEWHERE = "?"
# What a word may be in such a phrase; of several, the first counts.
_KINDS = (
    "person",
    "office",
    "title",
    "position",
    "named body",
    "body",
    "country",
    "nationality",
    "counterpart",
)
OPENING = frozenset(_KINDS)
_COUNTRIES = frozenset({"country", "nationality"})
_HEADS = frozenset({"office", "position", "title"})
_HEADS_AND_NAMES = _HEADS | {"person"}
_OWNED = _HEADS | {"body"}
# What may come next after a word of a kind with a case ending; None stands for none.
_FOLLOWERS: Mapping[tuple[str, str | None], frozenset[str]] = {
    ("country", None): _HEADS_AND_NAMES | {"counterpart"},
    ("country", "genitive"): OPENING,
    ("nationality", None): OPENING,
    ("nationality", "genitive"): OPENING,
    ("body", "genitive"): _HEADS | {"body"},
    ("named body", "genitive"): _HEADS | {"body"},
    ("office", None): _HEADS_AND_NAMES,
    ("office", "genitive"): frozenset({"office", "position"}),
    ("position", None): _HEADS_AND_NAMES,
    ("title", None): _HEADS_AND_NAMES,
    ("counterpart", None): _HEADS_AND_NAMES,
}
_NOBODY: frozenset[str] = frozenset()
_JOINTS = "-–.()"


@functools.lru_cache(maxsize=65536)
def _kind(meanings: tuple[Meaning, ...]) -> str:
    kinds = [meaning.value if meaning.kind == "pronoun" else meaning.kind for meaning in meanings]
    return next((kind for kind in _KINDS if kind in kinds), kinds[0])


def kind_of(hit: Hit) -> str:
    """Return what a known word is in a phrase: the first of country, office, person and the like
    that it may be, or else its own first meaning's kind.

    Args:
        hit: a known word.
    """
    return _kind(hit.meanings)


@dataclass(slots=True)
class Phrase:
    """What the known words of a phrase say, filled word by word.

    ``last`` is the last word, ``after`` the position of the word after the phrase among the known
    ones; ``head`` an office, position, title or "counterpart", ``owned`` a body of the ``body``
    before it ("a contingent of the army"); ``region`` the place whose office it is.
    """

    start: Hit
    last: Hit
    after: int
    country: str | None
    region: str | None = None
    office: str | None = None
    body: Hit | None = None
    owned: Hit | None = None
    head: Hit | None = None
    person: Hit | None = None
    counterpart: bool = False

    @property
    def awaits_name(self) -> bool:
        """Whether the last word is an office or title that a name may follow."""
        return self.head is not None and self.head is self.last and self.head.case is None

    @property
    def ends_in_body(self) -> bool:
        """Whether the phrase names a body, and nothing after it."""
        return self.body is not None and (self.last is self.body or self.last is self.owned)


def read_phrase(
    hits: Sequence[Hit], position: int, tokens: Sequence[Token], reference: Reference
) -> Phrase:
    """Read the phrase that opens with a known word.

    Args:
        hits: the known words of a sentence, in order.
        position: which of them opens the phrase.
        tokens: all tokens of the text.
        reference: the tables, for the countries of people, places and bodies.
    """
    start = hits[position]
    country, region = _owner_before(hits, position, reference)
    phrase = Phrase(start, start, position, country, region)
    while True:
        kind = _take(phrase, hits, reference)
        if kind == "person" or not _goes_on(phrase, kind, hits, tokens, reference):
            return phrase


def _take(phrase: Phrase, hits: Sequence[Hit], reference: Reference) -> str:
    """Add the next known word to a phrase, and return its kind."""
    hit, before = hits[phrase.after], hits[phrase.after - 1]
    kind = kind_of(hit)
    owned = kind == "body" and before is phrase.body and before.case == "genitive"
    _TOLD["owned body" if owned else kind](phrase, hit, reference)
    phrase.last = hit
    phrase.after += 1
    return kind


def _goes_on(
    phrase: Phrase, kind: str, hits: Sequence[Hit], tokens: Sequence[Token], reference: Reference
) -> bool:
    """Return whether the next known word is of the phrase too; a word that counts is passed."""
    hit = phrase.last
    if _counts_body(hits, phrase.after):
        hit = hits[phrase.after]
        phrase.after += 1
    following = hits[phrase.after] if phrase.after < len(hits) else None
    if following is None or not _continues(hit, kind, following, tokens):
        return False
    return not any(parts(phrase, following, tokens, reference) for parts in _PARTINGS)


def _counts_body(hits: Sequence[Hit], position: int) -> bool:
    """Return whether an everyday word stands between a genitive and a body ("a number of the army's
    contingents").
    """
    if position + 1 >= len(hits) or not hits[position].everyday:
        return False
    owner, word, body = hits[position - 1], hits[position], hits[position + 1]
    in_a_row = word.first == owner.last + 1 and body.first == word.last + 1
    return in_a_row and owner.case == "genitive" and kind_of(body) == "body"


def _continues(hit: Hit, kind: str, following: Hit, tokens: Sequence[Token]) -> bool:
    """Return whether a word may carry a phrase on after one of a kind."""
    if kind_of(following) not in _FOLLOWERS.get((kind, hit.case), _NOBODY):
        return False
    gap = tokens[hit.last + 1 : following.first]
    return all(token.kind == "mark" and token.surface in _JOINTS for token in gap)


# --- what parts two phrases that stand side by side


def _is_second_country(
    phrase: Phrase, following: Hit, tokens: Sequence[Token], reference: Reference
) -> bool:
    """Two countries in a row are two parties."""
    return {kind_of(phrase.last), kind_of(following)} <= _COUNTRIES


def _is_same_office(
    phrase: Phrase, following: Hit, tokens: Sequence[Token], reference: Reference
) -> bool:
    """An office named again is another holder's, unless it stands in brackets."""
    repeated = phrase.office is not None and following.value("office") == phrase.office
    return repeated and tokens[following.first - 1].surface != "("


def _is_of_another_country(
    phrase: Phrase, following: Hit, tokens: Sequence[Token], reference: Reference
) -> bool:
    """An office of one country is not held by a person of another."""
    name = following.value("person")
    if not name or phrase.office is None or phrase.country is None:
        return False
    return reference.people[name].country != phrase.country


_PARTINGS = (_is_second_country, _is_same_office, _is_of_another_country)


# --- what each word says


def _tell_country(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.country = hit.value("country") or hit.value("nationality")


def _tell_body(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    named = hit.value("named body")
    phrase.body = hit
    phrase.country = reference.bodies[named].country if named else phrase.country


def _tell_owned_body(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.owned = hit


def _tell_office(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.office, phrase.head = hit.value("office"), hit


def _tell_position(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.office, phrase.head = None, hit


def _tell_title(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.head = hit


def _tell_counterpart(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.counterpart, phrase.head = True, hit


def _tell_person(phrase: Phrase, hit: Hit, reference: Reference) -> None:
    phrase.person = hit


_TOLD: Mapping[str, Callable[[Phrase, Hit, Reference], None]] = {
    "country": _tell_country,
    "nationality": _tell_country,
    "body": _tell_body,
    "named body": _tell_body,
    "owned body": _tell_owned_body,
    "office": _tell_office,
    "position": _tell_position,
    "title": _tell_title,
    "counterpart": _tell_counterpart,
    "person": _tell_person,
}


# --- whose office it is


def _owner_before(
    hits: Sequence[Hit], position: int, reference: Reference
) -> tuple[str | None, str | None]:
    """Return the country of "the head of Kalmykia" or "the President's aide", told by the place or
    person before, and the region that is named; "the government of" a region is the region.
    """
    if kind_of(hits[position]) not in _OWNED:
        return None, None
    owner = _word_before(hits, position)
    if owner is None:
        return None, None
    if owner.value("pronoun") == "there":
        return ELSEWHERE, None
    place = owner.value("place")
    owns = owner.case == "genitive" or (place is not None and owner.case is None)
    if not owns:
        return None, None
    if owner.case is None:
        governs = kind_of(hits[position]) == "body" and place is not None
        return (_country_of(owner, reference), place) if governs else (None, None)
    return _country_of(owner, reference), place


def _word_before(hits: Sequence[Hit], position: int) -> Hit | None:
    """Return the known word right before one, everyday words passed over."""
    for back in range(position - 1, -1, -1):
        if hits[back].last != hits[back + 1].first - 1:
            return None
        if not hits[back].everyday and hits[back].value("word") != "former":
            return hits[back]
    return None


def _country_of(owner: Hit, reference: Reference) -> str | None:
    """Return the country that a word names, or that of a body, place or person of the tables."""
    if country := owner.value("country"):
        return country
    if body := owner.value("named body"):
        return reference.bodies[body].country
    if place := owner.value("place"):
        return reference.places[place].country or None
    if person := owner.value("person"):
        return reference.people[person].country
    return None
