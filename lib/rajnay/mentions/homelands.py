"""Which country a name in no table is likely of: that of the people who share a part of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rajnay.knowledge.reference import Person

# Of all who bear a forename, or a surname that ends so, as many must be of one country.
_MOST = 0.8
# An ending tells something if so many share it; a forename is one from so many letters on.
_ENOUGH = 5
_SHORTEST = 3
_ENDINGS = (3, 2)


class Homelands:
    """Tells the country of a name from the forenames and surnames of the tables."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Count.

        Args:
            people: everybody of the tables.
        """
        forenames, endings = (
            defaultdict[str, Counter[str]](Counter),
            defaultdict[str, Counter[str]](Counter),
        )
        for person in people:
            forename, surname = _parts(person.name)
            forenames[forename][person.country] += 1
            for ending in _endings(surname):
                endings[ending][person.country] += 1
        self._forenames, self._endings = _told(forenames, 1), _told(endings, _ENOUGH)

    def of(self, name: str) -> str | None:
        """Return the country that somebody is likely of, or None.

        Args:
            name: in Latin letters, forename first.

        >>> people = [Person(name="Oleg Nikitin", country="RU")]
        >>> Homelands(people).of("Oleg Tolbanov"), Homelands(people).of("John Harkins")
        ('RU', None)
        """
        forename, surname = _parts(name)
        if forename in self._forenames:
            return self._forenames[forename]
        return next(filter(None, map(self._endings.get, _endings(surname))), None)


def _parts(name: str) -> tuple[str, str]:
    """Return a forename, if it is told in full, and the last word."""
    words = name.replace(".", " ").lower().split() or [""]
    return (words[0] if len(words[0]) >= _SHORTEST and len(words) > 1 else ""), words[-1]


def _endings(surname: str) -> Iterator[str]:
    return (surname[-length:] for length in _ENDINGS if len(surname) > length)


def _told(counts: Mapping[str, Counter[str]], enough: int) -> dict[str, str]:
    """Return what is told by a key that enough people share, nearly all of one country."""
    found: dict[str, str] = {}
    for key, countries in counts.items():
        country, most = countries.most_common(1)[0]
        if countries.total() >= enough and most >= _MOST * countries.total():
            found[key] = country
    found.pop("", None)  # who has no forename
    return found
