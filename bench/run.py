"""Measure speed as ratios, each against a measure taken beside it in the same run; nothing here can
fail.

    python bench/run.py [--dates-only]

Dates: bench/dates.py, if dateparser is installed. Extraction: against tokenising the same articles,
with a tenth of the people and places, with all of them, and with nine made-up names added for each.
Reports: first paint against an empty page's, and one filtering of 500 entries against one of 50, in
headless Chromium, if it is installed (CHROMIUM names it).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import itertools
import os
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from rajnay import charts, paths
from rajnay.compose.extract import extract
from rajnay.knowledge.store import Knowledge, load_knowledge
from rajnay.models import Article
from rajnay.report import page
from rajnay.report.html.onefile import one_file
from rajnay.report.issue import Issue
from rajnay.text.reading import read_articles
from rajnay.text.tokens import tokenise
from rajnay.timeline.known import load_known
from rajnay.times.periods import Period

HERE = Path(__file__).parent
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PAIR = ("IN", "RU")
LANG = "gu"
ROUNDS = 7
MADE_UP_PER_NAME = 9
MADE_UP = "Made up "
LETTERS = "કગચજતપબમરલ"  # each folds to a key of its own
FILTER = """text => {
    const form = document.getElementById("filter"), start = performance.now();
    form.elements.text.value = text;
    form.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""
PAINT = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"

Table = list[list[str]]


def main() -> None:
    """Print all measures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--dates-only", action="store_true", help="leave out extraction and reports"
    )
    options = parser.parse_args()
    print("== Dates\n", flush=True)
    if importlib.util.find_spec("dateparser"):
        subprocess.run([sys.executable, str(HERE / "dates.py")], check=False)
    else:
        print("dateparser is not installed; nothing to compare with")
    if options.dates_only:
        return
    print("\n== Extraction\n", flush=True)
    measure_extraction()
    print("\n== A report of 500 engagements\n", flush=True)
    if CHROMIUM.is_file() and importlib.util.find_spec("playwright"):
        measure_report()
    else:
        print(f"{CHROMIUM} or playwright is not installed; nothing measured")


# --- extraction


def measure_extraction() -> None:
    """Print what reading an article costs, in tokenisings of it, as the tables grow."""
    articles = [one for one in read_articles(paths.ARTICLES) if one.lang == LANG]
    with tempfile.TemporaryDirectory() as folder:
        sizes = {
            "a tenth": load_knowledge(tables(Path(folder) / "tenth", tenth)),
            "all": load_knowledge(),
            "all, and made-up ones": load_knowledge(tables(Path(folder) / "tenfold", tenfold)),
        }
        names = {
            label: len(known.reference.people) + len(known.reference.places)
            for label, known in sizes.items()
        }
        tasks: dict[str, Callable[[], object]] = {
            "tokenise": lambda: [tokenise(one.text, LANG) for one in articles]
        }
        for label, known in sizes.items():
            tasks[f"find {label}"] = finding(articles, known)
            tasks[f"extract {label}"] = extracting(articles, known)
        spent = medians(tasks)
    unit = spent["tokenise"]
    print(
        f"{len(articles)} articles; tokenising one takes {1000 * unit / len(articles):.1f} ms, "
        "which is 1.0 below\n"
    )
    print(
        f"{'people and places':26}{'names':>8}{'finding known words':>22}{'whole extraction':>19}"
    )
    for label in sizes:
        find, whole = spent[f"find {label}"] / unit, spent[f"extract {label}"] / unit
        print(f"{label:26}{names[label]:8}{find:22.2f}{whole:19.2f}")


def finding(articles: Sequence[Article], known: Knowledge) -> Callable[[], object]:
    """Return the task of looking up every word of articles already cut into tokens."""
    lexicon, tokens = known.lexicon(LANG), [tokenise(one.text, LANG) for one in articles]
    return lambda: [lexicon.find(one) for one in tokens]


def extracting(articles: Sequence[Article], known: Knowledge) -> Callable[[], object]:
    """Return the task of extracting from articles."""
    return lambda: [extract(one, PAIR, known) for one in articles]


def medians(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return each task's median time in seconds, the tasks taking turns so that a busy moment falls
    on all of them.
    """
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _, (name, task) in itertools.product(range(ROUNDS), tasks.items()):
        start = time.perf_counter()
        task()
        spent[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in spent.items()}


def tables(folder: Path, change: Callable[[dict[str, Table]], None]) -> Path:
    """Copy the data that extraction needs into a folder, with its people, tenures and places
    changed, and their names with them.
    """
    for name in ("languages", "reference"):
        shutil.copytree(paths.DATA / name, folder / name)
    files = {name: folder / "reference" / f"{name}.csv" for name in ("people", "tenures", "places")}
    changed = {name: read_table(path) for name, path in files.items()}
    change(changed)
    for name, path in files.items():
        write_table(path, changed[name])
    for path in folder.glob("languages/*/names/*.csv"):
        if path.stem in changed:
            head, *rows = read_table(path)
            known = dict.fromkeys(row[0] for row in changed[path.stem][1:])
            kept = [row for row in rows if row[0] in known]
            made_up = [name for name in known if name.startswith(MADE_UP)]
            if path.parts[-3] == LANG:
                kept += [
                    [name, name.removeprefix(MADE_UP), *("" for _ in head[2:])] for name in made_up
                ]
            write_table(path, [head, *kept])
    return folder


def read_table(path: Path) -> Table:
    """Return the rows of a CSV table, its head first."""
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def write_table(path: Path, rows: Table) -> None:
    """Write the rows of a CSV table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def tenth(rows: dict[str, Table]) -> None:
    """Keep every tenth person, with their offices, and every tenth city, with its venues."""
    rows["people"] = rows["people"][:1] + rows["people"][1::10]
    people = {row[0] for row in rows["people"]}
    rows["tenures"] = rows["tenures"][:1] + [row for row in rows["tenures"][1:] if row[0] in people]
    head, *places = rows["places"]
    within = head.index("within")
    cities = [row for row in places if not row[within]][::10]
    kept = {row[0] for row in cities}
    rows["places"] = [head, *cities, *(row for row in places if row[within] in kept)]


def tenfold(rows: dict[str, Table]) -> None:
    """Add made-up people and places that no article names."""
    names = made_up_names()
    for table, cells in (
        ("people", {"country": "RU"}),
        ("places", {"country": "RU", "lat": "60", "lon": "60", "kind": "city"}),
    ):
        head, *old = rows[table]
        for name in itertools.islice(names, MADE_UP_PER_NAME * len(old)):
            values = {"name": MADE_UP + name, **cells}
            rows[table].append([values.get(column, "") for column in head])


def made_up_names() -> Iterator[str]:
    """Yield different words that no language has."""
    return (
        "ઝ" + "".join(f"{letter}ૉ" for letter in letters)
        for letters in itertools.product(LETTERS, repeat=5)
    )


# --- reports


def measure_report() -> None:
    """Print the first paint and the time of one filtering, in milliseconds and as ratios."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = {name: Path(folder) / f"{name}.html" for name in ("empty", "fifty", "many")}
        files["empty"].write_text("<!doctype html><title>empty</title><p>empty", encoding="utf-8")
        files["fifty"].write_text(report(50), encoding="utf-8")
        files["many"].write_text(report(500), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        paints: dict[str, list[float]] = {name: [] for name in files}
        filters: dict[str, list[float]] = {name: [] for name in ("fifty", "many")}
        for _, (name, file) in itertools.product(range(ROUNDS), files.items()):
            view = browser.new_page(viewport={"width": 390, "height": 844})
            view.goto(file.as_uri())
            view.wait_for_function(PAINT)
            paints[name].append(view.evaluate(PAINT))
            if name in filters:
                view.evaluate(FILTER, "x")  # the first one reads the words of all entries
                filters[name] += [
                    view.evaluate(FILTER, text) for text in ("લવરોવ", "", "no such words", "")
                ]
            view.close()
        browser.close()
        size = files["many"].stat().st_size / 1e6
    print(f"{size:.2f} MB in one file, opened from disk at phone size\n")
    print(f"{'':28}{'500':>10}{'beside it':>12}{'ratio':>8}")
    for label, of, beside in (
        ("first paint / empty page", paints["many"], paints["empty"]),
        ("one filtering / 50 entries", filters["many"], filters["fifty"]),
    ):
        one, other = statistics.median(of), statistics.median(beside)
        print(f"{label:28}{one:7.0f} ms{other:9.1f} ms{one / max(other, 0.1):8.1f}")
    print(f"{'slowest filtering':28}{max(filters['many']):7.0f} ms")


def report(count: int) -> str:
    """Return a report on as many engagements as asked, made up from the known ones."""
    made = runpy.run_path(str(HERE.parent / "tests" / "sample_rows.py"))
    rows = made["many_rows"](count)
    period = Period(date(2025, 1, 1), date(2025, 12, 31))
    issue = Issue(str(count), made["edition"](LANG), period, period.last, rows)
    pictures = [
        charts.timeline_strip(rows, issue.edition, period),
        charts.same_months(rows, load_known(), issue.edition, period),
        charts.who_met_whom(rows, issue.edition),
        charts.topics_through_time(rows, issue.edition, period),
    ]
    parts = [
        page.front(issue),
        page.figures(issue),
        page.events(issue, "happened"),
        page.pictures(issue, pictures),
    ]
    return one_file(
        list(cells([*parts, page.register(issue), page.method(issue, {}, {})])),
        issue.title,
        issue.words,
    )


def cells(shown: Iterable[object]) -> Iterator[object]:
    """Yield a notebook cell for each part of a report, as if it had been run."""
    from nbformat import v4

    for part in shown:
        data, more = part._repr_mimebundle_()  # type: ignore[attr-defined]
        yield v4.new_code_cell(
            "", outputs=[v4.new_output("display_data", data=data, metadata=more)]
        )


if __name__ == "__main__":
    main()
