"""One row an event: which tellings are merged, what the row says, and that order and repetition
change nothing.
"""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rajnay.compose.extract import extract
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Engagement, Extraction, Row, Span
from rajnay.timeline.build import build_timeline

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "timeline.yaml").read_text(encoding="utf-8")
)
IDENTITIES = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "identity.yaml").read_text(encoding="utf-8")
)
DEFAULTS: dict[str, Any] = {
    "kind": "meeting",
    "status": "held",
    "start": "2025-08-21",
    "IN": ["S. Jaishankar"],
    "RU": ["Sergey Lavrov"],
}


def engagement(**given: Any) -> Engagement:
    fields = DEFAULTS | given
    sides = {
        side: tuple(fields[side]) for side in ("IN", "RU", "CN") if fields.get(side) is not None
    }
    start = fields["start"]
    plain = {
        name: fields.get(name) for name in ("kind", "status", "place", "country", "forum", "source")
    }
    return Engagement(
        **plain,
        start=start,
        end=fields.get("end", start),
        edtf=start,
        parties=sides,
        topics=tuple(fields.get("topics", ())),
        evidence=Span(0, 4),
        confidence=fields.get("confidence", 0.5),
    )


def extractions(tellings: list[dict[str, Any]]) -> list[Extraction]:
    articles = {
        one["article"]: Article(one["article"], "text", "gu", published=one["published"])
        for one in tellings
    }
    return [
        Extraction(article, tuple(engagement(**one) for one in tellings if one["article"] == name))
        for name, article in articles.items()
    ]


def shown(row: Row, field: str) -> Any:
    if field == "articles":
        return sorted(telling.article.id for telling in row.testimonies)
    if field == "differences":
        return {name: list(values) for name, values in row.differences.items()}
    return (
        list(row.engagement.parties[field])
        if field in row.engagement.parties
        else getattr(row.engagement, field)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_merging(case: dict[str, Any]) -> None:
    rows = build_timeline(extractions(case["tellings"]))
    assert sorted(shown(row, "articles") for row in rows) == sorted(
        sorted(row["articles"]) for row in case["rows"]
    )
    for expected in case["rows"]:
        found = next(
            row
            for row in rows
            if all(
                shown(row, field) == expected[field]
                for field in ("articles", "kind")
                if field in expected
            )
        )
        assert {field: shown(found, field) for field in expected} == expected


ENGAGEMENTS = st.builds(
    engagement,
    kind=st.sampled_from(["meeting", "visit", "call", "multilateral"]),
    status=st.sampled_from(["planned", "held", "cancelled"]),
    start=st.sampled_from([None, "--08-21", "2025", "2025-08", "2025-08-05", "2025-08-21"]),
    end=st.sampled_from([None, "2025-08-21", "2025-08-25"]),
    place=st.sampled_from([None, "Moscow", "Sochi"]),
    country=st.sampled_from([None, "RU", "IN"]),
    forum=st.sampled_from([None, "SCO", "BRICS"]),
    IN=st.lists(st.sampled_from(["Narendra Modi", "S. Jaishankar"]), unique=True),
    RU=st.lists(st.sampled_from(["Vladimir Putin", "Sergey Lavrov"]), unique=True),
    confidence=st.sampled_from([0.0, 0.5, 1.0]),
)
ARTICLES = st.builds(
    Article,
    id=st.sampled_from("abcdefgh"),
    text=st.just("text"),
    published=st.sampled_from([None, date(2025, 8, 13), date(2025, 8, 22)]),
    publisher=st.sampled_from([None, "x", "y"]),
)
SETS = st.lists(
    st.builds(Extraction, ARTICLES, st.lists(ENGAGEMENTS, max_size=3).map(tuple)),
    max_size=8,
    unique_by=lambda one: one.article.id,
)


@given(SETS, st.randoms())
def test_order_and_repetition_change_nothing(told: list[Extraction], random: Any) -> None:
    shuffled = told + random.sample(told, k=len(told) // 2)
    random.shuffle(shuffled)
    assert build_timeline(shuffled) == build_timeline(told)


@given(SETS)
def test_every_telling_lands_in_exactly_one_row(told: list[Extraction]) -> None:
    rows = build_timeline(told)
    landed = [
        (telling.article.id, repr(telling.engagement))
        for row in rows
        for telling in row.testimonies
    ]
    assert sorted(landed) == sorted(
        {(one.article.id, repr(each)) for one in told for each in one.engagements}
    )


@given(SETS)
def test_rows_can_be_told_apart_and_stand_on_their_best_telling(told: list[Extraction]) -> None:
    rows = build_timeline(told)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.engagement.evidence == row.testimonies[0].engagement.evidence
        assert 0 <= row.engagement.confidence <= 1
        assert row.engagement.status in {telling.engagement.status for telling in row.testimonies}
        assert row.engagement.start in {telling.engagement.start for telling in row.testimonies}
        assert len({telling.article.id for telling in row.testimonies}) == len(row.testimonies)


@pytest.mark.parametrize("case", IDENTITIES, ids=[case["case"] for case in IDENTITIES])
@given(random=st.randoms())
def test_the_id_stays_whatever_joins_in_whatever_order(case: dict[str, Any], random: Any) -> None:
    first, *joining = extractions(case["tellings"])
    random.shuffle(joining)
    told = [first, *joining]
    timelines = [build_timeline(told[: number + 1]) for number in range(len(told))]
    assert [len(rows) for rows in timelines] == [1] * len(told)
    assert {rows[0].id for rows in timelines} == {timelines[0][0].id}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, date(2025, 8, 1), date(2025, 8, 30)]),
            st.builds(
                engagement,
                kind=st.sampled_from(["meeting", "visit"]),
                status=st.sampled_from(["planned", "held"]),
                start=st.sampled_from(["2025", "2025-08", "2025-08-20"]),
                end=st.just("2025-08-22"),
                IN=st.lists(st.sampled_from(["Narendra Modi", "S. Jaishankar"]), unique=True),
                RU=st.lists(st.sampled_from(["Vladimir Putin", "Sergey Lavrov"]), unique=True),
            ),
        ),
        max_size=6,
    )
)
def test_nothing_vaguer_changes_an_id(others: list[tuple[date | None, Engagement]]) -> None:
    told = [Extraction(Article("m", "text", "gu", published=date(2025, 8, 22)), (engagement(),))]
    names = set()
    for number, (published, one) in enumerate([*others, (None, engagement(start="2025"))]):
        names |= {
            row.id
            for row in build_timeline(told)
            if "m" in {telling.article.id for telling in row.testimonies}
        }
        told.append(Extraction(Article(f"{number}", "text", "gu", published=published), (one,)))
    assert len(names) == 1


