"""The tables under data/reference, and the names in each language, agree with each other and with
their own rules, whoever edited them last.
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

DATA = Path(__file__).parents[2] / "data"
COLUMNS = {
    "bodies": "name country role",
    "countries": "code name adjective",
    "engagements": "start end kind level place country india russia forum topics status source1 "
    "source2 note",
    "forums": "name full_name kind members subject service",
    "people": "name country",
    "places": "name country lat lon kind within",
    "tenures": "name country office from to source note",
    "zones": "publisher zone",
}
COLUMNS_OF_NAMES = {
    "bodies": "name forms",
    "countries": "code forms adjectives",
    "forums": "name forms",
    "people": "name full short",
    "places": "name forms",
}
LISTED = ("forms", "full", "short", "adjectives", "members", "india", "russia", "topics")
# A person is told by the full and the short name; a country's name may be its adjective too.
CLASSES = {
    "bodies": [("forms",)],
    "countries": [("forms",), ("adjectives",)],
    "forums": [("forms",)],
    "people": [("full", "short")],
    "places": [("forms",)],
}
# The scripts of India stand in blocks of 128 characters from here to there.
INDIC = range(0x0900, 0x0D80)
LANGUAGES = sorted(folder.parent.name for folder in DATA.glob("languages/*/names"))
NAMES = [(lang, name) for lang in LANGUAGES for name in COLUMNS_OF_NAMES]
FILES = {f"reference/{name}.csv": columns for name, columns in COLUMNS.items()} | {
    f"languages/{lang}/names/{name}.csv": COLUMNS_OF_NAMES[name] for lang, name in NAMES
}
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


def rows_of(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def table(name: str) -> list[dict[str, str]]:
    return rows_of(f"reference/{name}.csv")


def names(lang: str, name: str) -> list[dict[str, str]]:
    return rows_of(f"languages/{lang}/names/{name}.csv")


def forms(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


def days(text: str, *, last: bool) -> date:
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1] if last else 1
    return date(parts[0], month, day)


def cells(file: str) -> Iterator[tuple[str, str, str]]:
    for row in rows_of(file):
        yield from ((next(iter(row.values())), column, cell) for column, cell in row.items())


@pytest.mark.parametrize("file", FILES)
def test_shape(file: str) -> None:
    raw = (DATA / file).read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    lines = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert lines[0] == FILES[file].split()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert [line[0] for line in lines[1:]] == sorted(line[0] for line in lines[1:])
    assert len({tuple(line) for line in lines}) == len(lines)


@pytest.mark.parametrize("file", FILES)
def test_no_stray_space_or_sign(file: str) -> None:
    wrong = [
        (key, column, cell)
        for key, column, cell in cells(file)
        if cell != " ".join(cell.split()) or re.search("[\u200b\ufeff\u00a0]", cell)
    ]
    assert wrong == []
    empty = [
        (key, column)
        for key, column, cell in cells(file)
        if column in LISTED
        and cell
        and not all(form and form == form.strip("; ") for form in forms(cell))
    ]
    assert empty == []


@pytest.mark.parametrize("name", COLUMNS_OF_NAMES)
def test_names_are_unique(name: str) -> None:
    count = Counter(next(iter(row.values())) for row in table(name))
    assert [key for key, times in count.items() if times > 1] == []


@pytest.mark.parametrize(("lang", "name"), NAMES)
def test_names_are_of_what_the_tables_know(lang: str, name: str) -> None:
    known = {next(iter(row.values())) for row in table(name)}
    assert [
        key for row in names(lang, name) if (key := next(iter(row.values()))) not in known
    ] == []


@pytest.mark.parametrize(("lang", "name"), NAMES)
def test_what_reports_print_is_no_form_for_readers_of_code(lang: str, name: str) -> None:
    found = cells(f"languages/{lang}/names/{name}.csv")
    printed = [(key, cell) for key, column, cell in found if column in ("full", "forms")]
    assert printed
    assert [(key, cell) for key, cell in printed if cell.startswith("=")] == []


@pytest.mark.parametrize(("lang", "name"), NAMES)
def test_a_form_stands_once_in_its_cell(lang: str, name: str) -> None:
    twice = [
        (key, column, form)
        for key, column, cell in cells(f"languages/{lang}/names/{name}.csv")
        if column in LISTED
        for form, count in Counter(forms(cell)).items()
        if count > 1
    ]
    assert twice == []


@pytest.mark.parametrize(("lang", "name"), NAMES)
def test_one_meaning_in_a_class(lang: str, name: str) -> None:
    for columns in CLASSES[name]:
        meanings: dict[str, set[str]] = {}
        for row in names(lang, name):
            for form in (form for column in columns for form in forms(row[column])):
                meanings.setdefault(form.casefold(), set()).add(next(iter(row.values())))
        assert {form: of for form, of in meanings.items() if len(of) > 1} == {}


@pytest.mark.parametrize(("lang", "name"), NAMES)
def test_forms_are_in_their_script(lang: str, name: str) -> None:
    listed = [
        (key, form)
        for key, column, cell in cells(f"languages/{lang}/names/{name}.csv")
        if column in LISTED
        for form in forms(cell)
    ]
    letters = Counter(block(sign) for _, form in listed for sign in form if sign.isalpha())
    ((own, _),) = letters.most_common(1)
    wrong = [
        (key, form)
        for key, form in listed
        if any(ord(sign) in INDIC and block(sign) != own and sign != "।" for sign in form)
        or not any(block(sign) == own or re.match("[0-9A-Za-z]", sign) for sign in form)
    ]
    assert wrong == []


def block(sign: str) -> int:
    """Return the Unicode block of 128 characters that a sign stands in."""
    return ord(sign) // 128


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


@pytest.mark.parametrize("lang", ["gu", "hi", "en"])
@pytest.mark.parametrize("name", ["people", "places", "bodies", "forums"])
def test_everything_can_be_found_in_the_first_languages(name: str, lang: str) -> None:
    named = {row["name"] for row in names(lang, name) if row.get("forms") or row.get("full")}
    assert [row["name"] for row in table(name) if row["name"] not in named] == []


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
    codebook = (DATA / "reference" / "README.md").read_text(encoding="utf-8")
    assert {
        row["office"] for row in table("tenures") if f"| {row['office']} |" not in codebook
    } == set()
    assert [
        column
        for columns in COLUMNS.values()
        for column in columns.split()
        if not re.search(rf"\b{column}\b", codebook)
    ] == []
    codebook = (DATA / "languages" / "README.md").read_text(encoding="utf-8")
    assert [
        (name, column)
        for name, columns in COLUMNS_OF_NAMES.items()
        for column in columns.split()
        if not re.search(rf"^\| {name}\.csv \|.*`{column}`", codebook, re.MULTILINE)
    ] == []


def test_the_codebook_names_everything_that_stands_here() -> None:
    """The first table names each folder and file of data; that of the reference tables, each."""
    codebook = (DATA / "README.md").read_text(encoding="utf-8")
    here = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in DATA.iterdir()
        if path.name not in ("README.md", ".ipynb_checkpoints", ".DS_Store")
    ]
    assert [name for name in here if f"| `{name}` |" not in codebook] == []
    tables = (DATA / "reference" / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in (DATA / "reference").iterdir() if path.suffix != ".md"]
    assert [name for name in files if f"| {name} |" not in tables] == []
    packs = (DATA / "languages" / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in (DATA / "languages").glob("*/*.yaml")}
    assert [name for name in sorted(files) if f"| `{name}` |" not in packs] == []
