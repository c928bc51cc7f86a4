"""Who is named in a sentence, and in what role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rajnay.knowledge.store import load_knowledge
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import analyse
from rajnay.models import Article

SPECS = Path(__file__).parents[1] / "specs"
CASES = yaml.load((SPECS / "parties_gu.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def parties(text: str) -> list[Party]:
    return [
        party
        for passage in analyse(Article("test", text, "gu"), load_knowledge()).passages
        for party in passage.parties
    ]


def written(party: Party) -> str:
    known = "" if party.known else " (not in the tables)"
    who = party.name or party.office or "-"
    return f"{party.form} {party.country or '-'} {who}{known}: {party.role}"


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"])
def test_parties_and_their_roles(case: dict[str, Any]) -> None:
    assert [written(party) for party in parties(case["text"])] == case["gives"]


@pytest.mark.parametrize("case", CASES["known_gaps"], ids=lambda case: case["text"])
def test_a_known_gap_is_still_one(case: dict[str, Any]) -> None:
    assert [written(party) for party in parties(case["text"])] != case["gives"], (
        "this is got now: move it among the cases"
    )


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"])
def test_spans_cover_whole_words(case: dict[str, Any]) -> None:
    text = case["text"]
    for party in parties(text):
        assert party.span.of(text) == party.span.of(text).strip()
        assert party.span.start == 0 or not text[party.span.start - 1].isalpha()
        assert party.first <= party.last


def test_a_list_gives_each_member_the_role_of_the_last() -> None:
    found = parties("મોદી, જયશંકર અને રાજનાથ સિંહે મંગળવારે વાત કરી.")
    assert [(party.role, party.listed) for party in found] == [("subject", True)] * 3
    assert [party.joined for party in found] == [True, True, False]


def test_a_surname_means_who_was_named_in_full() -> None:
    found = parties("રશિયાના નાયબ કૃષિ મંત્રી વ્લાદિમીર ઝબ્રિસ્કીનોવ દિલ્હીમાં છે. ઝબ્રિસ્કીનોવે વાત કરી.")
    assert found[0].name
    assert found[-1].name == found[0].name
    assert found[-1].role == "subject"
