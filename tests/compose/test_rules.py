"""Every rule of the tables decides in its own example."""

from __future__ import annotations

from datetime import date

import pytest

from rajnay.compose import rules
from rajnay.compose.extract import extract
from rajnay.compose.scenes.scene import Scene
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article

EXAMPLES = [
    pytest.param(rule.name, lang, text, id=f"{rule.name} {lang}")
    for table in rules.TABLES
    for rule in rules.load_rules(table).rules
    for lang, text in rule.gets.items()
]


@pytest.mark.parametrize(("name", "lang", "text"), EXAMPLES)
def test_a_rule_decides_in_its_example(
    name: str, lang: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[str] = []
    decide = rules.Table.decide

    def noted(table: rules.Table, scene: Scene) -> rules.Rule | None:
        rule = decide(table, scene)
        decided.append(rule.name if rule else "")
        return rule

    monkeypatch.setattr(rules.Table, "decide", noted)
    article = Article("test", text, lang, date(2025, 8, 13))
    extract(article, ("IN", "RU"), load_knowledge())
    assert name in decided
