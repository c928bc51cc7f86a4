"""The command line does what it promises: its output, its one line for each error, its exit
status.
"""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml

from rajnay import cli
from rajnay.models import Article, Engagement, Extraction, Span, Step
from rajnay.report.build import Outcome
from rajnay.scale import work as _work  # noqa: F401 - loaded before what it stands on is faked
from rajnay.timeline import draw as _draw  # noqa: F401

SPEC = yaml.safe_load((Path(__file__).parent / "specs" / "cli.yaml").read_text(encoding="utf-8"))


def extract(article: Article, pair: tuple[str, str], knowledge: Any) -> Extraction:
    if "crash" in article.text:
        raise RuntimeError("no way")
    at = article.text.find("met")
    if at < 0:
        return Extraction(article)
    day = article.published.isoformat() if article.published else None
    span = Span(at, at + 3)
    sides = {pair[0]: ("A",), pair[1]: ("B",)}
    meeting = Engagement(
        "meeting",
        "held",
        day,
        day,
        day,
        "Moscow",
        "RU",
        sides,
        None,
        ("trade",),
        None,
        span,
        {"kind": (span,)},
        0.8,
    )
    return Extraction(article, (meeting,), steps=((Step(span, "kind meeting", "says so"),),))


def build(names: Sequence[str], *, pdf: bool = False, force: bool = False) -> Outcome:
    failures = ("broken: no such notebook",) if "broken" in names and pdf else ()
    return Outcome(failures, ("a.json: the file is empty",) if "unread" in names else ())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to run in, with an extraction, knowledge and reports simple enough to
    see through.
    """
    # First, for what it imports must be the library's own.
    monkeypatch.setattr("rajnay.timeline.draw.extract", extract)
    monkeypatch.setattr("rajnay.scale.work.extract", extract)
    place = SimpleNamespace(name="Moscow", lat=55.75, lon=37.62)
    reference = SimpleNamespace(countries={"IN": None, "RU": None}, places={"Moscow": place})
    known = SimpleNamespace(packs={"gu": None}, reference=reference, fingerprint="")
    monkeypatch.setattr("rajnay.scale.work.load_knowledge", lambda: known)
    fakes = {
        "knowledge.store": {
            "load_knowledge": lambda: known,
            "KnowledgeError": type("KnowledgeError", (ValueError,), {}),
        },
        "report.build": {"build": build},
    }
    for name, content in fakes.items():
        module = ModuleType(f"rajnay.{name}")
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, f"rajnay.{name}", module)
        package, _, leaf = name.rpartition(".")
        monkeypatch.setattr(f"rajnay.{package}.{leaf}", module, raising=False)
    monkeypatch.chdir(tmp_path)
    for name, text in SPEC["files"].items():
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("case", SPEC["cases"], ids=[case["case"] for case in SPEC["cases"]])
def test_command(
    case: dict[str, Any],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = io.BytesIO(case.get("stdin", "").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given))
    status = cli.main(case["run"])
    out, err = capsys.readouterr()
    assert (status, err) == (case.get("status", 0), case.get("err", ""))
    assert case.get("lines") in (None, out.count("\n"))
    at = 0
    for piece in case.get("out", []):
        assert piece in out[at:]
        at = out.index(piece, at) + len(piece)
    for name, piece in case.get("written", {}).items():
        assert (piece.encode() in Path(name).read_bytes()) if piece else not Path(name).exists()


def test_every_line_of_output_is_one_record(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["extract", "a.txt", "b.json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    texts = {"a": "કોઈક met બીજાને.", "b": "કોઈક met બીજાને again."}
    for record in records:
        evidence = record["engagements"][0]["evidence"]
        assert texts[record["id"]][evidence["start"] : evidence["end"]] == evidence["text"] == "met"


def test_scores_are_printed_and_errors_kept_aside_are_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = {"kind": "visit", "status": "held", "parties": {"IN": ["A"], "RU": ["B"]}}
    Path("labels").mkdir()
    for name, text in {"one": "A met B.", "two": "A met B.", "three": "Silence."}.items():
        label = {"id": name, "lang": "gu", "text": text, "gold": [gold]}
        Path("labels", f"{name}.json").write_text(json.dumps(label), encoding="utf-8")
    splits = "id,split,report,hard\none,tuned,,\nthree,tuned,,\ntwo,unread,,\n"
    Path("labels", "splits.csv").write_text(splits, encoding="utf-8")

    assert cli.main(["score", "labels", "--verbose"]) == 0
    open_ = capsys.readouterr().out
    assert "gu   3         3         2      1.000  0.667  0.800  0.000" in open_
    assert (
        "one: wrong place, kind" not in open_
        and "one: wrong kind" in open_
        and "three: missed" in open_
    )
    assert "two" not in open_ and "unread" not in open_

    assert cli.main(["score", "labels", "--verbose", "--kept-aside"]) == 0
    all_ = capsys.readouterr().out
    assert "unread  1" in all_ and "two: wrong kind" in all_

    label = {
        "id": "one",
        "lang": "gu",
        "text": "A met B.",
        "gold": [{**gold, "parties": {"CN": []}}],
    }
    Path("other.json").write_text(json.dumps(label), encoding="utf-8")
    assert cli.main(["score", "other.json"]) == 1
    said = "these labels are of CN, not of IN-RU; name it with --pair"
    assert capsys.readouterr() == ("", f"rajnay: other.json: {said}\n")

    splits = Path("labels", "splits.csv").resolve()
    splits.write_text("id,split,report,hard\none,seen,,\n", encoding="utf-8")
    assert cli.main(["score", "labels"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"rajnay: {splits}:2: column split: ") and said.count("\n") == 1


def test_knowledge_that_cannot_be_loaded_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    knowledge = sys.modules["rajnay.knowledge.store"]

    def broken() -> None:
        raise knowledge.KnowledgeError("data/reference/people.csv: line 3: no country")

    knowledge.__dict__["load_knowledge"] = broken
    assert cli.main(["extract", "a.txt"]) == 1
    assert capsys.readouterr() == ("", "rajnay: data/reference/people.csv: line 3: no country\n")


@pytest.mark.parametrize("command", ["extract", "timeline", "report", "score", "explain"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert "Usage: rajnay" in capsys.readouterr().out


def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    heavy = "pandas", "matplotlib", "trafilatura", "papermill", "lingua"
    code = (
        "import sys, rajnay.cli as c; c.main(['--help']); "
        f"sys.exit(any(name in sys.modules for name in {heavy}))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )


def test_who_reads_no_further_hears_no_complaint(folder: Path) -> None:
    file = folder / "many.jsonl"
    lines = [f'{{"id": "{number}", "lang": "gu", "text": "કંઈ થયું નહીં."}}' for number in range(500)]
    file.write_text("\n".join(lines), encoding="utf-8")
    reader = "import sys; sys.stdin.readline()"
    command = [sys.executable, "-m", "rajnay", "extract", str(file)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as writing:
        subprocess.run([sys.executable, "-c", reader], stdin=writing.stdout, check=True)
        assert writing.stdout and writing.stderr
        writing.stdout.close()
        assert writing.stderr.read() == ""
    assert writing.returncode == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_is_stopped_says_so_and_cuts_no_line(
    folder: Path, number: signal.Signals, status: int
) -> None:
    line = '{"id": "%d", "lang": "gu", "text": "કંઈ થયું નહીં."}'
    command = [sys.executable, "-m", "rajnay", "extract", "many.jsonl"]
    many = "\n".join(line % number for number in range(50_000))
    Path("many.jsonl").write_text(many, encoding="utf-8")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writing:
        assert writing.stdout and writing.stderr
        first = writing.stdout.readline()
        writing.send_signal(number)
        said = first + writing.stdout.read()
        assert writing.stderr.read() == b"rajnay: stopped\n"
    assert writing.returncode == status
    assert said.endswith(b"\n")
    assert [json.loads(line)["engagements"] for line in said.splitlines()]


def test_nothing_to_score_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("labels.jsonl").write_text("\n", encoding="utf-8")
    assert cli.main(["score", "labels.jsonl"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "labels.jsonl" in err


def test_a_fault_of_a_command_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no way")

    monkeypatch.setattr("rajnay.timeline.exports.write", broken)
    assert cli.main(["timeline", "a.txt", "-o", "a.csv"]) == 1
    said = "stopped: a fault of rajnay, not of the input (RuntimeError: no way); please report it"
    assert capsys.readouterr() == ("", f"rajnay: {said}\n")
