"""What was agreed is quoted where an article's words are sure to say it, and is guessed nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rajnay.compose.extract import extract
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Row, Testimony
from rajnay.report.agreed import all_agreed

FILE = Path(__file__).parents[1] / "specs" / "agreed.yaml"
CASES = yaml.safe_load(FILE.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][-40:])
def test_what_was_agreed_is_a_sentence_of_the_article_or_is_not_told(case: dict[str, Any]) -> None:
    knowledge = load_knowledge()
    article = Article("a", case["text"], case["lang"], date(2025, 8, 22))
    told = extract(article, ("IN", "RU"), knowledge)
    rows = [
        Row(str(number), one, (Testimony(article, one),))
        for number, one in enumerate(told.engagements)
    ]
    grammars = {lang: pack.grammar for lang, pack in knowledge.packs.items()}
    found = all_agreed(rows, [told], grammars)
    assert rows
    assert [one.text for one in found.values()] == ([case["agreed"]] if "agreed" in case else [])
