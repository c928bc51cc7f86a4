"""The rules of the house: requirements that agree, fonts that cover, code without words, notebooks
that stay short.
"""

from __future__ import annotations

import ast
import csv
import functools
import io
import itertools
import re
import runpy
import subprocess
import sys
import tokenize
import tomllib
import unicodedata
import warnings
from importlib.metadata import packages_distributions
from pathlib import Path

import nbformat
import pytest
import yaml
from babel import Locale
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from nbformat import v4

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "data" / "fonts"
LIBRARY = ROOT / "lib" / "rajnay"
MODULES = sorted(LIBRARY.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

# conda-forge's name on the left, where it is not the name in pyproject.toml.
CONDA_NAMES = {
    "brotli-python": "brotli",
    "matplotlib-base": "matplotlib",
    "python-duckdb": "duckdb",
}
PIP_PART = {
    "axe-playwright-python",
    "cronsim",
    "edtf",
    "indic-nlp-library",
    "indic-numtowords",
    "lingua-language-detector",
    "playwright",
}


def names(requirements: list[str], renamed: dict[str, str] | None = None) -> dict[str, str]:
    """Return what each requirement says about versions, by name."""
    pairs = [re.fullmatch(r"([\w.-]+)(.*)", requirement).groups() for requirement in requirements]
    return {(renamed or {}).get(name, name): versions for name, versions in pairs}


def required() -> dict[str, str]:
    project = PYPROJECT["project"]
    return names(
        [
            *project["dependencies"],
            *itertools.chain.from_iterable(project["optional-dependencies"].values()),
        ]
    )


def module_name(path: Path) -> str:
    return path.relative_to(LIBRARY).as_posix()


def words_of(folder: Path) -> set[str]:
    return {
        word
        for path in folder.rglob("*")
        if path.is_file()
        for word in path.read_text(encoding="utf-8").split()
    }


# --- requirements


def test_environment_repeats_the_requirements_of_the_project():
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))[
        "dependencies"
    ]
    conda = names([entry for entry in dependencies if isinstance(entry, str)], CONDA_NAMES)
    (pip,) = [entry["pip"] for entry in dependencies if isinstance(entry, dict)]
    assert conda.pop("python") == PYPROJECT["project"]["requires-python"]
    assert conda.pop("pip") == ""
    assert pip.pop() == "-e ."
    assert set(names(pip)) == PIP_PART
    assert not PIP_PART & set(conda)
    assert conda | names(pip) == required()


