"""Reports: built whole or not at all, the same each time, harmless whatever an article says, and
readable by everybody.
"""

from __future__ import annotations

import base64
import html
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import feedparser
import nbformat
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from fontTools.ttLib import TTFont
from nbformat import v4
from playwright.sync_api import Browser, Page
from tests.sample_rows import SENTENCE, coordinates, edition, many_rows
from tests.samples import TEXT, span

from rajnay import charts
from rajnay.base import paths
from rajnay.models import Span, Testimony
from rajnay.report import page as sections
from rajnay.report import runs
from rajnay.report.html.onefile import one_file
from rajnay.report.issue import Issue
from rajnay.timeline.known import load_known
from rajnay.timeline.wording import load_wording
from rajnay.times.periods import Period

SPECS = yaml.load(
    (Path(__file__).parents[1] / "specs" / "runs.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
NOTEBOOK = "04-period-report.ipynb"
HIT = "document.documentElement.dataset.hits=1+(+document.documentElement.dataset.hits||0)"
PAYLOADS = [
    f"<script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"<svg onload={HIT}><script>{HIT}</script></svg>",
    f'"><body onload="{HIT}">',
    f'<a href="javascript:{HIT}">x</a>',
    f"[x](javascript:{HIT})",
    f"```mermaid\ngraph TD; A[<img src=x onerror={HIT}>]\n```",
    "<style>body{display:none}</style>",
    "</style><style>*{color:red}",
    f"</script><script>{HIT}</script>",
    "{{ 7*7 }} {% for x in y %} ${7*7} <%= 7*7 %>",
    f"<iframe srcdoc='<script>{HIT}</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/><form action=https://evil.example/><input name=kind>",
    "\u202eRTL override\u2066",
    "$x^2$ $ $ \\(y\\) $$",
    '=HYPERLINK("https://evil.example/")',
    "&lt;script&gt;&#x3c;b&#x3e;",
    f"<math><mtext><table><mglyph><style><img src=x onerror={HIT}>",
    f'<noscript><p title="</noscript><img src=x onerror={HIT}>">',
]
RUNS = {
    "month-gu": {"notebook": NOTEBOOK, "period": "2025-08", "parameters": {"lang": "gu"}},
    "year-en": {"notebook": NOTEBOOK, "period": "2025", "parameters": {"lang": "en"}},
    "empty-hi": {"notebook": NOTEBOOK, "period": "1999-01", "parameters": {"lang": "hi"}},
    "broken": {"notebook": "broken.ipynb", "parameters": {"fail": True}},
    "mistyped": {"notebook": NOTEBOOK, "parameters": {"lang": 3}},
    "nobody": {"notebook": NOTEBOOK, "parameters": {"person": "No Body"}},
    "endless": {"notebook": "broken.ipynb", "time_limit": 1, "parameters": {"endless": True}},
    "vanishing": {"notebook": "broken.ipynb", "parameters": {"fail": True, "vanish": True}},
}
BUILT = ("month-gu", "year-en", "empty-hi")
EXPORTS = (".xlsx", ".csv", ".parquet", ".json", ".geojson", ".ics", ".timeline.json")
UNREAD = (
    "rajnay: data/articles/unreadable.json: column 2: not JSON (Expecting property name enclosed "
    "in double quotes); mend it there\n"
)


@dataclass
class Site:
    """A copy of the project with its own articles and list of reports, and what building them
    said.
    """

    root: Path
    status: int = 0
    said: str = ""

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    def build(self, *arguments: str) -> None:
        code = "import sys; from rajnay.cli import main; sys.exit(main(['report', *sys.argv[1:]]))"
        environment = os.environ | {"RAJNAY_ROOT": str(self.root)}
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.status, self.said = done.returncode, done.stderr

    def bytes(self) -> dict[str, bytes]:
        return {
            file.name: file.read_bytes()
            for file in self.reports.glob("*-??.*")
            if file.suffix != ".ipynb"
        }


def articles() -> Iterator[dict[str, object]]:
    """Two plain articles, and one hostile one for each payload, all telling of the same summer."""
    for number, payload in enumerate(["", "", *PAYLOADS]):
        text = TEXT if not payload else f"{payload}\n{TEXT} {payload}"
        yield {
            "id": f"test-{number}",
            "lang": "gu",
            "published": f"2025-08-{22 + number % 6}",
            "title": payload or "જયશંકર લવરોવને મળ્યા",
            "publisher": payload or "Example",
            "url": "https://example.org/" if not payload or number % 2 else f"javascript:{HIT}",
            "text": text,
        }


def broken_notebook() -> nbformat.NotebookNode:
    cells = [
        v4.new_code_cell(
            "fail = False\nvanish = False\nendless = False", metadata={"tags": ["parameters"]}
        ),
        v4.new_code_cell("while endless:\n    pass"),
        v4.new_code_cell("import os; os._exit(0) if vanish else None"),
        v4.new_code_cell("assert not fail, 'no such luck'"),
    ]
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("site"))
    for folder in (
        "data/languages",
        "data/reference",
        "data/model",
        "data/rules",
        "data/fonts",
        "reports/template",
        "notebooks",
    ):
        shutil.copytree(paths.ROOT / folder, made.root / folder)
    shutil.copy(paths.ROOT / "requirements.lock", made.root)
    shutil.copy(paths.DATA / "defaults.yaml", made.root / "data")
    for folder in ("data/articles", "data/labelled"):
        (made.root / folder).mkdir()
    for article in articles():
        file = made.root / "data" / "articles" / f"{article['id']}.json"
        file.write_text(json.dumps(article), encoding="utf-8")
    (made.root / "data" / "labelled" / "test-0.json").write_text(
        json.dumps({"id": "test-0", "gold": []}), encoding="utf-8"
    )
    (made.root / "data" / "articles" / "unreadable.json").write_text("{", encoding="utf-8")
    nbformat.write(broken_notebook(), made.root / "notebooks" / "broken.ipynb")
    (made.root / "reports" / "runs.yaml").write_text(yaml.safe_dump(RUNS), encoding="utf-8")
    made.build()
    return made


@pytest.fixture
def view(site: Site, browser: Browser) -> Iterator[Page]:
    """A page whose requests and console lines are kept, and must be none at the end."""
    context = browser.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    yield page
    assert [line for line in heard if not line.startswith(("file:", "data:font/"))] == []
    assert all(
        Path(line.removeprefix("file://")).suffix == ".html"
        for line in heard
        if line.startswith("file:")
    )
    context.close()


def opened(view: Page, site: Site, name: str) -> Page:
    view.goto((site.reports / f"{name}.html").as_uri())
    return view


# --- building


def test_what_fails_is_named_and_the_rest_is_built(site):
    assert site.status == 1
    assert "broken: broken.ipynb failed: AssertionError: no such luck" in site.said
    assert "vanishing: broken.ipynb ended its process before it was done" in site.said
    assert "mistyped: parameter lang must be of type str, not int: 3" in site.said
    assert "nobody: person 'No Body' is not in people.csv: " in site.said
    assert "endless: broken.ipynb was not done after 1 seconds; " in site.said
    assert UNREAD in site.said
    assert site.said.count("\n") == len(RUNS) - len(BUILT) + 1
    assert {file.stem for file in site.reports.glob("*.html")} == {*BUILT, "index"}
    assert {file.name for file in site.reports.glob("broken*")} == {"broken.failed.ipynb"}
    assert {file.name for file in site.reports.glob(".*")} == {".lock"}
    assert str(site.root) not in site.said


@pytest.mark.parametrize("name", BUILT)
def test_exports_stand_beside_the_report_and_are_linked_from_it(site, view, name):
    links = opened(view, site, name).eval_on_selector_all(
        ".downloads a", "links => links.map(link => link.getAttribute('href'))"
    )
    assert sorted(links) == sorted(name + suffix for suffix in EXPORTS)
    found = {file.name for file in site.reports.glob(f"{name}.*")}
    assert found - {f"{name}.pdf"} == {*links, f"{name}.html", f"{name}.ipynb"}


@pytest.mark.parametrize("name", BUILT)
def test_the_notebook_behind_a_report_stands_beside_it_with_its_parameters_and_nothing_run(
    site, view, name
):
    notebook = nbformat.read(site.reports / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    (given,) = [
        one for one in notebook.cells if "injected-parameters" in one.metadata.get("tags", [])
    ]
    found = dict(runs.assignments(given.source))
    assert found["lang"] == name[-2:] and found["start"] and "exports" not in found
    assert not any(one.get("outputs") for one in notebook.cells)
    assert str(site.root) not in (site.reports / f"{name}.ipynb").read_text("utf-8")
    foot = opened(view, site, name).locator(f'.foot a[href="{name}.ipynb"]')
    assert foot.count() == 1
    assert opened(view, site, "index").locator(f'a[href="{name}.ipynb"]').count() == 1


def test_an_unknown_name_is_told_and_nothing_else_is_touched(site):
    before = site.bytes()
    site.build("no-such-report")
    assert site.status == 1
    assert (
        "there is no run 'no-such-report'; reports/runs.yaml has broken, empty-hi, endless, "
        "mistyped, month-gu, nobody, vanishing, year-en" in site.said
    )
    assert site.bytes() == before


def test_what_has_not_changed_is_skipped_and_what_is_forced_comes_out_the_same_to_the_byte(site):
    before = site.bytes()
    ages = {file: file.stat().st_mtime_ns for file in site.reports.glob("year-en.*")}
    site.build("year-en")
    assert (site.status, site.said) == (1, UNREAD)
    assert {file: file.stat().st_mtime_ns for file in ages} == ages
    site.build("year-en", "--force")
    assert {file: file.stat().st_mtime_ns for file in ages} != ages
    assert site.bytes() == before


def test_a_build_in_which_nothing_has_changed_loads_nothing_that_takes_long(site):
    code = (
        "import sys; from rajnay.report.build import build; said = build(['year-en']).unread; "
        "print(said, sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    environment = os.environ | {"RAJNAY_ROOT": str(site.root)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"{(UNREAD.removeprefix('rajnay: ').strip(),)} [")
    heavy = ("IPython", "babel", "jinja2", "matplotlib", "nbconvert", "nbformat", "pandas")
    assert not [name for name in (*heavy, "papermill", "pyarrow") if f"'{name}'" in done.stdout]


def test_a_report_whose_notebook_fails_leaves_the_one_before_untouched_and_the_list_says_so(
    site, view
):
    before = site.bytes()
    notebook = site.root / "notebooks" / NOTEBOOK
    good = notebook.read_text(encoding="utf-8")
    changed = nbformat.reads(good, as_version=4)
    changed.cells.insert(-1, v4.new_code_cell("1 / 0"))
    nbformat.write(changed, notebook)
    site.build("month-gu")
    notebook.write_text(good, encoding="utf-8")
    assert (site.status, site.said.count("\n")) == (1, 2)
    assert "month-gu: 04-period-report.ipynb failed: ZeroDivisionError" in site.said
    assert site.bytes() == before
    assert opened(view, site, "index").locator(".failed").count() == 1
    site.build("month-gu")
    assert (site.said, site.bytes()) == (UNREAD, before)


def test_index_and_feed_list_every_report_with_what_a_reader_needs_to_choose(site, view):
    links = opened(view, site, "index").eval_on_selector_all(
        ".reports h2 a", "links => links.map(link => link.getAttribute('href'))"
    )
    assert sorted(links) == sorted(f"{name}.html" for name in BUILT)
    assert view.locator(".reports .thumb svg").count() == len(BUILT)
    assert "2025" in view.locator("main").inner_text()
    found = feedparser.parse((site.reports / "feed.xml").read_bytes())
    assert not found.bozo
    assert sorted(entry.link for entry in found.entries) == sorted(links)
    assert all(
        entry.title and entry.updated_parsed and entry.id.startswith("urn:rajnay:report:")
        for entry in found.entries
    )


def test_a_page_tells_a_card_what_it_is(site, view):
    opened(view, site, "month-gu")
    cards = view.eval_on_selector_all(
        "meta[property], meta[name=description]",
        "nodes => nodes.map(node => [node.getAttribute('property') || node.name, node.content])",
    )
    told = dict(cards)
    assert told["og:title"] == view.title()
    assert told["og:description"] == told["description"]
    assert told["description"] in " ".join(view.inner_text(".standfirst").split())
    icon = view.get_attribute("link[rel=icon]", "href")
    assert icon.startswith("data:image/svg+xml,")


def printed(site: Site, name: str) -> list[list[tuple[float, str]]]:
    """Print a report; return the lines of each page, with how far down each ends (0 to 1)."""
    site.build(name, "--pdf")
    assert (site.status, site.said) == (1, UNREAD)
    program = shutil.which("pdftotext")
    assert program, "pdftotext is missing: install poppler-utils"
    file = site.reports / f"{name}.pdf"
    done = subprocess.run(
        [program, "-bbox-layout", file, "-"], capture_output=True, text=True, check=True
    )
    pages = []
    for page in re.findall(r"<page [^>]*>.*?</page>", done.stdout, re.DOTALL):
        high = float(re.search(r'height="([\d.]+)"', page)[1])
        lines = []
        for line in re.findall(r"<line [^>]*>.*?</line>", page, re.DOTALL):
            words = re.findall(r"<word [^>]*>(.*?)</word>", line)
            lines.append((float(re.search(r'yMax="([\d.]+)"', line)[1]) / high, "".join(words)))
        pages.append(sorted(lines))
    return pages


@pytest.mark.parametrize("name", ["month-gu", "empty-hi"])
def test_a_pdf_can_be_searched_and_has_numbered_pages_none_half_empty(site, view, name):
    pages = printed(site, name)
    assert [lines[-1][1] for lines in pages] == [
        f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)
    ]
    text = "".join(line for lines in pages for _, line in lines)
    opened(view, site, name)
    headings = ["".join(one.split()) for one in view.locator("h1, h2, .events a").all_inner_texts()]
    wanted = [one for one in headings if one and one != load_wording("gu").text("nav.contents")]
    shown = [one for one in wanted if html.escape(one, quote=False) in text]
    hidden = view.locator("nav h2").all_inner_texts()
    assert set(wanted) - set(shown) <= set(map("".join, map(str.split, hidden)))
    assert not [lines[-2][0] for lines in pages[:-1] if lines[-2][0] < 0.55], "a half-empty page"
    ends = {lines[-2][1] for lines in pages[:-1]}
    assert ends.isdisjoint(headings), "a heading without what it heads"
    assert len(pages) == 1 or name != "empty-hi"
    site.build(name, "--force")
    assert not (site.reports / f"{name}.pdf").exists(), "it would tell of an earlier time"


# --- the page


@pytest.mark.parametrize("name", [*BUILT, "index"])
def test_no_page_names_a_folder_of_the_machine(site, name):
    assert str(site.root) not in (site.reports / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*BUILT, "index"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_accessible_and_as_wide_as_the_screen(site, view, name, scheme):
    view.emulate_media(color_scheme=scheme)
    view.set_viewport_size({"width": 390, "height": 800})
    opened(view, site, name)
    found = Axe().run(view, options={"resultTypes": ["violations"]})
    assert found.response["violations"] == [], found.generate_report()
    assert view.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", [*BUILT, "index"])
def test_headings_are_in_order_links_lead_somewhere_and_no_name_stands_twice(site, view, name):
    opened(view, site, name)
    levels = view.eval_on_selector_all(
        "h1, h2, h3, h4", "nodes => nodes.map(node => +node.tagName[1])"
    )
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    names = view.eval_on_selector_all("[id]", "nodes => nodes.map(node => node.id)")
    targets = view.eval_on_selector_all(
        "a",
        "nodes => nodes.map(node => node.getAttribute('href') || node.getAttribute('xlink:href'))",
    )
    targets = [target[1:] for target in targets if target and target.startswith("#")]
    assert set(targets) <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["month-gu", "empty-hi"])
def test_every_letter_of_a_page_is_in_the_fonts_it_carries(site, view, name):
    opened(view, site, name)
    held: set[int] = set()
    for data in set(
        re.findall(
            r"data:font/woff2;base64,([A-Za-z0-9+/=]+)",
            (site.reports / f"{name}.html").read_text("utf-8"),
        )
    ):
        held |= set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())
    shown = {
        ord(letter)
        for letter in view.inner_text("main")
        if letter.isprintable() and not letter.isspace()
    }
    assert {chr(letter) for letter in shown - held} == set()


def test_every_claim_can_be_checked_without_a_script(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.reports / "month-gu.html").as_uri())
    assert page.locator("#filter").is_hidden()
    assert page.locator(".entry h3").last.inner_text(), "a picture of the whole page is blank"
    entry = page.locator(".entry", has_text="Example").first
    assert entry.locator("blockquote[lang=gu] mark.who").count() >= 2
    assert entry.locator("blockquote mark.when [data-label]").count() >= 1
    assert entry.locator("blockquote mark.where [data-label]").count() >= 1
    assert entry.locator('.said cite a[href="https://example.org/"]').count() >= 1
    context.close()


def test_every_change_of_language_is_told(site, view):
    opened(view, site, "year-en")
    assert view.get_attribute("html", "lang") == "en"
    turns = "node => node.closest('[lang]').lang"
    found = view.eval_on_selector_all(
        ".entry blockquote, .entry cite", f"nodes => nodes.map({turns})"
    )
    assert set(found) == {"gu"}
    gujarati = view.evaluate(
        """() => { const found = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const node = walk.currentNode;
            const told = node.parentElement.closest("[lang]").lang;
            if (/[\u0a80-\u0aff]/.test(node.data) && told !== "gu") { found.push(node.data); }
        } return found; }"""
    )
    assert gujarati == []


def test_a_filter_shows_what_fits_and_a_link_to_what_it_hides_takes_it_away(site, view):
    opened(view, site, "year-en")
    entries = view.locator(".entry:not([hidden])")
    every = entries.count()
    view.select_option("#filter-person", "S. Jaishankar")
    some = entries.count()
    assert 0 < some <= every
    view.fill("#filter-text", "no such words anywhere")
    assert entries.count() == 0
    assert view.inner_text("#filter-shown") == load_wording("en").text("filter.nothing")
    first = view.eval_on_selector(".events a", "link => link.getAttribute('href')")
    view.locator(".events a").first.click()
    view.wait_for_function(f"!document.querySelector('{first}').hidden")
    assert entries.count() == every
    view.locator(".standfirst a").first.click()
    assert 0 < entries.count() <= every


def test_an_unreadable_article_is_named_among_the_gaps(site, view):
    assert "unreadable.json" in opened(view, site, "month-gu").inner_text("#unresolved")


# --- hostile articles


@pytest.mark.parametrize("name", ["month-gu", "year-en", "index"])
def test_nothing_that_an_article_says_runs_or_changes_the_page(site, view, name):
    opened(view, site, name)
    for details in view.locator("details").all():
        details.evaluate("node => node.open = true")
    for link in view.locator("main a").all()[:40]:
        link.hover(force=True, timeout=2000, no_wait_after=True)
    assert view.evaluate("document.documentElement.dataset.hits") is None
    tags = set(view.eval_on_selector_all("body *", "nodes => nodes.map(node => node.localName)"))
    assert tags.isdisjoint(
        {
            "iframe",
            "img",
            "style",
            "meta",
            "base",
            "math",
            "template",
            "object",
            "embed",
            "noscript",
        }
    )
    assert view.locator("body script").count() == (name != "index")
    assert view.locator("form").count() == (name != "index")
    attributes = view.eval_on_selector_all(
        "body *",
        "nodes => nodes.flatMap(node => [...node.attributes].map(one => one.name + '=' + "
        "one.value))",
    )
    assert not [one for one in attributes if one.startswith("on")]
    hrefs = [
        one.partition("=")[2] for one in attributes if re.match(r"(xlink:)?(href|src|action)=", one)
    ]
    assert all(re.match(r"https?://|#|[a-z0-9-]+\.[a-z.]+$", href) for href in hrefs)
    assert not [href for href in hrefs if "evil.example" in href]
    assert view.evaluate("getComputedStyle(document.body).display") == "block"


@pytest.mark.parametrize(
    "payload", [payload for payload in PAYLOADS if "onerror" in payload and "`" not in payload][:1]
)
def test_the_payloads_would_be_counted_if_they_ran(browser, payload):
    page = browser.new_page()
    page.set_content(payload)
    page.wait_for_function("document.documentElement.dataset.hits > 0")
    page.close()


def test_what_a_hostile_article_says_is_shown_as_it_is(site, view):
    text = opened(view, site, "month-gu").evaluate("document.querySelector('main').textContent")
    shown = " ".join(text.split())
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in shown


def test_direction_changing_characters_end_with_the_words_that_hold_them(site, view):
    opened(view, site, "month-gu")
    turned = "one => one.nodeType === 3 && /[\\u202a-\\u202e\\u2066]/.test(one.data)"
    inside = view.eval_on_selector_all(
        ".said, .gaps p",
        f"nodes => nodes.filter(node => [...node.childNodes].some({turned})).length",
    )
    assert inside == 0


def test_policy_allows_the_page_its_own_script_alone(site):
    for name in BUILT:
        text = (site.reports / f"{name}.html").read_text(encoding="utf-8")
        head = text[: text.index("<title>")]
        policy = re.search(
            r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">', head
        )
        assert policy is not None, "the policy must come first"
        assert policy[1].startswith(
            "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:; "
            "font-src data:; script-src &#39;"
        )
        assert "http:" not in policy[1] and "https:" not in policy[1]


# --- the list of reports


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["name"])
def test_runs_are_checked_before_anything_runs(tmp_path, monkeypatch, spec):
    monkeypatch.setattr(runs, "today", lambda: date(2025, 3, 5))
    source = "start = ''\nend = ''\nlang = 'gu'\nmost = 3\nshare = 0.5"
    nbformat.write(
        v4.new_notebook(cells=[v4.new_code_cell(source, metadata={"tags": ["parameters"]})]),
        tmp_path / "n.ipynb",
    )
    (tmp_path / "runs.yaml").write_text(spec["runs"], encoding="utf-8")
    if "fatal" in spec:
        with pytest.raises(runs.RunError, match=re.escape(spec["fatal"])):
            runs.read_runs(tmp_path / "runs.yaml", tmp_path)
        return
    (found,) = runs.read_runs(tmp_path / "runs.yaml", tmp_path).values()
    if "error" in spec:
        assert isinstance(found, runs.RunError)
        assert spec["error"] in str(found)
        assert "\n" not in str(found)
    else:
        assert {name: str(value) for name, value in found.parameters.items()} == spec["given"]


