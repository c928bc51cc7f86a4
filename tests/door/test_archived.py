"""The timeline of the folder and the archive together; nothing that is known is drawn again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import rajnay as rj
from rajnay.archive.store import Archive
from rajnay.base import paths
from rajnay.cli import main
from rajnay.knowledge.store import load_knowledge
from rajnay.models import Article, Extraction
from rajnay.review.decisions import Anchor, Decision, Undone
from rajnay.review.kept import keep, undo
from rajnay.text.reading import read_articles
from rajnay.timeline import draw
from rajnay.timeline.build import build_timeline

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PAIR = ("IN", "RU")
KNOWN = load_knowledge()
READ = read_articles(paths.ARTICLES)[:12]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep some articles in an archive, the others in the folder."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for one in READ[6:]:
        text = f"---\nid: {one.id}\npublished: {one.published}\n---\n{one.text}"
        (folder / f"{one.id}.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "ARTICLES", folder)
    monkeypatch.setattr(paths, "ARCHIVE", tmp_path / "archive.sqlite")
    monkeypatch.setattr(paths, "CACHE", None)
    fill(READ[:6])
    return paths.ARCHIVE


def fill(articles: list[Article], since: int = 0) -> None:
    with Archive.open(write=True) as opened:
        for number, one in enumerate(articles):
            when = NOW + timedelta(days=since + number)
            opened.file(replace(one, url=None), one.text.encode(), seen=when)


def drawn_now(archive: Path) -> list[str]:
    with Archive.open(archive, write=True) as opened:
        found = [*draw.draw_new(opened, PAIR, KNOWN)]
    assert all(isinstance(one, Extraction) for one in found)
    return [one.article.id for one in found if isinstance(one, Extraction)]


def test_the_corpus_is_of_both(archive: Path) -> None:
    corpus = rj.corpus()
    assert {one.article.id for one in corpus.extractions} == {one.id for one in READ}
    assert corpus.unread == ()
    assert rj.corpus() is corpus
    copy = replace(READ[0], id="z-copy", text=f"{READ[0].text}\n\nMore.")
    fill([copy, replace(READ[6], id="new", text="Sergey Lavrov met.")], 6)
    assert {one.article.id for one in rj.corpus().extractions} == {"new", *(one.id for one in READ)}


def test_an_article_in_both_is_read_once(archive: Path) -> None:
    before = rj.corpus()
    fill(READ[6:8])
    assert len(rj.corpus().extractions) == len(before.extractions) == 12
    fill([Article(READ[6].id, "Other words under its id.", "gu")])
    with Archive.open() as opened:
        assert opened.count() == 9  # the id was taken there too
    assert len(rj.corpus().extractions) == 13


def test_an_archive_that_cannot_be_read_is_named_and_the_folder_is_read(archive: Path) -> None:
    archive.write_bytes(b"damaged " * 1000)
    corpus = rj.corpus()
    assert len(corpus.extractions) == 6
    assert [line for line in corpus.unread if str(archive) in line and "is no archive" in line]


def test_only_what_is_new_is_drawn(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn_now(archive) == sorted(one.id for one in READ[:6])
    assert drawn_now(archive) == []
    fill(READ[6:9])
    assert drawn_now(archive) == sorted(one.id for one in READ[6:9])

    def not_again(*_: object, **__: object) -> None:
        raise AssertionError("drawn again")

    with monkeypatch.context() as patch:
        patch.setattr(draw, "draw_one", not_again)
        with Archive.open() as opened:
            kept = [*draw.draw_kept(opened, opened.articles(), PAIR, KNOWN)]
    fresh = rj.read([str(paths.ARTICLES)]).extract()
    assert [one for one in kept if isinstance(one, Extraction)]
    monkeypatch.setattr(paths, "ARCHIVE", archive.with_name("none"))
    assert repr(fresh) == repr(rj.corpus().extractions)


def test_another_state_is_drawn_anew_and_the_one_before_is_kept(archive: Path) -> None:
    drawn_now(archive)
    other = replace(KNOWN)
    object.__setattr__(other, "fingerprint", "another")
    with Archive.open(write=True) as opened:
        assert len([*draw.draw_new(opened, PAIR, other)]) == 6
        assert [*draw.draw_new(opened, PAIR, KNOWN)] == []
        opened.vacuum()
        assert [*draw.draw_new(opened, PAIR, other)] == []
        assert len([*draw.draw_new(opened, PAIR, KNOWN)]) == 6


def test_a_damaged_telling_is_drawn_again(archive: Path) -> None:
    drawn_now(archive)
    with Archive.open(write=True) as opened:
        opened._database.execute("UPDATE telling SET told = x'00' WHERE article = 1")
        assert len([*draw.draw_kept(opened, opened.articles(), PAIR, KNOWN)]) == 6


def test_the_timeline_at_a_day_knows_nothing_that_came_later(
    archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fill([replace(READ[0], id="0-earlier")], 20)
    for last in (0, 3, 6):
        day = (NOW + timedelta(days=last - 1)).date()
        out = tmp_path / "at.json"
        assert main(["archive", "at", str(day), "-o", str(out)]) == 0
        rows = build_timeline(extracted(READ[:last]))
        assert out.read_text(encoding="utf-8").count('"evidence"') == sum(
            len(row.testimonies) for row in rows
        )
    assert main(["archive", "at", "tomorrow"]) == 2
    assert "DATE" in capsys.readouterr().err


def extracted(articles: list[Article]) -> list[Extraction]:
    from rajnay.compose.extract import extract

    return [extract(one, PAIR, KNOWN) for one in articles]


def test_commands_say_what_they_did(
    archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out, other = tmp_path / "out.parquet", ["--archive", str(tmp_path / "other.sqlite")]
    assert main(["archive", "check"]) == 0
    assert main(["archive", "export", str(out)]) == 0
    assert main(["archive", "import", str(out), *other]) == 0
    assert main(["archive", "import", str(out), *other]) == 0
    assert main(["archive", "vacuum", *other]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:4] == ["everything is in order", f"{out}: 6 articles", "6 new", "6 same text"]
    assert main(["archive", "check", "--archive", str(tmp_path / "none")]) == 1
    assert main(["archive", "export", str(out), "--archive", str(tmp_path / "none")]) == 1
    assert main(["archive", "export", "out.csv"]) == 2
    assert main(["archive", "import", str(tmp_path / "none.jsonl")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 4
    assert all("no such archive" in line for line in said[:2])


def test_a_run_that_finds_another_says_so_with_its_own_status(archive: Path) -> None:
    held = (
        "import sys\nfrom pathlib import Path\nfrom rajnay.archive.lock import alone\n"
        "with alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held, str(archive)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        assert main(["archive", "vacuum"]) == 3
        assert main(["archive", "check"]) == 0
        other.communicate("")
    assert main(["archive", "vacuum"]) == 0


def test_what_was_decided_by_hand_is_in_the_corpus_and_undone(
    archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = rj.corpus()
    event = first[0]
    anchors = tuple(map(Anchor.of, event.row.testimonies))
    rejected = Decision("reject", PAIR, anchors, "A reader", NOW, "no such thing")
    with Archive.open(write=True) as opened:
        keep(opened, [rejected])
    assert len(rj.corpus()) == len(first) - 1
    table, other = tmp_path / "decisions.csv", tmp_path / "other.sqlite"
    assert main(["review", "export", str(table)]) == 0
    assert main(["review", "import", str(table), "--archive", str(other)]) == 0
    assert main(["review", "import", str(table), "--archive", str(other)]) == 0
    assert main(["review", "undo", rejected.id, "--who", "B reader"]) == 0
    assert main(["review", "undo", rejected.id]) == 1
    assert main(["review", "list"]) == 0
    said = capsys.readouterr()
    assert "decisions: 1 new or changed, 0 known" in said.out and "undone already" in said.err
    assert f"{rejected.id}  reject (A reader, 2026-11-01)" in said.out.splitlines()[-1]
    assert repr(rj.corpus().rows) == repr(first.rows)
    for arguments in (["export", "x.csv"], ["list"], ["undo", "x"]):
        assert main(["review", *arguments, "--archive", str(tmp_path / "none")]) == 1
    assert main(["review", "import", str(tmp_path / "none.csv")]) == 2


def test_looking_back_takes_the_decisions_of_that_day(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "at.json"

    def count(day: str) -> int:
        assert main(["archive", "at", day, "-o", str(out)]) == 0
        return len(json.loads(out.read_text(encoding="utf-8")))

    rows = build_timeline(extracted(READ[:6]))
    anchors = tuple(map(Anchor.of, rows[0].testimonies))
    rejected = Decision("reject", PAIR, anchors, "A reader", NOW + timedelta(days=10))
    with Archive.open(write=True) as opened:
        keep(opened, [rejected])
        undo(opened, rejected.id, Undone("A reader", NOW + timedelta(days=12)))
    counts = [count(str((NOW + timedelta(days=days)).date())) for days in (9, 10, 12)]
    assert counts == [len(rows), len(rows) - 1, len(rows)]
