"""Many short texts held as one."""

from hypothesis import given
from hypothesis import strategies as st

from rajnay.knowledge.packed import Packed, pack


@given(st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]))))
def test_what_was_packed_comes_back(texts: list[str]) -> None:
    packed = Packed(pack(texts))
    assert list(packed) == texts
    assert packed[1:] == texts[1:]
    assert packed.longest == max((len(text.encode()) for text in texts), default=0)
