"""Who is meant, and in what role: the value that names somebody, the role that endings,
postpositions and lists give, and the names by which an article calls people again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from rajnay.knowledge.lexicon import Hit, Lexicon, is_native
from rajnay.knowledge.reference import Reference
from rajnay.models import Span
from rajnay.text.punctuation import COMMAS
from rajnay.text.tokens import Token, covered

# No shorter word calls somebody again.
SHORTEST_STEM = 3
_LONGEST_QUALIFIER = 6
_LONGEST_JOINT = 2
# Cases that a name may have without its last letters being an ending.
_UNENDED = frozenset({"bare", "between", "comitative"})
# What an ending gives that is no role by itself.
_ROLE_OF_CASE = {
    "ergative": "subject",
    "honorific": "bare",
    "plural": "bare",
    "emphatic": "bare",
    "joining": "bare",
}
# Cases that leave the role to the postposition after them.
_OPEN_CASES = frozenset({"bare", "plural", "honorific", "emphatic", "joining"})
# Postpositions that say more than any ending before them.
_STRONG_POSTS = frozenset({"comitative", "between", "led", "invited", "residence", "instrument"})
# Roles that the last of a list has alone.
_UNSHARED = frozenset({"invited", "residence"})
_LIST_MARKS = frozenset("-–—/&") | COMMAS


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that names somebody: tokens ``first`` to ``last``.

    ``form`` is person, office, body or country; ``name`` the English name of record where there is
    one (a transliteration when ``known`` is false); ``role`` subject, dative, genitive, comitative,
    between, led, invited, instrument or another case's name; ``named_from`` is the token that a
    person's own name begins with; ``marked`` are the case markers that its last tokens are;
    ``listed`` says that it is one of a list, ``joined`` that another member follows.
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
    coordinated: bool = False
    plural: bool = False
    named_from: int | None = None
    marked: int = 0

    def understood(self) -> Party:
        """Return the party as one that the text leaves to be understood."""
        return replace(self, role="understood")

    @property
    def label(self) -> str:
        """What tells the party from others: the name, or else the office or role."""
        return self.name or f"{self.office or self.form}"

    @property
    def in_full(self) -> bool:
        """Whether the article names the person by more than one word."""
        return self.named_from is not None and self.named_from < self.last - self.marked


def party_name(party: Party, reference: Reference) -> str | None:
    """Return the English name by which a resolved party goes into a record.

    Args:
        party: whom the text names.
        reference: the tables, for the names of countries and bodies.

    Returns:
        The party's own name, its office's or its body's; None if nothing tells it.
    """
    if party.name or party.country not in reference.countries or party.office is None:
        return party.name
    if party.form == "body":
        return reference.body_name(party.office, party.country)
    country = reference.countries[party.country].name
    return f"{party.office} of {country}" if party.form == "office" else None


def with_role(
    party: Party,
    following: Hit | None,
    tokens: Sequence[Token],
    end: int,
    of_people: Mapping[str, str],
) -> Party:
    """Return a party with the role that its ending or the postposition after it gives; an owner at
    the very end owns nothing: it is who acts ("talks with B today, A's").

    Args:
        party: a party whose role is still the case of its ending.
        following: the known word after it, if any.
        tokens: all tokens of the text.
        end: the last token of the sentence.
        of_people: roles that mean another for people ("from" somebody who is met is "with").
    """
    if party.role == "joining":
        party = replace(party, coordinated=True)
    post = following.value("post") if following and _reaches(party, following, tokens) else None
    if post is not None and (party.role in _OPEN_CASES or post in _STRONG_POSTS):
        party = replace(party, role=post)
    role = _ROLE_OF_CASE.get(party.role, party.role)
    if party.form != "country":
        role = of_people.get(role, role)
        ends = all(token.kind == "mark" for token in tokens[party.last + 1 : end + 1])
        role = "bare" if role == "genitive" and ends else role
    return party if role == party.role else replace(party, role=role)


def _reaches(party: Party, following: Hit, tokens: Sequence[Token]) -> bool:
    """Return whether nothing but marks, numbers and foreign words part a party from a word; a mark
    of no letters keeps them apart.
    """
    between = tokens[party.last + 1 : following.first]
    return not any(is_native(token) or token.span.start == token.span.end for token in between)


def share_roles(
    parties: Iterable[Party],
    tokens: Sequence[Token],
    joining: Collection[str],
    reference: Reference,
) -> tuple[Party, ...]:
    """Mark the members of a list, and give each bare one the role that the last one's ending gives
    ("A, B and C's").

    Args:
        parties: the parties of a sentence in order, each with its own role.
        tokens: all tokens of the text.
        joining: folded keys of the words for "and".
        reference: the tables, for who held which office.

    Returns:
        The parties in the same order, without offices that are only further ones of the person
        named right after them ("the vice president and trade minister A").
    """
    after: list[Party] = []  # The last party first, so that each new one is put at the end.
    for party in reversed(list(parties)):
        if after and _is_listed(party, after[-1], tokens, joining):
            head = _head(after, tokens)
            party = replace(party, role=after[head].role, joined=True, listed=True)
            after[head] = replace(after[head], listed=True)
        after.append(party)
    listed = after[::-1]
    return tuple(
        party
        for party, following in zip_longest(listed, listed[1:])
        if following is None or not _is_his_too(party, following, reference)
    )


def _is_listed(
    party: Party, following: Party, tokens: Sequence[Token], joining: Collection[str]
) -> bool:
    """Return whether a bare party is joined to the one after it by a comma, a dash or "and"."""
    if party.role != "bare" or following.role in _UNSHARED:
        return False
    if following.role == "instrument" and following.form == "country" != party.form:
        return False  # "A and B, and from the side of the other country C"
    gap = tokens[party.last + 1 : following.first]
    if not gap:
        return party.coordinated and following.coordinated
    return len(gap) <= _LONGEST_JOINT and all(
        token.key in joining if token.kind == "word" else token.surface in _LIST_MARKS
        for token in gap
    )


def _head(parties: Sequence[Party], tokens: Sequence[Token]) -> int:
    """Return the index of the party meant among those that follow, the nearest of them last: "of
    the country's house" only qualifies the speaker after it.
    """
    head = len(parties) - 1
    while head > 0 and _qualifies(parties[head], parties[head - 1], tokens):
        head -= 1
    return head


def _qualifies(owner: Party, owned: Party, tokens: Sequence[Token]) -> bool:
    """Return whether a country or body in the genitive belongs to the party soon after it."""
    if owner.role != "genitive" or owner.form not in ("country", "body"):
        return False
    gap = tokens[owner.last + 1 : owned.first]
    return len(gap) <= _LONGEST_QUALIFIER and not any(
        token.kind == "mark" and token.surface != "-" for token in gap
    )


def _sides_told(parties: Iterable[Party], hits: Sequence[Hit]) -> Iterator[tuple[int, str | None]]:
    """Yield the tokens at which a side is told, with its country: "for India A", "the head of the
    Indian delegation A", "on the Russian side B".
    """
    for party in parties:
        if (party.form, party.role) == ("country", "instrument"):
            yield party.last, party.country
    for hit, after in pairwise(hits):
        group = after.value("noun") == "delegation" or after.value("word") == "sides"
        if group and hit.value("nationality") and hit.last + 1 == after.first:
            yield after.last, hit.value("nationality")


def owned(
    parties: Iterable[Party], tokens: Sequence[Token], hits: Iterable[Hit]
) -> Iterator[Party]:
    """Yield parties, one of no known country with that of the country that owns it ("Russia's
    Buryatia republic's tourism minister A") or whose side it is named for.

    Args:
        parties: the parties of a sentence in order.
        tokens: all tokens of the text.
        hits: the known words of the sentence; a verb parts what it stands between.
    """
    hits, parties = list(hits), list(parties)
    verbs = [hit.first for hit in hits if hit.value("verb")]
    sides = dict(_sides_told(parties, hits))
    owner: Party | None = None
    for party in parties:
        side = max((at for at in sides if at < party.first), default=None)
        if party.form == "country":
            owner = party
        elif side is not None and party.country is None and party.form == "person":
            apart = any(side < verb < party.first for verb in verbs)
            party = party if apart else replace(party, country=sides[side])
        elif owner is not None and party.country is None and not party.counterpart:
            apart = any(owner.last < verb < party.first for verb in verbs)
            if _qualifies(owner, party, tokens) and not apart:
                party = replace(party, country=owner.country)
        yield party


def _is_his_too(party: Party, following: Party, reference: Reference) -> bool:
    """Return whether an office is another one of the person named after it."""
    if party.form != "office" or not party.joined or following.form != "person":
        return False
    if not following.known or following.office is None or party.country != following.country:
        return False
    return party.office in reference.offices_of(following.name or "")


def names_again(
    tokens: Sequence[Token], parties: Iterable[Party], lexicon: Lexicon, hits: Iterable[Hit]
) -> dict[str, Party]:
    """Return the words by which an article may call people again whom it has named in full.

    Args:
        tokens: all tokens of the text.
        parties: the parties found in it.
        lexicon: the language's lexicon, for its endings.
        hits: the known words of the text; a forename that is part of another name ("Victory Day")
            is left out.

    Returns:
        Whom each word means, by its folded key: the last word of each name, with and without its
        ending, and the first, unless several people bear it.
    """
    named = [party for party in parties if party.form == "person" and party.name is not None]
    in_full = [party for party in named if party.in_full]
    compounds = covered(hit for hit in hits if hit.last > hit.first and hit.value("person") is None)
    ambiguous = {tokens[index].key for index in compounds}
    found: dict[str, Party] = {}
    bearers: dict[str, set[str | None]] = defaultdict(set)
    for party in in_full:
        _note(found, _surname_stems(party, tokens, lexicon), party)
    for party in in_full:
        stems = _forename_stems(party, tokens, lexicon) - ambiguous
        _note(found, stems, party)
        for stem in stems:
            bearers[stem].add(party.name)
    for party in named:
        _note(found, _surname_stems(party, tokens, lexicon), party)
    return {stem: party for stem, party in found.items() if len(bearers[stem]) <= 1}


def _note(found: dict[str, Party], stems: Iterable[str], party: Party) -> None:
    """Let words mean a party, unless they mean somebody already."""
    for stem in stems:
        found.setdefault(stem, party)


def _surname_stems(party: Party, tokens: Sequence[Token], lexicon: Lexicon) -> list[str]:
    """Return the keys that the last word of a name of several words may have."""
    named = tokens[party.first : party.last - party.marked + 1]
    words = [token for token in named if is_native(token)]
    if len(words) < 2:
        return []
    surname = words[-1]
    ended = [] if party.role in _UNENDED else stems_of(surname, lexicon)
    stems = ended or [surname.key]
    return [stem for stem in stems if len(stem) >= SHORTEST_STEM]


def _forename_stems(party: Party, tokens: Sequence[Token], lexicon: Lexicon) -> set[str]:
    """Return the keys that the first word of a person's own name may have."""
    forename = tokens[party.named_from or party.first]
    stems = {forename.key, *stems_of(forename, lexicon, "honorific")}
    return {stem for stem in stems if len(stem) > SHORTEST_STEM}


def stems_of(word: Token, lexicon: Lexicon, *roles: str) -> list[str]:
    """Return a word's key without each of its possible endings, the longest ending first.

    Args:
        word: a word of the text.
        lexicon: the language's lexicon, for its endings.
        roles: the roles that an ending may give; none named for any.
    """
    return [word.key[:at] for at, role in lexicon.endings_of(word) if not roles or role in roles]
