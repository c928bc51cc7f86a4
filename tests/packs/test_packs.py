"""A new language begins as a draft that disturbs nobody, and what it lacks is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from rajnay.base import paths
from rajnay.door.check import of_knowledge
from rajnay.knowledge.packs.date_words import load_date_words
from rajnay.knowledge.packs.words import load_pack
from rajnay.knowledge.store import load_knowledge
from rajnay.knowledge.tables import KnowledgeError
from rajnay.packs import skeleton, unknown

WITH_NUMBERS, WITHOUT = "as", "bho"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data with skeletons of two more languages in it."""
    data = tmp_path_factory.mktemp("new") / "data"
    for name in ("languages", "reference", "rules"):
        shutil.copytree(paths.DATA / name, data / name)
    shutil.copy(paths.DATA / "defaults.yaml", data)
    for lang in (WITH_NUMBERS, WITHOUT):
        skeleton.new(lang, data / "languages")
    return data


def test_a_skeleton_loads_and_has_what_is_known_of_the_language(data: Path) -> None:
    folder = data / "languages" / WITH_NUMBERS
    assert load_pack(folder).grammar.status == "draft"
    words = yaml.safe_load((folder / "dates.yaml").read_text(encoding="utf-8"))
    assert all(words[table][one] for table, one in (("months", 12), ("weekdays", 7)))
    assert words["numbers"][17] and not any("duration" in one for one in words["units"]["day"])
    assert (folder / "names" / "countries.csv").read_text(encoding="utf-8").count("\n") > 50
    load_date_words(folder / "dates.yaml")


def test_a_language_without_number_words_is_begun_too(data: Path) -> None:
    words = yaml.safe_load((data / "languages" / WITHOUT / "dates.yaml").read_text("utf-8"))
    assert words["numbers"][17] == [] and words["months"][1]


def test_every_concept_of_the_fullest_pack_has_a_place(data: Path) -> None:
    languages = data / "languages"
    places = {
        f"{name} {'.'.join(map(str, path))}"
        for name in skeleton.FILES
        for path, _ in skeleton.lists(languages / WITH_NUMBERS / name)
    }
    assert {*skeleton.concepts(skeleton.fullest(languages))} <= places


def test_a_draft_is_read_by_who_names_it_only(data: Path) -> None:
    knowledge = load_knowledge(data)
    assert WITH_NUMBERS not in list(knowledge.packs)
    assert WITH_NUMBERS in knowledge.packs and knowledge.packs[WITH_NUMBERS].lang == WITH_NUMBERS


def test_a_draft_that_is_wrong_stops_nothing_else(data: Path, tmp_path: Path) -> None:
    there = Path(shutil.copytree(data, tmp_path / "data"))
    acts = there / "languages" / WITH_NUMBERS / "acts.yaml"
    acts.write_text("nouns: [", encoding="utf-8")
    assert list(of_knowledge(there)) == []
    knowledge = load_knowledge(there)
    assert knowledge.packs["gu"].lang == "gu"
    with pytest.raises(KnowledgeError, match=r"acts\.yaml:2: not YAML"):
        knowledge.packs[WITH_NUMBERS]


def test_a_pack_is_never_overwritten(data: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is a pack of 'gu'"):
        skeleton.new("gu", data / "languages")
    with pytest.raises(KnowledgeError, match="is not in Unicode CLDR"):
        skeleton.new("xx", data / "languages")


def test_what_a_pack_lacks_is_told(data: Path) -> None:
    lacking = unknown.missing(data / "languages" / WITH_NUMBERS, data / "languages")
    assert "acts.yaml nouns.meeting" in lacking and "dates.yaml months.1" not in lacking
    assert unknown.missing(skeleton.fullest()) == {}


def test_words_that_a_pack_does_not_know_are_counted() -> None:
    knowledge = load_knowledge()
    folder = paths.ARTICLES / "gu"
    text = json.loads((folder / "gu-a01.json").read_text(encoding="utf-8"))["text"]
    known = unknown.known_in([text, "ઝબ્રડક ઝબ્રડક"], "gu", knowledge)
    assert known.unknown["ઝબ્રડક"] == 2
    assert 0.5 < known.known / known.words < 1
