"""What was worked out before, kept on disk: a folder of files that may be deleted at any time.

Nothing here can fail: what cannot be read, or was damaged, is worked out again; what cannot be
written is not kept.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rajnay.base import paths

# Files kept of one name: whoever edits data goes back and forth between a few states of it.
_KEPT = 4
# Libraries that have a say in what is kept.
_LIBRARIES = ("indic-nlp-library",)


def fingerprint(*folders: Path) -> str:
    """Return a text that changes with the files of folders, the library's code, and what it runs
    on.
    """
    digest = hashlib.blake2b(_program().encode(), digest_size=16)
    for folder in folders:
        for path in _files(folder):
            digest.update(f"{folder.name}/{path.relative_to(folder)}\n".encode())
            digest.update(hashlib.blake2b(path.read_bytes()).digest())
    return digest.hexdigest()


@functools.cache
def _program() -> str:
    from importlib.metadata import version

    digest = hashlib.blake2b(sys.version.encode())
    digest.update(" ".join(version(name) for name in _LIBRARIES).encode())
    for path in _files(Path(__file__).parents[1]):
        if path.suffix == ".py":
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(where, name) for name in sorted(names) if not name.startswith("."))


def kept(name: str, key: str, build: Callable[[], Any]) -> Any:
    """Return what ``build`` makes, or what it made before under the same name and key.

    Args:
        name: what it is, a word fit for a file's name.
        key: changes whenever ``build`` would make something else; with none nothing is kept.
        build: makes a value that JSON can hold; a tuple comes back from the folder as a list.
    """
    if not key or paths.CACHE is None:
        return build()
    path = paths.CACHE / f"{name}-{key}.json"
    try:
        return _checked(path.read_bytes())
    except (OSError, ValueError):
        value = build()
        with contextlib.suppress(OSError):
            _write(path, json.dumps(value, ensure_ascii=False).encode())
            _forget(path.parent.glob(f"{name}-*.json"))
        return value


def _checked(data: bytes) -> Any:
    """Return the value of a file that begins with a checksum of the rest."""
    checksum, _, body = data.partition(b"\n")
    if hashlib.blake2b(body).hexdigest().encode() != checksum:
        raise ValueError("damaged")
    return json.loads(body)


def _write(path: Path, body: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.blake2b(body).hexdigest().encode() + b"\n" + body)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _forget(files: Iterator[Path]) -> None:
    for old in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)[_KEPT:]:
        old.unlink(missing_ok=True)
