"""Dated, sourced, checkable timelines of what two countries did with each other, drawn from the
news.

``read`` takes a folder, a file or a text; what it returns has ``extract()``, and what that returns
has ``timeline()``. ``corpus`` is the timeline of all articles of the project. Everything is
imported when it is first asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from rajnay.door.check import check as check
    from rajnay.door.reading import corpus as corpus
    from rajnay.door.reading import read as read
    from rajnay.door.scoring import score as score

    def report(*names: str, pdf: bool = False, force: bool = False) -> list[Path]:
        """Build reports and ``reports/index.html``; returns their files."""

    __version__: str

__all__ = ("__version__", "check", "corpus", "read", "report", "score")

_ROOMS = {"check": "check", "corpus": "reading", "read": "reading", "score": "scoring"}


def _asked_for(name: str) -> Any:
    """Return what the front door has under a name."""
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("rajnay")
    if name == "report":
        return importlib.import_module("rajnay.report")  # a room that can be called
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"rajnay.door.{_ROOMS[name]}"), name)


if not TYPE_CHECKING:  # or a checker of types would let every name pass
    __getattr__ = _asked_for


def __dir__() -> list[str]:
    return list(__all__)
