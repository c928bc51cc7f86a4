"""The tables and packs together: one line of data teaches a spelling, a person, a place; a fault is told with file and line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rajnay import paths
from rajnay.extract import extract
from rajnay.knowledge import KnowledgeError, load_knowledge
from rajnay.models import Article, Engagement

DAY = date(2025, 8, 13)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """Return a copy of the data that a test may change."""
    for name in ("languages", "reference"):
        shutil.copytree(paths.DATA / name, tmp_path / name)
    yield tmp_path
    load_knowledge.cache_clear()


def appended(path: Path, line: str) -> int:
    """Add a line at the end of a file, and return its number."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return path.read_text(encoding="utf-8").count("\n")


def found(text: str, data: Path) -> tuple[Engagement, ...]:
    return extract(Article("test", text, "gu", DAY), ("IN", "RU"), load_knowledge(data)).engagements


# One line of data ---------------------------------------------------------------------------------------------------------


def test_a_person_needs_one_line(data: Path) -> None:
    text = "ભારતના વિદેશ મંત્રી એસ. જયશંકર મંગળવારે મોસ્કોમાં ઝબ્રિસ્કીનોવને મળ્યા હતા."
    assert found(text, paths.DATA) == ()
    appended(data / "reference" / "people.csv", "Igor Zabriskinov,RU,ઇગોર ઝબ્રિસ્કીનોવ,ઝબ્રિસ્કીનોવ,,,Igor Zabriskinov,Zabriskinov")
    (one,) = found(text, data)
    assert one.parties == {"IN": ("S. Jaishankar",), "RU": ("Igor Zabriskinov",)}
    assert one.spans["parties.RU"][0].of(text) == "ઝબ્રિસ્કીનોવને"


def test_a_place_needs_one_line(data: Path) -> None:
    text = "ભારતના વિદેશ મંત્રી એસ. જયશંકર મંગળવારે ઝબોરોવ્સ્કમાં રશિયાના વિદેશ મંત્રી લવરોવને મળ્યા હતા."
    assert [one.place for one in found(text, paths.DATA)] == [None]
    appended(data / "reference" / "places.csv", "Zaborovsk,RU,56.0,60.0,city,,ઝબોરોવ્સ્ક,,Zaborovsk")
    assert [(one.place, one.country) for one in found(text, data)] == [("Zaborovsk", "RU")]


def test_an_office_holder_needs_one_line(data: Path) -> None:
    text = "રશિયાના રમતગમત મંત્રીએ મંગળવારે દિલ્હીમાં વિદેશ મંત્રી એસ. જયશંકર સાથે બેઠક કરી હતી."
    tenures = data / "reference" / "tenures.csv"
    kept = [line for line in tenures.read_text(encoding="utf-8").splitlines() if ",RU,Sports Minister," not in line]
    tenures.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert [one.parties["RU"] for one in found(text, data)] == [("Sports Minister of Russia",)]
    load_knowledge.cache_clear()
    appended(tenures, "Sergey Lavrov,RU,Sports Minister,2025-01-01,2025-12-31,made up,")
    assert [one.parties["RU"] for one in found(text, data)] == [("Sergey Lavrov",)]


@pytest.mark.parametrize(
    ("name", "old", "new", "text", "kind"),
    [
        ("acts.yaml", "  meeting: [", "  meeting: [ઝલકબેઠકો, ", "જયશંકર અને લવરોવ વચ્ચે મંગળવારે મોસ્કોમાં ઝલકબેઠકો યોજાઈ હતી.", "meeting"),
        ("acts.yaml", "  meet: [મળ", "  meet: [ઝળક, મળ", "જયશંકર મંગળવારે મોસ્કોમાં લવરોવ સાથે ઝળક્યા હતા.", "meeting"),
        ("acts.yaml", "  exercise: [", "  exercise: [ઝમકદાવ, ", "ભારત અને રશિયાની સેનાઓ વચ્ચે મંગળવારે બિકાનેરમાં ઝમકદાવ યોજાયો હતો.", "exercise"),
    ],
)
def test_a_word_for_an_act_needs_one_line(data: Path, name: str, old: str, new: str, text: str, kind: str) -> None:
    assert [one.kind for one in found(text, paths.DATA)] == []
    path = data / "languages" / "gu" / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    assert [one.kind for one in found(text, data)] == [kind]


def test_a_spelling_needs_one_word(data: Path) -> None:
    text = "વિદેશ મંત્રી એસ. જયશંકર મંગળવારે મોસ્કોમાં પ્રમુખ ઝપુતકિનને મળ્યા હતા."
    people = data / "reference" / "people.csv"
    assert [one.parties["RU"] for one in found(text, paths.DATA) if "Vladimir Putin" in one.parties["RU"]] == []
    before = people.read_text(encoding="utf-8")
    changed = re.sub(r"^(Vladimir Putin,RU,)", r"\1ઝપુતકિન; ", before, flags=re.MULTILINE)
    assert changed != before
    people.write_text(changed, encoding="utf-8")
    assert [one.parties["RU"] for one in found(text, data)] == [("Vladimir Putin",)]


