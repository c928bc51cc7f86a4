"""A model's card: what it was trained on, and how right it is on articles that it was not taught.

The figures are of articles held out: each is read by a model that has seen no retelling of it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from rajnay.base import paths
from rajnay.base.safe import dump, write_whole
from rajnay.compose.choosers.choosing import chosen_drafts, stands
from rajnay.compose.choosers.model import FILE, Model
from rajnay.labels.labelled import Labelled, Split, by_part
from rajnay.labels.likeness import Record
from rajnay.labels.score import compare

if TYPE_CHECKING:
    from rajnay.labels.training import Lesson

    Train = Callable[[Sequence[Lesson]], Model]

FOLDS = 10
SEED = 2026


def folds(taught: Sequence[Lesson]) -> list[list[int]]:
    """Return the places of lessons in parts that keep retellings of one report together.

    Args:
        taught: the lessons.

    Returns:
        ``FOLDS`` lists of places, every place in one of them; the same lessons give the same parts.
    """
    reports = sorted({lesson.report for lesson in taught})
    random.Random(SEED).shuffle(reports)
    part = {report: number % FOLDS for number, report in enumerate(reports)}
    return [
        [place for place, lesson in enumerate(taught) if part[lesson.report] == number]
        for number in range(FOLDS)
    ]


def held_out(taught: Sequence[Lesson], train: Train) -> dict[str, list[Record]]:
    """Return by article what is found in it by a model that was not taught on its report.

    Args:
        taught: the lessons; each is held out once, the unread ones always.
        train: makes a model of lessons.

    Returns:
        Records of engagements by the id of the article, in the order of the text.
    """
    found: dict[str, list[Record]] = {}
    for fold in folds(taught):
        aside = set(fold)
        model = train([lesson for place, lesson in enumerate(taught) if place not in aside])
        for place in fold:
            lesson = taught[place]
            judged = chosen_drafts(lesson.article, lesson.options, model)
            found[lesson.labelled.article.id] = lesson.records(filter(stands, judged))
    return found


def card(taught: Sequence[Lesson], splits: Mapping[str, Split], train: Train) -> dict[str, Any]:
    """Return what a model was trained on and, for each part of the labels, how right it is on
    articles held out, with the rules alone beside it: shares of one, F1 of events and of those
    right in every field.
    """
    labels = [lesson.labelled for lesson in taught]
    rules = {one.labelled.article.id: one.records(one.article.drafts) for one in taught}
    chosen = held_out(taught, train)
    return {
        "articles": len(labels),
        "engagements": sum(len(one.gold) for one in labels),
        "taught": sum(not one.unread for one in taught),
        "folds": f"{FOLDS}, by article, retellings of one report together",
        "parts": {
            part: {"rules": _figures(here, rules), "held out": _figures(here, chosen)}
            for part, here in sorted(by_part(labels, splits).items())
        },
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    }


def _figures(labels: Sequence[Labelled], found: Mapping[str, Sequence[Record]]) -> dict[str, float]:
    scores = compare(labels, found)
    event, strict = scores.rate(), scores.rate(strict=True)
    return {"event": round(event.f1, 3), "strict": round(strict.f1, 3)}


def beside(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of two cards as rows, a part of the labels each.

    Args:
        before: the card of the model that stood before; may be empty.
        after: the card of the new one.

    Returns:
        Event and strict F1 by the rules alone, and held out before and now.

    >>> figures = {"event": 0.9, "strict": 0.6}
    >>> both = {"rules": figures, "held out": figures}
    >>> beside({}, {"parts": {"unread": both}})[0]["strict now"]
    0.6
    """
    rows = []
    for part, figures in after["parts"].items():
        old = before.get("parts", {}).get(part, {}).get("held out", {})
        rows.append(
            {"of": part}
            | {f"{name} by rules": figures["rules"][name] for name in ("event", "strict")}
            | {f"{name} before": old.get(name) for name in ("event", "strict")}
            | {f"{name} now": figures["held out"][name] for name in ("event", "strict")}
        )
    return rows


def card_of(folder: Path = paths.MODEL) -> dict[str, Any]:
    """Return the card of the model that stands in a folder; empty if none does.

    >>> card_of(Path("no such folder"))
    {}
    """
    try:
        told: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))["card"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return told


def save(model: Model, card: Mapping[str, Any], folder: Path = paths.MODEL) -> None:
    """Write a model with its card: what it was trained on, and how right it is.

    Args:
        model: the weights.
        card: what `card` returns.
        folder: where ``choosers.json`` is written, whole or not at all.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    weights = {question: dict(sorted(told.items())) for question, told in model.weights.items()}
    write_whole(folder / FILE, dump({"card": dict(card), "weights": weights}))
