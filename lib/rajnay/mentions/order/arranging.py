"""Put the phrases of a clause before its verb, each with its role after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from rajnay.mentions.order.clauses import Clause
from rajnay.mentions.order.phrases import JOURNEYS, Phrase, phrases_of
from rajnay.mentions.order.pieces import (
    APART,
    CASES,
    Piece,
    as_verb,
    as_word,
    governed,
    in_case,
    parted,
    piece_of,
)
from rajnay.mentions.order.units import Unit
from rajnay.mentions.order.verbs import Group

# Verbs that lead somewhere, and all whose subject takes no ending where others' does.
_MOTION = frozenset({"go", "come", "arrive", "stay", "leave"})
_UNMARKED = _MOTION | {"meet", "sit"}
# What bounds the verb after it, so that it closes a clause of its own.
_LINKS = frozenset({"after", "before", "during"})
_NO_ROLES = frozenset({"other", "as"})
# Acts that are also their own means, and what says so.
_CALLS = frozenset({"call", "video"})
_MEANS = frozenset({"about", "agent", "locative", "instrument", "comitative"})


def arranged(clause: Clause) -> list[Piece]:
    """Return the words of a clause with its verb last.

    Args:
        clause: its items in the order of the text.
    """
    group, place = _of_habit(clause), clause.place
    before = [*phrases_of(clause.subject)[:1], *phrases_of(clause.items[:place])]
    after = [*phrases_of(clause.items[place + 1 :]), *phrases_of(clause.thing)]
    if group is not None and group.sense == "say" and not any(one.bare for one in before):
        told = [one for one in after[:1] if one.bare]
        before, after = [*before, *told], after[len(told) :]
    parts = [*_before_verb(before, group), *_after_verb(after, group)]
    denials, words = parted(_kept_apart(parts))
    verb = _verb(group, denials) if group is not None else denials
    link = [as_word(clause.link, "word", clause.side)] if clause.link else []
    return [*map(piece_of, clause.lead), *words, *verb, *link]


def _of_habit(clause: Clause) -> Group | None:
    """Return a clause's verb; in the present after "when A" it may tell of any time, but not after
    "when he", who was told of before.
    """
    group, opens = clause.verb, clause.items[:1]
    he = any(isinstance(item, Unit) and item.value("pronoun") for item in opens)
    habit = clause.side == "during" and group is not None and group.form == "present"
    return group.told_as("present") if group and habit and not he else group


def _kept_apart(parts: Iterable[Sequence[Piece]]) -> Iterator[Piece]:
    """Yield phrases with a mark between any two that would be read as one: an office, somebody; a
    name, a word that no table has.
    """
    before: Sequence[Piece] = ()
    for part in parts:
        goes_on = any(piece.names or piece.unknown for piece in part[:1])
        if goes_on and any(piece.open for piece in before[-1:]):
            yield APART
        yield from part
        before = part


# --- what stands before the verb in the text, and after it


def _before_verb(phrases: Sequence[Phrase], group: Group | None) -> Iterator[list[Piece]]:
    """Yield the phrases before a verb, the subject last but for what stands before it."""
    at = next((at for at, phrase in enumerate(phrases) if phrase.bare), len(phrases))
    for told in _between_commas(phrases[:at]):
        for before, phrase in reversed([*pairwise([Phrase(), *told])]):
            yield from _phrase(phrase, before, None)
    for before, phrase in reversed([*pairwise(phrases[at:])]):
        yield from _phrase(phrase, before, group)
    for subject in phrases[at : at + 1]:
        for pieces in _phrase(subject, Phrase(), group):
            yield in_case(pieces, _case_of_subject(subject, group))


def _between_commas(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Return phrases in groups that a comma parts."""
    groups: list[list[Phrase]] = [[]]
    for phrase in phrases:
        if phrase.parted:
            groups.append([])
        groups[-1].append(phrase)
    return groups


def _after_verb(phrases: Sequence[Phrase], group: Group | None) -> Iterator[list[Piece]]:
    """Yield the phrases after a verb, the last first."""
    for before, phrase in reversed([*pairwise([Phrase(), *phrases])]):
        for pieces in _phrase(phrase, before, group):
            yield in_case(pieces, _case_of_object(phrase, group))


