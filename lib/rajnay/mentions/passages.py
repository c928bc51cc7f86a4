"""One article read: its sentences with datelines, clauses, parties and dates, before anything is
concluded from them.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from rajnay.base.lazy import lazy
from rajnay.knowledge.lexicon import Hit
from rajnay.knowledge.packs.date_words import DateWords
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.clauses import Clause, split_clauses
from rajnay.mentions.dates.finder import DateMention, find_dates, resolve
from rajnay.mentions.glued import unglued
from rajnay.mentions.lands import with_lands
from rajnay.mentions.old_days import without_old_days
from rajnay.mentions.order.rewriting import rewritten
from rajnay.mentions.order.units import Text
from rajnay.mentions.ordered import Ordered
from rajnay.mentions.parties import SHORTEST_STEM, Party, names_again
from rajnay.mentions.party_finder import party_finder
from rajnay.mentions.surroundings import is_initial
from rajnay.mentions.verbs import verb_forms
from rajnay.models import Article
from rajnay.text.folding import fold
from rajnay.text.punctuation import COMMAS
from rajnay.text.sentences import Sentence, dateline_end, split_sentences
from rajnay.text.tokens import Stretch, Token, covered, has_capitals, tokenise

_BULLETS = frozenset("[(-•*–—")
_WORDS = frozenset({"word", "handle"})
# What a letter before a full stop would be if it were no initial of a name.
_LETTERS = frozenset({"relatives", "openers", "this", "he"})
# A dateline is written at most this long before its article is published.
_LONGEST_DELAY = timedelta(days=7)
# Words before the hour of an update ("last updated").
_LONGEST_LABEL = 2
_HALVES_OF_A_DAY = frozenset({"am", "pm"})


@dataclass(frozen=True)
class Passage:
    """A sentence with what was found in it; ``place`` is the dateline's city in force, ``anchor``
    the day its words count from; ``timed`` says that it stands under a clock time, as in a page
    that tells a day hour by hour, ``narrated`` that a day or an hour heads it, as in a chronicle;
    ``verb_last`` that what qualifies a clause may follow it."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    hits: tuple[Hit, ...]
    topics: tuple[Hit, ...]
    parties: tuple[Party, ...]
    dates: tuple[DateMention, ...]
    place: str | None
    anchor: date | None
    timed: bool = False
    narrated: bool = False
    verb_last: bool = True

    def clause_at(self, token: int) -> Clause | None:
        """Return the clause in which a token stands, or None."""
        at = bisect_right(self._clause_firsts, token) - 1
        clause = self.clauses[at] if at >= 0 else None
        return clause if clause is not None and clause.holds(token) else None

    @lazy
    def _clause_firsts(self) -> Sequence[int]:
        return [clause.first for clause in self.clauses]

    @lazy
    def last_words(self) -> Mapping[str | None, Hit]:
        """The last hit of each closed class of small words."""
        return {hit.value("word"): hit for hit in self.hits}

    @lazy
    def by_place(self) -> tuple[Ordered[Hit], Ordered[Party], Ordered[DateMention]]:
        """The hits, parties and dates, to be looked up by where they stand."""
        return Ordered(self.hits), Ordered(self.parties), Ordered(self.dates)


