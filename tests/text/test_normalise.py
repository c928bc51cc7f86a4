"""Normalising keeps every word and knows where each character came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rajnay.models import Span
from rajnay.text.normalise import normalise

LETTERS = ["ક", "ખ", "રા", "ન્", "હ", "ં", "ઃ", "઼", "૧", "a", "é"]
MARKS = st.sampled_from(
    [*LETTERS, "e\u0301", "क\u093c", "\u200d", "\u200c", "\ufeff", "\u0301", " ", "\n", "😀", "|"]
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(MARKS, max_size=30).map("".join))


@pytest.mark.parametrize(
    ("given_text", "lang", "expected"),
    [
        ("e\u0301te", "fr", "éte"),
        ("ક\u200dખ", "gu", "કખ"),
        ("રશિયા", "gu", "રશિયા"),
        ("  ગ\n\nઘ ", "gu", "  ગ\n\nઘ "),
        ("", "gu", ""),
    ],
)
def test_encodings_become_one(given_text: str, lang: str, expected: str) -> None:
    assert normalise(given_text, lang).text == expected


@pytest.mark.parametrize("word", ["રાજ્‍ય", "નિતિન્‌", "क़ज़ाख़", "Café"])
def test_a_word_is_found_again_whole_in_the_original(word: str) -> None:
    text = f"પહેલાં {word} પછી"
    for lang in ("gu", "hi", "xx"):
        normal = normalise(text, lang)
        start = normal.text.index(" ") + 1
        assert normal.original(start, normal.text.rindex(" ")).of(text) == word


@given(TEXTS, st.sampled_from(["gu", "hi", "en"]))
def test_offsets_are_exact(text: str, lang: str) -> None:
    normal = normalise(text, lang)
    assert len(normal.offsets) == len(normal.text) + 1
    assert normal.offsets[-1] == len(text)
    assert list(normal.offsets) == sorted(normal.offsets)
    for place, char in enumerate(normal.text):
        source = text[normal.offsets[place] :]
        if char.isspace() or char.isascii():
            assert (
                unicodedata.normalize("NFKC", source)[:1] == unicodedata.normalize("NFKC", char)
                or not source.isascii()
            )
        assert normal.original(place, place + 1).end <= len(text)


@given(TEXTS, st.sampled_from(["gu", "hi", "en"]))
def test_white_space_stays_in_its_place(text: str, lang: str) -> None:
    normal = normalise(text, lang)
    kept = [
        (normal.offsets[place], char) for place, char in enumerate(normal.text) if char.isspace()
    ]
    assert kept == [(place, char) for place, char in enumerate(text) if char.isspace()]


CLUSTERS = st.sampled_from(
    ["e\u0301", "é", "a", "क\u093c", "\u0958", "क", "રા", "જ્\u200dય", "હ", "A\u030a"]
)


@given(st.lists(CLUSTERS, min_size=1, max_size=5), st.sampled_from(["gu", "hi", "en"]))
def test_every_letter_comes_from_its_own_place(clusters: list[str], lang: str) -> None:
    """However many characters a neighbour takes before and after, a letter keeps to what was typed
    for it.
    """
    normal = normalise("".join(clusters), lang)
    at = place = 0
    for cluster in clusters:
        length = len(normalise(cluster, lang).text)
        assert normal.text[place : place + length] == normalise(cluster, lang).text
        assert {*normal.offsets[place : place + length]} <= {*range(at, at + len(cluster))}
        assert normal.offsets[place] == at
        at, place = at + len(cluster), place + length


@given(
    st.lists(CLUSTERS, max_size=4).map("".join),
    st.lists(CLUSTERS, min_size=1, max_size=4).map("".join),
)
def test_what_one_word_holds_moves_no_other(before: str, word: str) -> None:
    alone, after = normalise(word, "gu"), normalise(f"{before} {word}", "gu")
    assert after.text.endswith(" " + alone.text)
    assert after.offsets[-len(alone.offsets) :] == tuple(
        len(before) + 1 + offset for offset in alone.offsets
    )


@given(TEXTS)
def test_normalising_twice_changes_nothing_more_that_counts(text: str) -> None:
    once = normalise(text, "xx").text
    assert normalise(once, "xx").text == once


def test_an_empty_stretch_is_empty_in_the_original() -> None:
    assert normalise("ગુજ", "gu").original(1, 1) == Span(1, 1)
