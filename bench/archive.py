"""Measure what a run and a month's report cost on a small and on a large archive, side by side.

    python bench/archive.py [--sizes 1000 100000] [--new 100] [--keep FOLDER]

Both archives end on the same day and have as many articles a day; the large one reaches ten years
back. Of each three articles one is a story mixed from sentences of the tuned articles, one a wire
copy of it, and one a rewrite with a paragraph of its own. The newest are read; what older ones tell
is what these do, moved back by whole weeks. Each measure is a whole process: ``run`` files the new
articles, reads them, merges them, and builds the report of the newest month; ``report`` builds that
again. Of each the seconds, those of the processor, and the largest memory are told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.knowledge.store import load_knowledge
from rajnay.labels.labelled import read_splits
from rajnay.models import Article, Engagement, Extraction
from rajnay.report.news import News, write_news
from rajnay.text.reading import read_articles
from rajnay.timeline.draw import draw_one
from rajnay.timeline.nearby import entries_of
from rajnay.timeline.tellings import packed

LAST = date(2025, 8, 31)
REPORT = "month-2025-08-gu"
A_DAY = 27  # a hundred thousand in ten years
READ = 999  # articles that are really read
PAIR = ("IN", "RU")
LANG = "gu"
LOT = 500

RUN = """
import gc
import sys
from datetime import UTC, datetime
from pathlib import Path
from rajnay.base import paths
from rajnay.cli import SELDOM
gc.set_threshold(SELDOM)
paths.REPORTS = Path(sys.argv[3])
if sys.argv[1]:
    import rajnay
    from rajnay.archive.lock import alone
    from rajnay.archive.store import Archive
    from rajnay.archive.transfer import load
    from rajnay.collect.feeds import Feeds
    from rajnay.knowledge.store import load_knowledge
    from rajnay.schedule.running import Order, run
    from rajnay.timeline.build import build_timeline
    from rajnay.timeline.draw import draw_new
    packs = load_knowledge().packs
    with alone(paths.ARCHIVE), Archive.open(write=True) as archive:
        filed = len(list(load(archive, Path(sys.argv[1]), datetime.now(UTC), packs)))
    order = Order(
        Feeds(feeds=()), draw_new, rajnay.corpus, build_timeline, reports=[sys.argv[2]]
    )
    failures = run(order, lambda line: print(line, file=sys.stderr)).failures
else:
    from rajnay.report.build import build
    failures = build([sys.argv[2]], force=True).failures
