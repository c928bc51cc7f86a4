"""One article read: its sentences with datelines, clauses, parties and dates, before anything is
concluded from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rajnay.knowledge.lexicon import Hit
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.clauses import Clause, split_clauses
from rajnay.mentions.dates import DateMention, find_dates, resolve
from rajnay.mentions.parties import Party, surnames
from rajnay.mentions.phrases import party_finder
from rajnay.models import Article
from rajnay.text.folding import fold
from rajnay.text.sentences import Sentence, dateline_end, split_sentences
from rajnay.text.tokens import Token, covered, tokenise

# A dateline is written at most this long before its article is published.
_BULLETS = frozenset("[(-•*–—")
_LONGEST_DELAY = timedelta(days=7)


@dataclass(frozen=True)
class Passage:
    """A sentence with what was found in it; ``place`` is the dateline's city in force, ``anchor``
    the day its words count from; ``timed`` says that it stands under a clock time, as in a page
    that tells a day hour by hour."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    hits: tuple[Hit, ...]
    topics: tuple[Hit, ...]
    parties: tuple[Party, ...]
    dates: tuple[DateMention, ...]
    place: str | None
    anchor: date | None
    timed: bool = False


@dataclass(frozen=True)
class Analysis:
    """All passages of an article, with the tokens that their indices count."""

    article: Article
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    topics: tuple[Hit, ...]
    passages: tuple[Passage, ...]


def analyse(article: Article, knowledge: Knowledge) -> Analysis:
    """Read an article with a language's words.

    Args:
        article: the article; its ``lang`` must have a pack.
        knowledge: reference tables and packs.
    """
    pack, words = knowledge.packs[article.lang], knowledge.dates[article.lang]
    tokens = tokenise(article.text, article.lang, words.lookalike_digits)
    hits = knowledge.lexicon(article.lang).find(tokens)
    mentions = find_dates(tokens, words)
    dated = covered(mention for mention in mentions if mention.kind != "lapse")
    hits = tuple(hit for hit in hits if not dated.issuperset(range(hit.first, hit.last + 1)))
    starts = {mention.first for mention in mentions if mention.kind == "date"}
    hits = tuple(
        hit
        for hit in hits
        if not ((hit.value("verb") or "").startswith("go:") and hit.last + 1 in starts)
    )
    abbreviations = frozenset(fold(word) for word in pack.grammar.abbreviations)
    named = covered(hit for hit in hits if hit.value("office") or hit.value("body"))
    topics = tuple(
        hit
        for hit in knowledge.topics(article.lang).find(tokens)
        if not named.issuperset(range(hit.first, hit.last + 1))
    )
    passages = tuple(
        _passages(
            article,
            knowledge,
            tokens,
            hits,
            topics,
            mentions,
            split_sentences(tokens, abbreviations),
            dated,
        )
    )
    return Analysis(article, tokens, hits, topics, passages)


def _passages(
    article: Article,
    knowledge: Knowledge,
    tokens: tuple[Token, ...],
    hits: tuple[Hit, ...],
    topics: tuple[Hit, ...],
    mentions: tuple[DateMention, ...],
    sentences: tuple[Sentence, ...],
    dated: set[int],
) -> Iterator[Passage]:
    finder = party_finder(knowledge, article.lang)
    future = frozenset(
        fold(ending)
        for ending in knowledge.packs[article.lang].grammar.verb_endings.get("future", ())
    )
    bare = {
        index: hit
        for hit in hits
        if hit.value("place") and hit.case is None
        for index in range(hit.first, hit.last + 1)
    }
    whole = (
        party for sentence in sentences for party in finder.find(tokens, hits, sentence, dated)
    )
    aliases = surnames(tokens, whole, knowledge.lexicon(article.lang), hits)
    place: str | None = None
    anchor = article.published
    line = -1
    timed = False
    # One line that opens with an hour tells when the page was put up; several tell a day hour by
    # hour.
    clocks = {sentence.line for sentence in sentences if _opens_with_clock(tokens, sentence)}
    for sentence in sentences:
        if sentence.line != line:
            line = sentence.line
            timed = timed or (len(clocks) > 1 and line in clocks)
            end = dateline_end(tokens, sentence, bare, dated)
            city = next(
                (
                    bare[index].value("place")
                    for index in range(sentence.first, end or 0)
                    if index in bare
                ),
                None,
            )
            day = _dateline_day(mentions, sentence.first, end or 0, article.published)
            heads_entry = city is None and (
                day is None or tokens[sentence.first].surface in _BULLETS
            )
            if end is not None and not (
                heads_entry and dated.intersection(range(sentence.first, end))
            ):
                place, anchor = city, day or article.published
                sentence = Sentence(sentence.first, sentence.last, min(end, sentence.last), line)
        inside = tuple(
            mention for mention in mentions if sentence.body <= mention.first <= sentence.last
        )
        found = tuple(
            hit for hit in hits if sentence.body <= hit.first and hit.last <= sentence.last
        )
        about = tuple(
            hit for hit in topics if sentence.body <= hit.first and hit.last <= sentence.last
        )
        parties = finder.find(tokens, hits, sentence, dated, aliases)
        yield Passage(
            sentence,
            split_clauses(sentence, tokens, hits, future),
            found,
            about,
            parties,
            inside,
            place,
            anchor,
            timed,
        )


def _opens_with_clock(tokens: tuple[Token, ...], sentence: Sentence) -> bool:
    """Return whether a line starts with a time like 12:10."""
    first = [
        token
        for token in tokens[sentence.first : sentence.last + 1]
        if token.surface not in _BULLETS
    ][:3]
    return (
        len(first) == 3
        and first[0].kind == first[2].kind == "number"
        and first[1].surface in ":."
        and not first[2].spaced
    )


def _dateline_day(
    mentions: tuple[DateMention, ...], first: int, end: int, published: date | None
) -> date | None:
    for mention in mentions:
        if first <= mention.first < end and mention.kind == "date":
            when = resolve(mention, published, "past").when
            if (
                when is not None
                and when.day is not None
                and (published is None or timedelta(0) <= published - when.day <= _LONGEST_DELAY)
            ):
                return when.day
    return None
