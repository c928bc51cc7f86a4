"""Strip what running leaves in notebooks: `make format` rewrites them, `make check` (--check) only
names those that need it.

Outputs and counts go, except in cells tagged `nbval-check-output`: the tests compare those with a
fresh run. nbstripout cannot do this: it drops the counts of the cells it keeps, and nbval takes a
cell without one as never run.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def stripped(text: str) -> str:
    """Return a notebook's text as it is committed."""
    notebook = nbformat.reads(text, as_version=4)
    notebook.metadata = nbformat.from_dict(KERNEL)
    count = 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type != "code":
            continue
        count += 1
        kept = "nbval-check-output" in tags and cell.outputs
        cell.execution_count = count if kept else None
        cell.outputs = cell.outputs if kept else []
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    return nbformat.writes(notebook) + "\n"


def main(check: bool, folder: Path = Path("notebooks")) -> int:
    """Strip every notebook of a folder, or only say which are not; return the exit status."""
    changed = 0
    for path in sorted(folder.glob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        after = stripped(before)
        if after != before:
            changed += 1
            print(
                f"{path} "
                f"{'holds what running leaves: make format strips it' if check else 'stripped'}"
            )
            if not check:
                path.write_text(after, encoding="utf-8")
    return int(check and changed > 0)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
