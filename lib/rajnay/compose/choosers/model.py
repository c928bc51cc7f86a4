"""Weights that were trained on labelled articles, and what they say of candidates."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rajnay.base import paths
from rajnay.compose.choosers.features import Features
from rajnay.knowledge.tables import KnowledgeError

FILE = "choosers.json"
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Model:
    """The weights of each question, by feature: ``date``, ``place``, and ``sure``, whose
    ``offset`` is the weight of nothing at all.
    """

    weights: Mapping[str, Weights] = field(default_factory=dict)

    def probabilities(self, question: str, rows: Sequence[Features]) -> list[float]:
        """Return how likely each candidate is the right one of all, by a softmax of its score.

        >>> Model({"date": {"near": 1.0}}).probabilities("date", [{"near": 1.0}, {"near": 1.0}])
        [0.5, 0.5]
        """
        scores = [self._score(question, row) for row in rows]
        most = max(scores, default=0.0)
        shares = [math.exp(score - most) for score in scores]
        total = sum(shares)
        return [share / total for share in shares]

    def chance(self, question: str, row: Features) -> float:
        """Return how likely a yes is, by the logistic function of the score.

        >>> Model({"sure": {}}).chance("sure", {})
        0.5
        """
        return 1.0 / (1.0 + math.exp(-self._score(question, row)))

    def knows(self, question: str) -> bool:
        """Return whether the model has weights for a question.

        Args:
            question: date or place.
        """
        return question in self.weights

    def _score(self, question: str, row: Features) -> float:
        weights = self.weights.get(question, {})
        return sum(weights.get(name, 0.0) * value for name, value in row.items())


@functools.cache
def load_model(folder: Path = paths.MODEL) -> Model:
    """Read the trained weights.

    Raises:
        KnowledgeError: the file is missing or cannot be used; what to do is said.
    """
    file = folder / FILE
    try:
        weights = json.loads(file.read_text(encoding="utf-8"))["weights"]
        return Model({str(name): dict(found) for name, found in weights.items()})
    except FileNotFoundError:
        raise KnowledgeError(f"{file}: no such file: put it back, or run rajnay train") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnowledgeError(f"{file}: no model ({error}): put it back, or train it") from None
