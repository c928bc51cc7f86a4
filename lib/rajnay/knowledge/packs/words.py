"""A language's grammar and words for what officials do, hold and deal with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field

from rajnay.knowledge.tables import Form, Forms, Names, Record, read_yaml, refuse_two_meanings
from rajnay.models import TOPICS

GRAMMAR = "grammar.yaml"
_DRAFT = re.compile(rb"^status: *draft\b", re.MULTILINE)
Classes = dict[str, Forms]
Words = dict[str, Names]
WORD_CLASSES = (
    "joining",
    "openers",
    "relatives",
    "together",
    "after",
    "afterwards",
    "before",
    "during",
    "sidelines",
    "separately",
    "purposes",
    "negations",
    "possibilities",
    "contents",
    "denials",
    "doubts",
    "expectations",
    "imagined",
    "hearsay",
    "corrected",
    "instead",
    "truths",
    "former",
    "times_of_day",
    "returns",
    "series",
    "hosting",
    "membership",
    "phases",
    "sides",
    "about",
    "also",
    "then",
    "habits",
    "hardly",
    "links",
    "duties",
    "causes",
    "bearers",
    "common",
)


class Entry(NamedTuple):
    """A surface form with one of its meanings; ``inflects`` says whether case endings may be joined
    to it.
    """

    surface: str
    kind: str
    value: str
    inflects: bool = True


class Borrowing(Record):
    """Whose names a language reads in its own letters: the languages; ``respelt``, what a spelling
    of theirs becomes in its own, by all the ways in which papers write it; ``silent``, what it may
    leave out.
    """

    languages: Forms
    respelt: dict[Form, Forms] = Field(default={})
    silent: Forms = ()


class Grammar(Record):
    """Closed classes of a language (``grammar.yaml``)."""

    status: Literal["draft"] | None = None
    home: str
    names_too: Forms = ()
    names_from: Borrowing | None = None
    order: Literal["verb-final", "verb-medial"] = "verb-final"
    articles: Forms = ()
    possessives: Forms = ()
    prepositions: Classes = Field(default={})
    verb_phrases: Classes = Field(default={})
    passives: Forms = ()
    case_endings: Classes
    case_markers: Classes = Field(default={})
    roles_of_people: dict[str, str] = Field(default={})
    roles_of_places: dict[str, str] = Field(default={})
    postpositions: Classes
    joining: Forms
    openers: Forms
    relatives: Forms
    together: Forms
    after: Forms
    afterwards: Forms
    before: Forms
    during: Forms
    sidelines: Forms
    separately: Forms
    purposes: Forms
    times_of_day: Forms
    returns: Forms
    series: Forms
    hosting: Forms
    membership: Forms = ()
    phases: Forms = ()
    lands: Forms = ()
    sides: Forms
    about: Forms
    also: Forms
    then: Forms
    habits: Forms
    hardly: Forms = ()
    links: Forms = ()
    duties: Forms = ()
    causes: Forms = ()
    bearers: Forms = ()
    common: Forms
    pronouns: Classes
    both_countries: Forms
    both_people: Forms
    negations: Forms
    contents: Forms
    denials: Forms
    imagined: Forms
    hearsay: Forms = ()
    corrected: Forms = ()
    truths: Forms
    instead: Forms
    possibilities: Forms
    expectations: Forms
    doubts: Forms
    cancellations: Forms
    agreed: Forms = ()
    unsettled: Forms = ()
    former: Forms
    abbreviations: Forms
    verb_endings: Classes
    auxiliaries: Classes
    afterthoughts: bool = False
    bare_stems: bool = False
    helpers: Forms = ()
    describing: Forms = ()
    joined_stems: Forms = ()


class Acts(Record):
    """Nouns and verbs of dealing with each other (``acts.yaml``)."""

    nouns: Words
    verbs: Words
    irregular_verbs: dict[str, Words]


class Offices(Record):
    """Offices, titles and bodies (``offices.yaml``)."""

    ministers: Names
    ministries: Names
    joint: Names
    secretaries: Names
    deputies: Words
    portfolios: Words
    offices: Words
    positions: Names
    titles: Names
    bodies: Words


def _of_record(topic: str) -> str:
    if topic not in TOPICS:
        raise ValueError(f"{topic!r} is no topic of record: write one of {', '.join(TOPICS)}")
    return topic


class Topics(Record):
    """Words that tell what an engagement was about (``topics.yaml``)."""

    topics: dict[Annotated[str, AfterValidator(_of_record)], Names]


@dataclass(frozen=True)
class Pack:
    """Everything known of a language's words."""

    lang: str
    grammar: Grammar
    acts: Acts
    offices: Offices
    topics: Classes

    def entries(self) -> Iterator[Entry]:
        """Yield every surface form of the pack with its meaning."""
        grammar, acts = self.grammar, self.acts
        for name in WORD_CLASSES:
            yield from (Entry(form, "word", name, False) for form in getattr(grammar, name))
        yield from (Entry(form, "word", "cancellations") for form in grammar.cancellations)
        yield from (Entry(form, "word", "lands") for form in grammar.lands)
        led = {"led": grammar.postpositions.get("led", ())}
        others = {name: forms for name, forms in grammar.postpositions.items() if name != "led"}
        yield from _entries("post", others, inflects=False)
        yield from _entries("post", grammar.case_markers, inflects=False)
        yield from _entries("marker", grammar.case_markers, inflects=False)
        yield from _entries("post", led)
        yield from _entries("pre", grammar.prepositions, inflects=False)
        yield from (Entry(form, "article", "article", False) for form in grammar.articles)
        yield from (Entry(form, "owner", "owner", False) for form in grammar.possessives)
        yield from _entries("pronoun", grammar.pronouns)
        yield from _entries("noun", acts.nouns)
        yield from (Entry(form, "pronoun", "both_countries") for form in grammar.both_countries)
        yield from (Entry(form, "people", "people") for form in grammar.both_people)
        yield from (
            Entry(form, "verb", f"auxiliary:{value}", False)
            for value, forms in grammar.auxiliaries.items()
            for form in forms
        )
        verbs = list(self._verbs())
        yield from verbs
        denied = (verb for verb in verbs if verb.value.endswith(":negative"))
        yield from (Entry(verb.surface, "word", "negations", False) for verb in denied)
        yield from self._nouns_like({entry.surface for entry in verbs})
        yield from self._offices()

    def topic_entries(self) -> Iterator[Entry]:
        """Yield every word that tells what something is about; they are found apart, for they may
        stand inside other names.
        """
        yield from _entries("topic", self.topics)

    def _nouns_like(self, verbs: Collection[str]) -> Iterator[Entry]:
        """Yield the nouns of many that a form of a verb looks like ("visits")."""
        endings = self.grammar.case_endings.get("plural", ())
        for noun, forms in self.acts.nouns.items():
            for form, ending in itertools.product(forms, endings):
                if form + ending in verbs:
                    yield Entry(form + ending, "noun", noun)

    def _verbs(self) -> Iterator[Entry]:
        bare = self.grammar.order == "verb-medial"
        for sense, stems in self.acts.verbs.items():
            yield from (Entry(stem, "verb", f"{sense}:base", False) for stem in stems if bare)
            for form, endings in self.grammar.verb_endings.items():
                yield from (
                    Entry(stem + ending, "verb", f"{sense}:{form}", False)
                    for stem in stems
                    for ending in endings
                )
        if self.grammar.bare_stems:
            for sense, stems in self.acts.verbs.items():
                yield from (Entry(stem, "verb", f"{sense}:stem", False) for stem in stems)
        for sense, forms in self.acts.irregular_verbs.items():
            yield from (
                Entry(surface, "verb", f"{sense}:{form}", False)
                for form, surfaces in forms.items()
                for surface in surfaces
            )

    def _offices(self) -> Iterator[Entry]:
        words = self.offices
        for portfolio, forms in words.portfolios.items():
            for form in forms:
                yield from self._portfolio(portfolio, form)
        yield from self._joint_ministers()
        yield from _entries("office", words.offices)
        for form in (*words.positions, *words.ministers):
            yield Entry(form, "position", form)
        yield from (Entry(form, "title", form) for form in words.titles)
        yield from _entries("body", words.bodies)

    def _portfolio(self, portfolio: str, form: str) -> Iterator[Entry]:
        """Yield a portfolio's ministers, their deputies, its ministries and secretaries."""
        words = self.offices
        role = f"{portfolio.lower()} ministry"
        for minister in words.ministers:
            for office in self._of(form, minister):
                yield Entry(office, "office", f"{portfolio} Minister")
            yield from self._deputies(portfolio, form, minister)
        for ministry in words.ministries:
            yield from (Entry(body, "body", role) for body in self._of(form, ministry))
        office = f"{portfolio} Secretary"
        yield from (
            Entry(f"{form} {secretary}", "office", office) for secretary in words.secretaries
        )

    def _of(self, portfolio: str, head: str) -> Iterator[str]:
        """Yield how an office or ministry of a portfolio is written: "minister of defence" too."""
        yield f"{portfolio} {head}"
        for role in ("genitive", "purposes"):
            for of in self.grammar.prepositions.get(role, ())[:1]:
                yield f"{head} {of} {portfolio}"
                yield from (
                    f"{head} {of} {article} {portfolio}" for article in self.grammar.articles[:1]
                )

    def _deputies(self, portfolio: str, form: str, minister: str) -> Iterator[Entry]:
        cases = (self.grammar.case_endings, self.grammar.case_markers)
        genitive = [form for case in cases for form in case.get("genitive", ())[:1]]
        for rank, prefixes in self.offices.deputies.items():
            whole = rank.endswith(" for")
            office = f"{rank} {portfolio}" if whole else f"{rank} {portfolio} Minister"
            for prefix in prefixes:
                for whole_office in self._of(form, minister):
                    yield Entry(f"{prefix} {whole_office}", "office", office)
                if whole and self.grammar.prepositions:
                    yield Entry(f"{prefix} {form}", "office", office)
                for of in ("", *genitive):
                    yield Entry(f"{form}{of} {prefix} {minister}", "office", office)

    def _joint_ministers(self) -> Iterator[Entry]:
        """Yield the ministers of two portfolios that are told in one breath, in either order."""
        words = self.offices
        for one, other in itertools.permutations(words.portfolios, 2):
            if {one, other} != {*words.joint}:
                continue
            parts = (words.portfolios[one], self.grammar.joining, words.portfolios[other])
            for first, second, join in itertools.product(parts[0], parts[2], parts[1]):
                for minister in words.ministers:
                    office = f"{one} Minister+{other} Minister"
                    yield Entry(f"{first} {join} {second} {minister}", "office", office)


