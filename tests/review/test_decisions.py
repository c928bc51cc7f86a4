"""Decisions by hand hold whatever the extraction then says and in whatever order articles come
in; they are kept, undone, and carried in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rajnay.archive.store import Archive
from rajnay.models import Article, Engagement, Extraction, Row, Span, Testimony
from rajnay.review.decisions import (
    FIELDS,
    Anchor,
    Decision,
    Decisions,
    Undone,
    checked,
    packed,
    unpacked,
)
from rajnay.review.kept import DecisionError, every, holding, keep, undo
from rajnay.review.table import TableError, read, written
from rajnay.timeline.build import build_timeline

PAIR = ("IN", "RU")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
IN, RU = ("Ann", "Bob"), ("Vera", "Yuri")


def engagement(at: int, **fields: Any) -> Engagement:
    """Return an engagement that the sentence of a place proves."""
    told: dict[str, Any] = {
        "kind": "meeting",
        "status": "held",
        "start": "2025-08-21",
        "end": "2025-08-21",
        "edtf": "2025-08-21",
        "place": "Aville",
        "country": "IN",
        "parties": {"IN": ("Ann",), "RU": ("Vera",)},
        "forum": None,
        "topics": (),
        "source": None,
        "confidence": 0.6,
        **fields,
    }
    if "start" in fields and "end" not in fields:
        told |= {"end": fields["start"], "edtf": fields["start"]}
    return Engagement(**told, evidence=Span(20 * at, 20 * at + 18))


def article(name: str, published: date | None = date(2025, 8, 22)) -> Article:
    text = "".join(f"{f'{name} says {at}':<18}. " for at in range(4))
    return Article(name, text, "en", published, publisher=name)


def extraction(name: str, *told: Engagement) -> Extraction:
    return Extraction(article(name), told)


def decide(action: Any, row: Row, number: int = 0, **more: Any) -> Decision:
    anchors = tuple(map(Anchor.of, row.testimonies))
    return Decision(action, PAIR, anchors, "A reader", NOW + timedelta(seconds=number), **more)


def rows_of(told: Sequence[Extraction], *decisions: Decision) -> tuple[Row, ...]:
    faults: list[ValueError] = []
    rows = build_timeline(told, faults.append, Decisions.holding(decisions, PAIR, {}))
    assert not [one for one in faults if "any more" not in str(one)]
    return rows


def facts(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    return [
        (row.id, row.engagement, [one.article.id for one in row.testimonies], row.by_hand)
        for row in rows
    ]


# What each does
# --------------------------------------------------------------------------------------------------


def test_accepting_fixes_all_fields_and_makes_sure() -> None:
    told = [extraction("a", engagement(0))]
    accepted = decide("accept", rows_of(told)[0])
    other = [extraction("a", engagement(0, place="Elsewhere", topics=("trade",)))]
    for drawn in (told, other, [extraction("a")]):
        (row,) = rows_of(drawn, accepted)
        assert (row.engagement.place, row.engagement.topics) == ("Aville", ())
        assert row.engagement.confidence == 0.99
        assert [(one.action, one.who, one.when) for one in row.by_hand] == [
            ("accept", "A reader", NOW.date())
        ]


def test_a_correction_sets_its_field_alone() -> None:
    told = [extraction("a", engagement(0)), extraction("b", engagement(1))]
    mended = decide("correct", rows_of(told)[0], changes={"place": "Beeburg", "country": "RU"})
    (row,) = rows_of(told, mended)
    assert (row.engagement.place, row.engagement.country) == ("Beeburg", "RU")
    assert row.by_hand[0].fields == ("place", "country")
    assert not row.differences
    (row,) = rows_of([extraction("a", engagement(0, topics=("trade",)))], mended)
    assert (row.engagement.place, row.engagement.topics) == ("Beeburg", ("trade",))


def test_a_corrected_date_joins_what_was_right() -> None:
    told = [extraction("a", engagement(0)), extraction("b", engagement(0, start="2025-08-22"))]
    first = rows_of(told)
    assert len(first) == 2
    mended = decide("correct", first[0], changes={"date": "2025-08-22"})
    (row,) = rows_of(told, mended)
    assert row.engagement.start == row.engagement.end == row.engagement.edtf == "2025-08-22"
    assert len(row.testimonies) == 2


def test_a_correction_stands_against_what_others_say_and_takes_in_the_same_mistake() -> None:
    told = [extraction("a", engagement(0))]
    mended = decide("correct", rows_of(told)[0], changes={"date": "2025-08-25"})
    later = [*told, *(extraction(name, engagement(0)) for name in "bcd")]
    (row,) = rows_of(later, mended)
    assert (row.engagement.start, len(row.testimonies)) == ("2025-08-25", 4)
    mended = decide("correct", rows_of(told)[0], changes={"place": "Beeburg"})
    others = [extraction(name, engagement(0, place="Ceetown")) for name in "bcd"]
    (row,) = rows_of([*told, *others], mended)
    assert row.engagement.place == "Beeburg"
    assert row.differences["place"]


def test_a_status_set_by_hand_gives_way_to_later_news() -> None:
    told = [extraction("a", engagement(0, status="held"))]
    mended = decide("correct", rows_of(told)[0], changes={"status": "planned"})
    (row,) = rows_of(told, mended)
    assert row.engagement.status == "planned"
    later = Extraction(article("b", NOW.date() + timedelta(days=1)), (engagement(0),))
    (row,) = rows_of([*told, later], mended)
    assert row.engagement.status == "held"


def test_what_is_rejected_is_gone_also_when_others_repeat_it() -> None:
    told = [extraction("a", engagement(0), engagement(2, kind="call"))]
    row = next(row for row in rows_of(told) if row.engagement.kind == "meeting")
    rejected = decide("reject", row)
    again = [*told, extraction("b", engagement(0))]
    assert [row.engagement.kind for row in rows_of(again, rejected)] == ["call"]
    other_day = extraction("c", engagement(0, start="2025-08-23"))
    assert len(rows_of([*again, other_day], rejected)) == 2


def test_merged_rows_are_one_and_split_ones_apart() -> None:
    told = [extraction("a", engagement(0)), extraction("b", engagement(0, start="2025-09-01"))]
    one, other = rows_of(told)
    both = (*one.testimonies, *other.testimonies)
    merged = Decision("merge", PAIR, tuple(map(Anchor.of, both)), "A reader", NOW)
    (row,) = rows_of(told, merged)
    assert len(row.testimonies) == 2
    split = Decision(
        "split",
        PAIR,
        (Anchor.of(row.testimonies[0]),),
        "A reader",
        NOW + timedelta(seconds=1),
        apart=(Anchor.of(row.testimonies[1]),),
    )
    assert len(rows_of(told, merged, split)) == 2
    assert len(rows_of(told, replace(merged, when=NOW + timedelta(seconds=2)), split)) == 1
    same = [extraction("a", engagement(0)), extraction("b", engagement(0))]
    (whole,) = rows_of(same)
    split = replace(
        split,
        anchors=(Anchor.of(whole.testimonies[0]),),
        apart=(Anchor.of(whole.testimonies[1]),),
    )
    parted = rows_of(same, split)
    assert len({row.id for row in parted}) == 2
    assert len(rows_of([*same, extraction("c", engagement(0))], split)) == 2


def test_rejecting_a_part_of_what_was_split_leaves_the_other() -> None:
    same = [extraction("a", engagement(0)), extraction("b", engagement(0))]
    (whole,) = rows_of(same)
    sides = [Anchor.of(one) for one in whole.testimonies]
    split = Decision("split", PAIR, (sides[0],), "A reader", NOW, apart=(sides[1],))
    parted = rows_of(same, split)
    rejected = decide("reject", parted[1], 1)
    (left,) = rows_of(same, split, rejected)
    assert [one.article.id for one in left.testimonies] == [
        one.article.id for one in parted[0].testimonies
    ]


def test_what_was_missed_is_put_in_and_not_twice_when_it_is_found() -> None:
    missed = engagement(3, kind="agreement")
    anchor = Anchor("a", missed, missed.evidence.of(article("a").text))
    added = Decision("add", PAIR, (anchor,), "A reader", NOW)
    for told in (
        (),
        (engagement(0),),
        (engagement(0), engagement(3, kind="agreement", place=None)),
    ):
        rows = rows_of([extraction("a", *told)], added)
        assert [row.engagement.place for row in rows if row.engagement.kind == "agreement"] == [
            "Aville"
        ]
        assert len(rows) == len({one.evidence for one in (*told, missed)})


def test_what_stood_elsewhere_in_the_text_is_found_there() -> None:
    told = [extraction("a", engagement(1))]
    accepted = decide("accept", rows_of(told)[0])
    moved = replace(article("a"), text=f"A new headline.\n{article('a').text}")
    (row,) = rows_of([Extraction(moved, ())], accepted)
    assert row.engagement.evidence.of(moved.text) == accepted.anchors[0].words


def test_a_decision_about_words_that_are_gone_is_named() -> None:
    told = [extraction("a", engagement(1))]
    accepted, rejected = (decide(action, rows_of(told)[0]) for action in ("accept", "reject"))
    faults: list[ValueError] = []
    other = Extraction(replace(article("a"), text="Nothing of it."), ())
    decisions = Decisions.holding([accepted, rejected], PAIR, {})
    assert build_timeline([other], faults.append, decisions) == ()
    (fault,) = map(str, faults)
    assert accepted.id in fault and "not in article a any more" in fault


def test_a_wire_copy_takes_over_what_was_decided_about_its_original() -> None:
    told = [extraction("a", engagement(0))]
    rejected = decide("reject", rows_of(told)[0])
    copy = [extraction("copy", engagement(0))]
    assert len(rows_of(copy, rejected)) == 1
    held = Decisions.holding([rejected], PAIR, {"a": "copy"})
    assert build_timeline(copy, None, held) == ()


# Whatever comes
# --------------------------------------------------------------------------------------------------


@st.composite
def tellings(draw: Callable[..., Any]) -> Engagement:
    """Any engagement of a small world, so that many meet."""
    people = {
        "IN": tuple(sorted(draw(st.sets(st.sampled_from(IN), max_size=2)))),
        "RU": tuple(sorted(draw(st.sets(st.sampled_from(RU), min_size=1, max_size=2)))),
    }
    return engagement(
        draw(st.integers(0, 3)),
        kind=draw(st.sampled_from(["meeting", "visit", "call"])),
        start=draw(st.sampled_from(["2025-08-21", "2025-08-22", "2025-08", None])),
        place=draw(st.sampled_from(["Aville", "Beeburg", None])),
        status=draw(st.sampled_from(["planned", "held"])),
        parties=people,
    )


@st.composite
def worlds(draw: Callable[..., Any]) -> list[Extraction]:
    names = [f"n{number}" for number in range(draw(st.integers(1, 6)))]
    return [
        extraction(
            name, *draw(st.lists(tellings(), max_size=2, unique_by=lambda one: one.evidence))
        )
        for name in names
    ]


@st.composite
def decided(draw: Callable[..., Any], told: list[Extraction], least: int = 0) -> list[Decision]:
    """Decisions made one after the other, each on what was known and decided by then."""
    made: list[Decision] = []
    for number in range(draw(st.integers(least, 4))):
        known = told[: draw(st.integers(1, len(told)))]
        rows = [row for row in rows_of(known, *made) if row.testimonies]
        if not rows:
            continue
        row, other = draw(st.sampled_from(rows)), draw(st.sampled_from(rows))
        action = draw(st.sampled_from(["accept", "correct", "reject", "merge", "split"]))
        one = decide(action, row, number)
        if action == "correct":
            changes = draw(st.sampled_from([{"place": "Ceetown"}, {"date": "2025-08-30"}]))
            one = replace(one, changes=changes)
        elif action == "merge":
            both = {id(each): each for each in (*row.testimonies, *other.testimonies)}
            one = replace(one, anchors=tuple(map(Anchor.of, both.values())))
        elif action == "split":
            one = replace(one, anchors=one.anchors[:1], apart=one.anchors[1:])
        made.append(one)
    return made


@given(st.data())
@settings(max_examples=50)
def test_the_order_of_arrival_changes_nothing(data: st.DataObject) -> None:
    told = data.draw(worlds())
    made = data.draw(decided(told))
    shuffled = data.draw(st.permutations(told))
    assert facts(rows_of(shuffled, *made)) == facts(rows_of(told, *reversed(made)))


def other_state(data: st.DataObject, told: Extraction) -> Extraction:
    """Return what another state of packs, tables and model draws from the same article: other
    values, fewer engagements, and more.
    """
    drawn = []
    for one in told.engagements:
        if data.draw(st.integers(0, 3)) == 0:
            continue
        changed = {
            "status": data.draw(st.sampled_from(["planned", "held"])),
            "place": data.draw(st.sampled_from([one.place, "Deeham"])),
            "confidence": 0.3,
        }
        if data.draw(st.booleans()):
            changed["kind"] = data.draw(st.sampled_from(["meeting", "visit"]))
        else:
            changed["parties"] = {side: names[:1] for side, names in one.parties.items()}
        start, end = one.evidence
        changed["evidence"] = Span(start, end - data.draw(st.integers(0, 8)))
        drawn.append(replace(one, **changed))
    return replace(told, engagements=tuple(drawn))


@given(st.data())
@settings(max_examples=50)
def test_a_rejected_row_does_not_come_back(data: st.DataObject) -> None:
    told = data.draw(worlds())
    rows = rows_of(told)
    if not rows:
        return
    rejected = decide("reject", data.draw(st.sampled_from(rows)))
    copies = [extraction("copy", one.engagement) for one in rejected.anchors[:1]]
    for state in (told, [*told, *copies], [other_state(data, one) for one in told]):
        for row in rows_of(state, rejected):
            assert not [one for one in row.testimonies if is_meant(one, rejected)]
    if len(rows) == 1 and rejected.anchors[0].engagement.start:
        assert not rows_of([*told, *copies], rejected)


def is_meant(telling: Testimony, rejected: Decision) -> bool:
    """Say whether a telling is in the words of a rejected one, and of one of its people."""
    engagement, article = telling.engagement, telling.article
    return any(
        one.article == article.id
        and engagement.evidence.of(article.text) in one.words
        and {*one.engagement.everyone} & {*engagement.everyone}
        for one in rejected.anchors
    )


@given(st.data())
@settings(max_examples=50)
def test_a_merged_row_stays_one(data: st.DataObject) -> None:
    told = data.draw(worlds())
    rows = rows_of(told)
    if len(rows) < 2:
        return
    one, other = data.draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique_by=id))
    merged = replace(
        decide("merge", one), anchors=(*map(Anchor.of, (*one.testimonies, *other.testimonies)),)
    )
    more = [extraction("z", *one_of.engagements) for one_of in told[:1]]
    for state in (told, [*told, *more], [other_state(data, each) for each in told]):
        held = [
            [each.article.id for each in row.testimonies]
            for row in rows_of(state, merged)
            if any(mark.action == "merge" for mark in row.by_hand)
        ]
        assert len(held) <= 1


@given(st.data())
@settings(max_examples=50)
def test_a_corrected_row_stays_corrected(data: st.DataObject) -> None:
    told = data.draw(worlds())
    rows = rows_of(told)
    if not rows:
        return
    mended = decide("correct", data.draw(st.sampled_from(rows)), changes={"place": "Ceetown"})
    for state in (told, [other_state(data, one) for one in told]):
        held = [row for row in rows_of(state, mended) if row.by_hand]
        assert held
        assert {row.engagement.place for row in held} == {"Ceetown"}


# Kept, undone, carried
# --------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


ROWS = rows_of([extraction("a", engagement(0)), extraction("b", engagement(0, kind="call"))])
MADE = [
    decide("accept", ROWS[0], why="=1+1"),
    decide("correct", ROWS[0], 1, changes={"place": "Beeburg", "topics": ["trade"]}),
    decide("reject", ROWS[1], 2),
]


def test_decisions_come_back_as_they_were(archive: Path) -> None:
    with Archive.open(archive, write=True) as opened:
        assert keep(opened, MADE) == 3
        assert keep(opened, MADE) == 0
        before = opened.changes
        assert every(opened) == MADE
        undo(opened, MADE[2].id, Undone("B reader", NOW, "was right"))
        assert opened.changes == before + 1
    with Archive.open(archive) as opened:
        assert [one.id for one in every(opened)] == [one.id for one in MADE]
        assert holding(opened, PAIR).made == tuple(MADE[:2])
        assert holding(opened, ("IN", "CN")).made == ()
        assert [one.id for one in holding(opened, PAIR, NOW).made] == [MADE[0].id]


def test_what_others_rest_on_is_undone_last(archive: Path) -> None:
    with Archive.open(archive, write=True) as opened:
        keep(opened, MADE)
        with pytest.raises(DecisionError, match=f"{MADE[1].id}, correct place: Beeburg"):
            undo(opened, MADE[0].id, Undone("B reader", NOW))
        undo(opened, MADE[1].id, Undone("B reader", NOW))
        undo(opened, MADE[0].id, Undone("B reader", NOW))
        for name, said in ((MADE[0].id, "already"), ("none", "no decision")):
            with pytest.raises(DecisionError, match=said):
                undo(opened, name, Undone("B reader", NOW))


def test_a_table_carries_decisions_and_runs_nothing(archive: Path) -> None:
    made = [*MADE[:2], replace(MADE[2], undone=Undone("B", NOW, "why"))]
    table = written(made)
    assert [*read(table, "t.csv")] == made
    assert "'=1+1" in table.decode("utf-8-sig").splitlines()[1]
    broken = table.decode("utf-8-sig").replace('""action"":""reject""', '""action"":""eject""')
    *kept, fault = read(broken.encode(), "t.csv")
    assert kept == made[:2] and isinstance(fault, TableError)
    assert str(fault).startswith("t.csv:4: no decision")
    (fault,) = read(b"a,b\n1,2\n", "t.csv")
    assert isinstance(fault, TableError)


def test_a_decision_is_known_by_what_it_says() -> None:
    for one in MADE:
        again = unpacked(packed(one))
        assert (again, again.id) == (one, one.id)
        assert replace(one, undone=Undone("B", NOW)).id == one.id
        assert replace(one, why="other").id != one.id


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("date", "2025-08-21..2025-08-22", "2025-08-21..2025-08-22"),
        ("date", "", None),
        ("place", " Aville ", "Aville"),
        ("parties_IN", "Ann; Bob;", ["Ann", "Bob"]),
        ("topics", ["trade"], ["trade"]),
        ("country", None, None),
    ],
)
def test_values_are_kept_in_one_form(field: str, value: Any, kept: Any) -> None:
    assert checked({field: value}, PAIR, PAIR) == {field: kept}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "party", "'party' is none of meeting"),
        ("kind", "", "kind must be one of"),
        ("status", None, "status must be one of"),
        ("date", "yesterday", "write 2025-08-21"),
        ("date", "2025-08-22..2025-08-21", "lies before"),
        ("topics", "sport", "'sport' is none of"),
        ("country", "XX", "'XX' is none of"),
        ("colour", "red", f"use one of {FIELDS[0]}"),
        ("parties_CN", "A", "no field"),
    ],
)
def test_a_value_that_cannot_be_is_refused(field: str, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        checked({field: value}, PAIR, PAIR)
