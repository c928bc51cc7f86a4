"""What came of collecting: counts, and a line for each thing that is wrong or worth knowing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rajnay.archive.filing import Filing


@dataclass
class Tally:
    """Counts of one collecting.

    ``feeds`` were asked, ``unchanged`` of them had nothing new, ``broken`` could not be read;
    ``listed`` articles they named, of which ``known`` were filed or settled before, ``passed`` are
    on something else or in a language without a pack, and ``fetched`` pages were asked for; ``new``
    articles came into the archive, and ``filed`` counts all by what became of them.
    """

    feeds: int = 0
    unchanged: int = 0
    broken: int = 0
    listed: int = 0
    known: int = 0
    passed: int = 0
    fetched: int = 0
    new: int = 0
    filed: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def file(self, filing: Filing) -> None:
        """Count what became of an article; one that is like another is new all the same."""
        self.filed[filing.status] = self.filed.get(filing.status, 0) + 1
        self.new += filing.status == "new" or filing.of is not None

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {status}" for status, count in sorted(self.filed.items()))
        told = []
        if self.feeds:
            told += [f"{self.feeds} feeds ({self.unchanged} unchanged, {self.broken} failed)"]
            told += [f"{self.listed} listed ({self.known} known, {self.passed} passed over)"]
        told += [f"{self.fetched} pages fetched"] if self.feeds or self.fetched else []
        told += [f"{self.new} articles filed"]
        return "; ".join(told) + (f" ({kinds})" if kinds else "")

    def record(self) -> dict[str, Any]:
        """Return the counts and lines as JSON can hold them."""
        return dict(vars(self))
