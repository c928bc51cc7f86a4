"""What a scene holds: its words by their classes, its verb, who and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rajnay.base.first import first
from rajnay.base.lazy import lazy
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.clauses import Clause
from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.parties import Party
from rajnay.mentions.verbs import VerbGroup

MOTION = frozenset({"go", "come", "arrive", "stay"})
FACE_TO_FACE = frozenset({"meet", "sit", "receive"})
# Nouns of what can be planned and called off.
PLANNED = ("meeting", "encounter", "talk", "call", "consultation", "exercise", "visit")
# Nouns of what people get ready for and speak of before it is.
SPOKEN_OF = ("meeting", "consultation", "gathering", "visit", "exercise")
# So near stands the word that makes a clause the content of a report.
BESIDE = 3
# "After the meeting" tells of one that was held, "before the meeting" of one to come.
RELATIVE_TO_ANOTHER = {"after": "past", "before": "future"}


@dataclass(frozen=True)
class Words:
    """Tokens ``first`` to ``last`` of a passage, seen as one happening; ``number`` counts the
    clause within its passage.
    """

    first: int
    last: int
    number: int
    clause: Clause
    verb: VerbGroup | None
    hits: tuple[Hit, ...]
    parties: tuple[Party, ...]
    dates: tuple[DateMention, ...]
    following: tuple[Hit, ...]
    rest: tuple[Hit, ...] = ()
    before: tuple[Hit, ...] = ()
    asked: bool = False

    def of(self, kind: str) -> Sequence[Hit]:
        """Return the hits that have a meaning of a class, in order.

        Args:
            kind: the class of meanings.
        """
        return self._by_kind.get(kind, ())

    @lazy
    def _by_kind(self) -> Mapping[str, Sequence[Hit]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            for kind in hit.kinds:
                found[kind].append(hit)
        return found

    @lazy
    def people(self) -> list[Party]:
        """The parties who are somebody, by name or office."""
        return [party for party in self.parties if party.form in ("person", "office")]

    def noun(self, *classes: str) -> Hit | None:
        """Return the last hit with one of these noun classes, or None; a noun followed by "for"
        names a purpose, not the act.
        """
        if self.nouns.isdisjoint(classes):
            return None
        return next(hit for hit in self._acts if hit.value("noun") in classes)

    @lazy
    def nouns(self) -> frozenset[str | None]:
        """The noun classes of the scene's acts."""
        return frozenset(hit.value("noun") for hit in self._acts)

    @lazy
    def _acts(self) -> tuple[Hit, ...]:
        """The nouns that are no purpose and no title, the last one first."""
        purposes = {hit.first for hit in self.of("word") if hit.value("word") == "purposes"}
        purposes |= {day.first for day in self.dates if day.last + 1 in purposes}
        if self.noun_beside is not None:
            purposes.add(self.noun_beside.last + 1)
        nouns: list[Hit] = []
        for hit in reversed(self.of("noun")):
            if hit.last + 1 in purposes:
                purposes.add(hit.first)
            elif not (hit.value("position") and self._titles(hit)):
                nouns.append(hit)
        return tuple(nouns)

    def _titles(self, hit: Hit) -> bool:
        """Return whether a word for an office names who stands right after it: "the co-chair of the
        commission, B".
        """
        return any(
            hit.last < party.first <= hit.last + 2 or party.first <= hit.first <= party.last
            for party in self.parties
        )

    @lazy
    def noun_beside(self) -> Hit | None:
        """The noun of another act before or after which people met: "before the consultation he met
        B".
        """
        ends = {hit.first for hit in self.of("word") if hit.value("word") in RELATIVE_TO_ANOTHER}
        nouns = (
            hit for hit in self.of("noun") if hit.value("noun") in PLANNED and hit.last + 1 in ends
        )
        return next(nouns, None) if self.senses & FACE_TO_FACE else None

    def pronoun(self, *names: str) -> Hit | None:
        """Return the first hit that is one of these pronouns, or None."""
        return first(self._pronouns, lambda hit: hit.value("pronoun") in names)

    @lazy
    def _pronouns(self) -> tuple[Hit, ...]:
        return tuple(self.of("pronoun"))

    def word(self, name: str) -> Hit | None:
        """Return the first hit of a closed class of small words, or None.

        Args:
            name: the class of small words.
        """
        return self.words.get(name)

    @lazy
    def words(self) -> Mapping[str | None, Hit]:
        """The first hit of each closed class of small words."""
        return {hit.value("word"): hit for hit in reversed(self.of("word"))}

    @lazy
    def acts(self) -> tuple[Hit, ...]:
        """The nouns of acts that can be planned and called off, in order."""
        return tuple(hit for hit in self.of("noun") if hit.value("noun") in PLANNED)

    @lazy
    def days(self) -> tuple[DateMention, ...]:
        """The expressions of time that are dates."""
        return tuple(mention for mention in self.dates if mention.kind == "date")

    @lazy
    def timed(self) -> bool:
        """Whether an expression of time of any kind stands in the scene."""
        return bool(self.dates)

    @lazy
    def senses(self) -> frozenset[str]:
        """The verb's senses, empty when there is none; "is likely to meet" is one of meeting."""
        if self.verb is None or self.verb.senses or not self.clause.participles:
            return self.verb.senses if self.verb else frozenset()
        last = self.clause.participles[-1]
        likely = self.word("expectations") or self.word("possibilities")
        eager = likely is None or (last.tense == "infinitive" and likely.first == last.last + 1)
        return frozenset() if eager else last.senses & {"meet"}
