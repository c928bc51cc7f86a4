"""Reports: what an issue holds, its page, one HTML file, and the shelf they stand on.

The room itself can be called, ``rajnay.report("year-2025-en")``: a function of the front door
would lose its place to the room of its name once that is imported.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from types import ModuleType


class _Room(ModuleType):
    """A room that builds reports when it is called."""

    def __call__(self, *names: str, pdf: bool = False, force: bool = False) -> list[Path]:
        """Build reports and ``reports/index.html``.

        Args:
            names: runs of ``reports/runs.yaml``; all, if none is named.
            pdf: print each report to PDF too, with Chromium.
            force: build even what has not changed.

        Returns:
            The files of the reports, those of PDFs among them; what they could not read is told in
            warnings.

        Raises:
            ReportError: one or more could not be built; the others were.
        """
        from rajnay.base import paths
        from rajnay.report.build import ReportError, build
        from rajnay.report.runs import read_runs

        failures, unread = build(names, pdf=pdf, force=force)
        for line in unread:
            warnings.warn(line, stacklevel=2)
        if failures:
            raise ReportError("; ".join(failures))
        suffixes = (".html", ".pdf") if pdf else (".html",)
        wanted = names or read_runs()
        return [paths.REPORTS / f"{name}{suffix}" for name in wanted for suffix in suffixes]


sys.modules[__name__].__class__ = _Room
