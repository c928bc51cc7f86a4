"""The list of reports to build, ``reports/runs.yaml``, checked against the notebooks before
anything runs.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from rajnay.base import paths
from rajnay.knowledge.tables import DocumentError, document, repeated
from rajnay.times.periods import PeriodError, resolve_period

NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
TAKEN = ("index", "feed", "runs", "template", "manifest", "news", "changes", "run")
FIELDS = ("notebook", "period", "parameters", "time_limit")
TIME_LIMIT = 900  # seconds that a run may take where it says nothing else


class RunError(ValueError):
    """A run that cannot be built as it is written; the message names the run, the fault and the
    mend.
    """


@dataclass(frozen=True)
class Run:
    """One report to build: its name, the notebook, the parameters that differ from the notebook's
    own, and the seconds that it may take.
    """

    name: str
    notebook: Path
    parameters: Mapping[str, Any]
    time_limit: int = TIME_LIMIT


def today() -> date:
    """Return the day that relative periods count from: that of ``SOURCE_DATE_EPOCH`` if it is set,
    else today's.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def read_runs(
    file: Path = paths.RUNS, notebooks: Path = paths.NOTEBOOKS
) -> dict[str, Run | RunError]:
    """Return every run of a list by its name, or in its place the error that keeps it from being
    built.

    ``file`` maps names to ``notebook``, ``period`` (which gives the parameters ``start`` and
    ``end``; it may be relative, such as ``last-month``), ``parameters`` and ``time_limit``, in
    seconds; ``notebooks`` is the folder of the notebooks. Raises RunError if the file is no such
    list.
    """
    try:
        node, entries = document(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, DocumentError) as error:
        line = error.line if isinstance(error, DocumentError) else 1
        why = getattr(error, "strerror", None) or error
        raise RunError(f"{file}: line {line}: cannot be read: {why}") from None
    entries = {} if entries is None else entries
    if not isinstance(entries, dict):
        raise RunError(f"{file}: line 1: must map the names of reports to what they are made of")
    if twice := min(repeated(node), key=itemgetter(1), default=None):
        raise RunError(f"{file}: line {twice[1]}: {twice[0]!r} stands there twice; rename one")
    runs: dict[str, Run | RunError] = {}
    for name, entry in entries.items():
        try:
            runs[str(name)] = checked(str(name), entry, notebooks)
        except RunError as error:
            runs[str(name)] = RunError(f"{file.name}: {name}: {error}")
    return runs


def checked(name: str, entry: object, notebooks: Path) -> Run:
    """Return one entry of the list as a run, its parameters held against those of its notebook.

    Raises RunError for a name that is no file name, an unknown field, notebook, period or
    parameter, or a value of a wrong type.
    """
    if not NAME.match(name) or name in TAKEN:
        raise RunError(
            "a name has small letters, digits and hyphens only, and is not one of "
            + ", ".join(TAKEN)
        )
    if not isinstance(entry, dict) or not isinstance(entry.get("notebook"), str):
        raise RunError("needs a line 'notebook: FILE.ipynb'")
    if unknown := [field for field in entry if field not in FIELDS]:
        raise RunError(f"unknown field {unknown[0]!r}; known are {', '.join(FIELDS)}")
    notebook = notebooks / entry["notebook"]
    if not os.path.isfile(notebook):  # noqa: PTH113 - for a name too long there is no file either
        raise RunError(f"there is no notebook {entry['notebook']} in {notebooks}")
    given = entry.get("parameters") or {}
    if not isinstance(given, dict):
        raise RunError("parameters must map names to values")
    given = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()
    }
    if "period" in entry:
        try:
            first, last = resolve_period(str(entry["period"]), today())
        except PeriodError as error:
            raise RunError(str(error)) from None
        given = {"start": first.isoformat(), "end": last.isoformat()} | given
    check_types(given, parameters_of(notebook))
    return Run(name, notebook, given, time_limit(entry.get("time_limit", TIME_LIMIT)))


def time_limit(given: object) -> int:
    """Return the seconds that a run may take; raises RunError for what is no number of seconds."""
    if type(given) is not int or given < 1:
        raise RunError(f"time_limit must be a whole number of seconds, 1 or more, not {given!r}")
    return given


def check_types(given: Mapping[str, object], known: Mapping[str, object]) -> None:
    """Raise RunError if a parameter is not among the notebook's, or is of another type than the
    notebook's own value.

    >>> check_types({"lang": "gu"}, {"lang": "en"})
    """
    for key, value in given.items():
        if key not in known:
            raise RunError(f"unknown parameter {key!r}; the notebook has {', '.join(known)}")
        wanted = type(known[key])
        if type(value) is not wanted and not (wanted is float and type(value) is int):
            raise RunError(
                f"parameter {key} must be of type {wanted.__name__}, not {type(value).__name__}: "
                f"{value!r}"
            )


def parameters_of(notebook: Path) -> dict[str, object]:
    """Return the parameters of a notebook and their values, read from its cell tagged
    ``parameters`` without running it.

    Raises RunError if there is no such cell, or it holds anything but names with literal values.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError) as error:
        raise RunError(f"{notebook.name}: is no notebook of format 4: {error}") from None
    for cell in cells:
        if "parameters" in cell["metadata"].get("tags", []):
            try:
                return dict(assignments("".join(cell["source"])))
            except (SyntaxError, ValueError) as error:
                raise RunError(
                    f"{notebook.name}: the parameters cell must hold names with literal values "
                    f"only: {error}"
                ) from None
    raise RunError(f"{notebook.name}: no cell is tagged 'parameters'")


def assignments(source: str) -> Iterator[tuple[str, object]]:
    """Yield the name and value of each assignment of a literal.

    >>> dict(assignments("lang: str = 'gu'  # the report's language"))
    {'lang': 'gu'}
    """
    for node in ast.parse(source).body:
        target = (
            node.targets[0]
            if isinstance(node, ast.Assign)
            else node.target
            if isinstance(node, ast.AnnAssign)
            else None
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if not isinstance(target, ast.Name) or value is None:
            raise ValueError(f"line {node.lineno}")
        yield target.id, ast.literal_eval(value)
