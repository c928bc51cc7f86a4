"""Everything the library knows, loaded once: the reference tables and the language packs, with a
lexicon for each language.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rajnay import paths
from rajnay.knowledge.date_words import DateWords, load_date_words
from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs import Pack, load_pack
from rajnay.knowledge.reference import Reference, load_reference
from rajnay.knowledge.tables import KnowledgeError

__all__ = ["Knowledge", "KnowledgeError", "load_knowledge"]


Built = TypeVar("Built")


@dataclass(frozen=True)
class Knowledge:
    """The reference tables, the packs by language, and what is built from both."""

    reference: Reference
    packs: dict[str, Pack]
    dates: dict[str, DateWords]
    _lexicons: dict[str, Lexicon] = field(default_factory=dict, compare=False, repr=False)
    _topics: dict[str, Lexicon] = field(default_factory=dict, compare=False, repr=False)
    _built: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def lexicon(self, lang: str) -> Lexicon:
        """Return the automaton of a language, built at the first call."""
        if lang not in self._lexicons:
            pack = self.packs[lang]
            entries = (*self.reference.entries(lang), *pack.entries())
            self._lexicons[lang] = Lexicon(
                entries, pack.grammar.case_endings, lang, pack.grammar.abbreviations
            )
        return self._lexicons[lang]

    def topics(self, lang: str) -> Lexicon:
        """Return the automaton of a language's topic words, built at the first call."""
        if lang not in self._topics:
            grammar = self.packs[lang].grammar
            self._topics[lang] = Lexicon(
                self.packs[lang].topic_entries(), grammar.case_endings, lang, grammar.abbreviations
            )
        return self._topics[lang]

    def once(self, name: str, lang: str, build: Callable[[], Built]) -> Built:
        """Return what ``build`` makes of this knowledge for a language, made at the first call
        under its name.
        """
        if (name, lang) not in self._built:
            self._built[name, lang] = build()
        built: Built = self._built[name, lang]
        return built


@functools.cache
def load_knowledge(data: Path = paths.DATA) -> Knowledge:
    """Load and validate all of ``data/languages`` and ``data/reference``.

    Args:
        data: the data folder.

    Raises:
        KnowledgeError: a file is missing or wrong; file and line are named.
    """
    folders = sorted(path.parent for path in (data / "languages").glob("*/grammar.yaml"))
    return Knowledge(
        load_reference(data / "reference"),
        {folder.name: load_pack(folder) for folder in folders},
        {folder.name: load_date_words(folder / "dates.yaml") for folder in folders},
    )
