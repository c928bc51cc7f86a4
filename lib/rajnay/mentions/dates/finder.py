"""Find the dates, lengths of time and lapses that a text names, in any language that has a file of
date words.

Tokens become atoms (a word looked up, with what its case ending says); a small table of patterns
over classes of atoms finds the expressions; neighbours that name one time between them are joined.
`resolve` then reckons what each one means.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from rajnay.knowledge.packs.date_words import DateWords
from rajnay.mentions.dates.grammar import RULES
from rajnay.mentions.dates.joining import has, joined
from rajnay.mentions.dates.patterns import Atom, Found, Match, Pattern, code
from rajnay.mentions.dates.reckoning import Resolution, reckon
from rajnay.models import Span
from rajnay.text.punctuation import COLONS, COMMAS, SEMICOLONS, STOPS
from rajnay.text.tokens import Token, covered
from rajnay.times.expressions import Entry, Expression, MonthFirst
from rajnay.times.intervals import When

_ENDS = STOPS | SEMICOLONS
_MARKS = {
    **dict.fromkeys(COMMAS, "comma"),
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "/": "slash",
    ".": "dot",
    "(": "open",
    ")": "close",
}
# Every expression of time holds one of these; runs of commas, conjunctions and case endings are
# passed over.
_CORE = frozenset(
    {
        "digits",
        "day",
        "month",
        "weekday",
        "dayword",
        "tenseday",
        "dateday",
        "unit",
        "season",
        "year",
        "year_part",
        "month_part",
        "span",
    }
)
# No expression of time is longer, in atoms: a list of all days of a month with its commas is not.
_LONGEST = 80
# Characters of coded atoms; shorter runs are remembered, for news repeats its dates.
_LONGEST_REMEMBERED = 600
_YEARS = frozenset(range(1900, 2100))
# What may stand between the year that heads an entry of a list and the entry, and before the year.
_AFTER_A_YEAR = COMMAS | COLONS | STOPS | frozenset("-–—")
_BULLETS = frozenset("-*•–—")
_SOON = 25  # tokens from a day, within which a later one of its month may stand by itself
_LAST_DAY = 31
# Nobody sets a day, or a year, so many years ahead.
_FARTHEST = 30


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time in a text.

    ``first`` and ``last`` are the indices of its first and last token, ``span`` its place in the
    article's text; ``kind`` is date, duration ("three days"), lapse ("after five years"),
    repetition ("twice") or recurring; ``bound`` says how a date bounds what it dates: on, from,
    until, before or after; ``attributive`` that it qualifies the noun after it, ``topical`` that
    the noun is the day itself ("Tuesday was a day ...").
    """

    first: int
    last: int
    span: Span
    kind: str
    bound: str
    attributive: bool
    expression: Expression
    topical: bool = False

    @property
    def grain(self) -> str:
        """The unit to which the expression is precise: day, week, month, year ..."""
        return self.expression.grain


def find_dates(tokens: Sequence[Token], words: DateWords) -> tuple[DateMention, ...]:
    """Return the expressions of time among tokens.

    Args:
        tokens: an article's tokens, cut with ``words.lookalike_digits``.
        words: the language's words for time.

    Returns:
        The expressions in order, never overlapping; recurring ones ("every year") are left out.
    """
    mentions: list[DateMention] = []
    pointing, dated = _Pointing(tokens, words), -1
    for atoms in _runs(tokens, words):
        for found in joined(_matches(atoms, words.month_before_day), atoms):
            mention = _mention(found, atoms, tokens)
            if mention.expression.relation and pointing.at_clause(mention.first, dated):
                counted = replace(mention.expression, relation="event")
                mention = replace(mention, expression=counted)
            dated = mention.first if mention.kind == "date" else dated
            mentions.append(mention)
    mentions += _heading(tokens, words, covered(mentions))
    known = covered(mentions)
    later = (day for one in mentions for day in _later_days(tokens, one))
    mentions += {day.first: day for day in later if day.first not in known}.values()
    return tuple(sorted(mentions, key=lambda mention: mention.first))


def _heading(
    tokens: Sequence[Token], words: DateWords, dated: Container[int]
) -> Iterator[DateMention]:
    """Yield the years and months that stand by themselves before what was then: at the head of an
    entry of a list ("2014 - ...", "2023, Goa", "July."), or before a day in brackets ("2015 (7-12
    December)").
    """
    opens = first = True
    for index, (token, mark) in enumerate(pairwise(tokens)):
        if index and tokens[index - 1].line != token.line:
            opens = first = True
        heads = opens and mark.surface in _AFTER_A_YEAR
        said = None
        if token.value in _YEARS and not _is_glued(tokens, index, 1):
            said = Expression(year=token.value)
        elif heads and first and (month := _month(tokens, index, words)):
            said = Expression(month=month)
        if said and index not in dated and (heads or (mark.surface == "(" and index + 2 in dated)):
            yield DateMention(index, index, token.span, "date", "on", False, said)
        first = first and token.surface in _BULLETS
        opens = first or token.surface in _ENDS


