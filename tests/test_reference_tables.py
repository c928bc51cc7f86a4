"""The tables under data/reference agree with each other and with their own rules, whoever edited
them last.
"""

from __future__ import annotations

import calendar
import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "data" / "reference"
COLUMNS = {
    "bodies": "name country role gu hi en",
    "countries": "code name_en gu gu_adjective hi hi_adjective en en_adjective",
    "engagements": "start end kind level place country india russia forum topics status source1 "
    "source2 note",
    "forums": "name name_en kind members subject gu hi en",
    "people": "name country gu gu_short hi hi_short en en_short",
    "places": "name country lat lon kind within gu hi en",
    "tenures": "name country office from to source note",
}
NAMED = ("bodies", "countries", "forums", "people", "places")
LISTED = (
    "gu",
    "gu_short",
    "gu_adjective",
    "hi",
    "hi_short",
    "hi_adjective",
    "en",
    "en_short",
    "en_adjective",
    "members",
    "india",
    "russia",
    "topics",
)
SCRIPTS = {"gu": "\u0a80-\u0aff", "hi": "\u0900-\u097f"}
CLASSES = [
    ("bodies", ("gu",)), ("bodies", ("hi",)), ("bodies", ("en",)),
    ("countries", ("gu",)), ("countries", ("gu_adjective",)),
    ("countries", ("hi",)), ("countries", ("hi_adjective",)),
    ("countries", ("en",)), ("countries", ("en_adjective",)),
    ("forums", ("gu",)), ("forums", ("hi",)), ("forums", ("en",)),
    ("people", ("gu", "gu_short")), ("people", ("hi", "hi_short")), ("people", ("en", "en_short")),
    ("places", ("gu",)), ("places", ("hi",)), ("places", ("en",)),
]  # fmt: skip
CHIEF = ("Prime Minister", "Foreign Minister", "Defence Minister", "National Security Adviser")
SOLE = (*CHIEF, "President", "Foreign Secretary", "Home Minister", "Finance Minister")
PLACE_KINDS = {"city", "venue", "region", "sea", "range"}
FORUM_KINDS = {
    "organisation",
    "summit-series",
    "commission",
    "consultation",
    "exercise",
    "event",
    "ceremony",
    "dialogue",
}


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def forms(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


def days(text: str, *, last: bool) -> date:
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1] if last else 1
    return date(parts[0], month, day)


def cells(name: str) -> Iterator[tuple[str, str, str]]:
    for row in table(name):
        yield from ((next(iter(row.values())), column, cell) for column, cell in row.items())


