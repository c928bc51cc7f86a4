"""The skeleton of a language's pack: every concept of the fullest pack with an empty list, what
CLDR and tables of number words know of the language filled in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from rajnay.base import paths
from rajnay.base.safe import write_whole
from rajnay.knowledge.defaults import load_defaults
from rajnay.knowledge.packs.names import FOLDER
from rajnay.knowledge.packs.words import GRAMMAR, is_draft
from rajnay.knowledge.reference import load_reference
from rajnay.knowledge.tables import KnowledgeError
from rajnay.packs.cldr import Words
from rajnay.text.languages import script_of_language

FILES = (GRAMMAR, "acts.yaml", "offices.yaml", "topics.yaml", "dates.yaml")
# What is said of a language as a whole, not by words of it.
_SETTINGS = frozenset({"status", "names_from", "names_too", "order", "home"})
_UNBROKEN = 10**6
_EXAMPLES = 4  # words of another pack that show what is meant
_HEAD = """\
# {what}
# From: (say where your words come from: papers, grammars, your own knowledge)
# Known to be wrong: (say what you are not sure of)
#
# Write the words of each line into its brackets, apart by commas; after # stand those of another
# language. Where yours has no such word, leave them empty. docs/languages.md tells more."""
_WHAT = dict(
    zip(
        FILES,
        (
            "Endings, small words and verb endings: the closed classes of the language.",
            "Words that tell of dealings between officials: nouns by the kind of dealing, verbs.",
            "Offices, titles, ministries and other bodies.",
            "Words that tell what an engagement was about.",
            "Words for time.",
        ),
        strict=True,
    )
)
_COMMENT = re.compile(r"((?:^#.*\n)+)(?=(\w+):)", re.MULTILINE)


def fullest(languages: Path = paths.LANGUAGES) -> Path:
    """Return the folder of the pack that fills the most concepts, among those of languages whose
    verb is last.

    Args:
        languages: where the packs stand.
    """
    return max(_models(languages), key=lambda folder: len(concepts(folder)))


def _models(languages: Path) -> list[Path]:
    """Return the folders of finished packs of languages whose verb is last."""
    folders = [path.parent for path in sorted(languages.glob(f"*/{GRAMMAR}"))]
    finished = (folder for folder in folders if not is_draft(folder))
    return [folder for folder in finished if "order" not in _read(folder / GRAMMAR)]


def concepts(folder: Path) -> dict[str, list[str]]:
    """Return the words of each concept that a pack fills, by file and key.

    Args:
        folder: the pack's.

    Returns:
        Words by names such as "acts.yaml nouns.meeting"; what says nothing by words of the
        language (its home, whose names it takes) is left out.

    >>> "acts.yaml nouns.meeting" in concepts(fullest())
    True
    """
    return {
        _name(name, path): words
        for name in FILES
        if (folder / name).is_file()
        for path, words in lists(folder / name)
        if words
    }


def meant(lang: str, languages: Path = paths.LANGUAGES) -> dict[str, list[str]]:
    """Return words of each concept that show what is meant by it to who speaks a language: those of
    the names of record's language, else of one in the same script, else of any.

    Args:
        lang: the BCP 47 code of whose speakers are shown them.
        languages: where the packs stand.

    Returns:
        Words by the names that `concepts` gives.
    """
    near = (languages / code for code in _lenders(lang, languages))
    last = languages / load_defaults().names_of_record
    return {
        name: words
        for folder in (*_models(languages), *near, last)
        for name, words in concepts(folder).items()
    }


def _name(file: str, path: Iterable[Any]) -> str:
    return f"{file} {'.'.join(map(str, path))}"


def new(lang: str, languages: Path = paths.LANGUAGES) -> Path:
    """Write the skeleton of a language's pack.

    Args:
        lang: its BCP 47 code.
        languages: where the packs stand.

    Returns:
        The new folder; what stands in it is a draft, which nobody reads who does not name it.

    Raises:
        KnowledgeError: there is a pack of that language.
    """
    folder, known = languages / lang, Words(lang)
    if (folder / GRAMMAR).exists():
        raise KnowledgeError(f"{folder / GRAMMAR}:1: there is a pack of {lang!r}: go on with it")
    lenders, hints = _lenders(lang, languages), meant(lang, languages)
    models = [*_models(languages), *(languages / code for code in lenders)]
    filled = {"dates.yaml": known.dates()}
    for name in FILES:
        lines = [_HEAD.format(what=_WHAT[name]), *(_settings(lenders) if name == GRAMMAR else ())]
        lines += _body(name, models, hints, filled.get(name, {}))
        write_whole(folder / name, "\n".join(lines) + "\n")
    countries = load_reference(paths.REFERENCE).countries
    write_whole(folder / FOLDER / "countries.csv", _table(known.countries(countries)))
    return folder


