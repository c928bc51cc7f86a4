"""``rajnay collect`` and ``add``, which fill the archive, and what ``rajnay run`` prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rajnay.base import paths
from rajnay.door.arguments import ArchivePath, Files, Lang, Published, named, unusable
from rajnay.door.terminal import put, say

if TYPE_CHECKING:
    from rajnay.collect.fetch import Bounds
    from rajnay.collect.tally import Tally
    from rajnay.schedule.running import Summary

Private = Annotated[
    list[str] | None,
    typer.Option(metavar="HOST", help="A host that may be asked though it is not a public one."),
]
List = Annotated[
    Path | None,
    typer.Option("--feeds", metavar="FILE", help="Another list of feeds.", parser=named),
]
Json = Annotated[bool, typer.Option("--json", help="Print what came of it as one JSON object.")]


def collect(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]",
            help="Feeds of data/feeds.yaml; if none is named, all in a language that has a pack.",
        ),
    ] = None,
    feeds: List = None,
    archive: ArchivePath = None,
    private: Private = None,
    as_json: Json = False,
) -> int:
    """Ask feeds, sitemaps and pages for new articles, and file them in the archive."""
    from rajnay.archive.lock import alone
    from rajnay.archive.store import Archive
    from rajnay.collect.collecting import collect as ask
    from rajnay.collect.feeds import FILE, chosen, load_feeds
    from rajnay.knowledge.store import load_knowledge

    every, knowledge = load_feeds(feeds or FILE), load_knowledge()
    wanted = chosen(every, names or [], knowledge.packs)
    file = archive or paths.ARCHIVE
    with alone(file), Archive.open(file, write=True) as opened:
        return _told(
            ask(opened, wanted, every, knowledge, bounds=bounds(private, every.pause)), as_json
        )


def add(
    files: Files,
    published: Published = None,
    lang: Lang = None,
    archive: ArchivePath = None,
    private: Private = None,
    as_json: Json = False,
) -> int:
    """File single articles in the archive: files, folders, standard input (-) and web addresses."""
    from rajnay.archive.lock import alone
    from rajnay.archive.store import Archive
    from rajnay.collect.adding import Given
    from rajnay.collect.adding import add as file_all
    from rajnay.collect.fetch import Fetcher
    from rajnay.knowledge.store import load_knowledge
    from rajnay.text.days import day
    from rajnay.text.languages import LanguageError, readable

    knowledge = load_knowledge()
    try:
        when = day(published) if published is not None else None
    except ValueError as error:
        raise unusable("--published", error) from None
    try:
        code = readable(lang, knowledge.packs) if lang is not None else None
    except LanguageError as error:
        raise unusable("--lang", error) from None
    given, file = Given(when, code, sys.stdin.buffer), archive or paths.ARCHIVE
    with alone(file), Archive.open(file, write=True) as opened:
        return _told(file_all(opened, files, knowledge, Fetcher(bounds(private)), given), as_json)


def ran(summary: Summary, as_json: bool) -> int:
    """Print what came of a run, and return the exit status."""
    for line in (*summary.notes, *summary.failures):
        say(line)
    if as_json:
        put(json.dumps(summary.record(), ensure_ascii=False))
    return int(bool(summary.failures))


def bounds(private: list[str] | None, pause: float = 1.0) -> Bounds:
    """Return the bounds within which servers are asked."""
    from rajnay.collect.fetch import Bounds

    return Bounds(private=frozenset(private or ()), pause=pause)


def _told(tally: Tally, as_json: bool) -> int:
    """Print what came of collecting, and return the exit status."""
    for line in (*tally.notes, *tally.failures):
        say(line)
    put(json.dumps(tally.record(), ensure_ascii=False) if as_json else str(tally))
    return int(bool(tally.failures))