def test_the_runs_of_the_project_can_all_be_built():
    found = runs.read_runs()
    assert [run for run in found.values() if isinstance(run, runs.RunError)] == []
    assert {"gu", "en", "hi"} <= {run.parameters.get("lang") for run in found.values()}


# --- size


def test_a_year_of_five_hundred_engagements_stays_under_three_megabytes():
    place = "મોસ્કોમાં"
    words = {"parties.IN": "એસ. જયશંકર", "parties.RU": "સેર્ગેઈ લવરોવ", "start": place, "place": place}
    spans = {field: (span(said, SENTENCE),) for field, said in words.items()}
    rows = tuple(
        replace(row, testimonies=tuple(marked(told, spans) for told in row.testimonies))
        for row in many_rows(500)
    )
    issue = Issue(
        "500",
        edition("gu"),
        Period(date(2025, 1, 1), date(2025, 12, 31)),
        date(2025, 12, 31),
        rows,
    )
    pictures = [
        charts.timeline_strip(rows, issue.edition, issue.period),
        charts.same_months(load_known(), issue.edition, issue.period),
        charts.who_met_whom(rows, issue.edition),
        charts.places_map(rows, issue.edition, coordinates()),
        charts.topics_through_time(rows, issue.edition, issue.period),
        charts.long_view(load_known(), issue.edition, issue.day),
    ]
    shown = [
        sections.front(issue),
        sections.figures(issue),
        sections.events(issue, "happened"),
        sections.pictures(issue, pictures),
    ]
    bundles = [
        one._repr_mimebundle_()
        for one in [*shown, sections.register(issue), sections.method(issue, {}, {})]
    ]
    cells = [
        v4.new_code_cell("", outputs=[v4.new_output("display_data", data=data, metadata=more)])
        for data, more in bundles
    ]
    page = one_file(cells, issue.title, issue.words)
    assert page.count('<article class="entry') == 500
    assert len(page.encode()) < 3_000_000


def marked(told: Testimony, spans: dict[str, tuple[Span, ...]]) -> Testimony:
    return replace(told, engagement=replace(told.engagement, spans=spans))
