"""The labelled articles as a set that others can load and cite: tables in JSON, a card, and
Croissant metadata that says what stands in them.

Croissant 1.1, https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rajnay.base.safe import dump, write_whole
from rajnay.knowledge.tables import Record, read_yaml
from rajnay.labels.labelled import Labelled, Split
from rajnay.models import Article

ABOUT = "dataset.yaml"
GUIDE = "README.md"
METADATA = "croissant.json"
CONFORMS = "http://mlcommons.org/croissant/1.1"
# Every record has every key: a reader that collects a column by JSON path would otherwise give
# one record the value of the next.
TABLES: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "id": "an article",
        "lang": "language of the text, BCP 47",
        "split": "what the article was to those who wrote the rules; unread: never seen by them",
        "report": "the same for all retellings of one report; folds must not part them",
        "hard": "yes: parts of one engagement stand in several sentences, or people in no table",
        "published": "day of publication, if the page tells it",
        "publisher": "who published the report that is retold",
        "url": "address of that report",
        "original_lang": "its language, BCP 47, if noted",
        "text": "the retelling, paragraphs parted by empty lines",
        "notes": "what the reader hesitated over",
    },
    "engagements": {
        "article": "id of the article",
        "number": "order in the text, from 1",
        "kind": "what sort of engagement it is",
        "status": "held, planned or cancelled, as seen from the day of publication",
        "start": "first day, as precise as the text tells: a day, month or year (EDTF)",
        "end": "last day, likewise",
        "place": "city",
        "country": "country of the place, ISO 3166-1",
        "forum": "under which forum; alternatives are parted by |",
        "topics": "about what",
        "source": "whom the article names as its source",
        "evidence": "words of the text that prove it",
    },
    "people": {
        "article": "id of the article",
        "number": "number of the engagement in it",
        "country": "for which country, ISO 3166-1",
        "name": "person, office or body; alternatives are parted by |",
    },
}
_TERMS = "arrayShape citeAs extract field fileObject isArray jsonPath recordSet references source"
# The JSON-LD context that Croissant asks for.
_CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    **{term: f"cr:{term}" for term in _TERMS.split()},
    "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
}
_LISTS = frozenset({"topics"})
_NUMBERS = frozenset({"number"})


class About(Record):
    """What a set says of itself: name, licence, who made it, how, and what is wrong with it."""

    language: str
    name: str
    title: str
    version: str
    published: date
    license: str
    creator: str
    citation: str
    keywords: list[str]
    description: str
    collection: str
    biases: str
    use: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the set: its name, its bytes and how many records it holds."""

    name: str
    content: bytes
    records: int


def publish(labels: Sequence[Labelled], splits: Mapping[str, Split], source: Path, to: Path) -> str:
    """Write labelled articles as tables, a card and Croissant metadata.

    Args:
        labels: the labelled articles.
        splits: what each is to the measuring, by its id.
        source: the folder of the labels, with ``dataset.yaml`` and ``README.md``.
        to: the folder to write to; it is made, and files of a former set are replaced.

    Returns:
        A line that tells what was written.

    Raises:
        KnowledgeError: ``dataset.yaml`` is missing or wrong; nothing is written then.
    """
    about = read_yaml(source / ABOUT, About)
    rows = {"articles": articles(labels, splits), **told(labels)}
    files = [table(name, rows[name]) for name in TABLES]
    for one in files:
        write_whole(to / one.name, one.content)
    write_whole(to / GUIDE, card(about, labels, splits, (source / GUIDE).read_text("utf-8")))
    write_whole(to / METADATA, dump(metadata(about, files)))
    return f"{to}: " + ", ".join(f"{one.name} {one.records}" for one in files)


def articles(labels: Iterable[Labelled], splits: Mapping[str, Split]) -> list[dict[str, Any]]:
    """Return a record of every article, with its text and what it is to the measuring.

    Args:
        labels: the labelled articles.
        splits: what each is to the measuring, by its id; nothing is said of one that is not there.

    Returns:
        One record an article, in their order, each with every key of ``TABLES``.
    """
    return [_article(one.article, one.notes, splits.get(one.article.id)) for one in labels]


def _article(article: Article, notes: str, split: Split | None) -> dict[str, Any]:
    """Return the record of an article."""
    published = article.published and str(article.published)
    known = {"published": published, "notes": notes}
    known |= {key: getattr(split, key, "") for key in ("split", "report", "hard")}
    return {
        key: known[key] if key in known else getattr(article, key) for key in TABLES["articles"]
    }


