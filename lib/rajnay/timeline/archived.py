"""The articles of the project wherever they stand, in a folder and in the archive: all of them, or
those that a report of some days needs.

What is left out of a timeline of some days changes nothing of it: see ``reach``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rajnay.archive.database import ArchiveError
from rajnay.archive.filing import hash_of
from rajnay.archive.store import Archive
from rajnay.archive.tellings import Found
from rajnay.base.faults import Failed
from rajnay.knowledge.store import Knowledge
from rajnay.models import Article, Extraction, Pair, Row
from rajnay.review.decisions import NONE, Decisions
from rajnay.review.kept import holding
from rajnay.timeline.build import build_timeline
from rajnay.timeline.draw import draw, draw_kept
from rajnay.timeline.nearby import Nearby
from rajnay.timeline.reach import Reach
from rajnay.timeline.summary import articles_of
from rajnay.times.periods import Period

# Days before and after a report's, for what the chronology knows of it may begin or end there.
_MARGIN = timedelta(days=31)
# What ended so long ago, and is told to no week, is what an article recalls and not its news.
_LONG_PAST, _WEEK = timedelta(days=92), 7


def decided(pair: Pair) -> Decisions:
    """Return what readers decided by hand about two countries; nothing where there is no archive
    that can be read.
    """
    try:
        with Archive.open() as archive:
            return holding(archive, pair)
    except ArchiveError:  # told where its articles are read
        return NONE


def beside(
    folder: Iterable[Article], pair: Pair, knowledge: Knowledge
) -> Iterator[Extraction | ValueError]:
    """Yield what the articles of the archive tell, without those that stand in a folder too.

    Args:
        folder: the articles of the folder.
        pair: the two countries.
        knowledge: the reference tables and language packs.

    Yields:
        What each article tells, or in its place why it could not be read.
    """
    known = {one.id: one.text for one in folder}
    texts = {*known.values()}
    try:
        with Archive.open() as archive:
            others = (one for one in archive.articles() if one.text not in texts)
            for drawn in draw_kept(archive, others, pair, knowledge):
                yield _once(drawn, known)
    except ArchiveError as error:
        yield ValueError(str(error))


def _once(drawn: Extraction | ValueError, known: Container[str]) -> Extraction | ValueError:
    if isinstance(drawn, Extraction) and (name := drawn.article.id) in known:
        return ValueError(
            f"archive: id {name!r} is taken by another text of data/articles; give that another"
        )
    return drawn


class Part(NamedTuple):
    """What a report of some days needs of a timeline: its rows and what articles told, and how many
    engagements without a day of a known year are left out.
    """

    rows: tuple[Row, ...]
    extractions: tuple[Extraction, ...]
    elsewhere: int = 0


def within(
    folder: Sequence[Extraction],
    pair: Pair,
    knowledge: Knowledge,
    period: Period,
    failed: Failed,
) -> Part:
    """Return what a report of some days needs of the folder and the archive.

    Args:
        folder: what the articles of the folder tell.
        pair: the two countries.
        knowledge: the reference tables and language packs.
        period: the report's days.
        failed: takes why an article could not be read.
    """

    def part(reach: Reach) -> Part:
        wider = widened(period)
        days = (*reach.found("between", *wider), *reach.found("planned", wider.last))
        rows = reach.rows((*days, *reach.found("undated_in", *period)), wider)
        return _said(reach, rows, reach.archive.printed(*period))

    return _read(folder, pair, knowledge, failed, part)


def around(
    folder: Sequence[Extraction],
    pair: Pair,
    knowledge: Knowledge,
    known: Collection[str],
    day: date,
    failed: Failed,
) -> Part:
    """Return the events that articles which were not known before tell of, with all that tells of
    them, and the plans that were ahead on a day, which one of them may move.

    What such an article tells vaguely of a time long past is no news, and is not looked for.

    Args:
        folder: what the articles of the folder tell.
        pair: the two countries.
        knowledge: the reference tables and language packs.
        known: the ids of the articles that were known.
        day: the day from which plans are ahead.
        failed: takes why an article could not be read.
    """

    def part(reach: Reach) -> Part:
        ids = {*known}
        every = (*reach.near.told, *reach.archive.ids())
        fresh = [name for name in every if name not in ids and reach.tell(name)]
        told = (
            one
            for name in fresh
            for one in reach.found("of_article", name)
            if not _is_background(one, day)
        )
        rows = reach.rows((*told, *reach.found("planned", day)), Period(day, day))
        return _said(reach, rows, fresh)

    return _read(folder, pair, knowledge, failed, part)


def _is_background(one: Found, day: date) -> bool:
    """Say whether a telling is of some day of a stretch that ended long before a day."""
    if one.days is None or one.days.days <= _WEEK:
        return False
    return one.days.last < day - min(_LONG_PAST, day - date.min)


def _read(
    folder: Sequence[Extraction],
    pair: Pair,
    knowledge: Knowledge,
    failed: Failed,
    part: Callable[[Reach], Part],
) -> Part:
    try:
        with Archive.open() as archive:
            near = _near(archive, folder, pair, knowledge, failed)
            reach = Reach(
                archive,
                near,
                pair,
                knowledge.fingerprint,
                lambda article: next(draw_kept(archive, [article], pair, knowledge)),
                failed,
            )
            return part(reach)
    except ArchiveError as error:
        failed(ValueError(str(error)))
        return Part(build_timeline(folder, failed), tuple(folder))


def _near(
    archive: Archive,
    folder: Sequence[Extraction],
    pair: Pair,
    knowledge: Knowledge,
    failed: Failed,
) -> Nearby:
    """Return what the folder tells, and the articles of the archive that no run has read yet."""
    texts = {hash_of(one.article.text.encode()) for one in folder}
    known, told = {one.article.id for one in folder}, [*folder]
    untold = archive.untold("-".join(pair), knowledge.fingerprint)
    beside = (one for one in untold if hash_of(one.text.encode()) not in texts)
    for drawn in draw(beside, pair, knowledge):
        found = _once(drawn, known)
        if isinstance(found, Extraction):
            told.append(found)
        else:
            failed(found)
    return Nearby(told, texts)


def _said(reach: Reach, rows: tuple[Row, ...], articles: Iterable[str]) -> Part:
    """Return rows with what their articles told, and some others, and all of the folder."""
    names = articles_of(rows)
    names |= {name for name in articles if reach.tell(name)} | reach.near.told.keys()
    told = tuple(reach.near.told.get(name) or reach.told[name] for name in sorted(names))
    return Part(rows, told, reach.left_out())


def widened(period: Period) -> Period:
    """Return a period with the days around it in which the chronology may know of what is in it."""
    first = period.first - min(_MARGIN, period.first - date.min)
    return Period(first, period.last + min(_MARGIN, date.max - period.last))
