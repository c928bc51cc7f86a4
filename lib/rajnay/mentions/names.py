"""People's names as papers spell them: known by the consonants where the vowels vary, else written
out in Latin letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs.names import Names, PersonNames
from rajnay.knowledge.reference import Reference
from rajnay.mentions.transliterate import transliterate
from rajnay.text.folding import consonants, fold
from rajnay.text.tokens import Token, tokenise

_COARSE = 4
_SHORTEST_PART = 3
_SHORTEST_LATIN = 2
# How much of a spelling must agree beside the consonants: less after a title, more where nothing
# else says that it is a name.
_AKIN = 0.7
ALIKE = 0.8


class NameBook:
    """The names of the reference tables in one language, to recognise other spellings and to write
    unknown names.
    """

    def __init__(self, reference: Reference, lexicon: Lexicon, names: Names, lang: str) -> None:
        """Prepare the coarse keys.

        Args:
            reference: the tables.
            lexicon: the language's lexicon, for its endings.
            names: what the language calls people.
            lang: its BCP 47 code.
        """
        self._reference = reference
        self._lexicon = lexicon
        self._surnames: dict[str, set[str]] = defaultdict(set)
        self._spoken: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[str, Counter[str]] = defaultdict(Counter)
        self._full: dict[str, set[str]] = defaultdict(set)
        self._pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        for person in reference.people.values():
            known = names.people.get(person.name) or PersonNames(name=person.name)
            english = person.name.replace(".", " ").split()
            for form in known.full:
                words = [token for token in tokenise(form, lang) if token.kind == "word"]
                self._surnames[consonants(words[-1].key)].add(person.name)
                self._spoken[person.name].add(words[-1].key)
                self._full[person.name].add("".join(word.key for word in words))
                self._pairs[consonants(words[0].key), consonants(words[-1].key)].add(person.name)
                for word, latin in (
                    zip(words, english, strict=False) if len(words) == len(english) else ()
                ):
                    if len(latin) > _SHORTEST_LATIN:
                        self._parts[consonants(word.key)][latin] += 1
            for form in known.short:
                if " " not in form:
                    self._surnames[consonants(fold(form))].add(person.name)
                    self._spoken[person.name].add(fold(form))

    def familiar(self, word: Token) -> bool:
        """Return whether a word looks like part of a name of the tables, with or without an
        ending.
        """
        keys = [word.key, *(word.key[:at] for at, _ in self._lexicon.endings_of(word))]
        return any(
            consonants(key) in self._parts or consonants(key) in self._surnames
            for key in keys
            if len(consonants(key)) >= 3
        )

    def name_of(
        self,
        tokens: Sequence[Token],
        first: int,
        last: int,
        country: str | None,
        office: str | None,
        home: str,
    ) -> tuple[str, bool, str | None]:
        """Return a person's name of record, or a transliteration, whether it is known, and the case
        of its ending.

        An office without a country is one of ``home``.
        """
        words = [token for token in tokens[first : last + 1] if token.kind == "word"]
        for at, role in [*self._lexicon.endings_of(words[-1]), (len(words[-1].key), None)]:
            known = self.lookup(words[-1].key[:at], country, [word.key for word in words[:-1]])
            if known and self.sounds_like(words[-1].key[:at], known, _AKIN):
                return known, True, role
            holder = (
                self.holder(
                    [*(word.key for word in words[:-1]), words[-1].key[:at]],
                    office,
                    country or home,
                )
                if office
                else None
            )
            if holder:
                return holder, True, role
            namesake = self._namesake(words[0].key, words[-1].key[:at]) if len(words) > 1 else None
            if namesake:
                return namesake, True, role
        case: str | None = None
        last_word, stem = words[-1], words[-1].surface
        for at, role in self._lexicon.endings_of(last_word):
            if role in ("dative", "genitive", "ergative", "comitative", "locative"):
                case = role
                stem = stem[: last_word.sources[at]]
                break
        latin = [self._part(word.key) or transliterate(word.surface) for word in words[:-1]]
        tail = self._part(fold(stem))
        return " ".join([*latin, tail or transliterate(stem)]), False, case

    def _part(self, key: str) -> str | None:
        """Return the Latin spelling of a forename or surname that somebody in the tables bears, if
        the key says enough.
        """
        known = self._parts.get(consonants(key)) if len(consonants(key)) >= _SHORTEST_PART else None
        return known.most_common(1)[0][0] if known else None

    def _namesake(self, forename: str, surname: str) -> str | None:
        """Return the one person whose forename and surname have the same consonants, a nasal sound
        at the end left out.
        """
        stems = [surname, surname.removesuffix("n")]
        found = {
            name
            for stem in stems
            for name in self._pairs.get((consonants(forename), consonants(stem)), ())
        }
        return found.pop() if len(found) == 1 else None

    def holder(self, keys: Sequence[str], office: str, country: str) -> str | None:
        """Return the one holder of a country's office to whose name the folded words of a name are
        near, or None.
        """
        near = {
            name: max(
                *(
                    SequenceMatcher(None, "".join(keys), known).ratio()
                    for known in self._full[name]
                ),
                *(
                    SequenceMatcher(None, keys[-1], known).ratio()
                    for known in self._spoken[name]
                    if len(keys[-1]) > _COARSE
                ),
                0.0,
                0.0,
            )
            for name in self._reference.holders(office, country, None)
        }
        best = max(near, key=lambda name: near[name], default=None)
        return best if best is not None and near[best] >= _AKIN else None

    def _candidates(self, key: str) -> frozenset[str]:
        coarse = consonants(key)
        return frozenset(self._surnames.get(coarse, ())) if len(coarse) >= _COARSE else frozenset()

    def lookup(self, key: str, country: str | None, forenames: Sequence[str]) -> str | None:
        """Return the person whose surname has the same consonants, if there is but one such in the
        country.
        """
        names = [
            name
            for name in self._candidates(key)
            if country is None or self._reference.people[name].country == country
        ]
        if forenames and len(names) > 1:
            latin = {self._part(forename) for forename in forenames}
            names = [name for name in names if latin & set(name.split())] or names
        return names[0] if len(names) == 1 else None

    def sounds_like(self, key: str, name: str, least: float) -> bool:
        """Return whether a key is near enough to one of a person\'s known spellings (difflib ratio,
        0 to 1).
        """
        return any(
            SequenceMatcher(None, key, known).ratio() >= least for known in self._spoken[name]
        )
