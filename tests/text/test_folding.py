"""Spellings that must meet under one key, words that must stay apart, and the collisions of the
whole vocabulary, counted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.knowledge.compiled import compile_words
from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs.words import Entry
from rajnay.knowledge.store import load_knowledge
from rajnay.packs.unknown import collisions
from rajnay.text.folding import consonants, fold, fold_with_sources, is_indic
from rajnay.text.scripts import CLUSTERS, LETTERS_BELOW, LETTERS_OF_ONE_SCRIPT
from rajnay.text.tokens import tokenise

# Letters that a script does not write as the others do.
OF_ITS_OWN = {*LETTERS_OF_ONE_SCRIPT, *LETTERS_BELOW, *"".join(CLUSTERS)}
SPECS = Path(__file__).parents[1] / "specs"
BLOCKS = {
    "hi": 0x0900,
    "bn": 0x0980,
    "pa": 0x0A00,
    "gu": 0x0A80,
    "or": 0x0B00,
    "te": 0x0C00,
    "kn": 0x0C80,
    "ml": 0x0D00,
}


def spec(name: str) -> Any:
    return yaml.load((SPECS / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


FOLDING = spec("folding.yaml")


def keys(phrase: str, lang: str = "gu") -> str:
    return "".join(token.key for token in tokenise(phrase, lang) if token.kind != "mark")


@pytest.mark.parametrize("spellings", FOLDING["meet"], ids=lambda spellings: spellings[0])
def test_spellings_of_a_word_meet(spellings: list[str]) -> None:
    assert {keys(spelling) for spelling in spellings} == {keys(spellings[0])}
    assert keys(spellings[0])


@pytest.mark.parametrize("words", FOLDING["apart"], ids=lambda words: words[0])
def test_other_words_stay_apart(words: list[str]) -> None:
    assert len({keys(word) for word in words}) == len(words)


@pytest.mark.parametrize("name", FOLDING["scripts"], ids=lambda name: name["gu"])
def test_a_name_meets_itself_in_every_script(name: dict[str, str]) -> None:
    assert {keys(word, lang) for lang, word in name.items()} == {keys(name["gu"])}


@pytest.mark.parametrize("name", FOLDING["script_gaps"], ids=lambda name: name["gu"])
def test_a_known_gap_between_scripts_is_still_one(name: dict[str, str]) -> None:
    assert len({keys(word, lang) for lang, word in name.items()}) > 1, (
        "these meet now: move them to scripts"
    )


@pytest.mark.parametrize("name", FOLDING["consonants"], ids=lambda name: name[0])
def test_renderings_of_a_foreign_name_agree_on_the_consonants(name: list[str]) -> None:
    assert {consonants(fold(word)) for word in name} == {consonants(fold(name[0]))}


# One word found in a text, whatever its spelling
# --------------------------------------------------------------------------


@pytest.mark.parametrize("case", FOLDING["found"], ids=lambda case: case["text"])
def test_a_known_word_is_found_in_any_dress(case: dict[str, Any]) -> None:
    knowledge = load_knowledge()
    hits = knowledge.lexicon("gu").find(tokenise(case["text"], "gu"))
    assert case["means"] in [f"{kind} {value}" for hit in hits for kind, value in hit.meanings]


@pytest.mark.parametrize("case", FOLDING["left"], ids=lambda case: case["text"])
def test_no_known_word_is_found_inside_another(case: dict[str, Any]) -> None:
    hits = load_knowledge().lexicon("gu").find(tokenise(case["text"], "gu"))
    assert case["not"] not in [f"{kind} {value}" for hit in hits for kind, value in hit.meanings]


# Collisions of the vocabulary
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", sorted(load_knowledge().packs))
def test_no_two_words_collide_but_those_known_to_be_harmless(lang: str) -> None:
    known = spec(f"collisions_{lang}.yaml")
    met = collisions(lang, load_knowledge())
    new = {key: words for key, words in met.items() if key not in known}
    assert new == {}, (
        "a new collision: mend the data, or list it with the reason why it is harmless"
    )
    assert sorted(set(known) - set(met)) == [], "these collide no more: take them off the list"
    assert all(entry["words"] == met[key] and entry["harmless"] for key, entry in known.items())


def test_the_measure_sees_a_collision() -> None:
    lexicon = Lexicon(
        compile_words([Entry("કતાર", "country", "QA"), Entry("કટાર", "noun", "dagger")], "gu"), {}
    )
    assert [len(hit.meanings) for hit in lexicon.find(tokenise("કતાર", "gu"))] == [2]


# Properties
# --------------------------------------------------------------------------------------------------

INDIC = st.text(st.characters(min_codepoint=0x0900, max_codepoint=0x0D7F), min_size=1, max_size=12)


@given(st.one_of(INDIC, st.text(min_size=1, max_size=12)))
def test_sources_point_into_the_word_in_order(word: str) -> None:
    key, sources = fold_with_sources(word)
    assert len(key) == len(sources)
    assert list(sources) == sorted(sources)
    assert all(0 <= source < len(word) for source in sources)


@given(INDIC, st.data())
def test_joiners_and_nuktas_never_matter(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word)))
    nukta = chr(0x0ABC)
    if ord(word[at - 1]) & 0x7F not in (0x01, 0x02, 0x4D):
        assert fold(word[:at] + nukta + word[at:]) == fold(word)


@given(
    st.text(
        st.sampled_from([chr(place) for place in range(0x0A85, 0x0ACE)]), min_size=1, max_size=8
    )
)
def test_a_word_keeps_its_key_in_the_parallel_blocks(word: str) -> None:
    for block in BLOCKS.values():
        there = "".join(chr(block + ord(char) - BLOCKS["gu"]) for char in word)
        if OF_ITS_OWN.isdisjoint(there):
            assert fold(there) == fold(word)


@given(st.text(st.characters(max_codepoint=0x024F), min_size=1, max_size=8), INDIC)
def test_latin_never_meets_an_indic_key(latin: str, indic: str) -> None:
    assert not is_indic(latin[0])
    assert fold(latin)[:1] == "_"
    assert not fold(indic).startswith("_")
