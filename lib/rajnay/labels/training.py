"""Train the choosers of dates, places and topics, and how sure an engagement is, on labelled
articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rajnay.compose.choosers.choosing import (
    QUESTIONS,
    Options,
    certainty,
    choices_of,
    chosen_drafts,
    options_of,
)
from rajnay.compose.choosers.features import Article, Candidate, Features
from rajnay.compose.choosers.model import Model
from rajnay.compose.drafts import Draft
from rajnay.compose.extract import as_engagement, settled_drafts
from rajnay.knowledge.reference import Reference
from rajnay.knowledge.store import Knowledge
from rajnay.labels.labelled import Labelled, Split
from rajnay.labels.likeness import (
    SLOTS,
    Record,
    alike,
    date_right,
    pair,
    people_share,
)
from rajnay.labels.score import STRICT
from rajnay.records import engagement_record

# How strongly weights are drawn to nothing: found by the harness on unread articles.
RIDGE = {"date": 1.5, "place": 1.5, "sure": 1.5, "told": 1.5, "topic": 6.0}
# A feature that fewer candidates have teaches nothing that lasts.
LEAST_SEEN = 3
# From fewer articles nothing is learned that could be measured on others.
LEAST_RIGHT = 20
# A draft whose date contradicts a label's may still be that engagement told wrongly, if its people
# agree so well.
LEAST_ALIKE = 0.75
# What is measured on is not learned from.
UNREAD = "unread"
DIGITS = 4
Numbers = NDArray[np.float64]


@dataclass
class Lesson:
    """One labelled article as the rules read it: for each draft what it may be, and its label."""

    labelled: Labelled
    report: str
    unread: bool
    article: Article
    reference: Reference
    options: list[Options]
    gold: list[Record | None]

    def records(self, drafts: Iterable[Draft]) -> list[Record]:
        """Return drafts of the article as records."""
        analysis, pair_of = self.article.analysis, self.article.pair
        return [
            engagement_record(
                as_engagement(draft, analysis, pair_of, self.reference), analysis.article.text
            )
            for draft in drafts
        ]


def lessons(
    labels: Iterable[Labelled],
    splits: Mapping[str, Split],
    pair_of: tuple[str, str],
    knowledge: Knowledge,
) -> list[Lesson]:
    """Return what labelled articles teach.

    Args:
        labels: articles with the engagements that a careful reader found in them.
        splits: what each article is to the measuring, by its id; retellings of one report share
            its key, so that no fold parts them.
        pair_of: two ISO 3166-1 alpha-2 codes.
        knowledge: the reference tables and language packs.

    Returns:
        One lesson an article, in the order of the labels: its drafts as the rules have them, all
        that their dates and places may be, and the label of each.
    """
    found = []
    for one in labels:
        settled = settled_drafts(one.article, pair_of, knowledge)
        article = Article.of(settled.analysis, settled.drafts, pair_of, knowledge.reference)
        options = [options_of(article, draft) for draft in settled.drafts]
        split = splits.get(one.article.id)
        report = (split.report if split else "") or one.article.id
        unread = split is not None and split.split == UNREAD
        lesson = Lesson(one, report, unread, article, knowledge.reference, options, [])
        lesson.gold = _labels_of(one.gold, lesson.records(settled.drafts))
        found.append(lesson)
    return found


def too_few(taught: Iterable[Lesson]) -> str | None:
    """Return what to say of lessons that are too few to learn from, None if they are enough."""
    right = {one.report for one in taught if not one.unread and any(one.gold)}
    if len(right) >= LEAST_RIGHT:
        return None
    return f"engagements are found in {len(right)} of these articles; {LEAST_RIGHT} are the least"


def _labels_of(gold: Sequence[Record], records: Sequence[Record]) -> list[Record | None]:
    """Return the label of each record: its pair, or else one of the same kind whose people agree,
    whatever the date.
    """
    found: list[Record | None] = [None] * len(records)
    for i, j in pair(gold, records):
        found[j] = gold[i]
    left = [one for one in gold if not any(one is other for other in found)]
    for place, record in enumerate(records):
        fitting = [
            one
            for one in left
            if found[place] is None
            and record["kind"] in str(one["kind"]).split("|")
            and people_share(one, record) >= LEAST_ALIKE
        ]
        if fitting:
            found[place] = fitting[0]
            left = [one for one in left if one is not fitting[0]]
    return found


def is_right(question: str, gold: Record, candidate: Candidate) -> bool:
    """Return whether a candidate is what a label says; what the label does not prove is none.

    Args:
        question: date or place.
        gold: the label, a record of an engagement.
        candidate: what the field may be.

    >>> is_right("place", {"place": None, "country": "IN"}, Candidate((None, "IN"), {}))
    True
    """
    first, second = candidate.value
    if question == "date":
        return date_right(gold, {"start": first, "end": second})
    place, country = gold.get("place"), gold.get("country")
    if place:
        return bool(first) and alike(place, str(first)) and country in (None, second)
    return first is None and country == second


def train(taught: Sequence[Lesson]) -> Model:
    """Return the weights that lessons teach; the same lessons give the same weights.

    Args:
        taught: lessons, at least one of which has a draft with a label.

    Returns:
        Weights, learned from all lessons but the unread ones, of five questions: ``date`` and
        ``place`` by a conditional logit over what each may be, ``topic`` by a logistic regression
        over those told nearby, ``told`` and ``sure`` by one over what the choices rest on.
    """
    taught = [lesson for lesson in taught if not lesson.unread]
    weights = {question: _fit_choice(question, taught) for question in QUESTIONS}
    asked = [(one, gold) for options, gold in _answered(taught) for one in options["topic"]]
    about = [one.value[0] in gold["topics"] for one, gold in asked]
    weights["topic"] = _fit_chance("topic", [one.features for one, _ in asked], about)
    rows, right, told = _judged(taught, Model(weights))
    weights["sure"] = _fit_chance("sure", rows, right)
    weights["told"] = _fit_chance("told", rows, told)
    return Model(weights)


def _fit_choice(question: str, taught: Sequence[Lesson]) -> dict[str, float]:
    """Fit a conditional logit (McFadden 1974): of what a draft may be, what is right is likely."""
    rows: list[Features] = []
    right: list[bool] = []
    starts: list[int] = []
    for options, gold in _answered(taught):
        told = [is_right(question, gold, one) for one in options[question]]
        if any(told):
            starts.append(len(rows))
            rows += [one.features for one in options[question]]
            right += told
    names, matrix = _matrix(rows)
    truth, begin = np.array(right, float), np.array(starts)
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)]))

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        score = matrix @ weights
        share = np.exp(score - np.maximum.reduceat(score, begin)[group])
        every, those = np.add.reduceat(share, begin), np.add.reduceat(share * truth, begin)
        likely, wanted = share / every[group], share * truth / those[group]
        value = -np.log(those / every).sum() + RIDGE[question] * (weights @ weights) / 2
        return float(value), -(matrix.T @ (wanted - likely)) + RIDGE[question] * weights

    return _weights(names, loss)


def _answered(taught: Iterable[Lesson]) -> Iterator[tuple[Options, Record]]:
    """Yield what each draft that has a label may be, with the label."""
    for lesson in taught:
        for options, gold in zip(lesson.options, lesson.gold, strict=True):
            if gold is not None:
                yield options, gold


def _judged(
    taught: Sequence[Lesson], model: Model
) -> tuple[list[Features], list[bool], list[bool]]:
    """Return for every draft what its certainty rests on, whether it is right in all with the dates
    and places that a model chooses, and whether it is an engagement at all.
    """
    rows: list[Features] = []
    right: list[bool] = []
    told: list[bool] = []
    for lesson in taught:
        choices = [
            choices_of(draft, options, model)
            for draft, options in zip(lesson.article.drafts, lesson.options, strict=True)
        ]
        records = lesson.records(chosen_drafts(lesson.article, lesson.options, model))
        gold = {j: lesson.labelled.gold[i] for i, j in pair(lesson.labelled.gold, records)}
        for number, draft in enumerate(lesson.article.drafts):
            rows.append(certainty(draft, lesson.article, choices[number]))
            right.append(number in gold and strictly_right(gold[number], records[number]))
            told.append(number in gold)
    return rows, right, told


def _fit_chance(question: str, rows: Sequence[Features], right: Sequence[bool]) -> dict[str, float]:
    """Fit a logistic regression: how often is such a draft right?"""
    names, matrix = _matrix(rows)
    truth = np.array(right, float)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        score = matrix @ weights
        drawn = RIDGE[question] * weights
        value = np.logaddexp(0, score).sum() - truth @ score + drawn @ weights / 2
        chance = 1 / (1 + np.exp(-score))
        return float(value), matrix.T @ (chance - truth) + drawn

    return _weights(names, loss)


def strictly_right(gold: Record, record: Record) -> bool:
    """Return whether all fields that strict asks for are right.

    Args:
        gold: the label, a record of an engagement.
        record: what was found, paired with it.
    """
    return all(SLOTS[name](gold, record) == 1 for name in STRICT)


def _matrix(rows: Sequence[Features]) -> tuple[list[str], Numbers]:
    """Return the features that are seen often enough, and their figures, a row each."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in seen.items() if count >= LEAST_SEEN)
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                matrix[number, column[name]] = value
    return names, matrix


def _weights(
    names: Sequence[str], loss: Callable[[Numbers], tuple[float, Numbers]]
) -> dict[str, float]:
    """Return the weights that lose least, rounded so that every machine writes the same."""
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    rounded = {
        name: round(float(weight), DIGITS) for name, weight in zip(names, found.x, strict=True)
    }
    return {name: weight for name, weight in rounded.items() if weight}
