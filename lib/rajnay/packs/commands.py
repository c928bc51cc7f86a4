"""``rajnay pack``: a new language's skeleton, and what a pack still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from rajnay.base import paths
from rajnay.door.arguments import Pair
from rajnay.door.terminal import put

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge

app = typer.Typer(help="A language's words.", rich_markup_mode=None)
Code = Annotated[str, typer.Argument(metavar="LANG", help="The language's BCP 47 code.")]
_EXAMPLES = 4


@app.command()
def new(lang: Code) -> int:
    """Write the skeleton of a language's pack: a folder to fill under data/languages."""
    from rajnay.packs.skeleton import new as new_

    folder = new_(lang).relative_to(paths.ROOT)
    put(f"{folder} is there to be filled: docs/languages.md goes through it")
    return 0


@app.command("check")
def check_(
    lang: Code,
    most: Annotated[int, typer.Option(help="How many of each kind to print.")] = 40,
    pair: Pair = "IN-RU",
) -> int:
    """Print what a pack lacks: concepts without words, words that are taken for one another, what
    it finds in the labelled articles, and the words met most often that it does not know.
    """
    from rajnay.knowledge.store import load_knowledge
    from rajnay.knowledge.tables import KnowledgeError

    knowledge = load_knowledge()
    if lang not in knowledge.packs:
        raise KnowledgeError(f"data/languages/{lang}: no such pack: begin it with rajnay pack new")
    for title, lines in _findings(lang, pair, knowledge):
        told = list(lines)
        put(f"{title}: {len(told) or 'none'}")
        put("".join(f"  {line}\n" for line in islice(told, most)))
    return 0


def _findings(lang: str, pair: str, knowledge: Knowledge) -> Iterator[tuple[str, Iterable[str]]]:
    from rajnay.packs import unknown

    folder = knowledge.languages / lang
    lacking = unknown.missing(folder)
    yield (
        "concepts without words",
        (f"{name}  ({', '.join(words[:_EXAMPLES])})" for name, words in lacking.items()),
    )
    met = unknown.collisions(lang, knowledge)
    yield "words that are taken for one another", (" / ".join(words) for words in met.values())
    yield "found in labelled articles", _found(lang, pair, knowledge)
    texts = _texts(lang, knowledge)
    known = unknown.known_in(texts, lang, knowledge)
    yield (
        f"of {known.words} words in {len(texts)} articles, {known.known} are known; others",
        (f"{times:5} {word}" for word, times in known.unknown.most_common()),
    )


def _found(lang: str, pair: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield how much is found in the labelled articles of a language, if it has any."""
    from rajnay.compose.extract import extract
    from rajnay.labels.labelled import usable
    from rajnay.labels.score import compare
    from rajnay.records import extraction_record

    folder, (one, other) = paths.LABELLED / lang, pair.split("-")
    labels = list(usable(folder)) if folder.is_dir() else []
    articles = [label.article for label in labels]
    drawn = [extraction_record(extract(each, (one, other), knowledge)) for each in articles]
    scores = compare(labels, {record["id"]: record["engagements"] for record in drawn})
    if labels:
        event, strict = scores.rate().f1, scores.rate(strict=True).f1
        yield f"{len(labels)} articles: event F1 {event:.3f}, with every field right {strict:.3f}"


def _texts(lang: str, knowledge: Knowledge) -> list[str]:
    """Return the articles of a language, but for those that nobody who writes packs may read."""
    from rajnay.labels.labelled import never_read, read_splits
    from rajnay.models import Article
    from rajnay.text.reading import scan

    closed, folder = never_read(read_splits(paths.LABELLED)), paths.ARTICLES / lang
    found = scan([folder], languages=knowledge.packs) if folder.is_dir() else ()
    return [one.text for one in found if isinstance(one, Article) and one.id not in closed]
