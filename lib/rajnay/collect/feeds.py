"""The list of what to collect from, ``data/feeds.yaml``, checked."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from rajnay.base import paths
from rajnay.base.safe import web_link
from rajnay.knowledge.tables import Form, Forms, KnowledgeError, Record, read_yaml
from rajnay.text.languages import LanguageError, language_code
from rajnay.text.tokens import tokenise

FILE = paths.DATA / "feeds.yaml"
_NAME = r"^[a-z0-9][a-z0-9-]*$"


def _address(text: str) -> str:
    if web_link(text) is None:
        raise ValueError(f"{text!r} is no web address: write it with http:// or https://")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError):
        raise ValueError(f"{text!r} is not in the IANA database: write one that is") from None
    return text


def _language(text: str) -> str:
    try:
        code = language_code(text)
    except LanguageError as error:
        raise ValueError(str(error)) from None
    if code != text:
        raise ValueError(f"{text!r} is written {code!r}")
    return text


Address = Annotated[str, AfterValidator(_address)]
Zone = Annotated[str, AfterValidator(_zone)]
Code = Annotated[str, AfterValidator(_language)]


class Feed(Record):
    """What lists new articles, and in which language and time zone they are.

    ``keep`` holds words of which an article must have one (any article if there are none; those of
    its language in the file if left out); ``links`` is what the address of an article must hold,
    ``most`` how many new ones are fetched in one run.
    """

    name: Annotated[str, Field(pattern=_NAME)]
    url: Address
    language: Code
    zone: Zone
    kind: Literal["rss", "atom", "sitemap", "page"]
    keep: Forms | None = None
    links: str = ""
    most: Annotated[int, Field(gt=0)] = 100


class Feeds(Record):
    """The whole list: who asks, the seconds between two requests to one host, the words of each
    language of which an article must have one, and the feeds.
    """

    contact: str = ""
    pause: Annotated[float, Field(ge=0, le=60)] = 1.0
    keep: dict[Code, Forms] = Field(default={})
    feeds: tuple[Feed, ...]

    def words_of(self, feed: Feed) -> tuple[Form, ...]:
        """Return the words of which an article from a feed must have one; none if any will do."""
        return self.keep.get(feed.language, ()) if feed.keep is None else feed.keep


@functools.cache
def load_feeds(file: Path = FILE) -> Feeds:
    """Read the list of feeds.

    Raises:
        KnowledgeError: it is missing or wrong; file, line and key are named.

    >>> len(load_feeds().feeds) > 10
    True
    """
    found = read_yaml(file, Feeds)
    for key in ("name", "url"):
        seen: set[str] = set()
        for feed in found.feeds:
            value = getattr(feed, key)
            if value in seen:
                raise KnowledgeError(
                    f"{file}:{_line(file, value)}: {key} {value!r} stands twice: take one out"
                )
            seen.add(value)
    return found


def _line(file: Path, value: str) -> int:
    """Return the last line of a file that holds a value."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return max((number for number, line in enumerate(lines, 1) if value in line), default=1)


def chosen(found: Feeds, names: Collection[str], languages: Collection[str]) -> list[Feed]:
    """Return the feeds that are asked for by name or, if none is, those in a language that articles
    can be read in.

    Raises:
        KnowledgeError: no feed has such a name.
    """
    known = {feed.name: feed for feed in found.feeds}
    for name in names:
        if name not in known:
            raise KnowledgeError(f"data/feeds.yaml has no feed {name!r}: add it, or mend the name")
    if names:
        return [known[name] for name in dict.fromkeys(names)]
    return [feed for feed in found.feeds if feed.language in languages]


class Wanted:
    """Whether a text holds one of some words, in any spelling and with any ending."""

    def __init__(self, words: Iterable[str], lang: str) -> None:
        self.lang = lang
        self.phrases = [self.folded(word) for word in words]

    def folded(self, text: str) -> str:
        """Return the folded words of a text, a space before each."""
        keys = (token.key for token in tokenise(text, self.lang))
        return "".join(f" {key}" for key in keys if key)

    def __call__(self, text: str) -> bool:
        """Say whether a text holds one of the words; any text will do if there are none.

        >>> wanted = Wanted(["Russia", "New Delhi"], "en")
        >>> wanted("Russian ships"), wanted("In NEW Delhi"), wanted("Delhi"), Wanted([], "en")("a")
        (True, True, False, True)
        """
        found = self.folded(text)
        return not self.phrases or any(phrase in found for phrase in self.phrases)
