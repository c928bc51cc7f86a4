"""Cut a sentence into clauses of one verb each, and find whom a clause without a subject tells of.

A sentence is looked at as a string of letters, one an item: `Unit.letter` and `Group.letter` say
which; a finite verb is V, an unfinished one v.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rajnay.mentions.order.units import Unit
from rajnay.mentions.order.verbs import TO_BE, Group, Item, letters, shapes

_NOUNS = "(?:[an]*w[anw]*)"
_ASIDE = "(?:[pb][anw]+|d|n)"  # what a preposition governs, or a date
_SUBJECT = f"{_NOUNS}(?:j{_NOUNS})?{_ASIDE}*"
# Where the clause of a verb begins after that of the verb before it, likeliest first: with a break,
# what stands before the subject, and the subject; with the subject alone; with a break alone.
_STARTS = tuple(
    re.compile(f"{pattern}$")
    for pattern in (
        f"[,j]+(?:{_ASIDE}|,)*{_SUBJECT}",
        f"(?<![pbanw]){_SUBJECT}",
        f"[,j]+{_ASIDE}*",
    )
)
_OPENS_WITH_SUBJECT = re.compile(f"(?:{_ASIDE}|,)*(?P<subject>{_NOUNS}(?:j{_NOUNS})*)")
_ENDS_WITH = re.compile(f"(?P<antecedent>{_NOUNS})[,pb]*$")
_BREAKS = re.compile("[,j]*")
# A preposition before a clause, and what it says.
_GOVERNED = re.compile("p[an]*w[nw]*(?:j[an]*[nw]+)*V")
_ORDER = frozenset({"after", "before"})
_LINKS = _ORDER | {"during"}
# Somebody's act with a day, after a preposition and up to a comma or a verb.
_OCCASION = re.compile(
    "p(?P<act>[^,;Vvp]*(?:(?P<owned>[xsS]n*k|kn*[pb]n*[sSx])|k)[^,;V]*d(?:[^,;V]*(?=,|$))?),?"
)
# "With A to meet B" and "as A met B" bound nothing: they tell of something more.
_ALONG = frozenset({"comitative", "as"})
_WHO = "who"
# Verbs of acts that may have a purpose, and the form that tells it.
_ACTS = frozenset({"go", "come", "arrive", "leave", "stay", "meet", "receive", "send", "sit"})
_AIM = ("infinitive",)
# A verb that leaves it to a date whether what it tells has been.
_OPEN = ("present", "progressive")
_DUMMY = "it"
_COMMA = Unit(0, 0, "comma")
_OFFICES = frozenset({"office", "position", "nationality", "country"})
_OPENERS = frozenset({"opener", "mark"})
# What stands around a participle (@): who did it ("led by A"), a preposition ("as agreed"), a comma
# and a verb to come, an act and a verb before or to come ("talks set for 8 May with A began").
_ACT = "k(?:p[anwsSx]+)*n*@[pbd]"
_PARTICIPLE = re.compile(f".@b|[pb]n*@|,n*@[pbd].*V|V.*{_ACT}|^[an]*x?{_ACT}.*V|.@[pbd][^,jV]*V")


@dataclass
class Clause:
    """Items of the text in order, with at most one finite verb among them.

    ``lead`` are words that open it, ``link`` a preposition that governs it ("after he had gone");
    ``subject`` are items of another clause that do what it tells, ``thing`` those to which it is
    done; one that ``ends`` tells of somebody, and what comes after it does not go on with it.
    """

    lead: list[Unit] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    subject: list[Item] = field(default_factory=list)
    thing: list[Item] = field(default_factory=list)
    link: Unit | None = None
    ends: bool = False

    @property
    def place(self) -> int:
        """The place of the finite verb among the items, their number if there is none."""
        return letters(self.items).find("V") % (len(self.items) + 1)

    @property
    def verb(self) -> Group | None:
        """The finite verb."""
        return next((item for item in self.items if isinstance(item, Group) and item.finite), None)

    @property
    def side(self) -> str:
        """What the preposition that governs it says."""
        return (self.link and self.link.value("pre")) or ""

    def part(self, match: re.Match[str] | None, name: str) -> list[Item]:
        """Return the items that a named part of a match covers; none without a match.

        Args:
            match: what a pattern matched.
            name: the name of a part or class.
        """
        return self.items[slice(*match.span(name))] if match else []


def clauses_of(items: Sequence[Item]) -> list[Clause]:
    """Return the clauses of a sentence; one that tells of somebody in another ("who ...") stands
    right after that.

    Args:
        items: the units of the sentence with its verbs read.
    """
    clauses: list[Clause] = []
    for lead, inside in _segments(items):
        resolved = _resolved(inside)
        if _is_relative(lead, resolved, clauses):
            _add_relative(clauses, lead[0], resolved)
        else:
            _add(clauses, lead, resolved)
    told = (part for clause in clauses for part in _with_occasion(clause))
    return [part for clause in told for part in _with_purpose(clause)]


def _with_occasion(clause: Clause) -> Iterator[Clause]:
    """Yield a clause, and as one of its own the act of somebody, with a day, that it came before or
    after: "met B on Monday ahead of C's visit to D in May".
    """
    items, text = clause.items, shapes(clause.items)
    links = {at: item for at, item in enumerate(items) if isinstance(item, Unit)}
    for match in _OCCASION.finditer(text):
        link = links[match.start()]
        side = link.value("pre")
        if side in _ORDER and (match["owned"] or "d" in text.replace(match[0], "", 1)):
            over = side == "after" and clause.verb is not None and clause.verb.form == "past"
            said = Group((link,), None, "", "", ("past",) if over else _OPEN)
            yield replace(clause, items=[*items[: match.start()], *items[match.end() :]])
            yield Clause([], [*clause.part(match, "act"), said])
            return
    yield clause


def _with_purpose(clause: Clause) -> Iterator[Clause]:
    """Yield a clause, and as one of its own what its act was done for: "phoned B to invite him to
    the summit on Monday" tells the day of the summit, not of the call.
    """
    verb, rest = clause.verb, clause.items[clause.place + 1 :]
    acts = verb is not None and verb.main is not None and (verb.noun or verb.sense in _ACTS)
    if verb is None or not acts or verb.negations:
        yield clause
        return
    aims = (at for at, item in enumerate(rest) if isinstance(item, Group) and item.says == _AIM)
    at = next(aims, None)
    aim = rest[at] if at is not None else None
    if at is None or not isinstance(aim, Group):
        yield clause
        return
    dated = "d" in letters(rest[at:])
    told = _OPEN if dated else ("past",) if verb.form == "past" else ("future",)
    subject = clause.subject or subject_of(clause)
    yield replace(clause, items=clause.items[: clause.place + 1 + at])
    yield Clause([], [aim.told_as(*told), *rest[at + 1 :]], subject)


def _segments(items: Sequence[Item]) -> Iterator[tuple[list[Unit], list[Item]]]:
    """Yield what stands between words that open clauses and marks that part them, each with the
    word or mark before it.
    """
    lead, inside = list[Unit](), list[Item]()
    text = letters(items)
    for at, item in enumerate(items):
        if isinstance(item, Unit) and (item.kind in _OPENERS or _links(item, text, at)):
            yield lead, inside
            lead, inside = [item], []
        else:
            inside.append(item)
    yield lead, inside


def _links(unit: Unit, text: str, at: int) -> bool:
    """Return whether a preposition governs a clause of its own: "after he had gone"."""
    return unit.value("pre") in _LINKS | _ALONG and _GOVERNED.match(text, at) is not None


def _add(clauses: list[Clause], lead: list[Unit], items: list[Item]) -> None:
    """Add the clauses of a segment; one that a preposition governs goes before what it bounds."""
    links = [unit for unit in lead if unit.kind == "pre"]
    start = len(clauses)
    for number, part in enumerate(_parts(items)):
        clause = _clause(part, [] if number else lead, clauses)
        if links and number == 0:
            clause.lead = []
            clause.link = None if links[0].value("pre") in _ALONG else links[0]
            clauses.insert(len(clauses) - 1 if clauses and clause.link else len(clauses), clause)
        else:
            clauses.append(clause)
    for clause, following in pairwise(clauses[start : start + 2]):
        _lend_subject(clause, following)


def _lend_subject(clause: Clause, following: Clause) -> None:
    """Let a clause that opens with a participle, and tells who did it, be of the subject of the
    clause after it: "received by A, B said".
    """
    first, second, *_ = (*clause.items, None, None)
    by = isinstance(second, Unit) and second.value("pre") == "agent"
    if isinstance(first, Group) and first.alone and by and not clause.subject:
        clause.subject = subject_of(following)
        clause.items[0] = replace(first, passive=True)


# --- forms that may be a clause's verb or no more than a noun's


def _resolved(items: list[Item]) -> list[Item]:
    """Return the items of a segment with those verbs told as participles that describe the noun
    before them, and a lone infinitive after a subject as what will be.
    """
    told = list(items)
    for at, item in enumerate(items):
        if isinstance(item, Group) and _describes(told, at, item):
            told[at] = item.told_as("participle")
    return told if "V" in letters(told) else list(_with_future(told))


def _with_future(items: Sequence[Item]) -> Iterator[Item]:
    """Yield items, an infinitive right after somebody as a verb of the future: "A to visit B"."""
    before: Item | None = None
    for item in items:
        if isinstance(item, Group) and isinstance(before, Unit) and item.form == "infinitive":
            item = item.told_as("future") if before.people or before.land else item
        yield item
        before = item


def _describes(items: Sequence[Item], at: int, group: Group) -> bool:
    """Return whether a verb that may be of the past is a participle of the noun before it."""
    if group.form not in ("past", *TO_BE) or group.main is None or not group.alone:
        return False
    around = f"{shapes(items[:at])}@{shapes(items[at + 1 :])}"
    return "participle" in group.main.forms and _PARTICIPLE.search(around) is not None


# --- several verbs in a segment


def _parts(items: list[Item]) -> list[list[Item]]:
    """Return the parts of a segment with one finite verb each."""
    text = letters(items)
    verbs = [match.start() for match in re.finditer("V", text)]
    cuts = [_start(text, verb, following) for verb, following in pairwise(verbs)]
    return [items[first:last] for first, last in pairwise([0, *cuts, len(items)])]


def _start(text: str, verb: int, following: int) -> int:
    """Return where the clause of a verb begins, after that of the verb before it."""
    between = text[verb + 1 : following]
    found = (match.start() for start in _STARTS if (match := start.search(between)))
    return verb + 1 + next(found, len(between))


# --- whom a clause is about


def _clause(part: list[Item], lead: list[Unit], before: Sequence[Clause]) -> Clause:
    """Return a part as a clause; one that opens with its verb has the subject of the one before."""
    opening = _BREAKS.match(letters(part))
    cut = opening.end() if opening else 0
    joins = [item for item in part[:cut] if isinstance(item, Unit)]
    clause = Clause([*lead, *joins], part[cut:])
    alone = not _OPENS_WITH_SUBJECT.match(letters(clause.items)[: clause.place])
    told = [other for other in before if not other.ends]
    if alone and told and clause.verb and all(unit.kind == "mark" for unit in lead):
        clause.subject = told[-1].subject or subject_of(told[-1])
    return clause


def subject_of(clause: Clause) -> list[Item]:
    """Return the items of the first phrase before a clause's verb that no preposition governs.

    Args:
        clause: a clause with a verb; the subject of another may be its own.
    """
    match = _OPENS_WITH_SUBJECT.match(letters(clause.items)[: clause.place])
    return clause.part(match, "subject")


# --- relative clauses


def _is_relative(lead: Sequence[Unit], items: Sequence[Item], before: Sequence[Clause]) -> bool:
    """Return whether an opener points at the noun before it; one that also opens what is said
    points at it only where nobody says anything.
    """
    classes = {meaning.value for unit in lead for meaning in unit.meanings}
    antecedent = antecedent_of(before[-1]) if before else []
    if "relatives" not in classes or not antecedent:
        return False
    verb, last = before[-1].verb, antecedent[-1]
    said = verb is not None and verb.sense == "say"
    stated = isinstance(last, Unit) and last.value("noun") == "statement"
    tells = not (said or stated) and any(isinstance(item, Group) for item in items)
    return "openers" not in classes or tells


def antecedent_of(clause: Clause) -> list[Item]:
    """Return the items of the phrase that a clause ends with.

    Args:
        clause: the clause before a relative word.
    """
    return clause.part(_ENDS_WITH.search(letters(clause.items)), "antecedent")


def _meant(opener: Unit, clause: Clause) -> list[Item]:
    """Return the items of what a relative word points at: the phrase before it, but for a word that
    means nobody and follows somebody's name ("the talks with A, which ...").
    """
    near = antecedent_of(clause)
    names = any(isinstance(item, Unit) and item.names for item in near)
    if opener.value("pronoun") == _WHO or not names:
        return near
    match = _OPENS_WITH_SUBJECT.match(letters(clause.items))
    head = clause.part(match, "subject")
    act = any(isinstance(item, Unit) and item.value("noun") for item in head)
    return head if act else near


def _add_relative(clauses: list[Clause], opener: Unit, items: list[Item]) -> None:
    """Add a clause that tells of what the one before ends with, and what of that goes on after."""
    matrix = clauses[-1]
    antecedent, waits = _meant(opener, matrix), matrix.verb is None
    first, rest = _relative_and_rest(items, waits)
    if (dummy := _dummy_at(matrix)) is not None:
        del matrix.items[dummy : dummy + 2]
        matrix.items += items
        return
    end = len(letters(matrix.items).rstrip(","))
    del matrix.items[end:]
    if _tells_who(first):
        matrix.items += [_COMMA, *first[1:], *([_COMMA] if rest else []), *rest]
        return
    if waits and _was_to_be(first):
        matrix.items += [*_as_to_be(first), *rest]
        return
    relative = Clause([], first)
    governor = matrix.items[-1] if letters(matrix.items).endswith("p") else None
    if governor is not None:
        matrix.items.pop()
        relative.items = [governor, *antecedent, _COMMA, *first]
    elif opener.value("pre") is not None:
        relative.items = [replace(opener, kind="pre"), *antecedent, _COMMA, *first]
    elif letters(first).startswith("V"):
        relative.subject = antecedent
    else:
        relative.thing = antecedent
    if waits:
        matrix.items, *others = _parts([*matrix.items, *rest])
        rest = [item for part in others for item in part]
    clauses.append(relative)
    if rest:
        relative.ends = waits
        _add(clauses, [], rest)


def _was_to_be(items: Sequence[Item]) -> bool:
    """Return whether a clause tells what was to be done: "(the talks) which were to be held"."""
    verb = items[0] if items else None
    return isinstance(verb, Group) and verb.says[:1] == TO_BE


def _as_to_be(items: Sequence[Item]) -> Iterator[Item]:
    """Yield such a clause as what describes the noun: "the talks to be held"."""
    for item in items:
        yield item.told_as(*TO_BE) if isinstance(item, Group) and item is items[0] else item


def _dummy_at(clause: Clause) -> int | None:
    """Return the place of the word that points ahead in "it was A who ...", None if none is."""
    verb, at = clause.verb, clause.place - 1
    before = clause.items[at] if at >= 0 else None
    copula = verb is not None and verb.main is None
    points = isinstance(before, Unit) and before.value("pronoun") == _DUMMY
    return at if copula and points else None


def _tells_who(items: Sequence[Item]) -> bool:
    """Return whether a clause tells an office: "(who) is the minister of"."""
    verb, *others = items or [_COMMA]
    named = next((item for item in others if item.kind != "article"), None)
    copula = isinstance(verb, Group) and verb.main is None
    return copula and isinstance(named, Unit) and not _OFFICES.isdisjoint(named.kinds)


def _relative_and_rest(items: list[Item], waits: bool) -> tuple[list[Item], list[Item]]:
    """Return the items of a relative clause, and those after it: the verb that the clause before
    waits for comes after a comma, or right at its place.
    """
    text = letters(items)
    verbs = [match.start() for match in re.finditer("V", text)]
    first, second, *_ = (*verbs, len(items), len(items))
    if not waits:
        cut = _start(text, first, second) if second < len(items) else second
        return items[:cut], items[cut:]
    comma = text.rfind(",", first, second)
    cut = second if comma < 0 else comma
    return items[:cut], items[cut:][int(comma >= 0) :]
