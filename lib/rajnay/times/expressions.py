"""What words for time say, before anyone asks when they were said: one word, and an expression of
several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

# Whether the month stands before its day: never, always, or where it is a word ("August 21", 21/8).
MonthFirst = bool | Literal["in words"]


class Entry(NamedTuple):
    """One meaning of a word for time: its class, its value within the class, and what its ending
    says (bare, at, of, from, until).

    ``apart`` is false for an ending that only counts where it is attached to what stands before it.
    """

    kind: str
    value: int | str
    role: str = "bare"
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Expression:
    """What an expression of time says, before anyone asks when it was said.

    ``shift`` is -1, 0 or 1 (last, this, next) of ``unit``, or of the named month, day, weekday or
    season if ``unit`` is None; ``year_shift`` the same of the year beside a month; ``offset``
    counts ``unit`` from the day of publication, or from the date before if ``relation`` is set;
    ``by_tense`` says that the tense decides the offset's sign; ``relation`` is same, offset, nth or
    last (day of what the date before names), event (counted from what is no date) or vague;
    ``nth`` counts the weekday within the month, the last one being -1; ``count`` units are a length
    of time, or what is ahead if they are told ``within``;
    ``until`` the other end of a range or, if ``either``, of a choice; ``check`` a second expression
    that names the same time.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    part: str | None = None
    season: str | None = None
    unit: str | None = None
    shift: int | None = None
    year_shift: int | None = None
    same_year: bool = False
    offset: int | None = None
    by_tense: bool = False
    relation: str | None = None
    count: int | None = None
    within: bool = False
    about: bool = False
    until: Expression | None = None
    either: bool = False
    check: Expression | None = None

    @property
    def grain(self) -> str:
        """The unit to which the expression is precise."""
        if self.day or self.weekday:
            return "day"
        if self.part:
            return "week" if self.part.startswith("week") else "part"
        if self.season:
            return "season"
        return self.unit or ("month" if self.month else "year")
