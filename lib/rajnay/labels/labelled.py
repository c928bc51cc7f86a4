"""Labelled articles: what a careful reader found in each, as records with the fields of the
guide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from rajnay.base import paths
from rajnay.knowledge.tables import Form, Record, read_keyed
from rajnay.models import KINDS, STATUSES, TOPICS, Article, Pair
from rajnay.text import reading
from rajnay.text.formats import FormatError
from rajnay.text.languages import no_pack
from rajnay.text.reading import ReadingError

SPLITS = "splits.csv"
PARTS = ("tuned", "kept-aside", "unread", "fresh")


class Split(Record):
    """What an article is to the measuring: ``tuned`` if its errors were read while rules were
    written, else how far it was kept from those who wrote them; ``report`` is the same for all
    retellings of one report.
    """

    id: Form
    split: Literal[PARTS]  # type: ignore[valid-type]
    report: str = ""
    hard: Literal["", "yes"] = ""


NO_SPLITS: Mapping[str, Split] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with the engagements that a careful reader found in it, as records with the fields
    of the guide.
    """

    article: Article
    gold: tuple[dict[str, Any], ...]
    notes: str = ""


def of_another_pair(labels: Iterable[Labelled], pair: Pair) -> str | None:
    """Return what to say of labels that are of another pair of countries; None if they are not."""
    sides = {side for one in labels for told in one.gold for side in told.get("parties", {})}
    if not sides or sides >= {*pair}:
        return None
    return f"these labels are of {'-'.join(sorted(sides))}, not of {'-'.join(pair)}"


def read_labelled(
    source: str | Path, articles: Path = paths.ARTICLES, *, languages: Collection[str] = ()
) -> Iterator[Labelled | ReadingError]:
    """Yield the labelled articles of a folder, JSON file or JSON lines, and in its place an error
    for each unusable one.

    A label holds its article's text, or only the id of an article that stands anywhere under the
    folder ``articles``, in a file of that name. ``languages`` are the codes that can be read (any,
    if none is given).
    """
    files = [path for path in reading.unfold(source) if Path(path).suffix in (".json", ".jsonl")]
    if not files:
        yield ReadingError(
            str(source), "no labels here; give a folder of .json files, a .json or a .jsonl file"
        )
    stored = {Path(file).stem: file for file in reading.unfold(articles)}
    for path in files:
        try:
            for where, fields in reading.raw(path, None):
                yield _readable(label(fields, where, stored), where, languages)
        except FormatError as error:
            yield ReadingError(path, error)


def usable(source: str | Path) -> Iterator[Labelled]:
    """Yield the labelled articles of a folder or file that can be read, as `read_labelled` does."""
    return (one for one in read_labelled(source) if isinstance(one, Labelled))


def _readable(
    found: Labelled | ReadingError, where: str, languages: Collection[str]
) -> Labelled | ReadingError:
    """Return what was found, or the error that no pack is of its language."""
    if isinstance(found, ReadingError) or not languages or found.article.lang in languages:
        return found
    return ReadingError(where, no_pack(found.article.lang, languages))


def label(
    fields: dict[str, Any] | FormatError, where: str, articles: Mapping[str, str]
) -> Labelled | ReadingError:
    """Return a label's fields as a labelled article, each checked, or the error that says which of
    them is wrong; ``articles`` are the files of those that labels name by their ids.
    """
    if isinstance(fields, FormatError):
        return ReadingError(where, fields)
    gold = fields.get("gold")
    if not isinstance(gold, list) or not all(isinstance(engagement, dict) for engagement in gold):
        return ReadingError(
            where, "no labels; the field 'gold' must list the engagements, [] if there are none"
        )
    for number, engagement in enumerate(gold, 1):
        if fault := _not_of_record(engagement):
            return ReadingError(where, f"gold {number}: {fault}")
    article = _article(fields, where, articles)
    if isinstance(article, ReadingError):
        return article
    return Labelled(article, tuple(gold), fields.get("notes") or "")


def _article(
    fields: dict[str, Any], where: str, articles: Mapping[str, str]
) -> Article | ReadingError:
    """Return the article that a label holds or names."""
    if "text" in fields:
        return reading.article(fields, where, None, None)
    file = articles.get(str(fields["id"]))
    if file is None:
        name = fields["id"]
        what = f"no article {name!r} under data/articles; add it there, or its text here"
        return ReadingError(where, what)
    return list(reading.scan([file]))[-1]  # a note may come first


def _not_of_record(engagement: dict[str, Any]) -> str | None:
    """Tell of the first kind, status or topic of a labelled engagement that is none."""
    for field, allowed in ("kind", KINDS), ("status", STATUSES), ("topics", TOPICS):
        given = engagement.get(field) or ()
        for name in [given] if isinstance(given, str) else given:
            if name not in allowed:
                return f"unknown {field} {name!r}; use {', '.join(allowed)}"
    return None


def read_splits(folder: str | Path) -> dict[str, Split]:
    """Return what each labelled article is to the measuring, by its id: the table ``splits.csv`` of
    a folder or of the one that it stands in; nothing where there is none.

    Raises KnowledgeError, which names file, line and column of a wrong row.

    >>> read_splits("no such folder")
    {}
    """
    place = Path(folder).resolve()
    found = (one / SPLITS for one in (place, place.parent) if (one / SPLITS).is_file())
    file = next(found, None)
    return read_keyed(file, Split) if file else {}


def never_read(splits: Mapping[str, Split]) -> frozenset[str]:
    """Return the ids of the articles that nobody who writes rules has read: ``unread`` and
    ``fresh``.

    Args:
        splits: what each labelled article is to the measuring.

    Returns:
        Ids of articles, those of ``tuned`` and ``kept-aside`` not among them.

    >>> never_read({"a": Split(id="a", split="tuned"), "b": Split(id="b", split="unread")})
    frozenset({'b'})
    """
    return frozenset(name for name, one in splits.items() if one.split in PARTS[2:])


def by_part(
    labels: Iterable[Labelled], splits: Mapping[str, Split], other: str = "other"
) -> dict[str, list[Labelled]]:
    """Return labelled articles by their part of the labels, ``other`` for those in none.

    >>> by_part([], {})
    {}
    """
    parts: dict[str, list[Labelled]] = {}
    for one in labels:
        split = splits.get(one.article.id)
        parts.setdefault(split.split if split else other, []).append(one)
    return parts


def kept_aside(splits: Mapping[str, Split]) -> frozenset[str]:
    """Return the ids of the articles whose errors whoever writes rules must not read: all that are
    not ``tuned``.

    >>> kept_aside({"a": Split(id="a", split="tuned"), "b": Split(id="b", split="unread")})
    frozenset({'b'})
    """
    return frozenset(name for name, one in splits.items() if one.split != PARTS[0])
