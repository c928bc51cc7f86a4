"""What the library makes of inputs that nobody would write: real ones cut, shuffled, spliced,
repeated, with marks, digits, joiners and other scripts put in.

    python bench/fuzz.py --seed 1 --count 10000 --kind articles --lang gu

Every input is made from the seed, the kind and its number alone, so that any can be made again. A
find is whatever is no error of the project's own: a traceback, more than five seconds, an offset
beside the text. Each is told once, with the number of the first input that showed it and what is
left of it when everything that is not needed has been taken out.
"""

from __future__ import annotations

import argparse
import functools
import io
import json
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import yaml

from rajnay.base import paths
from rajnay.compose.extract import extract
from rajnay.compose.rules import TABLES, load_rules
from rajnay.explain import explanation
from rajnay.knowledge import agreement
from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.levels import load_levels
from rajnay.knowledge.packs import words
from rajnay.knowledge.packs.date_words import load_date_words
from rajnay.knowledge.packs.names import load_names
from rajnay.knowledge.reference import load_reference
from rajnay.knowledge.store import load_knowledge
from rajnay.knowledge.tables import KnowledgeError, Record, read_yaml
from rajnay.models import Article, Extraction
from rajnay.records import extraction_record, table_rows
from rajnay.report.runs import Run, RunError, read_runs
from rajnay.report.values import unknown_in
from rajnay.text.days import outlet_zones
from rajnay.text.formats import FIELDS, FormatError, front_matter
from rajnay.text.pages import page
from rajnay.text.reading import ReadingError, ReadingNote, article, scan
from rajnay.timeline import exports, frames
from rajnay.timeline.build import build_timeline
from rajnay.timeline.known import load_chronology, load_known
from rajnay.timeline.setting import plain_setting
from rajnay.timeline.wording import WordingError, forget, load_wording, report_languages
from rajnay.times.periods import interval, yearless

PAIR = ("IN", "RU")
SECONDS = 5
OWN = (KnowledgeError, ReadingError, FormatError, RunError, WordingError)
LANG = "gu"
MARKS = [*".,;:!?-–—…()[]{}\"'“”‘’|/\\*_#@+=<>&%~^$`।॥₹", "...", "---", "!!", "\n\n", "\r\n"]
JOINERS = [*"\u200b\u200c\u200d\u200e\u202e\u2060\ufeff\u00ad\u0301\u0a82\u0acd\u0abc\u0a83"]
JOINERS += [*"\u2028\x85\x0b\x0c\x00\x1b\ud800\U0001f600\u00a0\u3000\t"]
SCRIPTS = ["Москва", "मुलाकात", "দিল্লি", "சந்திப்பு", "القاهرة", "北京", "Ζ", "ﬁ", "ß", "İ", "𝟙"]
DIGITS = ["0123456789", "૦૧૨૩૪૫૬૭૮૯", "०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩", "⁰¹²³⁴⁵⁶⁷⁸⁹"]
ODD = ["", " ", "0", "-1", "1e999", "nan", "null", "~", "yes", "9" * 25, "2025-13-45", "0000-00-00"]
ODD += ["[]", "{}", "? [a]", "&a [*a]", "*a", "!!int x", "!!timestamp x", "!!bool x", "0x_", "\x00"]
ODD += ["9999-12-31", "0001-01-01", "1:2", "- - -", "'", '"', "|", ">", "%", "#", "@", ";;", ",,"]
ODD += ["[" * 60, "a: b: c", "!!python/object:x", "<<: *a", "<<: 1", "🙂", "\ud800", "é" * 300]
ODD += ["!!set {a}", "!!binary x", "!!omap [a]", "2025-08-12T25:00:00Z", "12:30:45", "\u2028", "="]


class Hang(BaseException):
    """More time than any input may take; no handler of errors must hold it up."""


class Wrong(Exception):
    """A result that cannot be right."""


def stop(_: int, __: FrameType | None) -> None:
    """End what takes too long."""
    raise Hang


# Making inputs
# --------------------------------------------------------------------------------------------------


