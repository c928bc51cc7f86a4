"""The one place that says where the project's files stand."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(os.environ.get("RAJNAY_ROOT", Path(__file__).resolve().parents[3]))
DATA = ROOT / "data"
ARTICLES = DATA / "articles"
LABELLED = DATA / "labelled"
LANGUAGES = DATA / "languages"
REFERENCE = DATA / "reference"
MODEL = DATA / "model"
RULES = DATA / "rules"
FONTS = DATA / "fonts"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
TEMPLATE = REPORTS / "template"
RUNS = REPORTS / "runs.yaml"
# The articles that came in, in one file; RAJNAY_ARCHIVE names another.
ARCHIVE = Path(os.environ.get("RAJNAY_ARCHIVE", ROOT / "archive" / "archive.sqlite"))
# What is worked out once and kept; RAJNAY_CACHE names another folder, or none if it is empty.
_CACHE = os.environ.get("RAJNAY_CACHE", str(ROOT / ".cache"))
CACHE = Path(_CACHE) if _CACHE else None
