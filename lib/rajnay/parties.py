"""Who is meant: noun phrases of country, office, title and name, with the role their endings and postpositions give."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rajnay.folding import consonants, fold, is_indic
from rajnay.lexicon import Hit, Lexicon, is_native
from rajnay.models import Span
from rajnay.reference import Reference
from rajnay.sentences import Sentence
from rajnay.tokens import Token, tokenise
from rajnay.transliterate import transliterate

_OPENING = frozenset({"country", "nationality", "office", "position", "title", "person", "body", "named body", "counterpart"})
_NAMED = frozenset({"office", "position", "title", "counterpart"})
_COARSE = 4
# How much of a spelling must agree beside the consonants: less after a title, more where nothing else says that it is a name.
_AKIN = 0.7
_ALIKE = 0.8
_SHORTEST_SURNAME = 4
_LONGEST_NAME = 6
_INITIAL = 2
_LONGEST_QUALIFIER = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that names somebody: tokens ``first`` to ``last``.

    ``form`` is person, office, body or country; ``name`` the English name of record where there is one (a transliteration when
    ``known`` is false); ``role`` subject, dative, genitive, comitative, between, led, invited, instrument or another case's name; ``listed`` says that it is one of a
    list, ``joined`` that another member follows.
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

    @property
    def label(self) -> str:
        """What tells the party from others: the name, or else the office or role."""
        return self.name or f"{self.office or self.form}"


def party_name(party: Party, reference: Reference) -> str | None:
    """Return the English name by which a resolved party goes into a record: its own, its office's or its body's."""
    if party.name or party.country not in reference.countries or party.office is None:
        return party.name
    if party.form == "body":
        return reference.body_name(party.office, party.country)
    return f"{party.office} of {reference.countries[party.country].name_en}" if party.form == "office" else None


class PartyFinder:
    """Finds the parties of a sentence with the names of one language."""

    def __init__(self, reference: Reference, lexicon: Lexicon, lang: str, joining: Iterable[str], home: str) -> None:
        """Prepare the coarse keys under which misspelt names are recognised.

        Args:
            reference: the tables.
            lexicon: the language's lexicon, for its endings.
            lang: BCP 47 code.
            joining: the words for "and".
            home: the country whose people's names are spelled in one way only.
        """
        self._home = home
        self._aliases: Mapping[str, Party] = {}
        self._joining = frozenset(fold(word) for word in joining)
        self._reference = reference
        self._lexicon = lexicon
        self._surnames: dict[str, set[str]] = defaultdict(set)
        self._spoken: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[str, str] = {}
        for person in reference.people.values():
            english = person.name.replace(".", " ").split()
            for form in getattr(person, lang):
                words = [token for token in tokenise(form, lang) if token.kind == "word"]
                self._surnames[consonants(words[-1].key)].add(person.name)
                self._spoken[person.name].add(words[-1].key)
                if len(words) == len(english):
                    self._parts.update({consonants(word.key): latin for word, latin in zip(words, english, strict=True) if len(latin) > 2})
            for form in getattr(person, lang + "_short"):
                if " " not in form:
                    self._surnames[consonants(fold(form))].add(person.name)
                    self._spoken[person.name].add(fold(form))

    def find(
        self, tokens: Sequence[Token], hits: Sequence[Hit], sentence: Sentence, taken: Collection[int], aliases: Mapping[str, Party] | None = None
    ) -> tuple[Party, ...]:
        """Return the parties of a sentence in order.

        Args:
            tokens: all tokens of the text.
            hits: the known words of the text.
            sentence: where to look.
            taken: indices of tokens that belong to dates.
            aliases: surnames of people that the article names in full elsewhere, by the folded key.
        """
        self._aliases = aliases or {}
        inside = [hit for hit in hits if sentence.body <= hit.first and hit.last <= sentence.last and hit.first not in taken]
        parties = list(self._phrases(tokens, inside, sentence, taken))
        return tuple(_share_roles(parties, tokens, self._joining))

    def _phrases(self, tokens: Sequence[Token], hits: list[Hit], sentence: Sentence, taken: Collection[int]) -> Iterator[Party]:
        index = 0
        by_start = {hit.first: position for position, hit in enumerate(hits)}
        free = sentence.body
        covered = {token for hit in hits for token in range(hit.first, hit.last + 1)}
        while index < len(hits):
            for loose in range(free, hits[index].first):
                yield from self._loose_name(tokens, loose, taken, hits, covered)
            free = max(free, hits[index].last + 1)
            if _kind(hits[index]) in _OPENING:
                party, index = self._phrase(tokens, hits, index, sentence, taken, by_start, covered)
                if party is not None:
                    free = max(free, party.last + 1)
                    yield party
            else:
                index += 1
        for loose in range(free, sentence.last + 1):
            yield from self._loose_name(tokens, loose, taken, hits, covered)

    def _phrase(
        self,
        tokens: Sequence[Token],
        hits: list[Hit],
        index: int,
        sentence: Sentence,
        taken: Collection[int],
        by_start: dict[int, int],
        covered: Collection[int],
    ) -> tuple[Party | None, int]:
        start = hits[index]
        country = self._country_before(hits, index)
        body = office = None
        counterpart = False
        last = start
        head: Hit | None = None
        while True:
            hit, kind = hits[index], _kind(hits[index])
            last = hit
            if kind in ("country", "nationality"):
                country = hit.value(kind)
            elif kind in ("body", "named body"):
                body = hit
                named_body = hit.value("named body")
                country = self._reference.bodies[named_body].country if named_body else country
            elif kind == "office":
                office, head = hit.value("office"), hit
            elif kind in ("position", "title"):
                head = hit
                office = office if kind == "title" else None
            elif kind == "counterpart":
                counterpart, head = True, hit
            elif kind == "person":
                name = self._choose(hit, country, office)
                after = index + 1
                return self._finish(tokens, hits, after, start, hit, "person", name, country, office, counterpart=False), after
            index += 1
            following = hits[index] if index < len(hits) else None
            if following is None or not _continues(hit, kind, following, tokens):
                break
            if kind in ("country", "nationality") and _kind(following) in ("country", "nationality"):
                break
            if office is not None and following.value("office") == office and not _in_brackets(following, tokens):
                break
            if office is not None and country is not None and (named := following.value("person")) and self._reference.people[named].country != country:
                break
        if head is not None and head is last and head.case is None:
            end = self._unknown_name(tokens, last, sentence, taken, covered, head)
            if end > last.last:
                name, known, case = self._name_of(tokens, last.last + 1, end, country)
                after = next((position for position, hit in enumerate(hits) if hit.first > end), len(hits))
                span = Span(start.span.start, tokens[end].span.end)
                country = self._reference.people[name].country if known else country
                return self._role(Party(start.first, end, span, "person", country, name, office, case or "bare", known), tokens, hits, after), after
        if head is not None:
            form = "office" if office or counterpart else None
            if form is None:
                return None, index
            return self._finish(tokens, hits, index, start, last, form, None, country, office, counterpart), index
        if body is not None and last is body:
            named = body.value("named body")
            role = self._reference.bodies[named].role if named else body.value("body")
            if role == "delegation" and country is None:
                return None, index
            if role == "warship":
                named, role = None, "navy"
            return self._finish(tokens, hits, index, start, last, "body", named, country, role, counterpart=False), index
        opens_list = index < len(hits) and hits[index].value("word") == "joining" and hits[index].first == last.last + 1
        if country is not None and (last.value("country") or (last.value("nationality") and opens_list)):
            return self._finish(tokens, hits, index, start, last, "country", None, country, None, counterpart=False), index
        return None, index

    def _country_before(self, hits: list[Hit], index: int) -> str | None:
        """Return the country of "the head of Kalmykia" or "the President's aide", told by the place or person before."""
        if _kind(hits[index]) not in ("office", "position", "title"):
            return None
        back = index - 1
        while back >= 0 and hits[back].value("word") == "common" and hits[back].last == hits[back + 1].first - 1:
            back -= 1
        before = hits[back] if back >= 0 and hits[back].case == "genitive" and hits[back].last == hits[back + 1].first - 1 else None
        if before is None:
            return None
        place, person = before.value("place"), before.value("person")
        return (self._reference.places[place].country or None) if place else self._reference.people[person].country if person else None

    def _finish(
        self, tokens: Sequence[Token], hits: list[Hit], after: int, start: Hit, last: Hit, form: str, name: str | None, country: str | None, office: str | None, counterpart: bool
    ) -> Party:  # fmt: skip
        if form == "person" and name is not None:
            country = self._reference.people[name].country
        party = Party(start.first, last.last, Span(start.span.start, last.span.end), form, country, name, office, last.case or "bare", True, counterpart, plural=last.plural)
        return self._role(party, tokens, hits, after)

    def _role(self, party: Party, tokens: Sequence[Token], hits: list[Hit], after: int) -> Party:
        following = hits[after] if after < len(hits) else None
        gap = tokens[party.last + 1 : following.first] if following is not None else ()
        if following is not None and all(token.kind == "mark" and token.surface in "()\"'”’" or not is_native(token) for token in gap):
            post = following.value("post")
            if post is not None and (party.role in ("bare", "plural", "honorific") or post in ("comitative", "between", "led", "invited", "residence", "instrument")):
                return replace(party, role=post)
        role = {"ergative": "subject", "honorific": "bare", "plural": "bare"}.get(party.role, party.role)
        return replace(party, role=role)

    def _choose(self, hit: Hit, country: str | None, office: str | None) -> str:
        names = [meaning.value for meaning in hit.meanings if meaning.kind == "person"]
        fitting = [name for name in names if country is None or self._reference.people[name].country == country] or names
        return max(fitting, key=lambda name: (office in self._reference.offices_of(name), len(self._reference.offices_of(name))))

    def _unknown_name(self, tokens: Sequence[Token], last: Hit, sentence: Sentence, taken: Collection[int], covered: Collection[int], head: Hit) -> int:
        end = last.last
        while end < sentence.last and end - last.last < _LONGEST_NAME:
            token = tokens[end + 1]
            initial = token.surface == "." and end > last.last and len(tokens[end].surface) <= _INITIAL
            initial = initial or (end + 2 <= sentence.last and tokens[end + 2].surface == "." and len(token.surface) <= _INITIAL and is_native(token))
            if not initial and (token.kind != "word" or not is_native(token) or end + 1 in taken or (end + 1 in covered)):
                break
            end += 1
            if len(token.key) > 3 and any(role in ("dative", "genitive", "ergative") for _, role in self._lexicon.endings_of(token)[:1]) and self._closes(tokens, end, covered):
                break
        words = [token for token in tokens[last.last + 1 : end + 1] if token.kind == "word"]
        if not words or all(len(word.surface) <= 2 for word in words):
            return last.last
        familiar = any(self._familiar(word) for word in words)
        titled = head.value("title") is not None or head.value("position") is not None
        return end if familiar or len(words) >= 2 or (titled and len(words[0].key) > 3 and bool(self._lexicon.endings_of(words[-1]))) else last.last

    def _closes(self, tokens: Sequence[Token], end: int, covered: Collection[int]) -> bool:
        word = tokens[end]
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        ending = next((role for _, role in self._lexicon.endings_of(word)), None)
        return ending in ("dative", "genitive") or following is None or following.kind != "word" or end + 1 in covered or not self._familiar(following)

    def _familiar(self, word: Token) -> bool:
        keys = [word.key, *(word.key[:at] for at, _ in self._lexicon.endings_of(word))]
        return any(consonants(key) in self._parts or consonants(key) in self._surnames for key in keys if len(consonants(key)) >= 3)

    def _name_of(self, tokens: Sequence[Token], first: int, last: int, country: str | None) -> tuple[str, bool, str | None]:
        """Return a person's name of record, or a transliteration, whether it is known, and the case of its ending."""
        words = [token for token in tokens[first : last + 1] if token.kind == "word"]
        for at, role in [*self._lexicon.endings_of(words[-1]), (len(words[-1].key), None)]:
            known = self.lookup(words[-1].key[:at], country, [word.key for word in words[:-1]])
            if known and self._sounds_like(words[-1].key[:at], known, _AKIN):
                return known, True, role
        case: str | None = None
        last_word, stem = words[-1], words[-1].surface
        for at, role in self._lexicon.endings_of(last_word):
            if role in ("dative", "genitive", "ergative", "comitative", "locative"):
                case = role
                stem = stem[: last_word.sources[at] - last_word.span.start]
                break
        latin = [self._parts.get(consonants(word.key)) or transliterate(word.surface) for word in words[:-1]]
        tail = self._parts.get(consonants(fold(stem))) if len(consonants(fold(stem))) >= 3 else None
        return " ".join([*latin, tail or transliterate(stem)]), False, case

    @functools.lru_cache(maxsize=4096)  # noqa: B019
    def _candidates(self, key: str) -> frozenset[str]:
        coarse = consonants(key)
        return frozenset(self._surnames.get(coarse, ())) if len(coarse) >= _COARSE else frozenset()

    def lookup(self, key: str, country: str | None, forenames: Sequence[str]) -> str | None:
        """Return the person whose surname has the same consonants, if there is but one such in the country."""
        names = [name for name in self._candidates(key) if country is None or self._reference.people[name].country == country]
        if forenames and len(names) > 1:
            latin = {self._parts.get(consonants(forename)) for forename in forenames}
            names = [name for name in names if latin & set(name.split())] or names
        return names[0] if len(names) == 1 else None

    def _sounds_like(self, key: str, name: str, least: float) -> bool:
        return any(SequenceMatcher(None, key, known).ratio() >= least for known in self._spoken[name])

    def _loose_name(self, tokens: Sequence[Token], index: int, taken: Collection[int], hits: Sequence[Hit], covered: Collection[int]) -> Iterator[Party]:
        word = tokens[index]
        if index in taken or index in covered or not is_native(word) or not is_indic(word.surface[0]):
            return
        for at, role in [(len(word.key), "bare"), *self._lexicon.endings_of(word)]:
            alias = self._aliases.get(word.key[:at])
            if alias is not None:
                after = next((position for position, hit in enumerate(hits) if hit.first > index), len(hits))
                party = Party(index, index, word.span, "person", alias.country, alias.name, alias.office, role, alias.known)
                yield self._role(party, tokens, list(hits), after)
                return
            name = self.lookup(word.key[:at], None, ())
            if name is not None and self._reference.people[name].country != self._home and self._sounds_like(word.key[:at], name, _ALIKE):
                party = Party(index, index, word.span, "person", self._reference.people[name].country, name, None, role)
                after = next((position for position, hit in enumerate(hits) if hit.first > index), len(hits))
                yield self._role(party, tokens, list(hits), after)
                return