class Maker:
    """Makes inputs out of real ones, with a generator of random numbers for each."""

    def __init__(self, lang: str) -> None:
        files = sorted((paths.ARTICLES / lang).glob("*.json"))
        read = [json.loads(file.read_text()) for file in files]
        self.articles = [one for one in read if isinstance(one, dict) and one.get("text")]
        self.texts: list[str] = [one["text"] for one in self.articles]
        self.words: list[str] = [entry.surface for entry in load_knowledge().entries(lang)]
        times = yaml.safe_load((paths.LANGUAGES / lang / "dates.yaml").read_text())
        self.times = [form.strip("=") for form in leaves(times) if isinstance(form, str)]

    def number(self, rng: random.Random) -> str:
        """Return a number, a date or a range of dates in some digits."""
        day, month = rng.randint(0, 32), rng.randint(0, 13)
        year = rng.choice([rng.randint(0, 9999), rng.randint(2000, 2030), 25, 10**9])
        mark = rng.choice(["-", "/", ".", " ", "–", ""])
        parts = rng.choice([[day], [day, month], [day, month, year], [year, month, day], [year]])
        text = mark.join(f"{part:0{rng.choice([1, 2])}}" for part in parts)
        text = rng.choice([text, f"{text}-{rng.randint(0, 40)}", f"{text}{mark}{text}"])
        return text.translate(dict(zip(range(48, 58), rng.choice(DIGITS), strict=True)))

    def piece(self, rng: random.Random) -> str:
        """Return something to put into a text."""
        kind = rng.randrange(8)
        if kind < 2:
            return f" {self.number(rng)} "
        pool: list[str] = (MARKS, JOINERS, SCRIPTS, self.words, self.times, ODD)[kind - 2]
        return rng.choice(["", " "]) + rng.choice(pool) + rng.choice(["", " "])

    def window(self, rng: random.Random, longest: int = 0) -> str:
        """Return a part of a real article."""
        text: str = rng.choice(self.texts)
        start = rng.randrange(len(text))
        longest = longest or rng.choice([60, 60, 60, 120, 300])
        return text[start : start + rng.randint(20, longest)]

    def text(self, rng: random.Random) -> str:
        """Return an article's text; one in three hundred is long."""
        kind = rng.random()
        if kind < 0.003:
            text = rng.choice(self.texts) * rng.choice([1, 1, 2, 5])
        elif kind < 0.25:
            pools = [self.words, self.times, self.times, MARKS]
            some = [rng.choice(rng.choice(pools)) for _ in range(rng.randint(3, 12))]
            text = rng.choice([" ", "", "\n"]).join(some)
        elif kind < 0.45:
            text = rng.choice(["", " ", "\n"]).join(self.window(rng, 40) for _ in range(3))
        else:
            text = self.window(rng)
        return self.mutated(text, rng, rng.choice([0, 1, 2, 3, 5, 8]))

    def mutated(self, text: str, rng: random.Random, times: int) -> str:
        """Return a text changed some times."""
        for _ in range(times):
            start = rng.randint(0, len(text))
            end = min(len(text), start + rng.choice([0, 1, 1, 2, 5, 20, 60]))
            inside = text[start:end]
            change = rng.randrange(10)
            if change < 5:
                inside = inside[: change % 2 * 99] + self.piece(rng)
            elif change == 5:
                inside = ""
            elif change == 6:
                most = 400 if len(inside) < 9 else 5
                inside *= rng.choice([2, 3, rng.randint(2, most)])
            elif change == 7:
                parts = re.split(r"(\s+)", text)
                rng.shuffle(parts)
                text, inside, start, end = "".join(parts), "", 0, 0
            elif change == 8:
                inside = self.window(rng, 60)
            else:
                inside = inside.replace(" ", rng.choice(["\n", "\u200d", "", "\u00a0", "\n\n"]))
            text = text[:start] + inside + text[end:]
        return text

    def value(self, rng: random.Random) -> str:
        """Return a value for a field or a cell."""
        kind = rng.randrange(6)
        if kind == 0:
            return rng.choice(ODD)
        if kind == 1:
            return f"{rng.randint(0, 10000):04}-{rng.randint(0, 13):02}-{rng.randint(0, 32):02}"
        if kind == 2:
            return self.number(rng)
        if kind == 3:
            return f"2025-08-12T{rng.randint(0, 25)}:30{self.piece(rng).strip()}"
        return self.mutated(rng.choice(["gu", "2025-08-12", "a"]), rng, 3)

    def lines(self, text: str, rng: random.Random) -> str:
        """Return a table or a file of entries with some of its lines, cells or values changed."""
        lines = text.split("\n")
        for _ in range(rng.choice([1, 1, 1, 2, 4])):
            at = rng.randrange(len(lines))
            change = rng.randrange(8)
            if change == 0:
                lines[at : at + 1] = []
            elif change == 1:
                lines.insert(at, lines[rng.randrange(len(lines))])
            elif change == 2:
                lines.insert(at, rng.choice([*ODD, " " * rng.randint(1, 6) + rng.choice(ODD)]))
            elif change == 3:
                lines[at] = self.mutated(lines[at], rng, 1)
            else:
                parts = re.split(r"([,:;\[\]{}]\s*)", lines[at])
                part = rng.randrange(len(parts))
                parts[part] = rng.choice([self.value(rng), rng.choice(ODD), rng.choice(parts)])
                lines[at] = "".join(parts)
            lines = lines or [""]
        return "\n".join(lines)

    def fields(self, rng: random.Random) -> dict[str, Any]:
        """Return the fields of an article, some of them changed."""
        fields = dict(rng.choice(self.articles))
        fields["text"] = self.window(rng)
        for _ in range(rng.choice([1, 2, 4])):
            name = rng.choice([*FIELDS, "date", "source", "publishd", "text", self.value(rng)])
            others: list[Any] = [None, 0, -1, 1e308, True, [], {}, [{}], 1755030600, 10**30]
            fields[name] = rng.choice([self.value(rng), self.value(rng), rng.choice(others)])
        return fields

    def markdown(self, rng: random.Random) -> str:
        """Return a text with front matter."""
        named = {name: value for name, value in self.fields(rng).items() if name != "text"}
        head = "\n".join(f"{name}: {value}" for name, value in named.items())
        return self.lines(f"---\n{head}\n---\n{self.window(rng)}", rng)

    def json(self, rng: random.Random) -> str:
        """Return the JSON of an article."""
        text = json.dumps(self.fields(rng), ensure_ascii=rng.random() < 0.5)
        return self.mutated(text, rng, rng.choice([0, 0, 1, 2]))

    def markup(self, rng: random.Random) -> str:
        """Return an HTML page with metadata and an article."""
        about = json.dumps({"@type": "NewsArticle", "datePublished": self.value(rng)})
        meta = f'<meta property="article:published_time" content="{self.value(rng)}">'
        script = f'<script type="application/ld+json">{about}</script>'
        paragraphs = "\n".join(f"<p>{self.window(rng)}</p>" for _ in range(3))
        head = f'<html lang="{self.value(rng)}"><head><title>{self.window(rng, 60)}</title>'
        body = f"{head}{meta}{script}</head><body><article>{paragraphs}</article></body></html>"
        return self.lines(self.mutated(body, rng, rng.choice([0, 1, 3])), rng)


