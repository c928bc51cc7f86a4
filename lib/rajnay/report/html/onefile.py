"""One HTML file out of an executed notebook, with all it needs inside: words, drawings, styles,
fonts and one small script.

The file asks no host for anything, and its own policy forbids it to: only the script whose hash the
policy names can run.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import nbformat
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from rajnay.base import paths
from rajnay.base.safe import dump
from rajnay.charts.colours import stylesheet
from rajnay.report.html.clean import clean_html
from rajnay.report.html.fonts import FALLBACKS, faces, fonts_for
from rajnay.report.html.templates import style
from rajnay.report.section import FRONT, LINKED_DATA
from rajnay.timeline.wording import Wording

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src "
    "{script}; "
    "base-uri 'none'; form-action 'none'"
)
EXPORTER: Any = TemplateExporter
WORDS = ("nav.skip", "nav.contents", "nav.notebook", "nav.top", "index.title")
# What a page shows is cleaned to choose its fonts, and again where the template prints it.
cleaned = functools.lru_cache(maxsize=64)(clean_html)


def one_file(
    cells: Sequence[NotebookNode],
    title: str,
    words: Wording,
    about: str = "",
    *,
    notebook: str = "",
) -> str:
    """Return the cells of an executed notebook as one HTML file: what they show, cleaned, in the
    report's template.

    Only the HTML that ``cells`` show is printed, neither code nor prose. ``title`` names the page,
    ``words`` its language, ``about`` is what a card says that links to it, ``notebook`` the file
    beside it that it was made from. The same cells give the same text, byte for byte.
    """
    outputs = [
        output
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    shown = "".join(cleaned(output.data["text/html"]) for output in outputs) + title
    linked = [output.data[LINKED_DATA] for output in outputs if LINKED_DATA in output.data]
    script = style("page.js").strip() if 'id="filter"' in shown else ""
    page = {
        "title": title,
        "lang": words.lang,
        "locale": words.locale,
        "about": about,
        "notebook": notebook,
        "words": {key: words.text(key) for key in WORDS},
        "policy": POLICY.format(script=f"'sha256-{digest(script)}'" if script else "'none'"),
        "style": styles(shown, title + words.text("nav.contents")),
        "data": dump(linked[0], compact=True).decode().strip() if linked else "",
        "front": [output for output in outputs if anchor(output) == FRONT],
        "body": [output for output in outputs if anchor(output) != FRONT],
        "contents": [
            (anchor(output), output.metadata.rajnay.heading)
            for output in outputs
            if anchor(output) not in ("", FRONT)
        ],
        "script": script,
    }
    make: Any = nbformat.v4  # untyped, as the exporter is
    body, _ = exporter().from_notebook_node(make.new_notebook(cells=cells), {"page": page})
    return re.sub(r"></(?:use|path|circle)>", "/>", re.sub(r"\n\s*\n+", "\n", str(body)))


@functools.cache
def exporter() -> Any:
    """Return the exporter that fills the report's template."""
    return EXPORTER(
        template_name=paths.TEMPLATE.name,
        extra_template_basedirs=[str(paths.TEMPLATE.parent)],
        template_file="index.html.j2",
        filters={"clean_html": cleaned},
    )


def digest(script: str) -> str:
    """Return the hash by which a page's policy allows its script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def styles(shown: str, bold: str) -> str:
    """Return the style of a page: the fonts that its text needs, its charts' colours, and our
    own; ``bold`` is of its headings.
    """
    families = [
        file.name.partition("-")[0]
        for file in fonts_for(shown)
        if file.name.endswith("-Regular.woff2")
    ]
    fonts = f":root {{ --fonts: {', '.join([*families, FALLBACKS])}; }}"
    own = [style("marks.css"), style("page.css")]
    return "\n".join([*faces(shown, bold), fonts, stylesheet(), *own])


def anchor(output: NotebookNode) -> str:
    """Return the name of the section that an output of a notebook shows, an empty string if it is
    none.
    """
    return str(output.get("metadata", {}).get("rajnay", {}).get("anchor", ""))


def cell_of(body: str, name: str = "") -> NotebookNode:
    """Return a cell that shows one piece of HTML, so that a page of our own goes the way of all
    reports.
    """
    make: Any = nbformat.v4
    shown = make.new_output(
        "display_data", data={"text/html": body}, metadata={"rajnay": {"anchor": name}}
    )
    cell: NotebookNode = make.new_code_cell("", outputs=[shown])
    return cell


def card_of(notebook: NotebookNode, media_type: str) -> Mapping[str, Any]:
    """Return what an executed notebook says of itself for the list of reports, nothing if it says
    nothing.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if media_type in output.get("data", {}):
                return dict(output.data[media_type])
    return {}
