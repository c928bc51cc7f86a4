"""Articles read from a folder, a file or a text, and what each of them tells."""

from __future__ import annotations

import functools
import io
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from rajnay.archive.database import state_of
from rajnay.base import paths
from rajnay.door.events import Timeline
from rajnay.door.listed import position
from rajnay.door.shown import counted, register, screen, when
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Extraction, Pair, pair_of
from rajnay.report.runs import today
from rajnay.review.decisions import NONE, Decisions
from rajnay.scale.cluster import Cluster
from rajnay.scale.work import Telling, crew, tell, whole
from rajnay.text import reading
from rajnay.text.days import day
from rajnay.text.languages import readable
from rajnay.timeline import archived, frames
from rajnay.timeline.build import build_timeline
from rajnay.timeline.draw import draw
from rajnay.times.periods import Period, resolve_period

if TYPE_CHECKING:
    import pandas as pd

    from rajnay.lab.views import Reasons

Source = str | Path
Client = Any  # Dask's comes without types
ARTICLE_COLUMNS = ["article", "published", "lang", "publisher", "title", "characters"]
ENGAGEMENT_COLUMNS = ["article", "when", "kind", "status", "place", "evidence"]

register()


@dataclass(frozen=True, repr=False)
class Articles(Sequence[Article]):
    """Articles that were read, to take by place or by id; ``unread`` names what could not be read,
    and why.
    """

    items: tuple[Article, ...]
    unread: tuple[str, ...] = ()

    @overload
    def __getitem__(self, key: int | str) -> Article: ...
    @overload
    def __getitem__(self, key: slice) -> Articles: ...
    def __getitem__(self, key: int | str | slice) -> Article | Articles:
        if isinstance(key, slice):
            return replace(self, items=self.items[key])
        return self.items[position(key, [one.id for one in self.items], "article")]

    def __iter__(self) -> Iterator[Article]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def frame(self) -> pd.DataFrame:
        """Return one row an article: where it is from, when it was published, how long it is."""
        return frames.articles(self.items)

    def extract(self, pair: str = "IN-RU", jobs: int = 1, client: Client = None) -> Extractions:
        """Return what each article tells of two countries.

        Args:
            pair: the countries, by their ISO 3166-1 codes.
            jobs: how many processes of this machine do it; one remembers what was told before.
            client: a Dask client (``distributed.Client``) whose workers do it instead.

        Raises:
            ValueError: the pair is not two countries that are known, or the workers are others.
        """
        known = load_knowledge()
        sides = pair_of(pair, known.reference.countries)
        if jobs == 1 and client is None:
            return Extractions.of(draw(self.items, sides, known), sides, self.unread)
        lost: list[str] = []
        telling = Telling(sides, known.fingerprint, whole)
        with nullcontext(Cluster(client)) if client else crew(jobs) as hands:
            told = [*tell(self.items, telling, hands, lost.append)]
        return Extractions.of(told, sides, (*self.unread, *lost))

    def __repr__(self) -> str:
        return f"<Articles: {self._said()}>"

    def _said(self) -> str:
        days = sorted(one.published for one in self.items if one.published)
        told = [counted(len(self.items), "article")]
        told += [f"{days[0]} to {days[-1]}"] if days else []
        undated = len(self.items) - len(days)
        told += [f"{undated} without a day"] if undated else []
        told += [", ".join(sorted({one.lang for one in self.items}))] if self.items else []
        told += [f"{len(self.unread)} could not be read"] if self.unread else []
        return "; ".join(told)

    def _repr_html_(self) -> str:
        return screen(self._said(), self.frame()[ARTICLE_COLUMNS], unread=self.unread)


