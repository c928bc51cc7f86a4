"""What a pack still lacks: concepts without words, words that are taken for one another, and words
of its articles that it does not know.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rajnay.base import paths
from rajnay.knowledge.packs.date_words import DateTables
from rajnay.knowledge.packs.words import Entry
from rajnay.knowledge.store import Knowledge
from rajnay.knowledge.tables import read_yaml
from rajnay.mentions.dates.finder import find_dates
from rajnay.packs.skeleton import concepts, fullest, meant
from rajnay.text.tokens import Token, covered, tokenise

# What is shorter must be spelt exactly.
_SHORT = 2
_ONLY_SO = "="
# Classes of words that are not told apart where they meet.
_ALIKE = {
    **dict.fromkeys(("word", "post", "pronoun", "people"), "word"),
    **dict.fromkeys(("title", "position"), "office"),
}
_NO_ACT = frozenset({"light", "other", "auxiliary"})


class Known(NamedTuple):
    """How many words of articles there are, how many of them a pack knows, and the others by how
    often they are met.
    """

    words: int
    known: int
    unknown: Counter[str]


def missing(folder: Path, languages: Path = paths.LANGUAGES) -> dict[str, list[str]]:
    """Return the concepts that the fullest pack has words for and this one has not, each with words
    of another language.

    Args:
        folder: the pack's.
        languages: where the packs stand.

    Returns:
        Words by the names that `concepts` gives; empty where nothing is missing.
    """
    has, words = concepts(folder), meant(folder.name, languages)
    return {name: words[name] for name in concepts(fullest(languages)) if name not in has}


def known_in(texts: Iterable[str], lang: str, knowledge: Knowledge) -> Known:
    """Return what a pack knows of the words of texts: a word inside a name, a date or anything
    else that it finds is known.

    Args:
        texts: what to read.
        lang: the BCP 47 code of the language that they are in.
        knowledge: the tables and packs.

    Returns:
        How many words there are, how many of them are known, and how often each other is met.
    """
    lexicon, topics, dates = knowledge.lexicon(lang), knowledge.topics(lang), knowledge.dates[lang]
    words, unknown = 0, Counter[str]()
    for text in texts:
        tokens = tokenise(text, lang, dates.lookalike_digits)
        found = (lexicon.find(tokens), topics.find(tokens), find_dates(tokens, dates))
        inside = covered(one for each in found for one in each)
        at = [index for index, token in enumerate(tokens) if token.kind == "word"]
        words += len(at)
        unknown.update(tokens[index].surface for index in at if index not in inside)
    return Known(words, words - unknown.total(), unknown)


def collisions(lang: str, knowledge: Knowledge) -> dict[str, list[str]]:
    """Return the folded keys under which two spellings meet that never mean the same, with "class
    meaning: spelling" for each.

    Args:
        lang: the BCP 47 code of a language that has a pack.
        knowledge: the tables and packs.

    Returns:
        Words by folded key; keys so short that only their exact spelling counts are left out.
    """
    spelt: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in _vocabulary(lang, knowledge):
        if not entry.surface.startswith(_ONLY_SO):  # spelt exactly, it meets nothing
            tokens = [one for one in tokenise(entry.surface, lang) if one.kind != "mark"]
            key = "".join(token.key for token in tokens)
            spelt[key][_meaning(entry)].add(_spelling(tokens))
    met = {key: _apart(meanings) for key, meanings in spelt.items() if len(key) > _SHORT}
    return {key: words for key, words in met.items() if words}


def _vocabulary(lang: str, knowledge: Knowledge) -> Iterator[Entry]:
    """Yield every word of a language with its meaning, dates among them."""
    yield from knowledge.entries(lang)
    yield from knowledge.packs[lang].topic_entries()
    tables = read_yaml(knowledge.languages / lang / "dates.yaml", DateTables)
    for name in ("months", "weekdays", "numbers"):
        for value, forms in getattr(tables, name).items():
            for form in forms:
                yield Entry(form.lstrip(_ONLY_SO).partition("/")[0], "date", f"{name} {value}")


def _meaning(entry: Entry) -> str:
    """Return the class of an entry and what it stands for there, so far as that can matter to what
    is found.
    """
    value = entry.value.partition(":")[0]
    if entry.kind == "verb" and value in _NO_ACT:
        return "verb that names no act"
    return _ALIKE.get(entry.kind) or f"{entry.kind} {value}"


def _spelling(tokens: Iterable[Token]) -> str:
    return "".join(token.surface for token in tokens).casefold().replace(" ", "")


def _apart(meanings: dict[str, set[str]]) -> list[str]:
    """Return the meanings of a key that have no spelling in common; topics are looked for apart,
    so that they can only be taken for each other.
    """
    apart = {
        name
        for pair in combinations(sorted(meanings), 2)
        if pair[0].startswith("topic") == pair[1].startswith("topic")
        and not meanings[pair[0]] & meanings[pair[1]]
        for name in pair
    }
    return [f"{name}: {min(meanings[name])}" for name in sorted(apart)]
