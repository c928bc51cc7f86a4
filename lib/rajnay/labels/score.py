"""How right an extraction is, measured against labelled engagements.

An *event* is right when it is paired with a labelled one (``rajnay.labels.likeness``); *strict*
asks for every field of ``STRICT``.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rajnay.labels.labelled import Labelled
from rajnay.labels.likeness import SLOTS, Record, pair

STRICT = ("date", "place", "country", "people", "kind", "status")
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


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
