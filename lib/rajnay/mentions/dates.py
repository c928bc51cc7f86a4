"""Find the dates, lengths of time and lapses that a text names, in any language that has a file of
date words.

Tokens become atoms (a word looked up, with what its case ending says); a small table of patterns
over classes of atoms finds the expressions; neighbours that name one time between them are joined.
`resolve` then reckons what each one means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from rajnay.knowledge.packs.date_words import DateWords, load_date_words
from rajnay.mentions.date_grammar import RULES
from rajnay.mentions.date_patterns import Atom, Found, Hit, Pattern, code
from rajnay.mentions.reckoning import Resolution, reckon
from rajnay.models import Span
from rajnay.text.sentences import STOPS
from rajnay.text.tokens import Token
from rajnay.times.expressions import Entry, Expression
from rajnay.times.intervals import When

__all__ = [
    "DateMention",
    "DateWords",
    "Expression",
    "Resolution",
    "find_dates",
    "load_date_words",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time in a text.

    ``first`` and ``last`` are the indices of its first and last token, ``span`` its place in the
    article's text; ``kind`` is date, duration ("three days"), lapse ("after five years"),
    repetition ("twice") or recurring; ``bound`` says how a date bounds what it dates: on, from,
    until, before or after; ``attributive`` that it qualifies the noun after it.
    """

    first: int
    last: int
    span: Span
    kind: str
    bound: str
    attributive: bool
    expression: Expression

    @property
    def grain(self) -> str:
        """The unit to which the expression is precise: day, week, month, year ..."""
        return self.expression.grain


def find_dates(tokens: Sequence[Token], words: DateWords) -> tuple[DateMention, ...]:
    """Return the expressions of time among tokens, in order, never overlapping; recurring ones
    ("every year") are left out.

    Args:
        tokens: an article's tokens, cut with ``words.lookalike_digits``.
        words: the language's words for time.
    """
    mentions: list[DateMention] = []
    for atoms in _runs(tokens, words):
        for found in _joined(_matches(atoms, words.month_before_day), atoms):
            first, last = atoms[found.first].first, atoms[found.last].last
            span = Span(tokens[first].span.start, tokens[last].span.end)
            expression = found.expression
            if expression.relation and _points_at_clause(first, mentions, tokens, words):
                expression = replace(expression, relation="event")
            mentions.append(
                DateMention(
                    first, last, span, found.kind, found.bound, found.role == "of", expression
                )
            )
    return tuple(mentions)


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
    return reckon(mention.expression, anchor, tense, previous)


_ENDS = STOPS | {";"}


def _points_at_clause(
    first: int, before: Sequence[DateMention], tokens: Sequence[Token], words: DateWords
) -> bool:
    """Whether "the day after that" points at a clause of its own sentence that has no date ("the
    day after they had gone").
    """
    if not any(entry.kind == "its" for entry in words.look_up(tokens, first)[1]):
        return False
    start = first
    while (
        start > 0
        and tokens[start - 1].surface not in _ENDS
        and tokens[start - 1].line == tokens[first].line
    ):
        start -= 1
    said = any(token.kind == "word" for token in tokens[start:first])
    return said and not any(mention.first >= start and mention.kind == "date" for mention in before)


