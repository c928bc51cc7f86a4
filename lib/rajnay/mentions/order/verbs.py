"""Verbs with the words that stand before them, read as one: who does or suffers, of what time it
tells, whether it is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from rajnay.knowledge.hits import Hit, Meaning
from rajnay.mentions.order.units import Unit, as_word

if TYPE_CHECKING:
    from rajnay.knowledge.packs.words import Grammar

_SHORTEST_VERB = 5
# Forms that are no clause's verb by themselves.
_UNFINISHED = frozenset({"infinitive", "gerund", "participle"})
# What was, or is, still to be done, told of a noun.
TO_BE = ("prospective",)
# Auxiliaries (h), what may stand between (n denials, everyday words, l lower-case words), a verb.
_WITH_VERB = re.compile(r"(?:h(?:[hnd]|l(?=v))*)?v")
_HELPERS = re.compile(r"h[hnd]*")
# What gives a verb its sense, where that is no preposition.
_SOMEBODY = "somebody"
_OTHER, _HELPS = "other", "auxiliary"
_BASE = "base"
# The auxiliary of "will be there".
_TO_BE_THERE = ("be",)
# Auxiliaries after which a word that no table has is a verb.
_OPEN = frozenset({"will", "would", "may", "do", "did"})
_TO = "to"
_RESOLVED, _PLANNED = "resolve", "schedule"
# What auxiliaries make of a plan: "has scheduled talks", "talks were scheduled for the 19th".
_PLANS = {
    "have": ("future",),
    **dict.fromkeys(("was", "had", "past", "participle"), ("prospective", "past")),
}
_ANY_VERB = (Meaning("verb", f"{_OTHER}:{_BASE}"),)
# What stands around a verb (@), by its form and whether it may be a noun as well, or is none of
# those told apart: in -ing something is done to what follows; "A visits B", "A and B visit C"; not
# "the planned visit", nor "the first combined exercise". Letters are those of `Unit.shape`.
_CLAUSE = "(?:^|[o;])[^Vo;]*"
# What goes on after the verb before it: "A meets B, calls on C".
_MORE = "V[^Vo;]*[,j]n*"
_VERB_IF = {
    key: re.compile(pattern)
    for key, pattern in {
        ("gerund", False): "(?:[pb,o]|v.*j)@",
        ("gerund", True): "(?:[pb,o]|v.*j)@a*[sSx]",
        ("base", False): f"{_CLAUSE}(?:[j,][^Vo;]*[sS]|S)n*@",
        ("base", True): f"{_CLAUSE}(?:[j,][^Vo;]*[sS]|S)n*@",
        ("present", False): f"{_CLAUSE}[sSkwn]@|{_MORE}@|p[awn]*[sSx]@|;@[sSx]",
        ("present", True): f"{_CLAUSE}[sS]n*@|{_MORE}@[sSx]|;@[sSx]",
        ("past", False): "(?<!a)@",
        ("past", True): "(?<![awpb])(?<!^)@|(?<!a)@[^wk]|(?<!a)@$",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries.

    ``says`` are the forms that the whole comes to, in the order of a language whose auxiliaries
    follow the verb; ``units`` all of it, ``main`` the verb itself, None where the auxiliary is all;
    ``sense`` what the verb means, ``noun`` the act that it tells by itself ("phoned").
    """

    units: tuple[Unit, ...]
    main: Unit | None
    sense: str
    noun: str
    says: tuple[str, ...]
    passive: bool = False

    kind = "group"

    @property
    def finite(self) -> bool:
        """Whether the group may be a clause's verb."""
        return self.form not in _UNFINISHED and self.says != TO_BE

    @property
    def form(self) -> str:
        """The first form that the whole comes to."""
        return self.says[0]

    @property
    def letter(self) -> str:
        """The kind as one letter: see `Unit`."""
        return "V" if self.finite else "v"

    @property
    def shape(self) -> str:
        """The letter: see `Unit`."""
        return self.letter

    @property
    def helpers(self) -> list[Unit]:
        """The auxiliaries."""
        return [unit for unit in self.units if unit is not self.main and unit.helps]

    @property
    def alone(self) -> bool:
        """Whether the verb stands without an auxiliary."""
        return self.main is not None and not self.helpers

    @property
    def negations(self) -> list[Unit]:
        """The words in it that deny it."""
        return [unit for unit in self.units if unit.value("word") == "negations"]

    @property
    def words(self) -> list[Unit]:
        """The words in it that say more: what is expected, adverbs."""
        denials = self.negations
        others = (unit for unit in self.units if unit is not self.main and unit not in denials)
        words = (unit for unit in others if unit.kind != "pre")
        return [unit for unit in words if all(sense != _HELPS for sense, _ in unit.verbs)]

    def told_as(self, *says: str) -> Group:
        """Return the group as one that tells of another time."""
        return replace(self, says=says)


