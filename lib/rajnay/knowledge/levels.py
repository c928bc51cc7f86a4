"""The level that people, offices, bodies, forums and kinds of event stand for: leaders, ministers,
officials and so on.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from rajnay.base import paths
from rajnay.knowledge.reference import Tenure
from rajnay.knowledge.tables import Form, Record, read_table
from rajnay.models import Engagement
from rajnay.times.periods import extent

LEVELS = ("leaders", "ministers", "officials", "parliament", "armed-forces", "unknown")


class LevelRule(Record):
    """A phrase of a party's, forum's or kind's name that tells the level; ``*`` stands for any
    words.
    """

    field: Literal["party", "forum", "kind"]
    phrase: Form
    level: Literal["leaders", "ministers", "officials", "parliament", "armed-forces"]


class Levels:
    """Tells levels from rules, tenures and the roles of bodies; the longest phrase that fits a name
    decides, in any case.

    >>> levels = Levels([LevelRule(field="party", phrase="Prime Minister", level="leaders")], [])
    >>> levels.of_name("Prime Minister of India"), levels.of_name("somebody")
    ('leaders', 'unknown')
    """

    def __init__(
        self,
        rules: Iterable[LevelRule],
        tenures: Iterable[Tenure],
        roles: Mapping[str, str] | None = None,
    ) -> None:
        ordered = sorted(rules, key=lambda rule: (-len(rule.phrase), rule.phrase))
        self._patterns = [(rule.field, _words(rule.phrase), rule.level) for rule in ordered]
        self._roles = roles or {}
        self._tenures: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in tenures:
            self._tenures[tenure.name, tenure.country].append(tenure)
        self._people = {name for name, _ in self._tenures}

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - one instance lives as long as the program
    def of_name(self, name: str, field: str = "party") -> str:
        """Return the level that an office's, body's, forum's or kind's name tells, or
        ``unknown``.
        """
        found = (level for of, words, level in self._patterns if of == field and words.search(name))
        return next(found, "unknown")

    def of_party(self, name: str, country: str, day: date | None) -> str:
        """Return the level of a person on a day, or of an office or a body.

        Without a day, every office the person ever held counts, if all are of one level.
        """
        held = self._tenures.get((name, country))
        if held is None:
            return self.of_name(self._roles.get(name, name))
        levels = {
            self.of_name(one.office) for one in held if day is None or one.since <= day <= one.until
        }
        if day is None and len(levels) > 1:
            return "unknown"
        return min(levels, key=LEVELS.index, default="unknown")

    def is_person(self, name: str) -> bool:
        """Say whether a party's name is a person's, and not an office's or a body's."""
        return name in self._people or (name not in self._roles and self.of_name(name) == "unknown")

    def of(self, engagement: Engagement) -> str:
        """Return the level of an engagement: that of the less senior side, each side counted by its
        most senior party.

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
    return re.compile(
        r"\b" + ".*".join(re.escape(part) for part in phrase.split("*")) + r"\b", re.IGNORECASE
    )


def load_levels(
    tenures: Iterable[Tenure],
    roles: Mapping[str, str] | None = None,
    file: Path = paths.REFERENCE / "levels.csv",
) -> Levels:
    """Read the table of rules, and join them with who held which office when, and with what each
    body is, by its name.

    Raises KnowledgeError, which names file, line and column of a wrong row.
    """
    return Levels(read_table(file, LevelRule), tenures, roles)