def _entries(kind: str, classes: Classes, inflects: bool = True) -> Iterator[Entry]:
    for value, forms in classes.items():
        yield from (Entry(form, kind, value, inflects) for form in forms)


def is_draft(folder: Path) -> bool:
    """Return whether a language's pack says of itself that it is unfinished: it is then read only
    by who names the language.
    """
    grammar = folder / GRAMMAR
    return grammar.is_file() and _DRAFT.search(grammar.read_bytes()) is not None


def load_pack(folder: Path) -> Pack:
    """Load and validate a language's pack.

    Args:
        folder: ``data/languages/<code>``.

    Raises:
        KnowledgeError: a file is missing or wrong; file, line and key are named.
    """
    grammar = read_yaml(folder / GRAMMAR, Grammar)
    acts = read_yaml(folder / "acts.yaml", Acts)
    offices = read_yaml(folder / "offices.yaml", Offices)
    topics = read_yaml(folder / "topics.yaml", Topics).topics
    for name, groups in (
        ("acts", acts.nouns),
        ("topics", topics),
        ("offices", offices.offices),
        ("offices", offices.portfolios),
        ("offices", offices.bodies),
    ):
        refuse_two_meanings(folder / f"{name}.yaml", groups.items())
    return Pack(folder.name, grammar, acts, offices, topics)