@pytest.mark.parametrize("name", COLUMNS)
def test_shape(name: str) -> None:
    raw = (FOLDER / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    lines = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert lines[0] == COLUMNS[name].split()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert [line[0] for line in lines[1:]] == sorted(line[0] for line in lines[1:])
    assert len({tuple(line) for line in lines}) == len(lines)


@pytest.mark.parametrize("name", COLUMNS)
def test_no_stray_space_or_sign(name: str) -> None:
    wrong = [
        (key, column, cell)
        for key, column, cell in cells(name)
        if cell != " ".join(cell.split()) or re.search("[\u200b\ufeff\u00a0]", cell)
    ]
    assert wrong == []
    empty = [
        (key, column)
        for key, column, cell in cells(name)
        if column in LISTED
        and cell
        and not all(form and form == form.strip("; ") for form in forms(cell))
    ]
    assert empty == []


@pytest.mark.parametrize("name", NAMED)
def test_names_are_unique(name: str) -> None:
    assert [
        key
        for key, count in Counter(next(iter(row.values())) for row in table(name)).items()
        if count > 1
    ] == []


@pytest.mark.parametrize("name", NAMED)
def test_what_reports_print_is_no_form_for_readers_of_code(name: str) -> None:
    assert [
        (key, cell)
        for key, column, cell in cells(name)
        if column in LISTED and cell.startswith("=")
    ] == []


@pytest.mark.parametrize("name", NAMED)
def test_a_form_stands_once_in_its_cell(name: str) -> None:
    twice = [
        (key, column, form)
        for key, column, cell in cells(name)
        if column in LISTED
        for form, count in Counter(forms(cell)).items()
        if count > 1
    ]
    assert twice == []


@pytest.mark.parametrize(("name", "columns"), CLASSES)
def test_one_meaning_in_a_class(name: str, columns: tuple[str, ...]) -> None:
    meanings: dict[str, set[str]] = {}
    for row in table(name):
        for column in columns:
            for form in forms(row[column]):
                meanings.setdefault(form.casefold(), set()).add(next(iter(row.values())))
    assert {form: names for form, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", NAMED)
def test_forms_are_in_their_script(name: str) -> None:
    wrong = []
    for key, column, cell in cells(name):
        script = SCRIPTS.get(column.split("_")[0])
        other = "".join(signs for lang, signs in SCRIPTS.items() if lang != column.split("_")[0])
        if script:
            wrong += [
                (key, form)
                for form in forms(cell)
                if re.search(f"[{other}]", form.replace("।", ""))
            ]
            wrong += [
                (key, form) for form in forms(cell) if not re.search(f"[{script}0-9A-Za-z]", form)
            ]
        elif column.startswith("en"):
            wrong += [(key, form) for form in forms(cell) if re.search("[\u0900-\u0d7f]", form)]
    assert wrong == []


@pytest.mark.parametrize("name", ["bodies", "forums", "people", "places"])
def test_countries_are_known(name: str) -> None:
    known = {row["code"] for row in table("countries")}
    used = {
        code for row in table(name) for code in forms(row.get("country", row.get("members", "")))
    }
    assert used - known == set()


def test_country_codes_are_iso_or_those_of_organisations() -> None:
    codes = {row["code"] for row in table("countries")}
    assert {code for code in codes if not re.fullmatch("[A-Z]{2}", code)} == {"NATO"}
    assert {"IN", "RU", "EU", "UN"} <= codes


@pytest.mark.parametrize("name", ["people", "places", "bodies", "forums"])
def test_everything_can_be_found_in_gujarati_and_hindi(name: str) -> None:
    assert [
        next(iter(row.values()))
        for row in table(name)
        if not row["gu"] or not row["hi"] or not row["en"]
    ] == []


def test_people_of_one_country_share_no_name_of_record() -> None:
    people = table("people")
    assert all(re.fullmatch(r"[A-Za-z.'’ -]+", row["name"]) for row in people)
    assert len(people) > 900


def test_tenures_hold_together() -> None:
    people = {row["name"] for row in table("people")}
    countries = {row["code"] for row in table("countries")}
    for row in table("tenures"):
        assert row["name"] in people, row
        assert row["country"] in countries, row
        assert row["office"], row
        assert row["source"] == "general knowledge" or row["source"].startswith("http"), row
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["from"]), row
        assert re.fullmatch(r"(\d{4}(-\d\d){0,2})?", row["to"]), row
        assert not row["to"] or days(row["from"], last=False) <= days(row["to"], last=True), row


@pytest.mark.parametrize("office", SOLE)
@pytest.mark.parametrize("country", ["IN", "RU"])
def test_one_holder_at_a_time(office: str, country: str) -> None:
    rows = [
        row
        for row in table("tenures")
        if (row["office"], row["country"]) == (office, country) and not row["note"]
    ]
    spans = sorted(
        (
            days(row["from"], last=False),
            days(row["to"], last=False) if row["to"] else date.max,
            row["name"],
        )
        for row in rows
    )
    assert [
        (left, right)
        for left, right in itertools.pairwise(spans)
        if left[1] > right[0] and left[2] != right[2]
    ] == []


@pytest.mark.parametrize("office", CHIEF)
@pytest.mark.parametrize("country", ["IN", "RU"])
@pytest.mark.parametrize("year", range(2014, 2026))
def test_the_chief_offices_are_filled_all_along(office: str, country: str, year: int) -> None:
    day = date(year, 7, 1)
    rows = [row for row in table("tenures") if (row["office"], row["country"]) == (office, country)]
    assert any(
        days(row["from"], last=False) <= day
        and (not row["to"] or day <= days(row["to"], last=True))
        for row in rows
    )


def test_places_stand_on_earth_and_venues_in_a_city() -> None:
    places = {row["name"]: row for row in table("places")}
    for row in places.values():
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row
        assert row["kind"] in PLACE_KINDS, row
        assert row["country"] or row["kind"] == "sea", row
        if row["within"]:
            city = places[row["within"]]
            assert city["country"] == row["country"], row
            assert not city["within"], row
            assert abs(float(city["lat"]) - float(row["lat"])) < 1, row
            assert abs(float(city["lon"]) - float(row["lon"])) < 1, row


def test_forums_and_their_kinds() -> None:
    for row in table("forums"):
        assert row["kind"] in FORUM_KINDS, row
        assert forms(row["members"]) == sorted(forms(row["members"])), row


def test_engagements_use_the_other_tables() -> None:
    parties = {row["name"] for name in ("people", "bodies") for row in table(name)}
    places = {row["name"]: row["country"] for row in table("places")}
    forums = {row["name"] for row in table("forums")}
    rows = table("engagements")
    for row in rows:
        assert set(forms(row["india"])) | set(forms(row["russia"])) <= parties, row
        assert not row["place"] or places[row["place"]] == row["country"], row
        assert not row["forum"] or row["forum"] in forums, row
        assert row["status"] in ("planned", "held", "cancelled"), row
        assert row["source1"].startswith("http") or row["source1"] == "general knowledge", row
        assert days(row["start"], last=False) <= days(row["end"], last=True), row
        assert row["note"], row
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_who_took_part_held_an_office_then() -> None:
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in table("tenures"):
        spans.setdefault(row["name"], []).append(
            (days(row["from"], last=False), days(row["to"], last=True) if row["to"] else date.max)
        )
    people = {row["name"] for row in table("people")}
    out = [
        (row["start"], name)
        for row in table("engagements")
        for name in forms(row["india"]) + forms(row["russia"])
        if name in people
        and not any(
            first <= days(row["end"], last=True) and days(row["start"], last=False) <= last
            for first, last in spans.get(name, [])
        )
    ]
    assert out == []


def test_the_codebook_lists_every_office_and_column() -> None:
    codebook = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {
        row["office"] for row in table("tenures") if f"| {row['office']} |" not in codebook
    } == set()
    assert [
        column
        for columns in COLUMNS.values()
        for column in columns.split()
        if not re.search(rf"\b{column}\b", codebook)
    ] == []
