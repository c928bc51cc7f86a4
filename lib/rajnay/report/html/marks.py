"""What a reader checks a claim by: the words of an article that prove it, highlighted in place; all
article text is escaped.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from rajnay.models import Article, Engagement, Span

# What a reader checks a claim by; every kind of mention and every field of an engagement belongs to
# one of these.
MARKS = ("when", "who", "where", "forum", "topic", "source", "act", "agreed")
MARK_OF_MENTION = {
    "date": "when",
    "person": "who",
    "office": "who",
    "body": "who",
    "delegation": "who",
    "country": "where",
    "place": "where",
}
MARK_OF_FIELD = {
    "start": "when",
    "end": "when",
    "edtf": "when",
    "date": "when",
    "parties": "who",
    "place": "where",
    "country": "where",
    "topics": "topic",
    "kind": "act",
    "status": "act",
}
SENTENCE_END = re.compile(
    r"""\n+|(?P<word>[^\W\d_][^\s.?!\u0964\u06d4]*)?(?P<stop>[.?!\u061f\u0964\u0965\u06d4…]+)[”’"'»)\]]*(?:\s+|$)"""
)
JOINERS = "\u200c\u200d"
GAP = Markup('<span class="gap"> … </span>')


class Mark(NamedTuple):
    """A span of a text to highlight: what it tells (one of ``MARKS``), the label to print, and the
    name of record if known.
    """

    span: Span
    tells: str
    label: str
    key: str = ""


def marked(text: str, marks: Iterable[Mark], *, within: Span | None = None) -> Markup:
    """Return escaped text with its marks highlighted; of two marks that overlap, the earlier and
    longer one is kept.

    ``within`` limits what is returned to a span of the text. Each mark is told by colour, by the
    style of its underline and by a small label, so that it can be told without colour. The label is
    style: whoever copies the words or hears them read gets the article's alone.

    >>> str(marked("a < b", [Mark(Span(4, 5), "who", "person", "B")]))
    'a &lt; <mark class="who" title="B"><span data-label="person">b</span></mark>'
    """
    limits = within or Span(0, len(text))
    pieces, at = [], limits.start
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        end = whole_letter(text, mark.span.end)
        if at <= mark.span.start < end <= limits.end:
            pieces += [
                escape(text[at : mark.span.start]),
                _highlight(text[mark.span.start : end], mark),
            ]
            at = end
    return Markup("").join([*pieces, escape(text[at : limits.end])])


def whole_letter(text: str, end: int) -> int:
    """Return the first place at or after ``end`` where a letter and its signs are complete, so that
    no mark cuts a letter.

    >>> whole_letter("\\u0aa8\\u0ac7 \\u0a95", 1)
    2
    """
    while 0 < end < len(text) and (
        unicodedata.category(text[end]).startswith("M") or text[end] in JOINERS
    ):
        end += 1
    return end


def _highlight(words: str, mark: Mark) -> Markup:
    """Return the words of a mark with its label, which never parts from the last word."""
    title = Markup(' title="{}"').format(mark.key) if mark.key else Markup("")
    before, space, last = words.rpartition(" ")
    kept = (
        Markup('<span data-label="{}">{}</span>').format(mark.label, last)
        if mark.label
        else escape(last)
    )
    return Markup('<mark class="{}"{}>{}{}</mark>').format(mark.tells, title, before + space, kept)


def field_marks(
    engagement: Engagement, labels: Mapping[str, str], tells: Sequence[str] = MARKS
) -> list[Mark]:
    """Return the marks that prove an engagement's fields; ``labels`` maps each of ``tells`` to the
    word to print.

    Fields whose mark is not among ``tells`` are left out, and words that were let go again: a place
    that a phone call has not.
    """
    marks = []
    for field, spans in engagement.spans.items():
        name = field.partition(".")[0]
        told = "who" if name in engagement.parties else MARK_OF_FIELD.get(name, name)
        if told in tells and getattr(engagement, name, True):
            marks += [Mark(span, told, labels.get(told, told)) for span in spans]
    return marks


def sentences(text: str, abbreviations: Collection[str] = ()) -> list[Span]:
    """Return the sentences and lines of a text, in order.

    A full stop after one of the ``abbreviations``, or after a single letter, ends no sentence.

    >>> text = "A. First. Then another."
    >>> [span.of(text) for span in sentences(text)]
    ['A. First.', 'Then another.']
    """
    ends = [
        match.end()
        for match in SENTENCE_END.finditer(text)
        if match["stop"] != "."
        or not (match["word"] in abbreviations or len(match["word"] or "..") == 1)
    ]
    parts = [text[first:last] for first, last in itertools.pairwise([0, *ends, len(text)])]
    starts = [0, *ends]
    return [
        Span(start, start + len(part.rstrip()))
        for start, part in zip(starts, parts, strict=True)
        if part.strip()
    ]


def passages(text: str, spans: Iterable[Span], abbreviations: Collection[str] = ()) -> list[Span]:
    """Return the sentences of a text that hold any of the spans, in order, neighbours joined into
    one.

    >>> text = "A. First. Then another. Last."
    >>> [span.of(text) for span in passages(text, [Span(3, 5)])]
    ['A. First.']
    """
    found: list[Span] = []
    wanted = [span for span in spans if span.start < span.end]
    for part in sentences(text, abbreviations):
        if any(map(part.meets, wanted)):
            joined = found and not text[found[-1].end : part.start].strip()
            begin = found.pop().start if joined else part.start
            found.append(Span(begin, part.end))
    return found


def quotation(
    article: Article,
    engagement: Engagement,
    labels: Mapping[str, str],
    tells: Sequence[str] = MARKS,
    abbreviations: Collection[str] = (),
    more: Sequence[Mark] = (),
) -> Markup:
    """Return the sentences that prove an engagement, in the article's own words, with the proving
    words highlighted.

    Headline and paragraphs stand apart; sentences that do not follow each other are parted by an
    ellipsis. ``labels`` and ``tells`` are as for ``field_marks``, ``abbreviations`` as for
    ``passages``; ``more`` are other marks, whose sentences are quoted too.
    """
    text, marks = article.text, [*more, *field_marks(engagement, labels, tells)]
    found = passages(text, [engagement.evidence, *(mark.span for mark in marks)], abbreviations)
    body: list[Markup] = []
    at = found[0].start if found else 0
    for span in (line for one in found for line in _lines(text, one)):
        fresh = not body or "\n" in text[at : span.start]
        gap = GAP if text[at : span.start].strip() else Markup("" if fresh else " ")
        if fresh:
            first = article.title is None and not text[: span.start].strip()
            headline = first and "\n" in text[span.end : span.end + 1]
            body.append(Markup('<p class="headline">' if headline else "<p>"))
        body[-1] += gap + marked(text, marks, within=span)
        at = span.end
    return Markup("\n").join(paragraph + Markup("</p>") for paragraph in body)


def _lines(text: str, span: Span) -> list[Span]:
    """Cut a span at the ends of lines."""
    found = re.finditer(r"[^\n]*\S", text[span.start : span.end])
    return [Span(span.start + one.start(), span.start + one.end()) for one in found]
