"""What reports say in their own language, and what load_wording refuses."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.base import paths
from rajnay.models import Engagement, Span
from rajnay.timeline.wording import FILE, TableNames, WordingError, load_wording, plain
from rajnay.times.periods import resolve_period

SPECS = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "wording.yaml").read_text(encoding="utf-8")
)
LANGUAGES = ("en", "gu", "hi")
EACH = pytest.mark.parametrize("lang", LANGUAGES)


@EACH
@pytest.mark.parametrize("case", SPECS["when"], ids=str)
def test_when(lang: str, case: dict[str, Any]) -> None:
    kind, *days = case["of"]
    assert (
        load_wording(lang).when(
            Engagement(kind, "held", *days, None, None, {}, None, (), None, Span(0, 0))
        )
        == case[lang]
    )


@EACH
@pytest.mark.parametrize("case", SPECS["periods"], ids=str)
def test_period(lang: str, case: dict[str, Any]) -> None:
    assert load_wording(lang).period(resolve_period(case["of"], date(2025, 1, 1))) == case[lang]


@EACH
@pytest.mark.parametrize("case", SPECS["texts"], ids=str)
def test_text(lang: str, case: dict[str, Any]) -> None:
    key, values = case["of"]
    assert load_wording(lang).text(key, **values) == case[lang]


def replaced(tree: Any, change: Any) -> Any:
    """Return a tree with another laid over it; plural forms are changed as a whole."""
    if not isinstance(tree, dict) or not isinstance(change, dict) or "other" in tree:
        return change
    return tree | {key: replaced(tree.get(key), value) for key, value in change.items()}


@pytest.mark.parametrize(("change", "words"), SPECS["broken"])
def test_a_broken_file_is_named_with_its_line_and_mend(
    change: str, words: str, tmp_path: Path
) -> None:
    for lang in ("en", "gu"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / FILE).write_text(
            (paths.LANGUAGES / lang / FILE).read_text(encoding="utf-8"), encoding="utf-8"
        )
    broken = tmp_path / "gu" / FILE
    try:
        tree = replaced(yaml.safe_load(broken.read_text(encoding="utf-8")), yaml.safe_load(change))
        whole = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    except yaml.YAMLError:
        whole = change
    broken.write_text(change if words == "is missing" else whole, encoding="utf-8")
    with pytest.raises(WordingError, match=re.escape(words)) as refused:
        load_wording("gu", tmp_path)
    assert str(broken) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_language_without_a_report_file_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(WordingError, match=r"no reports in 'xx'.*en, gu, hi"):
        load_wording("xx")


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("no.such", {}, "no entry 'no.such'"),
        ("count.articles", {}, "needs a whole number named count"),
        ("summary.pair", {"first": "x"}, "needs a value for 'second'"),
    ],
)
def test_a_text_that_cannot_be_filled_is_named(
    key: str, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(WordingError, match=words):
        load_wording("en").text(key, **values)


def test_every_key_that_the_library_asks_for_exists() -> None:
    asked = set()
    for file in (*(paths.ROOT / "lib").rglob("*.py"), *paths.TEMPLATE.rglob("*.j2")):
        found = re.findall(
            r"""\b(?:words\.|wording\.)?text\(\s*"([a-z_.]+)"[,)]""",
            file.read_text(encoding="utf-8"),
        )
        asked |= {(key, file.name) for key in found if "." in key}
    assert len(asked) > 40
    texts = load_wording("en").texts
    assert sorted((key, file) for key, file in asked if key not in texts) == []


@EACH
@given(st.integers(-(10**9), 10**9))
def test_numbers_keep_their_value_in_any_digits(lang: str, number: int) -> None:
    words = load_wording(lang)
    back = words.number(number).translate(
        dict(zip(map(ord, str(words.texts["digits"])), "0123456789", strict=True))
    )
    assert int(back.replace(",", "")) == number


@given(st.text())
def test_values_are_never_taken_for_templates(text: str) -> None:
    said = load_wording("en").text("status.held") + load_wording("en").text(
        "title.period", pair="{x}", period=text
    )
    assert said == "held{x}: " + plain(text)


def test_names_fall_back_on_the_name_of_record() -> None:
    names = TableNames({"A": {"gu": "અ"}}, {"B": {"gu": ""}}, {})
    assert [
        names.person("A", "gu"),
        names.person("A", "hi"),
        names.place("B", "gu"),
        names.forum("C", "gu"),
    ] == [
        "અ",
        "A",
        "B",
        "C",
    ]


@EACH
def test_countries_and_languages(lang: str) -> None:
    words = load_wording(lang)
    assert words.country("US") == {"en": "United States", "gu": "અમેરિકા", "hi": "अमेरिका"}[lang]
    assert words.country("RU") == {"en": "Russia", "gu": "રશિયા", "hi": "रूस"}[lang]
    assert words.country("??") == "??"
    assert words.language("gu-IN") == {"en": "Gujarati", "gu": "ગુજરાતી", "hi": "गुजराती"}[lang]
