"""Cells run without a kernel: they show what a kernel would show, and leave nothing behind."""

from __future__ import annotations

import builtins
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from nbformat import NotebookNode

from rajnay.report.engine import Shell

SPECS = yaml.safe_load(
    (Path(__file__).parents[1] / "specs" / "cells.yaml").read_text(encoding="utf-8")
)
SAID = {"stream": "text", "display_data": "data", "error": "ename"}


def shown(cells: list[str]) -> list[NotebookNode]:
    shell = Shell.fresh()
    return [one for source in cells for one in shell.run(source)]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["name"])
def test_cells_show_what_a_kernel_would_show(spec, monkeypatch):
    # A doctest of this process left its last value there, and IPython would not replace it.
    monkeypatch.delattr(builtins, "_", raising=False)
    # In a thread of its own: the browser of other tests keeps this one's event loop running.
    with ThreadPoolExecutor(1) as threads:
        outputs = threads.submit(shown, spec["cells"]).result()
    assert [one[SAID[one.output_type]] for one in outputs] == spec["shown"]


def test_a_run_starts_from_an_empty_namespace():
    assert shown(["left = 1"]) == []
    (failure,) = shown(["left"])
    assert (failure.ename, failure.evalue) == ("NameError", "name 'left' is not defined")
