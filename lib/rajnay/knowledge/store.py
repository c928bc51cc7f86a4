"""Everything the library knows, loaded once: the reference tables and the language packs, with a
lexicon for each language.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from rajnay.base import cache, paths
from rajnay.base.lazy import Later
from rajnay.knowledge.borrowed import Respelling, Row, rows
from rajnay.knowledge.compiled import Words, compile_words
from rajnay.knowledge.lexicon import Lexicon
from rajnay.knowledge.packs.date_words import DateRecord, DateWords, load_date_words
from rajnay.knowledge.packs.names import Names, load_names, name_entries
from rajnay.knowledge.packs.words import GRAMMAR, Entry, Pack, is_draft, load_pack
from rajnay.knowledge.reference import Reference, load_reference
from rajnay.knowledge.tables import KnowledgeError
from rajnay.text.days import outlet_zones

__all__ = ["Knowledge", "KnowledgeError", "load_knowledge"]


Built = TypeVar("Built")


@dataclass(frozen=True)
class Knowledge:
    """The reference tables, the packs by language, and what is built from both.

    ``packs`` and ``dates`` hold the languages with a grammar, in which articles can be read, each
    loaded when it is first asked for: an article of one language pays for no other; one that is a
    draft is there for who names it, and not listed;
    ``languages`` is the folder of all that names or reports are written in; ``fingerprint`` tells
    the state of the files and of the library that this was loaded from, and is empty for what was
    put together otherwise.
    """

    languages: Path
    reference: Reference
    packs: Mapping[str, Pack]
    dates: Mapping[str, DateWords]
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

    def borrowed(self, lang: str) -> tuple[list[Row], Respelling] | None:
        """Return the names that a language takes from others, as it may write them, and how it
        does; None for a language that has its own.
        """
        borrowing = self.packs[lang].grammar.names_from
        if borrowing is None:
            return None
        respelling = Respelling(borrowing)

        def build() -> list[Row]:
            return list(dict.fromkeys(self._rows(borrowing.languages, respelling)))

        return self.kept("borrowed", lang, build), respelling

    def _rows(self, languages: Iterable[str], respelling: Respelling) -> Iterator[Row]:
        for code in languages:
            yield from rows(name_entries(self.reference, [self.names(code)]), code, respelling)

    def lexicon(self, lang: str) -> Lexicon:
        """Return the lexicon of a language, built at the first call."""

        def build() -> Lexicon:
            entries, borrowed = partial(self.entries, lang), self.borrowed(lang)
            return self._lexicon("lexicon", lang, entries, borrowed)

        return self.once("lexicon", lang, build)

    def topics(self, lang: str) -> Lexicon:
        """Return the lexicon of a language's topic words, built at the first call."""

        def build() -> Lexicon:
            return self._lexicon("topics", lang, self.packs[lang].topic_entries)

        return self.once("topics", lang, build)

    def _lexicon(
        self,
        name: str,
        lang: str,
        entries: Callable[[], Iterator[Entry]],
        borrowed: tuple[list[Row], Respelling] | None = None,
    ) -> Lexicon:
        grammar = self.packs[lang].grammar
        names = borrowed[0] if borrowed else []

        def words() -> Words:
            return compile_words(entries(), lang, grammar.abbreviations, names)

        return Lexicon(
            Words(*self.kept(name, lang, words)),
            grammar.case_endings,
            grammar.abbreviations,
            grammar.case_markers,
            borrowed,
            grammar.roles_of_places,
        )

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
    """Load and validate ``data/reference``, and what languages there are in ``data/languages``.

    Args:
        data: the data folder.

    Returns:
        The knowledge. A fault in a pack is told when its language is first asked for.

    Raises:
        KnowledgeError: a file is missing or wrong; file and line are named.
    """
    try:
        outlet_zones(data / "reference" / "zones.csv")
    except ValueError as error:
        raise KnowledgeError(str(error)) from None
    languages = data / "languages"
    folders = sorted(path.parent for path in languages.glob(f"*/{GRAMMAR}"))
    drafts = {folder.name for folder in folders if is_draft(folder)}
    fingerprint = cache.fingerprint(languages, data / "reference", paths.RULES, paths.MODEL)
    known = Knowledge(
        languages,
        load_reference(data / "reference"),
        Later({folder.name: partial(load_pack, folder) for folder in folders}, drafts),
        Later(
            {folder.name: partial(_date_words, folder, fingerprint) for folder in folders},
            drafts,
        ),
    )
    object.__setattr__(known, "fingerprint", fingerprint)
    return known


def _date_words(folder: Path, fingerprint: str) -> DateWords:
    def build() -> DateRecord:
        return load_date_words(folder / "dates.yaml").record()

    return DateWords.of(cache.kept(f"dates-{folder.name}", fingerprint, build))