@dataclass(frozen=True, repr=False)
class Extractions(Sequence[Extraction]):
    """What each article tells of two countries, to take by place or by the article's id."""

    items: tuple[Extraction, ...]
    pair: Pair
    unread: tuple[str, ...] = field(default=())

    @classmethod
    def of(
        cls, drawn: Iterable[Extraction | ValueError], pair: Pair, unread: Iterable[str] = ()
    ) -> Extractions:
        """Take what was drawn, and the faults that stand in its place."""
        every = list(drawn)
        faults = (str(one) for one in every if isinstance(one, ValueError))
        told = tuple(one for one in every if isinstance(one, Extraction))
        return cls(told, pair, (*unread, *faults))

    @overload
    def __getitem__(self, key: int | str) -> Extraction: ...
    @overload
    def __getitem__(self, key: slice) -> Extractions: ...
    def __getitem__(self, key: int | str | slice) -> Extraction | Extractions:
        if isinstance(key, slice):
            return replace(self, items=self.items[key])
        return self.items[position(key, [one.article.id for one in self.items], "article")]

    def __iter__(self) -> Iterator[Extraction]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def frame(self) -> pd.DataFrame:
        """Return one row for each engagement that an article tells of."""
        return frames.engagements(self.items, self.pair)

    def articles(self) -> pd.DataFrame:
        """Return one row an article, with how much it tells and how much stayed unresolved."""
        return frames.yields(self.items)

    def mentions(self) -> pd.DataFrame:
        """Return one row for each span of an article that names something."""
        return frames.mentions(self.items)

    def unresolved(self) -> pd.DataFrame:
        """Return one row for each thing that an article says and that could not be turned into a
        fact.
        """
        return frames.unresolved(self.items)

    def explain(self, article: int | str = 0) -> Reasons:
        """Return why each engagement of an article is as it is, and why other candidates were let
        go.

        Args:
            article: its place or its id; the first if none is named.
        """
        from rajnay.lab.views import Reasons

        return Reasons(self[article])

    def timeline(self) -> Timeline:
        """Return the events that the articles tell of, one row an event however many tell it."""
        return self.decided(NONE)

    def decided(self, decisions: Decisions) -> Timeline:
        """Return the events that the articles tell of, with what readers decided about them."""
        faults: list[ValueError] = []
        rows = build_timeline(self.items, faults.append, decisions)
        unread = (*self.unread, *map(str, faults))
        return Timeline(self.pair, load_knowledge(), self, rows, unread)

    def __repr__(self) -> str:
        return f"<Extractions: {self._said()}>"

    def _said(self) -> str:
        found = sum(len(one.engagements) for one in self.items)
        told = f"{'-'.join(self.pair)}; {counted(len(self.items), 'article')}; "
        told += counted(found, "engagement")
        return f"{told}; {len(self.unread)} could not be read" if self.unread else told

    def _repr_html_(self) -> str:
        told = self.frame().assign(
            when=when(found for one in self.items for found in one.engagements)
        )
        return screen(self._said(), told[ENGAGEMENT_COLUMNS], unread=self.unread)


def read(
    source: Source | Iterable[Source],
    lang: str | None = None,
    published: date | str | None = None,
) -> Articles:
    """Read articles from files and folders, or from a text.

    Args:
        source: a folder, a file, several of them, or an article's text itself.
        lang: the BCP 47 code of their language, whatever they say of it themselves.
        published: the publication day (``YYYY-MM-DD``) of articles that do not carry their own.

    Returns:
        The articles; what could not be read is named in ``unread`` and stops no other.

    Raises:
        ValueError: nothing could be read at all, or ``lang`` or ``published`` cannot be used.

    >>> text = "Sergey Lavrov met S. Jaishankar in Moscow."
    >>> read(text, lang="gu", published="2025-08-22")
    <Articles: 1 article; 2025-08-22 to 2025-08-22; gu>
    """
    packs = load_knowledge().packs
    lang = readable(lang, packs) if lang is not None else None
    when = _as_day(published) if published is not None else None
    sources = [source] if isinstance(source, str | Path) else list(source)
    numbers = itertools.count(1)
    found = [
        one
        for each in sources
        for one in (
            _of_text(str(each), next(numbers), lang, when)
            if isinstance(each, str) and is_text(each)
            else reading.scan([each], published=when, lang=lang, languages=packs)
        )
    ]
    told = _sorted(found)
    if told.unread and not told.items:
        others = len(told.unread) - 1
        raise ValueError(
            told.unread[0] + (f" (and {others} more could not be read)" * bool(others))
        )
    return told


