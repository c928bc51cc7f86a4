"""The tables and packs together: one line of data teaches a spelling, a person, a place; a fault is
told with file and line.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from rajnay.base import paths
from rajnay.compose.extract import extract
from rajnay.knowledge.packs.names import Names, load_names
from rajnay.knowledge.reference import load_reference
from rajnay.knowledge.store import KnowledgeError, load_knowledge
from rajnay.models import Article

DAY = date(2025, 8, 13)


def copied(folder: Path) -> Path:
    for name in ("languages", "reference"):
        shutil.copytree(paths.DATA / name, folder / name)
    return folder


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a copy of the tables that a test may change."""
    return copied(tmp_path) / "reference"


def appended(path: Path, line: str) -> int:
    """Add a line at the end of a file, and return its number."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return path.read_text(encoding="utf-8").count("\n")


# One line of data
# --------------------------------------------------------------------------------------------------

TABLE, PACK = "reference", "languages/gu"
# What is taught; where; the line, or the start of a line and what it becomes; a text; fields that
# it gives before and after. Who or what is new has a line in its table, and one for its names.
NEW = {
    f"{TABLE}/people.csv": "Igor Zabriskinov,RU",
    f"{TABLE}/places.csv": "Zaborovsk,RU,56.0,60.0,city,",
}
LESSONS = {
    "person": (
        f"{PACK}/names/people.csv", "Igor Zabriskinov,ઇગોર ઝબ્રિસ્કીનોવ,ઝબ્રિસ્કીનોવ", None,
        "ભારતના વિદેશ મંત્રી એસ. જયશંકર મંગળવારે મોસ્કોમાં ઝબ્રિસ્કીનોવને મળ્યા હતા.",
        [], ["meeting 2025-08-12 Moscow RU S. Jaishankar | Igor Zabriskinov"],
    ),
    "place": (
        f"{PACK}/names/places.csv", "Zaborovsk,ઝબોરોવ્સ્ક", None,
        "ભારતના વિદેશ મંત્રી એસ. જયશંકર મંગળવારે ઝબોરોવ્સ્કમાં રશિયાના વિદેશ મંત્રી લવરોવને મળ્યા હતા.",
        ["meeting 2025-08-12 - - S. Jaishankar | Sergey Lavrov"],
        ["meeting 2025-08-12 Zaborovsk RU S. Jaishankar | Sergey Lavrov"],
    ),
    "holder of an office": (
        f"{TABLE}/tenures.csv",
        "Sergey Lavrov,RU,Tourism Minister,2025-01-01,2025-12-31,made up,", None,
        "રશિયાના પ્રવાસન મંત્રીએ મંગળવારે દિલ્હીમાં વિદેશ મંત્રી એસ. જયશંકર સાથે બેઠક કરી હતી.",
        ["meeting 2025-08-12 New Delhi IN S. Jaishankar | Tourism Minister of Russia"],
        ["meeting 2025-08-12 New Delhi IN S. Jaishankar | Sergey Lavrov"],
    ),
    "spelling": (
        f"{PACK}/names/people.csv", "\nVladimir Putin,", "\nVladimir Putin,ઝપુતકિન; ",
        "વિદેશ મંત્રી એસ. જયશંકર મંગળવારે મોસ્કોમાં ઝપુતકિનને મળ્યા હતા.",
        [], ["meeting 2025-08-12 Moscow RU S. Jaishankar | Vladimir Putin"],
    ),
    "noun of meeting": (
        f"{PACK}/acts.yaml", "  meeting: [", "  meeting: [ઝલકબેઠકો, ",
        "જયશંકર અને લવરોવ વચ્ચે મંગળવારે મોસ્કોમાં ઝલકબેઠકો યોજાઈ હતી.",
        [], ["meeting 2025-08-12 Moscow RU S. Jaishankar | Sergey Lavrov"],
    ),
    "verb of meeting": (
        f"{PACK}/acts.yaml", "  meet: [", "  meet: [ઝળક, ",
        "જયશંકર મંગળવારે મોસ્કોમાં લવરોવ સાથે ઝળક્યા હતા.",
        [], ["meeting 2025-08-12 Moscow RU S. Jaishankar | Sergey Lavrov"],
    ),
    "noun of exercise": (
        f"{PACK}/acts.yaml", "  exercise: [", "  exercise: [ઝમકદાવ, ",
        "ભારત અને રશિયાની સેનાઓ વચ્ચે મંગળવારે બિકાનેરમાં ઝમકદાવ યોજાયો હતો.",
        [], ["exercise 2025-08-12 Bikaner IN Indian Army | Russian Army"],
    ),
}  # fmt: skip


def found(text: str, data: Path) -> list[str]:
    engagements = extract(
        Article("test", text, "gu", DAY), ("IN", "RU"), load_knowledge(data)
    ).engagements
    people = (
        " | ".join("; ".join(one.parties[code]) for code in ("IN", "RU")) for one in engagements
    )
    return [
        f"{one.kind} {one.edtf} {one.place or '-'} {one.country or '-'} {who}"
        for one, who in zip(engagements, people, strict=True)
    ]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the data with one line more, or one line changed, for each lesson."""
    folder = copied(tmp_path_factory.mktemp("taught"))
    for name, line in NEW.items():
        appended(folder / name, line)
    for name, line, becomes, *_ in LESSONS.values():
        if becomes is None:
            appended(folder / name, line)
        else:
            text = (folder / name).read_text(encoding="utf-8")
            assert text.count(line) == 1
            (folder / name).write_text(text.replace(line, becomes), encoding="utf-8")
    return folder


