"""Who is meant: a noun phrase of country, office, title and name, with the role its ending or
postposition gives.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from rajnay.knowledge.lexicon import Hit, Lexicon, is_native
from rajnay.knowledge.reference import Reference
from rajnay.models import Span
from rajnay.text.tokens import Token, covered

_SHORTEST_SURNAME = 3
_LONGEST_QUALIFIER = 6


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that names somebody: tokens ``first`` to ``last``.

    ``form`` is person, office, body or country; ``name`` the English name of record where there is
    one (a transliteration when ``known`` is false); ``role`` subject, dative, genitive, comitative,
    between, led, invited, instrument or another case's name; ``named_from`` is the token that a
    person's own name begins with; ``listed`` says that it is one of a list, ``joined`` that another
    member follows.
    """

    first: int
    last: int
    span: Span
    form: str
    country: str | None
    name: str | None = None
    office: str | None = None
    role: str = "bare"
    known: bool = True
    counterpart: bool = False
    joined: bool = False
    listed: bool = False
    plural: bool = False
    named_from: int | None = None

    def understood(self) -> Party:
        """Return the party as one that the text leaves to be understood."""
        return replace(self, role="understood")

    @property
    def label(self) -> str:
        """What tells the party from others: the name, or else the office or role."""
        return self.name or f"{self.office or self.form}"


def party_name(party: Party, reference: Reference) -> str | None:
    """Return the English name by which a resolved party goes into a record: its own, its office's
    or its body's.
    """
    if party.name or party.country not in reference.countries or party.office is None:
        return party.name
    if party.form == "body":
        return reference.body_name(party.office, party.country)
    return (
        f"{party.office} of {reference.countries[party.country].name}"
        if party.form == "office"
        else None
    )


def surnames(
    tokens: Sequence[Token], parties: Iterable[Party], lexicon: Lexicon, hits: Iterable[Hit]
) -> dict[str, Party]:
    """Return the last word of each full name in a text, with and without its ending, and the first,
    and whom it means.

    Args:
        tokens: all tokens of the text.
        parties: the parties found in it.
        lexicon: the language's lexicon, for its endings.
        hits: the known words of the text; a forename that is part of another name ("Victory Day")
            is left out.
    """
    compounds = covered(hit for hit in hits if hit.last > hit.first and hit.value("person") is None)
    ambiguous = {tokens[index].key for index in compounds}
    found: dict[str, Party] = {}
    forenames: dict[str, set[str]] = {}
    named = [party for party in parties if party.form == "person" and party.name is not None]
    in_full = [
        party for party in named if party.named_from is not None and party.named_from < party.last
    ]

    def note_surname(party: Party) -> None:
        words = [token for token in tokens[party.first : party.last + 1] if is_native(token)]
        ended = party.role not in ("bare", "between", "comitative")
        for stem in (
            (_stems(words[-1], lexicon) if ended else [words[-1].key]) if len(words) > 1 else []
        ):
            if len(stem) >= _SHORTEST_SURNAME:
                found.setdefault(stem, party)

    for party in in_full:
        note_surname(party)
    for party in in_full:
        forename = tokens[party.named_from or party.first]
        for stem in (forename.key, *_stems(forename, lexicon, "honorific")):
            if len(stem) > _SHORTEST_SURNAME and stem not in ambiguous:
                forenames.setdefault(stem, set()).add(party.name or "")
                found.setdefault(stem, party)
    for party in named:
        note_surname(party)
    shared = {stem for stem, names in forenames.items() if len(names) > 1}
    return {stem: party for stem, party in found.items() if stem not in shared}


def _stems(word: Token, lexicon: Lexicon, *roles: str) -> list[str]:
    return [word.key[:at] for at, role in lexicon.endings_of(word) if not roles or role in roles]


def share_roles(
    parties: list[Party], tokens: Sequence[Token], joining: Collection[str]
) -> list[Party]:
    """Mark the members of a list ("A, B and C's") and give each bare one the role that the last
    one's ending gives.
    """
    shared: list[Party] = []
    for party in reversed(parties):
        if shared and party.role == "bare" and shared[0].role not in ("invited", "residence"):
            gap = tokens[party.last + 1 : shared[0].first]
            words = [token for token in gap if token.kind == "word"]
            if (
                0 < len(gap) <= 2
                and all(word.key in joining for word in words)
                and all(token.surface in ",-–—/&" for token in gap if token not in words)
            ):
                head = _head(shared, tokens)
                party = replace(party, role=shared[head].role, joined=True, listed=True)
                shared[head] = replace(shared[head], listed=True)
        shared.insert(0, party)
    return shared


def _head(parties: list[Party], tokens: Sequence[Token]) -> int:
    """Return which of the parties that follow is the one meant: "of the country's house" only
    qualifies the speaker after it.
    """
    head = 0
    while (
        head + 1 < len(parties)
        and parties[head].role == "genitive"
        and parties[head].form in ("country", "body")
    ):
        gap = tokens[parties[head].last + 1 : parties[head + 1].first]
        if len(gap) > _LONGEST_QUALIFIER or any(
            token.kind == "mark" and token.surface != "-" for token in gap
        ):
            break
        head += 1
    return head
