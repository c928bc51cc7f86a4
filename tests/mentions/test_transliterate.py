"""Names in no table become readable Latin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rajnay.text.folding import is_indic
from rajnay.text.transliteration import transliterate


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("વ્લાદિમીર પાનોવ", "Vladimir Panov"),
        ("कमल नाथ", "Kamal Nath"),
        ("ઇવાન પેત્રોવ", "Ivan Petrov"),
        ("રમેશ પટેલ", "Ramesh Patel"),
        ("ઓલ્ગા", "Olga"),
        ("ભરત", "Bharat"),
        ("મંગલ", "Mangal"),
        ("નીતા અંબાણી", "Nita Ambani"),
        ("Ivan પેત્રોવ", "Ivan Petrov"),
        ("ଡେନିସ ଆଲିପୋଭ", "Denis Alipov"),
        ("মিখাইল মিশুস্তিন", "Mikhail Mishustin"),
        ("ആന്റൺ അലിഖാനോവ്", "Antan Alikhanov"),
        ("டெனிஸ் அலிபோவ்", "Denis Alipov"),
        ("मुख़्तार फ़ज़ल", "Mukhtar Fazal"),
        ("نواز شریف", "Navaz Sharif"),
        ("", ""),
    ],
)
def test_names_are_readable(name: str, latin: str) -> None:
    assert transliterate(name) == latin


@given(
    st.lists(
        st.text(st.characters(min_codepoint=0x0900, max_codepoint=0x0D7F), max_size=8), max_size=3
    )
)
def test_nothing_indic_is_left(words: list[str]) -> None:
    assert not any(is_indic(char) for char in transliterate(" ".join(words)))


@given(st.text(max_size=20))
def test_no_text_is_refused(text: str) -> None:
    assert len(transliterate(text).split()) <= len(text.split())