@pytest.mark.parametrize("lesson", LESSONS)
def test_one_line_of_data_teaches_a(taught: Path, lesson: str) -> None:
    *_, text, before, after = LESSONS[lesson]
    assert found(text, paths.DATA) == before
    assert found(text, taught) == after


def test_another_pair_of_countries_needs_no_line() -> None:
    article = Article(
        "test", "વિદેશ મંત્રી એસ. જયશંકર મંગળવારે બેઇજિંગમાં ચીનના વિદેશ મંત્રી વાંગ યીને મળ્યા હતા.", "gu", DAY
    )
    (one,) = extract(article, ("IN", "CN"), load_knowledge()).engagements
    assert (one.kind, one.start, one.place) == ("meeting", "2025-08-12", "Beijing")
    assert one.parties == {"IN": ("S. Jaishankar",), "CN": ("Wang Yi",)}
    assert extract(article, ("IN", "RU"), load_knowledge()).engagements == ()


# Faults
# --------------------------------------------------------------------------------------------------

FAULTS = {
    "person without country": ("people.csv", "Igor Zabriskinov,"),
    "person of an unknown country": ("people.csv", "Igor Zabriskinov,XX"),
    "person with a stray space": ("people.csv", "Igor  Zabriskinov,RU"),
    "person told twice": ("people.csv", "Igor Zabriskinov,RU\nIgor Zabriskinov,RU"),
    "row with a cell too many": ("people.csv", "Igor Zabriskinov,RU,more"),
    "row with a cell too few": ("people.csv", "Igor Zabriskinov"),
    "tenure with a day that is none": (
        "tenures.csv",
        "Sergey Lavrov,RU,Mayor,2025-02-30,,made up,",
    ),
    "tenure with a month that is none": ("tenures.csv", "Sergey Lavrov,RU,Mayor,2025-13,,made up,"),
    "tenure without a first day": ("tenures.csv", "Sergey Lavrov,RU,Mayor,,2025,made up,"),
    "tenure that ends before it starts": (
        "tenures.csv",
        "Sergey Lavrov,RU,Mayor,2025,2024,made up,",
    ),
    "tenure of nobody known": ("tenures.csv", "Igor Zabriskinov,RU,Mayor,2024,2025,made up,"),
    "place off the globe": ("places.csv", "Zaborovsk,RU,156.0,60.0,city,"),
    "place without a number": ("places.csv", "Zaborovsk,RU,north,60.0,city,"),
    "place of an unknown country": ("places.csv", "Zaborovsk,XX,56.0,60.0,city,"),
    "venue in no known city": ("places.csv", "Zaborovsk,RU,56.0,60.0,venue,Nowhere"),
    "forum of an unknown country": ("forums.csv", "ZF,Zed Forum,organisation,IN; XX,,"),
    "body of an unknown country": ("bodies.csv", "Zed Corps,XX,army"),
}
FAULTS_OF_NAMES = {
    "names of nobody known": ("people.csv", "Igor Zabriskinov,ઇગોર ઝબ્રિસ્કીનોવ,", "not in data/ref"),
    "names of no known place": ("places.csv", "Zaborovsk,ઝબોરોવ્સ્ક", "not in data/reference/places"),
    "names of no known country": ("countries.csv", "XX,ઝેડ,", "column code: 'XX' is not in"),
    "names told twice": ("forums.csv", "BRICS,બ્રિક્સ", "'BRICS' stands twice"),
    "full name of two people": ("people.csv", None, "a name of 'Vladimir Putin' too"),
    "name with a stray space": ("bodies.csv", "Zed Corps,ઝેડ  કોર", "white space"),
    "row of names with a cell too many": ("places.csv", "Kaluga,કાલુગા,more", "add or take out"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_table_is_told_with_file_and_line(tables: Path, fault: str) -> None:
    name, line = FAULTS[fault]
    path = tables / name
    last = appended(path, line)
    with pytest.raises(KnowledgeError) as told:
        load_reference(tables)
    assert str(told.value).startswith(f"{path}:{last}:"), str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("fault", FAULTS_OF_NAMES)
def test_a_fault_in_a_table_of_names_is_told_with_file_and_line(tables: Path, fault: str) -> None:
    name, line, says = FAULTS_OF_NAMES[fault]
    path = tables.parent / PACK / "names" / name
    if line is None:
        appended(tables / "people.csv", "Zed Zabriskinov,RU")
        line = "Zed Zabriskinov,વ્લાદિમીર પુતિન,"
    last = appended(path, line)
    with pytest.raises(KnowledgeError) as told:
        load_names(tables.parent / PACK, load_reference(tables))
    assert str(told.value).startswith(f"{path}:{last}:"), str(told.value)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_a_table_of_names_that_nobody_knows_is_named(tables: Path) -> None:
    path = tables.parent / PACK / "names" / "poeple.csv"
    appended(path, "name,full,short")
    with pytest.raises(KnowledgeError, match=re.escape(f"{path}: no such table of names")):
        load_names(tables.parent / PACK, load_reference(tables))


def test_a_language_may_lack_names_and_tables_of_names(tables: Path) -> None:
    folder = tables.parent / "languages" / "xx"
    assert load_names(folder, load_reference(tables)) == Names()
    (folder / "names").mkdir(parents=True)
    appended(folder / "names" / "places.csv", "name,forms\nMoscow,Zed; Zedd")
    names = load_names(folder, load_reference(tables))
    assert names.places["Moscow"].forms == ("Zed", "Zedd")
    assert not names.people


@pytest.mark.parametrize(
    "name", ["people.csv", "tenures.csv", "places.csv", "forums.csv", "countries.csv", "bodies.csv"]
)
def test_a_missing_table_is_named(tables: Path, name: str) -> None:
    (tables / name).unlink()
    with pytest.raises(KnowledgeError, match=re.escape(f"{tables / name}:1: no such file")):
        load_reference(tables)


def test_a_column_that_is_missing_is_named(tables: Path) -> None:
    path = tables / "places.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name,country,lat", "name,land,lat", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"places\.csv:\d+: column country"):
        load_reference(tables)


def test_a_column_that_nobody_knows_is_named(tables: Path) -> None:
    path = tables / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join([lines[0] + ",guu", *(line + "," for line in lines[1:])]) + "\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"places\.csv:1: .*guu"):
        load_reference(tables)


def test_what_stands_in_the_project_loads() -> None:
    knowledge = load_knowledge()
    assert {"gu"} <= set(knowledge.packs) == set(knowledge.dates)
    assert knowledge.lexicon("gu") is knowledge.lexicon("gu")
    assert all(knowledge.names(folder.name).people for folder in paths.LANGUAGES.glob("*/"))
    assert len(knowledge.lexicon("gu")) > len(knowledge.reference.people)
