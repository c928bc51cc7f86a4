"""A sentence is cut at its finite verbs, and each verb tells time, denial and doubt."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from rajnay.knowledge.store import load_knowledge
from rajnay.mentions.clauses import Clause
from rajnay.mentions.passages import Analysis, analyse
from rajnay.models import Article

SPECS = Path(__file__).parents[1] / "specs"
CASES = yaml.load((SPECS / "clauses_gu.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def read(text: str) -> Analysis:
    return analyse(Article("test", text, "gu"), load_knowledge())


def written(analysis: Analysis, clause: Clause) -> str:
    tokens, verb = analysis.tokens, clause.verb
    words = analysis.article.text[
        tokens[clause.first].span.start : tokens[clause.last].span.end
    ].strip(" ,.?!;")
    if verb is None:
        return f"{words} | no verb"
    flags = ("progressive", "negated", "possible", "unreal")
    return " ".join(
        [
            f"{words} |",
            verb.tense,
            *(flag for flag in flags if getattr(verb, flag)),
            *([f"then {verb.linked}"] if verb.linked else []),
        ]
    )


def clauses(text: str) -> list[str]:
    analysis = read(text)
    return [
        written(analysis, clause) for passage in analysis.passages for clause in passage.clauses
    ]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"])
def test_clauses_and_their_verbs(case: dict[str, Any]) -> None:
    assert clauses(case["text"]) == case["gives"]


@pytest.mark.parametrize("case", CASES["known_gaps"], ids=lambda case: case["text"])
def test_a_known_gap_is_still_one(case: dict[str, Any]) -> None:
    assert clauses(case["text"]) != case["gives"], "this is got now: move it among the cases"


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"])
def test_clauses_share_out_a_sentence(case: dict[str, Any]) -> None:
    """Every word of a sentence is in one clause, and every known word in the clause of its
    place.
    """
    for passage in read(case["text"]).passages:
        covered = [
            index for clause in passage.clauses for index in range(clause.first, clause.last + 1)
        ]
        assert covered == sorted({*covered})
        for clause, following in pairwise(passage.clauses):
            assert clause.last < following.first
        for clause in passage.clauses:
            assert all(clause.holds(hit.first) for hit in clause.hits)
            assert clause.verb is None or clause.holds(clause.verb.first)
