"""Judge whether an engagement is planned, held or cancelled."""

from __future__ import annotations

from datetime import date

from rajnay.compose.drafts import Draft

_DAY = len("2025-08-21")


def status_of(draft: Draft, anchor: date | None) -> str:
    """Return planned, held or cancelled, as seen from the publication day whatever the tense of a
    quote.
    """
    if draft.cancelled:
        return "cancelled"
    when = draft.when
    if anchor is not None and when is not None:
        begun = (
            when.start is not None
            and len(when.start) == _DAY
            and when.earliest is not None
            and when.earliest < anchor
        )
        if draft.kind in ("visit", "exercise") and begun:
            return "held"
        if when.earliest is not None and when.earliest > anchor:
            return "planned"
        if when.latest is not None and when.latest < anchor:
            return "held"
    return "planned" if draft.tense == "future" else "held"
