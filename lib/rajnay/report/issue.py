"""One issue of the report: which engagements it tells of, from what day it looks, and in which
language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rajnay.base.first import first
from rajnay.knowledge.store import Knowledge
from rajnay.models import Engagement, Extraction, Row
from rajnay.report.agreed import Agreed, all_agreed
from rajnay.report.visits import under_visits
from rajnay.timeline import standing, summary
from rajnay.timeline.edition import Edition
from rajnay.timeline.known import Sourced, may_be_same
from rajnay.timeline.summary import Claim
from rajnay.timeline.wording import Wording
from rajnay.times.periods import Period, extent


@dataclass(frozen=True)
class Issue:
    """Everything one report tells.

    ``rows`` are those of its period; ``later`` the plans for after it that were known by its end;
    ``narrowed`` says whether it tells of one person, forum or topic alone, and ``subject`` how that
    is called; ``undated`` those of unknown or too vague a date that may lie in it, or may be one
    that is told with its day, and ``elsewhere`` how many more have none; ``doubtful`` what may be
    of the period, is more likely wrong in some field than right, and is in no other list;
    ``chronology`` what is known from the reference tables, and ``untold`` what of it lies in the
    period and is told by no article.
    ``extractions`` is what its articles gave, and ``unread`` names those that could not be read.
    ``newest`` is the day of the newest article of all, given where none is of the period.
    ``day`` is the day it looks from: the end of the period or, if that is earlier, the day of the
    newest article.
    """

    title: str
    edition: Edition
    period: Period
    day: date
    rows: tuple[Row, ...]
    later: tuple[Row, ...] = ()
    narrowed: bool = False
    subject: str = ""
    undated: tuple[Row, ...] = ()
    elsewhere: int = 0
    doubtful: tuple[Row, ...] = ()
    chronology: tuple[Sourced, ...] = ()
    untold: tuple[Sourced, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    unread: tuple[str, ...] = ()
    newest: date | None = None
    knowledge: Knowledge | None = field(default=None, repr=False)

    @property
    def words(self) -> Wording:
        """The words of the report's language."""
        return self.edition.wording

    @property
    def said(self) -> str:
        """The period in words."""
        return self.words.period(self.period)

    @property
    def is_empty(self) -> bool:
        """Whether no article tells of the period, and none was published in it."""
        return not (self.register or self.extractions)

    @property
    def known(self) -> tuple[Engagement, ...]:
        """The engagements of the chronology."""
        return tuple(one.engagement for one in self.chronology)

    def elsewhere_known(self, row: Row) -> Sourced | None:
        """Return what the chronology knows of a plan that no article tells more of; nothing of what
        is held, or still ahead.
        """
        if self.status(row) != "unconfirmed":
            return None
        found = (one for one in self.chronology if one.engagement.status != "planned")
        return first(found, lambda one: may_be_same(row.engagement, one.engagement))

    def perhaps(self, row: Row) -> Row | None:
        """Return the held event of the report that an unconfirmed plan may well be, where the
        chronology knows none.
        """
        if self.status(row) != "unconfirmed" or self.elsewhere_known(row):
            return None
        plan = row.engagement
        there = [
            one
            for one in self.happened
            if plan.kind != "visit" or plan.country == one.engagement.country
        ]
        return first(there, lambda one: may_be_same(plan, one.engagement))

    def turned_out(self, row: Row) -> Sourced | Row:
        """Return what an unconfirmed plan may well have come to; of what is none, itself."""
        return self.elsewhere_known(row) or self.perhaps(row) or row

    @cached_property
    def coordinates(self) -> dict[str, tuple[float, float]]:
        """Latitude and longitude of places, in degrees, by their names of record."""
        places = self.knowledge.reference.places.values() if self.knowledge else ()
        return {place.name: (place.lat, place.lon) for place in places}

    @cached_property
    def register(self) -> tuple[Row, ...]:
        """Every engagement that the report tells of, in the order of their days."""
        return tuple(summary.by_day({row.id: row for row in (*self.rows, *self.later)}.values()))

    @property
    def every(self) -> tuple[Row, ...]:
        """Every engagement that may be of the report, also those in no list of it."""
        return (*self.register, *self.undated, *self.doubtful)

    @cached_property
    def ahead(self) -> tuple[Row, ...]:
        """The plans that are not over, soonest first."""
        return summary.ahead(self.register, self.day)

    @cached_property
    def unconfirmed(self) -> tuple[Row, ...]:
        """The plans whose day has passed with no report of them."""
        return summary.unconfirmed(self.register, self.day)

    @cached_property
    def happened(self) -> tuple[Row, ...]:
        """What took place."""
        return summary.with_status(self.rows, "held")

    @cached_property
    def dateless(self) -> tuple[Row, ...]:
        """What took place before an article of the period told of it, no day stated; nothing that
        may well be an engagement of the period told without its day.
        """
        known = [(row.engagement.kind, row.engagement.parties) for row in self.happened]
        return tuple(
            row
            for row in summary.with_status(self.undated, "held")
            if extent(row.engagement).certainty == "none"
            and (row.engagement.kind, row.engagement.parties) not in known
            and row.printed[-1:] >= [self.period.first]
        )

    @cached_property
    def cancelled(self) -> tuple[Row, ...]:
        """What was called off or postponed."""
        return summary.with_status(self.rows, "cancelled")

    def status(self, row: Row) -> str:
        """Return a row's status as a reader has to take it: ``unconfirmed`` when planned and
        passed.
        """
        return standing.status(row, self.day)

    @cached_property
    def agreed(self) -> dict[str, Agreed]:
        """What was agreed at events of the register, by the ids of their rows."""
        packs = self.knowledge.packs.items() if self.knowledge else ()
        grammars = {lang: pack.grammar for lang, pack in packs}
        return all_agreed(self.register, self.extractions, grammars)

    def said_agreed(self, row: Row) -> str:
        """Return the sentence that tells what was agreed at an event, if it is in the report's
        language, or else nothing.
        """
        found = self.agreed.get(row.id)
        return found.text if found and found.article.lang == self.words.lang else ""

    def claims(self) -> tuple[Claim, ...]:
        """Return the summary, sentence by sentence."""
        first, *rest = summary.summarise(
            self.rows,
            self.edition,
            self.period,
            self.day,
            later=self.later,
            newest=None if self.rows else self.newest,
            subject=self.subject,
        )
        during = {row.id: under for row, under in under_visits(self.happened, self.edition.pair)}
        lead = [row for row in self.rows if (row.id,) == first.rows]
        told = [*lead, *(one for row in lead for one in during.get(row.id, ()))]
        agreed = [Claim(said, (row.id,)) for row in told if (said := self.agreed_in_words(row))]
        return (first, *agreed[:1], *rest)

    def agreed_in_words(self, row: Row) -> str:
        """Return a sentence of the report that quotes what was agreed; nothing, if nothing is
        known.
        """
        said = self.said_agreed(row)
        return said and self.words.text("register.agreed_at", words=said)

    def abbreviations(self, lang: str) -> frozenset[str]:
        """Return the words of a language that a full stop may follow without ending the
        sentence.
        """
        pack = self.knowledge.packs.get(lang) if self.knowledge else None
        return frozenset(pack.grammar.abbreviations) if pack else frozenset()

    def office(self, name: str, country: str, day: date | None) -> str:
        """Return the offices that somebody of a country held on a day, in the report's language;
        nothing on no day or when none is known.
        """
        held = self.knowledge.reference.offices_of(name, day) if self.knowledge and day else ()
        return self.words.items(
            dict.fromkeys(self.edition.office(office, country) for office in held)
        )
