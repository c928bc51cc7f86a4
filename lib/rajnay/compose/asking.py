"""What may be asked of a scene, and with which values; a rule that asks for another is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from rajnay.compose.scenes.scene import Scene

Conditions = Mapping[str, Any]
Faults = Iterator[str]
Check = Callable[[Any], Faults]

FORMS = ("person", "office", "body", "country")
CASES = ("genitive", "dative", "locative", "ablative", "adessive", "comitative", "emphatic")
ROLES = (*CASES, "subject", "bare", "between", "led", "invited", "instrument", "residence")
TENSES = ("past", "present", "future", "infinitive", "unrealised")
MARKS = ("negated", "possible", "progressive", "unreal", "attributive", "linked")
GRAINS = ("day", "week", "fortnight", "month", "part", "season", "year", "decade")
DATED = {"all": GRAINS, "grain": GRAINS, "bound": ("on", "from", "until", "before", "after")}
NAMED = ("forum", "place", "country", "body", "office", "person", "pronoun", "position")

# The questions that ask for words of a pack, and the classes that these may be of.
WORDS = {"noun": ["noun"], "plural": ["noun"], "verb near": ["noun"], "case": ["noun"]}
WORDS |= {"sense": ["verb"], "only sense": ["verb"], "pronoun": ["pronoun"]}
WORDS |= {
    "word": ["word"],
    "word near": ["word"],
    "said before": ["word"],
    "next": ["word"],
}
WORDS |= {"order": ["noun", "word"], "before": ["noun"], "beside": ["noun"]}
_NESTED = ("none of", "any of", "not")


def faults_of(when: Any) -> Faults:
    """Yield what is wrong with the conditions of a rule, a line each.

    >>> list(faults_of({"party": {"role": "comitativ"}}))
    ["party: role: 'comitativ' is none of genitive, dative, locative, ablative, adessive, \
comitative, emphatic, subject, bare, between, led, invited, instrument, residence"]
    """
    if not isinstance(when, Mapping) or not when:
        yield f"{when!r} asks nothing: write questions with their values, {{noun: meeting}}"
        return
    for key, value in when.items():
        if key not in CHECKS:
            known = ", ".join(sorted(CHECKS))
            yield f"{key!r} cannot be asked of a scene: ask one of {known}"
        else:
            yield from (f"{key}: {fault}" for fault in CHECKS[key](value))


def words_of(when: Conditions) -> Iterator[tuple[str, str]]:
    """Yield the words of a pack that conditions ask for, each with its question.

    Args:
        when: a stretch of time.
    """
    for key, value in when.items():
        if key in _NESTED:
            for inner in listed(value):
                yield from words_of(inner)
        elif key == "party":
            places = {name: value[name] for name in ("before", "beside") if name in value}
            yield from words_of(places)
        elif key in WORDS:
            yield from ((key, word) for word in _flat(value))


def listed(value: Any) -> Sequence[Any]:
    """Return a list as it is, and anything else as a list of one.

    Args:
        value: a list, or one value.
    """
    return value if isinstance(value, list) else [value]


def _flat(value: Any) -> Iterator[Any]:
    for one in value if isinstance(value, list | Mapping) else [value]:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


# Checks of values
# --------------------------------------------------------------------------------------------------


def _unless(holds: bool, said: str) -> Faults:
    return iter([said] * (not holds))


def _each(check: Check) -> Check:
    """Return the check of a value, or of each in a list of some."""
    return lambda value: chain.from_iterable(map(check, listed(value) or [value]))


def _one_of(known: Collection[str | None]) -> Check:
    told = ", ".join(str(name or "null") for name in known)
    plain = str | None
    return lambda value: _unless(
        isinstance(value, plain) and value in known, f"{value!r} is none of {told}"
    )


def _word(value: Any) -> Faults:
    return _unless(isinstance(value, str), f"{value!r} is no word: write one")


def _boolean(value: Any) -> Faults:
    return _unless(
        isinstance(value, bool), f"{value!r} is neither true nor false: write one of them"
    )


def _mark(value: Any) -> Faults:
    return iter(()) if isinstance(value, bool) else _one_of(MARKS)(value)


def _property(value: Any) -> Faults:
    return _unless(value in _PROPERTIES, f"{value!r} is nothing that a scene is")


def _of_keys(checks: Mapping[str, Check]) -> Check:
    def check(value: Any) -> Faults:
        if not isinstance(value, Mapping) or not value:
            yield f"{value!r} says nothing: write one of {', '.join(checks)}, with a value"
            return
        for key, one in value.items():
            if key not in checks:
                yield f"{key!r} is none of {', '.join(checks)}"
            else:
                yield from (f"{key}: {fault}" for fault in checks[key](one))

    return check


def _case(value: Any) -> Faults:
    if not isinstance(value, Mapping) or not value:
        yield f"{value!r} says nothing: write a noun and the case it stands in"
        return
    for noun, case in value.items():
        yield from (
            f"{noun}: {fault}" for fault in _each(_one_of((*CASES, "ergative", None)))(case)
        )


def _dated(value: Any) -> Faults:
    if not isinstance(value, bool):
        yield from _of_keys({key: _one_of(known) for key, known in DATED.items()})(value)


def _order(value: Any) -> Faults:
    named = _unless(isinstance(value, list), f"{value!r} is no order: write words in brackets")
    return chain(named, _each(_words)(value))


def _conditions(value: Any) -> Faults:
    if not isinstance(value, list):
        yield f"{value!r} is no list: write sets of questions in brackets"
    else:
        yield from _each(faults_of)(value)


_words = _each(_word)
_PROPERTIES = [name for name in dir(Scene) if not name.startswith("_")]
_PARTY = {
    "form": _each(_one_of(FORMS)),
    "role": _each(_one_of(ROLES)),
    "before": _words,
    "beside": _words,
}
CHECKS: dict[str, Check] = {
    **dict.fromkeys(("noun", "sense", "word", "pronoun", "word near", "said before"), _words),
    **dict.fromkeys(("only sense", "plural", "next", "verb near"), _word),
    **dict.fromkeys(("tense", "verb tense"), _one_of(TENSES)),
    **{"verb": _mark, "dated": _dated, "case": _case, "lasting": _boolean},
    **{"named": _one_of(NAMED), "order": _order, "party": _of_keys(_PARTY), "is": _property},
    **{"not": faults_of, "none of": _conditions, "any of": _conditions},
}
