"""People's names as papers spell them: known by the consonants where the vowels vary, else written
out in Latin letters.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple, TypeVar

from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs.names import Names
from rajnay.knowledge.reference import Reference
from rajnay.text.folding import consonants, fold
from rajnay.text.tokens import Token, tokenise
from rajnay.text.transliteration import transliterate

Key = TypeVar("Key")

_COARSE = 4
_SHORTEST_PART = 3
_SHORTEST_LATIN = 2
_LONGEST_INITIAL = 2
# How much of a spelling must agree beside the consonants: less after a title, more where nothing
# else says that it is a name.
_AKIN = 0.7
_ALIKE = 0.8
_SURE = 0.85
_SHORT_I = "VOWEL SIGN I"
# Endings that a name in no table is surely written without.
_SURE_CASES = frozenset({"dative", "genitive", "ergative", "comitative", "locative"})


class NamedPerson(NamedTuple):
    """How a name goes into a record: the name of record, or a transliteration if the person is not
    ``known``, and the case that its ending gives.
    """

    name: str
    known: bool
    case: str | None


# By person, the folded words of each form of the full name, and the folded short forms of one word.
Spoken = Mapping[str, tuple[Sequence[Sequence[str]], Sequence[str]]]


def names_of(
    names: Names, lang: str, borrowed: Iterable[Sequence[str]] = ()
) -> tuple[Spoken, dict[str, str]]:
    """Return the folded words of everybody's names in a language, and its forenames of nobody in
    particular with their Latin spelling.

    Args:
        names: the language's own tables.
        lang: BCP 47 code, for the normaliser.
        borrowed: names of other languages: the keys of the words, class and name of record.
    """

    def keys(form: str) -> list[str]:
        return [token.key for token in tokenise(form, lang) if token.kind == "word"]

    spoken: dict[str, tuple[list[list[str]], list[str]]] = {
        name: (
            [words for form in known.full if (words := keys(form))],
            [fold(form) for form in known.short if " " not in form],
        )
        for name, known in names.people.items()
    }
    for spelt, kind, name in borrowed:
        if kind == "person":
            full, short = spoken.setdefault(name, ([], []))
            if " " in spelt:
                full.append(spelt.split())
            else:
                short.append(spelt)
    return spoken, names.folded_forenames


class NameBook:
    """The names of the reference tables in one language, to recognise other spellings and to write
    unknown names.
    """

    def __init__(
        self,
        reference: Reference,
        lexicon: Lexicon,
        spoken: Spoken,
        coarse: Callable[[str], str] | None = None,
        forenames: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare the coarse keys.

        Args:
            reference: the tables.
            lexicon: the language's lexicon, for its endings.
            spoken: the folded words of everybody's names in the language.
            coarse: the coarser key of a language that takes names from others; a word alone must
                then be longer and nearer to one.
            forenames: the folded forenames of nobody in particular, with their Latin spelling.
        """
        self._others = forenames or {}
        self._reference = reference
        self._lexicon = lexicon
        self._coarse = coarse or consonants
        self._shortest, self._sure = (_COARSE + 1, _SURE) if coarse else (_COARSE, _ALIKE)
        surnames: dict[str, set[str]] = defaultdict(set)
        whole: dict[str, set[str]] = defaultdict(set)
        own: dict[str, set[str]] = defaultdict(set)
        forenames_of: dict[str, set[str]] = defaultdict(set)
        pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        parts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._alike: dict[str, str | None] = {}
        for person in reference.people.values():
            full, short = spoken.get(person.name, ((), ()))
            english = person.name.replace(".", " ").split()
            for words in full:
                surnames[self._coarse(words[-1])].add(person.name)
                own[person.name].add(words[-1])
                whole[person.name].add("".join(words))
                forenames_of[person.name].update(words[:-1])
                pairs[self._coarse(words[0]), self._coarse(words[-1])].add(person.name)
                for word, latin in (
                    zip(words, english, strict=False) if len(words) == len(english) else ()
                ):
                    if len(latin) > _SHORTEST_LATIN:
                        parts[self._coarse(word)][word, latin] += 1
            for key in short:
                surnames[self._coarse(key)].add(person.name)
                own[person.name].add(key)
        self._surnames, self._spoken, self._full = _packed(surnames), _packed(own), _packed(whole)
        self._forenames, self._pairs = _packed(forenames_of), _packed(pairs)
        self._parts = {
            coarse: tuple(part for part, _ in known.most_common())
            for coarse, known in parts.items()
        }

    def familiar(self, word: Token) -> bool:
        """Return whether a word looks like part of a name of the tables.

        Args:
            word: a word of the text, with or without an ending.
        """
        keys = [word.key, *(word.key[:at] for at, _ in self._lexicon.endings_of(word))]
        return any(
            len(coarse) >= _SHORTEST_PART and (coarse in self._parts or coarse in self._surnames)
            for coarse in map(self._coarse, keys)
        )

    def name_of(
        self, words: Sequence[Token], country: str | None, office: str | None, home: str
    ) -> NamedPerson:
        """Return who is named by words that are together no known name.

        Args:
            words: the words of the name, the last perhaps with an ending.
            country: the country that the person is of, if the text tells it.
            office: the person's office, if the text tells it.
            home: the country of an office without one.

        Returns:
            The one person of the tables whose name is near enough, or a transliteration.
        """
        *forenames, last = words
        keys = [word.key for word in forenames]
        for at, role in [*self._lexicon.endings_of(last), (len(last.key), None)]:
            known = self._known([*keys, last.key[:at]], country, office, home)
            if known is not None:
                return NamedPerson(known, True, role)
        return self.written(words)

    def _known(
        self, keys: Sequence[str], country: str | None, office: str | None, home: str
    ) -> str | None:
        """Return the one person of the tables whom the folded words of a name mean, or None."""
        *forenames, surname = keys
        name = self._lookup(surname, country, forenames)
        if name is not None and self._sounds_like(surname, name, _AKIN):
            return name if self.bears(name, forenames) else None
        holder = self._holder(keys, office, country or home) if office else None
        if holder is not None and self.bears(holder, forenames):
            return holder
        return self._namesake(forenames[0], surname) if forenames else None

    def _stem(self, word: Token) -> tuple[str | None, str]:
        """Return the case of a word's ending, if it is surely one, and what stands before it: no
        surname ends in a short i ("Babushkin" who acts, not "Babushki" who is met).
        """
        for at, role in self._lexicon.endings_of(word):
            stem = word.surface[: word.sources[at]]
            if role in _SURE_CASES and not unicodedata.name(stem[-1]).endswith(_SHORT_I):
                return role, stem
        return None, word.surface

    def written(self, words: Sequence[Token]) -> NamedPerson:
        """Return a name that is nobody's of the tables, in Latin letters.

        Args:
            words: the words of the name, the last perhaps with an ending.
        """
        *forenames, last = words
        case, stem = self._stem(last)
        latin = [self._latin(word.surface, word.key) for word in forenames]
        return NamedPerson(" ".join([*latin, self._latin(stem, fold(stem))]), False, case)

    def _latin(self, surface: str, key: str) -> str:
        """Return a part of a name in Latin, as somebody of the tables spells it if one bears it."""
        return self._part(key) or self._others.get(key) or transliterate(surface)

    def _part(self, key: str) -> str | None:
        """Return the Latin spelling of a forename or surname that somebody in the tables bears, if
        the key says enough.
        """
        coarse = self._coarse(key)
        known = self._parts.get(coarse, ()) if len(coarse) >= _SHORTEST_PART else ()
        spelled = (latin for word, latin in known if _near(key, word, _ALIKE))
        return next(spelled, None)

    def is_forename(self, key: str) -> bool:
        """Return whether a folded word is somebody's forename in the tables, so that before a
        surname it can be no other word.

        Args:
            key: a word's folded key, without an ending.
        """
        return len(key) >= _SHORTEST_PART and key in self._all_forenames

    @cached_property
    def _all_forenames(self) -> frozenset[str]:
        return frozenset(itertools.chain(self._others, *self._forenames.values()))

    def bears(self, name: str, forenames: Sequence[str]) -> bool:
        """Return whether somebody of the tables may be called by forenames.

        Args:
            name: a person's name of record.
            forenames: folded words; initials, and a person whose forenames are not known in the
                language, speak against nobody.

        Returns:
            False if a forename is none of the person's in any spelling: a namesake is meant.
        """
        own = self._forenames.get(name, ())
        told = [key for key in forenames if len(key) > _LONGEST_INITIAL]
        if not told or not any(len(key) > _LONGEST_INITIAL for key in own):
            return True
        return any(self._same_forename(key, known) for key in told for known in own)

    def _same_forename(self, key: str, known: str) -> bool:
        short, long = sorted((key, known), key=len)
        if long.startswith(short) and len(short) > _LONGEST_INITIAL:
            return True
        return _near(key, known, _AKIN) and self._coarse(key)[:1] == self._coarse(known)[:1]

    def _namesake(self, forename: str, surname: str) -> str | None:
        """Return the one person whose forename and surname have the same consonants, a nasal sound
        at the end left out.
        """
        first, stems = self._coarse(forename), (surname, surname.removesuffix("n"))
        found = {
            name for stem in stems for name in self._pairs.get((first, self._coarse(stem)), ())
        }
        return found.pop() if len(found) == 1 else None

    def _holder(self, keys: Sequence[str], office: str, country: str) -> str | None:
        """Return the one holder of a country's office to whose name the folded words of a name are
        near, or None.
        """
        holders = self._reference.holders(office, country, None)
        near = {name: max(self._nearness(keys, name), default=0.0) for name in holders}
        best = max(near, key=lambda name: near[name], default=None)
        return best if best is not None and near[best] >= _AKIN else None

    def _nearness(self, keys: Sequence[str], name: str) -> Iterator[float]:
        """Yield how near folded words are to each spelling of a person's name (difflib ratio, 0 to
        1), and the last of them, if it is long enough, to each of the surname.
        """
        whole, surname = "".join(keys), keys[-1]
        for known in self._full.get(name, ()):
            yield SequenceMatcher(None, whole, known).ratio()
        for known in self._spoken.get(name, ()) if len(surname) > _COARSE else ():
            yield SequenceMatcher(None, surname, known).ratio()

    def _lookup(
        self, key: str, country: str | None, forenames: Sequence[str], shortest: int = _COARSE
    ) -> str | None:
        """Return the person whose surname has the same consonants, if there is but one such in the
        country.
        """
        coarse, people = self._coarse(key), self._reference.people
        bearers = self._surnames.get(coarse, ()) if len(coarse) >= shortest else ()
        names = [name for name in bearers if country in (None, people[name].country)]
        if forenames and len(names) > 1:
            latin = {self._part(forename) for forename in forenames}
            names = [name for name in names if latin & set(name.split())] or names
        return names[0] if len(names) == 1 else None

    def alike(self, key: str) -> str | None:
        """Return the one person of the tables whose surname a word is surely another spelling of.

        Args:
            key: the word's folded key, without its ending.
        """
        if key not in self._alike:
            name = self._lookup(key, None, (), self._shortest)
            sure = name is not None and self._sounds_like(key, name, self._sure)
            self._alike[key] = name if sure else None
        return self._alike[key]

    def _sounds_like(self, key: str, name: str, least: float) -> bool:
        """Return whether a key is near enough to one of a person's spellings (ratio, 0 to 1)."""
        return any(_near(key, known, least) for known in self._spoken.get(name, ()))


def _packed(table: Mapping[Key, Collection[str]]) -> dict[Key, tuple[str, ...]]:
    """Return a table of small sets in a quarter of the memory."""
    return {key: tuple(sorted(names)) for key, names in table.items()}


def _near(one: str, other: str, least: float) -> bool:
    """Return whether two folded words are near enough (difflib ratio, 0 to 1)."""
    return SequenceMatcher(None, one, other).ratio() >= least


# --- Latin letters for a name in any Brahmic script
