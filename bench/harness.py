"""What each part of composing is worth on articles that nothing was written or tuned on.

    python bench/harness.py [SPLIT] [--rules]     SPLIT: unread, if left out; --rules: each rule too

It prints event and strict F1 with bootstrap intervals, in all, per language, per kind, and by how
far from the sentence that proves an engagement its people are named; then what is lost when the
choosers, a group of their features, a table of rules or each rule is switched off.
"""

from __future__ import annotations

import bisect
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unittest import mock

from rajnay.base import paths
from rajnay.compose import extract as composing
from rajnay.compose import rules
from rajnay.compose.choosers.model import Model, load_model
from rajnay.knowledge.store import Knowledge, load_knowledge
from rajnay.labels.labelled import Labelled, read_splits, usable
from rajnay.labels.likeness import Record, alike
from rajnay.labels.score import Verdict, compare
from rajnay.mentions.passages import analyse
from rajnay.records import engagement_record

PAIR = ("IN", "RU")
ROUNDS, SEED = 1000, 2026
FAR = ("in the sentence", "in the next one", "farther off")
# The groups of features, by the beginning of their names.
GROUPS = {
    "what the rules chose": ("rules", "not rules", "touches", "starts as"),
    "where it stands": ("sentences", "inside", "distance", "same", "rank", "nearest", "nearer"),
    "tense": ("time", "any time", "clause", "clash", "ahead", "over"),
    "grain and stretch": ("grain", "range", "open", "a finer"),
    "nearness in time": ("that day", "the day before", "far"),
    "how it is told": ("how", "supports", "back", "last before", "attributive", "relative"),
}
Found = Mapping[str, Sequence[Record]]


def read(labels: Iterable[Labelled], knowledge: Knowledge) -> Found:
    """Return what is found in each article, as records."""
    found = {}
    for one in labels:
        told = composing.extract(one.article, PAIR, knowledge).engagements
        found[one.article.id] = [engagement_record(each, one.article.text) for each in told]
    return found


def f1(verdicts: Iterable[Verdict], strict: bool) -> float:
    """Return the F1 of verdicts; strict asks for every field."""
    right = found = labelled = 0
    for one in verdicts:
        right += one.strict if strict else one.event
        found += one.found is not None
        labelled += one.labelled is not None
    return 2 * right / (found + labelled) if found + labelled else 1.0


def interval(verdicts: Sequence[Verdict], strict: bool) -> tuple[float, float]:
    """Return the middle 95% of the F1 of articles drawn anew with replacement (Efron 1979)."""
    articles: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        articles[one.article].append(one)
    drawn, groups = random.Random(SEED), list(articles.values())
    figures = sorted(
        f1([one for group in drawn.choices(groups, k=len(groups)) for one in group], strict)
        for _ in range(ROUNDS)
    )
    return figures[ROUNDS // 40], figures[-ROUNDS // 40 - 1]


def line(name: str, verdicts: Sequence[Verdict]) -> str:
    """Return a line of the report."""
    parts = [f"{name:34}{sum(one.labelled is not None for one in verdicts):6}"]
    for strict in (False, True):
        low, high = interval(verdicts, strict)
        parts.append(f"{f1(verdicts, strict):8.3f}  [{low:.3f}, {high:.3f}]")
    return "".join(parts)


def distance(label: Record, one: Labelled, knowledge: Knowledge) -> str:
    """Return how many sentences off the proof the farthest of an engagement's people is named."""
    analysis = analyse(one.article, knowledge)
    starts = [analysis.tokens[p.sentence.first].span.start for p in analysis.passages]
    at = one.article.text.find(label.get("evidence") or "")
    here = bisect.bisect_right(starts, at) - 1
    told = [
        (index, party.name or "")
        for index, passage in enumerate(analysis.passages)
        for party in passage.parties
    ]
    names = [name for side in label["parties"].values() for name in side]
    away = [
        min((abs(index - here) for index, told_as in told if alike(name, told_as)), default=None)
        for name in names
    ]
    if not names or None in away:
        return "people: some not named at all"
    farthest = max(number for number in away if number is not None)
    return f"people: {FAR[min(farthest, len(FAR) - 1)]}"


def figures(labels: Sequence[Labelled], knowledge: Knowledge) -> tuple[float, float]:
    """Return event and strict F1 of labelled articles."""
    verdicts = compare(labels, read(labels, knowledge)).verdicts
    return f1(verdicts, False), f1(verdicts, True)


def without_features(model: Model, prefixes: tuple[str, ...]) -> Model:
    """Return a model that gives some features no weight."""
    return Model(
        {
            question: {name: w for name, w in weights.items() if not name.startswith(prefixes)}
            for question, weights in model.weights.items()
        }
    )


def by_model(labels: Sequence[Labelled], model: Model) -> tuple[float, float]:
    """Return event and strict F1 as another model would have them."""
    load_knowledge.cache_clear()
    knowledge = load_knowledge()
    knowledge.once("model", "", lambda: model)
    found = figures(labels, knowledge)
    load_knowledge.cache_clear()
    return found


def by_rules(
    labels: Sequence[Labelled], table: str, kept: Sequence[rules.Rule]
) -> tuple[float, float]:
    """Return event and strict F1 with no more than some rules of a table."""
    whole = rules.load_rules
    part = type(whole(table)).model_construct(rules=tuple(kept))
    less = mock.patch.object(
        rules, "load_rules", lambda asked: part if asked == table else whole(asked)
    )
    with less:
        return figures(labels, load_knowledge())


def switched_off(
    labels: Sequence[Labelled], each_rule: bool
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield what event and strict F1 come to with each part switched off."""
    known = load_model()
    yield "all choosers", by_model(labels, Model())
    for name, prefixes in GROUPS.items():
        yield f"features: {name}", by_model(labels, without_features(known, prefixes))
    yield "table refusals", by_rules(labels, "refusals", ())
    for table in rules.TABLES if each_rule else ():
        every = rules.load_rules(table).rules
        for rule in every:
            kept = [other for other in every if other is not rule]
            yield f"{table}: {rule.name}", by_rules(labels, table, kept)


def main() -> None:
    """Print the report."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    split = words[0] if words else "unread"
    splits, knowledge = read_splits(paths.LABELLED), load_knowledge()
    labels = [
        one
        for one in usable(paths.LABELLED)
        if (known := splits.get(one.article.id)) is not None and known.split == split
    ]
    by_id = {one.article.id: one for one in labels}
    verdicts = compare(labels, read(labels, knowledge)).verdicts
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        record = one.labelled or one.found or {}
        hard = splits[one.article].hard
        groups["all"].append(one)
        groups[f"language {one.lang}"].append(one)
        groups["hard" if hard else "plain"].append(one)
        groups[f"kind {record.get('kind')}"].append(one)
        if one.labelled is not None:
            groups[distance(one.labelled, by_id[one.article], knowledge)].append(one)
    print(f"{split}: {len(labels)} articles")
    print(f"{'':34}{'labels':>6}   event  95%               strict  95%")
    for name in sorted(groups):
        print(line(name, groups[name]))
    event, strict = f1(verdicts, False), f1(verdicts, True)
    print(f"\n{'switched off':40}   event  strict  (what each part is worth)")
    for name, (without, strict_without) in switched_off(labels, "--rules" in sys.argv):
        print(f"{name:40}{event - without:+8.3f}{strict - strict_without:+8.3f}", flush=True)


if __name__ == "__main__":
    main()
