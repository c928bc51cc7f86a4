"""What an unattended run is to do beside its work, ``data/schedule.yaml``; secrets are in the
environment alone.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from rajnay.base import paths
from rajnay.knowledge.tables import Form, Forms, Record, read_yaml

FILE = paths.DATA / "schedule.yaml"
_MAILBOX = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def _mailbox(text: str) -> str:
    if not _MAILBOX.fullmatch(text):
        raise ValueError(f"{text!r} is no address of electronic mail: write it as name@host")
    return text


Mailbox = Annotated[str, AfterValidator(_mailbox)]


class Mail(Record):
    """How reports are sent: from whom, to whom, by which server, and which of them.

    The password of ``user`` is in the variable ``RAJNAY_MAIL_PASSWORD``.
    """

    sender: Mailbox
    to: Annotated[tuple[Mailbox, ...], Field(min_length=1)]
    reports: Forms
    host: Form = "localhost"
    port: Annotated[int, Field(gt=0, lt=65536)] = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""


class Settings(Record):
    """What a run does beside its work; nothing, if there are none."""

    mail: Mail | None = None


@functools.cache
def load_settings(file: Path = FILE) -> Settings:
    """Read the settings of unattended runs.

    Raises:
        KnowledgeError: they are missing or wrong; file, line and key are named.

    >>> load_settings().mail is None
    True
    """
    return read_yaml(file, Settings)
