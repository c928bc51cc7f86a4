"""Faults of YAML files and CSV tables, told in one line that names file, line and mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import Field

from rajnay.knowledge.tables import (
    Forms,
    KnowledgeError,
    Record,
    read_table,
    read_yaml,
    refuse_two_meanings,
)


class Inner(Record):
    forms: Forms
    since: int = 0


class Outer(Record):
    words: dict[str, Forms]
    inner: Inner | None = None


class Line(Record):
    name: str
    year: int = Field(alias="from")
    gu: Forms = ()


def told(path: Path, text: str, model: type[Record]) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        (read_yaml if path.suffix == ".yaml" else read_table)(path, model)
    assert "\n" not in str(error.value)
    return str(error.value).removeprefix(f"{path}:")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("words: {a: [x]}\nnumber: 3\n", r"2: number: Extra inputs"),
        ("words:\n  a: [x]\n  b: [y]\n  a: [z]\n", r"4: key 'a' stands twice: join"),
        ("words:\n  a: [x]\ninner:\n  forms: [y]\n  forms: [z]\n", r"5: key 'forms' stands twice"),
        ("words:\n  a: [x]\n  b:\n  - y\n  - 'z '\n", r"5: words\.b\.1: .*white space"),
        ("words:\n  a: [x]\ninner:\n  forms: []\n  since: late\n", r"5: inner\.since: .*integer"),
        ("words:\n  a: [x\n", r"\d: not YAML"),
        ("words:\n  a: [2025-13-45]\n", r"2: not YAML: '2025-13-45' is no timestamp: mend it"),
        ("words:\n  a: !!bool x\n", r"2: not YAML: 'x' is no bool: mend it"),
        ("words:\n  [a]: [x]\n", r"2: not YAML: found unhashable key"),
        ("words: &a\n  a: *a\n", r"2: words\.a: "),
        ("words: {a: [\0]}\n", r"1: not YAML: unacceptable character"),
        ("inner:\n  forms: []\n", r"1: words: Field required"),
        ("", r"1: : "),
    ],
)
def test_a_fault_of_a_yaml_file_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    assert re.match(says, told(tmp_path / "a.yaml", text, Outer))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,from,gu\nA,2014,ક; ખ\nB,late,ગ\n", r"3: column from: .*integer"),
        ("name,from,gu\nA,2014,ક  ખ\n", r"2: column gu\.0: .*white space"),
        ('name,from,gu\n"A\nB",2014,ક\nC,x,ખ\n', r"4: column from"),
        ("name,gu\nA,ક\n", r"2: column from: Field required"),
        ("\nname,from,gu\nA,2014,ક\n", r"1: no names of columns: put them on the first line"),
    ],
)
def test_a_fault_of_a_table_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    assert re.match(says, told(tmp_path / "a.csv", text, Line))


def test_what_fits_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,from,gu,note\nA,2014,ક; ખ ખ ;,later\n", encoding="utf-8")
    assert read_table(tmp_path / "a.csv", Line) == (
        Line.model_validate({"name": "A", "from": 2014, "gu": ("ક", "ખ ખ")}),
    )
    (tmp_path / "a.yaml").write_text("words: {a: [x, y z]}\n", encoding="utf-8")
    assert read_yaml(tmp_path / "a.yaml", Outer).words == {"a": ("x", "y z")}


@pytest.mark.parametrize(
    ("name", "read", "model"), [("a.yaml", read_yaml, Outer), ("a.csv", read_table, Line)]
)
def test_a_missing_or_badly_encoded_file_is_named(
    tmp_path: Path, name: str, read: object, model: type[Record]
) -> None:
    path = tmp_path / name
    with pytest.raises(KnowledgeError, match=re.escape(f"{path}:1: no such file")):
        read(path, model)  # type: ignore[operator]
    path.write_bytes("name,from\nCafé,2014\n".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=re.escape(str(path)) + r".*UTF-8"):
        read(path, model)  # type: ignore[operator]


def test_two_meanings_of_a_form_are_refused_and_one_told_twice_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("call: [ફોન]\nmeeting: [બેઠક, ફોન]\n", encoding="utf-8")
    refuse_two_meanings(path, [("call", ["ફોન", "ફોન"]), ("meeting", ["બેઠક"])])
    with pytest.raises(
        KnowledgeError, match=r"a\.yaml:[12]: 'ફોન' means both 'call' and 'meeting'"
    ):
        refuse_two_meanings(path, [("call", ["ફોન"]), ("meeting", ["બેઠક", "ફોન"])])


def test_the_line_of_a_form_with_two_meanings_is_one_that_holds_the_form_itself(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "consultation: [પરામર્શ બેઠક]\nmeeting: [બેઠક]\nencounter: [બેઠક]\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"a\.yaml:[23]:"):
        refuse_two_meanings(
            path, [("consultation", ["પરામર્શ બેઠક"]), ("meeting", ["બેઠક"]), ("encounter", ["બેઠક"])]
        )
