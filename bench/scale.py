"""Measure what many articles cost: time and memory against their number, in one run.

    python bench/scale.py [--articles 100 1000] [--tellings 1000 10000 100000] [--picture FILE]

The articles are made up by a seed from sentences of the tuned ones (archive.py), one in five of
them a rewrite of the one before with two sentences changed. ``extract`` is the whole command, from
JSON lines to JSON lines, by the clock, with one process and with two in turns; what starting costs
is that of one article, and is taken off. ``merge`` is what build_timeline takes for tellings of as
many days as articles come in at ten a day. Memory is the most that the process has held, that of
its children aside. Prints a table, writes it to bench/results.json, and draws it with --picture.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import archive

from rajnay.models import Article

RESULTS = Path(__file__).resolve().parent / "results.json"
COMMAND = "import sys; from rajnay.cli import main; sys.exit(main())"
MERGE = """
import gc, json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import scale
from rajnay.cli import SELDOM
gc.set_threshold(SELDOM)
from rajnay.timeline.build import build_timeline
told = [*scale.tellings(int(sys.argv[2]))]
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
rows = build_timeline(told)
spent = time.process_time() - began
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(rows)]))
"""
ALIKE = 5  # one article in so many is a rewrite of the one before
READ = 500  # articles that are really read for what is merged


class Row(NamedTuple):
    """One measure: what, of how many, seconds, and megabytes."""

    what: str
    count: int
    seconds: float
    megabytes: float

    @property
    def each(self) -> float:
        """Milliseconds for one."""
        return 1000 * self.seconds / self.count


def made(count: int) -> Iterator[Article]:
    """Yield made-up articles, some of them rewrites of the one before."""
    mix = archive.sentences()
    last: Article | None = None
    for number, article in enumerate(archive.articles(count, mix)):
        if last is not None and number % ALIKE == 0:
            lines = last.text.split(". ")
            for at in random.Random(number).sample(range(len(lines)), min(2, len(lines))):
                lines[at] = random.Random(-number - at).choice(mix)
            article = replace(article, text=". ".join(lines))
        last = article
        yield article


def tellings(count: int) -> Iterator[archive.Extraction]:
    """Yield what made-up articles tell, until so many engagements are told."""
    known = archive.load_knowledge()
    sample = []
    told = 0
    for article in archive.articles(sys.maxsize, archive.sentences()):
        if len(sample) < READ:
            one = archive.draw_one(article, archive.PAIR, known)
            assert isinstance(one, archive.Extraction), one
            sample.append(one)
        else:
            one = archive.moved(sample[int(article.id.rpartition("-")[2]) % READ], article)
        yield one
        told += len(one.engagements)
        if told >= count:
            return


def extracted(file: Path, jobs: int) -> tuple[float, float]:
    """Return the seconds and the megabytes of the command on a file."""
    call = [sys.executable, "-c", COMMAND, "extract", str(file), "--jobs", str(jobs)]
    began = time.perf_counter()
    process = subprocess.Popen([*call, "-o", str(file.with_suffix(".told.jsonl"))])
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return time.perf_counter() - began, used.ru_maxrss / 1024


def merged(count: int) -> tuple[float, float]:
    """Return the seconds and the megabytes of merging so many tellings."""
    call = [sys.executable, "-c", MERGE, str(Path(__file__).parent), str(count)]
    seconds, megabytes, _ = json.loads(subprocess.run(call, check=True, capture_output=True).stdout)
    return seconds, megabytes


def measure(articles: list[int], told: list[int]) -> Iterator[Row]:
    """Yield the measures as they are taken."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "1.jsonl"
        write(one, 1)
        extracted(one, 1)  # compiles what is compiled once
        start = {jobs: extracted(one, jobs)[0] for jobs in (1, 2)}
        for count in articles:
            file = Path(folder) / f"{count}.jsonl"
            write(file, count)
            for jobs in (1, 2):
                seconds, megabytes = extracted(file, jobs)
                yield Row(f"extract, {jobs} at work", count, seconds - start[jobs], megabytes)
    for count in told:
        yield Row("merge", count, *merged(count))


def write(file: Path, count: int) -> None:
    """Write made-up articles as JSON lines."""
    with file.open("w", encoding="utf-8") as lines:
        for one in made(count):
            fields = {"id": one.id, "lang": one.lang, "url": one.url, "text": one.text}
            lines.write(json.dumps(fields | {"published": str(one.published)}) + "\n")


def slope(rows: list[Row]) -> float:
    """Return the power of their number with which time grows, from the first row to the last."""
    first, last = rows[0], rows[-1]
    return math.log(last.seconds / first.seconds) / math.log(last.count / first.count)


def picture(rows: list[Row], file: Path) -> None:
    """Draw time and memory against the number, both on scales of powers."""
    import matplotlib.pyplot as plt

    figure, sides = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for what in dict.fromkeys(row.what for row in rows):
        these = [row for row in rows if row.what == what]
        counts = [row.count for row in these]
        sides[0].loglog(counts, [row.seconds for row in these], marker="o", label=what)
        sides[1].semilogx(counts, [row.megabytes for row in these], marker="o", label=what)
    for side, of in zip(sides, ("seconds", "megabytes"), strict=True):
        side.set(xlabel="articles, or tellings merged", ylabel=of)
        side.grid(alpha=0.3)
    sides[1].set_ylim(bottom=0)
    sides[0].legend(frameon=False)
    figure.savefig(file, dpi=150)


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="*", default=[100, 1_000])
    parser.add_argument("--tellings", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    rows = []
    print(f"{'':20} {'of':>9} {'s':>9} {'ms each':>9} {'MB':>7}")
    for row in measure(options.articles, options.tellings):
        rows.append(row)
        seconds = f"{row.seconds:9.2f} {row.each:9.3f}"
        print(f"{row.what:20} {row.count:9,} {seconds} {row.megabytes:7.0f}", flush=True)
    for what in dict.fromkeys(row.what for row in rows):
        these = [row for row in rows if row.what == what]
        if len(these) > 1:
            print(f"{what}: time grows with their number to the {slope(these):.2f}")
    if options.picture:
        picture(rows, options.picture)
    told = json.loads(RESULTS.read_text(encoding="utf-8"))
    told["scale"] = [
        row._asdict() | {"seconds": round(row.seconds, 3), "megabytes": round(row.megabytes)}
        for row in rows
    ]
    text = json.dumps(told, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