_MARKS = {
    ",": "comma",
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
_CORE = (
    "digits",
    "day",
    "month",
    "weekday",
    "dayword",
    "tenseday",
    "unit",
    "season",
    "year_part",
    "month_part",
    "span",
)


def _runs(tokens: Sequence[Token], words: DateWords) -> Iterator[list[Atom]]:
    """Yield the atoms of each stretch of one line in which every token may belong to an expression
    of time.
    """
    run: list[Atom] = []
    at = 0
    while at < len(tokens):
        size, known = words.look_up(tokens, at)
        entries = [sense for entry in known for sense in _senses(entry, tokens, at)]
        if tokens[at].spaced and any(entry.kind == "case" for entry in entries):
            inflected = (
                run and run[-1].entries and all(entry.role != "bare" for entry in run[-1].entries)
            )
            drop = "case" if inflected and not run[-1].has("case") else "ord"
            entries = [entry for entry in entries if entry.kind != drop]
        token = tokens[at]
        if run and tokens[run[-1].last].line != token.line:
            yield run
            run = []
        if token.kind == "number" or (
            token.value is not None and not entries and len(token.surface) > 1
        ):
            of_name = (
                len(run) == 1
                and run[0].has("dash")
                and not run[0].spaced
                and at > 1
                and tokens[at - 2].kind == "word"
            )
            entries = [*_number(tokens, at, of_name and not token.spaced)]
        elif token.surface in _MARKS:
            entries = [*entries, Entry(_MARKS[token.surface], token.surface)]
        if entries:
            run.append(Atom(at, at + size - 1, tuple(entries), token.spaced))
        elif run:
            yield run
            run = []
        at += size
    if run:
        yield run


def _senses(entry: Entry, tokens: Sequence[Token], at: int) -> Iterator[Entry]:
    after_number = at > 0 and tokens[at - 1].value is not None
    if (entry.kind == "ord" and not after_number) or (not entry.apart and tokens[at].spaced):
        return
    if entry.kind not in ("number", "day_ordinal"):
        yield entry
        return
    value = int(entry.value)
    if 1 <= value <= 31:
        yield Entry("day", value, entry.role)
    yield Entry("dayord" if entry.kind == "day_ordinal" else "count", value, entry.role)


def _number(tokens: Sequence[Token], at: int, of_name: bool) -> Iterator[Entry]:
    value, size = tokens[at].value or 0, len(tokens[at].surface)
    yield Entry("digits", value)
    if of_name or _glued(tokens, at, -1) or _glued(tokens, at, 1):
        return
    if size <= 2 and 1 <= value <= 31:
        yield Entry("day", value)
    if size <= 3 and value:
        yield Entry("count", value)
    if size == 4 and 1900 <= value <= 2099:
        yield Entry("year", value)
    if size == 2:
        yield Entry("two", value)


def _glued(tokens: Sequence[Token], at: int, side: int) -> bool:
    """Whether a number is part of a longer one to its left (-1) or right: 11.30, 12:10, 1,500,
    2+2.
    """
    mark, other = at + side, at + 2 * side
    if not 0 <= other < len(tokens) or tokens[other].kind != "number":
        return False
    if tokens[max(mark, at)].spaced or tokens[max(mark, other)].spaced:
        return False
    return tokens[mark].surface in ".:/+" or (
        tokens[mark].surface == "," and len(tokens[max(at, other)].surface) == 3
    )


# Coded atoms: news repeats its dates, and a longer run is no date.
_LONGEST_REMEMBERED = 600


def _matches(atoms: Sequence[Atom], month_before_day: bool) -> list[Found]:
    """Return the expressions among atoms, the longest at each place, from left to right."""
    if not any(atom.has(*_CORE) for atom in atoms):
        return []
    text, starts = code(atoms)
    places = {start: index for index, start in enumerate(starts)}
    matching = _matching if len(text) <= _LONGEST_REMEMBERED else _matching.__wrapped__
    found: list[Found] = []
    at = 0
    while at < len(atoms):
        here: list[Found] = []
        for pattern, end, parts in matching(text, starts[at]):
            groups = {name: (places[low], places[high] - 1) for name, low, high in parts}
            hit = Hit(atoms, at, places[end] - 1, groups, pattern.kinds, month_before_day)
            if here := list(pattern.build(hit)):
                break
        found += here
        at = here[-1].last + 1 if here else at + 1
    return found


@lru_cache(maxsize=1 << 13)
def _matching(text: str, start: int) -> list[tuple[Pattern, int, list[tuple[str, int, int]]]]:
    """Return the patterns that match somewhere in coded atoms, the longest match first, with where
    each match and its named parts end.
    """
    matches = [(pattern, match) for pattern in RULES if (match := pattern.regex.match(text, start))]
    return [
        (
            pattern,
            match.end(),
            [(name, *match.span(name)) for name, value in match.groupdict().items() if value],
        )
        for pattern, match in sorted(matches, key=lambda pair: -pair[1].end())
    ]


def _joined(found: Sequence[Found], atoms: Sequence[Atom]) -> list[Found]:
    """Join neighbours that name one time, drop what recurs, and what no neighbour confirmed."""
    joined: list[Found] = []
    for item in found:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind == "recurring"
            and before.last + 1 == item.first
            and item.kind == "date"
        ):
            joined[-1] = replace(before, last=item.last)
        elif before and (both := _join(before, item, atoms)):
            joined[-1] = both
        else:
            joined.append(item)
    kept = (_bounded(item, atoms) for item in joined if item.kind != "recurring")
    return [item for item in kept if not item.weak]


