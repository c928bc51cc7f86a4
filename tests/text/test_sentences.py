"""Where sentences end, and where the dateline that opens one ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rajnay.knowledge.store import load_knowledge
from rajnay.mentions.passages import analyse
from rajnay.models import Article
from rajnay.text.folding import fold
from rajnay.text.sentences import dateline_end, split_sentences
from rajnay.text.tokens import tokenise

ABBREVIATIONS = frozenset(fold(word) for word in load_knowledge().packs["gu"].grammar.abbreviations)


def sentences(text: str) -> list[str]:
    tokens = tokenise(text, "gu")
    return [
        text[tokens[one.first].span.start : tokens[one.last].span.end]
        for one in split_sentences(tokens, ABBREVIATIONS)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ["મોદી આવ્યા.", "પુતિન ગયા."],
        ["શું પુતિન આવશે?", "હા!", "આવશે"],
        ["એસ. જયશંકર ડૉ. મનમોહન સિંહને મળ્યા.", "વાત થઈ."],
        ["રૂ. 500 કરોડનો કરાર તા. 5 ડિસેમ્બરે થયો.", "બીજો નહીં."],
        ["કિંમત 11.30 ટકા વધી.", "બસ."],
        ["તેમણે કહ્યું, “હું આવીશ.”", "પછી ગયા."],
        ["એ. પી. જે. અબ્દુલ કલામ આવ્યા.", "વાત થઈ."],
        ["મોદી આવ્યા...", "પુતિન ગયા…"],
        ["मोदी आए।", "पुतिन गए॥"],
    ],
)
def test_sentences_end_where_they_do(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_new_line_starts_a_new_sentence() -> None:
    assert sentences("મોદી મોસ્કોમાં\nનવી દિલ્હી: પુતિન") == ["મોદી મોસ્કોમાં", "નવી દિલ્હી: પુતિન"]


@pytest.mark.parametrize(
    ("text", "place", "body"),
    [
        ("મોસ્કો: મોદી આવ્યા.", "Moscow", "મોદી"),
        ("મોસ્કોઃ મોદી આવ્યા.", "Moscow", "મોદી"),
        ("નવી દિલ્હી, તા. 12 : મોદી આવ્યા.", "New Delhi", "મોદી"),
        ("મોસ્કો, 12 ઓગસ્ટ (એજન્સી): મોદી આવ્યા.", "Moscow", "મોદી"),
        ("મોસ્કો - મોદી આવ્યા.", "Moscow", "મોદી"),
        ("(એજન્સી) નવી દિલ્હી: મોદી આવ્યા.", "New Delhi", "મોદી"),
        ("મોસ્કો, મોદી આવ્યા.", "Moscow", "મોદી"),
        ("મોસ્કોમાં મોદી આવ્યા.", None, "મોસ્કોમાં"),
        ("મોદી મોસ્કો પહોંચ્યા: પુતિન મળ્યા.", None, "મોદી"),
        ("આજે મોદી આવ્યા.", None, "આજે"),
    ],
)
def test_datelines(text: str, place: str | None, body: str) -> None:
    analysis = analyse(Article("test", text, "gu"), load_knowledge())
    passage = analysis.passages[0]
    assert passage.place == place
    assert analysis.tokens[passage.sentence.body].surface == body


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("দিল্লিঃ মোদী এলেন।", "bn"),
        ("ਦਿੱਲੀਃ ਮੋਦੀ ਆਏ।", "pa"),
        ("ದೆಹಲಿಃ ಮೋದಿ ಬಂದರು.", "kn"),
        ("दिल्लीः मोदी आले.", "mr"),
    ],
)
def test_a_visarga_of_any_script_closes_a_dateline(text: str, lang: str) -> None:
    tokens = tokenise(text, lang)
    (sentence,) = split_sentences(tokens, frozenset())
    end = dateline_end(tokens, sentence, places=frozenset({0}), dates=frozenset())
    assert tokens[end or 0].surface == text.split()[1]


@given(
    st.lists(
        st.sampled_from(
            ["મોદી", "એસ.", "૧૧.૩૦", ".", "?", "…", "”", "(", ")", "\n", "\n\n", "।", "😀"]
        ),
        max_size=20,
    )
)
def test_every_token_is_in_one_sentence(pieces: list[str]) -> None:
    tokens = tokenise(" ".join(pieces), "gu")
    found = split_sentences(tokens, ABBREVIATIONS)
    assert [index for one in found for index in range(one.first, one.last + 1)] == list(
        range(len(tokens))
    )
    assert all(one.first <= one.body <= one.last for one in found)
    assert all(one.line <= other.line for one, other in pairwise(found))


def test_a_text_without_stops_is_cut_and_loses_nothing() -> None:
    """What goes on for longer than any sentence does would cost the square of its length."""
    tokens = tokenise("પુતિન દિલ્હી આવ્યા અને ગયા " * 200, "gu")
    found = split_sentences(tokens, ABBREVIATIONS)
    covered = [index for one in found for index in range(one.first, one.last + 1)]
    assert covered == [*range(len(tokens))] and len(found) == 5


def test_no_date_is_cut_where_a_text_without_stops_is() -> None:
    tokens = tokenise("શબ્દ " * 199 + "5 ડિસેમ્બર 2025 ના રોજ", "gu")
    dated = {199, 200, 201}
    first = split_sentences(tokens, ABBREVIATIONS, dated)[0]
    assert first.last == 202 and first.last not in dated
