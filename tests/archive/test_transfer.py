"""What is written out of an archive and read into another makes the same archive."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from rajnay.archive.filing import Filing
from rajnay.archive.store import Archive, Kept
from rajnay.archive.transfer import FORMATS, export, load
from rajnay.base import paths
from rajnay.models import Article
from rajnay.text.reading import ReadingError, read_articles

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
READ = read_articles(paths.ARTICLES)[:5]


def fill(path: Path) -> None:
    """File some articles, one of them twice over, another as two outlets have it."""
    copy = replace(READ[0], id="copy", url="https://copy.example/1")
    with Archive.open(path, write=True) as archive:
        for number, one in enumerate([*READ, copy]):
            raw = b"\x00\xff" + one.text.encode()
            when = NOW + timedelta(days=number)
            archive.file(one, raw, seen=when, headers={"ETag": f'"{number}"'}, feed="https://f")
        archive.file(READ[1], b"", seen=NOW + timedelta(days=30))


def every(path: Path) -> list[Kept]:
    with Archive.open(path) as archive:
        return [*archive.kept()]


@pytest.mark.parametrize("suffix", FORMATS)
def test_there_and_back(suffix: str, tmp_path: Path) -> None:
    one, other, file = tmp_path / "one", tmp_path / "other", tmp_path / f"out{suffix}"
    fill(one)
    with Archive.open(one) as archive:
        assert export(archive, file) == 6
    with Archive.open(other, write=True) as archive:
        became = [*load(archive, file, NOW)]
    assert all(isinstance(found, Filing) for found in became)
    assert every(one) == every(other)
    assert every(other)[0].headers
    with Archive.open(other, write=True) as archive:
        again = [found.status for found in load(archive, file, NOW) if isinstance(found, Filing)]
    assert set(again) == {"known address"}
    assert every(one) == every(other)


def test_lines_are_articles_like_any_others(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    with Archive.open(tmp_path / "one") as archive:
        export(archive, tmp_path / "out.jsonl")
        kept = [*archive.articles(copies=True)]
    assert read_articles(tmp_path / "out.jsonl") == kept
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert base64.b64decode(first["archive"]["raw"]).startswith(b"\x00\xff")


def test_a_database_reads_what_is_written_out(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    with Archive.open(tmp_path / "one") as archive:
        export(archive, tmp_path / "out.parquet")
    query = f"SELECT count(*), count(DISTINCT told_by) FROM '{tmp_path}/out.parquet'"
    assert duckdb.sql(query).fetchall() == [(6, 5)]


def test_a_line_that_cannot_be_read_is_named_and_stops_no_other(tmp_path: Path) -> None:
    good = {"id": "a", "lang": "en", "text": "A met B in C."}
    lines = [
        "no json",
        json.dumps([1]),
        json.dumps(good | {"archive": {"raw": "?"}}),
        json.dumps(good | {"text": ""}),
        json.dumps(good | {"first_seen": "2025-08-21"}),
        "",
        json.dumps(good),
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with Archive.open(tmp_path / "one", write=True) as archive:
        found = [*load(archive, file, NOW)]
        assert [*archive.articles()] == [Article("a", "A met B in C.", "en")]
    faults = [str(one) for one in found if isinstance(one, ReadingError)]
    assert len(faults) == 5
    assert [fault.split(":")[1] for fault in faults] == [
        f" line {number}" for number in range(1, 6)
    ]


def test_what_cannot_be_written_leaves_what_stood_there(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    file = tmp_path / "out.jsonl"
    file.write_text("before", encoding="utf-8")
    with Archive.open(tmp_path / "one", write=True) as archive:
        archive._database.execute("UPDATE content SET raw = x'00' WHERE article = 6")
        with pytest.raises(Exception, match="incomplete or truncated"):
            export(archive, file)
    assert file.read_text(encoding="utf-8") == "before"
    assert sorted(one.name for one in tmp_path.glob("*out*")) == ["out.jsonl"]


def test_the_query_of_the_page_on_the_archive_is_answered(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    with Archive.open(tmp_path / "one") as archive:
        export(archive, tmp_path / "articles.parquet")
    page = (paths.ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    (line,) = re.findall(r'^python -c "(.*)"$', page, re.MULTILINE)
    program = [sys.executable, "-c", line.replace('\\"', '"')]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "publisher" in done.stdout and "articles" in done.stdout
