"""What an editor asks of a page: proof of what is printed, nothing told twice, names as the press
has them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.report.test_page import LANGUAGES, issue, text
from tests.sample_rows import PAIR, edition, sample_rows

import rajnay as rj
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Engagement, Extraction, Mention, Row, Span, Testimony, Unresolved
from rajnay.report import page
from rajnay.report.choosing import make_issue
from rajnay.report.edition import block_of, edition_of, in_block, spelled
from rajnay.report.proof import proven
from rajnay.report.repeated import each_once, told_twice
from rajnay.report.visits import under_visits
from rajnay.timeline.corpus import Corpus
from rajnay.timeline.known import Sourced
from rajnay.timeline.wording import load_wording, report_languages

WORDS = "મોદી મોસ્કોમાં પુતિનને મળ્યા. રશિયન સરકારે કહ્યું."


def told(name: str = "row", **fields: Any) -> Row:
    """Return a row that one article tells."""
    values: dict[str, Any] = {
        "kind": "meeting",
        "status": "held",
        "start": "2025-08-07",
        "end": "2025-08-07",
        "edtf": "2025-08-07",
        "place": None,
        "country": None,
        "parties": {"IN": ("Narendra Modi",), "RU": ("Vladimir Putin",)},
        "forum": None,
        "topics": (),
        "source": None,
        "evidence": Span(0, 27),
        "confidence": 0.95,
    } | fields
    article = Article(f"a-{name}", WORDS, "gu", date(2025, 8, 8), "https://example.org/1", "Daily")
    engagement = Engagement(**values)
    return Row(name, engagement, (Testimony(article, engagement),))


@pytest.mark.parametrize(
    ("fields", "mentions", "place", "country"),
    [
        ({"place": "Moscow", "country": "RU"}, (), None, None),
        ({"place": "Moscow", "country": "RU"}, ("Moscow",), "Moscow", "RU"),
        ({"place": "Moscow", "country": "RU"}, ("Kremlin",), "Moscow", "RU"),
        (
            {"place": "Moscow", "country": "RU", "spans": {"place": (Span(5, 14),)}},
            (),
            "Moscow",
            "RU",
        ),
        ({"country": "RU"}, (), None, None),
        ({"country": "RU", "spans": {"country": (Span(5, 14),)}}, (), None, "RU"),
        ({"country": "RU", "kind": "visit"}, (), None, "RU"),
    ],
)
def test_a_place_is_printed_only_where_an_article_has_words_for_it(
    fields: dict[str, Any], mentions: tuple[str, ...], place: str | None, country: str | None
) -> None:
    row = told(**fields)
    named = tuple(Mention("place", Span(5, 14), name) for name in mentions)
    read = Extraction(row.testimonies[0].article, (row.engagement,), mentions=named)
    (printed,) = proven([row], [read], load_knowledge().reference)
    assert (printed.engagement.place, printed.engagement.country) == (place, country)
    if place:
        assert Span(5, 14) in printed.testimonies[0].engagement.spans["place"]


@pytest.mark.parametrize("field", ["forum", "source"])
@pytest.mark.parametrize("shown", [False, True])
def test_forum_and_announcer_are_printed_only_with_words_that_prove_them(
    field: str, shown: bool
) -> None:
    spans = {field: (Span(30, 36),)} if shown else {}
    (printed,) = proven([told(**{field: "Rosatom"}, spans=spans)], [], load_knowledge().reference)
    assert getattr(printed.engagement, field) == ("Rosatom" if shown else None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_said_so_is_marked_in_the_quotation(lang: str) -> None:
    row = told(source="Government of Russia", spans={"source": (Span(29, 44),)})
    body = page.register(issue((row,), lang)).body
    label = load_wording(lang).text("register.source")
    assert '<mark class="source">' in body and f'data-label="{label}"' in body
    assert label not in text(page.register(issue((told(),), lang)).body)


def visit(name: str, start: str, end: str, **more: Any) -> Row:
    parties = {"IN": ("Ajit Doval",), "RU": ()}
    values = {"kind": "visit", "country": "RU", "start": start, "end": end, "parties": parties}
    return told(name, edtf=f"{start}/{end}", **values | more)


def test_what_took_place_during_a_visit_stands_under_it_and_nothing_else() -> None:
    met = {"country": "RU", "parties": {"IN": ("Ajit Doval",), "RU": ("Sergei Shoigu",)}}
    days = {"start": "2025-08-07", "end": "2025-08-07"}
    rows = (
        visit("visit", "2025-08-05", "2025-08-08"),
        visit("again", "2025-08-07", "2025-08-07"),
        told("under", **met, **days),
        told("later", **met, start="2025-08-09", end="2025-08-09"),
        told("elsewhere", **met | {"country": "IN"}, **days),
        told("another", country="RU", **days),
        told("vague", **met, start="2025-08", end="2025-08", edtf="2025-08"),
    )
    groups = {row.id: [one.id for one in under] for row, under in under_visits(rows, PAIR)}
    assert groups.pop("visit") == ["again", "under"]
    week = {
        "kind": "visit",
        "start": "2025-09-22",
        "end": "2025-09-28",
        "edtf": "[2025-09-22..2025-09-28]",
    }
    weekly = (
        told("week", **met | week),
        told("in it", **met, start="2025-09-25", end="2025-09-25"),
    )
    assert [len(under) for _, under in under_visits(weekly, PAIR)] == [1]
    assert groups == {name: [] for name in ("later", "elsewhere", "another", "vague")}
    body = page.events(issue(rows), "happened").body
    assert body.count("<li>") == len(rows)
    assert body.count('<ol class="under">') == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_forum_is_named_in_full_once_and_shortly_after(lang: str) -> None:
    rows = tuple(
        told(name, forum="SCO", status=status, start=day, end=day, edtf=day)
        for name, status, day in (
            ("a", "held", "2025-08-07"),
            ("b", "held", "2025-08-08"),
            ("c", "planned", "2025-12-08"),
        )
    )
    made = issue(rows, lang)
    full, short = made.edition.forum("SCO", full=True), made.edition.forum("SCO")
    assert full != short
    lists = "".join(page.events(made, name).body for name in ("ahead", "happened"))
    assert text(lists).count(full) == 1 and text(lists).replace(full, "").count(short) == 2
    assert text(page.register(made).body).count(full) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("original", [None, "en"])
def test_a_report_of_no_named_outlet_is_said_to_be_one(lang: str, original: str | None) -> None:
    row = told()
    article = replace(
        row.testimonies[0].article,
        publisher=None,
        url=None,
        origin="retelling",
        original_lang=original,
    )
    row = replace(row, testimonies=(replace(row.testimonies[0], article=article),))
    words = load_wording(lang)
    body = text(page.register(issue((row,), lang)).body)
    key = "register.retold_unnamed" + ("_from" if original else "")
    values = {"original": words.language("en")} if original else {}
    assert words.text(key, language=words.language("gu"), **values) in body
    said = words.text("register.no_outlet")
    assert body.count(said) == words.text(key, language="", **values).count(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reasons_are_told_in_the_language_of_the_report(lang: str) -> None:
    row = told()
    whys = ("no publication date: the year is not known", "a reason that nobody foresaw")
    gaps = tuple(Unresolved(Span(0, 4), why) for why in whys)
    made = replace(
        issue((row,), lang),
        extractions=(Extraction(row.testimonies[0].article, (), gaps),),
    )
    body = text(page.gaps(made).body)
    assert not [why for why in whys if why in body]
    for key in ("reason.no publication date", "reason.other"):
        assert load_wording(lang).text(key) in body


def test_a_gap_is_quoted_up_to_the_end_of_its_sentence_and_not_to_an_abbreviation() -> None:
    row = told()
    sentence = "આવતા પખવાડિયે વિદેશમંત્રી એસ. જયશંકર મોસ્કો જશે."
    article = replace(row.testimonies[0].article, text=sentence)
    gap = Unresolved(Span(0, 13), "next fortnight has no settled beginning")
    made = replace(issue((row,)), extractions=(Extraction(article, (), (gap,)),))
    assert sentence in text(page.gaps(replace(made, knowledge=load_knowledge())).body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_articles_differ_on_is_told_in_words(lang: str) -> None:
    row = told()
    differences = {
        "RU": ("Sergey Lavrov", "Vladimir Putin, Sergey Lavrov"),
        "status": ("held", "planned"),
        "topics": ("trade",),
        "forum": ("SCO", "BRICS"),
    }
    body = page.register(issue((replace(row, differences=differences),), lang)).body
    said = text(body[body.index('<ul class="differences">') :].split("</ul>")[0])
    made = edition(lang)
    both = made.wording.items([made.person("Vladimir Putin"), made.person("Sergey Lavrov")])
    assert f"{made.wording.country('RU')}: {made.person('Sergey Lavrov')} / {both}" in said
    assert made.forum("SCO") in said and made.wording.text("status.planned") in said
    assert lang == "en" or not re.search("[A-Za-z]", said)


def test_the_lead_is_what_most_articles_tell_and_nothing_to_be_checked() -> None:
    parties = {"IN": ("Narendra Modi",), "RU": ("Vladimir Putin",)}
    often = told("often", place="Moscow", parties=parties)
    often = replace(often, testimonies=often.testimonies * 3)
    for number, one in enumerate(often.testimonies):
        often = replace(
            often,
            testimonies=(
                *often.testimonies[:number],
                replace(one, article=replace(one.article, id=f"a{number}")),
                *often.testimonies[number + 1 :],
            ),
        )
    weak = told("weak", start="2025-08-20", end="2025-08-20", edtf="2025-08-20", confidence=0.3)
    last = told("last", start="2025-08-10", end="2025-08-10", edtf="2025-08-10")
    assert issue((often, weak, last)).claims()[0].rows == ("often",)
    assert issue((weak,)).claims()[0].rows == ("weak",)
    later = told("later", start="2026-09-10", end="2026-09-10", edtf="2026-09-10")
    assert issue((often, later)).claims()[0].rows == ("later",), "more than a year ago is no news"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_period_of_which_nothing_was_read_says_so_in_half_a_page(lang: str) -> None:
    corpus = Corpus(PAIR, load_knowledge(), [Extraction(told().testimonies[0].article)], ())
    made = make_issue(corpus, lang=lang, start="2025-09-01", end="2025-09-07")
    newest = made.words.text("summary.unread", day=date(2025, 8, 8))
    assert newest in text(page.front(made).body)
    assert page.gaps(made).body == ""
    method = text(page.method(made, {"start": "2025-09-01"}, {}, "").body)
    assert len(method) < 1500
    read = make_issue(corpus, lang=lang, start="2025-08-01", end="2025-08-31")
    assert read.newest is None
    ahead = replace(made, later=(told(status="planned", start="2025-12", end="2025-12"),))
    assert newest in text(page.front(ahead).body), "a plan for later is no article of this time"


@pytest.mark.parametrize("lang", ["gu", "hi"])
def test_who_stands_in_no_table_is_written_as_the_articles_write_him(lang: str) -> None:
    text_of = "સચિવ અરુણિશ ચાવલાએ કહ્યું"
    article = Article("a", text_of, "gu")
    mention = Mention("person", Span(0, 18), "Arunish Chavla")
    row = told(parties={"IN": ("Arunish Chavla",), "RU": ()})
    words = load_wording(lang)
    block = block_of(words.text("kind.meeting"))
    found = spelled([row], [Extraction(article, mentions=(mention,))], words)
    assert found == {"Arunish Chavla": in_block("અરુણિશ ચાવલા", block)}


@pytest.mark.parametrize("lang", ["gu", "hi"])
def test_no_generic_body_or_office_of_the_pair_is_told_in_english(lang: str) -> None:
    corpus = Corpus(PAIR, load_knowledge(), [], ())
    made = edition_of(corpus, lang)
    names = ["Indian delegation", "Russian delegation", "Finance ministry of India"]
    names += ["Chief Minister of Gujarat", "Agriculture ministry of India", "Governor of Russia"]
    assert not [name for name in names if re.search("[A-Za-z]", made.person(name))]


def test_a_post_is_called_as_its_own_country_calls_it() -> None:
    made = edition("en")
    assert made.office("National Security Adviser", "RU") == "Secretary of the Security Council"
    assert made.office("National Security Adviser", "IN") == "National Security Adviser"


@pytest.mark.parametrize("lang", report_languages())
def test_names_that_reports_print_are_of_the_tables(lang: str) -> None:
    known = load_knowledge().reference
    tables = {
        "forum": known.forums,
        "place": known.places,
        "person": {**known.people, **known.bodies},
    }
    texts = load_wording(lang).texts
    for key in texts:
        section, _, rest = key.partition(".")
        table, _, name = rest.partition(".")
        assert section != "name" or name in tables[table], key
        assert section != "forum" or rest in known.forums, key


def test_a_plan_for_some_day_of_a_stretch_has_passed_on_its_last_day() -> None:
    plan = told(status="planned", start="2025-08", end="2025-08", edtf="2025-08")
    made = replace(issue((plan,)), day=date(2025, 8, 31))
    assert made.unconfirmed and not made.ahead
    dated = told(status="planned", start="2025-08-31", end="2025-08-31", edtf="2025-08-31")
    assert replace(issue((dated,)), day=date(2025, 8, 31)).ahead


def test_what_is_known_to_a_year_belongs_to_no_month_of_the_register() -> None:
    rows = (*sample_rows(), told("year", start="2025", end="2025", edtf="2025"))
    body = page.register(issue(rows)).body
    folds = re.findall(r"<summary>(.*?) \(", body)
    assert "2025" in folds and len(folds) == len(set(folds))


def test_a_plan_that_the_page_itself_tells_as_held_leads_there() -> None:
    plan = told("plan", status="planned", start="2025-08-07", end="2025-08-07", forum="SCO")
    held = told("held", forum="SCO")
    made = replace(issue((plan, held)), day=date(2025, 9, 1))
    body = page.events(made, "unconfirmed").body
    assert 'href="#held"' in body
    assert 'href="#held"' not in page.events(replace(made, rows=(plan,)), "unconfirmed").body
    coming = replace(plan, engagement=replace(plan.engagement, kind="visit", country="IN"))
    somewhere = replace(made, rows=(coming, held))
    assert 'href="#held"' not in page.events(somewhere, "unconfirmed").body


@pytest.mark.parametrize("lang", LANGUAGES)
def test_dates_that_differ_are_said_in_words(lang: str) -> None:
    one, *_ = sample_rows()
    told = replace(one, differences={"date": ("2024-12-08..2024-12-10", "2024-12-08", "2024-12")})
    shown = issue((told,), lang)
    body = page.register(shown).body
    assert "2024-12-08.." not in body
    assert text(body).count(shown.words.day(date(2024, 12, 8))) >= 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", ["held", "planned", "cancelled"])
def test_a_proof_in_another_language_has_a_gloss_in_that_of_the_report(
    lang: str, status: str
) -> None:
    row = told(status=status, place="Moscow", country="RU", topics=("trade",))
    made = issue((row,), lang)
    body = page.register(made).body
    gloss = re.findall(r'<p class="gloss">(.*?)</p>', body)
    if lang == "gu":  # the language of the article
        assert gloss == []
        return
    (said,) = map(text, gloss)
    assert made.edition.person("Narendra Modi") in said and made.edition.place("Moscow") in said
    assert made.words.when(row.engagement) in said
    assert (made.words.text(f"status.{status}") in said) == (status != "held")
    bare = replace(row, engagement=replace(row.engagement, place=None))
    assert (
        made.edition.place("Moscow")
        not in page.register(issue((bare,), lang))
        .body.split('<p class="gloss">')[1]
        .split("</p>")[0]
    )


def test_articles_of_three_languages_are_each_told_in_the_language_of_the_report(
    tmp_path: Path,
) -> None:
    texts = {
        "en": "External Affairs Minister S. Jaishankar met Russian Foreign Minister Sergey "
        "Lavrov in Moscow on 21 August 2025.",
        "hi": "प्रधानमंत्री नरेंद्र मोदी ने 18 अगस्त 2025 को रूस के राष्ट्रपति व्लादिमीर पुतिन से फ़ोन पर बात की।",
        "gu": "વડાપ્રધાન નરેન્દ્ર મોદીએ 7 ઑક્ટોબર 2025ના રોજ રશિયાના રાષ્ટ્રપતિ "
        "વ્લાદિમીર પુતિન સાથે ફોન પર વાત કરી.",
    }
    for lang, said in texts.items():
        article = {"id": lang, "lang": lang, "published": "2025-10-08", "text": said}
        (tmp_path / f"{lang}.json").write_text(json.dumps(article), encoding="utf-8")
    timeline = rj.read(tmp_path).extract().timeline()
    assert len(timeline.rows) == 3
    for lang in texts:
        body = page.register(make_issue(timeline, lang=lang, start="2025", end="2025")).body
        assert body.count('<p class="gloss">') == 2
        assert {*re.findall(r'<blockquote dir="auto" lang="(..)"', body)} == {*texts}
        glosses = text(" ".join(re.findall(r'<p class="gloss">(.*?)</p>', body)))
        assert lang == "en" or not re.search("[A-Za-z]", glosses)


@pytest.mark.parametrize(
    ("fields", "twice"),
    [
        ({}, True),
        ({"start": "2025-07", "end": "2025-07"}, False),
        ({"kind": "call"}, False),
        ({"parties": {"IN": ("Narendra Modi",), "RU": ()}}, False),
        ({"country": "IN"}, False),
        ({"status": "planned"}, False),
    ],
)
def test_what_is_told_with_its_day_is_not_counted_again_where_it_is_told_without(
    fields: dict[str, Any], twice: bool
) -> None:
    dated = told("dated", country="RU", place="Moscow", spans={"place": (Span(5, 14),)})
    month = {
        "country": "RU",
        "start": "2025-08",
        "end": "2025-08",
        "spans": {"country": (Span(5, 14),)},
    }
    vague = told("vague", **month | fields)
    assert (told_twice([dated, vague]) == {"vague"}) is twice
    assert told_twice([vague]) == frozenset()
    corpus = Corpus(PAIR, load_knowledge(), [], (dated, vague))
    made = make_issue(corpus, lang="en", start="2025", end="2025")
    assert ({row.id for row in made.rows} == {"dated"}) is twice
    assert ("vague" in {row.id for row in made.undated}) is twice


def test_a_visit_told_of_by_one_of_its_days_is_the_same_visit() -> None:
    whole = visit("whole", "2025-08-05", "2025-08-08")
    apart = [
        visit("before", "2025-08-04", "2025-08-05"),
        visit("plan", "2025-08-06", "2025-08-06", status="planned"),
        visit("other", "2025-08-06", "2025-08-06", parties={"IN": ("A",), "RU": ()}),
        visit("elsewhere", "2025-08-06", "2025-08-06", country="IN"),
    ]
    part, day = visit("part", "2025-08-06", "2025-08-07"), visit("day", "2025-08-07", "2025-08-07")
    rows = each_once([day, *apart, part, whole])
    assert [row.id for row in rows] == [*(row.id for row in apart), "whole"]
    assert [one.article.id for one in rows[-1].testimonies] == ["a-whole", "a-part", "a-day"]
    assert all(len(row.testimonies) == 1 for row in rows[:-1])


@pytest.mark.parametrize(
    ("fields", "once"),
    [
        ({}, True),
        ({"forum": "SCO"}, True),
        ({"kind": "consultation"}, False),
        ({"place": None}, False),
        ({"place": "Kazan"}, False),
        ({"start": "2025-08-08", "end": "2025-08-08", "edtf": "2025-08-08"}, False),
        ({"status": "cancelled"}, False),
    ],
)
def test_what_is_told_twice_of_one_day_and_place_is_one_event(
    fields: dict[str, Any], once: bool
) -> None:
    first = told("first", place="Moscow", country="RU", topics=("trade",))
    again = told("again", confidence=0.6, **{"place": "Moscow", "country": "RU", **fields})
    rows = each_once([again, first])
    assert [row.id for row in rows] == (["first"] if once else ["again", "first"])
    assert {one.article.id for row in rows for one in row.testimonies} == {"a-first", "a-again"}
    named = [
        replace(row, engagement=replace(row.engagement, forum=forum))
        for row, forum in ((first, "SCO"), (again, "BRICS"))
    ]
    assert len(each_once(named)) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_doubtful_is_shown_with_its_proof_and_is_in_no_list_and_no_count(lang: str) -> None:
    likely, doubtful = told("likely", confidence=0.6), told("doubtful", confidence=0.4)
    undated = told("undated", confidence=0.4, start=None, end=None, edtf=None)
    plan = told("plan", confidence=0.4, status="planned", start="2025-08", end="2025-08")
    later = told("later", confidence=0.4, status="planned", start="2025-12", end="2025-12")
    corpus = Corpus(PAIR, load_knowledge(), [], (likely, doubtful, undated, plan, later))
    made = make_issue(corpus, lang=lang, start="2025-08-01", end="2025-08-31")
    assert [row.id for row in made.register] == ["likely"] and made.undated == ()
    assert [row.id for row in made.doubtful] == ["doubtful", "plan", "undated"]
    body = page.gaps(made).body
    assert made.words.text("register.doubtful_base", count=3) in body
    assert body.count("<blockquote") == 3 and text(body).count("મોદી મોસ્કોમાં") == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_proof_shown_first_is_of_the_event_as_it_stands_and_in_the_language_of_the_report(
    lang: str,
) -> None:
    row = told()
    (one,) = row.testimonies
    plan = replace(one.engagement, status="planned")
    tellings = [
        Testimony(replace(one.article, id=f"{code}-{status.status}", lang=code), status)
        for status in (plan, one.engagement)
        for code in ("ur", "en", "hi", "gu")
    ]
    corpus = Corpus(PAIR, load_knowledge(), [], (replace(row, testimonies=tuple(tellings)),))
    (shown,) = make_issue(corpus, lang=lang, start="2025", end="2025").rows
    assert shown.testimonies[0].article.id == f"{lang}-held"
    assert len(shown.testimonies) == len(tellings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_known_without_a_source_says_so(lang: str) -> None:
    plan = told(status="planned")
    known = Sourced(told().engagement, ("general knowledge",))
    made = replace(issue((plan,), lang), chronology=(known,), untold=(known,))
    said = made.words.text("register.unsourced")
    for body in (page.events(made, "unconfirmed").body, page.register(made).body):
        assert f"({said})" in text(body)
    assert said in text(page.untold(made).body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_totals_of_a_narrowed_report_name_what_it_is_narrowed_to(lang: str) -> None:
    corpus = Corpus(PAIR, load_knowledge(), [], (told(),))
    person = {"person": "Narendra Modi"}
    made = make_issue(corpus, lang=lang, start="2025", end="2025", **person)
    opening = made.claims()[1].text
    assert opening.startswith(f"{made.edition.person('Narendra Modi')}, {made.said}: ")
    assert (
        make_issue(corpus, lang=lang, start="2025", end="2025")
        .claims()[1]
        .text.startswith(f"{made.said}: ")
    )