def _later_days(tokens: Sequence[Token], before: DateMention) -> Iterator[DateMention]:
    """Yield the later days of a sentence that stand by themselves in the case of a date before
    them: "will come on 22 June and meet B on the 23rd".
    """
    later, case = (
        range((before.expression.day or _LAST_DAY) + 1, _LAST_DAY + 1),
        tokens[before.last],
    )
    near = pairwise(tokens[before.last + 1 : before.last + _SOON])
    for index, (token, mark) in enumerate(near, start=before.last + 1):
        if token.surface in _ENDS:
            return
        if token.value in later and (mark.surface, mark.line) == (case.surface, case.line):
            said, span = Expression(day=token.value), token.span.to(mark.span)
            yield DateMention(index, index + 1, span, "date", "on", False, said)


def _month(tokens: Sequence[Token], index: int, words: DateWords) -> int | None:
    """Return the number of the month that a word names without an ending, or None."""
    known = words.look_up(tokens, index)[1]
    months = (int(one.value) for one in known if (one.kind, one.role) == ("month", "bare"))
    return next(months, None)


def _mention(found: Found, atoms: Sequence[Atom], tokens: Sequence[Token]) -> DateMention:
    """Return an expression with its place in the text."""
    first, last = atoms[found.first].first, atoms[found.last].last
    span = Span(tokens[first].span.start, tokens[last].span.end)
    of = found.role == "of"
    topical = of and has(atoms, found.last + 1, "unit_day")
    return DateMention(first, last, span, found.kind, found.bound, of, found.expression, topical)


def resolve(
    mention: DateMention, anchor: date | None, tense: str | None, previous: When | None = None
) -> Resolution:
    """Reckon what a mention means.

    Args:
        mention: a mention that `find_dates` found.
        anchor: the day of publication, None if unknown.
        tense: past, present or future, of the clause that the mention stands in; None if unknown.
        previous: the last date resolved before this one, which "that day" and "the second day"
            count from.

    Returns:
        The stretch of time, or None with the reason why there is none; a bound is not applied.
    """
    if mention.kind == "duration":
        return Resolution(None, "a length of time, not a date")
    if mention.kind == "lapse" and tense != "future":
        return Resolution(None, "a lapse of time between events, not a date")
    found = reckon(mention.expression, anchor, tense, previous)
    first = found.when.earliest if found.when and anchor else None
    if first and anchor and first.year > anchor.year + _FARTHEST:
        return Resolution(None, "so far ahead that it is no date, or one of another calendar")
    return found


class _Pointing:
    """Tells whether "the day after that" points at a clause of its own sentence that has no date
    ("the day after they had gone").
    """

    def __init__(self, tokens: Sequence[Token], words: DateWords) -> None:
        self._tokens = tokens
        self._words = words

    def at_clause(self, first: int, dated: int) -> bool:
        """Return whether an expression points at a clause.

        Args:
            first: the expression's first token.
            dated: the first token of the last date before it, negative if there is none.
        """
        if not any(entry.kind == "its" for entry in self._words.look_up(self._tokens, first)[1]):
            return False
        start = self._starts[first]
        told = any(self._tokens[index].kind == "word" for index in range(start, first))
        return told and dated < start

    @cached_property
    def _starts(self) -> list[int]:
        """The first token of the sentence, or part before a semicolon, that each token is in."""
        starts = [0] * len(self._tokens)
        for index in range(1, len(self._tokens)):
            before, token = self._tokens[index - 1], self._tokens[index]
            cut = before.surface in _ENDS or before.line != token.line
            starts[index] = index if cut else starts[index - 1]
        return starts


# --- tokens to atoms


def _runs(tokens: Sequence[Token], words: DateWords) -> Iterator[list[Atom]]:
    """Yield the atoms of each stretch of one line in which every token may belong to an expression
    of time.
    """
    run: list[Atom] = []
    at = 0
    while at < len(tokens):
        token, size = tokens[at], 1
        entries: Sequence[Entry] = ()
        if token.surface not in words.inert or token.surface in _MARKS:
            size, known = words.look_up(tokens, at)
            entries = _entries(tokens, at, known, run)
        if run and not (entries and tokens[run[-1].last].line == token.line):
            yield run
            run = []
        if entries:
            run.append(Atom(at, at + size - 1, tuple(entries), token.spaced))
        at += size
    if run:
        yield run


def _entries(
    tokens: Sequence[Token], at: int, known: Sequence[Entry], run: Sequence[Atom]
) -> list[Entry]:
    """Return all that a token may mean beside the atoms before it."""
    token = tokens[at]
    entries = [sense for entry in known for sense in _senses(entry, tokens, at)]
    if token.spaced and any(entry.kind == "case" for entry in entries):
        drop = "case" if run and _is_inflected(run[-1]) else "ord"
        entries = [entry for entry in entries if entry.kind != drop]
    typed = token.value is not None and not entries and len(token.surface) > 1
    if token.kind == "number" or typed:
        return list(_number(tokens, at, _is_of_name(tokens, at, run)))
    mark = _MARKS.get(token.surface)
    return [*entries, Entry(mark, token.surface)] if mark else entries


