"""What the parameters of runs mean, held against tables and languages before any notebook runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rajnay.base import paths
from rajnay.knowledge.reference import Reference, load_reference
from rajnay.knowledge.tables import KnowledgeError
from rajnay.models import pair_of
from rajnay.report.choice import Choice, IssueError, check_choice
from rajnay.report.runs import Run, RunError, today
from rajnay.timeline.wording import report_languages
from rajnay.times.periods import PeriodError, resolve_period


def usable(runs: Iterable[Run]) -> dict[str, Run | RunError]:
    """Return the runs by their names, and in the place of each whose parameters name what is not
    known the error that says so.
    """
    try:
        reference = load_reference(paths.REFERENCE)
    except KnowledgeError as error:
        return {run.name: RunError(f"{run.name}: {error}") for run in runs}
    checked: dict[str, Run | RunError] = {}
    for run in runs:
        fault = unknown_in(run.parameters, reference, report_languages())
        checked[run.name] = RunError(f"{paths.RUNS.name}: {run.name}: {fault}") if fault else run
    return checked


def unknown_in(
    parameters: Mapping[str, object], reference: Reference, languages: Collection[str]
) -> str | None:
    """Tell of the first parameter that names no language of reports, no pair of countries, nobody,
    no forum, no topic or no day; None if all are right.

    Only parameters that go by the names of those of the report are looked at.
    """
    given = {name: str(value) for name, value in parameters.items()}
    try:
        _check_language(given.get("lang"), languages)
        _check_days(given.get("start", ""), given.get("end", ""))
        if "pair" in given:
            pair_of(given["pair"], reference.countries)
        check_choice(reference, Choice(*(given.get(name, "") for name in Choice._fields)))
    except ValueError as error:
        return str(error)
    return None


def _check_language(lang: str | None, languages: Collection[str]) -> None:
    if lang is not None and lang not in languages:
        known = ", ".join(languages)
        raise IssueError(f"parameter lang: there are no reports in {lang!r}, but in {known}")


def _check_days(start: str, end: str) -> None:
    known = {}
    for name, said in (("start", start), ("end", end)):
        try:
            known[name] = resolve_period(said, today()) if said else None
        except PeriodError as error:
            raise IssueError(f"parameter {name}: {error}") from None
    first, last = known["start"], known["end"]
    if first and last and first.first > last.last:
        raise IssueError(f"the period ends ({end}) before it starts ({start}): mend start or end")
