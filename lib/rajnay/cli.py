"""The command line: ``rajnay extract``, ``timeline``, ``report``, ``score``, ``explain`` and
``check``.

Exit status: 0 done; 1 some input or report failed (each named on standard error, the others
finished); 2 unusable arguments; 3 another run works on the archive. What takes long to import is
imported by the command that needs it.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from rajnay.base import paths
from rajnay.door.archive import app as archive
from rajnay.door.arguments import (
    ArchivePath,
    Files,
    Lang,
    Output,
    Pair,
    Published,
    end_of,
    named,
    unusable,
)
from rajnay.door.review import app as review
from rajnay.door.terminal import Stopped, print_csv, print_table, put, say, stoppable
from rajnay.models import pair_of
from rajnay.schedule import commands

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge
    from rajnay.labels.labelled import Labelled
    from rajnay.models import Article, Extraction

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(archive, name="archive")
app.add_typer(review, name="review")
Input = TypeVar("Input")


def print_version(asked: bool) -> None:
    """Print the version and stop, if it is asked for."""
    if asked:
        from importlib.metadata import version

        print(f"rajnay {version('rajnay')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=print_version, is_eager=True),
    ] = False,
) -> None:
    """Draw a dated, sourced, checkable timeline of what two countries did with each other from the
    news.
    """


@app.command()
def extract(
    files: Files,
    published: Published = None,
    lang: Lang = None,
    pair: Pair = "IN-RU",
    format: Annotated[
        Literal["jsonl", "csv", "table"],
        typer.Option(help="One JSON line an article, or rows of engagements."),
    ] = "jsonl",
) -> int:
    """Print the engagements that articles tell of, each with the words that prove it."""
    job = Job.of(pair, published, lang)
    from rajnay import records

    if format == "jsonl":
        for extraction in job.run(files):
            put(json.dumps(records.extraction_record(extraction), ensure_ascii=False))
        return job.status
    rows = [row for extraction in job.run(files) for row in records.table_rows(extraction)]
    (print_csv if format == "csv" else print_table)(rows, records.columns(job.pair))
    return job.status


@app.command()
def timeline(
    files: Files,
    output: Output = None,
    published: Published = None,
    lang: Lang = None,
    pair: Pair = "IN-RU",
) -> int:
    """Merge what articles tell into one row an event, and print or write the rows."""
    from rajnay.door.tables import check_output, put_rows
    from rajnay.timeline.build import build_timeline

    check_output(output)
    job = Job.of(pair, published, lang)
    extractions = list(job.run(files))
    rows = build_timeline(extractions, job.complain)
    if output is None or extractions:  # a file that stands there is worth more than nothing read
        put_rows(rows, output, job.pair, job.knowledge, job.complain)
    return job.status


@archive.command()
def at(
    day: Annotated[str, typer.Argument(metavar="DATE", help="The day (YYYY-MM-DD), in UTC.")],
    output: Output = None,
    pair: Pair = "IN-RU",
    archive: ArchivePath = None,
) -> int:
    """Print or write the timeline as it was known at the end of a day: from the articles that had
    come in by then, with the decisions that held.
    """
    from rajnay.archive.store import Archive
    from rajnay.door.tables import check_output, put_rows
    from rajnay.review.kept import holding
    from rajnay.timeline.build import build_timeline
    from rajnay.timeline.draw import draw_kept

    check_output(output)
    until = end_of("DATE", day)
    job = Job.of(pair)
    with Archive.open(archive) as opened:
        articles = opened.articles(seen_by=until)
        told = list(job.usable(draw_kept(opened, articles, job.pair, job.knowledge)))
        decisions = holding(opened, job.pair, until)
    rows = build_timeline(told, job.complain, decisions)
    put_rows(rows, output, job.pair, job.knowledge, job.complain)
    return job.status


@app.command()
def report(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]", help="Runs of reports/runs.yaml; all, if none is named."
        ),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print each report to PDF too, with Chromium.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Build even what has not changed.")
    ] = False,
) -> int:
    """Build reports and reports/index.html."""
    from rajnay.report import build as reports

    failures, unread = reports.build(names or [], pdf=pdf, force=force)
    for line in (*failures, *unread):
        say(line)
    return int(bool(failures or unread))


@app.command("score")
def score_(
    labelled: Annotated[
        Path,
        typer.Argument(
            metavar="LABELLED",
            help="A folder of labels, a .json or a .jsonl file.",
            parser=named,
        ),
    ],
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="List every error, labelled and found side by side."),
    ] = False,
    kept_aside: Annotated[
        bool,
        typer.Option(
            "--kept-aside", help="Tell apart the parts of the labels, as splits.csv names them."
        ),
    ] = False,
    pair: Pair = "IN-RU",
) -> int:
    """Print how right the extraction is: precision, recall, F1 and every field, by language, kind,
    status and confidence.

    Errors of articles that rules were not tuned on are listed only with --kept-aside, so that
    nobody reads them by accident.
    """
    from rajnay import records
    from rajnay.labels import labelled as labelled_articles
    from rajnay.labels import score, sheet

    job = Job.of(pair)
    usable = job.labels(labelled)
    if not usable:  # a score of nothing would be a perfect one
        return job.status
    found = {
        one.article.id: records.extraction_record(one)["engagements"]
        for one in job.extract(each.article for each in usable)
    }
    splits = labelled_articles.read_splits(labelled)
    aside = labelled_articles.kept_aside(splits)
    for title, rows in sheet.tables(usable, found, splits if kept_aside else {}).items():
        put(f"{title}\n")
        print_table(rows)
        put("")
    if verbose:
        shown = [one for one in usable if kept_aside or one.article.id not in aside]
        for verdict in score.compare(shown, found).errors:
            put(sheet.side_by_side(verdict))
    return job.status


@app.command("train")
def train_(
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED", help="The folder of labels.", parser=named)
    ] = paths.LABELLED,
    pair: Pair = "IN-RU",
) -> int:
    """Train the choosers of dates and places and how sure they are on the labels, write them to
    data/model, and print how right they are on articles held out, beside the model before.
    """
    from rajnay.labels import cards, training
    from rajnay.labels.labelled import read_splits

    job = Job.of(pair)
    usable = job.labels(labelled)
    if not usable:
        return job.status
    splits = read_splits(labelled)
    taught = training.lessons(usable, splits, job.pair, job.knowledge)
    before = cards.card_of()
    model, card = training.train(taught), cards.card(taught, splits, training.train)
    cards.save(model, card)
    print_table(cards.beside(before, card))
    print(f"trained on {card['taught']} of {card['articles']} articles")
    return job.status


@app.command()
def explain(
    files: Files, published: Published = None, lang: Lang = None, pair: Pair = "IN-RU"
) -> int:
    """Print why each engagement is as it is, and why every other candidate was let go."""
    from rajnay.explain import explanation

    job = Job.of(pair, published, lang)
    for extraction in job.run(files):
        put(explanation(extraction))
    return job.status


@app.command("check")
def check_() -> int:
    """Print what is wrong with tables, packs, articles, labels and reports/runs.yaml, a line a
    fault, without building anything.
    """
    from rajnay.door.check import check

    faults = check()
    for fault in faults:
        say(fault)
    if not faults:
        put("everything is in order")
    return int(bool(faults))


app.command()(commands.collect)
app.command()(commands.add)


@dataclass
class Job:
    """The settings of one run, checked, and whether any of its inputs failed."""

    pair: tuple[str, str]
    knowledge: Knowledge
    published: date | None = None
    lang: str | None = None
    status: int = field(default=0, init=False)

    @classmethod
    def of(cls, pair: str, published: str | None = None, lang: str | None = None) -> Job:
        """Return the settings that arguments ask for; raises BadParameter for one that cannot be
        used.
        """
        from rajnay.knowledge.store import KnowledgeError, load_knowledge
        from rajnay.text.days import day
        from rajnay.text.languages import LanguageError, readable

        try:
            knowledge = load_knowledge()
        except KnowledgeError as error:
            say(error)
            raise typer.Exit(1) from None
        try:
            when = day(published) if published is not None else None
        except ValueError as error:
            raise unusable("--published", error) from None
        try:
            sides = pair_of(pair, knowledge.reference.countries)
        except ValueError as error:
            raise unusable("--pair", error) from None
        try:
            code = readable(lang, knowledge.packs) if lang is not None else None
        except LanguageError as error:
            raise unusable("--lang", error) from None
        return cls(sides, knowledge, when, code)

    def run(self, files: Sequence[str]) -> Iterator[Extraction]:
        """Yield what each article of the files tells; what cannot be read is named on standard
        error.
        """
        from rajnay.text.reading import scan

        stream, packs = sys.stdin.buffer, self.knowledge.packs
        yield from self.extract(
            self.usable(
                scan(files, published=self.published, lang=self.lang, stdin=stream, languages=packs)
            )
        )

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Yield what each article tells; a fault in one does not stop the others."""
        from rajnay.timeline.draw import draw

        yield from self.usable(draw(articles, self.pair, self.knowledge, remember=False))

    def labels(self, folder: Path) -> list[Labelled]:
        """Return the labels of a folder or file; that there are none at all is named too."""
        from rajnay.labels.labelled import read_labelled

        labels = list(self.usable(read_labelled(folder, languages=self.knowledge.packs)))
        if not (labels or self.status):
            self.complain(f"{folder}: there are no labels in it; see data/labelled/README.md")
        return labels

    def usable(self, inputs: Iterable[Input | ValueError]) -> Iterator[Input]:
        """Yield the inputs that could be read, and name the others on standard error."""
        for found in inputs:
            if isinstance(found, ValueError):
                self.complain(found)
            else:
                yield found

    def complain(self, what: object) -> None:
        """Name a failed input on standard error, and remember that there was one."""
        say(what)
        self.status = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with stoppable():
            return int(app(arguments, prog_name="rajnay", standalone_mode=False) or 0)
    except Stopped as stop:
        if stop.said:
            say(stop.said)
        return stop.status
    except typer.TyperException as error:
        say(f"{error.format_message()} (see rajnay --help)")
        return 2
    except Exception as error:
        from rajnay.archive.database import ArchiveError
        from rajnay.base.faults import ours
        from rajnay.knowledge.tables import KnowledgeError

        if isinstance(error, ArchiveError):
            say(error)
            return error.status
        if sys.flags.dev_mode:  # python -X dev -m rajnay ...: for who looks for the fault
            raise
        say(error if isinstance(error, KnowledgeError) else ours("stopped", error, "input"))
        return 1
