"""Whether the files that people edit are in order: tables, packs, articles, labels and the list of
reports, without building anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from rajnay import paths
from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.packs.date_words import load_date_words
from rajnay.knowledge.packs.names import load_names
from rajnay.knowledge.packs.words import load_pack
from rajnay.knowledge.reference import load_levels, load_reference
from rajnay.knowledge.tables import KnowledgeError
from rajnay.labels.labelled import SPLITS, Labelled, read_labelled, read_splits
from rajnay.report.runs import RunError, read_runs
from rajnay.text.reading import scan
from rajnay.timeline.known import load_known
from rajnay.timeline.wording import FILE, load_wording
from rajnay.times.periods import interval, yearless

# What a message of the readers names: a line, an engagement of a label file, a field.
LINE = re.compile(r"line (\d+)[,:] ?(?:column \d+: )?")
GOLD = re.compile(r"gold (\d+)")
FIELD = re.compile(r"field '(\w+)'|unknown (\w+)|^(published|text|id|lang|start|end|evidence)\b")


class Faults(tuple[str, ...]):
    """Faults of files, a line each that names file and line; none is good news."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(self) or "<Faults: none>"

    def _repr_html_(self) -> str:
        from rajnay.lab.views import styled

        return styled("faults.html.j2", faults=self)


def check() -> Faults:
    """Return what is wrong with the files under ``data`` and with ``reports/runs.yaml``.

    Of a table or a pack's file the first fault is told, of articles, labels and reports all.

    >>> check()
    <Faults: none>
    """
    found = (*of_knowledge(), *of_articles(), *of_labels(), *of_runs())
    return Faults(dict.fromkeys(line.replace(f"{paths.ROOT}/", "") for line in found))


def of_knowledge() -> Iterator[str]:
    """Yield the faults of the packs and of the reference tables."""
    folders = sorted(path for path in paths.LANGUAGES.iterdir() if path.is_dir())
    for folder in folders:
        if (folder / "grammar.yaml").exists():
            yield from fault_of(load_pack, folder)
            yield from fault_of(load_date_words, folder / "dates.yaml")
        if (folder / FILE).exists():
            load_wording.cache_clear()
            yield from fault_of(load_wording, folder.name)
    load_defaults.cache_clear()
    yield from fault_of(load_defaults)
    load_known.cache_clear()
    yield from fault_of(load_levels, ())
    yield from fault_of(load_known)
    try:
        reference = load_reference(paths.REFERENCE)
    except KnowledgeError as error:
        yield str(error)
        return
    for folder in folders:
        yield from fault_of(load_names, folder, reference)


def fault_of(load: Callable[..., object], *arguments: Any) -> Iterator[str]:
    """Yield what a loader says when it cannot load something."""
    try:
        load(*arguments)
    except ValueError as error:
        yield str(error)


def of_articles() -> Iterator[str]:
    """Yield the faults of the articles."""
    languages = packs()
    for found in scan([paths.ARTICLES], languages=languages):
        if isinstance(found, ValueError):
            yield located(str(found))


def of_labels() -> Iterator[str]:
    """Yield the faults of the labels: unreadable ones, days that are none, evidence that does not
    stand in its article.
    """
    files = {file.stem: file for file in paths.LABELLED.rglob("*.json")}
    for found in read_labelled(paths.LABELLED, languages=packs()):
        if isinstance(found, Labelled):
            file = files.get(found.article.id, paths.LABELLED)
            yield from (located(f"{file}: {what}") for what in faults_of_label(found))
        else:
            yield located(str(found))
    yield from of_splits(files)


def of_splits(labels: Container[str]) -> Iterator[str]:
    """Yield the faults of the table of splits, and its rows that are of no label."""
    try:
        splits = read_splits(paths.LABELLED)
    except KnowledgeError as error:
        yield str(error)
        return
    for line, name in enumerate(splits, 2):
        if name not in labels:
            what = f"column id: {name!r} has no labels; add them, or take the row out"
            yield f"{paths.LABELLED / SPLITS}:{line}: {what}"


def faults_of_label(found: Labelled) -> Iterator[str]:
    """Yield what is wrong with the engagements of a labelled article."""
    for number, one in enumerate(found.gold, 1):
        for field in ("start", "end"):
            day = one.get(field)
            if day and not interval(day, None) and not yearless(day):
                yield (
                    f"gold {number}: field {field!r}: {day!r} is no date; write YYYY-MM-DD, "
                    "YYYY-MM, YYYY, --MM-DD or --MM"
                )
        words = one.get("evidence") or ""
        if words not in found.article.text:
            yield (
                f"gold {number}: field 'evidence': {words[:40]!r} does not stand in the article; "
                "copy it letter for letter"
            )


def of_runs() -> Iterator[str]:
    """Yield the faults of the list of reports."""
    try:
        runs = read_runs()
    except RunError as error:
        yield re.sub(r": line (\d+):", r":\1:", str(error), count=1)
        return
    lines = paths.RUNS.read_text(encoding="utf-8").splitlines()
    for name, run in runs.items():
        if isinstance(run, RunError):
            head = re.compile(rf"""["']?{re.escape(name)}["']?\s*:""")
            line = first(number for number, text in enumerate(lines, 1) if head.match(text))
            yield f"{paths.RUNS}:{line}: {str(run).partition(': ')[2]}"


def packs() -> list[str]:
    """Return the languages that articles can be in."""
    return sorted(file.parent.name for file in paths.LANGUAGES.glob("*/grammar.yaml"))


def located(message: str) -> str:
    """Return a reader's message with the line of the file at which its mend is due.

    >>> located("no such file.json: line 3, column 2: not JSON (Expecting value)")
    'no such file.json:3: not JSON (Expecting value)'
    """
    file, _, what = message.partition(": ")
    if line := LINE.match(what):
        return f"{file}:{line[1]}: {what[line.end() :]}"
    if not Path(file).is_file():
        return message
    gold, field = GOLD.search(what), FIELD.search(what)
    name = next(filter(None, field.groups()), "") if field else ""
    lines = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    named = [at for at, text in enumerate(lines, 1) if re.search(rf'["\s]?{name}"?\s*:', text)]
    at = int(gold[1]) - 1 if gold else 0
    return f"{file}:{named[at] if name and at < len(named) else 1}: {what}"


def first(numbers: Iterable[int]) -> int:
    """Return the first of some line numbers, 1 if there is none."""
    return next(iter(numbers), 1)
