"""How an event stands for a reader: how sure it is, and whether a plan has passed unconfirmed."""

from __future__ import annotations

from datetime import date, timedelta

from rajnay.models import Row
from rajnay.times.periods import extent

# In the articles that nobody had read, of what was found below the first of these 18 in 100 were
# right in every field, up to the second 52, and from the third on 87 (November 2026).
EVEN, WEAK, HIGH = 0.5, 0.7, 0.85
UNSURE = ("doubtful", "weak")  # what a reader is told to check
ORDER = ("held", "planned", "unconfirmed", "cancelled")
# A plan without any day is taken for still open as long as the last article that tells of it is not
# older than this.
PLANS_LAST = timedelta(days=365)


def sureness(confidence: float) -> str:
    """Return how sure an event is, as a reader is told: ``doubtful`` if some field is more likely
    wrong than all are right, else ``weak``, ``fair`` or ``high``.

    Args:
        confidence: a share of one, as an engagement has it.

    Returns:
        One of the keys of ``sure`` in report.yaml.

    >>> sureness(0.65), sureness(0.95)
    ('weak', 'high')
    """
    if confidence < EVEN:
        return "doubtful"
    return "weak" if confidence < WEAK else "fair" if confidence < HIGH else "high"


def is_doubtful(row: Row) -> bool:
    """Say whether a row is more likely wrong in some field than right, and nobody has looked at it:
    no list or count of a report has it.
    """
    return not row.by_hand and sureness(row.engagement.confidence) == "doubtful"


def is_past(row: Row, today: date) -> bool:
    """Say whether the last day that a row can mean lies before today, or is today for one of which
    only a stretch of days is known; without any day, whether its articles are old.
    """
    days = extent(row.engagement)
    if days.last:
        vague = days.certainty in ("within", "month", "year")
        return days.last < today or (vague and days.last == today)
    return bool(row.printed) and today - row.printed[-1] > PLANS_LAST


def status(row: Row, today: date) -> str:
    """Return a row's status as a reader has to take it: ``unconfirmed`` when planned and past.

    Args:
        row: an event, as its articles tell it.
        today: the day that the report looks from.

    Returns:
        ``held``, ``planned``, ``unconfirmed`` or ``cancelled``.
    """
    past = row.engagement.status == "planned" and is_past(row, today)
    return "unconfirmed" if past else row.engagement.status