def test_library_imports_what_it_requires_and_nothing_else():
    nodes = list(
        itertools.chain.from_iterable(
            ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES
        )
    )
    imported = {
        alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    foreign = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - {"rajnay"}
    distributions = packages_distributions()
    used = {
        distribution.lower().replace("_", "-")
        for name in foreign
        for distribution in distributions.get(name, [name])
    }
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    # fonttools loads brotli, and papermill starts ipykernel.
    assert used | {"brotli", "ipykernel"} == {
        name.lower() for name in names([*project["dependencies"], *extras["cluster"]])
    }


def test_lock_pins_every_requirement_with_hashes():
    pinned = re.findall(
        r"^([\w.-]+)==\S+(?: ;.*)? \\\n    --hash=sha256:[0-9a-f]{64}", LOCK, flags=re.MULTILINE
    )
    assert len(pinned) == len(re.findall(r"^[^\s#]", LOCK, flags=re.MULTILINE))
    assert set(required()) <= set(pinned)


def test_lock_leaves_documentation_tools_out():
    assert not re.findall(r"^(?:sphinx|morfessor).*", LOCK, flags=re.MULTILINE)


def test_no_file_names_a_package_index():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    host = re.compile(
        rb"(?:pypi|pythonhosted|npmjs|anaconda)\.(?:org|com)\b"
        rb"|--(?:extra-)?index-url[ =]|--find-links[ =]"
    )
    found = [
        name
        for name in listed
        if name and (ROOT / name).is_file() and host.search((ROOT / name).read_bytes())
    ]
    assert not found


# --- fonts


def test_pages_have_a_letter_for_each_sign_of_every_article_and_language() -> None:
    fonts = [TTFont(one).getBestCmap().keys() for one in FONTS.glob("*-Regular.woff2")]
    texts = words_of(ROOT / "data" / "articles") | words_of(ROOT / "data" / "languages")
    scripts = {one for one in "".join(texts) if "\u0600" <= one <= "\u0dff"}
    assert len(scripts) > 400
    assert sorted(scripts - set(map(chr, set().union(*fonts)))) == []


@pytest.mark.parametrize("kind", ["ttf", "woff2"])
@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_fonts_cover_the_texts_and_the_signs_of_charts(kind, style):
    covered = set()
    for family in ["NotoSans", "NotoSansGujarati", "NotoSansDevanagari"]:
        covered |= TTFont(FONTS / f"{family}-{style}.{kind}").getBestCmap().keys()
    signs = "₹₽–—“”‘’…·×→←↑↓●○◆◇■□▲▼≈≥≤\u200c\u200d\u25cc।॥āīūṛṅñṭḍṇśṣḥṃ"
    texts = "".join(words_of(ROOT / "data" / "articles") | words_of(ROOT / "data" / "languages"))
    scripts = {
        character
        for character in texts
        if "\u0900" <= character <= "\u097f" or "\u0a80" <= character <= "\u0aff"
    }
    assert len(scripts) > 60
    assert not sorted(
        character for character in {*signs, *scripts} if ord(character) not in covered
    )


def test_fonts_for_pages_are_small():
    sizes = {path.stem: path.stat().st_size for path in FONTS.glob("*.woff2")}
    written = {name: size for name, size in sizes.items() if f"{name[:-7]}Bold" in sizes}
    both = sum(size for name, size in sizes.items() if name.endswith("-Bold"))
    assert sum(written.values()) + both < 250_000, "those that reports are written in"
    assert sum(sizes.values()) < 450_000


@pytest.mark.parametrize(
    ("family", "conjunct"),
    [("Noto Sans Gujarati", "ક્ષ"), ("Noto Sans Gujarati", "શ્રી"), ("Noto Sans Devanagari", "क्ष")],
)
def test_charts_join_conjuncts(family, conjunct):
    for path in FONTS.glob("*.ttf"):
        font_manager.fontManager.addfont(path)
    first, sign, rest = conjunct[0], conjunct[1], conjunct[2:]
    renderer = FigureCanvasAgg(Figure()).get_renderer()
    font = font_manager.FontProperties(family=family, size=40)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        joined, apart = (
            renderer.get_text_width_height_descent(text, font, ismath=False)[0]
            for text in (conjunct, f"{first}{sign}\N{ZERO WIDTH NON-JOINER}{rest}")
        )
    assert joined < 0.9 * apart


# --- the library


def code_tokens(path: Path) -> list[tokenize.TokenInfo]:
    """Return the tokens of a module without its comments and docstrings, which may quote what they
    explain.
    """
    source = path.read_text(encoding="utf-8")
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, documented) and ast.get_docstring(node) is not None:
            docstrings |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [
        token
        for token in tokens
        if token.type != tokenize.COMMENT and token.start[0] not in docstrings
    ]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_code_holds_no_word_of_a_natural_language_but_english(path):
    letters = [
        f"{token.start[0]}: {token.string}"
        for token in code_tokens(path)
        if any(
            not character.isascii() and unicodedata.category(character)[0] == "L"
            for character in token.string
        )
    ]
    assert not letters


@functools.cache
def proper_names() -> re.Pattern[str]:
    """Return a pattern of all the people and places of the reference tables, and of all
    countries.
    """
    found = set(Locale("en").territories.values()) - {"World"}
    for table in ["people.csv", "places.csv"]:
        with (ROOT / "data" / "reference" / table).open(encoding="utf-8", newline="") as file:
            found |= {row["name"] for row in csv.DictReader(file)}
    assert {"India", "Russia", "Moscow"} <= found
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, found)))})\b")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_code_names_no_person_place_or_country(path):
    named = [
        f"{token.start[0]}: {token.string}"
        for token in code_tokens(path)
        if proper_names().search(token.string)
    ]
    assert not named


# --- the notebooks


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_read_like_essays(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    opening, parameters, *_ = notebook.cells
    assert opening.cell_type == "markdown"
    assert opening.source.startswith("# ")
    assert parameters.cell_type == "code"
    assert "parameters" in parameters.metadata.get("tags", [])
    assert parameters.source.isascii()
    lengths = [len(cell.source.splitlines()) for cell in notebook.cells if cell.cell_type == "code"]
    assert max(lengths[1:]) < 10
    assert sum(lengths) < 100


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_keep_only_the_outputs_that_are_checked(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert bool(cell.outputs) == ("nbval-check-output" in cell.metadata.get("tags", [])), (
                cell.source
            )


def test_stripping_keeps_the_outputs_that_are_checked_and_nothing_else():
    result = v4.new_output("execute_result", data={"text/plain": "2"}, execution_count=9)
    cells = [
        v4.new_code_cell(
            "1 + 1",
            execution_count=9,
            outputs=[result],
            metadata={"tags": tags, "execution": {"at": "noon"}},
        )
        for tags in ([], ["nbval-check-output"])
    ]
    strip = runpy.run_path(str(ROOT / ".ci" / "strip_notebooks.py"))["stripped"]
    once = strip(
        nbformat.writes(v4.new_notebook(cells=cells, metadata={"papermill": {"duration": 1}}))
    )
    plain, checked = nbformat.reads(once, as_version=4).cells
    assert (plain.outputs, plain.execution_count, plain.metadata) == ([], None, {})
    assert (checked.outputs[0].data["text/plain"], checked.execution_count) == ("2", 2)
    assert "papermill" not in once and "noon" not in once
    assert strip(once) == once
