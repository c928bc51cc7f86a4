"""Articles and engagements as HTML: what each word was taken for is shown in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from rajnay.base.safe import web_link
from rajnay.models import Article, Extraction, Mention, Span
from rajnay.report.html.marks import MARK_OF_MENTION, Mark, marked, passages, quotation
from rajnay.report.html.templates import fill, with_style


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