def leaves(tree: Any) -> Iterator[Any]:
    """Yield what stands at the ends of nested lists and mappings."""
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for one in inside:
        yield from leaves(one)
    if not isinstance(tree, dict | list):
        yield tree


# Trying inputs: each function takes an input as text, and raises what is wrong
# --------------------------------------------------------------------------------------------------


def told(found: Article | ReadingError, *, whole: bool = True) -> None:
    """Draw what an article tells, in every form that the library has for it, if it is wanted."""
    if isinstance(found, ReadingError):
        if "a fault of rajnay" in str(found):
            raise Wrong(str(found))
        return
    if not whole:
        return
    extraction = extract(found, PAIR, load_knowledge())
    right(extraction)
    json.dumps(extraction_record(extraction), ensure_ascii=False)
    explanation(extraction)
    rows = build_timeline([extraction])
    if rows:
        table_rows(extraction)
        for row in rows:
            exports.flat(row)
    if rows and len(found.text) % 100 == 0:
        frames.engagements([extraction], PAIR)
        frames.events(rows, PAIR)
        for writer in exports.WRITERS.values():
            writer(rows, plain_setting(rows, PAIR))


def right(extraction: Extraction) -> None:
    """Raise Wrong for an offset that is none, and for a day that is none."""
    text = extraction.article.text
    spans = [one.span for one in extraction.mentions]
    spans += [one.span for one in extraction.unresolved]
    spans += [step.span for steps in (extraction.dropped, *extraction.steps) for step in steps]
    for one in extraction.engagements:
        spans += [one.evidence, *(span for each in one.spans.values() for span in each)]
        for day in (one.start, one.end):
            if day and not interval(day, None) and not yearless(day):
                raise Wrong(f"no day: {day}")
        if one.start and one.end and len(one.start) == len(one.end) == 10 and one.start > one.end:
            raise Wrong(f"ends before it starts: {one.start} {one.end}")
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise Wrong(f"span {start}, {end} of {len(text)}")


def try_article(text: str, language: str = LANG) -> None:
    """Read a text as standard input gives it."""
    data = text.encode("utf-8", "surrogatepass")
    when = date(1 + hash_of(text) % 9999, 2, 28) if hash_of(text) % 5 == 0 else date(2025, 8, 13)
    lang = None if hash_of(text) % 9 == 0 else language
    undated = hash_of(text) % 7 == 0
    for found in scan(
        ["-"],
        published=None if undated else when,
        lang=lang,
        stdin=io.BytesIO(data),
        languages=load_knowledge().packs,
    ):
        if not isinstance(found, ReadingNote):
            told(found)


