"""What stands in no table of the archive: what the articles of a folder tell, and those of the
archive that no run has read yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date

from rajnay.archive.tellings import Entry, Found
from rajnay.models import Extraction
from rajnay.timeline.grouping import Telling, keys_of
from rajnay.timeline.tellings import engagement_codec
from rajnay.times.periods import YEAR, Period, extent


class Nearby:
    """Engagements to be found as the archive finds its own, by what their articles ``told``;
    ``hashes`` are of the texts of articles that the archive need not be asked for.
    """

    def __init__(self, told: Iterable[Extraction], hashes: Container[str]) -> None:
        self.told = {one.article.id: one for one in told}
        self.hashes = hashes
        self._entries = {name: list(entries_of(one)) for name, one in self.told.items()}
        self._by_key: defaultdict[int, list[Found]] = defaultdict(list)
        for name, entry in self._all():
            for key in entry.keys:
                self._by_key[key].append(_found(name, entry))

    def _all(self) -> Iterator[tuple[str, Entry]]:
        return ((name, one) for name, entries in self._entries.items() for one in entries)

    def with_key(self, key: int) -> Iterator[Found]:
        """Yield the engagements that are found under a key."""
        yield from self._by_key.get(key, ())

    def of_article(self, name: str) -> Iterator[Found]:
        """Yield the engagements of an article."""
        yield from (_found(name, one) for one in self._entries.get(name, ()))

    def between(self, first: date, last: date) -> Iterator[Found]:
        """Yield the engagements that may lie in some days."""
        for name, one in self._all():
            if one.first and one.last and one.first <= last and first <= one.last:
                yield _found(name, one)

    def undated_in(self, first: date, last: date) -> Iterator[Found]:
        """Yield those of no known year that may lie in some days, by when they were printed."""
        for name, one in self._all():
            printed = self.told[name].article.published
            if one.yearless:
                may = printed is None or abs(printed - first) <= YEAR
            else:
                may = one.first is None and printed is not None and first <= printed <= last
            if may:
                yield _found(name, one)

    def planned(self, day: date) -> Iterator[Found]:
        """Yield the plans for after a day that were made by then."""
        for name, one in self._all():
            printed = self.told[name].article.published or date.max
            if one.status == "planned" and one.first and printed <= day < one.first:
                yield _found(name, one)

    def undated(self) -> int:
        """Return how many engagements have no day of a known year."""
        return sum(one.first is None for _, one in self._all())


def _found(name: str, one: Entry) -> Found:
    days = Period(one.first, one.last) if one.first and one.last else None
    return Found(name, one.place, days)


def entries_of(extraction: Extraction) -> Iterator[Entry]:
    """Yield what an archive needs to find each engagement of an article, and those of the same
    event: the blocks it is compared in, and the id that it would have alone.
    """
    for place, one in enumerate(extraction.engagements):
        telling, days = Telling(extraction.article, one), extent(one)
        yearless = days.certainty == "yearless"
        keys = tuple(sorted(keys_of(telling)))
        told = engagement_codec().dump_json(one)
        yield Entry(place, days.first, days.last, yearless, one.status, keys, told)
