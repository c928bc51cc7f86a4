"""The patterns of time expressions: what may stand beside what, for any language, and what each combination says.

A pattern is written over classes of words (`DateWords` says which word is of which class, and what its case ending says):
``days=(...)`` and ``month=month`` name what the builder needs, ``case.of/at`` limits the roles of an ending, and the
signs ? * + | mean what they mean in regular expressions.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rajnay.date_words import Entry
from rajnay.reckoning import Expression


@dataclass(frozen=True, slots=True)
class Atom:
    """One or more tokens that are one known word, number or mark, with all that it may mean."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    spaced: bool

    def get(self, kind: str) -> Entry | None:
        """Return its meaning of a class, if it has one."""
        return next((entry for entry in self.entries if entry.kind == kind), None)

    def has(self, *kinds: str) -> bool:
        """Return whether it can be of one of the classes."""
        return any(entry.kind in kinds for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression found among atoms ``first`` to ``last``; a ``weak`` one counts only if a neighbour confirms it."""

    first: int
    last: int
    expression: Expression
    kind: str = "date"
    bound: str = "on"
    role: str = "bare"
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One match of a pattern: the atoms it covers, and where the parts are that the pattern names."""

    atoms: Sequence[Atom]
    first: int
    last: int
    groups: Mapping[str, tuple[int, int]]
    kinds: Mapping[str, str]
    month_before_day: bool

    def text(self, name: str) -> str | None:
        """Return the value of a named part, None if the match lacks it."""
        if name not in self.groups:
            return None
        entry = self.atoms[self.groups[name][0]].get(self.kinds[name])
        return str(entry.value) if entry else None

    def number(self, name: str) -> int | None:
        """Return the value of a named part as a number."""
        value = self.text(name)
        return None if value is None else int(value)

    def part(self, name: str) -> Sequence[Atom]:
        """Return the atoms of a named part."""
        first, last = self.groups.get(name, (0, -1))
        return self.atoms[first : last + 1]

    def found(self, expression: Expression, kind: str = "date", first: int | None = None, last: int | None = None) -> Found:
        """Return the expression with its place and what its last ending says."""
        end = self.last if last is None else last
        final = next(atom for atom in reversed(self.atoms[: end + 1]) if not atom.has("emph"))
        case, lead = final.get("case"), self.atoms[self.first].get("lead")
        role = case.role if case else next((entry.role for entry in final.entries if entry.role != "bare"), "bare")
        bound = lead.role if lead else role
        if bound not in ("from", "until") or (bound == "until" and expression.until):
            bound = "on"
        weak = kind == "date" and role == "bare" and lead is None
        return Found(
            self.first if first is None else first,
            end,
            expression,
            kind,
            bound,
            role,
            weak,
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, compiled, and the function that says what a match of it means (nothing, if the match is refused)."""

    regex: re.Pattern[str]
    kinds: Mapping[str, str]
    build: Callable[[Hit], Iterator[Found]]


def code(atoms: Sequence[Atom]) -> tuple[str, list[int]]:
    """Return the string that patterns match on, and where in it each atom starts (and the last ends)."""
    pieces = ["<" + " ".join(f"{entry.kind}.{entry.role}" for entry in atom.entries) + ">" for atom in atoms]
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return "".join(pieces), starts


_ELEMENT = re.compile(r"(?:(?P<name>[a-z]+)=)?(?:(?P<open>\()|(?P<kind>[a-z_]+)(?:\.(?P<roles>[a-z/]+))?)")


def _compile(text: str, build: Callable[[Hit], Iterator[Found]]) -> Pattern:
    kinds: dict[str, str] = {}

    def element(match: re.Match[str]) -> str:
        name = match["name"]
        if match["open"]:
            return f"(?P<{name}>" if name else "(?:"
        roles = rf"(?:{match['roles'].replace('/', '|')})\b" if match["roles"] else r"\w+"
        atom = rf"<[^<>]*\b{match['kind']}\.{roles}[^<>]*>"
        if name:
            kinds[name] = match["kind"]
            return f"(?P<{name}>{atom})"
        return f"(?:{atom})"

    return Pattern(re.compile(_ELEMENT.sub(element, text).replace(" ", "")), kinds, build)


def _context(hit: Hit) -> dict[str, int | bool | None]:
    return {
        "year": hit.number("preyear") or hit.number("year"),
        "year_shift": hit.number("yearshift"),
        "same_year": "yearsame" in hit.groups,
    }


def _month_part(hit: Hit) -> str | None:
    if "partord" in hit.groups:
        return f"week{hit.number('partord')}"
    return "week-1" if "partlast" in hit.groups else hit.text("part")


def _date(hit: Hit) -> Iterator[Found]:
    """A day or days with their month, in either order, or days of a month told by its place (last month)."""
    placed = "monthshift" in hit.groups or "monthsame" in hit.groups
    after_month = placed or hit.groups["month"][0] < hit.groups["days"][0]
    year_after = "year" in hit.groups and hit.groups["year"][0] > hit.groups["days"][0]
    if after_month and not (_is_ordinal(hit) or (hit.month_before_day and not placed) or year_after):
        return
    expression = Expression(
        month=hit.number("month"),
        shift=hit.number("monthshift") if placed else hit.number("dateshift"),
        unit="month" if placed else None,
        relation="same" if "monthsame" in hit.groups else None,
        **_context(hit),  # type: ignore[arg-type]
    )
    yield from _each_day(hit, expression)


def _days_alone(hit: Hit) -> Iterator[Found]:
    """Days whose month is not named: only if a sign, a noun or an ordinal with its case ending says that they are days."""
    if "sign" in hit.groups or (_is_ordinal(hit, words=False) and hit.found(Expression()).role in ("at", "from", "until")):
        yield from _each_day(hit, Expression(shift=hit.number("dateshift")))


def _is_ordinal(hit: Hit, words: bool = True) -> bool:
    """Whether the last day is surely an ordinal, or is called a date."""
    last = hit.atoms[hit.groups["days"][1]]
    ordinal = (last.has("ord") and not last.has("case")) or (words and last.has("dayord"))
    return ordinal or any(atom.has("date_noun") for atom in hit.part("tail"))


def _each_day(hit: Hit, expression: Expression) -> Iterator[Found]:
    for choice, first, last, days in _days(hit):
        said = replace(expression, day=days[0])
        if len(days) > 1:
            said = replace(said, until=replace(expression, day=days[-1]), either=choice)
        yield replace(hit.found(said, first=first, last=last), weak=False)


def _days(hit: Hit) -> Iterator[tuple[bool, int, int, list[int]]]:
    """Read a list of days: yield whether it is a choice, its first and last atom, and its one day or two ends."""
    start, end = hit.groups["days"]
    groups: list[tuple[int, int, list[int]]] = []
    ranged = choice = False
    for index in range(start, end + 1):
        atom = hit.atoms[index]
        if day := atom.get("day"):
            if ranged:
                groups[-1] = (groups[-1][0], index, [groups[-1][2][0], int(day.value)])
            else:
                groups.append((index, index, [int(day.value)]))
            ranged = day.role == "from"
        elif atom.has("dash", "to") or (atom.has("case") and index < end and hit.atoms[index + 1].has("day")):
            ranged = True
        choice = choice or atom.has("or")
    if "between" in hit.groups and len(groups) == 2:
        groups = [(groups[0][0], groups[1][1], [groups[0][2][0], groups[1][2][-1]])]
    values = [day for group in groups for day in group[2]]
    in_sequence = all(after[2][0] - before[2][-1] == 1 for before, after in itertools.pairwise(groups))
    if (in_sequence or choice) and values == sorted(values):
        yield choice, hit.first, hit.last, values[:1] if len(values) == 1 else [values[0], values[-1]]
        return
    for place, (first, last, days) in enumerate(groups):
        yield False, first if place else hit.first, hit.last if place == len(groups) - 1 else last, days


def _month(hit: Hit) -> Iterator[Found]:
    expression = Expression(month=hit.number("month"), shift=hit.number("dateshift"), part=_month_part(hit), **_context(hit))  # type: ignore[arg-type]
    found = hit.found(expression)
    plain = not any(name in hit.groups for name in ("year", "preyear", "yearshift", "yearsame", "dateshift", "whole"))
    yield replace(found, weak=found.weak and plain)


def _unit(hit: Hit) -> Iterator[Found]:
    """A week, month or year told by its place (last, this, next, the same), or a part of it."""
    unit, shift = next(
        (unit, hit.number(f"{unit}shift"))
        for unit in ("month", "week", "year")
        if f"{unit}shift" in hit.groups or f"{unit}same" in hit.groups
    )
    same = f"{unit}same" in hit.groups
    weekday = hit.number("weekday")
    if same and weekday:
        return
    expression = Expression(
        unit=unit, shift=None if same else shift, relation="same" if same else None, weekday=weekday, part=_month_part(hit)
    )
    if same and unit == "year":
        expression = Expression(same_year=True, part=_month_part(hit))
    yield replace(hit.found(expression), weak=False)


def _unsettled(hit: Hit) -> Iterator[Found]:
    if hit.text("unit") in ("fortnight", "decade"):
        yield replace(hit.found(Expression(unit=hit.text("unit"), shift=hit.number("shift"))), weak=False)


def _year(hit: Hit) -> Iterator[Found]:
    year, two = hit.number("year"), hit.number("two")
    decade = "decade" in hit.groups
    expression = Expression(year=year, part=hit.text("part"), unit="decade" if decade else None)
    if two is not None and year is not None:
        if two != (year + 1) % 100 or any(atom.spaced for atom in hit.part("span")):
            return
        expression = Expression(year=year, until=Expression(year=year + 1))
    found = hit.found(expression)
    yield replace(found, weak=found.weak and not any(name in hit.groups for name in ("sign", "decade")))


def _part(hit: Hit) -> Iterator[Found]:
    unit = next(unit for unit in ("year", "month") if any(name.startswith(unit) for name in hit.groups))
    part = hit.text("part") or hit.text("yearpart") or hit.text("monthpart")
    yield replace(hit.found(Expression(unit=unit, shift=0, part=part)), weak=False)


def _season(hit: Hit) -> Iterator[Found]:
    expression = Expression(season=hit.text("season"), shift=hit.number("dateshift"), **_context(hit))  # type: ignore[arg-type]
    found = hit.found(expression)
    if not found.weak or "yearshift" in hit.groups or "dateshift" in hit.groups:
        yield replace(found, weak=False)


def _dayword(hit: Hit) -> Iterator[Found]:
    by_tense = "tenseday" in hit.groups
    offset = hit.number("tenseday" if by_tense else "dayword")
    yield replace(hit.found(Expression(offset=offset, unit="day", by_tense=by_tense)), weak=False)


def _weekday(hit: Hit) -> Iterator[Found]:
    shift = hit.number("dateshift")
    days = [
        (index, hit.atoms[index]) for index in range(*hit.groups["weekdays"]) if hit.atoms[index].has("weekday", "weekday_short")
    ]
    days.append((hit.groups["weekdays"][1], hit.atoms[hit.groups["weekdays"][1]]))
    if len(days) > 1 and not any(atom.has("weekday") for _, atom in days):
        return
    values = [int((atom.get("weekday") or atom.get("weekday_short") or atom.entries[0]).value) for _, atom in days]
    choice, ranged = (
        any(atom.has("or") for atom in hit.part("weekdays")),
        any(atom.has("dash", "to") for atom in hit.part("weekdays")),
    )
    if len(days) > 1 and (choice or ranged or all((after - before) % 7 == 1 for before, after in itertools.pairwise(values))):
        expression = Expression(weekday=values[0], shift=shift, until=Expression(weekday=values[-1]), either=choice)
        yield replace(hit.found(expression), weak=False)
        return
    for place, (index, _) in enumerate(days):
        found = hit.found(
            Expression(weekday=values[place], shift=shift),
            first=None if place == 0 else index,
            last=None if place == len(days) - 1 else index,
        )
        yield replace(found, weak=len(days) == 1 and not any(atom.has("weekday") for _, atom in days))


def _numeric(hit: Hit) -> Iterator[Found]:
    """A date in digits: day, month, year, or year, month, day, parted by the same sign without spaces."""
    first, last = hit.groups["numbers"]
    if any(atom.spaced for atom in hit.atoms[first + 1 : last + 1]):
        return
    numbers = [entry.value for atom in hit.part("numbers") if (entry := atom.get("digits"))]
    day, month, year = (int(number) for number in (numbers if int(numbers[0]) <= 31 else reversed(numbers)))
    if hit.month_before_day and int(numbers[0]) <= 31:
        day, month = month, day
    if year < 100:
        year += 2000 if year < 70 else 1900
    written_out = (
        numbers[0] in (year, year % 100)
        or numbers[-1] == year
        or not hit.atoms[first + 1].has("dot")
        or hit.atoms[hit.first].has("date_sign")
    )
    if 1900 <= year <= 2099 and 1 <= day <= 31 and 1 <= month <= (31 if written_out and day <= 12 else 12) and written_out:
        yield replace(hit.found(Expression(year=year, month=month, day=day)), weak=False)


def _ago(hit: Hit) -> Iterator[Found]:
    count, unit = hit.number("count"), hit.text("unit")
    if "event" in hit.groups:
        found = hit.found(Expression(unit=unit, relation="event"), kind="date" if "ago" in hit.groups else "lapse")
        yield replace(found, weak=False)
    elif count and "ago" in hit.groups:
        expression = Expression(
            offset=-count, unit=unit, relation="offset" if "its" in hit.groups else None, about="about" in hit.groups
        )
        yield replace(hit.found(expression), weak=False)
    elif count and "after" in hit.groups and "its" in hit.groups and unit in ("day", "week"):
        yield replace(hit.found(Expression(offset=count, unit=unit, relation="offset")), weak=False)
    elif count and "after" in hit.groups:
        yield hit.found(Expression(offset=count, unit=unit, about="about" in hit.groups), kind="lapse")


def _length(hit: Hit) -> Iterator[Found]:
    """So many units: a duration, or a lapse if its ending or a word before says within which or since when."""
    expression = Expression(
        count=hit.number("count") or hit.number("span"), unit=hit.text("unit") or "day", about="about" in hit.groups
    )
    found = hit.found(expression, kind="duration")
    lapse = found.role in ("at", "from") or ("past" in hit.groups and found.role != "of")
    yield replace(found, kind="lapse" if lapse else "duration")


def _related(hit: Hit) -> Iterator[Found]:
    """A day told by its place beside the date before: the same day, the day before, the second day, the last day."""
    relation, nth = hit.text("relation"), hit.number("nth")
    if hit.number("shift"):
        return
    expression = Expression(unit="day", relation="same")
    if nth:
        expression = Expression(unit="day", relation="nth", offset=nth - 1)
    elif relation == "last":
        expression = Expression(unit="day", relation="last")
    elif relation:
        expression = Expression(unit="day", relation="offset", offset=-1 if relation == "before" else 1)
    yield replace(hit.found(expression), weak=False)


def _vague(hit: Hit) -> Iterator[Found]:
    yield replace(hit.found(Expression(unit=hit.text("unit"), relation="vague")), weak=False)


def _every(hit: Hit) -> Iterator[Found]:
    yield hit.found(Expression(), kind="recurring")


_TAIL = "tail=(case* (date_noun | unit_day.at)? case* emph?) (between=between)?"
_YEAR_SAID = "year_sign? preyear=year (case.of/at | comma)?"
_YEAR_PLACED = "(yearshift=shift | yearsame=same) emph? unit_year comma?"
_YEAR_BEFORE = f"({_YEAR_SAID} | {_YEAR_PLACED})?"
_YEAR_AFTER = "((comma | dash | case.of | lead.of)? year_sign? year=year)?"
_DAYS = "days=((day.from | day ord? (comma? (dash | to | and | or) | comma | case.from))* day ord?)"
_MONTH = "month=month (whole=unit_month)?"
_MONTH_PART = "(part=part | partord=ordinal unit_week | partlast=relation unit_week)"
_SEP = "(dash | slash | dot)"
_WEEKDAYS = "weekdays=(_DAY ((comma? (dash | to | and | or) | comma) _DAY)*)".replace("_DAY", "(weekday | weekday_short)")
_ANY_UNIT = "(unit | unit_day | weekday | month)"

PATTERNS: tuple[Pattern, ...] = tuple(
    _compile(text, build)
    for text, build in (
        # "19/08/2024", "2024-08-19"
        (f"date_sign? numbers=(digits {_SEP} digits {_SEP} digits) {_TAIL}", _numeric),
        # "5 December 2025", "28 and 29 August", "date 5 to 7 December", "last 24 August", "this year on 8 July"
        (f"lead? {_YEAR_BEFORE} date_sign? dateshift=shift? {_DAYS} {_MONTH} {_YEAR_AFTER} {_TAIL}", _date),
        # "August 21, 2025", "of July the 9th"
        (
            f"lead? {_YEAR_BEFORE} dateshift=shift? month=month.bare/of unit_month.bare/of? {_DAYS} {_YEAR_AFTER} {_TAIL}",
            _date,
        ),
        # "of August 2025 the 21st"
        (f"lead? month=month.bare/of unit_month.bare/of? year=year case.of? {_DAYS} {_TAIL}", _date),
        # "last month on the 11th"
        (f"lead? (monthshift=shift | monthsame=same) emph? unit_month case.of? date_sign? {_DAYS} {_TAIL}", _date),
        # "on the 24th", "on the 28th and 29th", "date 19"
        (f"lead? (sign=date_sign)? dateshift=shift? {_DAYS} {_TAIL}", _days_alone),
        # "in August", "at the end of June this year", "in the second week of October"
        (f"lead? {_YEAR_BEFORE} dateshift=shift? {_MONTH} {_YEAR_AFTER} {_TAIL}", _month),
        (f"lead? {_YEAR_BEFORE} dateshift=shift? {_MONTH} {_YEAR_AFTER} case.of? {_MONTH_PART} {_TAIL}", _month),
        # "next month", "at the end of this month", "last week on Monday", "that year", "at the end of last year"
        (f"lead? (monthshift=shift | monthsame=same) emph? unit_month case.of? {_MONTH_PART}? {_TAIL}", _unit),
        (f"lead? (weekshift=shift | weeksame=same) emph? unit_week case* (weekday=weekday)? {_TAIL}", _unit),
        (f"lead? (yearshift=shift | yearsame=same) emph? unit_year case.of? (part=part)? {_TAIL}", _unit),
        (f"lead? shift=shift emph? unit=unit {_TAIL}", _unsettled),
        # "in 2019", "the year 2019", "at the end of 2025", "in the decade of 1990", "2018-19"
        (f"lead? (sign=year_sign)? year=year (case.of? unit_year)? {_TAIL}", _year),
        (f"lead? (sign=year_sign)? year=year case.of (part=part | decade=unit_decade) {_TAIL}", _year),
        (f"year=year span=(dash two=two) {_TAIL}", _year),
        # "at the end of the year", in one word or two
        (f"(year=unit_year.of | month=unit_month.of) part=part {_TAIL}", _part),
        (f"(yearpart=year_part | monthpart=month_part) {_TAIL}", _part),
        (f"lead? {_YEAR_BEFORE} dateshift=shift? season=season {_TAIL}", _season),
        ("(dayword=dayword | tenseday=tenseday) emph? case* emph?", _dayword),
        ("dayword=dayword.of unit_day case* emph?", _dayword),
        (
            f"lead? dateshift=shift? emph? {_WEEKDAYS} {_TAIL}",
            _weekday,
        ),
        (
            "(its=its | event=(genitive | case.of))? (about=about)? count=count emph? unit=unit case* (ago=ago | after=after) emph?",
            _ago,
        ),
        ("vague unit=unit case* ago emph?", _vague),
        ("(past=(shift | relation) emph?)? (about=about)? count=count emph? unit=unit case* emph?", _length),
        ("span=span case*", _length),
        (f"its? (same | shift=shift) emph? unit_day.at/of/from/until {_TAIL}", _related),
        (f"its? nth=ordinal emph? unit_day.at/of/from/until {_TAIL}", _related),
        (f"its? nth=day ord.bare emph? unit_day.at/of/from/until {_TAIL}", _related),
        (f"its? relation=relation emph? unit_day.at/of/from/until {_TAIL}", _related),
        (f"every {_ANY_UNIT} {_TAIL}", _every),
    )
)