def surnames(tokens: Sequence[Token], parties: Iterable[Party], lexicon: Lexicon) -> dict[str, Party]:
    """Return the last word of each full name in a text, with and without its ending, and whom it means.

    Args:
        tokens: all tokens of the text.
        parties: the parties found in it.
        lexicon: the language's lexicon, for its endings.
    """
    found: dict[str, Party] = {}
    for party in parties:
        words = [token for token in tokens[party.first : party.last + 1] if is_native(token)]
        if party.form == "person" and party.name is not None and len(words) > 1:
            last = words[-1]
            stems = [last.key[:at] for at, _ in lexicon.endings_of(last)] if party.role not in ("bare", "between", "comitative") else [last.key]
            for stem in stems:
                if len(stem) >= _SHORTEST_SURNAME:
                    found.setdefault(stem, party)
    return found


def _kind(hit: Hit) -> str:
    kinds = [meaning.kind if meaning.kind != "pronoun" else meaning.value for meaning in hit.meanings]
    return next((kind for kind in ("person", "office", "title", "position", "named body", "body", "country", "nationality", "counterpart") if kind in kinds), kinds[0])


def _continues(hit: Hit, kind: str, following: Hit, tokens: Sequence[Token]) -> bool:
    after = _kind(following)
    gap = tokens[hit.last + 1 : following.first]
    if any(token.kind != "mark" or token.surface not in "-–.()" for token in gap) or after not in _OPENING:
        return False
    if kind in ("country", "nationality"):
        return hit.case in (None, "genitive") and (kind == "nationality" or hit.case == "genitive" or after in ("office", "person", "title", "position"))
    if kind in ("body", "named body"):
        return hit.case == "genitive" and after in ("office", "position", "title", "body")
    if hit.case == "genitive" and kind == "office":
        return after in ("position", "office") and after != "person"
    return hit.case is None and after in ("office", "position", "title", "person")


