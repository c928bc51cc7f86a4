"""What tables tell of engagements: their level (leaders, ministers ...) by who took part, and those known from elsewhere."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import create_model

from rajnay import paths
from rajnay.datafiles import Form, Forms, KnowledgeError, Record, read_table
from rajnay.models import KINDS, STATUSES, TOPICS, Engagement, Span
from rajnay.periods import extent, interval
from rajnay.reference import Country, Tenure

LEVELS = ("leaders", "ministers", "officials", "parliament", "armed-forces", "unknown")


class Rule(Record):
    """A phrase of a party's, forum's or kind's name that tells the level; ``*`` stands for any words."""

    field: Literal["party", "forum", "kind"]
    phrase: Form
    level: Literal["leaders", "ministers", "officials", "parliament", "armed-forces"]


class Levels:
    """Tells levels from rules, tenures and the roles of bodies; the longest phrase that fits a name decides, in any case.

    >>> levels = Levels([Rule(field="party", phrase="Prime Minister", level="leaders")], [])
    >>> levels.of_name("Prime Minister of India"), levels.of_name("somebody")
    ('leaders', 'unknown')
    """

    def __init__(self, rules: Iterable[Rule], tenures: Iterable[Tenure], roles: Mapping[str, str] | None = None) -> None:
        ordered = sorted(rules, key=lambda rule: (-len(rule.phrase), rule.phrase))
        self._patterns = [(rule.field, _words(rule.phrase), rule.level) for rule in ordered]
        self._roles = roles or {}
        self._tenures: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in tenures:
            self._tenures[tenure.name, tenure.country].append(tenure)
        self._people = {name for name, _ in self._tenures}

    @lru_cache(maxsize=4096)  # noqa: B019 - one instance lives as long as the program
    def of_name(self, name: str, field: str = "party") -> str:
        """Return the level that an office's, body's, forum's or kind's name tells, or ``unknown``."""
        found = (level for of, words, level in self._patterns if of == field and words.search(name))
        return next(found, "unknown")

    def of_party(self, name: str, country: str, day: date | None) -> str:
        """Return the level of a person on a day, or of an office or a body.

        Without a day, every office the person ever held counts, if all are of one level.
        """
        held = self._tenures.get((name, country))
        if held is None:
            return self.of_name(self._roles.get(name, name))
        levels = {self.of_name(one.office) for one in held if day is None or one.since <= day <= one.until}
        if day is None and len(levels) > 1:
            return "unknown"
        return min(levels, key=LEVELS.index, default="unknown")

    def is_person(self, name: str) -> bool:
        """Say whether a party's name is a person's, and not an office's or a body's."""
        return name in self._people or (name not in self._roles and self.of_name(name) == "unknown")

    def of(self, engagement: Engagement) -> str:
        """Return the level of an engagement: that of the less senior side, each side counted by its most senior party.

        Where no party is known, the forum decides, and after it the kind.
        """
        day = extent(engagement).first
        sides = []
        for country, names in engagement.parties.items():
            levels = {self.of_party(name, country, day) for name in names} - {"unknown"}
            sides += [min(levels, key=LEVELS.index)] if levels else []
        if sides:
            return max(sides, key=LEVELS.index)
        by_forum = self.of_name(engagement.forum or "", "forum")
        return by_forum if by_forum != "unknown" else self.of_name(engagement.kind, "kind")


def _words(phrase: str) -> re.Pattern[str]:
    return re.compile(r"\b" + ".*".join(re.escape(part) for part in phrase.split("*")) + r"\b", re.IGNORECASE)


def load_levels(
    tenures: Iterable[Tenure], roles: Mapping[str, str] | None = None, file: Path = paths.REFERENCE / "levels.csv"
) -> Levels:
    """Read the table of rules, and join them with who held which office when, and with what each body is, by its name.

    Raises KnowledgeError, which names file, line and column of a wrong row.
    """
    return Levels(read_table(file, Rule), tenures, roles)


class Known(Record):
    """A row of engagements.csv without its two columns of parties, each of which is headed by a country's English name."""

    start: Form
    end: Form
    kind: Literal[KINDS]  # type: ignore[valid-type]
    status: Literal[STATUSES]  # type: ignore[valid-type]
    place: str
    country: str
    forum: str
    topics: tuple[Literal[TOPICS], ...]  # type: ignore[valid-type]


@lru_cache
def load_known(folder: Path = paths.REFERENCE) -> tuple[Engagement, ...]:
    """Read the table of known engagements, in the order of their days, from ``data/reference``.

    The columns of parties are headed by a country's English name, in small letters. Raises KnowledgeError, which names file, line
    and column of a wrong row.

    >>> load_known()[0].forum, load_known()[0].start
    ('Annual Summit', '2000-10-02')
    """
    file = folder / "engagements.csv"
    codes = {row.name_en.casefold(): row.code for row in read_table(folder / "countries.csv", Country)}
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            heads = next(csv.reader(handle), [])
    except FileNotFoundError:
        raise KnowledgeError(f"{file}: no such file; the long view needs it") from None
    sides = {head: codes[head] for head in heads if head in codes}
    if len(sides) != 2:
        raise KnowledgeError(f"{file}:1: needs two columns headed by a country's English name in small letters, has {len(sides)}")
    columns: dict[str, Any] = dict.fromkeys(sides, (Forms, ()))
    found = []
    for number, row in enumerate(read_table(file, create_model("KnownOfPair", __base__=Known, **columns)), 2):
        if interval(row.start, row.end) is None:
            raise KnowledgeError(f"{file}:{number}: {row.start!r} to {row.end!r}: write dates as YYYY, YYYY-MM or YYYY-MM-DD")
        values: dict[str, Any] = {
            "edtf": row.start if row.start == row.end else f"{row.start}/{row.end}",
            "place": row.place or None,
            "country": row.country or None,
            "parties": {code: getattr(row, side) for side, code in sides.items()},
            "forum": row.forum or None,
        }
        found.append(
            Engagement(row.kind, row.status, row.start, row.end, **values, topics=row.topics, source=None, evidence=Span(0, 0))
        )
    return tuple(sorted(found, key=lambda one: (str(one.start), str(one.end), one.kind, str(one.place), str(one.parties))))
