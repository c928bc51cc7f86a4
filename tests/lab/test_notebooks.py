"""Every notebook runs by itself, also where there is nothing to tell; and in JupyterLab its
controls change what it shows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import nbformat
import papermill
import pytest
from playwright.sync_api import Browser
from tests.lab_server import Lab, run_all, serving

import rajnay as rj
from rajnay.base import paths
from rajnay.knowledge.store import load_knowledge
from rajnay.lab import accuracy, comparing, explore, views
from rajnay.report import engine
from rajnay.report.choice import IssueError
from rajnay.report.choosing import make_issue
from rajnay.report.runs import parameters_of
from rajnay.timeline.corpus import Corpus

NOTEBOOKS = sorted(path.name for path in paths.NOTEBOOKS.glob("*.ipynb"))
LONG_AGO = {"start": "1950", "end": "1950", "against_start": "1949", "against_end": "1949"}
CASES = [(name, case) for name in NOTEBOOKS for case in ("defaults", "nothing to tell")]
CASES = [
    (name, case)
    for name, case in CASES
    if case == "defaults" or "start" in parameters_of(paths.NOTEBOOKS / name)
]
# What an empty table, list of events or chart must not leave behind.
BARE = ("<tbody></tbody>", "<tbody>\n</tbody>", "<svg></svg>", ">NaN<", ">None<", "Traceback")


def executed(name: str, case: str, folder: Path) -> nbformat.NotebookNode:
    known = parameters_of(paths.NOTEBOOKS / name)
    given = (
        {key: value for key, value in LONG_AGO.items() if key in known}
        if case != "defaults"
        else {}
    )
    source, target = paths.NOTEBOOKS / name, folder / f"{case} {name}"
    # As it comes in a kernel of its own, as an analyst has it; else as the reports are made.
    how = (
        {"extra_arguments": ["--log-level=50"]}
        if case == "defaults"
        else {"engine_name": engine.NAME}
    )
    return papermill.execute_notebook(
        str(source), str(target), given,
        cwd=str(paths.ROOT), kernel_name="python3", language="python",
        progress_bar=False, log_output=False, **how,
    )  # fmt: skip


class Runs(dict[tuple[str, str], Future[nbformat.NotebookNode]]):
    """The runs of notebooks, each made once: those that are not on their way when asked for."""

    def __init__(
        self, started: dict[tuple[str, str], Future[nbformat.NotebookNode]], folder: Path
    ) -> None:
        super().__init__(started)
        self.folder = folder

    def __missing__(self, case: tuple[str, str]) -> Future[nbformat.NotebookNode]:
        done: Future[nbformat.NotebookNode] = Future()
        try:
            done.set_result(executed(*case, self.folder))
        except Exception as error:
            done.set_exception(error)
        self[case] = done
        return done


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """Every notebook on its way, two at a time: most of a run is waiting for its kernel to start.
    Those with nothing to tell run here, when they are first asked for.
    """
    folder = tmp_path_factory.mktemp("notebooks")
    with ThreadPoolExecutor(2) as pool:
        yield Runs(
            {
                (name, case): pool.submit(executed, name, case, folder)
                for name, case in CASES
                if case == "defaults"
            },
            folder,
        )


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}, {case}" for name, case in CASES])
def test_notebook_runs_by_itself(runs, name, case):
    outputs = [
        output for cell in runs[name, case].result().cells for output in cell.get("outputs", [])
    ]
    assert not [
        output
        for output in outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    shown = [
        output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})
    ]
    assert shown
    assert not [bare for bare in BARE for one in shown if bare in one]
    assert not [
        output
        for output in outputs
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]


def sections(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Return what each section of a notebook shows, as its reader sees it; one without code is
    none.
    """
    found: dict[str, str] = {}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = next(
                (line for line in cell.source.splitlines() if line.startswith("#")), heading
            )
        elif cell.get("outputs"):
            shown = [one.get("data", {}).get("text/html", "") for one in cell.outputs]
            bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", " ".join(shown), flags=re.DOTALL)
            printed = [one.get("text", "") for one in cell.outputs]
            values = [one.get("data", {}).get("text/plain", "") for one in cell.outputs]
            said = bare if bare.strip() else " ".join([*printed, *values])
            said = html.unescape(said)
            found[heading] = f"{found.get(heading, '')} {' '.join(said.split())}".strip()
    return found


EMPTY = (
    "Nothing.",
    "no article",
    "Nothing to report",
    "There is no",
    "No act between",
    "names nothing",
)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_section_of_a_notebook_that_has_data_shows_some(runs, name):
    """With the parameters that it comes with, each has: a heading over nothing is a defect."""
    notebook = runs[name, "defaults"].result()
    found = sections(notebook)
    headed = {
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("## ")
    }
    assert headed <= found.keys()
    short = {heading: said for heading, said in found.items() if len(said) < 15}
    assert short == {}
    assert not {heading for heading, said in found.items() for one in EMPTY if said.startswith(one)}