def test_two_events_of_the_same_people_in_a_month_have_ids_of_their_own() -> None:
    one, other = extractions(
        [
            {"article": "a", "published": date(2025, 8, 4), "start": "2025-08-04"},
            {"article": "b", "published": date(2025, 8, 22)},
        ]
    )
    alone, both = build_timeline([one]), build_timeline([other, one])
    assert len({row.id for row in both}) == 2
    assert both[0].id == alone[0].id


def test_the_number_of_comparisons_does_not_grow_with_the_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rajnay.timeline.grouping import Event

    compared = 0
    fit = Event.fit

    def counting(event: Event, telling: Any) -> Any:
        nonlocal compared
        compared += 1
        return fit(event, telling)

    monkeypatch.setattr(Event, "fit", counting)
    days = [
        date.fromordinal(date(2000, 1, 1).toordinal() + 3 * number).isoformat()
        for number in range(600)
    ]
    build_timeline(
        Extraction(Article(f"{day}/{copy}", "text", "gu"), (engagement(start=day),))
        for day in days
        for copy in range(3)
    )
    assert compared < 20 * 3 * len(days)


# A fault of the library's own
# --------------------------------------------------------------------------------------------------

STAGES = ["build.Telling", "grouping.blocks", "grouping.choose", "build.identities", "build.merge"]


def failing(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stage of merging break whenever the article named bad comes into it."""
    module, _, name = f"rajnay.timeline.{stage}".rpartition(".")
    room = importlib.import_module(module)
    real = getattr(room, name)

    def broken(first: Any, *others: Any) -> Any:
        told = getattr(first, "testimony", first)
        named = [one.article.id for one in told] if isinstance(told, list) else []
        named += [told.article.id] if hasattr(told, "article") else []
        named += [told.id] if isinstance(told, Article) else []
        if "bad" in named:
            raise RuntimeError("no way")
        return real(first, *others)

    monkeypatch.setattr(room, name, broken)


@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_in_merging_leaves_out_what_it_broke_and_tells_of_it(
    stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [
        {"article": name, "published": date(2025, 8, 22), "start": day}
        for name, day in (("good", "2025-08-04"), ("bad", "2025-08-12"), ("other", "2025-08-21"))
    ]
    given = extractions(told)
    failing(stage, monkeypatch)
    faults: list[ValueError] = []
    rows = build_timeline(given, faults.append)
    assert [row.engagement.start for row in rows] == ["2025-08-04", "2025-08-21"]
    said = "bad: a fault of rajnay, not of the article (RuntimeError: no way); please report it"
    assert [str(one) for one in faults] == [said]
    with pytest.raises(RuntimeError):
        build_timeline(given)


TOLD_IN = {
    "en": "External Affairs Minister S. Jaishankar met Russian Foreign Minister Sergey Lavrov in "
    "Moscow on Tuesday.",
    "gu": "વિદેશ મંત્રી એસ. જયશંકર મંગળવારે મોસ્કોમાં રશિયાના વિદેશ મંત્રી સેર્ગેઈ લવરોવને મળ્યા હતા.",
    "hi": "विदेश मंत्री एस जयशंकर ने मंगलवार को मॉस्को में रूसी विदेश मंत्री सर्गेई लावरोव से मुलाकात की।",
    "mr": "परराष्ट्रमंत्री एस. जयशंकर यांनी मंगळवारी मॉस्कोत रशियाचे परराष्ट्रमंत्री सर्गेई लावरोव यांची भेट घेतली.",
}


def test_the_same_event_in_several_languages_is_one_row_with_as_many_sources() -> None:
    day = date(2025, 8, 13)
    articles = [Article(lang, text, lang, published=day) for lang, text in TOLD_IN.items()]
    told = [extract(article, ("IN", "RU"), load_knowledge()) for article in articles]
    (row,) = build_timeline(told)
    assert sorted(one.article.id for one in row.testimonies) == sorted(TOLD_IN)
    assert (row.engagement.place, row.engagement.start) == ("Moscow", "2025-08-12")
