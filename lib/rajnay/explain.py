"""An extraction that explains itself: why each engagement is as it is, and why each other candidate
was let go.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from rajnay.base.safe import plain
from rajnay.models import Article, Extraction, Span, Step
from rajnay.records import engagement_record


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
    steps = itertools.chain(extraction.steps, itertools.repeat(()))
    for number, (engagement, why) in enumerate(zip(extraction.engagements, steps, strict=False), 1):
        record = brief(engagement_record(engagement, article.text))
        lines += [
            f"  {number}. {record}, confidence {engagement.confidence:.2f}",
            f"    {quoted(engagement.evidence, article)} evidence",
            *_reasons(why, article),
        ]
    gaps = [f"    {quoted(gap.span, article)} {gap.why}" for gap in extraction.unresolved]
    for title, told in ("unresolved", gaps), ("dropped", _reasons(extraction.dropped, article)):
        lines += [f"  {title}", *told] if told else []
    return "\n".join(lines)


def _reasons(steps: Iterable[Step], article: Article) -> list[str]:
    return [f"    {quoted(step.span, article)} {step.what}: {step.why}" for step in steps]


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
    parties = engagement.get("parties") or {}
    parts = [
        f"{engagement.get('status')} {engagement.get('kind')}",
        when or "undated",
        ", ".join(filter(None, (engagement.get("place"), engagement.get("country")))),
        *(f"{country}: {', '.join(names) or '-'}" for country, names in parties.items()),
        engagement.get("forum"),
        ", ".join(engagement.get("topics") or ()),
    ]
    return " | ".join(filter(None, parts))
