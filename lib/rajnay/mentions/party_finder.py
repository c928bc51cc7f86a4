"""Find who is named in a sentence: phrases of known words, names that no table has, and people
called again by one word of their name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rajnay.knowledge.lexicon import Hit, Lexicon, is_native
from rajnay.knowledge.packs.words import Grammar
from rajnay.knowledge.reference import Reference
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.homelands import Homelands
from rajnay.mentions.names import NameBook, names_of
from rajnay.mentions.parties import Party, owned, share_roles, stems_of, with_role
from rajnay.mentions.phrases import OPENING, Phrase, kind_of, read_phrase
from rajnay.mentions.surroundings import NameEnds, Surroundings, is_surname
from rajnay.text.folding import fold
from rajnay.text.sentences import Sentence
from rajnay.text.tokens import Token, covered

_REGION = "region"


def party_finder(knowledge: Knowledge, lang: str) -> PartyFinder:
    """Return the finder of people of a language, built at the first call.

    Args:
        knowledge: the tables and packs.
        lang: BCP 47 code of a language that has a pack.
    """

    def build() -> PartyFinder:
        lexicon, grammar = knowledge.lexicon(lang), knowledge.packs[lang].grammar
        rows, respelling = knowledge.borrowed(lang) or ((), None)
        spoken, forenames = knowledge.kept(
            "called", lang, lambda: names_of(knowledge.names(lang), lang, rows)
        )
        coarse = respelling.skeleton if respelling else None
        names = NameBook(knowledge.reference, lexicon, spoken, coarse, forenames)
        return PartyFinder(knowledge.reference, lexicon, names, grammar)

    return knowledge.once("parties", lang, build)


class _Called(NamedTuple):
    """Whom a single word of a name calls."""

    name: str | None
    country: str | None
    office: str | None = None
    known: bool = True


class PartyFinder:
    """Finds the parties of a sentence with the names of one language."""

    def __init__(
        self,
        reference: Reference,
        lexicon: Lexicon,
        names: NameBook,
        grammar: Grammar,
    ) -> None:
        """Prepare to find.

        Args:
            reference: the tables.
            lexicon: the language's lexicon, for its endings.
            names: the names in the language.
            grammar: the language's closed classes; the names of people of its home country are
                spelled in one way only.
        """
        self._home = grammar.home
        self._joining = frozenset(fold(word) for word in grammar.joining)
        self._of_people = grammar.roles_of_people
        self._reference = reference
        self._lexicon = lexicon
        self._names = names
        self._ends = NameEnds(lexicon, names)
        self._homelands = Homelands(reference.people.values())

    def find(
        self,
        tokens: Sequence[Token],
        hits: Iterable[Hit],
        sentence: Sentence,
        taken: Collection[int],
        again: Mapping[str, Party] | None = None,
    ) -> tuple[Party, ...]:
        """Return the parties of a sentence in order.

        Args:
            tokens: all tokens of the text.
            hits: the known words of the sentence, in order.
            sentence: where to look.
            taken: indices of tokens that belong to dates.
            again: whom single words call again, by their folded key; the article names them in full
                elsewhere.
        """
        free = [
            hit for hit in hits if not (hit.first in taken or self._ends.opens_with(tokens, hit))
        ]
        around = Surroundings(
            tokens, free, sentence, taken, again or {}, [hit.first for hit in free], covered(free)
        )
        listed = share_roles(self._parties(around), tokens, self._joining, self._reference)
        return tuple(owned(listed, tokens, free))

    def _parties(self, around: Surroundings) -> Iterator[Party]:
        """Yield the parties, each with its own role, words between the phrases looked at too."""
        free, position = around.sentence.body, 0
        while hit := around.hit(position):
            yield from self._loose_names(around, free, hit.first)
            free = max(free, hit.last + 1)
            if kind_of(hit) not in OPENING:
                position += 1
                continue
            party, position = self._party(around, position)
            if party is not None:
                free = max(free, party.last + 1)
                yield party
        yield from self._loose_names(around, free, around.sentence.last + 1)

    def _party(self, around: Surroundings, position: int) -> tuple[Party | None, int]:
        """Return the party of the phrase that opens at a position, if it names one, and the
        position after it.
        """
        phrase = read_phrase(around.hits, position, around.tokens, self._reference)
        if phrase.person is not None:
            name = self._called_in_full(around, phrase.person)
            party = self._person(around, phrase, phrase.person, name)
            return self._with_forename_before(around, party, phrase.person), phrase.after
        if phrase.awaits_name:
            end = self._ends.end_after(around, phrase.last)
            surname = around.hit(phrase.after)
            if surname is not None and is_surname(surname, phrase.last.last, end):
                phrase.after += 1
                return self._with_forenames(around, phrase, surname), phrase.after
            if end > phrase.last.last:
                after = around.after(end)
                return self._with_role(self._new_name(around, phrase, end), around, after), after
        return self._nameless(around, phrase), phrase.after

    def _with_role(self, party: Party, around: Surroundings, after: int) -> Party:
        end = around.sentence.last
        return with_role(party, around.hit(after), around.tokens, end, self._of_people)

    def _person(
        self, around: Surroundings, phrase: Phrase, hit: Hit, name: str | None = None
    ) -> Party:
        """Return the person of the tables whom a known word names, the likeliest if there are
        several.
        """
        name = name or self._likeliest(hit, phrase.country, phrase.office)
        party = Party(
            phrase.start.first,
            hit.last,
            phrase.start.span.to(hit.span),
            "person",
            self._reference.people[name].country,
            name,
            phrase.office,
            hit.case or "bare",
            plural=hit.plural,
            named_from=hit.first,
            marked=hit.marked,
        )
        return self._with_role(party, around, phrase.after)

    def _with_forename_before(self, around: Surroundings, party: Party, surname: Hit) -> Party:
        """Return a person named by a known surname alone, or a namesake if a word right before it
        can only be another's forename.
        """
        before = party.first - 1
        if surname.first != party.first or before < around.sentence.body:
            return party
        if not around.unclaimed(before) or not self._names.is_forename(around.tokens[before].key):
            return party
        whole = around.tokens[before].span.to(party.span)
        longer = replace(party, first=before, span=whole, named_from=before)
        return self._unless_a_namesake(around, longer, before, surname, None)

    def _with_forenames(self, around: Surroundings, phrase: Phrase, surname: Hit) -> Party:
        """Return who is named by words after an office and a known surname: its bearer of the
        tables, or a namesake whom no table has.
        """
        first = phrase.last.last + 1
        party = replace(self._person(around, phrase, surname), named_from=first)
        return self._unless_a_namesake(around, party, first, surname, phrase.country)

    def _unless_a_namesake(
        self, around: Surroundings, party: Party, first: int, surname: Hit, country: str | None
    ) -> Party:
        """Return a party, under the name that the text gives if its forenames are another's."""
        forenames = around.words(first, surname.first - 1)
        keys = [word.key for word in forenames]
        whole = surname.first < surname.word_last
        if whole or party.name is None or self._names.bears(party.name, keys):
            return party
        found = self._names.written([*forenames, *around.words(surname.first, surname.word_last)])
        return replace(party, name=found.name, known=False, country=country or party.country)

    def _likeliest(self, hit: Hit, country: str | None, office: str | None) -> str:
        """Return the one of a country who holds or held an office, or else most offices."""
        people, offices_of = self._reference.people, self._reference.offices_of
        names = [meaning.value for meaning in hit.meanings if meaning.kind == "person"]
        fitting = [name for name in names if country in (None, people[name].country)]
        return max(
            fitting or names, key=lambda name: (office in offices_of(name), len(offices_of(name)))
        )

    # --- phrases without a name

    def _nameless(self, around: Surroundings, phrase: Phrase) -> Party | None:
        """Return the office, body or country that a phrase names, if it names one."""
        named: tuple[str, str | None, str | None] | None = None
        if phrase.head is not None:
            named = self._office(phrase)
        elif phrase.body is not None and phrase.ends_in_body:
            named = ("body", *self._body(phrase.body))
        elif _names_country(around, phrase):
            named = "country", None, None
        if named is None:
            return None
        form, name, office = named
        last = phrase.last
        party = Party(
            phrase.start.first,
            last.last,
            phrase.start.span.to(last.span),
            form,
            phrase.country,
            name,
            office,
            last.case or "bare",
            counterpart=phrase.counterpart and form == "office",
            plural=last.plural,
        )
        return self._with_role(party, around, phrase.after)

    def _office(self, phrase: Phrase) -> tuple[str, str | None, str | None] | None:
        """Return the office that a phrase names: one that many regions have by its own region's
        name; another minister of a region is nobody's of the tables, and not the state's.
        """
        office, region = phrase.office, phrase.region
        if not office and not phrase.counterpart:
            return None
        if office and region and self._reference.is_shared(office, phrase.country or ""):
            return "office", f"{office} of {region}", office
        if region and self._reference.places[region].kind == _REGION:
            return None
        return "office", None, office

    def _body(self, hit: Hit) -> tuple[str | None, str | None]:
        """Return a body's own name, if it has one, and its role; a warship stands for its navy."""
        named = hit.value("named body")
        role = self._reference.bodies[named].role if named else hit.value("body")
        return (None, "navy") if role == "warship" else (named, role)

    # --- names that no known word is

    def _new_name(self, around: Surroundings, phrase: Phrase, end: int) -> Party:
        """Return the person whose name follows an office or title, up to a token."""
        first, words = phrase.last.last + 1, around.words(phrase.last.last + 1, end)
        found = self._names.name_of(words, phrase.country, phrase.office, self._home)
        before = self._called_before(around, words[-1]) if len(words) == 1 else None
        named = found if before is None or before.name is None else before
        name, known = named.name or found.name, named.known
        country = phrase.country or self._homelands.of(name)
        return Party(
            phrase.start.first,
            end,
            phrase.start.span.to(around.tokens[end].span),
            "person",
            self._reference.people[name].country if known else country,
            name,
            phrase.office,
            found.case or "bare",
            known,
            named_from=first,
        )

    # --- people called again

    def _called_in_full(self, around: Surroundings, hit: Hit) -> str | None:
        """Return whom the article names in full elsewhere, if a known word is no more than that
        surname and may mean several.
        """
        if hit.first != hit.word_last:
            return None
        found = self._called_before(around, around.tokens[hit.first])
        return found.name if found is not None and found.known else None

    def _called_before(self, around: Surroundings, word: Token) -> Party | None:
        """Return whom the article names in full elsewhere by a word, with or without its ending."""
        if not around.again:
            return None
        stems = (word.key, *stems_of(word, self._lexicon))
        return next((around.again[stem] for stem in stems if stem in around.again), None)

    def _loose_names(self, around: Surroundings, first: int, stop: int) -> Iterator[Party]:
        """Yield the people whom single words call, from one token to before another."""
        for index in range(first, stop):
            if around.unclaimed(index):
                yield from self._loose_name(around, index)

    def _loose_name(self, around: Surroundings, index: int) -> Iterator[Party]:
        word = around.tokens[index]
        for at, role in [(len(word.key), "bare"), *self._lexicon.endings_of(word)]:
            called = self._called(around, word.key[:at])
            if called is not None:
                party = Party(
                    index,
                    index,
                    word.span,
                    "person",
                    called.country,
                    called.name,
                    called.office,
                    role,
                    called.known,
                )
                yield self._with_role(party, around, around.after(index))
                return

    def _called(self, around: Surroundings, key: str) -> _Called | None:
        """Return whom a word calls: somebody the article names in full, or a foreigner of the
        tables whose surname sounds like it.
        """
        again = around.again.get(key)
        if again is not None:
            return _Called(again.name, again.country, again.office, again.known)
        name = self._names.alike(key)
        country = self._reference.people[name].country if name else self._home
        return None if country == self._home else _Called(name, country)


def _names_country(around: Surroundings, phrase: Phrase) -> bool:
    """Return whether a phrase ends in a country; a nationality counts only where a list begins
    ("Russian and Indian ...", "Russian, Indian ...").
    """
    last, following = phrase.last, around.hit(phrase.after)
    if phrase.country is None or last.value("country"):
        return phrase.country is not None
    if not last.value("nationality") or following is None:
        return False
    if following.value("nationality"):
        return following.first == last.last + 2 and not is_native(around.tokens[last.last + 1])
    return following.value("word") == "joining" and following.first == last.last + 1
