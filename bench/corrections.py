"""Measure what corrections teach: how right articles are that nobody corrected, after a reader has
corrected more and more others.

    python bench/corrections.py [--lang gu] [--steps 0 25 50 100 200]

A reader who sees what the labels say decides about the tuned articles: accepts, corrects, rejects
and adds until each tells what its label does. `rajnay labels from-corrections` makes labels of
these decisions and `rajnay train` learns from them, here in memory. What is measured are the parts
``kept-aside`` and ``fresh``, of which nothing is shown but figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rajnay.base import paths
from rajnay.compose.choosers.choosing import chosen_drafts
from rajnay.knowledge.store import load_knowledge
from rajnay.labels.from_decisions import NotReady, taught
from rajnay.labels.labelled import Labelled, read_splits, usable
from rajnay.labels.likeness import pair
from rajnay.labels.score import compare
from rajnay.labels.training import Lesson, lessons, train
from rajnay.models import Engagement, Extraction, Span
from rajnay.records import engagement_record
from rajnay.review.decisions import CHECKED, Anchor, Decision, Decisions, corrected
from rajnay.timeline.draw import draw

PAIR = ("IN", "RU")
NOW = datetime(2026, 11, 30, tzinfo=UTC)
PLAIN = ("kind", "status", "place", "country", "forum", "topics", "source")
ASIDE = ("kept-aside", "fresh")


def changes_to(gold: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader corrects in a record, so that it says what a label does."""
    first = {name: str(gold.get(name) or "").partition("|")[0] or None for name in PLAIN}
    first["topics"] = gold.get("topics") or []
    changes = {name: first[name] for name in PLAIN if first[name] != record.get(name)}
    if (gold.get("start"), gold.get("end")) != (record.get("start"), record.get("end")):
        start, end = gold.get("start"), gold.get("end")
        changes["date"] = start if start == end else f"{start or ''}..{end or ''}"
    for side in PAIR:
        names = list(gold.get("parties", {}).get(side, ()))
        if names != list(record.get("parties", {}).get(side, ())):
            changes[f"parties_{side}"] = names
    return changes


def decisions_on(label: Labelled, told: Extraction) -> Iterator[Decision]:
    """Yield what a reader decides about an article who knows its label."""
    text, name = told.article.text, told.article.id
    records = [engagement_record(one, text) for one in told.engagements]
    met = {found: gold for gold, found in pair(label.gold, records)}
    for number, one in enumerate(told.engagements):
        anchor = (Anchor(name, one, one.evidence.of(text)),)
        gold = label.gold[met[number]] if number in met else None
        changes = changes_to(gold, records[number]) if gold else {}
        action = "reject" if gold is None else "correct" if changes else "accept"
        yield Decision(action, PAIR, anchor, "A reader", NOW, changes=changes)
    for number, gold in enumerate(label.gold):
        words = gold.get("evidence") or ""
        if number not in met.values() and words in text:
            at = text.index(words)
            nothing = (None, None, None, None, None, dict.fromkeys(PAIR, ()), None, (), None)
            bare = Engagement("", "", *nothing, Span(at, at + len(words)), {}, CHECKED)
            missed = corrected(bare, changes_to(gold, {}))
            yield Decision("add", PAIR, (Anchor(name, missed, words),), "A reader", NOW)


def right(held: Sequence[Lesson], taught_by: Sequence[Lesson]) -> tuple[float, float]:
    """Return event and strict F1 on lessons held out, by the rules alone if nothing is taught."""
    model = train(taught_by) if taught_by else None
    found = {
        one.labelled.article.id: one.records(
            chosen_drafts(one.article, one.options, model) if model else one.article.drafts
        )
        for one in held
    }
    scores = compare([one.labelled for one in held], found)
    return scores.rate().f1, scores.rate(strict=True).f1


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lang", default="gu")
    parser.add_argument("--steps", type=int, nargs="+", default=(0, 25, 50, 100, 200))
    options = parser.parse_args()
    known, splits = load_knowledge(), read_splits(paths.LABELLED)
    labels = [one for one in usable(paths.LABELLED) if one.article.lang == options.lang]
    part = {one.article.id: splits[one.article.id].split for one in labels}
    tuned = {one.article.id: one for one in labels if part[one.article.id] == "tuned"}
    held = lessons([one for one in labels if part[one.article.id] in ASIDE], splits, PAIR, known)
    told = list(draw((one.article for one in tuned.values()), PAIR, known))
    drawn = [one for one in told if isinstance(one, Extraction)]
    made = [each for one in drawn for each in decisions_on(tuned[one.article.id], one)]
    ready = [
        one
        for one in taught(drawn, Decisions.holding(made, PAIR, {}))
        if not isinstance(one, NotReady)
    ]
    learned = [Labelled(tuned[one["id"]].article, tuple(one["gold"])) for one in ready]
    every = lessons(learned, splits, PAIR, known)
    print(
        f"{len(made)} decisions, {len(learned)} articles corrected; {len(held)} articles held out"
    )
    for count in options.steps:
        event, strict = right(held, every[:count])
        print(f"{min(count, len(every)):4} corrected: event F1 {event:.3f}, strict F1 {strict:.3f}")


if __name__ == "__main__":
    main()
