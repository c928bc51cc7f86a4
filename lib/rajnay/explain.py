"""An extraction that explains itself: why each engagement is as it is, and why each other candidate
was let go.
"""

from __future__ import annotations

from typing import Any

from rajnay.models import Article, Extraction, Span
from rajnay.records import engagement_record
from rajnay.safe import plain


def explanation(extraction: Extraction) -> str:
    """Return how every engagement of an article came about, and every candidate that was let go, as
    lines of plain text.

    >>> from rajnay.models import Step
    >>> dropped = (Step(Span(2, 5), "meeting", "one side only"),)
    >>> print(explanation(Extraction(Article("a", "A met B.", "en"), dropped=dropped)))
    a (undated): 0 engagements
      dropped
        [2:5] «met» meeting: one side only
    """
    article = extraction.article
    count = len(extraction.engagements)
    changed = f"undated, not after its last change on {article.modified}"
    when = article.published or (changed if article.modified else "undated")
    lines = [f"{article.id} ({when}): {count} engagement{'' if count == 1 else 's'}"]
    for number, engagement in enumerate(extraction.engagements):
        lines.append(
            f"  {number + 1}. {brief(engagement_record(engagement, article.text))}, confidence "
            f"{engagement.confidence:.2f}"
        )
        lines.append(f"    {quoted(engagement.evidence, article)} evidence")
        steps = extraction.steps[number] if number < len(extraction.steps) else ()
        lines += [f"    {quoted(step.span, article)} {step.what}: {step.why}" for step in steps]
    gaps = [f"    {quoted(gap.span, article)} {gap.why}" for gap in extraction.unresolved]
    dropped = [
        f"    {quoted(step.span, article)} {step.what}: {step.why}" for step in extraction.dropped
    ]
    return "\n".join(
        lines
        + (["  unresolved", *gaps] if gaps else [])
        + (["  dropped", *dropped] if dropped else [])
    )


def quoted(span: Span, article: Article) -> str:
    """Return a span's offsets and its words on one line, without characters that a terminal would
    obey.
    """
    return f"[{span.start}:{span.end}] «{plain(' '.join(span.of(article.text).split()))}»"


def brief(engagement: dict[str, Any]) -> str:
    """Return an engagement's record on one line: what, when, where, who, under which forum, about
    what.

    >>> when = {"start": "2025-05", "end": "2025-05"}
    >>> brief({"kind": "visit", "status": "held", **when, "parties": {"IN": ["A"], "RU": []}})
    'held visit | 2025-05 | IN: A | RU: -'
    """
    start, end = engagement.get("start"), engagement.get("end")
    when = start if start == end else f"{start or ''}..{end or ''}"
    sides = [
        f"{country}: {', '.join(names) or '-'}"
        for country, names in (engagement.get("parties") or {}).items()
    ]
    where = ", ".join(part for part in (engagement.get("place"), engagement.get("country")) if part)
    parts = [
        f"{engagement.get('status')} {engagement.get('kind')}",
        when or "undated",
        where,
        *sides,
        engagement.get("forum"),
    ]
    return " | ".join(part for part in [*parts, ", ".join(engagement.get("topics") or ())] if part)
