"""Judge whether an engagement is planned, held or cancelled."""

from __future__ import annotations

from datetime import date

from rajnay.compose.drafts import Draft

_DAY = len("2025-08-21")


def status_of(draft: Draft, anchor: date | None) -> str:
    """Return planned, held or cancelled, as seen from the publication day whatever the tense of a
    quote.

    Args:
        draft: the draft.
        anchor: the day of publication, None if unknown.
    """
    if draft.cancelled:
        return "cancelled"
    when = draft.when
    if anchor is not None and when is not None:
        first, last = when.bounds
        begun = len(when.start or "") == _DAY and first < anchor
        if last < anchor or (begun and draft.kind in ("visit", "exercise")):
            return "held"
        if first > anchor:
            return "planned"
    return "planned" if draft.tense == "future" else "held"
