"""What holds where nothing else says so: ``data/defaults.yaml``."""

from __future__ import annotations

import functools
from pathlib import Path

from rajnay.base import paths
from rajnay.knowledge.tables import Form, Record, read_yaml


class Defaults(Record):
    """Languages by their BCP 47 codes: of the names of record, and of the list of reports."""

    names_of_record: Form
    index: Form


@functools.cache
def load_defaults(file: Path = paths.DATA / "defaults.yaml") -> Defaults:
    """Read the defaults.

    Raises:
        KnowledgeError: the file is missing or wrong; file, line and key are named.

    >>> load_defaults().index in {folder.name for folder in paths.LANGUAGES.iterdir()}
    True
    """
    return read_yaml(file, Defaults)
