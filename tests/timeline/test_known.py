"""The table of known engagements, and what is refused in it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rajnay.base import paths
from rajnay.knowledge.levels import load_levels
from rajnay.knowledge.tables import KnowledgeError
from rajnay.models import Engagement, Span
from rajnay.timeline.known import load_known, may_be_same

HEAD = "start,end,kind,status,place,country,india,russia,forum,topics,source1,source2"
GOOD = "2025-08-07,2025-08-08,meeting,held,Moscow,RU,A; B,C,,trade; energy,,"


def table(folder: Path, *lines: str) -> Path:
    (folder / "countries.csv").write_text(
        (paths.REFERENCE / "countries.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "engagements.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_row_becomes_an_engagement(tmp_path: Path) -> None:
    (one,) = load_known(table(tmp_path, HEAD, GOOD))
    assert (one.start, one.end, one.edtf) == ("2025-08-07", "2025-08-08", "2025-08-07/2025-08-08")
    assert (one.parties, one.topics, one.forum) == (
        {"IN": ("A", "B"), "RU": ("C",)},
        ("trade", "energy"),
        None,
    )


def test_another_pair_of_countries_is_another_heading(tmp_path: Path) -> None:
    (one,) = load_known(table(tmp_path, HEAD.replace("russia", "china"), GOOD))
    assert one.parties == {"IN": ("A", "B"), "CN": ("C",)}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((HEAD, GOOD.replace("meeting", "tea")), "engagements.csv:2: column kind"),
        ((HEAD, GOOD, GOOD.replace("trade", "tradde")), "engagements.csv:3: column topics"),
        (
            (HEAD, GOOD.replace("2025-08-07", "2025-13-07").replace("2025-08-08", "soon")),
            "engagements.csv:2: '2025-13-07' to 'soon'",
        ),
        (
            (HEAD.replace("russia", "narnia"), GOOD),
            "engagements.csv:1: needs two columns headed by a country's English name",
        ),
    ],
)
def test_a_wrong_table_is_named_with_its_line(
    lines: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(words)):
        load_known(table(tmp_path, *lines))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    table(tmp_path, HEAD)
    (tmp_path / "engagements.csv").unlink()
    with pytest.raises(KnowledgeError, match=r"engagements\.csv:1: no such file"):
        load_known(tmp_path)


def test_a_level_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "levels.csv").write_text("field,phrase,level\nparty,King,royal\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"levels\.csv:2: column level"):
        load_levels((), file=tmp_path / "levels.csv")


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"kind": "visit"}, True),
        ({"kind": "call"}, False),
        ({"start": "2025-08", "end": "2025-08"}, True),
        ({"start": "2025-08-22", "end": "2025-08-22"}, False),
        ({"start": None, "end": None}, False),
        ({"country": "IN"}, False),
        ({"country": None, "place": None}, True),
        ({"parties": {"IN": ("S. Jaishankar",), "RU": ("Foreign Minister of Russia",)}}, True),
        ({"parties": {"IN": ("Ajit Doval",), "RU": ("Sergei Shoigu",)}}, False),
        ({"parties": {"IN": (), "RU": ()}, "forum": "SCO"}, True),
    ],
)
def test_what_is_told_may_be_what_is_known(changes: dict[str, Any], same: bool) -> None:
    parties = {"IN": ("S. Jaishankar",), "RU": ("Sergey Lavrov",)}
    day = "2025-08-21"
    known = Engagement(
        *("meeting", "held", day, day, day, "Moscow", "RU", parties),
        forum="SCO",
        topics=(),
        source=None,
        evidence=Span(0, 0),
    )
    assert may_be_same(replace(known, **changes), known) is same
