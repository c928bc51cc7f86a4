"""A language pack is refused with file and line when something in it is wrong, and yields every
form when nothing is.
"""

from __future__ import annotations

import ast
import keyword
import re
import shutil
from pathlib import Path

import pytest
import yaml

from rajnay.base import paths
from rajnay.knowledge.packs.words import load_pack
from rajnay.knowledge.tables import KnowledgeError
from rajnay.models import TOPICS

LANGUAGES = sorted(path.parent.name for path in paths.LANGUAGES.glob("*/grammar.yaml"))


def copied(folder: Path, lang: str = "gu") -> Path:
    return Path(shutil.copytree(paths.LANGUAGES / lang, folder / lang))


def changed(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence of some words in a file, and return the line that they stand
    on.
    """
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


FAULTS = {
    "unknown key": ("grammar.yaml", "\nopeners: [", "\nopenners: []\nopeners: [", r"openners"),
    "missing key": ("acts.yaml", "\nnouns:", "\nnoums:", r"nou[nm]s"),
    "key that stands twice": (
        "acts.yaml",
        "\n  call: [",
        "\n  call: [એક]\n  call: [",
        r"'call' stands twice",
    ),
    "stray space": ("acts.yaml", "[મુલાકાત,", '["મુલાકાત ",', r"white space"),
    "two spaces inside": ("grammar.yaml", "નેતૃત્વ હેઠળ,", '"નેતૃત્વ  હેઠળ",', r"white space"),
    "empty form": ("topics.yaml", "[કૃષિ, ", '["", કૃષિ, ', r"missing"),
    "form that is no text": ("topics.yaml", "[કૃષિ, ", "[2025, કૃષિ, ", r"string"),
    "unknown topic": (
        "topics.yaml",
        "\n  agriculture: [",
        "\n  agricultura: [",
        r"'agricultura' is no topic of record",
    ),
    "form with two meanings": (
        "acts.yaml",
        "[મુલાકાત,",
        "[મુલાકાત, બેઠક,",
        r"'બેઠક' means both 'encounter' and 'meeting'",
    ),
    "office with two meanings": (
        "offices.yaml",
        "  Mayor: [મેયર]",
        "  Mayor: [મેયર, વિદેશ સચિવ]",
        r"'વિદેશ સચિવ' means both",
    ),
    "no YAML": ("acts.yaml", "[મુલાકાત,", "[[મુલાકાત,", r"not YAML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_one_line_with_its_file(tmp_path: Path, fault: str) -> None:
    name, old, new, says = FAULTS[fault]
    pack = copied(tmp_path)
    changed(pack / name, old, new)
    with pytest.raises(KnowledgeError) as told:
        load_pack(pack)
    message = str(told.value)
    assert re.search(says, message)
    assert message.startswith(f"{pack / name}:")
    assert "\n" not in message


@pytest.mark.parametrize(
    "fault",
    [
        "unknown key",
        "key that stands twice",
        "stray space",
        "two spaces inside",
        "unknown topic",
        "form with two meanings",
    ],
)
def test_the_line_named_is_the_line_to_mend(tmp_path: Path, fault: str) -> None:
    name, old, new, _ = FAULTS[fault]
    pack = copied(tmp_path)
    changed(pack / name, old, new)
    with pytest.raises(KnowledgeError) as told:
        load_pack(pack)
    found = re.match(rf"{re.escape(str(pack / name))}:(\d+):", str(told.value))
    assert found, str(told.value)
    line = (pack / name).read_text(encoding="utf-8").splitlines()[int(found[1]) - 1]
    words = {
        part for part in re.findall(r"[\w\u0900-\u0d7f]+", new.replace("\n", " ")) if len(part) > 3
    }
    assert words & {*re.findall(r"[\w\u0900-\u0d7f]+", line)}


@pytest.mark.parametrize("name", ["grammar.yaml", "acts.yaml", "offices.yaml", "topics.yaml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    pack = copied(tmp_path)
    (pack / name).unlink()
    with pytest.raises(KnowledgeError, match=re.escape(f"{pack / name}:1: no such file")):
        load_pack(pack)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_listed_form_is_yielded(lang: str) -> None:
    """Each form of the nouns, topics and offices is there with its own meaning; a minister's office
    is put together.
    """
    pack = load_pack(paths.LANGUAGES / lang)
    entries = {
        (entry.surface, entry.kind, entry.value)
        for entry in (*pack.entries(), *pack.topic_entries())
    }
    for kind, groups in (
        ("noun", pack.acts.nouns),
        ("topic", pack.topics),
        ("office", pack.offices.offices),
        ("body", pack.offices.bodies),
    ):
        for value, forms in groups.items():
            assert {(form, kind, value) for form in forms} <= entries
    for portfolio, forms in pack.offices.portfolios.items():
        assert {
            (f"{form} {word}", "office", f"{portfolio} Minister")
            for form in forms
            for word in pack.offices.ministers
        } <= entries
    assert {*pack.topics} <= {*TOPICS}


@pytest.mark.parametrize(
    "path",
    sorted(paths.LANGUAGES.glob("*/*.yaml")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_a_pack_opens_with_where_it_comes_from_and_what_is_wrong_with_it(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert head.startswith("# ")
    assert re.search(r"From:|Provenance:", path.read_text(encoding="utf-8"))
    assert re.search(r"[Kk]nown", path.read_text(encoding="utf-8"))
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


def test_no_code_of_a_language_stands_in_the_library() -> None:
    """A language is a folder of data; which one is meant where nothing is said is data too."""
    codes = {folder.name for folder in paths.LANGUAGES.iterdir() if folder.is_dir()}
    # That of Odia is an English word too, and the name of a concept: "or" between two days.
    codes = {code for code in codes if not keyword.iskeyword(code)}
    assert len(codes) > 2
    found = [
        f"{path.name}:{node.lineno} {node.value!r}"
        for path in sorted((paths.ROOT / "lib").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value in codes or re.search(rf'^<\w+ lang="({"|".join(codes)})"', node.value)
    ]
    assert found == []