def told(labels: Iterable[Labelled]) -> dict[str, list[dict[str, Any]]]:
    """Return a record of every engagement, and one of everybody who took part in it.

    Args:
        labels: the labelled articles.

    Returns:
        Records by the name of their table, in the order of the articles, each with every key.

    >>> told([])
    {'engagements': [], 'people': []}
    """
    engagements, people = [], []
    for one in labels:
        for number, gold in enumerate(one.gold, 1):
            key = {"article": one.article.id, "number": number}
            engagements.append(
                {name: key.get(name, gold.get(name)) for name in TABLES["engagements"]}
            )
            people += [
                {**key, "country": country, "name": name}
                for country, names in gold["parties"].items()
                for name in names
            ]
    return {"engagements": engagements, "people": people}


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> Written:
    """Return records as a file of JSON, a line each.

    No JSON lines: mlcroissant 1.1.1 reads those through pandas, which takes a column of years and
    gaps for numbers and gives "2025.0" as text.

    >>> table("people", [{"name": "Sergey Lavrov"}])
    Written(name='people.json', content=b'[\\n{"name": "Sergey Lavrov"}\\n]\\n', records=1)
    """
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return Written(f"{name}.json", f"[\n{lines}\n]\n".encode(), len(rows))


def card(about: About, labels: Sequence[Labelled], splits: Mapping[str, Split], guide: str) -> str:
    """Return the card: what the set is, what is wrong with it, how much of what, and the guide.

    Args:
        about: what the set says of itself.
        labels: the labelled articles, which are counted by language and part.
        splits: what each is to the measuring, by its id.
        guide: the guide by which they were labelled, in Markdown.
    """
    counts = Counter((row["lang"], row["split"]) for row in articles(labels, splits))
    parts = sorted({part for _, part in counts})
    engagements = Counter(one.article.lang for one in labels for _ in one.gold)
    rows = "\n".join(
        _row(lang, *(counts[lang, part] for part in parts), engagements[lang])
        for lang in sorted({lang for lang, _ in counts})
    )
    return f"""# {about.title}

{about.description}

Version {about.version} of {about.published}, {about.license}. To cite: {about.citation}

**Use.** {about.use}

**How it was made.** {about.collection}

**Known bias.** {about.biases}

{_row("language", *parts, "engagements")}
{_row("---", *("---" for _ in parts), "---")}
{rows}

`articles.json`, `engagements.json` and `people.json` join by `article` and `number`;
`{METADATA}` tells every column.

{guide}"""


def _row(*cells: object) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def metadata(about: About, files: Sequence[Written]) -> dict[str, Any]:
    """Return the Croissant metadata of a set's files.

    Args:
        about: what the set says of itself.
        files: its tables, each named after one of ``TABLES``.

    Returns:
        JSON-LD; columns are asked for by JSON path, and every record has every one.
    """
    return {
        "@context": {"@language": about.language, **_CONTEXT},
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS,
        "name": about.name,
        "description": f"{about.title}. {about.description}",
        "version": about.version,
        "datePublished": str(about.published),
        "license": about.license,
        "creator": {"@type": "sc:Organization", "name": about.creator},
        "citeAs": about.citation,
        "keywords": about.keywords,
        "url": f"urn:{about.name}:{about.version}",
        "rai:dataCollection": about.collection,
        "rai:dataBiases": about.biases,
        "rai:dataUseCases": about.use,
        "distribution": [_file(one) for one in files],
        "recordSet": [_records(name) for name in TABLES],
    }


def _file(one: Written) -> dict[str, Any]:
    """Return what is said of a file."""
    return {
        "@type": "cr:FileObject",
        "@id": one.name,
        "name": one.name,
        "contentUrl": one.name,
        "contentSize": f"{len(one.content)} B",
        "encodingFormat": "application/json",
        "sha256": hashlib.sha256(one.content).hexdigest(),
    }


def _records(name: str) -> dict[str, Any]:
    """Return what is said of a table: its columns, and which table its articles stand in."""
    fields = [_field(name, column, said) for column, said in TABLES[name].items()]
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}


def _field(name: str, column: str, said: str) -> dict[str, Any]:
    """Return what is said of a column."""
    array = {"isArray": True, "arrayShape": "-1"} if column in _LISTS else {}
    joins = {"references": {"field": {"@id": "articles/id"}}} if column == "article" else {}
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column}",
        "name": column,
        "description": said,
        "dataType": "sc:Integer" if column in _NUMBERS else "sc:Text",
        "source": {
            "fileObject": {"@id": f"{name}.json"},
            "extract": {"jsonPath": f"$[*].{column}"},
        },
        **array,
        **joins,
    }
