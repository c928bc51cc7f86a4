"""``rajnay labels publish``: labelled articles handed on as a set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rajnay.base import paths
from rajnay.door.arguments import Pair, named
from rajnay.door.job import Job
from rajnay.door.terminal import put

app = typer.Typer(help="Labelled articles.", rich_markup_mode=None)
Labels = Annotated[
    Path, typer.Argument(metavar="LABELLED", help="The folder of labels.", parser=named)
]


@app.command()
def publish(
    to: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to write to.", parser=named)
    ],
    folder: Labels = paths.LABELLED,
    pair: Pair = "IN-RU",
) -> int:
    """Write the labelled articles as a set that others can load and cite: tables in JSON, a
    card, and Croissant metadata.
    """
    from rajnay.knowledge.tables import KnowledgeError
    from rajnay.labels.labelled import read_splits
    from rajnay.labels.publishing import publish as handed_on

    job = Job.of(pair)
    if labels := job.labels(folder):
        try:
            put(handed_on(labels, read_splits(folder), folder, to))
        except KnowledgeError as error:
            job.complain(error)
    return job.status
