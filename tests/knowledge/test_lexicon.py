"""Known words are found whole, the longest first, with the role that their ending gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rajnay.knowledge.compiled import compile_words
from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs.words import Entry
from rajnay.text.tokens import tokenise

ENDINGS = {
    "ergative": ["એ", "ે"],
    "dative": ["ને"],
    "genitive": ["ના", "ની"],
    "locative": ["માં"],
    "plural": ["ઓ", "ો"],
}
ENTRIES = [
    Entry("દિલ્હી", "place", "Delhi"),
    Entry("નવી દિલ્હી", "place", "New Delhi"),
    Entry("મોદી", "person", "Modi"),
    Entry("વિદેશ મંત્રી", "office", "Foreign Minister"),
    Entry("મંત્રી", "position", "minister"),
    Entry("ઇન્ડિયા", "country", "IN"),
    Entry("એર ઇન્ડિયા", "body", "Air India"),
    Entry("થઈ", "verb", "light:past", inflects=False),
    Entry("2+2", "forum", "2+2"),
    Entry("SCO", "forum", "SCO"),
    Entry("ગોવા", "place", "Goa"),
    Entry("તે", "pronoun", "this"),
]
LEXICON = Lexicon(compile_words(ENTRIES, "gu", ["એસ"]), ENDINGS, ["એસ"])


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [
        (hit.span.of(text), hit.meanings[0].value, hit.case)
        for hit in LEXICON.find(tokenise(text, "gu"))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("દિલ્હીમાં", [("દિલ્હીમાં", "Delhi", "locative")]),
        ("નવી દિલ્હીના", [("નવી દિલ્હીના", "New Delhi", "genitive")]),
        ("નવીદિલ્હી", [("નવીદિલ્હી", "New Delhi", None)]),
        ("નવી-દિલ્હી", [("નવી-દિલ્હી", "New Delhi", None)]),
        ("નવી. દિલ્હી", [("દિલ્હી", "Delhi", None)]),
        ("મોદીએ", [("મોદીએ", "Modi", "ergative")]),
        ("મંત્રીઓને", [("મંત્રીઓને", "minister", "dative")]),
        ("વિદેશ મંત્રી", [("વિદેશ મંત્રી", "Foreign Minister", None)]),
        ("વિદેશ, મંત્રી", [("મંત્રી", "minister", None)]),
        ("એર ઇન્ડિયાના", [("એર ઇન્ડિયાના", "Air India", "genitive")]),
        ("મોદીદિલ્હી", [("મોદી", "Modi", None), ("દિલ્હી", "Delhi", None)]),
        ("મોદીખાનું", []),
        ("અમોદી", []),
        ("ગોવાળ", []),
        ("થઈના", []),
        ("2+2", [("2+2", "2+2", None)]),
        ("2 + 2", [("2 + 2", "2+2", None)]),
        ("2, 2", []),
        ("#SCO", [("#SCO", "SCO", None)]),
        ("sco", [("sco", "SCO", None)]),
        ("તે", [("તે", "this", None)]),
        ("તો", []),
        ("ટે", []),
        ("", []),
    ],
)
def test_words_with_their_endings(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(text) == expected


def test_an_ending_for_many_is_remembered() -> None:
    (hit,) = LEXICON.find(tokenise("મંત્રીઓને", "gu"))
    assert hit.plural


PIECES = [
    *(entry.surface for entry in ENTRIES),
    "માં",
    "ને",
    ".",
    ",",
    "\n",
    "ક",
    "\u200d",
    "૧",
    "😀",
]


@given(st.lists(st.sampled_from(PIECES), max_size=15), st.sampled_from(["", " "]))
def test_hits_are_in_order_and_never_overlap(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    hits = LEXICON.find(tokenise(text, "gu"))
    end = 0
    for hit in hits:
        assert end <= hit.span.start < hit.span.end <= len(text)
        assert hit.first <= hit.last
        assert hit.meanings
        end = hit.span.end
