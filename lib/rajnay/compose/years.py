"""Of which year a day is that says none: that of its sentence, of the one before, or of the entry
of a list that it stands in.
"""

from __future__ import annotations

from rajnay.mentions.dates.finder import DateMention
from rajnay.mentions.passages import Passage


class Years:
    """Remembers, sentence by sentence, which year was named."""

    def __init__(self) -> None:
        """Begin an article: no year is named yet."""
        self._year: DateMention | None = None
        self._before: DateMention | None = None
        self._line = -1
        self._heading: DateMention | None = None

    def enter(self, passage: Passage) -> None:
        """Begin a sentence: a year that the one before names or keeps holds for its days too.

        Args:
            passage: the sentence.
        """
        dates = passage.dates
        if dates and dates[0].expression.year and dates[0].first == passage.sentence.first:
            self._line, self._heading = passage.sentence.line, dates[0]
        self._before = self._heading if self.in_entry(passage) else self._year
        years = [*filter(_names_a_year, dates)]
        self._year = years[-1] if years else self._year if dates else None

    def in_entry(self, passage: Passage) -> bool:
        """Return whether a sentence is of an entry of a list that a year heads.

        Args:
            passage: the sentence.
        """
        return self._line == passage.sentence.line

    def told(self, mention: DateMention, passage: Passage) -> int | None:
        """Return the year that a plain day is of, as its sentence or the one before names it; None
        if neither does.

        Args:
            mention: the day.
            passage: its sentence.
        """
        inside = [one for one in passage.dates if one.first < mention.first and _names_a_year(one)]
        named = inside[-1] if inside else self._before if _is_plain_day(mention) else None
        if named is None:
            return None
        said, anchor = named.expression, passage.anchor
        return said.year if said.year or anchor is None else anchor.year + (said.shift or 0)


_UNSAID = (None, None, None)


def _names_a_year(mention: DateMention) -> bool:
    """Return whether a date is a year alone, in which something was: not "since 2003"."""
    said = mention.expression
    year = said.year or (said.unit, said.shift) == ("year", -1)
    alone = (said.month, said.season, said.until) == _UNSAID
    return (mention.kind, mention.bound) == ("date", "on") and alone and bool(year)


def _is_plain_day(mention: DateMention) -> bool:
    """Return whether a date is a day and month that say nothing of their year."""
    said = mention.expression
    plain = (said.shift, said.year_shift, said.relation) == _UNSAID
    return plain and all((said.day, said.month)) and not any((said.same_year, said.weekday))
