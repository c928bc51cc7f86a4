"""What each kind of input gives, character for character, and the one line that names what is wrong
with it.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.base import paths
from rajnay.models import Article
from rajnay.text.formats import decode, front_matter
from rajnay.text.reading import ReadingError, read_articles, scan

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "reading.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_input(case: dict[str, Any], tmp_path: Path) -> None:
    data = (
        bytes.fromhex(case["hex"])
        if "hex" in case
        else (case["text"] * case.get("repeat", 1))
        .replace("%s", "a" * case.get("fill", 0) or "%s")
        .encode()
    )
    source = str(tmp_path / case["file"]) if "file" in case else "-"
    if source != "-":
        Path(source).write_bytes(data)
    options = {"lang": "gu", **case.get("options", {})}
    found = list(scan([source], stdin=io.BytesIO(data), **options))
    articles = [one for one in found if isinstance(one, Article)]
    wanted = case.get("articles", [])
    assert [
        {key: getattr(one, key) for key in want} for one, want in zip(articles, wanted, strict=True)
    ] == wanted
    errors = [str(one) for one in found if isinstance(one, ReadingError)]
    assert errors == [error.format(file=source) for error in case.get("errors", [])]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    found = list(scan([tmp_path / "missing.txt", tmp_path / "a.txt"], lang="gu"))
    assert [type(one) for one in found] == [ReadingError, Article]
    assert str(found[0]) == f"{tmp_path}/missing.txt: no such file; check the path"


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    found = list(scan([tmp_path / "a.txt", tmp_path / "a.txt"], lang="gu"))
    assert [type(one) for one in found] == [Article, ReadingError]


def test_a_folder_gives_the_articles_in_it_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deeper/c.TXT", "notes.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [article.text for article in read_articles(tmp_path, lang="gu")] == [
        "a.md",
        "b.txt",
        "deeper/c.TXT",
    ]


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="a folder without articles; give"):
        read_articles(tmp_path)


def test_a_language_without_a_pack_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    found = [str(one) for one in scan([tmp_path / "a.txt"], lang="xx", languages=["gu", "hi"])]
    assert found == [
        f"{tmp_path}/a.txt: language 'xx' has no pack; there is gu, hi, or add one to "
        "data/languages"
    ]


def test_the_project_s_own_articles_are_retellings_with_their_provenance() -> None:
    articles = read_articles(paths.ARTICLES)
    assert len(articles) >= 253
    assert len({article.id for article in articles}) == len(articles)
    assert {article.id for article in articles if article.origin != "retelling"} == set()
    # What was told from memory of public reports has no address.
    assert sum(article.url is None for article in articles) < len(articles) / 10
    assert all(article.publisher for article in articles if article.url)
    stored = {file.stem: file.parent.name for file in paths.ARTICLES.rglob("*.json")}
    assert {article.id: article.lang for article in articles} == stored
    assert {type(article.published) for article in articles} == {date, type(None)}


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(
        lambda text: text.strip("\0 \t\r\n\x0b\x0c") and "\0" not in text
    )
)
def test_decoding_moves_no_character(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_front_matter_moves_no_character(text: str) -> None:
    assert front_matter(f"---\nid: x\n---\n{text}") == {"id": "x", "text": text}