Item = Unit | Group


def shapes(items: Sequence[Item]) -> str:
    """Return the kinds of items as a string, one letter each, words told more finely."""
    return "".join(item.shape for item in items)


def letters(items: Sequence[Item]) -> str:
    """Return the kinds of items as a string, one letter each."""
    return "".join(item.letter for item in items)


class VerbReader:
    """Reads the verbs of a language's sentences with the table of its grammar."""

    def __init__(self, grammar: Grammar) -> None:
        """Prepare the table.

        Args:
            grammar: with ``verb_phrases`` and ``passives``.
        """
        self._table = tuple(
            (re.compile(_regex(phrase)), tuple(says.split()))
            for says, phrases in grammar.verb_phrases.items()
            for phrase in phrases
        )
        self._passives = frozenset(grammar.passives)
        self._endings = [
            (ending, Meaning("verb", f"other:{form}"))
            for form in ("past", "participle", "gerund")
            for ending in grammar.verb_endings.get(form, ())
        ]
        self._read: dict[tuple[str, ...], tuple[str, ...]] = {}

    def items(self, units: Sequence[Unit]) -> list[Item]:
        """Return the units of a sentence, the verbs among them read together.

        Args:
            units: the units in order; those that are no verbs after all are given back as words.
        """
        items: list[Item] = []
        units = list(_after_auxiliaries(list(map(self._perhaps_verb, units))))
        text = "".join(map(_letter, units))
        at = 0
        while at < len(units):
            group = self._group(units, at, text, items)
            items.append(group or as_word(units[at]))
            at += len(group.units) if group is not None else 1
        return items

    def _perhaps_verb(self, unit: Unit) -> Unit:
        """Return a word that no table has as a verb, if it ends as one."""
        token = unit.token
        known = unit.hit is not None or unit.date is not None
        if token is None or known or token.native or len(token.surface) < _SHORTEST_VERB:
            return unit
        meanings = tuple(one for ending, one in self._endings if token.surface.endswith(ending))
        hit = Hit(unit.first, unit.last, token.span, meanings, None)
        return replace(unit, kind="verb", hit=hit) if meanings else unit

    def _group(
        self, units: Sequence[Unit], at: int, text: str, before: Sequence[Item]
    ) -> Group | None:
        """Return the verb that begins at a unit, None if none does."""
        match = _WITH_VERB.match(text, at) or _HELPERS.match(text, at)
        for end in range(match.end() if match else at, at, -1):
            *leading, main = units[at:end]
            group = self._verb(leading, main, before, units[end:])
            if group is None and main.helps:
                group = self._auxiliary(units[at:end])
            if group is not None:
                return group
        return None

    def _verb(
        self, leading: Sequence[Unit], main: Unit, before: Sequence[Item], after: Sequence[Unit]
    ) -> Group | None:
        """Return a verb with the auxiliaries before it, None if it is a noun there."""
        helpers = tuple(name for unit in leading if (name := unit.helps))
        shared = () if helpers else _shared(main, before)
        # "Called on somebody" is told before "called": a sense that what follows gives.
        for sense, form in sorted(main.verbs, key=lambda verb: "/" not in verb[0]):
            sense, _, wanted = sense.partition("/")
            if sense == _HELPS or (wanted and not _follows(wanted, after)):
                continue
            governs = wanted not in ("", _SOMEBODY)
            told_by = helpers or shared or (governs and _stands_free(before))
            if not told_by and _is_noun(main, form, before, after):
                continue
            told = helpers or shared
            says = self._says(*told, form)
            if sense == _OTHER and _RESOLVED in told:
                continue  # "agreed to double trade": what was agreed on is no act
            if sense == _PLANNED:
                says = _PLANS.get(told[0] if told else form, says)
            if says is not None:
                units = (*leading, main, *map(as_word, after[:governs]))
                passive = form == "participle" and told[-1:] != () and told[-1] in self._passives
                verb, _, noun = sense.partition("+")
                return Group(units, main, verb, noun, says, passive)
        return None

    def _auxiliary(self, units: Sequence[Unit]) -> Group | None:
        """Return auxiliaries without a verb after them."""
        says = self._says(*(name for unit in units if (name := unit.helps)))
        return Group(tuple(units), None, "", "", says) if says is not None else None

    def _says(self, *classes: str) -> tuple[str, ...] | None:
        if classes not in self._read:
            text = "".join(f"{name};" for name in classes)
            found = (says for phrase, says in self._table if phrase.fullmatch(text))
            self._read[classes] = next(found, ())
        return self._read[classes] or None


