"""Whether the files that people edit are in order: tables, packs, articles, labels and the list of
reports, without building anything.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from rajnay.base import paths
from rajnay.collect.feeds import load_feeds
from rajnay.compose.asking import WORDS
from rajnay.compose.rules import TABLES as RULES
from rajnay.compose.rules import load_rules
from rajnay.door.concepts import of_concepts, of_offices, of_owners
from rajnay.knowledge.agreement import disagreements, empty_tables, rows_of
from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.levels import load_levels
from rajnay.knowledge.packs.date_words import load_date_words
from rajnay.knowledge.packs.names import FOLDER, Names, load_names
from rajnay.knowledge.packs.words import GRAMMAR, WORD_CLASSES, Acts, Grammar, is_draft, load_pack
from rajnay.knowledge.reference import load_reference
from rajnay.knowledge.tables import KnowledgeError, line_of, read_yaml
from rajnay.labels.labelled import SPLITS, Labelled, read_labelled, read_splits
from rajnay.labels.publishing import ABOUT, About
from rajnay.report.runs import Run, RunError, read_runs
from rajnay.report.settings import load_settings
from rajnay.report.values import unknown_in
from rajnay.text.days import outlet_zones
from rajnay.text.reading import scan
from rajnay.timeline.known import load_chronology
from rajnay.timeline.wording import FILE, forget, load_wording, report_languages
from rajnay.times.periods import interval, yearless

# What a message of the readers names: a line, an engagement of a label file, a field.
LINE = re.compile(r"line (\d+)[,:] ?(?:column \d+: )?")
GOLD = re.compile(r"gold (\d+)")
FIELD = re.compile(
    r"field '(\w+)'|unknown (?!field)(\w+)|^(published|text|id|lang|start|end|evidence)\b"
)


class Faults(tuple[str, ...]):
    """Faults of files, a line each that names file and line; none is good news."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(self) or "<Faults: none>"

    def _repr_html_(self) -> str:
        from rajnay.lab.views import styled

        return styled("faults.html.j2", faults=self)


def check(data: Path = paths.DATA, runs: Path = paths.RUNS) -> Faults:
    """Return what is wrong with the files that people edit.

    Of a table or a pack's file the first fault is told, of articles, labels and reports all.

    Args:
        data: the folder of tables, packs, articles and labels.
        runs: the list of reports.

    >>> check()
    <Faults: none>
    """
    load_feeds.cache_clear()
    load_settings.cache_clear()
    feeds = fault_of(load_feeds, data / "feeds.yaml")
    settings = fault_of(load_settings, data / "schedule.yaml")
    lists = feeds, settings, of_runs(runs, data)
    parts = of_knowledge(data), of_articles(data), of_labels(data), *lists
    found = itertools.chain.from_iterable(parts)
    return Faults(dict.fromkeys(line.replace(f"{data.parent}/", "") for line in found))


def of_knowledge(data: Path) -> Iterator[str]:
    """Yield the faults of the packs, of the reference tables and of the tables of rules; a pack
    that is a draft has none yet.
    """
    languages, tables = data / "languages", data / "reference"
    folders = sorted(path for path in languages.iterdir() if path.is_dir() and not is_draft(path))
    broken = [*of_packs(folders, languages)]
    yield from broken
    whole = [folder for folder in folders if (folder / GRAMMAR).exists() and not broken]
    yield from of_concepts(whole)
    yield from of_defaults(data / "defaults.yaml", report_languages(languages))
    yield from of_rules(data / "rules", whole)
    outlet_zones.cache_clear()
    yield from fault_of(outlet_zones, tables / "zones.csv")
    yield from fault_of(load_levels, (), None, tables / "levels.csv")
    empty = [*empty_tables(tables)]
    yield from empty
    try:
        reference = load_reference(tables)
    except KnowledgeError as error:
        yield str(error)
        return
    if empty:  # whatever refers to them would be told too
        return
    yield from disagreements(tables, reference)
    load_chronology.cache_clear()
    yield from fault_of(load_chronology, tables)
    for folder in whole:
        yield from of_offices(folder / "offices.yaml", reference.offices)
        yield from of_grammar(folder / GRAMMAR, reference.countries, languages)
    names: dict[Path, Names] = {}
    for folder in folders:
        try:
            names[folder] = load_names(folder, reference)
        except KnowledgeError as error:
            yield str(error)
    yield from of_owners(names)


def of_packs(folders: Iterable[Path], languages: Path) -> Iterator[str]:
    """Yield the faults of the files of languages, names aside."""
    forget()
    for folder in folders:
        if (folder / GRAMMAR).exists():
            yield from fault_of(load_pack, folder)
            yield from fault_of(load_date_words, folder / "dates.yaml")
        if (folder / FILE).exists():
            yield from fault_of(load_wording, folder.name, languages)
        yield from empty_tables(folder / FOLDER)


def of_defaults(file: Path, languages: Container[str]) -> Iterator[str]:
    """Yield the faults of the defaults."""
    load_defaults.cache_clear()
    try:
        defaults = load_defaults(file)
    except KnowledgeError as error:
        yield str(error)
        return
    for key, lang in defaults.model_dump().items():
        if lang not in languages:
            what = f"{key}: {lang!r} has no report.yaml: write it, or name a language that has one"
            yield f"{file}:{line_in(file, 0, key)}: {what}"


def of_grammar(file: Path, countries: Container[str], languages: Path) -> Iterator[str]:
    """Yield the country and the languages of a grammar that are none."""
    grammar = read_yaml(file, Grammar)
    if grammar.home not in countries:
        what = f"home: {grammar.home!r} is not in countries.csv: add it there or mend it here"
        yield f"{file}:{line_in(file, 0, 'home')}: {what}"
    for lang in grammar.names_too:
        if not (languages / lang / FOLDER).is_dir():
            what = f"names_too: {lang!r} has no folder {FOLDER}: add it or take the language out"
            yield f"{file}:{line_in(file, 0, 'names_too')}: {what}"