@dataclass(frozen=True)
class Analysis:
    """All passages of an article, with the tokens that their indices count."""

    article: Article
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    topics: tuple[Hit, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in an article; ``dated`` are the tokens of dates, ``places`` those of places
    that stand without a case ending, each with the place's name of record.
    """

    article: Article
    tokens: tuple[Token, ...]
    hits: Ordered[Hit]
    topics: Ordered[Hit]
    dates: Ordered[DateMention]
    dated: frozenset[int]
    places: Mapping[int, str]


class _Dateline(NamedTuple):
    """Where a line's dateline ends, and the city and day that it names."""

    end: int
    city: str | None
    day: date | None


class _Setting(NamedTuple):
    """A sentence with the dateline in force: see `Passage`."""

    sentence: Sentence
    place: str | None
    anchor: date | None
    timed: bool
    narrated: bool


def analyse(article: Article, knowledge: Knowledge) -> Analysis:
    """Read an article with a language's words.

    Args:
        article: the article; its ``lang`` must have a pack.
        knowledge: reference tables and packs.

    Returns:
        Its sentences in order, with all that was found in each.
    """
    found = _find(article, knowledge)
    abbreviations = knowledge.packs[article.lang].grammar.abbreviations
    known = frozenset(map(fold, abbreviations))
    sentences = split_sentences(found.tokens, known, found.dated)
    settings = tuple(_settings(found, sentences))
    if knowledge.packs[article.lang].grammar.order == "verb-medial":
        found, settings = _verb_last(found, settings, knowledge)
        sentences = tuple(setting.sentence for setting in settings)
    passages = tuple(_passages(found, sentences, settings, knowledge))
    return Analysis(article, found.tokens, found.hits.all, found.topics.all, passages)


def _find(article: Article, knowledge: Knowledge) -> _Found:
    """Find the known words, topics and dates of an article; a word in a date is of the date."""
    words = knowledge.dates[article.lang]
    lexicon = knowledge.lexicon(article.lang)
    tokens = tokenise(article.text, article.lang, words.lookalike_digits)
    tokens = tuple(unglued(tokens, lexicon, knowledge.packs[article.lang].grammar.auxiliaries))
    dates = find_dates(tokens, words)
    dated = covered(mention for mention in dates if mention.kind != "lapse")
    starts = {mention.first for mention in dates if mention.kind == "date"}
    stream = lexicon.stream(tokens)
    hits = tuple(
        hit
        for hit in lexicon.find(tokens, stream)
        if not _lies_in(hit, dated)
        and not _passes(hit, starts, tokens, words)
        and not _tells_an_hour(hit, tokens)
        and not (
            _LETTERS.intersection(map(hit.value, ("word", "pronoun")))
            and is_initial(tokens, hit.last)
        )
    )
    hits = tuple(with_lands(hits))
    medial = knowledge.packs[article.lang].grammar.order == "verb-medial"
    hits, dates = without_old_days(hits, dates, medial)
    named = covered(hit for hit in hits if hit.value("office") or hit.value("body"))
    topics = knowledge.topics(article.lang).find(tokens, stream)
    return _Found(
        article,
        tokens,
        Ordered(hits),
        Ordered(topic for topic in topics if not _lies_in(topic, named)),
        Ordered(dates),
        frozenset(dated),
        _bare_places(hits),
    )


def _verb_last(
    found: _Found, settings: Sequence[_Setting], knowledge: Knowledge
) -> tuple[_Found, tuple[_Setting, ...]]:
    """Return what was found, and the sentences, in the order of a language whose verb is last."""
    text = Text(found.tokens, found.hits, found.dates)
    grammar = knowledge.packs[found.article.lang].grammar
    new = rewritten(text, [setting.sentence for setting in settings], grammar)
    topics = (
        replace(topic, first=first, last=first + topic.last - topic.first)
        for topic in found.topics.all
        if (first := new.places.get(topic.first)) is not None
    )
    there = replace(
        found,
        tokens=new.tokens,
        hits=Ordered(new.hits),
        dates=Ordered(new.dates),
        topics=Ordered(sorted(topics, key=lambda topic: (topic.first, topic.last))),
        dated=frozenset(covered(mention for mention in new.dates if mention.kind != "lapse")),
        places=_bare_places(new.hits),
    )
    pairs = zip(settings, new.sentences, strict=True)
    return there, tuple(
        setting._replace(sentence=sentence)
        for setting, sentence in pairs
        if sentence.first <= sentence.last  # of articles alone nothing is left
    )


def _lies_in(stretch: Stretch, indices: Collection[int]) -> bool:
    """Return whether all tokens of a stretch are among those named."""
    return all(index in indices for index in range(stretch.first, stretch.last + 1))


def _passes(hit: Hit, starts: Collection[int], tokens: Sequence[Token], words: DateWords) -> bool:
    """Return whether a form of "go" right before a date is the date's ("last Monday"), or may be
    another word altogether.
    """
    if hit.last + 1 not in starts or not (hit.value("verb") or "").startswith("go:"):
        return False
    only_verb = all(kind == "verb" for kind in hit.kinds)
    shifts = any(entry.kind == "shift" for entry in words.look_up(tokens, hit.first)[1])
    return shifts or not only_verb


def _tells_an_hour(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Return whether what might be an office or a verb is the half of the day after an hour: "5
    PM".
    """
    word = "".join(token.surface for token in tokens[hit.first : hit.last + 1])
    after = tokens[max(hit.first - 1, 0)].kind == "number"
    return after and word.casefold() in _HALVES_OF_A_DAY


def _bare_places(hits: Iterable[Hit]) -> dict[int, str]:
    """Return the place that each token names without a case ending."""
    return {
        index: place
        for hit in hits
        if hit.case is None and (place := hit.value("place"))
        for index in range(hit.first, hit.last + 1)
    }


def _passages(
    found: _Found,
    sentences: Sequence[Sentence],
    settings: Sequence[_Setting],
    knowledge: Knowledge,
) -> Iterator[Passage]:
    """Yield the sentences with what is found in each, once it is known who is named in full."""
    lang, tokens = found.article.lang, found.tokens
    # What is talked about is no part of a name.
    subjects = covered(found.topics.all).difference(covered(found.hits.all))
    taken = found.dated | subjects
    finder = party_finder(knowledge, lang)
    grammar = knowledge.packs[lang].grammar
    forms = knowledge.once("verb forms", lang, lambda: verb_forms(grammar))
    verb_last = grammar.order == "verb-final"
    named = [
        finder.find(tokens, found.hits.within(sentence.body, sentence.last), sentence, taken)
        for sentence in sentences
    ]
    everybody = itertools.chain.from_iterable(named)
    again = names_again(tokens, everybody, knowledge.lexicon(lang), found.hits.all)
    openings = {stem[:SHORTEST_STEM] for stem in again}
    for before, parties, setting in zip(sentences, named, settings, strict=True):
        sentence = setting.sentence
        first, last = sentence.body, sentence.last
        hits = found.hits.within(first, last)
        called = any(word.key[:SHORTEST_STEM] in openings for word in tokens[first : last + 1])
        if called or first != before.body:
            parties = finder.find(tokens, hits, sentence, taken, again)
        yield Passage(
            sentence,
            split_clauses(sentence, tokens, hits, forms),
            hits,
            found.topics.within(first, last),
            parties,
            found.dates.starting(first, last),
            setting.place,
            setting.anchor,
            setting.timed,
            setting.narrated,
            verb_last,
        )


# --- datelines and hours


def _settings(found: _Found, sentences: Sequence[Sentence]) -> Iterator[_Setting]:
    """Yield each sentence with the dateline in force, its own taken off its body."""
    # One line that opens with an hour tells when the page was put up; several tell a day hour by
    # hour.
    clocks = {one.line for one in sentences if _opens_with_clock(found.tokens, one)}
    published = found.article.published
    place, today, anchor, timed, headed, line = None, published, published, False, False, -1
    for sentence in sentences:
        if sentence.line != line:
            line = sentence.line
            timed = timed or (len(clocks) > 1 and line in clocks)
            headed = _opens_with_day(found, sentence)
            dateline = _dateline(found, sentence)
            if dateline is not None:
                place, anchor = dateline.city, dateline.day or today
                sentence = replace(sentence, body=min(dateline.end, sentence.last))
            elif stamp := _stamp(found, sentence):
                today = anchor = stamp
        yield _Setting(sentence, place, anchor, timed, timed or headed or today != published)


def _opens_with_day(found: _Found, sentence: Sentence) -> bool:
    """Return whether a line opens with a date and a mark: "21 August: A met B"."""
    for opening in found.dates.starting(sentence.first, sentence.first):
        after = found.tokens[min(opening.last + 1, sentence.last)]
        return after.kind == "mark" and after.surface not in COMMAS
    return False


def _dateline(found: _Found, sentence: Sentence) -> _Dateline | None:
    """Return the dateline that a line opens with; a date alone that heads an entry is none."""
    first = sentence.first
    end = dateline_end(found.tokens, sentence, found.places, found.dated)
    if end is None:
        return None
    city = next((found.places[index] for index in range(first, end) if index in found.places), None)
    day = _dateline_day(found, first, end)
    if first in found.dated and day is None:
        return None  # a year, month or day long past heads an entry of a list
    bulleted = found.tokens[first].surface in _BULLETS
    if city is None and (day is None or bulleted) and not found.dated.isdisjoint(range(first, end)):
        return None
    return _Dateline(end, city, day)


def _dateline_day(found: _Found, first: int, end: int) -> date | None:
    """Return the first day among tokens on which the article may have been written."""
    published = found.article.published
    days = _days(found, first, end - 1)
    return next((day for day in days if _is_just_before(day, published)), None)


def _days(found: _Found, first: int, last: int) -> Iterator[date]:
    """Yield the days that tokens name, as told after they were over."""
    for mention in found.dates.starting(first, last):
        when = resolve(mention, found.article.published, "past").when
        if mention.kind == "date" and when is not None and when.day is not None:
            yield when.day


def _stamp(found: _Found, sentence: Sentence) -> date | None:
    """Return the day of a line that tells nothing else, but perhaps an hour: what stands under it
    was written then, as in a page to which updates are added.
    """
    first, last, tokens = sentence.first, sentence.last, found.tokens
    if any(token.line == sentence.line for token in tokens[last + 1 : last + 2]):
        return None
    rest = [tokens[index] for index in range(first, last + 1) if index not in found.dated]
    hour = any(token.kind == "number" for token in rest)
    foreign = not has_capitals(found.article.lang)  # a label in Latin letters
    words = [
        token
        for token in rest
        if token.kind in _WORDS and not (foreign and token.surface.isascii())
    ]
    if len(words) > (_LONGEST_LABEL if hour else 0):
        return None
    published = found.article.published
    day = next(_days(found, first, last), None)
    return day if day is None or published is None or day <= published else None


def _is_just_before(day: date, published: date | None) -> bool:
    return published is None or timedelta(0) <= published - day <= _LONGEST_DELAY


def _opens_with_clock(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Return whether a line starts with a time like 12:10."""
    words = (tokens[index] for index in range(sentence.first, sentence.last + 1))
    opening = list(itertools.islice((token for token in words if token.surface not in _BULLETS), 3))
    if [token.kind for token in opening] != ["number", "mark", "number"]:
        return False
    return opening[1].surface in ":." and not opening[2].spaced