def _case_of_subject(phrase: Phrase, group: Group | None) -> str | None:
    """Return the ending that a subject has in a language that tells who acts by it."""
    if group is None or group.main is None or not (phrase.people or phrase.land):
        return None
    if group.passive:
        return "dative" if phrase.people else None
    return "ergative" if group.form == "past" and group.sense not in _UNMARKED else None


def _case_of_object(phrase: Phrase, group: Group | None) -> str | None:
    """Return the ending of whom or what something is done to, or which place is visited."""
    if group is None or group.main is None or not phrase.bare:
        return None
    if not phrase.land:
        return "dative" if phrase.people else None
    if group.noun in JOURNEYS:
        return "genitive"
    return None if group.sense in _MOTION else "dative"


# --- a phrase


def _phrase(phrase: Phrase, before: Phrase, group: Group | None) -> Iterator[list[Piece]]:
    """Yield a phrase, its own verb's phrases first; its preposition comes after it."""
    if phrase.verb is not None:
        yield from _unfinished(phrase, phrase.verb)
        return
    pieces = list(_noun_phrase(phrase))
    role = _role(phrase, before, group)
    if phrase.pre is not None and role is not None:
        pieces = governed(pieces, phrase.pre, role)
    yield [*pieces, *map(piece_of, phrase.lead)]


def _unfinished(phrase: Phrase, group: Group) -> Iterator[list[Piece]]:
    """Yield a phrase around a verb: "after meeting B", "to hold talks", "held in A"."""
    if group.form == "gerund":
        told = "infinitive" if phrase.pre is not None else "conjunctive"
        group = group.told_as("past" if phrase.role in _LINKS else told)
    yield from _after_verb(phrase.inner, group)
    linked = phrase.pre is not None and phrase.role not in CASES
    link = [as_word(phrase.pre, "word", phrase.role or "")] if phrase.pre and linked else []
    yield [*_verb(group, []), *link]


def _noun_phrase(phrase: Phrase) -> Iterator[Piece]:
    for inner in reversed(phrase.of):
        yield from chain.from_iterable(_phrase(inner, phrase, None))
    yield from map(piece_of, phrase.units[:-1])
    if phrase.goal is not None and phrase.goal.pre is not None:
        yield from governed(list(_noun_phrase(phrase.goal)), phrase.goal.pre, "genitive")
    yield from map(piece_of, phrase.units[-1:])
    for join, other in phrase.joined:
        yield from map(piece_of, join)
        yield from _noun_phrase(other)


def _role(phrase: Phrase, before: Phrase, group: Group | None) -> str | None:
    """Return what a preposition says of a phrase beside the phrase before it and the verb."""
    if phrase.role in _MEANS and phrase.noun in _CALLS:
        return None
    told = {"goal": _role_of_goal(phrase, before), "agent": _role_of_agent(group)}
    told |= dict.fromkeys(_NO_ROLES)
    if phrase.noun in JOURNEYS:
        told["about"] = "adessive"
    return told.get(phrase.role or "", phrase.role)


def _role_of_agent(group: Group | None) -> str:
    """Return the role of who does something: that of a subject, or an act's owner."""
    suffers = group is not None and (group.passive or group.form == "participle")
    return "ergative" if suffers else "genitive"


def _role_of_goal(phrase: Phrase, before: Phrase) -> str | None:
    """Return the role of whom or what something is done or goes to."""
    if before.describes:
        return "locative"
    return None if phrase.land else "dative"


def _verb(group: Group, denials: Sequence[Piece]) -> list[Piece]:
    """Return a verb with its auxiliaries and denials after it, the noun of what is done before."""
    main = group.main or group.units[-1]
    senses = [group.sense or "auxiliary", *("auxiliary" for _ in group.says[1:])]
    carriers = [main, *(group.helpers or [main]), *(main for _ in group.says)]
    told = zip(carriers, senses, group.says, strict=False)
    return [
        *map(piece_of, group.words),
        *(as_word(main, "noun", noun) for noun in [group.noun] if noun),
        *(as_verb(carrier, f"{sense}:{form}") for carrier, sense, form in told),
        *(as_word(unit, "word", "negations") for unit in group.negations),
        *denials,
    ]
