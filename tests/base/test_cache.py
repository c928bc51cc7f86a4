"""What is kept on disk is what would be worked out again, and nothing about it can go wrong."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from rajnay.base import cache, paths
from rajnay.knowledge.packs.date_words import DateWords, load_date_words
from rajnay.knowledge.store import load_knowledge
from rajnay.text.tokens import tokenise

VALUE = {"a": ["word", 1, None], "ક": []}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "CACHE", tmp_path / "kept")
    return tmp_path / "kept"


def refuse() -> object:
    raise AssertionError("worked out again")


def test_what_was_worked_out_once_is_not_worked_out_again(folder: Path) -> None:
    assert cache.kept("words", "1", lambda: VALUE) == VALUE
    assert cache.kept("words", "1", refuse) == VALUE
    assert cache.kept("words", "2", lambda: []) == []
    assert cache.kept("others", "1", lambda: {}) == {}


@pytest.mark.parametrize("at", [0, 40, 129, 140, -1])
def test_a_damaged_file_is_worked_out_again(folder: Path, at: int) -> None:
    cache.kept("words", "1", lambda: VALUE)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1
    for data in (bytes(damaged), whole[:-5], b"", b"\n[]"):
        file.write_bytes(data)
        assert cache.kept("words", "1", lambda: VALUE) == VALUE
        assert file.read_bytes() == whole


@pytest.mark.parametrize("key", ["", "1"])
def test_without_a_folder_or_a_key_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    if key:
        monkeypatch.setattr(paths, "CACHE", None)
    assert cache.kept("words", key, lambda: VALUE) == VALUE
    assert not folder.exists()
    assert cache.kept("words", key, lambda: []) == []


def test_a_folder_that_cannot_be_written_stops_nobody(folder: Path) -> None:
    folder.write_text("a file stands where the folder should")
    assert cache.kept("words", "1", lambda: VALUE) == VALUE


def test_only_the_newest_of_a_name_are_kept(folder: Path) -> None:
    cache.kept("others", "0", list)
    for number in range(9):
        cache.kept("words", str(number), list)
    assert len(list(folder.glob("words-*"))) == 4
    assert len(list(folder.iterdir())) == 5


def write(folder: Path) -> object:
    paths.CACHE = folder
    return [cache.kept("words", str(number % 3), lambda: VALUE) for number in range(30)]


def test_two_processes_may_write_at_once(folder: Path) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
        assert all(found == [VALUE] * 30 for found in pool.map(write, [folder] * 4))
    assert {file.suffix for file in folder.iterdir()} == {".json"}


def test_a_fingerprint_changes_with_names_and_contents(tmp_path: Path) -> None:
    seen = set()
    for name, text in (("a", "1"), ("a", "2"), ("b", "2"), ("c/a", "2")):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        seen.add(cache.fingerprint(tmp_path))
        assert cache.fingerprint(tmp_path) in seen
        file.unlink()
    assert len(seen) == 4


def test_knowledge_from_the_folder_is_what_the_data_say(folder: Path) -> None:
    first, again = (load_knowledge.__wrapped__() for _ in range(2))
    assert first.fingerprint == again.fingerprint != ""
    text = "વિદેશ મંત્રી એસ. જયશંકર ૨૧મી ઓગસ્ટે મોસ્કોમાં લાવરોવને મળ્યા હતા."
    for lang in first.packs:
        tokens = tokenise(text, lang)
        assert len(first.lexicon(lang)) == len(again.lexicon(lang)) > 1
        assert first.lexicon(lang).find(tokens) == again.lexicon(lang).find(tokens)
        read = load_date_words(paths.LANGUAGES / lang / "dates.yaml")
        assert first.dates[lang] == again.dates[lang] == DateWords.of(read.record()) == read
    kept = {file.name.split("-")[0] for file in folder.iterdir()}
    assert kept == {"borrowed", "dates", "lexicon"}
