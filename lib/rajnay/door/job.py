"""The settings that commands share, checked, and whether any of their inputs failed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from rajnay.door.arguments import unusable
from rajnay.door.terminal import say
from rajnay.models import pair_of

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge
    from rajnay.labels.labelled import Labelled
    from rajnay.models import Article

Input = TypeVar("Input")


@dataclass
class Job:
    """The settings of one run, checked, and whether any of its inputs failed."""

    pair: tuple[str, str]
    knowledge: Knowledge
    published: date | None = None
    lang: str | None = None
    status: int = field(default=0, init=False)

    @classmethod
    def of(cls, pair: str, published: str | None = None, lang: str | None = None) -> Job:
        """Return the settings that arguments ask for; raises BadParameter for one that cannot be
        used.
        """
        from rajnay.knowledge.store import KnowledgeError, load_knowledge
        from rajnay.text.days import day
        from rajnay.text.languages import LanguageError, readable

        try:
            knowledge = load_knowledge()
        except KnowledgeError as error:
            say(error)
            raise typer.Exit(1) from None
        try:
            when = day(published) if published is not None else None
        except ValueError as error:
            raise unusable("--published", error) from None
        try:
            sides = pair_of(pair, knowledge.reference.countries)
        except ValueError as error:
            raise unusable("--pair", error) from None
        try:
            code = readable(lang, knowledge.packs) if lang is not None else None
        except LanguageError as error:
            raise unusable("--lang", error) from None
        return cls(sides, knowledge, when, code)

    def read(self, files: Sequence[str]) -> Iterator[Article]:
        """Yield the articles of files; what cannot be read is named on standard error."""
        from rajnay.text.reading import scan

        given: dict[str, Any] = {"published": self.published, "lang": self.lang}
        packs = self.knowledge.packs
        yield from self.usable(scan(files, **given, stdin=sys.stdin.buffer, languages=packs))

    def labels(self, folder: Path) -> list[Labelled]:
        """Return the labels of a folder or file; that there are none at all is named too."""
        from rajnay.labels.labelled import of_another_pair, read_labelled

        labels = list(self.usable(read_labelled(folder, languages=self.knowledge.packs)))
        if not (labels or self.status):
            self.complain(f"{folder}: there are no labels in it; see data/labelled/README.md")
        if fault := of_another_pair(labels, self.pair):
            self.complain(f"{folder}: {fault}; name it with --pair")
            return []
        return labels

    def usable(self, inputs: Iterable[Input | ValueError]) -> Iterator[Input]:
        """Yield the inputs that could be read, and name the others on standard error."""
        for found in inputs:
            if isinstance(found, ValueError):
                self.complain(found)
            else:
                yield found

    def complain(self, what: object) -> None:
        """Name a failed input on standard error, and remember that there was one."""
        say(what)
        self.status = 1