def _body(
    name: str,
    models: Iterable[Path],
    hints: Mapping[str, list[str]],
    filled: Mapping[str, Any],
) -> Iterator[str]:
    """Yield the lines of a file: the keys of all packs and their comments, with empty lists."""
    comments: dict[str, str] = {}
    keys: dict[str, Any] = {}
    for model in models:
        text = (model / name).read_text(encoding="utf-8").partition("\n\n")[2]
        comments |= {key: comment for comment, key in _COMMENT.findall(text)}
        _join(keys, _emptied(_read(model / name)))
    for key, value in keys.items():
        if key in filled:
            value.update(filled[key])
        if key in comments or isinstance(value, dict):
            yield from ("", *comments.get(key, "").splitlines())
        yield from _key((key,), value, name, hints)
    yield "".join(f"\n# {said}: {value}" for said, value in sorted(_said(name, models).items()))


def _said(name: str, models: Iterable[Path]) -> dict[str, str]:
    """Return what languages say of themselves in a file otherwise than by words."""
    said = {
        key: yaml.safe_dump(value).split("\n")[0]
        for model in models
        for key, value in _read(model / name).items()
        if not isinstance(value, list | dict) and key not in _SETTINGS
    }
    return {key: f"{value}  # take the first # away if it is so" for key, value in said.items()}


def _join(keys: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add to a document the keys of another that it has not."""
    for key, value in more.items():
        if isinstance(value, dict):
            _join(keys.setdefault(key, {}), value)
        keys.setdefault(key, value)


def _emptied(value: Any) -> Any:
    """Return a document whose lists are empty; whatever is no list of words is left out."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if isinstance(one, list | dict)}
        return {key: _emptied(one) for key, one in kept.items() if key not in _SETTINGS}
    return []


def _key(
    path: tuple[Any, ...], value: Any, name: str, hints: Mapping[str, list[str]]
) -> Iterator[str]:
    """Yield the lines of one key: a list with what is meant after it, or the keys within."""
    start = "  " * (len(path) - 1) + yaml.safe_dump(path[-1]).splitlines()[0]
    if isinstance(value, dict) and value:
        yield f"{start}:"
        for inner, words in value.items():
            yield from _key((*path, inner), words, name, hints)
        return
    meant = ", ".join(hints.get(_name(name, path), ())[:_EXAMPLES])
    words = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=_UNBROKEN)
    yield f"{start}: {words.strip()}" + (f"  # {meant}" if meant else "")


def _lenders(lang: str, languages: Path) -> list[str]:
    """Return the languages with names of their own whose script a language shares; all but that of
    the names of record, if there is none.
    """
    own = [
        path.parent.name
        for path in sorted(languages.glob(f"*/{GRAMMAR}"))
        if "names_from" not in _read(path) and path.parent.name != load_defaults().names_of_record
    ]
    near = [code for code in own if script_of_language(code) == script_of_language(lang)]
    return near or own


def _settings(lenders: Iterable[str]) -> Iterator[str]:
    """Yield what a grammar says of its language: that it is a draft, and whose names it takes."""
    yield "status: draft       # take this line out when the pack is finished"
    yield "home: IN            # whose minister 'the foreign minister' is when none is named"
    yield f"names_too: [{load_defaults().names_of_record}]     # whose names stand here too"
    yield "names_from:         # whose tables give the names that names/ does not have"
    yield f"  languages: [{', '.join(lenders)}]"
    yield "  respelt: {}       # what a spelling of theirs becomes here"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    """Return the table of countries' names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("code", "forms", "adjectives"), *((*row, "") for row in sorted(rows))])
    return text.getvalue()


def lists(file: Path) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
    """Yield each list of words of a pack's file, with the keys above it.

    Args:
        file: a YAML file of a pack.
    """
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), _read(file))]
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, dict):
            inner = (((*path, key), one) for key, one in value.items())
            waiting[:0] = [one for one in inner if one[0][0] not in _SETTINGS]
        elif isinstance(value, list):
            yield path, [str(word) for word in value]


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded
