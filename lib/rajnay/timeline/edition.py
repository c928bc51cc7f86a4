"""What a report needs to speak: its words, its names, and the level of engagements."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from babel import Locale

from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.levels import Levels
from rajnay.models import Engagement, Row
from rajnay.timeline.standing import ORDER, status
from rajnay.timeline.wording import TableNames, Wording, plain
from rajnay.times.periods import extent

SPOKEN = ("meeting", "call", "consultation", "multilateral")


@dataclass(frozen=True)
class Edition:
    """What a report needs to speak: its words, its names, the pair of countries, and the levels of
    engagements.

    ``offices`` are names of offices in the report's language by their English names, beside those
    of its words.
    """

    wording: Wording
    names: TableNames
    pair: tuple[str, str]
    levels: Levels
    offices: Mapping[str, str] = field(default_factory=dict, repr=False)

    def person(self, name: str) -> str:
        """Return the name of a person, body or office (``Foreign Minister of Russia``) in the
        report's language.
        """
        said = plain(self.names.person(name, self.wording.lang))
        office, _, country = name.rpartition(" of ")
        # Offices and bodies without a name of their own are recorded with the country's name.
        of_record = Locale(load_defaults().names_of_record).territories
        code = next((code for code in self.pair if of_record[code] == country), "")
        if said != name or not (code or country in self.names.places):
            return said
        where = self.wording.country(code) if code else self.place(country)
        title = self.wording.texts.get(f"post_in.{code}.{office}")
        if title is None and f"office.{office}" in self.wording.texts:
            return self.wording.text(f"office.{office}", country=where)
        title = title or self.offices.get(office)
        return self.wording.text("people.office_of", office=title, country=where) if title else said

    def office(self, office: str, country: str) -> str:
        """Return an office's name in the report's language, as the country has it.

        Args:
            office: the office's name of record.
            country: the country's ISO 3166-1 code.

        Returns:
            The name, or that of record where the language has none.
        """
        own = self.wording.texts.get(f"post_in.{country}.{office}")
        return str(own or self.offices.get(office, office))

    def place(self, name: str | None) -> str:
        """Return a place's name in the report's language, nothing for no place."""
        return plain(self.names.place(name or "", self.wording.lang))

    def forum(self, name: str | None, *, full: bool = False) -> str:
        """Return a forum's name in the report's language, in full or as it is called after it has
        been named once; nothing for no forum.
        """
        short = self.names.forum(name or "", self.wording.lang)
        return plain(str(self.wording.texts.get(f"forum.{name}", short) if full else short))

    def side(self, engagement: Engagement, country: str) -> str:
        """Return who took part for a country, or the country's name when nobody is named."""
        return self.wording.items(self._names(engagement, country))

    def _names(self, engagement: Engagement, country: str) -> list[str]:
        names = [self.person(name) for name in engagement.parties.get(country, ())]
        return names or [self.wording.country(country)]

    def people(self, engagement: Engagement) -> str:
        """Return both sides of an engagement: ``A and B – C``."""
        first, second = (self.side(engagement, country) for country in self.pair)
        return self.wording.text("people.sides", first=first, second=second)

    def event(self, engagement: Engagement, *, dated: bool = True) -> str:
        """Return an engagement in one line: who, what, where and (unless ``dated`` is false)
        when.
        """
        parts = [self.people(engagement), self.wording.text(f"kind.{engagement.kind}")]
        if engagement.place:
            parts.append(self.place(engagement.place))
        elif engagement.country:
            parts.append(self.wording.country(engagement.country))
        return ", ".join([*parts, self.wording.when(engagement)] if dated else parts)

    def lead(self, engagement: Engagement) -> str:
        """Return an engagement as a sentence that a person would write: who did what, where, when,
        and about what.

        Args:
            engagement: what was held, with its people, place and topics as far as known.

        Returns:
            One sentence or two, in the report's language, that end with its full stop.
        """
        words = self.wording
        first, second = (self.side(engagement, country) for country in self.pair)
        exact = extent(engagement).certainty == "day"
        day = {"on": "", "when": ""} | {
            "on" if exact else "when": words.text(
                f"lead.{'on_day' if exact else 'around'}", when=words.when(engagement)
            )
        }
        everyone = words.items(
            itertools.chain.from_iterable(self._names(engagement, code) for code in self.pair)
        )
        values = {"first": first, "second": second, "everyone": everyone, **day}
        if engagement.kind == "visit":
            if engagement.country not in self.pair:
                return f"{self.event(engagement)}{words.text('list.stop')}"
            here, other = self.pair.index(engagement.country), (second, first)
            values |= {"visitor": other[here], "host": words.country(engagement.country)}
        form = "placed" if engagement.place and engagement.kind != "call" else "bare"
        if form == "placed":
            values["place"] = self.place(engagement.place or "")
        said = words.text(f"lead.{engagement.kind}.{form}", **values)
        # What a visit, an exercise or a paper is about was on no table.
        spoken = engagement.topics if engagement.kind in SPOKEN else ()
        topics = [words.text(f"topic.{topic}") for topic in spoken]
        return f"{said} {words.text('lead.about', topics=topics)}" if topics else said

    def counts(self, named: Iterable[tuple[str, int]]) -> str:
        """Return names with their counts as a list: ``defence (5), energy (3)``."""
        return ", ".join(
            self.wording.text("count.named", name=name, number=number) for name, number in named
        )

    def total(self, name: str, number: int) -> str:
        """Return a name with its count as a label: ``Leaders: 4``."""
        return self.wording.text("count.total", name=name, number=number)

    def statuses(self, rows: Iterable[Row], today: date) -> str:
        """Return how many rows are held, planned, unconfirmed and cancelled on a day, leaving out
        what there is none of.
        """
        found = Counter(status(row, today) for row in rows)
        return ", ".join(
            self.wording.text(f"count.{name}", count=found[name]) for name in ORDER if found[name]
        )
