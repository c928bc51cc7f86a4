"""In what words a timeline is exported: those of a report, or plain English by names of record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rajnay.base.safe import plain, web_link
from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.levels import Levels
from rajnay.models import Article, Engagement, Row
from rajnay.timeline import standing
from rajnay.timeline.edition import Edition
from rajnay.timeline.wording import TableNames, Wording, load_wording
from rajnay.times.periods import extent

Places = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Setting:
    """What exports say beside the rows.

    ``edition`` has the words; ``title`` is that of the whole; ``today`` tells plans from the
    unconfirmed, None takes every status as it is told; ``places`` are latitude and longitude by
    name.
    """

    edition: Edition
    title: str = ""
    today: date | None = None
    places: Places = field(default_factory=dict)
    localised: bool = False

    @property
    def words(self) -> Wording:
        """The words of the language."""
        return self.edition.wording

    @property
    def name(self) -> str:
        """The title, or else the two countries."""
        return self.title or " – ".join(filter(None, map(self.words.country, self.edition.pair)))

    def status(self, row: Row) -> str:
        """Return a row's status by its key."""
        return standing.status(row, self.today) if self.today else row.engagement.status

    def headline(self, row: Row) -> str:
        """Return who with whom, what and where, and how it stands if it is not held: one line,
        escaped for no format.
        """
        told, words = row.engagement, self.words
        where = self.edition.place(told.place) or self.edition.forum(told.forum)
        status = self.status(row)
        what = [words.text(f"kind.{told.kind}"), where]
        what += [words.text(f"status.{status}")] if status != "held" else []
        return plain(f"{self.edition.people(told)}: {', '.join(filter(None, what))}")

    def when(self, engagement: Engagement) -> str:
        """Return the days in words, never as EDTF."""
        return self.words.when(engagement)

    def source(self, article: Article) -> str:
        """Return whose words an article's are, and of which day."""
        outlet, words = outlet_of(article), self.words
        said = outlet or words.text("register.no_outlet")
        said = retold(words, article, outlet) if article.retold else said
        return f"{said}, {words.day(article.published)}" if article.published else said

    def description(self, row: Row) -> list[str]:
        """Return the lines that tell of a row: the words of its best article, when, how it stands
        and how surely that is known, where the words come from, and their address.
        """
        told, words = row.engagement, self.words
        sure = words.text(f"sure.{standing.sureness(told.confidence)}")
        lines = [f"{self.when(told)}. {words.text(f'status.{self.status(row)}')}. {sure}."]
        if row.testimonies:
            best = row.testimonies[0]
            lines.insert(0, best.engagement.evidence.of(best.article.text))
            lines += [self.source(best.article), web_link(best.article.url) or ""]
        return [plain(line) for line in lines if line]


def outlet_of(article: Article) -> str:
    """Return who published an article, or else the host of its address; nothing if neither is
    known.
    """
    link = web_link(article.url)
    return article.publisher or (host_of(link) if link else "")


def host_of(link: str) -> str:
    """Return the host of an address without its ``www``."""
    return link.split("/")[2].removeprefix("www.")


def retold(words: Wording, article: Article, outlet: str) -> str:
    """Say in which language an article was retold, after whose report, and from which language if
    that is known.

    Args:
        words: the words of the reader's language.
        article: one that was retold.
        outlet: whose report it was, as it is to be printed; nothing if that is not known.
    """
    key = "register.retold" if outlet else "register.retold_unnamed"
    values = {"language": words.language(article.lang), "outlet": outlet}
    if article.original_lang and article.original_lang != article.lang:
        key, values["original"] = f"{key}_from", words.language(article.original_lang)
    return words.text(key, **values)


def plain_setting(
    rows: Sequence[Row], pair: Sequence[str], places: Places | None = None
) -> Setting:
    """Return the setting of an export that belongs to no report.

    Args:
        rows: the events; their countries are taken where no pair is given.
        pair: the two countries.
        places: latitude and longitude by name.
    """
    told = [side for row in rows for side in row.engagement.parties]
    first, second, *_ = [*dict.fromkeys([*pair, *told]), "", ""]
    wording = load_wording(load_defaults().names_of_record)
    edition = Edition(wording, TableNames(), (first, second), Levels((), ()))
    return Setting(edition, places=places or {})


ON_DAYS = ("day", "days", "open", "until")


def dated(rows: Sequence[Row]) -> list[tuple[Row, date, date]]:
    """Return the rows that have a day to stand on, with their first and last day.

    What is known to a month, a year or some day of a stretch is left out by rule: on a calendar it
    would be a banner over days on which nothing took place.

    Args:
        rows: the events of a timeline, in any order.

    Returns:
        Each row that began or ended on a known day, in the order given; one whose end or beginning
        is not stated stands on the day that is.
    """
    known = ((row, extent(row.engagement)) for row in rows)
    return [
        (row, days.first, days.last)
        for row, days in known
        if days.first and days.last and days.certainty in ON_DAYS
        if days.certainty == "days" or days.first == days.last
    ]
