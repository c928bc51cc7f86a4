"""A run: new articles are collected, read, merged with what was known, and told in reports.

Each step takes up where an earlier run was ended, for each keeps what it has as soon as it has it.
One that fails is told, and the next ones do with what there is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from rajnay.archive.database import ArchiveError
from rajnay.archive.filing import moment
from rajnay.archive.lock import alone
from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.base.faults import ours
from rajnay.collect.collecting import collect
from rajnay.collect.feeds import Feeds, chosen
from rajnay.collect.fetch import Bounds
from rajnay.knowledge.store import Knowledge, load_knowledge
from rajnay.knowledge.tables import KnowledgeError
from rajnay.models import Extraction, Pair, Row, pair_of
from rajnay.report import build as reports
from rajnay.report.changes import read_manifest
from rajnay.report.edition import Known
from rajnay.report.last_run import LastRun, read_last_run, write_last_run
from rajnay.report.mail import MailError, send
from rajnay.report.runs import Run, RunError, read_runs
from rajnay.report.settings import load_settings

# The two countries of a run that names none.
_PAIR = "IN-RU"
_ENDED_EARLY = "the run of {} was ended before it was done; this one took up what it had left"


@dataclass(frozen=True)
class Order:
    """What a run is to do: which feeds to ask and which reports to build, all if none is named.

    ``draw`` draws what the articles of an archive tell that nobody has read yet, and ``corpus``
    gives what all articles tell of a pair of countries, or those that are not ``known`` and
    whatever tells of the same events; ``merge`` merges what some of them tell.
    """

    feeds: Feeds
    draw: Callable[[Archive, Pair, Knowledge], Iterator[Extraction | ValueError]]
    corpus: Callable[..., Known]
    merge: Callable[[Sequence[Extraction]], Iterable[Row]]
    asked: Sequence[str] = ()
    reports: Sequence[str] = ()
    bounds: Bounds = field(default_factory=Bounds)
    pdf: bool = False


@dataclass(frozen=True)
class Step:
    """What a step came to: in a line, in figures, and a line for each thing that failed."""

    said: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


@dataclass
class Summary:
    """What a run came to, by step."""

    number: int
    began: datetime
    steps: dict[str, Step] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mailed: dict[str, str] = field(default_factory=dict)

    @property
    def failures(self) -> tuple[str, ...]:
        """A line for each thing that failed, in the order of the steps, each once."""
        every = [line for step in self.steps.values() for line in step.failures]
        return tuple(dict.fromkeys(every))

    @property
    def new(self) -> int:
        """How many articles were filed."""
        return int(self.steps["collect"].figures.get("new", 0)) if "collect" in self.steps else 0

    def record(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it."""
        steps = {
            name: {**step.figures, "seconds": self.seconds[name], "failures": list(step.failures)}
            for name, step in self.steps.items()
        }
        told = {"notes": self.notes, "failures": [*self.failures]}
        return {"run": self.number, "began": moment(self.began), "steps": steps, **told}


Do = Callable[[Order, Summary], Step]


def run(order: Order, log: Callable[[str], None]) -> Summary:
    """Do a run.

    Args:
        order: what is to be done.
        log: takes a line for each step that is done.

    Raises:
        ArchiveBusy: another run is at work; nothing was done.
        ArchiveError: the archive cannot be written, and the run ended there; the next one takes it
            up.
    """
    with alone(paths.ARCHIVE):
        with Archive.open(write=True) as archive:
            before = archive.last_run()
            summary = Summary(archive.begin_run(_now()), _now())
        if before is not None and before.ended is None:
            summary.notes.append(_ENDED_EARLY.format(moment(before.began)))
        try:
            for name, do in _STEPS.items():
                _step(name, do, order, summary, log)
        except ArchiveError as error:
            tell_on_list(summary, str(error))
            raise
        tell_on_list(summary)
        with Archive.open(write=True) as archive:
            archive.end_run(summary.number, _now(), {"failures": list(summary.failures)})
    return summary


def _step(name: str, do: Do, order: Order, summary: Summary, log: Callable[[str], None]) -> None:
    """Do a step, and say in a line what it came to."""
    began = time.monotonic()
    step = summary.steps[name] = _done(name, do, order, summary)
    summary.seconds[name] = round(time.monotonic() - began, 1)
    # Opened for each: no open archive may be carried into the processes that print reports.
    with Archive.open(write=True) as archive:
        figures = {**step.figures, "failures": list(step.failures)}
        archive.end_step(summary.number, name, _now(), figures)
    failed = f"; {len(step.failures)} failed" if step.failures else ""
    log(f"{moment(_now())} {name}: {step.said}{failed} ({summary.seconds[name]} s)")


