"""What an article says in another language than its own, to be read as what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from rajnay.knowledge.store import Knowledge
from rajnay.models import Article, Engagement, Span
from rajnay.text.asides import asides_of
from rajnay.text.languages import language_of, script_of_language
from rajnay.times.periods import Period, interval


def by_language(article: Article, knowledge: Knowledge) -> tuple[Article, list[Article]]:
    """Return an article in its own language, and what it says in others, one article for each; all
    else is white space there, so that every word keeps its place.

    Args:
        article: the article.
        knowledge: the reference tables and packs.
    """
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for span, script in asides_of(article.text, article.lang):
        codes = [code for code in knowledge.packs if script_of_language(code) == script]
        if codes:
            words = article.text[span.start : span.end]
            found[codes[0] if len(codes) == 1 else language_of(words, codes, codes[0])].append(span)
    known = {*knowledge.packs[article.lang].grammar.names_too, article.lang}
    foreign = [span for code, spans in found.items() if code not in known for span in spans]
    own = replace(article, text=_without(article.text, foreign)) if foreign else article
    return own, [
        replace(article, lang=code, text=_only(article.text, spans))
        for code, spans in found.items()
        if code in knowledge.packs
    ]


def told_among(engagement: Engagement, others: Iterable[Engagement]) -> bool:
    """Return whether one of other engagements may be the same: its days touch, and nobody else is
    named on either side.

    Args:
        engagement: what is told in another language.
        others: what the article tells in its own.
    """
    return any(
        all(_agree(engagement.parties[code], other.parties[code]) for code in other.parties)
        and _touch(interval(engagement.start, engagement.end), interval(other.start, other.end))
        for other in others
    )


def _agree(one: Collection[str], other: Collection[str]) -> bool:
    return not one or not other or bool({*one} & {*other})


def _touch(one: Period | None, other: Period | None) -> bool:
    return one is None or other is None or one.meets(other)


def _only(text: str, spans: Iterable[Span]) -> str:
    """Return a text in which all but some stretches is white space."""
    kept = "".join("\n" if letter == "\n" else " " for letter in text)
    for span in spans:
        kept = kept[: span.start] + text[span.start : span.end] + kept[span.end :]
    return kept


def _without(text: str, spans: Iterable[Span]) -> str:
    """Return a text in which some stretches are white space."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
