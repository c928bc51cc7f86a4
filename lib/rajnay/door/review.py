"""``rajnay review``: what was decided by hand, listed, undone, written out and read in."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from rajnay.base import paths
from rajnay.door.arguments import ArchivePath, named, unusable
from rajnay.door.terminal import print_table, put, say

app = typer.Typer(help="What was decided by hand.", rich_markup_mode=None)
Table = Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table.", parser=named)]


@app.command("list")
def list_(archive: ArchivePath = None) -> int:
    """Print every decision: what it changes, who made it, when and why."""
    from rajnay.archive.store import Archive
    from rajnay.review.kept import every

    with Archive.open(archive) as opened:
        rows = [
            {
                "id": one.id,
                "decision": str(one),
                "articles": ", ".join(dict.fromkeys(each.article for each in one.anchors)),
                "why": one.why,
                "undone": one.undone and f"{one.undone.when:%Y-%m-%d} by {one.undone.who}",
            }
            for one in every(opened)
        ]
    print_table(rows)
    return 0


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(metavar="ID", help="The decision, by its id.")],
    who: Annotated[str, typer.Option(help="Who undoes it.")] = "",
    why: Annotated[str, typer.Option(help="Why it is undone.")] = "",
    archive: ArchivePath = None,
) -> int:
    """Let a decision no longer hold; it stays in the list."""
    from rajnay.archive.store import Archive
    from rajnay.review.decisions import Undone
    from rajnay.review.kept import DecisionError
    from rajnay.review.kept import undo as undo_

    Archive.open(archive).close()  # none is made where none is
    with Archive.open(archive, write=True) as opened:
        try:
            undone = Undone(who or getpass.getuser(), datetime.now(UTC), why)
            put(f"undone: {undo_(opened, decision, undone)}")
        except DecisionError as error:
            say(error)
            return 1
    return 0


@app.command()
def export(file: Table, archive: ArchivePath = None) -> int:
    """Write every decision as a line of a CSV table."""
    from rajnay.archive.store import Archive
    from rajnay.base.safe import write_whole
    from rajnay.review.kept import every
    from rajnay.review.table import written

    with Archive.open(archive) as opened:
        made = every(opened)
    try:
        write_whole(file, written(made))
    except OSError as error:
        say(f"{file}: cannot be written ({error.strerror}); check the folder")
        return 1
    put(f"{file}: {len(made):,} decisions")
    return 0


@app.command("import")
def import_(file: Table, archive: ArchivePath = None) -> int:
    """Take in the decisions of a table, and what of them was undone."""
    from rajnay.archive.store import Archive
    from rajnay.review.decisions import Decision
    from rajnay.review.kept import keep
    from rajnay.review.table import read

    try:
        found = list(read(file.read_bytes(), str(file)))
    except OSError as error:
        raise unusable("FILE.csv", f"{file}: cannot be read ({error.strerror})") from None
    faults = [one for one in found if not isinstance(one, Decision)]
    for fault in faults:
        say(fault)
    with Archive.open(archive or paths.ARCHIVE, write=True) as opened:
        changed = keep(opened, [one for one in found if isinstance(one, Decision)])
    put(f"decisions: {changed} new or changed, {len(found) - len(faults) - changed} known")
    return int(bool(faults))
