"""Measure one thing once, with whatever version of the library the path leads to; print the number.

python bench/worker.py MEASURE SIDE ARTICLES
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LANG, PAIR = "gu", ("IN", "RU")
COMMAND = "import sys; from rajnay.cli import main; sys.exit(main())"
SHORT, LONG, SENTENCE, MARKS, MANY, EACH = 700, 150_000, 27_000, 2_000, 1_000, 16
Reader = Callable[[str, str | None], object]


def articles(folder: Path) -> list[dict[str, str]]:
    """Return the fields of the articles in one language, in the order of their names."""
    read = (json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.json")))
    return [one for one in read if one.get("lang", LANG) == LANG and "text" in one]


def reader(side: str) -> Reader:
    """Return the function that reads one article."""
    if side == "dateparser":
        from dateparser.search import search_dates

        return lambda text, _: search_dates(text, languages=[LANG])
    from datetime import date

    from rajnay.models import Article

    try:
        from rajnay.compose.extract import extract
        from rajnay.knowledge.store import load_knowledge
    except ImportError:  # before the library stood in rooms
        from rajnay.extract import extract  # type: ignore[import-not-found, no-redef]

        from rajnay.knowledge import load_knowledge  # type: ignore[attr-defined, no-redef]

    known = load_knowledge()

    def read(text: str, day: str | None) -> object:
        published = date.fromisoformat(day[:10]) if day else None
        return extract(Article("bench", text, LANG, published), PAIR, known)

    return read


def spent(task: Callable[[], object]) -> float:
    """Return the seconds that a task takes the processor."""
    start = time.process_time()
    task()
    return time.process_time() - start


def warm(read: Reader, texts: list[tuple[str, str | None]]) -> float:
    """Return milliseconds an article, after all were read once."""
    for each in texts:
        read(*each)
    return 1000 * spent(lambda: [read(*each) for each in texts]) / len(texts)


def long(read: Reader, texts: list[tuple[str, str | None]]) -> float:
    """Return how much more a character costs in a long article than in short ones."""
    short = [(text[:SHORT], day) for text, day in texts]
    size = sum(len(text) for text, _ in short)
    warm(read, texts)
    each = spent(lambda: [read(*one) for one in short]) / size
    return spent(lambda: read(joined(texts, "\n\n", LONG), texts[0][1])) / LONG / each


def joined(texts: list[tuple[str, str | None]], between: str, size: int) -> str:
    """Return articles one after the other, up to a length in characters."""
    pieces = itertools.islice(itertools.cycle(text for text, _ in texts), size // 300)
    return between.join(pieces)[:size]


def sentence(read: Reader, texts: list[tuple[str, str | None]], size: int = SENTENCE) -> float:
    """Return the seconds for one sentence that never stops."""
    read(*texts[0])
    text = re.sub(r"[.?!।॥…\n;]", " ", joined(texts, " ", size))
    return spent(lambda: read(text, texts[0][1]))


def growth(read: Reader, texts: list[tuple[str, str | None]]) -> float:
    """Return how many times longer a sentence takes that is three times as long."""
    warm(read, texts)
    return sentence(read, texts) / sentence(read, texts, SENTENCE // 3)


def marks(read: Reader, texts: list[tuple[str, str | None]]) -> float:
    """Return the seconds for visarga and colon in turns, of which 3a1d120 aligned each with all."""
    read(*texts[0])
    return spent(lambda: read("ઃ:" * (MARKS // 2), None))


def cold(folder: Path) -> float:
    """Return the seconds of the processor that the whole command takes for one article."""
    file = min((folder / LANG).glob("*.json"))
    before = os.times()
    subprocess.run([sys.executable, "-c", COMMAND, "extract", str(file)], check=True, stdout=-3)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def memory(folder: Path) -> float:
    """Return the most memory, in megabytes, that the command takes for many articles."""
    import resource

    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "many.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for number, one in zip(range(MANY), itertools.cycle(articles(folder)), strict=False):
                out.write(json.dumps(one | {"id": str(number), "lang": LANG}) + "\n")
        call = [sys.executable, "-c", COMMAND, "extract", str(file)]
        subprocess.run(call, check=True, stdout=-3)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def every_language(folder: Path) -> list[list[Path]]:
    """Return some articles of each language, by language."""
    kinds = sorted(one for one in folder.iterdir() if one.is_dir())
    return [sorted(one.rglob("*.json"))[:EACH] for one in kinds]


def read_all(files: list[Path]) -> None:
    """Read articles, of whatever languages."""
    from rajnay.compose.extract import extract
    from rajnay.knowledge.store import load_knowledge
    from rajnay.models import Article
    from rajnay.text.reading import scan

    known = load_knowledge()
    for one in scan(files, languages=known.packs):
        if isinstance(one, Article):
            extract(one, PAIR, known)


def packs(folder: Path) -> float:
    """Return how much longer articles take once those of all other languages were read too."""
    own = sorted((folder / LANG).glob("*.json"))[: 4 * EACH]
    read_all(own)
    alone = spent(lambda: read_all(own))
    read_all(list(itertools.chain(*every_language(folder))))
    return spent(lambda: read_all(own)) / alone


def languages(folder: Path) -> float:
    """Return the most memory, in megabytes, that reading articles of every language takes."""
    import resource

    read_all(list(itertools.chain(*every_language(folder))))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print one measure."""
    name, side, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    of_a_folder = {"cold": cold, "memory": memory, "packs": packs, "languages": languages}
    if name in of_a_folder:
        print(of_a_folder[name](folder))
        return
    texts = [(one["text"], one.get("published")) for one in articles(folder)]
    measure = {"warm": warm, "long": long, "sentence": sentence, "growth": growth, "marks": marks}
    print(measure[name](reader(side), texts))


if __name__ == "__main__":
    main()
