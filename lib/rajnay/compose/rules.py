"""Decision tables over a scene: rules in order, of which the first that holds decides.

The tables stand under ``data/rules``, each rule with its name, an example that it gets and one that
it leaves. What may be asked of a scene stands in ``QUESTIONS`` and nowhere else.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from rajnay import paths
from rajnay.compose.scenes import Scene
from rajnay.knowledge.tables import Form, Record, read_yaml
from rajnay.mentions.verbs import VerbGroup
from rajnay.models import KINDS

Conditions = Mapping[str, Any]
TABLES = ("acts", "refusals")


class Rule(Record):
    """A row of a table: what it says when all its conditions hold, and what it is tried on.

    ``says`` is None where the rule keeps those after it from being asked.
    """

    name: Form
    says: str | None
    when: dict[str, Any]
    gets: Form | None = None
    leaves: Form | None = None

    @field_validator("when")
    @classmethod
    def _known(cls, when: dict[str, Any]) -> dict[str, Any]:
        _check(when)
        return when


class Table(Record):
    """A table of rules, the first of which that holds decides."""

    rules: tuple[Rule, ...] = Field(min_length=1)

    @field_validator("rules")
    @classmethod
    def _named_once(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        names = [rule.name for rule in rules]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two rules go by the name {twice!r}: rename one")
        return rules

    def words(self) -> Iterator[tuple[str, str, str]]:
        """Yield the words of a pack that the rules ask for: rule, question and word."""
        for rule in self.rules:
            for question, word in _asked(rule.when):
                yield rule.name, question, word

    def decide(self, scene: Scene) -> Rule | None:
        """Return the first rule that holds for a scene, or None if none does."""
        return next((rule for rule in self.rules if holds(rule.when, scene)), None)


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
    """
    rule = load_rules("acts").decide(scene)
    return rule.says if rule else None


def refused(scene: Scene) -> str | None:
    """Return why a scene tells of no engagement, whoever takes part, or None."""
    rule = load_rules("refusals").decide(scene)
    return rule.says if rule else None


def holds(when: Conditions, scene: Scene) -> bool:
    """Return whether all conditions hold for a scene."""
    return all(QUESTIONS[key](scene, value) for key, value in when.items())


def _check(when: Conditions) -> None:
    for key, value in when.items():
        if key not in QUESTIONS:
            known = ", ".join(sorted(QUESTIONS))
            raise ValueError(f"{key!r} cannot be asked of a scene: ask one of {known}")
        if key in _PROPERTIES and isinstance(value, str) and not _PROPERTIES[key](value):
            raise ValueError(f"{value!r} is nothing that {key!r} can be asked of")
        for inner in value if key in ("none of", "any of") else [value] if key == "not" else ():
            _check(inner)


def _asked(when: Conditions) -> Iterator[tuple[str, str]]:
    for key, value in when.items():
        if key in ("none of", "any of", "not"):
            for inner in _list(value):
                yield from _asked(inner)
        elif key in WORDS:
            yield from ((key, word) for word in _list(value) if isinstance(word, str))


# The questions that ask for words of a pack, and the class that these are of.
WORDS = {"noun": "noun", "plural": "noun", "verb near": "noun", "sense": "verb"}
WORDS |= {"only sense": "verb", "word": "word", "word near": "word", "said after": "word"}
WORDS |= {"next": "word", "pronoun": "pronoun"}
_PROPERTIES: dict[str, Callable[[str], bool]] = {
    "is": lambda name: hasattr(Scene, name),
    "verb": lambda name: name in VerbGroup.__dataclass_fields__ or hasattr(VerbGroup, name),
}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _party(scene: Scene, want: Mapping[str, Any]) -> bool:
    """Whether a party has one of the forms and roles told, and stands where told to a noun."""
    place = next((key for key in ("before", "beside") if key in want), None)
    noun = scene.noun(*_list(want[place])) if place else None
    if place and noun is None:
        return False
    return any(
        party.form in _list(want.get("form", party.form))
        and party.role in _list(want.get("role", party.role))
        and (
            noun is None
            or (party.last == noun.first - 1 if place == "beside" else party.last < noun.first)
        )
        for party in scene.parties
    )


