"""Names of one language found in the letters of another: by consonants and most vowels together,
alone only where long and near.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rajnay.knowledge.borrowed import BorrowedNames, Respelling, rows
from rajnay.knowledge.packs.words import Borrowing, Entry
from rajnay.text.tokens import Token, tokenise

BENGALI = Borrowing(languages=("gu",), respelt={"વ": ("ভ", "ব"), "સિંહ": ("সিং",)})
TAMIL = Borrowing(
    languages=("gu",),
    respelt={
        "ગ": ("க",),
        "ખ": ("க",),
        "જ": ("ஜ", "ச"),
        "દ": ("ட",),
        "થ": ("ட",),
        "ભ": ("ப",),
        "બ": ("ப",),
        "ફ": ("ப",),
    },
    silent=("ய்", "ஹ"),
)
ENTRIES = [
    Entry("સેર્ગેઈ લાવરોવ", "person", "Sergey Lavrov"),
    Entry("વ્લાદિમીર પુતિન", "person", "Vladimir Putin"),
    Entry("પુતિન", "person", "Vladimir Putin"),
    Entry("રાજનાથ સિંહ", "person", "Rajnath Singh"),
    Entry("વોલ્ગોગ્રાદ", "place", "Volgograd"),
    Entry("શિખર સંમેલન", "forum", "Annual Summit"),
]


def borrowed(how: Borrowing, endings: Sequence[str] = ()) -> BorrowedNames:
    def endings_of(word: Token) -> list[tuple[int, str]]:
        return [(len(word.key) - len(e), "genitive") for e in endings if word.key.endswith(e)]

    respelling = Respelling(how)
    return BorrowedNames(list(rows(ENTRIES, "gu", respelling)), respelling, endings_of)


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("bn", "সের্গেই ল্যাভরভ", "Sergey Lavrov"),
        ("bn", "ভ্লাদিমির পুতিন", "Vladimir Putin"),
        ("bn", "রাজনাথ সিং", "Rajnath Singh"),
        ("bn", "পতন", None),  # a fall
        ("bn", "পেটান", None),
        ("ta", "விளாடிமிர் புதின்", "Vladimir Putin"),
        ("ta", "செர்கய் லாவ்ரோவ்", "Sergey Lavrov"),
        ("ta", "வால்கோகிராட்", "Volgograd"),
        ("ta", "சிகர சம்மேளனம்", None),  # words, and no name
    ],
)
def test_a_name_is_found_in_other_letters(lang: str, text: str, value: str | None) -> None:
    names = borrowed(BENGALI if lang == "bn" else TAMIL)
    found = names.at(tokenise(text, lang), 0)
    assert (found.value if found else None) == value


def test_an_ending_is_taken_off_and_told() -> None:
    found = borrowed(BENGALI, ["er"]).at(tokenise("সের্গেই ল্যাভরভের", "bn"), 0)
    assert found is not None
    assert (found.value, found.case) == ("Sergey Lavrov", "genitive")


def test_marks_of_a_sentence_part_a_name() -> None:
    assert borrowed(BENGALI).at(tokenise("সের্গেই, ল্যাভরভ", "bn"), 0) is None
