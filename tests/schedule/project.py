"""A project of its own whose feeds are those of an outlet on localhost, and runs of it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import v4
from tests.collect.outlet import Outlet

from rajnay.base import paths

FACTS = {"title": "T", "lang": "en", "period": "2025", "day": "2025-12-31", "size": 1}
FACTS |= {"counts": [], "picture": "", "unread": []}
# A report that says hardly anything: how many events there are.
SOURCES = (
    'start = ""\nsince = ""',
    "import rajnay as rj\nfrom rajnay.report.section import CARD, Section\n"
    f"Section(str(len(rj.corpus().rows)), data={{CARD: {FACTS!r}}})",
)
# What packs and tables are compiled to is the same for all these projects.
CACHE = Path(tempfile.gettempdir()) / f"rajnay-tests-{os.getpid()}"
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)
ONE = "one: {notebook: n.ipynb}\n"
KINDS = {"rss": "/rss", "atom": "/atom", "sitemap": "/sitemap.xml", "page": "/section"}


def project(
    root: Path, outlet: Outlet, *, schedule: str = "mail: null\n", reports: bool = True
) -> Path:
    """Make a project in a folder, with one report or none, and return it."""
    shutil.copytree(
        paths.DATA, root / "data", ignore=shutil.ignore_patterns("articles", "labelled", "*.ttf")
    )
    (root / "data" / "articles").mkdir()
    text = "---\nid: first\nlang: gu\n---\nએક લેખ, જે કંઈ કહેતો નથી.\n"
    (root / "data" / "articles" / "first.md").write_text(text, encoding="utf-8")
    shutil.copytree(paths.TEMPLATE, root / "reports" / "template")
    shutil.copy(paths.ROOT / "requirements.lock", root)
    (root / "notebooks").mkdir()
    parameters, *rest = SOURCES
    cells = [v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    cells += [v4.new_code_cell(source) for source in rest]
    nbformat.write(v4.new_notebook(cells=cells), root / "notebooks" / "n.ipynb")
    (root / "reports" / "runs.yaml").write_text(ONE if reports else "{}\n", encoding="utf-8")
    feeds = [
        {"name": kind, "url": outlet.base + path, "kind": kind, "language": "gu"}
        | {"zone": "Asia/Kolkata", "keep": [], "links": "/story/"}
        for kind, path in KINDS.items()
    ]
    listed = yaml.safe_dump({"pause": 0, "feeds": feeds})
    (root / "data" / "feeds.yaml").write_text(listed, encoding="utf-8")
    (root / "data" / "schedule.yaml").write_text(schedule, encoding="utf-8")
    return root


def start(root: Path, *arguments: str, **more: Any) -> subprocess.Popen[str]:
    """Start a command of the library in a project."""
    own = {"RAJNAY_ROOT": str(root), "RAJNAY_CACHE": str(CACHE)}
    command = [sys.executable, "-m", "rajnay", *arguments]
    return subprocess.Popen(
        command,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def call(root: Path, *arguments: str, **more: Any) -> tuple[int, str, str]:
    """Run a command to its end, and return its status, and what it printed."""
    process = start(root, *arguments, **more)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def run(root: Path, *arguments: str, **more: Any) -> tuple[int, dict[str, Any], str]:
    """Do a run; returns its status, its summary and what it said on standard error."""
    status, out, err = call(root, "run", "--private", "127.0.0.1", "--json", *arguments, **more)
    return status, json.loads(out) if out else {}, err


def timeline(root: Path) -> list[Any]:
    """Return the events of a project with all that is told of them."""
    script = (
        "import json, rajnay as rj\nfrom rajnay.records import engagement_record\n"
        "told = [[row.id, engagement_record(row.engagement, ''), "
        "sorted(one.article.id for one in row.testimonies)] for row in rj.corpus().rows]\n"
        "print(json.dumps(told, default=str))"
    )
    own = {"RAJNAY_ROOT": str(root), "RAJNAY_CACHE": str(CACHE)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | own,
        check=True,
        capture_output=True,
        text=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found