assert not failures, failures
"""


def sentences() -> list[str]:
    """Return the sentences of the tuned articles in the language of the report."""
    tuned = {name for name, one in read_splits(paths.LABELLED).items() if one.split == "tuned"}
    read = (one for one in read_articles(paths.ARTICLES) if one.id in tuned and one.lang == LANG)
    lines = (line.strip() for one in read for line in one.text.replace("\n", ". ").split(". "))
    return sorted({line for line in lines if len(line) > 30})


def articles(count: int, mix: list[str]) -> Iterator[Article]:
    """Yield made-up articles, the newest first."""
    for number in range(count):
        story, role = divmod(number, 3)
        chance = random.Random(story)
        lines = chance.sample(mix, chance.randint(6, 12))
        if role == 2:  # a rewrite: its last paragraph is its own
            lines = [*lines[:-3], *random.Random(-story).sample(mix, 3)]
        parts = [". ".join(lines[at : at + 3]) + "." for at in range(0, len(lines), 3)]
        outlet = f"outlet-{'abcdefg'[(story + role) % 7]}.example"
        text = "\n\n".join([outlet, *parts])
        day = LAST - timedelta(days=number // A_DAY)
        url = f"https://{outlet}/{number}"
        yield Article(f"made-{number:06}", text, LANG, day, url, outlet)


def moved(told: Extraction, to: Article) -> Extraction:
    """Return what one article tells as if another told it, whole weeks earlier."""
    there, here = to.published or LAST, told.article.published or LAST
    back = (there - here) // timedelta(days=7) * timedelta(days=7)

    def day(text: str | None) -> str | None:
        if text is None or text.startswith("-"):
            return text
        whole = text + "-01-01"[len(text) - 4 :]  # the first day of a month or a year
        return (date.fromisoformat(whole) + back).isoformat()[: len(text)]

    def earlier(one: Engagement) -> Engagement:
        return replace(one, start=day(one.start), end=day(one.end), edtf=day(one.start))

    return Extraction(to, tuple(map(earlier, told.engagements)))


def fill(file: Path, count: int, mix: list[str]) -> None:
    """Make an archive of so many articles."""
    known = load_knowledge()
    sample: list[Extraction] = []
    with Archive.open(file, write=True) as archive:
        lot: list[Article] = []
        for number, article in enumerate(articles(count, mix), 1):
            lot.append(article)
            if len(lot) == LOT or number == count:
                with archive.together():
                    for one in lot:
                        file_one(archive, one, sample, known)
                lot = []
                if number % 10_000 == 0:
                    print(f"{number:,} of {count:,}", file=sys.stderr, flush=True)


def file_one(archive: Archive, article: Article, sample: list[Extraction], known) -> None:
    """File an article with what it tells, read or taken over from another."""
    when = datetime(2025, 9, 1, tzinfo=UTC) - timedelta(days=(LAST - article.published).days)
    filing = archive.file(article, article.text.encode(), seen=when)
    if len(sample) < READ:
        told = draw_one(article, PAIR, known, remember=False)
        assert isinstance(told, Extraction), told
        sample.append(told)
    else:
        told = moved(sample[int(article.id.rpartition("-")[2]) % READ], article)
    if filing.status not in ("wire copy", "same text"):
        archive.tellings.put(
            article.id, "-".join(PAIR), known.fingerprint, packed(told), entries_of(told)
        )


def measured(archive: Path, news: Path | str, folder: Path) -> tuple[float, float, float]:
    """Return the seconds, those of the processor, and the megabytes that a process took with all
    that it started.
    """
    command = [sys.executable, "-c", RUN, str(news), REPORT, str(folder)]
    began = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"RAJNAY_ARCHIVE": str(archive)})
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    spent = time.perf_counter() - began
    return spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=(1_000, 100_000))
    parser.add_argument("--new", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="where the archives are kept between measures")
    options = parser.parse_args()
    mix = sentences()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        place.mkdir(exist_ok=True)
        files = {size: place / f"{size}.sqlite" for size in options.sizes}
        for size, file in files.items():
            if not file.is_file():
                fill(file, size, mix)
            print(f"{size:,} articles: {file.stat().st_size / 1e6:,.0f} MB")
        shared, inside = Path(temporary), [one.id for one in read_articles(paths.ARTICLES)]
        for round_ in range(options.rounds):
            for size, file in files.items():
                news = shared / f"news-{size}-{round_}.jsonl"
                write_articles(news, options.new, mix, salt=f"{size}-{round_}-{time.time_ns()}")
                folder = shared / f"reports-{size}"
                folder.mkdir(exist_ok=True)
                with Archive.open(file) as archive:  # as the run before has left it
                    write_news(folder, News({"-".join(PAIR): [*inside, *archive.ids()]}))
                for what, given in (("run", news), ("report", "")):
                    spent, busy, memory = measured(file, given, folder)
                    took = f"{spent:6.2f} s, {busy:6.2f} s of the processor, {memory:4.0f} MB"
                    print(f"{what:6} on {size:>9,}: {took}", flush=True)
    print(f"largest of all: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def write_articles(file: Path, count: int, mix: list[str], salt: str) -> None:
    """Write articles of the last day that no archive has."""
    chance = random.Random(salt)
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            text = ". ".join(chance.sample(mix, 10)) + "."
            url = f"https://new.example/{salt}/{number}"
            fields = {"id": f"new-{salt}-{number}", "lang": LANG, "url": url, "text": text}
            lines.write(json.dumps(fields | {"published": str(LAST)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