def _is_inflected(atom: Atom) -> bool:
    """Return whether a word has its case ending already, in all that it may mean."""
    return not atom.has("case") and all(entry.role != "bare" for entry in atom.entries)


def _is_of_name(tokens: Sequence[Token], at: int, run: Sequence[Atom]) -> bool:
    """Return whether a number is part of a name with a dash before it ("Soyuz-5")."""
    if len(run) != 1 or at < 2 or not run[0].has("dash"):
        return False
    return not (run[0].spaced or tokens[at].spaced) and tokens[at - 2].kind == "word"


def _senses(entry: Entry, tokens: Sequence[Token], at: int) -> Iterator[Entry]:
    """Yield what a meaning comes to at its place: an ordinal's ending only after a number, a number
    as a day or a count.
    """
    if (entry.kind == "ord" and not _follows_number(tokens, at)) or (
        not entry.apart and tokens[at].spaced
    ):
        return
    if entry.kind not in ("number", "day_ordinal"):
        yield entry
        return
    value = int(entry.value)
    if 1 <= value <= 31:
        yield Entry("day", value, entry.role)
    yield Entry("dayord" if entry.kind == "day_ordinal" else "count", value, entry.role)


def _follows_number(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a number stands before a token, a dash between them if it joins the two."""
    before = at - 1
    joined = at > 1 and not (tokens[at].spaced or tokens[before].spaced)
    if joined and _MARKS.get(tokens[before].surface) == "dash":
        before -= 1
    return before >= 0 and tokens[before].value is not None


def _number(tokens: Sequence[Token], at: int, of_name: bool) -> Iterator[Entry]:
    """Yield what a number may be by its value and length; part of a name or of a longer number, no
    more than digits.
    """
    value, size = tokens[at].value or 0, len(tokens[at].surface)
    if size == 4 and 1900 <= value <= 2099 and _heads_a_line(tokens, at):
        yield Entry("year", value, "at")
        return
    yield Entry("digits", value)
    if of_name or _is_glued(tokens, at, -1) or _is_glued(tokens, at, 1):
        return
    if size <= 2 and 1 <= value <= 31:
        yield Entry("day", value)
    if size <= 3 and value:
        yield Entry("count", value)
    if size == 4 and value in _YEARS:
        yield Entry("year", value)
    if size == 2:
        yield Entry("two", value)


def _heads_a_line(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a token opens a line and a colon parts it from the rest: "2019: A met B"."""
    opens = at == 0 or tokens[at - 1].line != tokens[at].line or tokens[at - 1].surface in _ENDS
    return opens and at + 1 < len(tokens) and tokens[at + 1].surface == ":"


def _is_glued(tokens: Sequence[Token], at: int, side: int) -> bool:
    """Return whether a number is part of a longer one to its left (-1) or right: 11.30, 12:10,
    1,500, 2+2.
    """
    mark, other = at + side, at + 2 * side
    if not 0 <= other < len(tokens) or tokens[other].kind != "number":
        return False
    if tokens[max(mark, at)].spaced or tokens[max(mark, other)].spaced:
        return False
    thousands = tokens[mark].surface in COMMAS and len(tokens[max(at, other)].surface) == 3
    return thousands or tokens[mark].surface in ".:/+"


# --- atoms to expressions


def _matches(atoms: Sequence[Atom], month_before_day: MonthFirst) -> list[Found]:
    """Return the expressions among atoms, the longest at each place, from left to right."""
    if all(entry.kind not in _CORE for atom in atoms for entry in atom.entries):
        return []
    text, starts = code(atoms)
    places = {start: index for index, start in enumerate(starts)}
    matching = _matching if len(text) <= _LONGEST_REMEMBERED else _matching.__wrapped__
    found: list[Found] = []
    at = 0
    while at < len(atoms):
        here: list[Found] = []
        until = starts[min(at + _LONGEST, len(atoms))]
        for pattern, end, parts in matching(text, starts[at], until):
            groups = {name: (places[low], places[high] - 1) for name, low, high in parts}
            match = Match(atoms, at, places[end] - 1, groups, pattern.kinds, month_before_day)
            if here := list(pattern.build(match)):
                break
        found += here
        at = here[-1].last + 1 if here else at + 1
    return found


@lru_cache(maxsize=1 << 13)
def _matching(
    text: str, start: int, until: int
) -> list[tuple[Pattern, int, list[tuple[str, int, int]]]]:
    """Return the patterns that match coded atoms between two places, the longest match first, with
    where each match and its named parts end.
    """
    tried = ((pattern, pattern.match(text, start, until)) for pattern in RULES)
    matches = [(pattern, match) for pattern, match in tried if match]
    return [
        (
            pattern,
            match.end(),
            [(name, *match.span(name)) for name, value in match.groupdict().items() if value],
        )
        for pattern, match in sorted(matches, key=lambda pair: -pair[1].end())
    ]