def _in_brackets(hit: Hit, tokens: Sequence[Token]) -> bool:
    return hit.first > 0 and tokens[hit.first - 1].surface == "("


def _share_roles(parties: list[Party], tokens: Sequence[Token], joining: Collection[str]) -> list[Party]:
    """Mark the members of a list ("A, B and C's") and give each bare one the role that the last one's ending gives."""
    shared: list[Party] = []
    for party in reversed(parties):
        if shared and party.role == "bare" and shared[0].role not in ("invited", "residence"):
            gap = tokens[party.last + 1 : shared[0].first]
            words = [token for token in gap if token.kind == "word"]
            if 0 < len(gap) <= 2 and all(word.key in joining for word in words) and all(token.surface in ",-–—/&" for token in gap if token not in words):
                head = _head(shared, tokens)
                party = replace(party, role=shared[head].role, joined=True, listed=True)
                shared[head] = replace(shared[head], listed=True)
        shared.insert(0, party)
    return shared


def _head(parties: list[Party], tokens: Sequence[Token]) -> int:
    """Return which of the parties that follow is the one meant: "of the country's house" only qualifies the speaker after it."""
    head = 0
    while head + 1 < len(parties) and parties[head].role == "genitive" and parties[head].form in ("country", "body"):
        gap = tokens[parties[head].last + 1 : parties[head + 1].first]
        if len(gap) > _LONGEST_QUALIFIER or any(token.kind == "mark" for token in gap):
            break
        head += 1
    return head