def _join(left: Found, right: Found, atoms: Sequence[Atom]) -> Found | None:
    if left.kind != "date" or right.kind != "date":
        return None
    gap = atoms[left.last + 1 : right.first]
    if len(gap) > 1:
        return None
    sign = gap[0] if gap else None
    one, two = left.expression, right.expression
    whole = replace(right, first=left.first, weak=left.weak and right.weak)
    if (
        left.bound == "from"
        and right.bound != "from"
        and (sign is None or sign.has("dash", "comma"))
    ):
        return (
            replace(whole, expression=_range(one, two), bound="on", weak=False)
            if not one.until and not two.until
            else None
        )
    if (
        sign is None
        and one.month
        and one.year is None
        and two.unit == "year"
        and two.shift is not None
        and not two.part
    ):
        return replace(whole, expression=replace(one, year_shift=two.shift))
    if one.until or two.until:
        return _named_twice(left, right, sign, whole, atoms)
    if sign and sign.has("dash", "to") and left.role == "bare":
        return replace(
            whole, expression=_range(one, two), weak=False if one.day or two.day else whole.weak
        )
    between = atoms[right.last].has("between")
    if sign and sign.has("and", "or") and left.role == "bare" and (between or _follows(one, two)):
        return replace(
            whole,
            expression=replace(_range(one, two), either=sign.has("or")),
            weak=whole.weak and not between,
        )
    return _named_twice(left, right, sign, whole, atoms)


def _range(first: Expression, last: Expression) -> Expression:
    """Let each end of a range take from the other what it leaves unsaid."""
    if last.day and not last.month and first.month:
        last = replace(last, month=first.month, year=first.year, year_shift=first.year_shift)
    if first.day and not first.month and last.month:
        first = replace(first, month=last.month)
    if (
        first.month
        and last.month
        and first.year is None
        and last.year is not None
        and first.year_shift is None
    ):
        first = replace(first, year=last.year - (first.month > last.month))
    if first.month and last.month and last.year_shift is None and last.year is None:
        last = replace(last, year_shift=first.year_shift)
    return replace(first, until=last)


def _follows(first: Expression, last: Expression) -> bool:
    """Whether two months, or two days of different months, come one right after the other."""
    if not first.month or not last.month or first.part or last.part:
        return False
    if first.day and last.day:
        next_day = date(first.year or 2001, first.month, min(first.day, 28)).replace(
            day=first.day
        ) + timedelta(days=1)
        return (next_day.month, next_day.day) == (last.month, last.day)
    return not first.day and not last.day and last.month - first.month in (1, -11)


def _named_twice(
    left: Found, right: Found, sign: Atom | None, whole: Found, atoms: Sequence[Atom]
) -> Found | None:
    """Join a weekday, a day word or a relation with the fuller date beside it."""
    if sign is not None and not sign.has("comma", "open"):
        return None
    if right.role == "of" and left.role not in ("bare", "of"):
        return None
    ranks = [_rank(item.expression) for item in (left, right)]
    if (
        0 in ranks
        or ranks[0] == ranks[1]
        or left.bound == "from"
        or (1 not in ranks and 3 not in ranks)
    ):
        return None
    main, check = (left, right) if ranks[0] > ranks[1] else (right, left)
    last, bound = right.last, right.bound if right.bound != "on" else left.bound
    if sign and sign.has("open") and last + 1 < len(atoms) and atoms[last + 1].has("close"):
        last += 1
        while last + 1 < len(atoms) and (
            ending := atoms[last + 1].get("case") or atoms[last + 1].get("date_noun")
        ):
            last, bound = last + 1, ending.role if ending.role in ("from", "until") else bound
    return replace(
        whole,
        expression=replace(main.expression, check=check.expression),
        bound=bound,
        last=last,
        weak=False,
    )


def _rank(expression: Expression) -> int:
    """How fully an expression names a day: 0 not at all, 1 a weekday, 2 a relation, 3 a day word, 4
    a day of a month.
    """
    if expression.day:
        return 4
    if expression.offset is not None and expression.unit == "day" and expression.relation is None:
        return 3
    if expression.relation and expression.unit == "day":
        return 2
    return 1 if expression.weekday and not expression.until else 0


def _bounded(item: Found, atoms: Sequence[Atom]) -> Found:
    """Note that a date is only said to lie before or after what it dates."""
    following = atoms[item.last + 1] if item.last + 1 < len(atoms) else None
    if (
        item.kind != "date"
        or item.role != "bare"
        or item.expression.offset is not None
        or following is None
    ):
        return item
    bound = "before" if following.has("ago") else "after" if following.has("after") else None
    return replace(item, last=item.last + 1, bound=bound, weak=False) if bound else item
