"""Labelled articles: what a careful reader found in each, as records with the fields of the
guide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rajnay import paths
from rajnay.models import KINDS, STATUSES, TOPICS, Article
from rajnay.text import reading
from rajnay.text.reading import FormatError, ReadingError


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with the engagements that a careful reader found in it, as records with the fields
    of the guide.
    """

    article: Article
    gold: tuple[dict[str, Any], ...]
    notes: str = ""


def read_labelled(
    source: str | Path, articles: Path = paths.ARTICLES, *, languages: Collection[str] = ()
) -> Iterator[Labelled | ReadingError]:
    """Yield the labelled articles of a folder, JSON file or JSON lines, and in its place an error
    for each unusable one.

    A label file holds its article's text, or only the id of an article that stands in the folder
    ``articles``. ``languages`` are the codes that can be read (any, if none is given).
    """
    files = [path for path in reading.unfold(source) if Path(path).suffix in (".json", ".jsonl")]
    if not files:
        yield ReadingError(
            str(source), "no labels here; give a folder of .json files, a .json or a .jsonl file"
        )
    for path in files:
        try:
            for where, fields in reading.raw(path, None):
                found = (
                    label(fields, where, articles)
                    if isinstance(fields, dict)
                    else ReadingError(where, fields)
                )
                if (
                    isinstance(found, Labelled)
                    and languages
                    and found.article.lang not in languages
                ):
                    found = ReadingError(where, reading.no_pack(found.article.lang, languages))
                yield found
        except FormatError as error:
            yield ReadingError(path, error)


def label(fields: dict[str, Any], where: str, articles: Path) -> Labelled | ReadingError:
    """Return a label file's fields as a labelled article, each checked, or the error that says
    which of them is wrong.
    """
    gold = fields.get("gold")
    if not isinstance(gold, list) or not all(isinstance(engagement, dict) for engagement in gold):
        return ReadingError(
            where, "no labels; the field 'gold' must list the engagements, [] if there are none"
        )
    for number, engagement in enumerate(gold, 1):
        for field, allowed in ("kind", KINDS), ("status", STATUSES), ("topics", TOPICS):
            given = engagement.get(field) or ()
            if wrong := [
                name
                for name in ([given] if isinstance(given, str) else given)
                if name not in allowed
            ]:
                return ReadingError(
                    where, f"gold {number}: unknown {field} {wrong[0]!r}; use {', '.join(allowed)}"
                )
    beside = reading.scan([articles / f"{fields['id']}.json"])
    article = reading.article(fields, where, None, None) if "text" in fields else next(beside)
    if isinstance(article, ReadingError):
        return article
    return Labelled(article, tuple(gold), fields.get("notes") or "")


def kept_aside(folder: str | Path) -> frozenset[str]:
    """Return the ids that a folder's ``kept-aside.txt`` lists: articles not looked at while rules
    were written.

    >>> sorted(kept_aside("no such folder"))
    []
    """
    file = Path(folder) / "kept-aside.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
