"""Run the commands of README.md, and write what they print into it.

    python .ci/readme.py

Each section is run in a copy of the project's data of its own. Blocks of ``sh`` are run whole and
print nothing; in blocks of ``console`` a line that begins with ``$`` is a command, and what it
prints stands below it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
# With what was worked out before: it is for whatever has not changed.
COPIED = ("data", "notebooks", "reports/runs.yaml", "reports/template", ".cache")
BLOCK = re.compile(r"^```(sh|console)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
MARK = "\x1e"


def sections(text: str) -> list[str]:
    """Return the parts of a text that begin with a heading of the second level, and what stands
    before them.
    """
    return re.split(r"^(?=## )", text, flags=re.MULTILINE)


def copy(folder: Path) -> dict[str, str]:
    """Copy into a folder what commands may read or change, with a ``rajnay`` to run there.

    Returns:
        The environment in which commands run there.
    """
    for name in filter(lambda name: (ROOT / name).exists(), COPIED):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    command = folder / ".venv" / "bin" / "rajnay"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rajnay "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name != "RAJNAY_CACHE"}
    return kept | {"RAJNAY_ROOT": str(folder), "PYTHONPATH": str(ROOT / "lib")}


def commands(kind: str, block: str) -> list[str]:
    """Return what is to be run of a block: all of it, or each line that is a command."""
    if kind == "sh":
        return [block]
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def run(script: list[str]) -> list[str]:
    """Return what each of several commands prints when they are run one after the other in one
    shell, in a fresh copy of the project's data.
    """
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            ["bash", "-c", "exec 2>&1\n" + f"\nprintf '{MARK}'\n".join([*script, ""])],
            cwd=folder,
            env=copy(Path(folder)),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    lines = [line.rstrip(" ") for line in ran.stdout.split("\n")]
    return "\n".join(lines).split(MARK)[:-1]


def refreshed(section: str) -> str:
    """Return a section with what its commands print now."""
    blocks = [(kind, commands(kind, block)) for kind, block in BLOCK.findall(section)]
    printed = iter(run([command for _, several in blocks for command in several]) if blocks else ())
    shown = iter(
        [
            "".join(
                f"$ {command}\n{next(printed)}" if kind == "console" else command + next(printed)
                for command in several
            )
            for kind, several in blocks
        ]
    )
    return BLOCK.sub(lambda found: f"```{found[1]}\n{next(shown)}```", section)


def main() -> None:
    """Write README.md anew."""
    text = README.read_text(encoding="utf-8")
    README.write_text("".join(map(refreshed, sections(text))), encoding="utf-8")


if __name__ == "__main__":
    main()
