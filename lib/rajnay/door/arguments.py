"""The arguments that commands share, and the error for one that cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer


def named(text: str | Path) -> Path:
    """Return the path that an argument names, or its default; an empty one is an unset variable of
    a shell, not the folder that one stands in.
    """
    if not str(text).strip():
        raise typer.BadParameter("an empty name; give a file or a folder")
    return Path(text)


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Articles: .txt .md .html .json .jsonl .parquet, folders of them, addresses in "
        "a store (s3://...), or - for standard input.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Publication day (YYYY-MM-DD) of the articles that do not carry their own.",
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Language of the articles, whatever they say themselves."),
]
Pair = Annotated[
    str, typer.Option(metavar="XX-YY", help="The two countries, by their ISO 3166-1 codes.")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="File to write, its format by its suffix.",
        parser=named,
    ),
]
Stored = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="File to write, .jsonl or .parquet; or an address in a store, as fsspec has it.",
    ),
]
ArchivePath = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="PATH",
        help="The archive, if not that of the project (or of RAJNAY_ARCHIVE).",
        parser=named,
    ),
]


def unusable(option: str, what: object) -> typer.BadParameter:
    """Return the error for an argument that cannot be used."""
    return typer.BadParameter(str(what), param_hint=option)


def end_of(argument: str, text: str) -> datetime:
    """Return the last moment of a day that an argument names, in UTC; raises BadParameter for what
    is no day.
    """
    from rajnay.text.days import day

    try:
        return datetime.combine(day(text), time(23, 59, 59), UTC)
    except ValueError as error:
        raise unusable(argument, error) from None
