"""How right an extraction is, measured against labelled engagements.

Each engagement found is paired with at most one labelled, best similarity first. Two can be the
same when the people agree on both sides (F1 of names at least 0.5) and the dates do not contradict
each other. A label may give alternatives in one string, split by ``|``. An *event* is right when it
is paired; *strict* asks for every field of ``STRICT``.
"""

from __future__ import annotations

import itertools
import operator
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from rajnay.compose.explain import brief
from rajnay.labels.labelled import Labelled
from rajnay.models import KINDS, STATUSES
from rajnay.times.periods import interval

Record = Mapping[str, Any]
TITLES = frozenset(
    "dr mr mrs shri smt sri general gen admiral president minister the of led by".split()
)
STRICT = ("date", "place", "country", "people", "kind", "status")
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def pair(gold: Sequence[Record], found: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the places of labelled and found engagements that belong together, each used once,
    most similar first.
    """
    ranked = sorted(
        (-closeness(g, p), i, j)
        for (i, g), (j, p) in itertools.product(enumerate(gold), enumerate(found))
    )
    pairs: dict[int, int] = {}
    for distance, i, j in ranked:
        if distance < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def closeness(gold: Record, found: Record) -> float:
    """Return how similar two engagements are, 0 to 1; 0 means that they cannot be the same."""
    names = people_share(gold, found)
    if names < 0.5 or not dates_meet(gold, found):
        return 0.0
    date_and_place = (date_right(gold, found), place_right(gold, found))
    kind_and_forum = (gold.get("kind") == found.get("kind"), forum_right(gold, found))
    return float(
        sum(
            map(
                operator.mul, (0.4, 0.3, 0.15, 0.1, 0.05), (names, *date_and_place, *kind_and_forum)
            )
        )
    )


def date_right(gold: Record, found: Record) -> bool:
    """Whether first and last day are the same, so the precision is too; a label without a year asks
    for month and day.
    """
    start, other = gold.get("start"), found.get("start")
    if not start:
        return not other
    if start.startswith("--"):
        return bool(other and other[-5:] == start[-5:])
    return bounds(gold) == bounds(found)


def dates_meet(gold: Record, found: Record) -> bool:
    """Whether dates overlap or one of them is missing."""
    one, other = bounds(gold), bounds(found)
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def bounds(engagement: Record) -> tuple[date, date] | None:
    """Return the first and last day of an engagement, None where it has no start or no year; a
    missing end is the start.
    """
    start = engagement.get("start")
    first, last = interval(start, None), interval(engagement.get("end") or start, None)
    return (first[0], last[1]) if start and first and last else None


def people_share(gold: Record, found: Record) -> float:
    """Return the mean over the sides of the F1 of the names."""
    left, right = gold.get("parties") or {}, found.get("parties") or {}
    sides = sorted({*left, *right})
    return (
        sum(names_f1(left.get(side) or (), right.get(side) or ()) for side in sides) / len(sides)
        if sides
        else 1.0
    )


def names_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the F1 of two lists of names, 1 if both are empty.

    >>> names_f1(["S. Jaishankar", "Ajit Doval"], ["Subrahmanyam Jaishankar"])
    0.6666666666666666
    """
    if not gold and not found:
        return 1.0
    left = list(found)
    for name in gold:
        hit = next((other for other in left if alike(name, other)), None)
        if hit is not None:
            left.remove(hit)
    return 2 * (len(found) - len(left)) / (len(gold) + len(found))


def alike(gold: str, found: str) -> bool:
    """Whether a name found is one of the alternatives that a label gives, in any spelling."""
    return any(same(name, found) for name in gold.split("|"))


@lru_cache(maxsize=65536)
def same(one: str, other: str) -> bool:
    """Whether two names denote the same person, office, body or forum: most words of the shorter
    are in the longer.

    >>> same("Sergei Lavrov", "Sergey Lavrov"), same("Lavrov", "Vladimir Putin")
    (True, False)
    """
    short, long = sorted((words(one), words(other)), key=len)
    if not short:
        return one.strip().lower() == other.strip().lower()
    hits = sum(
        any(SequenceMatcher(None, word, near).ratio() >= 0.8 for near in long) for word in short
    )
    return hits / len(short) >= (1.0 if len(short) == 1 else 0.6)


def words(name: str) -> list[str]:
    """Return a name's words in lower case, without accents, titles and initials."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [
        word for word in re.findall(r"[a-z0-9]+", folded) if len(word) > 1 and word not in TITLES
    ]


def place_right(gold: Record, found: Record) -> bool:
    """Whether the place is right; one that the label could not prove is not held against what was
    found.
    """
    return not gold.get("place") or (
        bool(found.get("place")) and alike(gold["place"], found["place"])
    )


def forum_right(gold: Record, found: Record) -> bool:
    """Whether the forum is right: the same first word (its acronym) or a name alike."""
    other = found.get("forum") or ""
    names = (gold.get("forum") or "").split("|")
    if not other:
        return any(not name.strip() for name in names)
    return any(
        name.strip() and (name.split()[0].lower() == other.split()[0].lower() or same(name, other))
        for name in names
    )


def topics_f1(gold: Record, found: Record) -> float:
    """Return the F1 of two sets of topics, 1 if both are empty."""
    left, right = set(gold.get("topics") or ()), set(found.get("topics") or ())
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


SLOTS: dict[str, Callable[[Record, Record], float]] = {
    "date": date_right,
    "place": place_right,
    "country": lambda gold, found: (
        not gold.get("country") or gold["country"] == found.get("country")
    ),
    "people": lambda gold, found: people_share(gold, found) >= 0.99,
    "kind": lambda gold, found: gold.get("kind") == found.get("kind"),
    "status": lambda gold, found: gold.get("status") == found.get("status"),
    "forum": forum_right,
    "topics": topics_f1,
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision and recall, in shares of one, from counts of what was right, found and labelled."""

    right: int
    found: int
    labelled: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / self.found if self.found else float(self.labelled == 0)

    @property
    def recall(self) -> float:
        """Return the share of what was labelled that was found right."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one engagement: labelled, found, or both, and how right each field is (0 to 1,
    no field if unpaired).
    """

    article: str
    lang: str
    labelled: Record | None
    found: Record | None
    fields: Mapping[str, float]

    @property
    def event(self) -> bool:
        """Whether what was labelled was found."""
        return self.labelled is not None and self.found is not None

    @property
    def strict(self) -> bool:
        """Whether every field that a strict reader asks for is right."""
        return self.event and all(self.fields[name] == 1.0 for name in STRICT)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return the fields that are not fully right."""
        return tuple(name for name, share in self.fields.items() if share < 1.0)


@dataclass(frozen=True, slots=True)
class Scores:
    """The verdicts over a set of articles, and the figures that follow from them."""

    articles: int
    verdicts: tuple[Verdict, ...]

    def rate(
        self, *, strict: bool = False, field: str | None = None, value: str | None = None
    ) -> Rate:
        """Return the rate of events, or of strictly right ones; only those whose ``field`` has
        ``value``, if one is named.
        """

        def counted(side: Record | None) -> bool:
            return side is not None and (field is None or side.get(field) == value)

        right = [
            verdict for verdict in self.verdicts if (verdict.strict if strict else verdict.event)
        ]
        return Rate(
            sum(counted(verdict.labelled) and counted(verdict.found) for verdict in right),
            sum(counted(verdict.found) for verdict in self.verdicts),
            sum(counted(verdict.labelled) for verdict in self.verdicts),
        )

    @property
    def slots(self) -> dict[str, float]:
        """Return for each field the share of paired events that have it right."""
        paired = [verdict.fields for verdict in self.verdicts if verdict.event]
        return (
            {name: sum(fields[name] for fields in paired) / len(paired) for name in SLOTS}
            if paired
            else {}
        )

    @property
    def errors(self) -> tuple[Verdict, ...]:
        """Return the verdicts that are not fully right: missed, invented, or with a wrong field."""
        return tuple(verdict for verdict in self.verdicts if not verdict.event or verdict.wrong)

    def calibration(self) -> list[dict[str, float]]:
        """Return for each band of confidence how many engagements were found in it, and the share
        of them that is right.
        """
        table = []
        for low, high in itertools.pairwise(BANDS):
            inside = [
                v
                for v in self.verdicts
                if v.found and low <= (v.found.get("confidence") or 0.0) < high + (high == 1.0)
            ]
            if inside:
                event, strict = (
                    sum(getattr(v, name) for v in inside) / len(inside)
                    for name in ("event", "strict")
                )
                table.append(
                    {
                        "from": low,
                        "to": high,
                        "found": len(inside),
                        "event": event,
                        "strict": strict,
                    }
                )
        return table


def compare(labels: Iterable[Labelled], found: Mapping[str, Sequence[Record]]) -> Scores:
    """Return the scores of what was found in labelled articles.

    ``found`` maps an article's id to its engagements as records (``rajnay.records``); an article
    without an entry counts as one in which nothing was found.

    >>> compare([], {}).rate().f1
    1.0
    """
    count, verdicts = 0, []
    for labelled in labels:
        count += 1
        gold, here, place = (
            labelled.gold,
            found.get(labelled.article.id, ()),
            (labelled.article.id, labelled.article.lang),
        )
        pairs = pair(gold, here)
        alone = {left for left, _ in pairs}, {right for _, right in pairs}
        for left, right in pairs:
            fields = {name: float(judge(gold[left], here[right])) for name, judge in SLOTS.items()}
            verdicts.append(Verdict(*place, gold[left], here[right], fields))
        verdicts += [
            Verdict(*place, one, None, {}) for left, one in enumerate(gold) if left not in alone[0]
        ]
        verdicts += [
            Verdict(*place, None, one, {})
            for right, one in enumerate(here)
            if right not in alone[1]
        ]
    return Scores(count, tuple(verdicts))


def by_language(
    labels: Iterable[Labelled], found: Mapping[str, Sequence[Record]]
) -> dict[str, Scores]:
    """Return the scores of each language apart, in the order of their codes."""
    groups = defaultdict(list)
    for labelled in labels:
        groups[labelled.article.lang].append(labelled)
    return {lang: compare(groups[lang], found) for lang in sorted(groups)}


def tables(
    labels: Sequence[Labelled], found: Mapping[str, Sequence[Record]], aside: Collection[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """Return the score sheet: titled tables of rows, figures in shares of one.

    ``aside`` are the ids of articles to be told apart from those that rules were tuned on.
    """
    whole = compare(labels, found)
    groups = by_language(labels, found) | {"all": whole}
    if aside:
        groups["tuned on"] = compare([one for one in labels if one.article.id not in aside], found)
        groups["kept aside"] = compare([one for one in labels if one.article.id in aside], found)
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
    what = (
        "wrong " + ", ".join(verdict.wrong)
        if verdict.event
        else "missed"
        if verdict.labelled
        else "invented"
    )
    sides = {"labelled": verdict.labelled, "found": verdict.found}
    return "\n".join(
        [
            f"{verdict.article}: {what}",
            *(f"  {name:8} {brief(dict(side))}" for name, side in sides.items() if side),
        ]
    )
