"""The words of a sentence as what they are to its order: verbs, prepositions, marks, phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rajnay.text.punctuation import COLONS

if TYPE_CHECKING:
    from rajnay.knowledge.hits import Hit, Meaning
    from rajnay.mentions.dates.finder import DateMention
    from rajnay.mentions.ordered import Ordered
    from rajnay.text.tokens import Token

# Classes of known words that decide what a unit is, the first that applies; others are words of
# phrases.
_KINDS = {
    ("article", "article"): "article",
    ("word", "openers"): "opener",
    ("word", "doubts"): "opener",
    ("word", "relatives"): "opener",
    ("word", "joining"): "join",
    ("word", "negations"): "not",
}
_BY_CLASS = {"verb": "verb", "pre": "pre"}
# Marks that part clauses; others stand within phrases.
_PARTING = COLONS | {";", "|"}
_DASHES = frozenset("-–—")
# What names somebody who may do something, or have it done to him.
_SEVERAL = frozenset({"both", "both_countries", "he"})
PEOPLE = _SEVERAL | {
    "him",
    "person",
    "office",
    "title",
    "position",
    "counterpart",
    "people",
    "body",
}
LANDS = frozenset({"country", "place"})
# Words and pronouns that tell when, where or how, and belong to no phrase beside them.
_ADVERBS = frozenset({"times_of_day", "afterwards", "also", "separately", "together"})
_THERE = frozenset({"here", "there", "then"})
# Words that may come before what is done without being it.
_SEMI = frozenset({"expectations", "possibilities"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens ``first`` to ``last`` that stay together.

    ``kind`` is pre, join, opener, not, article, verb, date, comma, mark or word; a verb may be a
    noun as well until its neighbours decide; ``token`` is its first.
    """

    first: int
    last: int
    kind: str
    hit: Hit | None = None
    date: DateMention | None = None
    token: Token | None = None

    def value(self, kind: str) -> str | None:
        """Return what the known word is in a class, None if it is none of it.

        Args:
            kind: a class of meanings.
        """
        return self.hit.value(kind) if self.hit is not None else None

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """All that the word may mean, nothing if no table has it."""
        return self.hit.meanings if self.hit is not None else ()

    @property
    def forms(self) -> Mapping[str, str]:
        """The sense of each form of a verb that the word may be."""
        return {form: sense for sense, form in reversed([*self.verbs])}

    @property
    def verbs(self) -> Iterator[tuple[str, str]]:
        """The senses of the verbs that the word may be, each with its form."""
        for meaning in self.meanings:
            sense, _, form = meaning.value.partition(":")
            if meaning.kind == "verb":
                yield sense, form

    @property
    def helps(self) -> str | None:
        """The class of the auxiliary that the word may be."""
        if self.value("word") in _SEMI:
            return "semi"
        return next((form for sense, form in self.verbs if sense == "auxiliary"), None)

    @property
    def kinds(self) -> frozenset[str]:
        """All classes of what the word may mean, of a pronoun whom it stands for."""
        return frozenset(one.value if one.kind == "pronoun" else one.kind for one in self.meanings)

    @property
    def strange(self) -> bool:
        """Whether no table has the word, and it is written as a name."""
        return self.hit is None and self.date is None and self._native

    @property
    def _native(self) -> bool:
        return self.token is not None and self.token.native

    @property
    def adverb(self) -> bool:
        """Whether the word tells when, where or how by itself."""
        return self.value("word") in _ADVERBS or self.value("pronoun") in _THERE

    @property
    def names(self) -> bool:
        """Whether the word is somebody's name, or may be."""
        return self.strange or "person" in self.kinds

    @property
    def people(self) -> bool:
        """Whether the word names somebody, or may."""
        return self.strange or not PEOPLE.isdisjoint(self.kinds)

    @property
    def many(self) -> bool:
        """Whether the word names several."""
        return (self.hit is not None and self.hit.plural) or not _SEVERAL.isdisjoint(self.kinds)

    @property
    def land(self) -> bool:
        """Whether the word names a country or a place."""
        return not LANDS.isdisjoint(self.kinds)

    @property
    def letter(self) -> str:
        """The kind as one letter: a sentence is a string of them, which patterns are matched on.

        Words are w, articles a, what says little n, prepositions p, that of who does b, dates d,
        "and" j, verbs v, what opens a clause o.
        """
        if self.hit is not None and self.hit.everyday:
            return "n"
        return "b" if self.value("pre") == _AGENT else _LETTERS[self.kind]

    @property
    def shape(self) -> str:
        """The letter, that of a word told more finely.

        Somebody or a place that may act is s, if several S, if it may not x; the noun of an act k,
        an owner a, as an article is.
        """
        shapes = (sign for sign, holds in _SHAPES if self.letter in "wn" and holds(self))
        return next(shapes, self.letter)

    @property
    def barred(self) -> bool:
        """Whether the word is a name, or may be, that no verb follows right away."""
        adjective = self.value("nationality") is not None and not self.value("country")
        ended = self.hit is not None and self.hit.case not in (None, "plural")
        return adjective or self.strange or (ended and (self.people or self.land))


