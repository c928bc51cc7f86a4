"""Tokens cover exactly their characters, and numbers, handles and marks are told from words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rajnay.text.folding import fold
from rajnay.text.tokens import _cutter, tokenise

MARKS = ["é", "e\u0301", "क़", "\u200d", "\ufeff", "😀", ".", " ", "\n", "\n\n", "“", "ં"]
PIECES = st.sampled_from(
    ["મોદી", "રાજ્‍ય", "દિલ્હીઃ", "ર૪", "૨૦૨૫", "21મી", "@DrSJaishankar", "#SCO", "S-400", *MARKS]
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=12).map("".join))
LOOKALIKES = {"ર": "2"}


def kinds(text: str) -> str:
    tokens = tokenise(text, "gu", LOOKALIKES)
    return " ".join(
        f"{token.kind}={token.surface if token.value is None else token.value}" for token in tokens
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24જુને", "number=24 word=જુને"),
        ("૨૧મી", "number=21 word=મી"),
        ("S-400", "word=S mark=- number=400"),
        ("Su-30 MKI", "word=Su mark=- number=30 word=MKI"),
        ("ર૦૨૫", "number=2025"),
        ("૧ર", "number=12"),
        ("ર", "word=2"),
        ("રર", "word=22"),
        ("રશિયા", "word=રશિયા"),
        ("દિલ્હીઃ", "word=દિલ્હી mark=ઃ"),
        ("@DrSJaishankar", "handle=@DrSJaishankar"),
        ("#SCO.", "handle=#SCO mark=."),
        ("એસ. જયશંકર", "word=એસ mark=. word=જયશંકર"),
        ("India's", "word=India's"),
        ("ભારત-રશિયા", "word=ભારત mark=- word=રશિયા"),
        ("2+2", "number=2 mark=+ number=2"),
        ("", ""),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert kinds(text) == expected


def test_lines_and_gaps_are_remembered() -> None:
    tokens = tokenise("ક ખ,\nગ\n\nઘ", "gu")
    assert [token.line for token in tokens] == [0, 0, 0, 1, 3]
    assert [token.spaced for token in tokens] == [True, True, False, True, True]


def test_a_joiner_that_is_dropped_is_covered_by_its_words_span() -> None:
    text = "આ રાજ્‍ય છે"
    token = tokenise(text, "gu")[1]
    assert token.span.of(text) == "રાજ્‍ય"
    assert token.key == fold("રાજ્ય")


@given(TEXTS)
def test_spans_are_in_order_and_cover_every_character_that_is_kept(text: str) -> None:
    tokens = tokenise(text, "gu", LOOKALIKES)
    for token in tokens:
        assert 0 <= token.span.start <= token.span.end <= len(text)
    for token, following in pairwise(tokens):
        assert token.span.end <= following.span.start
    covered = {index for token in tokens for index in range(*token.span)}
    for index, char in enumerate(text):
        dropped = (
            char in "\u200b\u200c\u200d\ufeff"
            or not char.isprintable()
            or "\u0900" <= char <= "\u0d7f"
        )
        assert index in covered or char.isspace() or dropped


@given(TEXTS)
def test_each_character_of_a_key_comes_from_inside_its_token(text: str) -> None:
    for token in tokenise(text, "gu", LOOKALIKES):
        assert len(token.key) == len(token.sources)
        if token.kind != "number":
            assert all(
                0 <= source < max(token.span.end - token.span.start, 1) for source in token.sources
            )


@given(TEXTS, TEXTS)
def test_a_paragraph_is_read_alike_wherever_it_stands(before: str, text: str) -> None:
    alone = tokenise(text, "gu")
    shift = len(before) + 2
    after = [token for token in tokenise(f"{before}\n\n{text}", "gu") if token.span.start >= shift]
    assert [(token.kind, token.surface, token.key, token.span) for token in alone] == [
        (token.kind, token.surface, token.key, (token.span.start - shift, token.span.end - shift))
        for token in after
    ]


@given(TEXTS)
def test_what_is_remembered_of_a_word_is_what_a_first_look_tells(text: str) -> None:
    again = tokenise(text, "gu", LOOKALIKES)
    _cutter.cache_clear()
    assert tokenise(text, "gu", LOOKALIKES) == again


@given(st.text(alphabet="કખાં:.,", min_size=300, max_size=900))
def test_a_run_too_long_to_remember_is_read_to_its_last_character(run: str) -> None:
    tokens = tokenise(run, "gu")
    assert [token.span.end for token in tokens][-1] == len(run)
    for token, following in pairwise(tokens):
        assert token.span.end == following.span.start
