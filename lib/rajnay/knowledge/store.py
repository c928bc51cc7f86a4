"""Everything the library knows, loaded once: the reference tables and the language packs, with a
lexicon for each language.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rajnay.base import cache, paths
from rajnay.knowledge.compiled import Words, compile_words
from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs.date_words import DateRecord, DateWords, load_date_words
from rajnay.knowledge.packs.names import Names, load_names, name_entries
from rajnay.knowledge.packs.words import Entry, Pack, load_pack
from rajnay.knowledge.reference import Reference, load_reference
from rajnay.knowledge.tables import KnowledgeError
from rajnay.text.days import outlet_zones

__all__ = ["Knowledge", "KnowledgeError", "load_knowledge"]


Built = TypeVar("Built")


@dataclass(frozen=True)
class Knowledge:
    """The reference tables, the packs by language, and what is built from both.

    ``packs`` and ``dates`` hold the languages with a grammar, in which articles can be read;
    ``languages`` is the folder of all that names or reports are written in; ``fingerprint`` tells
    the state of the files and of the library that this was loaded from, and is empty for what was
    put together otherwise.
    """

    languages: Path
    reference: Reference
    packs: dict[str, Pack]
    dates: dict[str, DateWords]
    fingerprint: str = field(default="", init=False, compare=False, repr=False)
    _names: dict[str, Names] = field(default_factory=dict, compare=False, repr=False)
    _built: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def names(self, lang: str) -> Names:
        """Return what a language calls people, places and the rest, read at the first call.

        Raises:
            KnowledgeError: a table of the language's names is wrong; file and line are named.
        """
        if lang not in self._names:
            self._names[lang] = load_names(self.languages / lang, self.reference)
        return self._names[lang]

    def entries(self, lang: str) -> Iterator[Entry]:
        """Yield every form that is looked for in a language's texts, topics aside: its names, those
        of the languages that its grammar adds, and its words.
        """
        pack = self.packs[lang]
        sources = [self.names(code) for code in (lang, *pack.grammar.names_too)]
        yield from name_entries(self.reference, sources)
        yield from pack.entries()

    def lexicon(self, lang: str) -> Lexicon:
        """Return the lexicon of a language, built at the first call."""
        return self._lexicon("lexicon", lang, lambda: self.entries(lang))

    def topics(self, lang: str) -> Lexicon:
        """Return the lexicon of a language's topic words, built at the first call."""
        return self._lexicon("topics", lang, self.packs[lang].topic_entries)

    def _lexicon(self, name: str, lang: str, entries: Callable[[], Iterator[Entry]]) -> Lexicon:
        grammar = self.packs[lang].grammar

        def words() -> Words:
            return compile_words(entries(), lang, grammar.abbreviations)

        def build() -> Lexicon:
            compiled = Words(*self.kept(name, lang, words))
            return Lexicon(
                compiled, grammar.case_endings, grammar.abbreviations, grammar.case_markers
            )

        return self.once(name, lang, build)

    def kept(self, name: str, lang: str, build: Callable[[], Any]) -> Any:
        """Return what ``build`` makes of this knowledge for a language, made once for all programs
        that know the same; it is something that JSON can hold.
        """
        return cache.kept(f"{name}-{lang}", self.fingerprint, build)

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
    try:
        outlet_zones(data / "reference" / "zones.csv")
    except ValueError as error:
        raise KnowledgeError(str(error)) from None
    languages = data / "languages"
    folders = sorted(path.parent for path in languages.glob("*/grammar.yaml"))
    fingerprint = cache.fingerprint(languages, data / "reference", paths.RULES, paths.MODEL)
    known = Knowledge(
        languages,
        load_reference(data / "reference"),
        {folder.name: load_pack(folder) for folder in folders},
        {folder.name: _date_words(folder, fingerprint) for folder in folders},
    )
    object.__setattr__(known, "fingerprint", fingerprint)
    return known


def _date_words(folder: Path, fingerprint: str) -> DateWords:
    def build() -> DateRecord:
        return load_date_words(folder / "dates.yaml").record()

    return DateWords.of(cache.kept(f"dates-{folder.name}", fingerprint, build))