_AGENT = "agent"
_SHAPES: tuple[tuple[str, Callable[[Unit], object]], ...] = (
    ("a", lambda unit: unit.value("owner")),
    ("x", lambda unit: unit.barred),
    ("S", lambda unit: unit.many and (unit.people or unit.land)),
    ("s", lambda unit: unit.people or unit.land),
    ("k", lambda unit: unit.value("noun")),
)
_LETTERS = {
    "pre": "p",
    "join": "j",
    "opener": "o",
    "not": "n",
    "article": "a",
    "verb": "v",
    "date": "d",
    "comma": ",",
    "mark": ";",
    "word": "w",
}


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text with what is known of them."""

    tokens: Sequence[Token]
    hits: Ordered[Hit]
    dates: Ordered[DateMention]


def units_of(text: Text, first: int, last: int) -> Iterator[Unit]:
    """Yield the units of a sentence in the order of the text.

    Args:
        text: the tokens and what is known of them.
        first: the first token of the sentence, its dateline left out.
        last: its last token.
    """
    words = text.tokens
    hits = {hit.first: hit for hit in text.hits.within(first, last)}
    dates = {mention.first: mention for mention in text.dates.starting(first, last)}
    at = first
    while at <= last:
        unit = _unit(words[at], at, hits.get(at), dates.get(at))
        if unit.kind == "mark" and _of_a_clock(words, at):
            unit = replace(unit, kind="word")
        glued = at > first and words[at - 1].surface in _DASHES and not words[at].spaced
        yield replace(as_word(unit), token=None) if glued and not words[at].native else unit
        at = unit.last + 1


def _unit(token: Token, at: int, hit: Hit | None, date: DateMention | None) -> Unit:
    if date is not None:
        return Unit(at, date.last, "date" if date.kind == "date" else "word", hit, date, token)
    if hit is not None:
        return Unit(at, hit.last, _kind(hit), hit, token=token)
    return Unit(at, at, _kind_of_token(token), token=token)


def _of_a_clock(words: Sequence[Token], at: int) -> bool:
    """Return whether a mark stands between the hour and the minute."""
    around = [*words[at - 1 : at], *words[at + 1 : at + 2]]
    return [word.kind for word in around] == ["number", "number"] and not words[at].spaced


def _kind(hit: Hit) -> str:
    by_class = (_BY_CLASS[kind] for kind in hit.kinds if kind in _BY_CLASS)
    words = (_KINDS[meaning] for meaning in hit.meanings if meaning in _KINDS)
    told = [*words, *by_class]
    return "verb" if "verb" in told else next(iter(told), "word")


def _kind_of_token(token: Token) -> str:
    if token.surface == ",":
        return "comma"
    parts = token.surface in _PARTING or (token.surface in _DASHES and token.spaced)
    return "mark" if parts else "word"


def as_word(unit: Unit) -> Unit:
    """Return a unit that is no verb here, as what else it is: a preposition or a noun, of many
    where its form is that of a verb in the present and not a noun's own ("talks").

    Args:
        unit: any unit.
    """
    if unit.kind != "verb" or unit.hit is None:
        return unit
    meanings = tuple(_not_verbs(unit))
    kind = "pre" if any(one.kind == "pre" for one in meanings) else "word"
    plural = unit.hit.plural or ("present" in unit.forms and unit.hit.meanings[0].kind == "verb")
    hit = replace(unit.hit, meanings=meanings, plural=plural) if meanings else None
    return replace(unit, kind=kind, hit=hit)


def _not_verbs(unit: Unit) -> Iterator[Meaning]:
    for meaning in unit.meanings:
        if meaning.kind != "verb":
            yield meaning
