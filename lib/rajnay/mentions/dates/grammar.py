"""The grammar of time expressions: what may stand beside what, in any language.

A rule is a pattern over classes of words (`rajnay.mentions.dates.patterns` says how it is written,
the language's ``dates.yaml`` which word is of which class) and a function of
`calendar_readings` or `counted_readings` that reads the match. At each place the longest match that
is not refused wins.
"""

from __future__ import annotations

from rajnay.mentions.dates import calendar_readings as calendar
from rajnay.mentions.dates import counted_readings as counted
from rajnay.mentions.dates import digits
from rajnay.mentions.dates.patterns import Pattern, compile_pattern

_TAIL = "tail=(case* (date_noun | unit_day.at)? case* emph?) (between=between)?"
_YEAR_SAID = "year_sign? preyear=year ((dash? ord)? unit_year)? (case.of/at | comma)?"
_YEAR_PLACED = "(yearshift=shift | yearsame=same) emph? unit_year case.of? comma?"
_YEAR = f"({_YEAR_SAID} | {_YEAR_PLACED})?"
_YEAR_AFTER = "((comma | dash | case.of | lead.of)? year_sign? year=year)?"
_AND = "(comma? (dash | to | and | or) | comma)"
# A list of days is no longer than a month; without an end the work would grow with its square.
_ORD = "(dash? ord)?"
_DAYS = f"days=((day.from | day {_ORD} ({_AND} | case.from)){{0,30}} day {_ORD})"
_MONTH = "month=month (whole=unit_month)?"
_MONTH_FIRST = "month=month.bare/of unit_month.bare/of? case.of?"
_MONTH_PLACED = "(monthshift=shift | monthsame=same) emph? unit_month case.of?"
_PART = (
    "(part=part | partord=ordinal unit_week | partlast=relation unit_week"
    " | half=ordinal unit_fortnight)"
)
# A part told before what it is of: "late August", "the second half of next month".
_PARTS_BEFORE = (
    "lead? emph? part=part.before dash?",
    "lead? emph? (part=part | partord=ordinal unit_week | half=ordinal unit_fortnight)"
    " lead.of emph?",
)
_NTH = (
    "case.of? counted=(nth=ordinal | nthday=day ord | nthlast=relation) (unit_week case*)? "
    "weekday=weekday"
)
_WEEKDAYS = f"weekdays=((weekday | weekday_short) ({_AND} (weekday | weekday_short)){{0,6}})"
_SIGNED = "digits {0} digits ({0} digits)?"
_DIGITS = f"({' | '.join(map(_SIGNED.format, ('dash', 'slash', 'dot')))})"
_CALLED = "lead? dateshift=shift? (sign=date_sign)?"
_COUNT = "(about=about)? count=count (emph | dash)? unit=unit case*"
_SOME = "(about=about)? (count=count | one=single) dash? unit=unit"
_HOURS = "(about=about)? count=count (emph | dash)? unit=clock case*"
_FROM_NOW = "now=(dayword.from | dayword case.from | case.from dayword) emph?"
_ITS = "(its=its | event=(genitive | case.of))?"
_DAY = "emph? unit_day.at/of/from/until"