def _after_auxiliaries(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield units, each word that no table has as a verb if it can be nothing else: "will mull"."""
    helps: str | None = None
    open_ = False
    for unit in units:
        if _letter(unit) == "l" and unit.token is not None and open_:
            hit = Hit(unit.first, unit.last, unit.token.span, _ANY_VERB, None)
            unit = replace(unit, kind="verb", hit=hit)
        yield unit
        if unit.letter != "n":
            # "Agreed to mull" too; "to" alone may lead to anything.
            open_ = unit.helps in _OPEN or (unit.helps == _TO and helps is not None)
            helps = unit.helps


def _follows(wanted: str, after: Sequence[Unit]) -> bool:
    """Return whether what gives a verb its sense follows it: somebody, or a preposition and
    somebody after that, or who does it.
    """
    first = after[0] if after else None
    if wanted != _SOMEBODY:
        if first is None or first.token is None or first.token.surface != wanted:
            return False
        after = after[1:]
    phrase = takewhile(lambda unit: unit.letter in "wadn", after)
    return any(unit.people for unit in phrase) or [unit.kind for unit in after[:1]] == ["pre"]


def _stands_free(before: Sequence[Item]) -> bool:
    """Return whether nothing before a word makes it a noun: an owner, an article, a preposition."""
    return not shapes(before).endswith(("a", "p", "b"))


def _shared(main: Unit, before: Sequence[Item]) -> tuple[str, ...]:
    """Return the auxiliaries that a verb after "and" shares with the verb before it: "will come and
    meet A", "will be there and meet A"; what was done is told by itself.
    """
    clause = letters(before).rstrip("n")
    group = next((item for item in reversed(before) if isinstance(item, Group)), None)
    if not clause.endswith("j") or group is None or group.form == "past":
        return ()
    helpers = tuple(name for unit in group.helpers if (name := unit.helps))
    if group.main is None:
        opens = helpers[-1:] == _TO_BE_THERE and _BASE in main.forms
        return helpers[:-1] if opens else ()
    return helpers if not main.forms.keys().isdisjoint(group.main.forms) else ()


def _regex(phrase: str) -> str:
    """Return the regular expression for classes of words in a row, as the grammar writes them."""
    return re.sub(r"[a-z]+", r"(?:\g<0>;)", phrase).replace(" ", "")


def _letter(unit: Unit) -> str:
    """Return what a unit may be to a verb, as one letter."""
    if unit.helps:
        return "h"
    token = unit.token
    unknown = unit.hit is None and unit.date is None
    lower = unknown and token is not None and token.kind == "word" and not token.native
    return "l" if lower else unit.letter


def _is_noun(unit: Unit, form: str, before: Sequence[Item], after: Sequence[Unit]) -> bool:
    """Return whether a word that may be a verb or a noun is a noun where it stands."""
    named = not unit.kinds.isdisjoint(("noun", "body"))
    other = _OTHER in unit.forms.values()
    verb = _VERB_IF.get((form, named)) or _VERB_IF["past", other]
    return verb.search(f"{shapes(before)}@{shapes(after)}") is None