def tell_on_list(summary: Summary, *more: str) -> None:
    """Tell on the list of reports, and in its feed, what failed in a run."""
    last = read_last_run(paths.REPORTS)
    mailed = {**(last.mailed if last else {}), **summary.mailed}
    failures = (*summary.notes, *summary.failures, *more)
    run = LastRun(moment(_now()), summary.new, failures, mailed)
    if last and replace(last, ended=run.ended) == run and last.ended[:10] == run.ended[:10]:
        return  # the list tells it already, and its feed need not tell it twice
    with suppress(OSError):  # told by the step that could not write there
        write_last_run(paths.REPORTS, run)
        reports.shelve()


def _now() -> datetime:
    return datetime.now(UTC)


def _done(name: str, do: Do, order: Order, summary: Summary) -> Step:
    """Return what a step came to; a fault of ours in it keeps no other from being done."""
    try:
        return do(order, summary)
    except ArchiveError:
        raise
    except (KnowledgeError, RunError, OSError) as error:
        return Step("could not be done", failures=(f"{name}: {error}",))
    except Exception as error:
        return Step("could not be done", failures=(str(ours(name, error, "step")),))


def _collect(order: Order, summary: Summary) -> Step:
    """Ask the feeds, and file what is new."""
    knowledge = load_knowledge()
    feeds = chosen(order.feeds, order.asked, knowledge.packs)
    with Archive.open(write=True) as archive:
        tally = collect(archive, feeds, order.feeds, knowledge, bounds=order.bounds)
    figures = {name: value for name, value in tally.record().items() if name != "failures"}
    return Step(str(tally), figures, tuple(tally.failures))


def _extract(order: Order, summary: Summary) -> Step:
    """Draw what the articles of the archive tell that nobody has read yet."""
    knowledge, drawn, failures = load_knowledge(), 0, []
    with Archive.open(write=True) as archive:
        for pair in _pairs(order):
            sides = pair_of(pair, knowledge.reference.countries)
            for one in order.draw(archive, sides, knowledge):
                drawn += 1
                failures += [str(one)] if isinstance(one, ValueError) else []
    return Step(f"{drawn} articles read", {"read": drawn}, tuple(failures))


def _merge(order: Order, summary: Summary) -> Step:
    """Merge what all articles tell, and find out what is new of it."""
    from rajnay.knowledge.defaults import load_defaults
    from rajnay.report.edition import edition_of
    from rajnay.report.news import News, changes, read_news, told, write_news

    news, at = read_news(paths.REPORTS), moment(summary.began)
    known, found, events = dict(news.known), [*news.changes], 0
    failures: dict[str, None] = {}
    for pair in _pairs(order):
        before = known.get(pair)
        timeline = order.corpus(pair) if before is None else order.corpus(pair, known=before)
        failures |= dict.fromkeys(timeline.unread)
        events += len(timeline.rows)
        ids = [one.article.id for one in timeline.extractions]
        if before is not None:  # or this is the first run, and nothing is news
            old = frozenset(before)
            new = changes(timeline.rows, timeline.extractions, old, order.merge)
            edition = edition_of(timeline, load_defaults().index)
            found += told(new, edition, old, at)
        known[pair] = sorted({*(before or ()), *ids})
    write_news(paths.REPORTS, News(known, found))
    fresh = sum(one.at == at for one in found)
    said = f"{events} events looked at, {fresh} of them new or changed"
    return Step(said, {"events": events, "changes": fresh}, tuple(failures))


def _report(order: Order, summary: Summary) -> Step:
    """Build the reports."""
    before = _built()
    failures, unread = reports.build(order.reports, pdf=order.pdf)
    built = sorted(name for name, at in _built().items() if before.get(name) != at)
    return Step(f"{len(built)} reports built", {"built": built}, (*failures, *unread))


def _built() -> dict[str, str]:
    """Return when each report was built, by its name."""
    return {name: one["built"] for name, one in read_manifest(paths.REPORTS).items()}


def _mail(order: Order, summary: Summary) -> Step:
    """Send the reports that were built since they were sent last."""
    settings = load_settings().mail
    if settings is None:
        return Step("nobody is to be sent anything")
    last, built = read_last_run(paths.REPORTS), _built()
    sent = last.mailed if last else {}
    due = [name for name in settings.reports if built.get(name, "") != sent.get(name, "")]
    failures = []
    for name in due:
        try:
            send(name, settings, (*summary.notes, *summary.failures))
        except MailError as error:
            failures.append(f"mail: {name}: {error}")
        else:
            summary.mailed[name] = built[name]
    return Step(f"{len(summary.mailed)} reports sent", {"sent": [*summary.mailed]}, tuple(failures))


_STEPS: Mapping[str, Do] = {
    "collect": _collect,
    "extract": _extract,
    "merge": _merge,
    "report": _report,
    "mail": _mail,
}


def _pairs(order: Order) -> Iterator[str]:
    """Yield the pairs of countries that the reports to build are about, each once."""
    found = read_runs()
    wanted = [found[name] for name in order.reports or found if name in found]
    pairs = [str(one.parameters.get("pair", _PAIR)) for one in wanted if isinstance(one, Run)]
    yield from dict.fromkeys(pairs or [_PAIR])
