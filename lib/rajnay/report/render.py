"""Articles and engagements as HTML: what each word was taken for is shown in its place, and all
article text is escaped.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

from rajnay import paths
from rajnay.knowledge.defaults import load_defaults
from rajnay.models import Article, Engagement, Extraction, Mention, Span
from rajnay.safe import web_link

# What a reader checks a claim by; every kind of mention and every field of an engagement belongs to
# one of these.
MARKS = ("when", "who", "where", "forum", "topic", "source", "act")
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
    r"""\n+|(?P<word>[^\W\d_][^\s.?!\u0964]*)?(?P<stop>[.?!\u0964\u0965…]+)[”’"'»)\]]*(?:\s+|$)"""
)


JOINERS = "\u200c\u200d"
LATIN = r"[A-Za-z\u00c0-\u024f](?:[A-Za-z\u00c0-\u024f0-9 .'’&+-]*[A-Za-z\u00c0-\u024f0-9.])?"


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
    style of its underline and by a small label, so that it can be told without colour and by ear.

    >>> str(marked("a < b", [Mark(Span(4, 5), "who", "person", "B")]))
    'a &lt; <mark class="who" title="B"><span>b<small> person</small></span></mark>'
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
    label = Markup("<small> {}</small>").format(mark.label) if mark.label else Markup("")
    kept = Markup("<span>{}{}</span>").format(last, label) if label else escape(last)
    return Markup('<mark class="{}"{}>{}{}</mark>').format(mark.tells, title, before + space, kept)


def field_marks(
    engagement: Engagement, labels: Mapping[str, str], tells: Sequence[str] = MARKS
) -> list[Mark]:
    """Return the marks that prove an engagement's fields; ``labels`` maps each of ``tells`` to the
    word to print.

    Fields whose mark is not among ``tells`` are left out.
    """
    marks = []
    for field, spans in engagement.spans.items():
        name = field.partition(".")[0]
        told = "who" if name in engagement.parties else MARK_OF_FIELD.get(name, name)
        if told in tells:
            marks += [Mark(span, told, labels.get(told, told)) for span in spans]
    return marks


def passages(text: str, spans: Iterable[Span], abbreviations: Collection[str] = ()) -> list[Span]:
    """Return the sentences of a text that hold any of the spans, in order, neighbours joined into
    one.

    A full stop after one of the ``abbreviations``, or after a single letter, ends no sentence.

    >>> text = "A. First. Then another. Last."
    >>> [span.of(text) for span in passages(text, [Span(3, 5)])]
    ['A. First.']
    """
    ends = [
        (match.end("stop") if match["stop"] else match.start(), match.end())
        for match in SENTENCE_END.finditer(text)
        if match["stop"] != "."
        or not (match["word"] in abbreviations or len(match["word"] or "..") == 1)
    ]
    found: list[Span] = []
    wanted = [span for span in spans if span.start < span.end]
    begin = 0
    for stop, following in [*ends, (len(text), len(text))]:
        if any(span.start < following and begin < span.end for span in wanted):
            joined = found and not text[found[-1].end : begin].strip()
            begin = found.pop().start if joined else begin
            found.append(
                Span(
                    begin, following if stop < len(text) and text[stop:following].strip() else stop
                )
            )
        begin = following
    return found


def quotation(
    article: Article,
    engagement: Engagement,
    labels: Mapping[str, str],
    tells: Sequence[str] = MARKS,
    abbreviations: Collection[str] = (),
) -> Markup:
    """Return the sentences that prove an engagement, in the article's own words, with the proving
    words highlighted.

    Sentences that do not follow each other are parted by an ellipsis. ``labels`` and ``tells`` are
    as for ``field_marks``, ``abbreviations`` as for ``passages``.
    """
    marks = field_marks(engagement, labels, tells)
    spans = passages(
        article.text, [engagement.evidence, *(mark.span for mark in marks)], abbreviations
    )
    return Markup(' <span class="gap">…</span> ').join(
        marked(article.text, marks, within=span) for span in spans
    )


def html_of_article(article: Article, mentions: Iterable[Mention] = ()) -> Markup:
    """Return an article as HTML with every mention highlighted in place and told by colour,
    underline and label.

    >>> print(html_of_article(Article("a1", "x<y", lang="en")).count("x&lt;y"))
    1
    """
    marks = [
        Mark(found.span, MARK_OF_MENTION.get(found.kind, found.kind), found.kind, found.key)
        for found in mentions
    ]
    lines = [Span(*match.span()) for match in re.finditer(r"[^\n]+", article.text)]
    body = [
        marked(
            article.text,
            [mark for mark in marks if line.start <= mark.span.start < line.end],
            within=line,
        )
        for line in lines
    ]
    kinds = {mark.label: mark.tells for mark in marks}
    return fill(
        "article.html.j2", article=article, link=web_link(article.url), paragraphs=body, kinds=kinds
    )


def html_of_engagements(extraction: Extraction) -> Markup:
    """Return what was drawn from an article as HTML: a card for each engagement with its evidence,
    then what is unresolved.
    """
    article = extraction.article
    cards = [
        (engagement, quotation(article, engagement, {})) for engagement in extraction.engagements
    ]
    gaps = [
        (
            Markup(" … ").join(
                marked(article.text, [Mark(gap.span, "act", "")], within=span)
                for span in passages(article.text, [gap.span])
            ),
            gap.why,
        )
        for gap in extraction.unresolved
    ]
    return fill("engagements.html.j2", article=article, cards=cards, gaps=gaps)


@dataclass(frozen=True)
class ArticleView:
    """An article that shows itself with its mentions when a notebook cell ends in it."""

    article: Article
    mentions: tuple[Mention, ...] = ()

    def _repr_html_(self) -> str:
        return with_style(html_of_article(self.article, self.mentions))


@dataclass(frozen=True)
class EngagementsView:
    """The engagements of one article, which show themselves as cards when a notebook cell ends in
    it.
    """

    extraction: Extraction

    def _repr_html_(self) -> str:
        return with_style(html_of_engagements(self.extraction))


def with_style(body: str) -> str:
    """Return HTML with the style that a notebook needs to show it; a report takes the style out
    again and has its own.
    """
    sheet = style("marks.css") + style("notebook.css")
    return f'<style>{sheet}</style><div class="rajnay">{body}</div>'


@functools.cache
def style(name: str) -> str:
    """Return a style sheet of the report's template by its file name."""
    return (paths.TEMPLATE / name).read_text(encoding="utf-8")


@functools.cache
def environment() -> jinja2.Environment:
    """Return the template environment: everything put into a template is escaped, and an unknown
    name is an error.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(paths.TEMPLATE / "parts"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["tongues"] = tongues
    return made


@jinja2.pass_context
def tongues(context: jinja2.runtime.Context, text: str) -> Markup:
    """Return a text of the report, its Latin words marked as names of record where the report's own
    language is not written so.

    Names that have no form in the report's language stand as they are of record, in English: a
    voice must be told.
    """
    if re.search("[A-Za-z]", context["words"].locale.display_name):
        return escape(text)
    of_record = load_defaults().names_of_record
    pieces = re.split(f"({LATIN})", str(text))
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(of_record, piece) if index % 2 else escape(piece)
        for index, piece in enumerate(pieces)
    )


def fill(template: str, **values: Any) -> Markup:
    """Return a template of ``reports/template/parts`` filled with values, every one of them escaped
    unless it is HTML already.
    """
    return Markup(environment().get_template(template).render(**values))
