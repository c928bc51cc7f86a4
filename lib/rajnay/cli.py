"""The command line: ``rajnay extract``, ``timeline``, ``report``, ``score``, ``explain`` and
``check``.

Exit status: 0 done; 1 some input or report failed (each named on standard error, the others
finished); 2 unusable arguments; 3 another run works on the archive. What takes long to import is
imported by the command that needs it.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
    Stored,
    end_of,
    named,
    unusable,
)
from rajnay.door.job import Job
from rajnay.door.labels import Labels
from rajnay.door.labels import app as labels
from rajnay.door.review import app as review
from rajnay.door.terminal import Stopped, print_table, put, say, stoppable
from rajnay.packs.commands import app as pack
from rajnay.schedule import commands

if TYPE_CHECKING:
    from rajnay.models import Article, Extraction

SELDOM = 50_000  # objects made between two looks for rubbish: with 700 archives take 3/2 the time

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(archive, name="archive")
app.add_typer(review, name="review")
app.add_typer(pack, name="pack")
app.add_typer(labels, name="labels")


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
def extract(  # noqa: PLR0913 - each is an option of the command
    files: Files,
    published: Published = None,
    lang: Lang = None,
    pair: Pair = "IN-RU",
    format: Annotated[
        Literal["jsonl", "csv", "table"],
        typer.Option(help="One JSON line an article, or rows of engagements."),
    ] = "jsonl",
    output: Stored = None,
    jobs: Annotated[
        int, typer.Option(metavar="N", min=1, help="Processes of this machine to work with.")
    ] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The Dask scheduler whose workers do the work."),
    ] = None,
) -> int:
    """Print the engagements that articles tell of, each with the words that prove it."""
    job = Job.of(pair, published, lang)
    from rajnay.door.extracting import form_of, put_told
    from rajnay.scale.cluster import ClusterError
    from rajnay.scale.work import Telling, crew, tell
    from rajnay.timeline.draw import shown

    telling = Telling(job.pair, job.knowledge.fingerprint, form_of(format, output))
    try:
        with crew(jobs, scheduler) as hands:
            found = tell(shown(job.read(files)), telling, hands, say)
            put_told(job.usable(found), format, output, job.pair)
    except ClusterError as error:
        raise unusable("--scheduler", error) from None
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
    extractions = told(job, files)  # of each no more is kept than the events it tells of
    first = [*islice(extractions, 1)]
    rows = build_timeline(chain(first, extractions), job.complain)
    if output is None or first:  # a file that stands there is worth more than nothing read
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
        found = job.usable(draw_kept(opened, articles, job.pair, job.knowledge))
        rows = build_timeline(found, job.complain, holding(opened, job.pair, until))
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
        for one in drawn(job, (each.article for each in usable), remember=True)
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
    labelled: Labels = paths.LABELLED,
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
    if few := training.too_few(taught):
        job.complain(f"{labelled}: too few to learn from: {few}")
        return job.status
    before = cards.card_of()
    model, card = training.train(taught), cards.card(taught, splits, training.train)
    cards.save(model, card)
    print_table(cards.beside(before, card))
    print(f"trained on {card['taught']} of {card['articles']} articles")
    return job.status


@labels.command("from-corrections")
def from_corrections(
    folder: Labels = paths.LABELLED,
    pair: Pair = "IN-RU",
    archive: ArchivePath = None,
) -> int:
    """Make labelled articles of those in which all that was drawn has been accepted, corrected,
    rejected or put in by hand; `rajnay train` learns from them.
    """
    from rajnay.archive.store import Archive
    from rajnay.labels.from_decisions import add_labels, taught
    from rajnay.review.kept import articles_of, holding

    job = Job.of(pair)
    with Archive.open(archive) as opened:
        decisions = holding(opened, job.pair)
        articles = [*articles_of(opened, decisions, job.read([str(paths.ARTICLES)]))]
    found = taught(drawn(job, articles), decisions)
    for line in add_labels(job.usable(found), folder, job.complain):
        put(line)
    return job.status


@app.command()
def explain(
    files: Files, published: Published = None, lang: Lang = None, pair: Pair = "IN-RU"
) -> int:
    """Print why each engagement is as it is, and why every other candidate was let go."""
    from rajnay.explain import explanation

    job = Job.of(pair, published, lang)
    for extraction in told(job, files):
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


@app.command()
def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]", help="Runs of reports/runs.yaml; all, if none is named."
        ),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A feed to ask; if none is named, all with a pack."),
    ] = None,
    feeds: commands.List = None,
    private: commands.Private = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print each report to PDF too.")] = False,
    as_json: commands.Json = False,
) -> int:
    """Collect, extract, merge and report, in that order: what a schedule calls.

    One line a step on standard error; what fails is told there, on reports/index.html and in its
    feed. Exit status 3: another run is at work.
    """
    import rajnay
    from rajnay.collect.feeds import FILE, load_feeds
    from rajnay.schedule.running import Order
    from rajnay.schedule.running import run as do
    from rajnay.timeline.build import build_timeline
    from rajnay.timeline.draw import draw_new

    every = load_feeds(feeds or FILE)
    reports, asked = tuple(names or ()), tuple(feed or ())
    within = commands.bounds(private, every.pause)
    order = Order(every, draw_new, rajnay.corpus, build_timeline, asked, reports, within, pdf)
    return commands.ran(do(order, say), as_json)


def told(job: Job, files: Sequence[str]) -> Iterator[Extraction]:
    """Yield what each article of files tells; what cannot be read is named on standard error."""
    yield from drawn(job, job.read(files))


def drawn(job: Job, articles: Iterable[Article], *, remember: bool = False) -> Iterator[Extraction]:
    """Yield what each article tells; a fault in one does not stop the others."""
    from rajnay.timeline.draw import draw

    yield from job.usable(draw(articles, job.pair, job.knowledge, remember=remember))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    gc.set_threshold(SELDOM)
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
