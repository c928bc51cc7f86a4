"""The score sheet: titled tables of figures, and each error side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rajnay.explain import brief
from rajnay.labels.labelled import NO_SPLITS, PARTS, Labelled, Split, by_part
from rajnay.labels.likeness import Record
from rajnay.labels.score import Rate, Verdict, by_language, compare
from rajnay.models import KINDS, STATUSES


def tables(
    labels: Sequence[Labelled],
    found: Mapping[str, Sequence[Record]],
    splits: Mapping[str, Split] = NO_SPLITS,
) -> dict[str, list[dict[str, Any]]]:
    """Return the score sheet: titled tables of rows, figures in shares of one.

    ``splits`` say by an article's id to which part of the labels it belongs; each part has its row.
    """
    whole = compare(labels, found)
    groups = by_language(labels, found) | {"all": whole}
    parted = by_part(labels, splits)
    groups |= {part: compare(parted[part], found) for part in PARTS if part in parted}
    events = [
        {"of": name, "articles": group.articles} | figures(group.rate(), group.rate(strict=True))
        for name, group in groups.items()
    ]
    fields = [{"of": name, **group.slots} for name, group in groups.items()]
    parts = [("kind", KINDS), ("status", STATUSES)]
    values = [(name, value) for name, known in parts for value in known]
    rates = {
        value: (
            whole.rate(field=name, value=value),
            whole.rate(field=name, value=value, strict=True),
        )
        for name, value in values
    }
    return {
        "Events found (P precision, R recall), and those with every field right (strict)": events,
        "Fields: share right over the events found": fields,
        "By kind and status": [{"of": value} | figures(*both) for value, both in rates.items()],
        "By confidence: share right of what was found": whole.calibration(),
    }


def figures(event: Rate, strict: Rate) -> dict[str, float]:
    """Return counts, and precision, recall and F1 of events and of strictly right ones."""
    shares = {"P": event.precision, "R": event.recall, "F1": event.f1}
    strictly = {"strict P": strict.precision, "strict R": strict.recall, "strict F1": strict.f1}
    return {"labelled": event.labelled, "found": event.found} | shares | strictly


def side_by_side(verdict: Verdict) -> str:
    """Return one error as lines of text: what is wrong, and below it what was labelled and what was
    found.
    """
    what = f"{verdict.fault} {', '.join(verdict.wrong)}".rstrip()
    sides = {"labelled": verdict.labelled, "found": verdict.found}
    told = [f"  {name:8} {brief(dict(side))}" for name, side in sides.items() if side]
    return "\n".join([f"{verdict.article}: {what}", *told])