def _case(scene: Scene, want: Mapping[str, Any]) -> bool:
    """Whether nouns stand in the case told; a noun that is not there is in none."""
    found = {name: scene.noun(name) for name in want}
    return all(noun is not None and noun.case in _list(want[name]) for name, noun in found.items())


def _order(scene: Scene, names: Sequence[Any]) -> bool:
    """Whether words stand in this order; a list is whichever of its nouns comes last."""
    hits = [scene.noun(*_list(name)) or scene.word(_list(name)[0]) for name in names]
    places = [hit.first for hit in hits if hit is not None]
    return len(places) == len(names) and places == sorted(places)


def _dated(scene: Scene, want: Any) -> bool:
    """Whether there is a date, all dates are of a grain, or one is as told."""
    dates = [mention for mention in scene.dates if mention.kind == "date"]
    if isinstance(want, bool):
        return bool(dates) == want
    if "all" in want:
        return bool(dates) and all(mention.grain == want["all"] for mention in dates)
    return any(
        all(getattr(mention, key) == value for key, value in want.items()) for mention in dates
    )


def _verb(scene: Scene, mark: Any) -> bool:
    """Whether there is a verb, or it is marked as told: negated, possible, progressive."""
    if isinstance(mark, bool):
        return (scene.verb is not None) == mark
    return scene.verb is not None and bool(getattr(scene.verb, mark))


def _near_noun(scene: Scene, name: str) -> bool:
    noun = scene.noun(name)
    return scene.verb is not None and noun is not None and scene.verb.first <= noun.last + 2


def _word(scene: Scene, names: Any) -> bool:
    return any(hit.value("word") in _list(names) for hit in scene.hits)


def _word_near(scene: Scene, names: Any) -> bool:
    near = (*scene.hits, *scene.following[:3])
    return any(hit.value("word") in _list(names) for hit in near)


def _said_after(scene: Scene, names: Any) -> bool:
    """Whether a small word stands between the act and the end of its sentence."""
    act = scene.acts[0].first if scene.acts else scene.first
    later = (hit for hit in (*scene.hits, *scene.rest) if hit.first > act)
    return any(hit.value("word") in _list(names) for hit in later)


def _next(scene: Scene, name: str) -> bool:
    return any(hit.value("word") == name and hit.first == scene.last + 1 for hit in scene.following)


def _plural(scene: Scene, name: str) -> bool:
    noun = scene.noun(name)
    return noun is not None and noun.plural


def _lasting(scene: Scene, want: bool) -> bool:
    return any(mention.kind == "duration" for mention in scene.dates) == want


QUESTIONS: dict[str, Callable[[Scene, Any], bool]] = {
    "noun": lambda scene, names: scene.noun(*_list(names)) is not None,
    "plural": _plural,
    "case": _case,
    "order": _order,
    "sense": lambda scene, names: bool(scene.senses & set(_list(names))),
    "only sense": lambda scene, name: scene.senses == {name},
    "verb": _verb,
    "verb tense": lambda scene, name: scene.verb is not None and scene.verb.tense == name,
    "verb near": _near_noun,
    "tense": lambda scene, name: scene.tense == name,
    "word": _word,
    "word near": _word_near,
    "said after": _said_after,
    "next": _next,
    "pronoun": lambda scene, names: scene.pronoun(*_list(names)) is not None,
    "named": lambda scene, kind: any(hit.value(kind) for hit in scene.hits),
    "party": _party,
    "dated": _dated,
    "lasting": _lasting,
    "is": lambda scene, name: bool(getattr(scene, name)),
    "not": lambda scene, when: not holds(when, scene),
    "none of": lambda scene, rules: not any(holds(when, scene) for when in rules),
    "any of": lambda scene, rules: any(holds(when, scene) for when in rules),
}
