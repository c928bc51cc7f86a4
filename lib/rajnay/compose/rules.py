"""Decision tables over a scene: rules in order, of which the first that holds decides.

The tables stand under ``data/rules``, each rule with its name and an example that it gets.
How a question is answered stands in ``QUESTIONS``, and what it may be asked of in ``asking``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from rajnay.base import paths
from rajnay.base.first import first
from rajnay.compose.asking import Conditions, faults_of, listed, words_of
from rajnay.compose.scenes.scene import Scene
from rajnay.knowledge.tables import Form, Record, read_yaml
from rajnay.models import KINDS

Test = Callable[[Scene], bool]
TABLES = ("acts", "refusals")


class Rule(Record):
    """A row of a table: what it says when all its conditions hold, and by language a sentence in
    which it is the rule that decides.

    ``says`` is None where the rule keeps those after it from being asked.
    """

    name: Form
    says: str | None
    when: dict[str, Any]
    gets: dict[str, Form] = Field(min_length=1)

    @field_validator("when")
    @classmethod
    def _known(cls, when: dict[str, Any]) -> dict[str, Any]:
        for fault in faults_of(when):
            raise ValueError(fault)
        return when


class Table(Record):
    """A table of rules, the first of which that holds decides."""

    rules: tuple[Rule, ...] = Field(min_length=1)

    @field_validator("rules")
    @classmethod
    def _named_once(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        names = [rule.name for rule in rules]
        if twice := first(names, lambda name: names.count(name) > 1):
            raise ValueError(f"two rules go by the name {twice!r}: rename one")
        return rules

    def words(self) -> Iterator[tuple[str, str, str]]:
        """Yield the words of a pack that the rules ask for: rule, question and word."""
        for rule in self.rules:
            for question, word in words_of(rule.when):
                yield rule.name, question, word

    @cached_property
    def _tests(self) -> tuple[tuple[Test, Rule], ...]:
        return tuple((all_of(rule.when), rule) for rule in self.rules)

    def decide(self, scene: Scene) -> Rule | None:
        """Return the first rule that holds for a scene, or None if none does.

        Args:
            scene: the scene in it.
        """
        for test, rule in self._tests:
            if test(scene):
                return rule
        return None


class ActRule(Rule):
    """A rule that says the kind of an act."""

    says: Literal[(*KINDS, "talk")] | None  # type: ignore[valid-type]


class Acts(Table):
    """The table of acts."""

    rules: tuple[ActRule, ...] = Field(min_length=1)


@functools.cache
def load_rules(name: str, folder: Path = paths.RULES) -> Table:
    """Read a table of rules; those of ``acts`` say kinds of engagements, or ``talk``.

    Args:
        name: the table's name, that of its file without suffix.
        folder: where the tables stand.

    Raises:
        KnowledgeError: the table is missing or a rule asks what cannot be asked; file and line are
            named.
    """
    return read_yaml(folder / f"{name}.yaml", Acts if name == "acts" else Table)


def act_of(scene: Scene) -> str | None:
    """Return the kind of act that a scene's words name, or None when they name none.

    The kinds are those of an engagement, with ``talk`` for words that may be no more than speech.

    Args:
        scene: the scene in it.
    """
    rule = load_rules("acts").decide(scene)
    return rule.says if rule else None


def refused(scene: Scene) -> str | None:
    """Return why a scene tells of no engagement, whoever takes part, or None.

    Args:
        scene: the scene in it.
    """
    rule = load_rules("refusals").decide(scene)
    return rule.says if rule else None


def all_of(when: Conditions) -> Test:
    """Return the test of whether all conditions hold for a scene: what is asked is read once, the
    cheapest question is asked first.

    Args:
        when: a stretch of time.
    """
    tests = [QUESTIONS[key](when[key]) for key in QUESTIONS if key in when]
    if len(tests) == 1:
        return tests[0]

    def test(scene: Scene) -> bool:
        for holds in tests:  # noqa: SIM110 (a third of what a generator costs)
            if not holds(scene):
                return False
        return True

    return test


def any_of(rules: Sequence[Conditions]) -> Test:
    """Return the test of whether all conditions of one of some rules hold for a scene."""
    tests = [all_of(when) for when in rules]

    def test(scene: Scene) -> bool:
        for holds in tests:  # noqa: SIM110
            if holds(scene):
                return True
        return False

    return test


def _not(test: Test) -> Test:
    return lambda scene: not test(scene)


def _noun(names: Any) -> Test:
    nouns = frozenset(listed(names))
    return lambda scene: not nouns.isdisjoint(scene.nouns)


def _sense(names: Any) -> Test:
    senses = frozenset(listed(names))
    return lambda scene: not senses.isdisjoint(scene.senses)


def _word(names: Any) -> Test:
    words = frozenset(listed(names))
    return lambda scene: not words.isdisjoint(scene.words)


def _party(want: Mapping[str, Any]) -> Test:
    """Whether a party has one of the forms and roles told, and stands where told to a noun."""
    place = first(("before", "beside"), lambda key: key in want)
    nouns = listed(want[place]) if place else ()
    forms, roles = (listed(want[key]) if key in want else None for key in ("form", "role"))

    def test(scene: Scene) -> bool:
        parties = [
            party
            for party in scene.parties
            if (forms is None or party.form in forms) and (roles is None or party.role in roles)
        ]
        if place is None or not parties:
            return bool(parties)
        noun = scene.noun(*nouns)
        if noun is None:
            return False
        if place == "beside":
            return any(party.last == noun.first - 1 for party in parties)
        return any(party.last < noun.first for party in parties)

    return test


def _case(want: Mapping[str, Any]) -> Test:
    """Whether nouns stand in the case told; a noun that is not there is in none."""
    cases = {name: listed(case) for name, case in want.items()}

    def test(scene: Scene) -> bool:
        found = ((scene.noun(name), case) for name, case in cases.items())
        return all(noun is not None and noun.case in case for noun, case in found)

    return test


def _order(names: Sequence[Any]) -> Test:
    """Whether words stand in this order; a list is whichever of its nouns comes last."""
    lists = [listed(name) for name in names]

    def test(scene: Scene) -> bool:
        places: list[int] = []
        for each in lists:
            hit = scene.noun(*each) or scene.word(each[0])
            if hit is None:
                return False
            places.append(hit.first)
        return places == sorted(places)

    return test


def _dated(want: Any) -> Test:
    """Whether there is a date, all dates are of a grain, or one is as told."""
    if isinstance(want, bool):
        return lambda scene: bool(scene.days) == want
    if "all" in want:
        grain = want["all"]
        return lambda scene: bool(scene.days) and all(day.grain == grain for day in scene.days)
    said = want.items()
    return lambda scene: any(
        all(getattr(day, key) == value for key, value in said) for day in scene.days
    )


def _verb(mark: Any) -> Test:
    """Whether there is a verb, or it is marked as told: negated, possible, progressive."""
    if isinstance(mark, bool):
        return lambda scene: (scene.verb is not None) == mark
    return lambda scene: scene.verb is not None and bool(getattr(scene.verb, mark))


def _near_noun(name: str) -> Test:
    def test(scene: Scene) -> bool:
        noun = scene.noun(name)
        return scene.verb is not None and noun is not None and scene.verb.first <= noun.last + 2

    return test


def _word_near(names: Any) -> Test:
    near = listed(names)
    inside = _word(names)
    return lambda scene: (
        inside(scene) or any(hit.value("word") in near for hit in scene.following[:3])
    )


def _said_before(names: Any) -> Test:
    words = frozenset(listed(names))
    return lambda scene: not words.isdisjoint(scene.said_before)


def _next(name: str) -> Test:
    return lambda scene: any(
        hit.first == scene.last + 1 and hit.value("word") == name for hit in scene.following
    )


def _plural(name: str) -> Test:
    def test(scene: Scene) -> bool:
        noun = scene.noun(name)
        return noun is not None and noun.plural

    return test


def _is(name: str) -> Test:
    ask = attrgetter(name)
    return lambda scene: bool(ask(scene))


# What may be asked, the cheapest questions first.
QUESTIONS: dict[str, Callable[[Any], Test]] = {
    "noun": _noun,
    "sense": _sense,
    "only sense": lambda name: lambda scene: scene.senses == {name},
    "word": _word,
    "verb": _verb,
    "verb tense": lambda name: lambda scene: scene.verb is not None and scene.verb.tense == name,
    "dated": _dated,
    "plural": _plural,
    "case": _case,
    "next": _next,
    "pronoun": lambda names: lambda scene: scene.pronoun(*listed(names)) is not None,
    "lasting": lambda want: (
        lambda scene: any(mention.kind == "duration" for mention in scene.dates) == want
    ),
    "named": lambda kind: lambda scene: any(hit.value(kind) for hit in scene.hits),
    "verb near": _near_noun,
    "word near": _word_near,
    "said before": _said_before,
    "order": _order,
    "party": _party,
    "tense": lambda name: lambda scene: scene.tense == name,
    "is": _is,
    "not": lambda when: _not(all_of(when)),
    "none of": lambda rules: _not(any_of(rules)),
    "any of": any_of,
}
