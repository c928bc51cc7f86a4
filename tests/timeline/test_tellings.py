"""What an article told before is what it tells, and a damaged store is made anew."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from rajnay.base import paths
from rajnay.compose.extract import extract
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Extraction
from rajnay.text.reading import read_articles
from rajnay.timeline.tellings import remembered

PAIR = ("IN", "RU")
KNOWN = load_knowledge()
ARTICLES = read_articles(paths.ARTICLES)[:20]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "CACHE", tmp_path / "kept")
    return tmp_path / "kept"


def drawn(article: Article) -> Extraction:
    return extract(article, PAIR, KNOWN)


def told(article: Article) -> Extraction:
    return remembered(article, PAIR, KNOWN, lambda: drawn(article))


def not_again() -> Extraction:
    raise AssertionError("drawn again")


def test_other_words_under_the_same_id_are_drawn_anew(folder: Path) -> None:
    one, other = (replace(article, id="text") for article in ARTICLES[:2])
    assert told(one) == drawn(one) != drawn(other) == told(other)


def test_what_was_told_comes_back_whole(folder: Path) -> None:
    for article in ARTICLES:
        assert told(article) == drawn(article)
        again = remembered(article, PAIR, KNOWN, not_again)
        assert again == drawn(article)
        assert repr(again) == repr(drawn(article))
    with pytest.raises(AssertionError):
        remembered(ARTICLES[0], ("RU", "IN"), KNOWN, not_again)


@pytest.mark.parametrize("place", [0, 30, 5000])
def test_a_damaged_store_is_made_anew(folder: Path, place: int) -> None:
    article = ARTICLES[0]
    told(article)
    file = folder / "tellings.sqlite"
    data = bytearray(file.read_bytes())
    data[place : place + 900] = b"x" * 900
    file.write_bytes(data)
    assert [told(article) for _ in range(3)] == [drawn(article)] * 3
    assert remembered(article, PAIR, KNOWN, not_again) == drawn(article)


def test_a_folder_that_cannot_be_written_stops_nobody(folder: Path) -> None:
    folder.write_text("a file stands where the folder should")
    assert told(ARTICLES[0]) == drawn(ARTICLES[0])


def many(folder: Path) -> list[Extraction]:
    paths.CACHE = folder
    return [told(article) for article in ARTICLES]


def test_two_programs_may_use_it_at_once(folder: Path) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
        for found in pool.map(many, [folder] * 4):
            assert found == [drawn(article) for article in ARTICLES]
    for article in ARTICLES:
        assert remembered(article, PAIR, KNOWN, not_again) == drawn(article)
