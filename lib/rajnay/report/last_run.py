"""What came of the last unattended run, as the list of reports tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rajnay.base.safe import dump, write_whole

LAST_RUN = "run.json"


@dataclass(frozen=True)
class LastRun:
    """When the last run ended (ISO 8601, UTC), how many articles it filed, and a line for each
    thing that went wrong; ``mailed`` says of reports when the build was made that was sent last.
    """

    ended: str
    new: int = 0
    failures: tuple[str, ...] = ()
    mailed: Mapping[str, str] = field(default_factory=dict)


def read_last_run(folder: Path) -> LastRun | None:
    """Return the last run told in the folder of reports; None if there is none."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads((folder / LAST_RUN).read_text(encoding="utf-8"))
        return LastRun(**found | {"failures": tuple(found["failures"])})
    return None


def write_last_run(folder: Path, run: LastRun) -> None:
    """Write what came of a run into the folder of reports."""
    write_whole(folder / LAST_RUN, dump(asdict(run)))