def test_another_pair_of_countries_needs_no_line() -> None:
    article = Article("test", "વિદેશ મંત્રી એસ. જયશંકર મંગળવારે બેઇજિંગમાં ચીનના વિદેશ મંત્રી વાંગ યીને મળ્યા હતા.", "gu", DAY)
    (one,) = extract(article, ("IN", "CN"), load_knowledge()).engagements
    assert (one.kind, one.start, one.place, one.parties) == ("meeting", "2025-08-12", "Beijing", {"IN": ("S. Jaishankar",), "CN": ("Wang Yi",)})
    assert extract(article, ("IN", "RU"), load_knowledge()).engagements == ()


# Faults -------------------------------------------------------------------------------------------------------------------

PERSON = "Igor Zabriskinov,RU,ઇગોર ઝબ્રિસ્કીનોવ,,,,Igor Zabriskinov,"
FAULTS = {
    "person without country": ("people.csv", PERSON.replace(",RU,", ",,")),
    "person of an unknown country": ("people.csv", PERSON.replace(",RU,", ",XX,")),
    "person with a stray space": ("people.csv", PERSON.replace("ઇગોર ઝ", "ઇગોર  ઝ")),
    "person told twice": ("people.csv", PERSON + "\n" + PERSON),
    "row with a cell too many": ("people.csv", PERSON + ",more"),
    "row with a cell too few": ("people.csv", "Igor Zabriskinov"),
    "tenure with a day that is none": ("tenures.csv", "Sergey Lavrov,RU,Mayor,2025-02-30,,made up,"),
    "tenure with a month that is none": ("tenures.csv", "Sergey Lavrov,RU,Mayor,2025-13,,made up,"),
    "tenure without a first day": ("tenures.csv", "Sergey Lavrov,RU,Mayor,,2025,made up,"),
    "tenure that ends before it starts": ("tenures.csv", "Sergey Lavrov,RU,Mayor,2025,2024,made up,"),
    "tenure of nobody known": ("tenures.csv", "Igor Zabriskinov,RU,Mayor,2024,2025,made up,"),
    "place off the globe": ("places.csv", "Zaborovsk,RU,156.0,60.0,city,,ઝબોરોવ્સ્ક,,Zaborovsk"),
    "place without a number": ("places.csv", "Zaborovsk,RU,north,60.0,city,,ઝબોરોવ્સ્ક,,Zaborovsk"),
    "place of an unknown country": ("places.csv", "Zaborovsk,XX,56.0,60.0,city,,ઝબોરોવ્સ્ક,,Zaborovsk"),
    "venue in no known city": ("places.csv", "Zaborovsk,RU,56.0,60.0,venue,Nowhere,ઝબોરોવ્સ્ક,,Zaborovsk"),
    "forum of an unknown country": ("forums.csv", "ZF,Zed Forum,organisation,IN; XX,ઝેડ ફોરમ,,Zed Forum"),
    "body of an unknown country": ("bodies.csv", "Zed Corps,XX,army,ઝેડ કોર,,Zed Corps"),
    "spelling of two people": ("people.csv", "Igor Zabriskinov,RU,વ્લાદિમીર પુતિન,,,,Igor Zabriskinov,"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_table_is_told_with_file_and_line(data: Path, fault: str) -> None:
    name, line = FAULTS[fault]
    path = data / "reference" / name
    last = appended(path, line)
    with pytest.raises(KnowledgeError) as told:
        load_knowledge(data)
    assert str(told.value).startswith(f"{path}:{last}:"), str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["people.csv", "tenures.csv", "places.csv", "forums.csv", "countries.csv", "bodies.csv"])
def test_a_missing_table_is_named(data: Path, name: str) -> None:
    (data / "reference" / name).unlink()
    with pytest.raises(KnowledgeError, match=re.escape(f"{data / 'reference' / name}: no such file")):
        load_knowledge(data)


def test_a_column_that_is_missing_is_named(data: Path) -> None:
    path = data / "reference" / "places.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name,country,lat", "name,land,lat", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"places\.csv:\d+: column country"):
        load_knowledge(data)


def test_a_column_that_nobody_knows_is_named(data: Path) -> None:
    path = data / "reference" / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0] + ",guu", *(line + "," for line in lines[1:])]) + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"places\.csv:1: .*guu"):
        load_knowledge(data)


def test_what_stands_in_the_project_loads() -> None:
    knowledge = load_knowledge()
    assert {"gu"} <= set(knowledge.packs) == set(knowledge.dates)
    assert knowledge.lexicon("gu") is knowledge.lexicon("gu")
    assert len(knowledge.lexicon("gu").keys) > len(knowledge.reference.people)
