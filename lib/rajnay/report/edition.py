"""What a report in a language needs to speak of all that is known: its words, and the names of
people, bodies and offices in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.levels import load_levels
from rajnay.knowledge.store import Knowledge
from rajnay.models import Extraction, Pair, Row
from rajnay.text.folding import is_indic
from rajnay.text.transliteration import transliterate
from rajnay.timeline.edition import Edition
from rajnay.timeline.names import table_names
from rajnay.timeline.wording import TableNames, Wording, load_wording

INITIAL = re.compile(r"\S+\.\s*")
LONG = {0x0E: 0x0F, 0x12: 0x13, 0x46: 0x47, 0x4A: 0x4B}  # places in a block: short e and o
VIRAMA = 0x4D
BLOCK = 0x80  # characters of a block; those of the Brahmic scripts are laid out in parallel


class Known(Protocol):
    """What a report chooses from: what the articles tell of two countries, merged and by
    article.
    """

    @property
    def pair(self) -> Pair:
        """The two countries."""
        ...

    @property
    def knowledge(self) -> Knowledge:
        """The tables and packs that it was read with."""
        ...

    @property
    def extractions(self) -> Sequence[Extraction]:
        """What each article told."""
        ...

    @property
    def rows(self) -> tuple[Row, ...]:
        """The events, in the order of their days."""
        ...

    @property
    def unread(self) -> tuple[str, ...]:
        """Each input that could not be read, and why."""
        ...

    @property
    def elsewhere(self) -> int:
        """How many engagements without a day are left out of it."""
        ...


def edition_of(corpus: Known, lang: str) -> Edition:
    """Return what a report in a language needs to speak of a corpus."""
    known = corpus.knowledge
    roles = {name: body.role for name, body in known.reference.bodies.items()}
    levels = load_levels(known.reference.tenures, roles)
    wording = load_wording(lang)
    offices = offices_of(known, wording)
    tables = table_names(known)
    delegations = {
        known.reference.body_name("delegation", code): wording.text(
            "people.delegation", country=wording.country(code)
        )
        for code in corpus.pair
    }
    of_record = lang == load_defaults().names_of_record
    own = {} if of_record else spelled(corpus.rows, corpus.extractions, wording) | delegations
    people = {name: {lang: said} for name, said in own.items()} | dict(tables.people)
    names = TableNames(people, tables.places, tables.forums)
    return Edition(wording, names, corpus.pair, levels, offices)


def spelled(
    rows: Sequence[Row], extractions: Sequence[Extraction], wording: Wording
) -> dict[str, str]:
    """Return how people who stand in no table are written in the script of a report's language,
    as most articles in a Brahmic script write them.

    Args:
        rows: the events, with the names of those who took part.
        extractions: what the articles gave, with each mention.
        wording: the words of the report's language.

    Returns:
        Each transliterated name in the letters of the article, or those that stand for them in the
        script of the report; nothing where that is written in another kind of script.
    """
    block = block_of(str(wording.texts["kind.meeting"]))
    wanted = {name for row in rows for name in row.engagement.everyone}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in extractions if block else ():
        for mention in one.mentions:
            if mention.kind == "person" and mention.key in wanted:
                words = as_written(mention.span.of(one.article.text), mention.key)
                found[mention.key].update([words] if words else [])
    return {
        name: in_block(max(said, key=said.__getitem__), block)
        for name, said in found.items()
        if said
    }


@lru_cache(maxsize=65536)
def as_written(surface: str, name: str) -> str:
    """Return the words of an article that stand for a name in Latin letters, without titles before
    and endings after it; nothing if they do not.

    >>> as_written("સચિવ અરુણિશ ચાવલાએ", "Arunish Chavla")
    'અરુણિશ ચાવલા'
    >>> as_written("એવગેની કોઝલોવના", "Yevgeny Kozlov")
    'એવગેની કોઝલોવ'
    >>> as_written("એસ. ઉન્નીકૃષ્ણન", "S. Unnikrishnan")
    'એસ. ઉન્નીકૃષ્ણન'
    """
    words = surface.split()[-len(name.split()) :]
    last = words.pop() if words else ""
    said = [" ".join([*words, last[:end]]) for end in range(1, len(last) + 1)]
    latin = {one: transliterate(INITIAL.sub("", one)) for one in said if is_indic(one[0])}
    wanted = INITIAL.sub("", name)
    exact = [one for one, spelt in latin.items() if spelt == wanted]
    alike = [
        one
        for one, spelt in latin.items()
        if skeleton(spelt) == skeleton(wanted) and spelt[-1:] == wanted[-1:]
    ]
    return next(iter([*exact[::-1], *alike]), "")


def skeleton(name: str) -> str:
    """Return the consonants of a name that spellings agree on.

    >>> skeleton("Yevgeny Kozlov") == skeleton("Evageni Kozlov")
    True
    """
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyhw]", "", name.casefold()))


def block_of(text: str) -> int:
    """Return where the block of a text's Brahmic script begins; nought if it is written in none."""
    return next((ord(char) // BLOCK * BLOCK for char in text if is_indic(char)), 0)


def in_block(text: str, block: int) -> str:
    """Write Brahmic letters with those of another block that stand in the same places.

    Vowels that only southern scripts part by length are long, and the sign that no vowel follows,
    which they write at the end of words, stands at none.

    >>> in_block("ચાવલા", block_of("बैठक")), in_block("வலெரி", block_of("બેઠક"))
    ('चावला', 'વલેરિ')
    >>> in_block("அலெக்ஸேய்", block_of("બેઠક"))
    'અલેક્સેય'
    """
    places = (LONG.get(ord(char) % BLOCK, ord(char) % BLOCK) for char in text)
    written = (
        chr(block + place) if is_indic(char) else char
        for char, place in zip(text, places, strict=True)
    )
    return re.sub(f"{chr(block + VIRAMA)}(?=\\s|$)", "", "".join(written))


def offices_of(knowledge: Knowledge, wording: Wording) -> dict[str, str]:
    """Return the names of offices in a language, by their names of record: those that its reports
    have, and those by which its articles are read.

    Args:
        knowledge: the packs that articles are read with.
        wording: the words of a report's language.

    Returns:
        The name of each office that the language has one for.
    """
    lang, prefix = wording.lang, "post."
    names = {
        key.removeprefix(prefix): str(said)
        for key, said in wording.texts.items()
        if key.startswith(prefix)
    }
    if lang in knowledge.packs and lang != load_defaults().names_of_record:
        for entry in knowledge.packs[lang].entries():
            if entry.kind == "office":
                names.setdefault(entry.value, entry.surface)
    return names