def of_rules(folder: Path, packs: Sequence[Path]) -> Iterator[str]:
    """Yield the faults of the tables of rules, and the words they ask for that no pack has."""
    load_rules.cache_clear()
    known: dict[str, set[str]] = {"word": {*WORD_CLASSES, "cancellations"}}
    for pack in packs:
        acts, grammar = read_yaml(pack / "acts.yaml", Acts), read_yaml(pack / GRAMMAR, Grammar)
        known.setdefault("noun", set()).update(acts.nouns)
        senses = " ".join((*acts.verbs, *acts.irregular_verbs))  # "speak/to" is a sense of "speak"
        known.setdefault("verb", set()).update(re.findall(r"\w+", senses))
        known.setdefault("pronoun", set()).update(grammar.pronouns)
    for name in RULES:
        file = folder / f"{name}.yaml"
        try:
            table = load_rules(name, folder)
        except KnowledgeError as error:
            yield str(error)
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        for rule, question, word in table.words() if packs else ():
            if not any(word in known.get(kind, ()) for kind in WORDS[question]):
                head = re.compile(rf"- \{{name: {re.escape(rule)},")
                line = first(number for number, text in enumerate(lines, 1) if head.match(text))
                what = f"{rule}: {question}: no pack has {word!r}: mend it, or add it to the packs"
                yield f"{file}:{line}: {what}"


def fault_of(load: Callable[..., object], *arguments: Any) -> Iterator[str]:
    """Yield what a loader says when it cannot load something."""
    try:
        load(*arguments)
    except ValueError as error:
        yield str(error)


def of_articles(data: Path) -> Iterator[str]:
    """Yield the faults of the articles."""
    for found in scan([data / "articles"], languages=packs(data)):
        if isinstance(found, ValueError):
            yield located(str(found))


def of_labels(data: Path) -> Iterator[str]:
    """Yield the faults of the labels: unreadable ones, days that are none, evidence that does not
    stand in its article.
    """
    folder = data / "labelled"
    rows = rows_of(data / "reference" / "countries.csv")
    countries = {code for row in rows for code in row[:1]}
    files = {file.stem: file for file in folder.rglob("*.json")}
    for found in read_labelled(folder, data / "articles", languages=packs(data)):
        if isinstance(found, Labelled):
            file = files.get(found.article.id, folder)
            yield from (located(f"{file}: {what}") for what in faults_of_label(found, countries))
        else:
            yield located(str(found))
    yield from of_splits(folder, files)
    yield from fault_of(read_yaml, folder / ABOUT, About)


def of_splits(folder: Path, labels: Container[str]) -> Iterator[str]:
    """Yield the faults of the table of splits, and its rows that are of no label."""
    try:
        splits = read_splits(folder)
    except KnowledgeError as error:
        yield str(error)
        return
    for line, name in enumerate(splits, 2):
        if name not in labels:
            what = f"column id: {name!r} has no labels; add them, or take the row out"
            yield f"{folder / SPLITS}:{line}: {what}"


def faults_of_label(found: Labelled, countries: Container[str]) -> Iterator[str]:
    """Yield what is wrong with the engagements of a labelled article."""
    for number, one in enumerate(found.gold, 1):
        country = one.get("country")
        if country and countries and country not in countries:
            yield (
                f"gold {number}: field 'country': {country!r} is not in countries.csv; write the "
                "code of the host"
            )
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


def of_runs(file: Path, data: Path) -> Iterator[str]:
    """Yield the faults of the list of reports: what cannot be built, or names what is not known."""
    try:
        runs = read_runs(file)
    except RunError as error:
        yield re.sub(r": line (\d+):", r":\1:", str(error), count=1)
        return
    faults = {
        name: str(run).partition(": ")[2] for name, run in runs.items() if isinstance(run, RunError)
    }
    with suppress(KnowledgeError):  # told of where the tables are
        reference = load_reference(data / "reference")
        languages = report_languages(data / "languages")
        for run in runs.values():
            if isinstance(run, Run) and (what := unknown_in(run.parameters, reference, languages)):
                faults[run.name] = f"{run.name}: {what}"
    lines = file.read_text(encoding="utf-8").splitlines()
    for name, what in faults.items():
        head = re.compile(rf"""["']?{re.escape(name)}["']?\s*:""")
        line = first(number for number, text in enumerate(lines, 1) if head.match(text))
        yield f"{file}:{line}: {what}"


def packs(data: Path) -> list[str]:
    """Return the languages that articles can be in."""
    return sorted(file.parent.name for file in (data / "languages").glob(f"*/{GRAMMAR}"))


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
    return f"{file}:{line_in(Path(file), int(gold[1]) if gold else 0, name)}: {what}"


def line_in(file: Path, gold: int, name: str) -> int:
    """Return the line of a field of an article, or of an engagement of a label file, counted from
    1; the first, where that cannot be told.
    """
    text = file.read_text(encoding="utf-8", errors="replace")
    try:  # JSON is YAML too, and YAML knows its lines
        node = yaml.compose(text) if file.suffix == ".json" else None
    except (yaml.YAMLError, RecursionError):
        return 1
    if node is not None:
        return line_of(node, ("gold", gold - 1, name) if gold else (name,))
    head = re.compile(rf"{name}\s*:") if name else re.compile(r"\Z.")
    return first(number for number, line in enumerate(text.splitlines(), 1) if head.match(line))


def first(numbers: Iterable[int]) -> int:
    """Return the first of some line numbers, 1 if there is none."""
    return next(iter(numbers), 1)
