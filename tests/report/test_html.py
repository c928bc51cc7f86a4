"""Articles and engagements as HTML: every mention in its place, told apart without colour, and all
article text escaped.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import TEXT, article, engagement, extraction, span

from rajnay.models import Mention, Span, Unresolved
from rajnay.report.html.articles import (
    ArticleView,
    EngagementsView,
    html_of_article,
    html_of_engagements,
)
from rajnay.report.html.marks import MARKS, Mark, field_marks, marked, passages, quotation

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} <img src=x onerror=alert(1)> \u202e $x$"


class Reader(HTMLParser):
    """Collects the tags and the words of HTML, the words of labels apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.labels = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        self.labels += "".join(f" {value}" for name, value in attrs if name == "data-label")

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        self.words += data


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


@given(st.text(max_size=40), spans)
def test_marking_keeps_every_character_and_its_tags_in_order(text, found):
    marks = [
        Mark(Span(*sorted(pair)), "who", "who", "<key>") for pair in found if max(pair) <= len(text)
    ]
    read = Reader(str(marked(text, marks)))
    assert read.words == text
    assert set(read.tags) <= {"mark", "span"}
    assert read.open == []


@pytest.mark.parametrize("first, second", [((0, 5), (3, 8)), ((0, 8), (2, 4)), ((2, 4), (0, 8))])
def test_of_two_marks_that_overlap_the_earlier_and_longer_is_kept(first, second):
    html = str(marked("abcdefgh", [Mark(Span(*first), "who", ""), Mark(Span(*second), "when", "")]))
    assert html.count("<mark") == 1
    assert f'<mark class="{"who" if first < (2, 0) else "when"}">' in html


def test_a_mark_never_cuts_a_letter_from_its_signs():
    assert ">પુતિને</mark>" in str(marked("પુતિને કહ્યું", [Mark(Span(0, 5), "who", "")]))


def test_an_article_shows_each_kind_of_mention_with_its_label():
    kinds = (
        "date",
        "person",
        "office",
        "body",
        "delegation",
        "country",
        "place",
        "forum",
        "topic",
        "act",
    )
    words = TEXT.split()
    mentions = [
        Mention(kind, span(words[number]), f"key {number}") for number, kind in enumerate(kinds)
    ]
    html = str(html_of_article(article(), mentions))
    read = Reader(html)
    assert read.labels.split() == list(kinds)
    assert {tells for tells in MARKS if f'class="{tells}"' in html} == {
        "when",
        "who",
        "where",
        "forum",
        "topic",
        "act",
    }
    assert 'lang="gu"' in html and "2025-08-22" in html and "key 3" in html


@pytest.mark.parametrize("field", ["title", "publisher", "text", "id", "lang"])
def test_whatever_an_article_says_is_shown_as_it_is(field):
    made = article(**{field: HOSTILE})
    for html in (
        str(html_of_article(made)),
        str(html_of_engagements(extraction(article=made, engagements=()))),
    ):
        assert "<script" not in html and "<img" not in html and "49" not in html
    if field in ("title", "publisher", "text"):
        assert HOSTILE in Reader(str(html_of_article(made))).words


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://a b",
        'https://x"onclick="y',
    ],
)
def test_only_web_addresses_become_links(address):
    assert "<a " not in str(html_of_article(article(url=address)))


def test_a_quotation_holds_the_sentences_that_prove_and_no_others():
    shown = Reader(str(quotation(article(), engagement(), {"who": "who"}))).words
    assert shown == "વિદેશ મંત્રી એસ. જયશંકર 21 ઓગસ્ટે મોસ્કોમાં સેર્ગેઈ લવરોવને મળ્યા."


def test_a_quotation_joins_sentences_that_are_apart_with_an_ellipsis():
    made = engagement(
        spans={"start": (span("આજે"),), "parties.RU": (span("બંને પક્ષ"),)}, evidence=span("આજે")
    )
    assert (
        Reader(str(quotation(article(), made, {}))).words == "મોસ્કોમાં આજે વાત થઈ. … બંને પક્ષ સંતુષ્ટ છે."
    )


def test_headline_dateline_and_sentences_stand_apart_and_labels_are_no_text():
    text = "જયશંકર મૉસ્કોમાં\n\nમૉસ્કો, 21 ઑગસ્ટ\nમંત્રી લવરોવને મળ્યા. વાત થઈ. પછી પાછા ફર્યા."
    told = {"IN": "જયશંકર", "start": "21 ઑગસ્ટ", "RU": "લવરોવને"}
    made = engagement(
        spans={field: (span(words, text),) for field, words in told.items()},
        evidence=span("પછી પાછા ફર્યા.", text),
    )
    html = str(quotation(article(text=text, title=None), made, {"who": "who", "when": "when"}))
    paragraphs = [Reader(one).words for one in html.split("\n")]
    assert paragraphs == [
        "જયશંકર મૉસ્કોમાં",
        "મૉસ્કો, 21 ઑગસ્ટ",
        "મંત્રી લવરોવને મળ્યા. … પછી પાછા ફર્યા.",
    ]
    assert html.count('<p class="headline">') == 1 and html.startswith('<p class="headline">')
    assert Reader(html).labels.split() == ["who", "when", "who"]


def test_a_stop_after_an_abbreviation_ends_no_sentence():
    text = "એક. શ્રી. પટેલ મળ્યા. બે."
    assert [found.of(text) for found in passages(text, [span("પટેલ", text)], {"શ્રી"})] == [
        "શ્રી. પટેલ મળ્યા."
    ]
    assert [found.of(text) for found in passages(text, [span("પટેલ", text)])] == ["પટેલ મળ્યા."]


@given(st.text(alphabet="ab. !\n।\u201d", max_size=60), st.integers(0, 59), st.integers(1, 10))
def test_every_span_lies_in_one_passage_whole(text, start, length):
    wanted = Span(start, min(start + length, len(text)))
    found = passages(text, [wanted])
    if text[wanted.start : wanted.end].strip():
        assert any(
            one.start <= wanted.start + lead(text, wanted) and trail(text, wanted) <= one.end
            for one in found
        )


def lead(text: str, wanted: Span) -> int:
    said = wanted.of(text)
    return len(said) - len(said.lstrip())


def trail(text: str, wanted: Span) -> int:
    said = wanted.of(text)
    return wanted.end - (len(said) - len(said.rstrip()))


def test_fields_belong_to_who_when_and_where():
    told = {mark.tells for mark in field_marks(engagement(), {}, ("who", "when", "where"))}
    assert told == {"who", "when", "where"}
    assert field_marks(engagement(), {}, ("topic",)) == []


def test_engagements_are_cards_and_gaps_are_told_with_their_reason():
    html = str(html_of_engagements(extraction(unresolved=(Unresolved(span("આજે"), "no date <b>"),))))
    assert html.count('class="card held"') == 1
    assert "S. Jaishankar" in html and "no date &lt;b&gt;" in html
    assert Reader(html).words.count("મોસ્કોમાં આજે વાત થઈ.") == 1


def test_an_article_without_engagements_says_so():
    assert "No engagement was found" in str(html_of_engagements(extraction(engagements=())))


@pytest.mark.parametrize("view", [ArticleView(article()), EngagementsView(extraction())])
def test_views_show_themselves_in_a_notebook_with_their_style(view):
    html = view._repr_html_()
    assert html.startswith("<style>") and '<div class="rajnay">' in html
