"""The values that flow through the library: articles, mentions, engagements, timeline rows.

All of them are immutable and know nothing of files, clocks or networks.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

KINDS = ("meeting", "visit", "call", "multilateral", "consultation", "exercise", "agreement")
STATUSES = ("planned", "held", "cancelled")
TOPICS = (
    "defence",
    "energy",
    "nuclear",
    "space",
    "trade",
    "payments",
    "connectivity",
    "technology",
    "agriculture",
    "health",
    "education-culture",
    "migration-mobility",
    "ukraine-conflict",
    "counter-terrorism",
    "regional-security",
    "multilateral-cooperation",
    "bilateral-relations",
    "consular",
)
# Their stretch of days is their length; of other kinds it is doubt about the day.
LASTING = ("visit", "exercise", "multilateral")
TALKS = ("meeting", "visit", "consultation")  # one article's visit is another's meeting
Pair = tuple[str, str]  # the two countries, ISO 3166-1 codes


class Span(NamedTuple):
    """A half-open range of characters of an article's text, as given.

    >>> Span(1, 3).of("abcd")
    'bc'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """Return the range that covers both, whichever comes first.

        >>> Span(4, 6).to(Span(1, 2))
        Span(start=1, end=6)
        """
        return Span(min(self.start, other.start), max(self.end, other.end))

    def meets(self, other: Span) -> bool:
        """Say whether the two have a character in common.

        >>> Span(1, 3).meets(Span(2, 4)), Span(1, 3).meets(Span(3, 4))
        (True, False)
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, never edited after reading; ``text`` is the string all offsets count in.

    ``modified`` is the day of its last change, known only where the day of publication is not: it
    was published no later. An ``origin`` of ``retelling`` says that these are not the publisher's
    words: its report, in ``original_lang`` if that is known, was told anew in ``lang``.
    """

    id: str
    text: str = field(repr=False)
    lang: str
    published: date | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    origin: str | None = None
    modified: date | None = None
    original_lang: str | None = None

    @property
    def retold(self) -> bool:
        """Whether the text is a retelling of what the publisher printed."""
        return self.origin == "retelling"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names something.

    ``kind`` is one of date, person, office, body, delegation, country, place, forum, topic, act;
    ``key`` is the name of record it stands for (a person's English name, a place, an EDTF date
    ...).
    """

    kind: str
    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Engagement:
    """One interaction between the two countries as one article tells it.

    ``start`` and ``end`` are ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``, ``--MM-DD`` or ``--MM``;
    ``parties`` maps each country code of the pair to English names; ``spans`` maps a field's name
    to the spans that prove it.
    """

    kind: str
    status: str
    start: str | None
    end: str | None
    edtf: str | None
    place: str | None
    country: str | None
    parties: dict[str, tuple[str, ...]]
    forum: str | None
    topics: tuple[str, ...]
    source: str | None
    evidence: Span
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    confidence: float = 0.5

    @property
    def everyone(self) -> list[str]:
        """All names, of both sides."""
        return [name for names in self.parties.values() for name in names]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something the article says that could not be turned into a fact, and why."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: what was decided about a span, and on what ground."""

    span: Span
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything drawn from one article: engagements, gaps, mentions, and the reasons for each
    choice.

    ``steps`` holds one tuple of steps an engagement, in the same order; ``dropped`` the candidates
    that were let go.
    """

    article: Article
    engagements: tuple[Engagement, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    steps: tuple[tuple[Step, ...], ...] = field(default=(), repr=False)
    dropped: tuple[Step, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Testimony:
    """One article's telling of an event: the engagement together with the article that tells it."""

    __test__ = False  # or pytest takes the name for a test's

    article: Article
    engagement: Engagement


@dataclass(frozen=True, slots=True)
class ByHand:
    """That a reader decided something about an event: what (accept, correct, merge, split, add),
    which fields it set, and who, when and why.
    """

    action: str
    fields: tuple[str, ...]
    who: str
    when: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the timeline, merged from every article that tells it.

    ``engagement`` holds the merged fields; ``testimonies`` every telling, best first;
    ``differences`` maps a field on which the tellings disagree to the values found, most frequent
    first; ``by_hand`` what readers decided about it, in the order in which they did; ``id`` is
    stable over rebuilds.
    """

    id: str
    engagement: Engagement
    testimonies: tuple[Testimony, ...]
    differences: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_hand: tuple[ByHand, ...] = ()

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that tell of it."""
        return frozenset(one.article.id for one in self.testimonies)

    @property
    def printed(self) -> list[date]:
        """The days on which articles told of it, first to last, as far as they are known."""
        return sorted({day for one in self.testimonies if (day := one.article.published)})


def pair_of(text: str, countries: Container[str]) -> Pair:
    """Return the two countries that a pair names; raises ValueError for anything else.

    >>> pair_of("in-ru", {"IN", "RU"})
    ('IN', 'RU')
    """
    codes = str(text).upper().split("-")
    if len(set(codes)) != 2 or len(codes) != 2 or not all(code in countries for code in codes):
        raise ValueError(
            f"{text!r} is not two countries of data/reference/countries.csv, such as IN-RU"
        )
    return codes[0], codes[1]