def hash_of(text: str) -> int:
    """Return a number for a text, the same in every run."""
    return sum(map(ord, text[:50])) + len(text)


def try_front_matter(text: str) -> None:
    """Read a text as a Markdown file."""
    fields = {"id": "a", **front_matter(text)}
    told(article(fields, "a", None, None, load_knowledge().packs), whole=len(text) % 8 == 0)


def try_json(text: str) -> None:
    """Read JSON as standard input gives it."""
    data = text.encode("utf-8", "surrogatepass")
    for found in scan(["-"], stdin=io.BytesIO(data), languages=load_knowledge().packs):
        if not isinstance(found, ReadingNote):
            told(found, whole=len(text) % 8 == 0)


def try_html(text: str) -> None:
    """Read a page."""
    told(article({"id": "a", **page(text)}, "a", None, None, load_knowledge().packs))


def try_runs(text: str) -> None:
    """Read a list of reports."""
    file = Path(tempfile.gettempdir()) / "fuzz-runs.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    for run in read_runs(file).values():
        if isinstance(run, Run):
            unknown_in(run.parameters, load_knowledge().reference, report_languages())


class Tables:
    """A small copy of the tables and packs, one file of which is changed at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tables = folder, folder / "reference"
        self.pack = folder / "languages" / LANG
        for name in ("reference", f"languages/{LANG}", "rules"):
            shutil.copytree(paths.DATA / name, folder / name)
        shutil.copy(paths.DATA / "defaults.yaml", folder)
        self._cut()
        self.reference = load_reference(self.tables)
        self.files = [file for file in sorted(folder.rglob("*.*")) if file.suffix in self.loaders]
        self.texts = {str(file): file.read_text(encoding="utf-8") for file in self.files}

    loaders = (".csv", ".yaml")

    def _cut(self) -> None:
        """Keep few rows, so that a table is read at once."""
        known = {"people": 12, "places": 12, "forums": 12, "bodies": 12, "countries": 400}
        kept = {}
        for name, most in known.items():
            kept[name] = cut(self.tables / f"{name}.csv", most)
        cut(self.tables / "tenures.csv", 20, kept["people"])
        cut(self.tables / "engagements.csv", 10)
        cut(self.tables / "offices.csv", 10)
        for name in known:
            cut(self.pack / "names" / f"{name}.csv", 12, kept[name])

    def loads(self, file: Path) -> Callable[[], object]:
        """Return what reads a file of tables or packs."""
        models: dict[str, type[Record]] = {
            "acts": words.Acts,
            "grammar": words.Grammar,
            "topics": words.Topics,
        }
        models |= {"offices": words.Offices}
        if file.parent.name == "names":
            return lambda: load_names(self.pack, self.reference)
        if file.parent.name == "rules":
            return lambda: [load_rules(name, file.parent) for name in TABLES]
        if file.parent == self.pack and file.stem in models:
            return lambda: read_yaml(file, models[file.stem])
        others: dict[str, Callable[[], object]] = {
            "dates.yaml": lambda: load_date_words(file),
            "report.yaml": lambda: load_wording(LANG, self.folder / "languages"),
            "defaults.yaml": lambda: load_defaults(file),
            "zones.csv": lambda: outlet_zones(file),
            "levels.csv": lambda: load_levels((), None, file),
            "engagements.csv": lambda: load_known(self.tables),
            "offices.csv": lambda: [*agreement.disagreements(self.tables, self.reference)],
        }
        return others.get(file.name, self._reference)

    def _reference(self) -> None:
        reference = load_reference(self.tables)
        if not [*agreement.empty_tables(self.tables)]:
            [*agreement.disagreements(self.tables, reference)]

    def attempt(self, text: str) -> None:
        """Put a file's text, after a line that names the file, in its place, and read it."""
        name, _, changed = text.partition("\n")
        file = self.folder / name
        if str(file) not in self.texts:
            return
        file.write_bytes(changed.encode("utf-8", "surrogatepass"))
        for one in (load_known, load_chronology, load_rules, load_defaults, outlet_zones):
            one.cache_clear()
        forget()
        try:
            self.loads(file)()
        except ValueError as error:
            if not str(error).startswith(f"{self.folder}/") or "\n" in str(error):
                raise
        finally:
            file.write_text(self.texts[str(file)], encoding="utf-8")

    def make(self, maker: Maker, rng: random.Random) -> str:
        """Return a changed file after a line with its name; CSV, which is fast, more often."""
        suffix = ".csv" if rng.random() < 0.93 else ".yaml"
        file = rng.choice([one for one in self.files if one.suffix == suffix])
        return f"{file.relative_to(self.folder)}\n{maker.lines(self.texts[str(file)], rng)}"


