"""What every test may count on: the same random choices each run, and a browser for the pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("MPLBACKEND", "Agg")

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What takes longest is begun first, so that two workers end together; the first of these reads the
# corpus while the second has no need of it, and those after them find it read.
LONGEST = (
    "door/test_door.py",
    "door/test_check.py",
    "lab/test_notebooks.py",
    "report/test_report.py",
    "test_readme.py",
    "lab/test_desk.py",
    "schedule/test_run.py",
    "compose/test_extract.py",
    "scale/test_cluster.py",
    "base/test_cache.py",
    "charts/test_charts.py",
    "text/test_paragraphs.py",
    "report/test_page.py",
)
FIRST = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}

# A slow machine is no failure, and what failed once must fail again.
hypothesis.settings.register_profile("rajnay", deadline=None, derandomize=True)
hypothesis.settings.load_profile("rajnay")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before the others."""
    items.sort(key=lambda item: FIRST.get(item.path, len(FIRST)))


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Where Chromium stands; a missing one fails the test, since a skipped page test proves
    nothing.
    """
    if not CHROMIUM.is_file():
        pytest.fail(
            f"{CHROMIUM} is missing: install Chromium, or name it in the variable CHROMIUM",
            pytrace=False,
        )
    return CHROMIUM


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Return a headless Chromium, driven through Playwright; open pages with `browser.new_page()`
    and close them.
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()
