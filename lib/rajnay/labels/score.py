"""How right an extraction is, measured against labelled engagements.

An *event* is right when it is paired with a labelled one (``rajnay.labels.likeness``); *strict*
asks for every field of ``STRICT``.
"""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    def fault(self) -> str:
        """Return what is wrong: it is ``missed``, ``invented``, or ``wrong`` in some field."""
        if self.event:
            return "wrong"
        return "missed" if self.labelled else "invented"

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
        names = SLOTS if paired else ()
        return {name: sum(fields[name] for fields in paired) / len(paired) for name in names}

    @property
    def errors(self) -> tuple[Verdict, ...]:
        """Return the verdicts that are not fully right: missed, invented, or with a wrong field."""
        return tuple(verdict for verdict in self.verdicts if not verdict.event or verdict.wrong)

    def calibration(self) -> list[dict[str, float]]:
        """Return for each band of confidence how many engagements were found in it, and the share
        of them that is right.
        """
        bands: dict[int, list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            if verdict.found:
                sure = verdict.found.get("confidence") or 0.0
                bands[bisect.bisect_right(BANDS[1:-1], sure)].append(verdict)
        return [
            {
                "from": BANDS[band],
                "to": BANDS[band + 1],
                "found": len(inside),
                "event": sum(verdict.event for verdict in inside) / len(inside),
                "strict": sum(verdict.strict for verdict in inside) / len(inside),
            }
            for band, inside in sorted(bands.items())
        ]


def compare(labels: Iterable[Labelled], found: Mapping[str, Sequence[Record]]) -> Scores:
    """Return the scores of what was found in labelled articles.

    ``found`` maps an article's id to its engagements as records (``rajnay.records``); an
    article without an entry counts as one in which nothing was found.

    >>> compare([], {}).rate().f1
    1.0
    """
    judged = [_verdicts(one, found.get(one.article.id, ())) for one in labels]
    return Scores(len(judged), tuple(itertools.chain(*judged)))


def _verdicts(labelled: Labelled, found: Sequence[Record]) -> Iterator[Verdict]:
    """Yield what became of an article's engagements: of the pairs, then of those left alone."""
    article = labelled.article.id, labelled.article.lang
    missed, invented = dict(enumerate(labelled.gold)), dict(enumerate(found))
    for left, right in pair(labelled.gold, found):
        gold, other = missed.pop(left), invented.pop(right)
        fields = {name: float(judge(gold, other)) for name, judge in SLOTS.items()}
        yield Verdict(*article, gold, other, fields)
    yield from (Verdict(*article, gold, None, {}) for gold in missed.values())
    yield from (Verdict(*article, None, other, {}) for other in invented.values())


def by_language(
    labels: Iterable[Labelled], found: Mapping[str, Sequence[Record]]
) -> dict[str, Scores]:
    """Return the scores of each language apart, in the order of their codes."""
    groups = defaultdict(list)
    for labelled in labels:
        groups[labelled.article.lang].append(labelled)
    return {lang: compare(groups[lang], found) for lang in sorted(groups)}
