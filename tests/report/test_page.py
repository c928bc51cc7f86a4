"""What a page says is what its rows say: of whom, how surely, and in whose words."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.sample_rows import edition, sample_rows

from rajnay.base import paths
from rajnay.knowledge.store import load_knowledge
from rajnay.labels.score import Scores, Verdict
from rajnay.models import Article, Extraction, Row
from rajnay.report import page
from rajnay.report.choice import Choice
from rajnay.report.choosing import narrowed_to, told_of, untold_of
from rajnay.report.edition import offices_of
from rajnay.report.issue import Issue
from rajnay.report.pictures import FEW, pictures_of
from rajnay.report.section import LINKED_DATA
from rajnay.text.reading import scan
from rajnay.timeline.corpus import Corpus
from rajnay.timeline.known import Sourced, load_chronology
from rajnay.timeline.wording import load_wording
from rajnay.times.periods import Period, in_period, resolve_period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
LANGUAGES = ("en", "gu", "hi")


def issue(rows: tuple[Row, ...], lang: str = "en") -> Issue:
    articles = {one.article.id: one.article for row in rows for one in row.testimonies}
    return Issue(
        title="A year",
        edition=edition(lang),
        period=YEAR,
        day=date(2025, 9, 15),
        rows=rows,
        extractions=tuple(map(Extraction, articles.values())),
    )


def retold(rows: tuple[Row, ...], original: str | None = None) -> tuple[Row, ...]:
    """Return the rows as told by retellings."""

    def anew(article: Article) -> Article:
        return replace(article, origin="retelling", original_lang=original)

    return tuple(
        replace(
            row,
            testimonies=tuple(replace(one, article=anew(one.article)) for one in row.testimonies),
        )
        for row in rows
    )


def text(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", body).split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("original", [None, "ru"])
def test_a_retelling_is_said_to_be_one_wherever_it_is_quoted_and_links_to_what_it_follows(
    lang: str, original: str | None
) -> None:
    told = issue(retold(sample_rows()[:4], original), lang)
    words = told.words
    values = {"language": words.language("gu"), "outlet": "દૈનિક 1"}
    values |= {"original": words.language("ru")} if original else {}
    said = words.text("register.retold_from" if original else "register.retold", **values)
    section = page.register(told)
    assert text(section.body).count(said) == len(told.rows)
    assert words.text("field.evidence") not in section.body
    assert not re.search(r"<cite[^>]*><a", section.body), "the headline is no headline of the link"
    assert said in text(page.gaps(replace(told, undated=told.rows, extractions=())).body)
    method = text(page.method(told, {}, {}).body)
    count = len(told.extractions)
    assert words.text("method.retold", count=count, languages=[words.language("gu")]) in method
    for event in section.data[LINKED_DATA]["@graph"]:
        for article in event["subjectOf"]:
            assert article["inLanguage"] == "gu" and "url" not in article
            assert article["isBasedOn"].get("inLanguage") == original
            assert article["isBasedOn"]["url"].startswith("https://example.org/")


def test_an_article_as_printed_is_in_its_own_words() -> None:
    told = issue(sample_rows()[:4])
    section = page.register(told)
    assert "retold" not in text(section.body) + text(page.method(told, {}, {}).body)
    assert told.words.text("field.evidence") in section.body
    assert "isBasedOn" not in json.dumps(section.data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_entry_shows_how_sure_it_is_and_a_weak_one_says_check_this_wherever_it_is_listed(
    lang: str,
) -> None:
    surenesses = {"weak": 0.6, "fair": 0.8, "high": 0.95}
    rows = tuple(
        replace(row, engagement=replace(row.engagement, confidence=sure, status="held"))
        for row, sure in zip(sample_rows(), surenesses.values(), strict=False)
    )
    told = issue(rows, lang)
    said = {sure: told.words.text(f"sure.{sure}") for sure in surenesses}
    entries = page.register(told).body.split("<article")[1:]
    for sure, entry in zip(surenesses, entries, strict=True):
        assert [one for one in said if f">{said[one]}<" in entry] == [sure]
    listed = page.events(told, "happened").body
    assert [one for one in said if f">{said[one]}<" in listed] == ["weak"]


def test_accuracy_is_that_of_articles_nobody_has_read(tmp_path: Path) -> None:
    lines = ["id,split,report,hard", "a,tuned,,", "b,unread,,", "c,fresh,,", "d,kept-aside,,"]
    (tmp_path / "splits.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in "abcd":
        label = {"id": name, "lang": "gu", "text": "ભારત", "gold": []}
        (tmp_path / f"{name}.json").write_text(json.dumps(label), encoding="utf-8")
    read = [Extraction(Article(name, "ભારત", "gu")) for name in "abcd"]
    corpus = Corpus(("IN", "RU"), None, read, ())  # type: ignore[arg-type]
    assert corpus.accuracy(tmp_path)["gu"].articles == 2


def test_accuracy_is_told_as_found_real_and_right_in_every_field() -> None:
    record = {"confidence": 0.95}
    right = dict.fromkeys(("date", "place", "country", "people", "kind", "status"), 1.0)
    verdicts = (
        *[Verdict("a", "gu", record, record, right)] * 2,
        Verdict("a", "gu", record, record, right | {"date": 0.0}),
        Verdict("a", "gu", None, {"confidence": 0.6}, {}),
        Verdict("a", "gu", record, None, {}),
        Verdict("a", "gu", record, {"confidence": 0.4}, right),
        Verdict("a", "gu", None, {"confidence": 0.4}, {}),
    )
    body = text(page.method(issue(sample_rows()[:1]), {}, {"gu": Scores(1, verdicts)}).body)
    assert "Gujarati160%75%50%" in body.replace(" ", "")
    assert "wellsupported367%checkthis10%doubtful250%" in body.replace(" ", "")


def entries(told: Issue) -> list[dict[str, str]]:
    """Return the attributes of each entry of the register, as the page has them."""
    opened = re.findall(r'<article class="entry[^>]*>', page.register(told).body)
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', one)) for one in opened]


def number(told: Issue, said: str) -> int:
    digits = str(told.words.texts["digits"])
    return int("".join(str(digits.index(one)) for one in said if one in digits))


KINDS_OF_REPORT: dict[str, tuple[str, dict[str, str]]] = {
    "a year": ("2025", {}),
    "several years": ("2016..2025", {}),
    "a month": ("2025-08", {}),
    "a quiet week": ("2025-08-11..2025-08-17", {}),
    "a person": ("2016..2025", {"person": "S. Jaishankar"}),
    "a forum": ("2016..2025", {"forum": "SCO"}),
    "a topic": ("2016..2025", {"topic": "trade"}),
}


def report(lang: str, said: str, about: dict[str, str]) -> Issue:
    """Return what a report on a period, narrowed to something or not, tells of the sample rows."""
    period = resolve_period(said, YEAR.last)
    rows, later = told_of(
        narrowed_to(sample_rows("2016-01-01", "2025-12-31"), Choice(**about)), period
    )
    made = replace(issue(rows, lang), later=later, narrowed=bool(about), period=period)
    return replace(
        made, day=min(made.day, period.last), chronology=load_chronology() if not about else ()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS_OF_REPORT)
def test_all_numbers_of_a_page_are_those_of_its_own_entries(lang: str, kind: str) -> None:
    told = report(lang, *KINDS_OF_REPORT[kind])
    text_of, shown = told.words.text, entries(told)
    own = {row.id for row in told.rows}
    inside = [one for one in shown if one["id"] in own]
    held = [one for one in shown if one["data-status"] == "held"]
    names = ("held", "planned", "unconfirmed", "cancelled")
    counts, within = (
        {name: sum(one["data-status"] == name for one in some) for name in names}
        for some in (shown, inside)
    )
    assert kind != "several years" or min(counts.values()) > 0
    assert (kind == "a quiet week") == (len(held) < FEW)
    figures = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.figures(told).body)
    at_a_glance = {name: number(told, value) for name, value in figures}
    people = {name for one in held for name in one["data-people"].split("|") if name}
    counted = {text_of(f"figure.{name}"): count for name, count in counts.items()}
    counted[text_of("figure.people")] = sum(map(told.edition.levels.is_person, people))
    assert {name: at_a_glance.get(name, 0) for name in counted} == counted
    lists = {"held": "happened", "planned": "ahead"}
    for name, count in counts.items():
        assert page.events(told, lists.get(name, name)).body.count("<li>") == count
    said = " ".join(claim.text for claim in told.claims())
    assert text_of("count.engagements", count=counts["held"]).split()[0] in said
    for name in ("unconfirmed", "cancelled"):
        claim = text_of(f"summary.{name}", count=counts[name])
        assert (claim in said) == (counts[name] > 0)
    titles = ("strip", "matrix", "topics", "places")
    named = {text_of(f"chart.{name}.title"): name for name in titles}
    drawn = {named[one.title]: one for one in pictures_of(told) if one.title in named}
    assert bool(drawn) == (len(held) >= FEW)
    if len(held) < FEW:
        return
    strip = drawn["strip"]
    statuses = [text_of(f"count.{name}", count=count) for name, count in within.items() if count]
    assert ", ".join(statuses) in strip.alt and len(strip.table) == len(inside)
    topics = drawn["topics"].table
    totals = dict(zip(topics[text_of("field.topic")], topics[text_of("field.count")], strict=True))
    about = Counter(t for one in held for t in one["data-topics"].split("|") if t)
    assert totals == {text_of(f"topic.{topic}"): count for topic, count in about.items()}
    most = max(about.values())
    assert f"({told.words.number(most)})" in drawn["topics"].alt
    matrix = drawn["matrix"].table
    sides = [told.words.country(code) for code in told.edition.pair]
    for _, line in matrix.iterrows():
        pair = {line[side] for side in sides}
        both = sum(
            pair <= {told.edition.person(name) for name in one["data-people"].split("|")}
            for one in held
        )
        assert line[text_of("field.count")] == both
    where = Counter(row.engagement.place for row in told.register if told.status(row) == "held")
    where.pop(None, None)
    assert at_a_glance[text_of("figure.places")] == len(where)
    assert ("places" in drawn) == (len(where) > 1)
    if places := drawn.get("places"):
        assert len(places.table) == len(where)
        assert places.table[text_of("field.count")].sum() == where.total()


@pytest.mark.parametrize(
    ("period", "narrowed", "chronology"),
    [
        ("2025", False, {"months", "longview"}),
        ("2025", True, set()),
        ("2025-08", False, {"months"}),
        ("2025-08-18..2025-08-24", False, set()),
        ("2016..2025", False, {"longview"}),
    ],
)
def test_the_chronology_is_drawn_only_beside_all_of_whole_months_and_says_what_it_is(
    period: str, narrowed: bool, chronology: set[str]
) -> None:
    told = replace(
        issue(sample_rows()),
        period=resolve_period(period, YEAR.last),
        chronology=load_chronology(),
        narrowed=narrowed,
    )
    titles = {name: told.words.text(f"chart.{name}.title") for name in ("months", "longview")}
    drawn = {one.title: one for one in pictures_of(told)}
    assert {name for name, title in titles.items() if title in drawn} == chronology
    for name in chronology:
        said = " ".join(label.text for label in drawn[titles[name]].labels)
        assert "researched chronology" in said


def test_few_engagements_have_no_picture_and_nothing_is_listed_that_is_not_there() -> None:
    told = issue(sample_rows()[:3])
    assert (
        pictures_of(replace(told, period=resolve_period("2025-01-01..2025-01-07", YEAR.last))) == []
    )
    empty = issue(())
    shown = [page.events(empty, name) for name in ("ahead", "unconfirmed", "happened", "cancelled")]
    shown += [page.pictures(empty, []), page.figures(empty), page.register(empty)]
    assert [one.body for one in shown] == [""] * 7


@pytest.mark.parametrize("status", ["held", "cancelled", "planned"])
def test_an_unconfirmed_plan_that_the_chronology_knows_more_of_says_so_with_its_source(
    status: str,
) -> None:
    plan = next(row for row in sample_rows() if str(row.engagement.start) < "2025-09-01")
    plan = replace(plan, engagement=replace(plan.engagement, status="planned"))
    known = Sourced(replace(plan.engagement, status=status), ("https://example.org/known",))
    told = replace(issue((plan,)), chronology=(known,))
    values = {"status": told.words.text(f"status.{status}"), "when": told.words.when(known[0])}
    said = told.words.text("register.elsewhere", **values)
    for body in (page.events(told, "unconfirmed").body, page.register(told).body):
        assert (said in body, 'href="https://example.org/known"' in body) == (
            (False, False) if status == "planned" else (True, True)
        )


def test_what_is_known_and_told_by_no_article_is_listed_apart_with_its_sources() -> None:
    known = load_chronology()[:2]
    told = replace(issue(sample_rows()), untold=known)
    body = page.untold(told).body
    assert body.count("<li>") == 2
    assert all(f'href="{source}"' in body for one in known for source in one.sources)
    assert page.untold(issue(sample_rows())).body == ""
    assert untold_of(known, [Row("", known[0].engagement, ())], Period(date.min, date.max)) == (
        known[1],
    )


def test_contacts_and_lists_of_the_period_hold_nothing_untold() -> None:
    told = issue(sample_rows())
    more = replace(told, untold=load_chronology()[:2])
    assert page.figures(told).body == page.figures(more).body
    assert told.claims() == more.claims()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_no_date_is_told_by_the_day_of_its_article_and_counted_nowhere(lang: str) -> None:
    row, other, *_ = sample_rows()
    none = replace(row.engagement, start=None, end=None, edtf=None, status="held")
    told = issue((other,), lang)
    dateless = replace(row, engagement=replace(none, parties={"IN": ("A",), "RU": ("B",)}))
    again = replace(
        row,
        id="again",
        engagement=replace(none, parties=other.engagement.parties, kind=other.engagement.kind),
    )
    more = replace(told, undated=(dateless, again))
    published = dateless.testimonies[0].article.published
    assert more.dateless == (dateless,)
    said = told.words.text("when.by", day=published)
    assert said in page.events(more, "happened").body and said in page.gaps(more).body
    assert page.figures(more).body == page.figures(told).body
    late = replace(more, period=Period(date(2025, 12, 1), date(2025, 12, 31)))
    assert late.dateless == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_long_register_is_open_and_can_be_folded_by_month(lang: str) -> None:
    told = issue(in_period(sample_rows(), YEAR), lang)
    body = page.register(told).body
    folds = re.findall(r'<details class="month" (\w+)><summary>(.*?)</summary>', body)
    assert {state for state, _ in folds} == {"open"}
    names = [told.words.day(date(2025, month, 1), "month") for month in range(1, 13)]
    counts = {name.split(" (")[0]: number(told, name.split(" (")[1]) for _, name in folds}
    assert list(counts) == [name for name in names if name in counts]
    assert sum(counts.values()) == body.count('<article class="entry')
    assert "<details class=" not in page.register(issue(sample_rows()[:5])).body


def test_no_more_articles_of_the_corpus_lack_publisher_and_address_than_came_without() -> None:
    read = [one for one in scan([paths.ARTICLES]) if isinstance(one, Article)]
    lacking = [one.id for one in read if not (one.url and one.publisher)]
    assert len(lacking) <= 59, "reports print these as of an outlet not named"


@pytest.mark.parametrize("lang", ["gu", "hi"])
def test_no_office_of_the_chronology_is_told_in_another_language(lang: str) -> None:
    knowledge = load_knowledge()
    offices = offices_of(knowledge, load_wording(lang))
    held = {one.office for one in knowledge.reference.tenures if one.country in ("IN", "RU")}
    foreign = {one for one in held if offices.get(one, one).isascii()}
    assert foreign == set()


def test_plans_for_what_was_one_event_are_listed_once_with_the_other_times_that_were_told() -> None:
    held, *_ = (row for row in sample_rows() if row.engagement.status == "held")
    plan = replace(held, engagement=replace(held.engagement, status="planned"))
    told = issue((held, replace(plan, id="p1"), replace(plan, id="p2"), replace(plan, id="p3")))
    body = page.events(told, "unconfirmed").body
    assert body.count("<li>") == 1
    assert [body.count(f'href="#{name}"') for name in ("p1", "p2", "p3")] == [1, 1, 1]


def test_topics_told_once_each_are_no_picture_and_two_places_no_map() -> None:
    (row, *_) = (row for row in sample_rows() if row.engagement.status == "held")
    plain = replace(row.engagement, topics=("trade",), place="Moscow", country="RU")
    rows = [replace(row, id=f"r{number}", engagement=plain) for number in range(FEW)]
    titles = [edition("en").wording.text(f"chart.{name}.title") for name in ("topics", "places")]

    def drawn(rows: list[Row]) -> list[bool]:
        shown = {one.title for one in pictures_of(issue(tuple(rows)))}
        return [title in shown for title in titles]

    assert drawn(rows) == [True, False]
    once = [replace(one, engagement=replace(plain, topics=())) for one in rows[1:]]
    assert drawn([rows[0], *once]) == [False, False]
