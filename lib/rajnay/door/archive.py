"""``rajnay archive``: whether the archive is whole, its room given back, written out, read in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from rajnay.base import paths
from rajnay.door.arguments import ArchivePath, named, unusable
from rajnay.door.terminal import put, say

app = typer.Typer(help="What is kept of the articles that came in.", rich_markup_mode=None)
Table = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A file that ends in .jsonl or .parquet.", parser=named),
]


@app.command("check")
def check_(archive: ArchivePath = None) -> int:
    """Print what is wrong with the archive, a line a fault, without changing it."""
    from rajnay.archive.check import check

    faults = 0
    for fault in check(archive or paths.ARCHIVE):
        say(fault)
        faults += 1
    if not faults:
        put("everything is in order")
    return int(bool(faults))


@app.command()
def vacuum(archive: ArchivePath = None) -> int:
    """Give back the room of what is no longer used: what articles told in earlier states."""
    from rajnay.archive.lock import alone
    from rajnay.archive.store import Archive

    file = archive or paths.ARCHIVE
    Archive.open(file).close()  # none is made where none is
    with alone(file), Archive.open(file, write=True) as opened:
        before, after = opened.vacuum()
    put(f"{file}: {before:,} bytes before, {after:,} after")
    return 0


@app.command()
def export(file: Table, archive: ArchivePath = None) -> int:
    """Write every article, with the bytes that came in, as JSON lines or Parquet."""
    from rajnay.archive.store import Archive
    from rajnay.archive.transfer import export as write

    _known(file)
    with Archive.open(archive) as opened:
        try:
            put(f"{file}: {write(opened, file):,} articles")
        except OSError as error:
            say(f"{file}: cannot be written ({error.strerror}); check the folder")
            return 1
    return 0


@app.command("import")
def import_(file: Table, archive: ArchivePath = None) -> int:
    """File every article of an exported file that is not there yet."""
    from collections import Counter

    from rajnay.archive.filing import Filing
    from rajnay.archive.lock import alone
    from rajnay.archive.store import Archive
    from rajnay.archive.transfer import load
    from rajnay.knowledge.store import load_knowledge

    _known(file)
    if not file.is_file():
        raise unusable("FILE", f"there is no file {str(file)!r}")
    packs, became = load_knowledge().packs, Counter[str]()
    path = archive or paths.ARCHIVE
    with alone(path), Archive.open(path, write=True) as opened:
        for one in load(opened, file, datetime.now(UTC), packs):
            if isinstance(one, Filing):
                became[one.status] += 1
            else:
                say(one)
                became["could not be read"] += 1
    put(", ".join(f"{count} {what}" for what, count in sorted(became.items())) or "no articles")
    return int(bool(became["could not be read"]))


def _known(file: Path) -> None:
    from rajnay.archive.transfer import FORMATS

    if file.suffix not in FORMATS:
        raise unusable("FILE", f"{str(file)!r} has no suffix of a format; use {' '.join(FORMATS)}")