def cut(file: Path, most: int, names: Sequence[str] | None = None) -> list[str]:
    """Keep the first rows of a table, of those that go by some names; return the names kept."""
    head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    if names is not None:
        rows = [row for row in rows if row.partition(",")[0] in names]
    if file.stem == "places":  # venues, which stand within others, come last
        rows = [row for row in rows if row.rstrip().endswith(",")]
    file.write_text("".join([head, *rows[:most]]), encoding="utf-8")
    return [row.partition(",")[0] for row in rows[:most]]


# Telling finds
# --------------------------------------------------------------------------------------------------


def fault(attempt: Callable[[str], None], text: str) -> str | None:
    """Return what is wrong with how an input is taken, and where; None if nothing is."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        attempt(text)
    except OWN as error:
        return "a message of several lines" if "\n" in str(error) else None
    except (Exception, Hang) as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = [one for one in frames if "rajnay" in one.filename] or frames
        where = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
        what = re.sub(r"\d+", "0", str(error)) if isinstance(error, Wrong) else ""
        return f"{type(error).__name__} {where} {what[:90]}".strip()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def shrunk(attempt: Callable[[str], None], text: str, what: str) -> str:
    """Return a small part of an input that shows the same fault."""
    size, until = len(text) // 2, time.monotonic() + 60
    while size and time.monotonic() < until:
        at, before = 0, len(text)
        while at < len(text) and time.monotonic() < until:
            shorter = text[:at] + text[at + size :]
            if fault(attempt, shorter) == what:
                text = shorter
            else:
                at += size
        size = size // 2 if len(text) == before or size > 1 else 1
    return text


def main() -> None:
    """Try as many inputs of a kind as asked for, and tell what was found."""
    kinds = ("articles", "front-matter", "tables", "runs", "html", "json")
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--kind", choices=kinds, default="articles")
    parser.add_argument("--lang", default=LANG, help="whose articles and words are changed")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so many seconds")
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, stop)
    maker = Maker(asked.lang)
    with tempfile.TemporaryDirectory() as folder:
        tables = Tables(Path(folder) / "data") if asked.kind == "tables" else None
        runs = "\n".join(paths.RUNS.read_text(encoding="utf-8").split("\n")[8:13])
        makers: dict[str, Callable[[random.Random], str]] = {
            "articles": maker.text,
            "front-matter": maker.markdown,
            "tables": lambda rng: tables.make(maker, rng) if tables else "",
            "runs": lambda rng: maker.lines(runs, rng),
            "html": maker.markup,
            "json": maker.json,
        }
        attempts: dict[str, Callable[[str], None]] = {
            "articles": functools.partial(try_article, language=asked.lang),
            "front-matter": try_front_matter,
            "tables": tables.attempt if tables else try_runs,
            "runs": try_runs,
            "html": try_html,
            "json": try_json,
        }
        run(asked, makers[asked.kind], attempts[asked.kind])


def run(
    asked: argparse.Namespace,
    make: Callable[[random.Random], str],
    attempt: Callable[[str], None],
) -> None:
    """Try inputs one after the other, and print what was found and how many were tried."""
    found: Counter[str] = Counter()
    tried, slowest, begun = 0, (0.0, 0), time.monotonic()
    try:
        for number in range(asked.first, asked.first + asked.count):
            text = make(random.Random(f"{asked.seed} {asked.kind} {number}"))
            before = time.process_time()
            what = fault(attempt, text)
            slowest = max(slowest, (time.process_time() - before, number))
            tried += 1
            if what and (found.update([what]) or found[what] == 1):
                small = shrunk(attempt, text, what)
                print(f"find: input {number}: {what}\n  {small[:600]!a}", flush=True)
            if time.monotonic() - begun > asked.seconds:
                break
    except KeyboardInterrupt:
        pass
    spent = time.monotonic() - begun
    print(f"{asked.kind}: seed {asked.seed}, from {asked.first}: {tried:,} inputs, {spent:.0f} s")
    print(f"slowest {slowest[0]:.2f} s (input {slowest[1]}); {len(found)} finds")
    for what, times in found.most_common():
        print(f"  {times} times {what}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
