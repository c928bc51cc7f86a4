"""What readers decided by hand, as labelled articles: what `rajnay train` learns from.

A label says all that an article tells. So an article becomes one only when everything that was
drawn from it has been accepted, corrected, rejected or put in by hand; merging and splitting say
nothing of what one article tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rajnay.base import paths
from rajnay.base.safe import dump, write_whole
from rajnay.labels.labelled import SPLITS, read_splits
from rajnay.models import Article, Extraction
from rajnay.records import facts
from rajnay.review.applying import Draft, apply
from rajnay.review.decisions import Decisions

# Fields of a label; its evidence is the words themselves.
_FIELDS = (
    "kind",
    "status",
    "start",
    "end",
    "place",
    "country",
    "parties",
    "forum",
    "topics",
    "source",
)
_CHECKING = ("accept", "correct", "reject", "add")
_NOTES = "from corrections by"
# Whoever corrected an article has read its errors: nothing is measured on it as unread.
_PART = "tuned"
Label = dict[str, Any]


class NotReady(ValueError):
    """An article that is no label yet, and what is still to be decided in it."""


def taught(extractions: Iterable[Extraction], decisions: Decisions) -> Iterator[Label | NotReady]:
    """Yield a label for each article that decisions are about, or in its place what keeps it from
    being one.

    Args:
        extractions: what these articles tell.
        decisions: those that hold.
    """
    articles: dict[str, Article] = {}
    drafts = []
    for one in extractions:
        articles[one.article.id] = one.article
        drafts += [Draft(one.article, each, each) for each in one.engagements]
    found: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in apply(drafts, (), decisions, articles, None):
        found[draft.article.id].append(draft)
    for name, every in sorted(found.items()):
        open_ = [one for one in every if not _is_checked(one)]
        if open_:
            words = (one.drawn.evidence.of(one.article.text) for one in open_ if one.drawn)
            said = "; ".join(f"«{each}»" for each in words)
            yield NotReady(f"{name}: no label yet: nothing was decided about {said}")
        else:
            yield _label(articles[name], every)


def _is_checked(draft: Draft) -> bool:
    return any(one.action in _CHECKING for one in draft.hands)


def _label(article: Article, drafts: Iterable[Draft]) -> Label:
    gold, who = [], set()
    for draft in drafts:
        who |= {f"{one.who} ({one.when:%Y-%m-%d})" for one in draft.hands}
        if draft.now:
            told = facts(draft.now)
            words = {"evidence": draft.now.evidence.of(article.text)}
            gold.append({name: told[name] for name in _FIELDS} | words)
    about = {
        "id": article.id,
        "lang": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "text": article.text,
    }
    return about | {"gold": gold, "notes": f"{_NOTES} {', '.join(sorted(who))}"}


def add_labels(
    labels: Iterable[Label], folder: Path, failed: Callable[[str], None]
) -> Iterator[str]:
    """Write labels into a folder, each in a file of its own, and enter them among the parts; yield
    what was written.

    Args:
        labels: as ``taught`` yields them.
        folder: the folder of labels.
        failed: takes why one was not written: a label that a careful reader made stands.
    """
    stored = {file.stem for file in paths.ARTICLES.rglob("*")}
    splits = read_splits(folder)
    added = []
    for label in labels:
        # An id comes from outside, and must lead to no other folder.
        name, plain = label["id"], re.sub(r"[^\w.-]|^\.", "_", label["id"])
        file = folder / label["lang"] / f"{plain}.json"
        if file.is_file() and _NOTES not in file.read_text(encoding="utf-8"):
            failed(f"{file}: stands already, and not from corrections; mend it there")
            continue
        whole = {key: value for key, value in label.items() if key in ("id", "gold", "notes")}
        write_whole(file, dump(whole if name in stored else label))
        added += [] if name in splits else [name]
        yield f"{file}: {len(label['gold'])} engagements"
    if added:
        _enter(folder / SPLITS, added)


def _enter(table: Path, names: Iterable[str]) -> None:
    """Enter articles among the parts of the labels, in the order of their ids."""
    old = table.read_text(encoding="utf-8") if table.is_file() else "id,split,report,hard\n"
    head, *lines = old.splitlines()
    lines += [f"{name},{_PART},," for name in names]
    write_whole(table, "\n".join([head, *sorted(lines)]) + "\n")