RULES: tuple[Pattern, ...] = tuple(
    compile_pattern(text, build)
    for text, build in (
        # "19/08/2024", "2024-08-19", "date 26-9", "on the day 26.09"
        (f"{_CALLED} written=(numbers={_DIGITS}) {_TAIL}", digits.numeric),
        # "from 26-9 to 28-9-2025", "26/9-28/9", "5/8 and 7/8/2025"
        (
            f"{_CALLED} written=(opening={_DIGITS} parting=({_AND} | case.from) date_sign? "
            f"numbers={_DIGITS}) {_TAIL}",
            digits.numerics,
        ),
        # "26 to 28-9-2025", "26-28/9/2025", "26 and 27/9/2025"
        (
            f"{_CALLED} written=(days=((day.from | day ord? ({_AND} | case.from)){{1,30}}?) "
            f"date_sign? numbers={_DIGITS}) {_TAIL}",
            digits.numerics,
        ),
        # "5 December 2025", "28 and 29 August", "date 5 to 7 December", "last 24 August", "this
        # year on 8 July"
        (
            f"lead? {_YEAR} date_sign? dateshift=shift? {_DAYS} (lead.of | dash)? {_MONTH} "
            f"{_YEAR_AFTER} "
            f"{_TAIL}",
            calendar.date,
        ),
        # "August 21, 2025", "of July the 9th", "of August 2025 the 21st"
        (
            f"lead? {_YEAR} dateshift=shift? {_MONTH_FIRST} {_DAYS} {_YEAR_AFTER} {_TAIL}",
            calendar.date,
        ),
        (f"lead? {_MONTH_FIRST} year=year case.of? {_DAYS} {_TAIL}", calendar.date),
        # "last month on the 11th"
        (f"lead? {_MONTH_PLACED} date_sign? {_DAYS} {_TAIL}", calendar.date),
        # "on the 24th", "on the 28th and 29th", "date 19"
        (
            f"lead? (sign=date_sign)? dateshift=shift? {_DAYS} tail=(case* date_noun? case* emph?)",
            calendar.days_alone,
        ),
        # "in August", "at the end of June this year", "in the second week of October"
        (f"lead? {_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER} {_TAIL}", calendar.month),
        (
            f"lead? {_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER} case.of? {_PART} {_TAIL}",
            calendar.month,
        ),
        *(
            (f"{before} {of} {_TAIL}", build)
            for before in _PARTS_BEFORE
            for of, build in (
                (f"{_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER}", calendar.month),
                (_MONTH_PLACED, calendar.unit),
                ("(yearshift=shift | yearsame=same) unit_year", calendar.unit),
                ("(sign=year_sign)? year=year", calendar.year),
            )
        ),
        # "on the first Friday of July", "last month on the second Tuesday", "on the Monday of the
        # second week of May"
        (f"lead? {_YEAR} dateshift=shift? {_MONTH} {_YEAR_AFTER} {_NTH} {_TAIL}", calendar.nth),
        (f"lead? ({_MONTH_PLACED} | monthnow=unit_month.of) {_NTH} {_TAIL}", calendar.nth),
        (f"lead? monthnow=unit_month case.of {_NTH} {_TAIL}", calendar.nth),
        # the same the other way round: "on the first Friday of last month"
        *(
            (f"lead? emph? {_NTH} lead.of emph? {month} {_TAIL}", calendar.nth)
            for month in (f"{_MONTH} {_YEAR_AFTER}", _MONTH_PLACED, "monthnow=unit_month")
        ),
        # "next month", "at the end of this month", "last week on Monday", "that year", "at the end
        # of last year"
        (f"lead? {_MONTH_PLACED} {_PART}? {_TAIL}", calendar.unit),
        (
            f"lead? (weekshift=shift | weeksame=same) emph? unit_week case* (weekday=weekday)? "
            f"{_TAIL}",
            calendar.unit,
        ),
        (
            f"lead? (yearshift=shift | yearsame=same) emph? unit_year case.of? (part=part)? "
            f"{_TAIL}",
            calendar.unit,
        ),
        (f"lead? shift=shift emph? unit=unit {_TAIL}", calendar.unsettled),
        # "in 2019", "the year 2019", "at the end of 2025", "in the decade of 1990", "2018-19"
        (f"lead? (sign=year_sign)? year=year (case.of? unit_year)? {_TAIL}", calendar.year),
        (
            f"lead? (sign=year_sign)? year=year case.of (part=part | decade=unit_decade) {_TAIL}",
            calendar.year,
        ),
        (f"year=year sign=(dash? ord unit_year) {_TAIL}", calendar.year),
        (f"year=year span=(dash two=two) {_TAIL}", calendar.year),
        # "at the end of the year", in one word or more; "in the winter of 2024"
        (f"(year=unit_year | month=unit_month) case.of part=part {_TAIL}", calendar.part),
        (f"(year=unit_year.of | month=unit_month.of) part=part {_TAIL}", calendar.part),
        ("lead? emph? part=part lead.of emph? (year=unit_year | month=unit_month)", calendar.part),
        (f"(yearpart=year_part | monthpart=month_part) {_TAIL}", calendar.part),
        (f"lead? {_YEAR} dateshift=shift? season=season {_TAIL}", calendar.season),
        (
            "lead? emph? season=season (lead.of (yearshift=shift | yearsame=same) emph? unit_year"
            f" | lead.of? year=year) {_TAIL}",
            calendar.season,
        ),
        # "yesterday", "on this day today", "last Monday", "on Saturday and Sunday"
        ("(dayword=dayword | tenseday=tenseday) emph? case* emph?", counted.dayword),
        ("dayword=dayword.of unit_day case* emph?", counted.dayword),
        ("dayword=dayword case.of unit_day case* emph?", counted.dayword),
        (f"lead? dateshift=shift? emph? {_WEEKDAYS} {_TAIL}", counted.weekdays),
        # "three years ago from today", "five days after today", "ten years ago today"
        (f"{_FROM_NOW} {_COUNT} (ago=ago | after=after) emph?", counted.from_now),
        (f"{_FROM_NOW} count=count ago=(unit=unit.before) emph?", counted.from_now),
        (f"{_COUNT} (ago=ago)? lead.from now=dayword emph?", counted.from_now),
        (f"{_COUNT} (ago=ago | after=after) now=dayword emph?", counted.from_now),
        # "four days ago", "two days before it", "after five years", "some days ago"
        (f"{_ITS} {_COUNT} (ago=ago | after=after) emph?", counted.ago),
        # the same in one word with the unit
        (f"{_ITS} (about=about)? count=count ago=(unit=unit.before) emph?", counted.ago),
        (f"{_ITS} (about=about)? count=count after=(unit=unit.after) emph?", counted.ago),
        # "a day earlier", "two days later": beside the date told before
        (f"{_SOME} its=(ago=earlier | after=later)", counted.ago),
        (f"{_SOME} ago=ago", counted.ago),
        ("vague unit=unit case* ago emph?", counted.vague),
        ("vague unit=unit.before emph?", counted.vague),
        # "22 hours ago", "in eight hours"
        (f"{_ITS} {_HOURS} (ago=ago | after=after) emph?", counted.ago),
        (f"{_HOURS} emph?", counted.length),
        # "a two-day visit", "for four days", "in the last two months"
        (
            f"(past=(shift | relation) emph?)? (least=(count (dash | or | to)))? {_COUNT} emph?",
            counted.length,
        ),
        ("span=span case*", counted.length),
        # "twice", "16 times"
        ("count=count times case*", counted.repeated),
        # "the day before", "that day", "the day after" in one word
        ("dateday=dateday case* emph?", counted.by_date),
        # "that same day", "on the second day", "the day before", "on the last day"
        (f"its? (same | shift=shift) {_DAY} {_TAIL}", counted.related),
        (f"its? (nth=ordinal | nthday=day ord.bare) {_DAY} {_TAIL}", counted.related),
        (f"its? relation=relation {_DAY} {_TAIL}", counted.related),
        # "in that same period", "in those days"
        (f"its? (same | shift) emph? period.at {_TAIL}", counted.period),
        # "every year", which takes the date after it along
        (
            f"every (unit | weekday | month) ((ordinal | relation) weekday)? {_TAIL}",
            counted.every,
        ),
    )
)