def corpus(
    pair: str = "IN-RU",
    start: str = "",
    end: str = "",
    known: Collection[str] | None = None,
    client: Client = None,
) -> Timeline:
    """Return the timeline of all articles under ``data/articles`` and in the archive, with what
    readers decided by hand; they are read again only when one of them changes.

    Args:
        pair: the two countries, by their ISO 3166-1 codes.
        start: the first day, month or year that is asked about, ISO 8601, or a period that moves.
        end: the last one. With both, no more is read of the archive than a report of these days
            needs, however many articles are in it; what else the timeline then holds is not whole.
        known: ids of articles. If given, no more is read of the archive than what other articles
            than these tell of, and what is planned.
        client: a Dask client whose workers read the articles of the folder, all of them.

    Raises:
        ValueError: the pair is not two countries that are known, or one of the others no day, month
            or year.
    """
    files = (file for file in sorted(paths.ARTICLES.rglob("*")) if file.suffix in reading.SUFFIXES)
    state = tuple(_state(file) for file in files)
    archive = state_of(paths.ARCHIVE)
    if client is not None:
        return _joined(_scanned().extract(pair, client=client), archive)
    if archive and known is not None:
        folder, day = _folder(str(pair).upper(), state), today()
        return _part(folder, functools.partial(archived.around, known=known, day=day))
    if archive and start and end:
        first, last = (resolve_period(one, today()) for one in (start, end))
        return _within(str(pair).upper(), state, archive, Period(first.first, last.last))
    return _corpus(str(pair).upper(), state, archive)


def _state(file: Path) -> tuple[str, int, int]:
    """Return a file's name, time and size; the reader tells of one that cannot be looked at."""
    with suppress(OSError):
        return str(file), file.stat().st_mtime_ns, file.stat().st_size
    return str(file), 0, 0


@functools.lru_cache(maxsize=4)
def _folder(pair: str, state: tuple[tuple[str, int, int], ...]) -> Extractions:
    """Return what the articles of the folder tell."""
    return _scanned().extract(pair)


def _scanned() -> Articles:
    return _sorted(reading.scan([paths.ARTICLES], languages=load_knowledge().packs))


@functools.lru_cache(maxsize=4)
def _corpus(pair: str, state: tuple[tuple[str, int, int], ...], archive: str) -> Timeline:
    return _joined(_folder(pair, state), archive)


def _joined(told: Extractions, archive: str) -> Timeline:
    """Return the timeline of what the folder and the archive tell."""
    if not archive:
        return told.timeline()
    folder = [one.article for one in told]
    beside = archived.beside(folder, told.pair, load_knowledge())
    told = Extractions.of((*told, *beside), told.pair, told.unread)
    return told.decided(archived.decided(told.pair))


@functools.lru_cache(maxsize=4)
def _within(
    pair: str, state: tuple[tuple[str, int, int], ...], archive: str, period: Period
) -> Timeline:
    folder = _folder(pair, state)
    return _part(folder, functools.partial(archived.within, period=period))


def _part(folder: Extractions, find: Callable[..., archived.Part]) -> Timeline:
    """Return the timeline of a part of the folder and the archive."""
    knowledge, faults = load_knowledge(), list[ValueError]()
    part = find(folder.items, folder.pair, knowledge, failed=faults.append)
    told = Extractions(part.extractions, folder.pair, (*folder.unread, *map(str, faults)))
    return Timeline(told.pair, knowledge, told, part.rows, told.unread, part.elsewhere)


def _sorted(found: Iterable[Article | ValueError]) -> Articles:
    """Return what was read and, told by its file, what could not be; no page names the folders
    above the project's.
    """
    every = list(found)
    return Articles(
        tuple(one for one in every if isinstance(one, Article)),
        tuple(
            str(one).replace(f"{paths.ROOT}/", "") for one in every if isinstance(one, ValueError)
        ),
    )


def is_text(source: str) -> bool:
    """Say whether a string is an article's text and no path: it has more than one line, or white
    space where no file of that name stands and no suffix ends it.

    >>> is_text("A met B in C."), is_text("no such file.txt"), is_text("articles")
    (True, False, False)
    """
    if "\n" in source:
        return True
    if not re.search(r"\s", source.strip()) or source.lower().endswith(reading.SUFFIXES):
        return False
    try:
        return not Path(source).exists()
    except OSError:  # too long for a name
        return True


def _as_day(published: date | str) -> date:
    """Return a day of publication; raises ValueError for what is none."""
    if isinstance(published, datetime):
        return published.date()
    return published if isinstance(published, date) else day(str(published))


def _of_text(
    text: str, number: int, lang: str | None, published: date | None
) -> Iterator[Article | reading.ReadingError]:
    """Yield the article of a text as standard input would give it, under an id of its own."""
    name = "text" if number == 1 else f"text-{number}"
    stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    packs = load_knowledge().packs
    for one in reading.scan(["-"], published=published, lang=lang, stdin=stream, languages=packs):
        yield replace(one, id=name) if isinstance(one, Article) else one
