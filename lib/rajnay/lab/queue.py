"""What is most in need of a reader: events of which the library is least sure, on which outlets
differ, and plans of which nothing more was told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rajnay.models import Row
from rajnay.report.issue import Issue

WHY = ("unsure", "conflict", "unconfirmed")
# Below it an event is told of as weakly sure, and as much nearer to the front of the queue a
# conflict or a plan without news brings one.
UNSURE = 0.6
_NEARER = {"conflict": 0.3, "unconfirmed": 0.2}


@dataclass(frozen=True)
class Item:
    """An event in the queue, and why it is there."""

    row: Row
    why: tuple[str, ...]

    @property
    def turn(self) -> tuple[float, str]:
        """What orders the queue: the smallest is first."""
        return self.row.engagement.confidence - sum(_NEARER.get(one, 0) for one in self.why), (
            self.row.id
        )


def queue(rows: Iterable[Row], issue: Issue, only: str = "") -> tuple[Item, ...]:
    """Return the events that a reader should look at, most in need first.

    What was decided by hand is left out, unless outlets differ on it: then what came in later says
    otherwise.

    Args:
        rows: the events.
        issue: tells which plans have passed without news.
        only: one of ``WHY``, or empty for all.
    """
    found = (Item(row, tuple(reasons(row, issue))) for row in rows)
    kept = (one for one in found if (only in one.why if only else one.why))
    return tuple(sorted(kept, key=lambda one: one.turn))


def reasons(row: Row, issue: Issue) -> Iterable[str]:
    """Yield why a reader should look at an event, if there is any reason."""
    if row.differences:
        yield "conflict"
    if row.by_hand:
        return
    if row.engagement.confidence < UNSURE:
        yield "unsure"
    if issue.status(row) == "unconfirmed":
        yield "unconfirmed"