def test_each_engagement_of_an_article_shows_why_it_is_as_it_is(runs):
    said = sections(runs["02-one-article.ipynb", "defaults"].result())["## How does it know?"]
    extraction = rj.corpus().extractions["gu-s01"]
    steps = [step for one in extraction.steps for step in one]
    assert extraction.engagements and steps
    assert not [step.why for step in steps if " ".join(step.why.split()) not in said]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_carries_the_fonts_of_what_it_shows_and_colours_for_a_dark_page(runs, name):
    shown = "".join(
        output.data.get("text/html", "")
        for cell in runs[name, "defaults"].result().cells
        for output in cell.get("outputs", [])
        if "data" in output
    )
    scripts = {"Gujarati": "[\u0a80-\u0aff]", "Devanagari": "[\u0900-\u097f]"}
    for script, letters in scripts.items():
        if re.search(letters, shown):
            assert f"@font-face {{ font-family: NotoSans{script}" in shown
    if "--chart-ink" in re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL):
        dark = 'body[data-jp-theme-light="false"] .rajnay { --chart-ink'
        assert dark in shown


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("01-corpus.ipynb", "No article of the corpus was published in this period."),
        ("03-timeline.ipynb", "1950: 0 engagements"),
        ("07-compare.ipynb", "Nothing to report"),
        ("05-accuracy.ipynb", "No labelled article was published in this period."),
    ],
)
def test_empty_period_is_said_kindly(runs, name, said):
    cells = runs[name, "nothing to tell"].result().cells
    assert said in "".join(
        output.data.get("text/html", "")
        for cell in cells
        for output in cell.get("outputs", [])
        if "data" in output
    )


# --- the views, without a front end


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return rj.corpus()


def test_controls_narrow_what_is_shown(corpus):
    view = explore.timeline(corpus, "en", "2025", "2025")
    controls, below = view.widget().children
    by_name = {control.description: control for control in controls.children}
    whole = below.value
    assert "2025: " in whole and "Sergey Lavrov" in whole
    by_name["Person"].value = "Rajnath Singh"
    assert "Rajnath Singh" in below.value and "Sergey Lavrov" not in below.value
    by_name["Person"].value = ""
    assert below.value == whole
    by_name["First day"].value = "2025-13"
    assert "not known" in below.value and "<svg" not in below.value


def test_every_status_kind_and_topic_narrows_to_its_own(corpus):
    rows = corpus.rows
    for field in ("kind", "status"):
        parts = [
            explore.narrowed(rows, **{field: value})
            for value in {getattr(row.engagement, field) for row in rows}
        ]
        assert sum(map(len, parts)) == len(rows)
        assert all(len({getattr(row.engagement, field) for row in part}) == 1 for part in parts)
    assert all(
        "defence" in row.engagement.topics for row in explore.narrowed(rows, topic="defence")
    )


def test_officials_are_held_against_each_other_by_what_each_took_part_in(corpus):
    people = ("S. Jaishankar", "Rajnath Singh")
    view = comparing.officials(corpus, "en", people)
    shown = view.first()
    for name in people:
        held = [
            row
            for row in corpus.rows
            if name in row.engagement.everyone and row.engagement.status == "held"
        ]
        assert len(held) > 5 and name in shown
    both = [row for row in corpus.rows if set(people) <= set(row.engagement.everyone)]
    assert both and shown.count("<h4>") == 4
    view.widget().children[0].children[1].value = "Ajit Doval"
    with pytest.raises(IssueError, match="Nobody At All"):
        comparing.officials(corpus, "en", ("Nobody At All", "Rajnath Singh"))


def test_looking_up_shows_every_article(corpus):
    row = max(corpus.rows, key=lambda row: len(row.testimonies))
    shown = explore.look_up(corpus, "en", row.id).first()
    assert shown.count("<blockquote") == len(row.testimonies) > 1
    with pytest.raises(IssueError, match="not in the timeline"):
        explore.look_up(corpus, "en", "e0")


def test_unknown_article_is_named(corpus):
    with pytest.raises(IssueError, match="'nowhere' is not in the corpus"):
        explore.read_beside(corpus, "nowhere").first()


def test_corpus_without_articles_shows_no_bare_table():
    empty = Corpus(("IN", "RU"), load_knowledge(), (), ())
    assert "0 articles" in explore.opening(empty).first()
    assert accuracy.scoreboard(*accuracy.labelled(empty))["events"].lines == []
    assert make_issue(empty, lang="en").period.first.year > 2000


def test_tables_escape_what_they_show():
    import pandas as pd

    shown = views.Table(pd.DataFrame({"<i>": ["<script>alert(1)</script>"]}))._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown and "<i>" not in shown


# --- a real JupyterLab


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Return a JupyterLab that serves a copy of the notebooks, so that no run is saved into the
    originals.
    """
    with serving(tmp_path) as lab:
        for name in NOTEBOOKS:
            (lab.folder / name).write_bytes((paths.NOTEBOOKS / name).read_bytes())
        yield lab


def test_lab_table_changes_with_a_control(lab: Lab, browser: Browser) -> None:
    page = lab.open(browser, "03-timeline.ipynb")
    run_all(page)
    person = page.locator(".widget-dropdown", has_text="Person").locator("select")
    person.scroll_into_view_if_needed()
    shown = page.locator(".widget-html").filter(has=page.locator("[role=status]")).first
    lines = shown.locator("table.sheet").first.locator("tbody tr")
    before = lines.count()
    said = shown.locator("[role=status]").inner_text()
    person.select_option("Rajnath Singh")
    shown.locator("[role=status]").filter(has_not_text=said).wait_for()
    after = lines.count()
    assert 0 < after < before
    assert all("Rajnath Singh" in text for text in lines.all_inner_texts())
    page.close()
