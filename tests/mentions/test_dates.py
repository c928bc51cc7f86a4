"""Dates: every rule's examples and near-misses (specs/dates_gu.yaml), and properties that hold for
all of them.
"""

from __future__ import annotations

import functools
import re
import runpy
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from _pytest.mark import ParameterSet
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from rajnay.base import paths
from rajnay.knowledge.packs.date_words import DateWords, load_date_words
from rajnay.knowledge.tables import KnowledgeError
from rajnay.mentions.dates.finder import DateMention, find_dates, resolve
from rajnay.mentions.dates.reckoning import Resolution
from rajnay.text.tokens import tokenise
from rajnay.times.intervals import When

SPECS = Path(__file__).parents[1] / "specs"
FILE = paths.LANGUAGES / "gu" / "dates.yaml"
WORDS = load_date_words(FILE)
TABLES = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def cases(name: str) -> list[ParameterSet]:
    rules = yaml.load((SPECS / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        pytest.param(*case[:3], case[3:], id=f"{rule}: {case[0]}")
        for rule, lines in rules.items()
        for case in lines
    ]


def told(mention: DateMention, resolution: Resolution) -> str:
    if mention.kind == "duration":
        return f"duration {mention.expression.count} {mention.expression.unit}"
    when = resolution.when
    if when is None:
        return "lapse" if mention.kind == "lapse" else "?"
    span = f"{when.start}" if when.start == when.end else f"{when.start}/{when.end}"
    return span if mention.bound == "on" else f"{mention.bound} {span}"


def mentions(text: str, lang: str = "gu", words: DateWords = WORDS) -> tuple[DateMention, ...]:
    return find_dates(tokenise(text, lang, words.lookalike_digits), words)


def read(
    text: str, anchor: date | None, tense: str | None, lang: str = "gu", words: DateWords = WORDS
) -> list[str]:
    previous: When | None = None
    lines = []
    for mention in mentions(text, lang, words):
        resolution = resolve(mention, anchor, tense, previous)
        previous = resolution.when or previous
        lines.append(told(mention, resolution))
    return lines


def check(
    text: str,
    anchor: str,
    tense: str,
    expected: list[str],
    lang: str = "gu",
    words: DateWords = WORDS,
) -> None:
    day = None if anchor == "-" else date.fromisoformat(anchor)
    assert read(text, day, None if tense == "-" else tense, lang, words) == expected


PACKS = sorted(path.stem.removeprefix("dates_") for path in SPECS.glob("dates_??.yaml"))


@functools.cache
def words_of(lang: str) -> DateWords:
    return load_date_words(paths.LANGUAGES / lang / "dates.yaml")


@pytest.mark.parametrize(
    ("lang", "text", "anchor", "tense", "expected"),
    [
        pytest.param(lang, *case.values, id=f"{lang}: {case.id}")
        for lang in PACKS
        for case in cases(f"dates_{lang}.yaml")
    ],
)
def test_rule(lang: str, text: str, anchor: str, tense: str, expected: list[str]) -> None:
    check(text, anchor, tense, expected, lang, words_of(lang))


@pytest.mark.parametrize("lang", ["en", "hi"])
def test_other_languages_drive_the_same_grammar(tmp_path: Path, lang: str) -> None:
    spec = yaml.load(
        (SPECS / "dates_other.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )[lang]
    path = tmp_path / lang / "dates.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(spec["words"], allow_unicode=True), encoding="utf-8")
    words = load_date_words(path)
    for text, anchor, tense, *expected in spec["cases"]:
        check(text, anchor, tense, expected, lang, words)


def test_the_dates_of_the_labelled_articles_are_read() -> None:
    bench = runpy.run_path(str(paths.ROOT / "bench" / "dates.py"))
    score = bench["score"](bench["rajnay"](WORDS, True), bench["marked_articles"]())
    assert score.f1 >= 0.95, score.errors
    assert score.invented == 0, score.errors


# Any day, in many forms
# ------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2014, 1, 1), date(2027, 12, 31))
GUJARATI = str.maketrans("0123456789", "૦૧૨૩૪૫૬૭૮૯")


def _form(forms: list[str]) -> str:
    return forms[0].removeprefix("=").partition("/")[0]


def _digits(text: str, gujarati: bool) -> str:
    return text.translate(GUJARATI) if gujarati else text


MONTHS = {
    month: [form.removeprefix("=") for form in forms if not form.endswith(".")]
    for month, forms in TABLES["months"].items()
}
FULL = (
    "{d} {month} {y}ના રોજ",
    "{d} {month}, {y}ના રોજ",
    "{d}મી {month}, {y}ના દિવસે",
    "તા. {d} {month} {y}ના રોજ",
    "{weekday}, {d} {month} {y}ના રોજ",
    "{d} {month} {y} ({weekday})ના રોજ",
    "{word} {month} {y}ના રોજ",
    "{ordinal} {month} {y}ના રોજ",
    "{y}ની {d}મી {month}",
    "વર્ષ {y}ના {month}ની {d}મી તારીખે",
    "{month} {d}, {y}ના રોજ",
    "{d:02}/{m:02}/{y}ના રોજ",
    "{d}-{m}-{y}ના રોજ",
    "તા. {d}.{m:02}.{y}ના રોજ",
    "{y}-{m:02}-{d:02}ના રોજ",
    "{d}.{m}.{yy:02}ના રોજ",
    "તા. {d}/{m}/{yy:02}ના રોજ",
)
YEARLESS = (
    "{d} {month}ના રોજ",
    "{d}મી {month}ના રોજ",
    "{word} {month}ના રોજ",
    "{ordinal} {month}ના રોજ",
    "{month} મહિનાની {d}મી તારીખે",
    "તા. {d}/{m}ના રોજ",
    "{d:02}-{m:02}ના રોજ",
    "{d}.{m:02}ના રોજ",
    "તા.{d:02}-{m:02}એ",
)


def _written(form: str, day: date, spelling: int, gujarati: bool) -> str:
    month = MONTHS[day.month][spelling % len(MONTHS[day.month])]
    text = form.format(
        d=day.day,
        m=day.month,
        y=day.year,
        yy=day.year % 100,
        month=month,
        weekday=_form(TABLES["weekdays"][day.isoweekday()]),
        word=_form(TABLES["numbers"][day.day]),
        ordinal=_form(TABLES["day_ordinals"][day.day]),
    )
    return _digits(text, gujarati)


@given(
    DAYS,
    st.sampled_from(FULL),
    st.integers(0, 9),
    st.booleans(),
    st.none() | DAYS,
    st.sampled_from([None, "past", "future", "present"]),
)
def test_a_full_date_is_read_back_whatever_the_anchor(
    day: date, form: str, spelling: int, gujarati: bool, anchor: date | None, tense: str | None
) -> None:
    assert read(_written(form, day, spelling, gujarati), anchor, tense) == [day.isoformat()]


@given(
    DAYS,
    st.sampled_from(YEARLESS),
    st.integers(0, 9),
    st.booleans(),
    st.integers(0, 200),
    st.sampled_from(["past", "future"]),
)
def test_a_yearless_day_is_read_back_from_the_side_that_the_tense_names(
    day: date, form: str, spelling: int, gujarati: bool, distance: int, tense: str
) -> None:
    anchor = day + timedelta(days=distance if tense == "past" else -distance)
    text = _written(form, day, spelling, gujarati)
    assert read(text, anchor, tense) == [day.isoformat()]
    assert read(text, None, tense) == [f"--{day:%m-%d}"]


@given(DAYS, st.integers(0, 6), st.sampled_from(["past", "future"]))
def test_a_weekday_is_read_back_within_a_week(day: date, distance: int, tense: str) -> None:
    anchor = day + timedelta(days=distance if tense == "past" else -distance)
    assert read(f"{_form(TABLES['weekdays'][day.isoweekday()])}ે મુલાકાત", anchor, tense) == [
        day.isoformat()
    ]


@given(DAYS, st.integers(1, 90), st.booleans())
def test_days_are_counted_back(day: date, distance: int, gujarati: bool) -> None:
    text = _digits(f"{distance} દિવસ પહેલાં", gujarati)
    assert read(text, day + timedelta(days=distance), "past") == [day.isoformat()]


@given(DAYS, st.integers(1, 9), st.none() | DAYS, st.booleans())
def test_a_range_is_read_back(
    first: date, length: int, anchor: date | None, gujarati: bool
) -> None:
    last = first + timedelta(days=length)
    one, other = (
        f"{day.day} {_form(TABLES['months'][day.month])} {day.year}" for day in (first, last)
    )
    text = f"{one}થી {other} સુધી"
    assert read(_digits(text, gujarati), anchor, "past") == [f"{first}/{last}"]


@given(DAYS, st.integers(1, 40), st.sampled_from("-/."), st.booleans(), st.booleans())
def test_a_range_in_digits_is_read_back(
    first: date, length: int, sign: str, full: bool, gujarati: bool
) -> None:
    last = first + timedelta(days=length)
    one = f"{first.day}{sign}{first.month:02}" + (f"{sign}{first.year}" if full else "")
    other = f"{last.day}{sign}{last.month:02}{sign}{last.year}"
    expected = [f"{first}/{last}"]
    assert read(_digits(f"તા. {one} થી {other} સુધી", gujarati), None, "past") == expected
    if first.month == last.month:
        assert read(_digits(f"{first.day} થી {other} દરમિયાન", gujarati), None, None) == expected


@given(DAYS, st.integers(1, 4), st.booleans())
def test_a_weekday_of_a_month_is_read_back(anchor: date, nth: int, last: bool) -> None:
    month = anchor.replace(day=1) - timedelta(days=1)
    days = [month.replace(day=day) for day in range(1, month.day + 1)]
    for weekday in range(1, 8):
        name = "છેલ્લા" if last else _form(TABLES["ordinals"][nth])
        text = f"ગયા મહિનાના {name} {_form(TABLES['weekdays'][weekday])}ે"
        same = [day for day in days if day.isoweekday() == weekday]
        assert read(text, anchor, "past") == [same[-1 if last else nth - 1].isoformat()]


@given(DAYS, st.integers(0, 99), st.integers(0, 99), st.sampled_from("-/.:"))
def test_two_numbers_alone_are_no_date(anchor: date, one: int, other: int, sign: str) -> None:
    assert read(f"તેમણે {one}{sign}{other} કહ્યું", anchor, "past") == []


# What must never happen
# ------------------------------------------------------------------------------------------------


@given(
    st.text(max_size=30),
    st.text(max_size=30),
    DAYS,
    st.sampled_from(FULL),
    st.integers(0, 9),
    st.booleans(),
)
def test_offsets_are_exact_amid_noise(
    before: str, after: str, day: date, form: str, spelling: int, gujarati: bool
) -> None:
    written = _written(form, day, spelling, gujarati)
    text = f"{before}\n{written}\n{after}"
    spans = {mention.span for mention in mentions(text)}
    assert (len(before) + 1, len(before) + 1 + len(written)) in spans


SOUP = [
    *(
        _form(forms)
        for table in TABLES.values()
        if isinstance(table, dict)
        for forms in table.values()
        if isinstance(forms, list)
    ),
    *(_form([form]) for table in TABLES.values() if isinstance(table, list) for form in table),
    *(
        "5",
        "૨૧",
        "2019",
        "400",
        "24મીએ",
        "ડિસેમ્બરે",
        "વર્ષે",
        "મહિને",
        "દિવસે",
        "સોમવારથી",
        ",",
        "-",
        "–",
        ".",
        "(",
        ")",
        "/",
        "બેઠક",
        "દિલ્હીમાં",
    ),
]
# What can make an expression name one day: a number, a weekday, a day counted from another. All
# else must stay coarser.
DAY_TABLES = (
    "weekdays",
    "weekdays_short",
    "numbers",
    "ordinals",
    "day_ordinals",
    "days",
    "days_by_tense",
    "same",
    "relations",
    "shifts",
    "its",
)
DAY_FORMS = sorted(
    {
        _form([form])
        for table in DAY_TABLES
        for forms in (
            TABLES[table].values() if isinstance(TABLES[table], dict) else [TABLES[table]]
        )
        for form in forms
    }
)
NAMES_A_DAY = re.compile(r"\d|" + "|".join(map(re.escape, DAY_FORMS)))


@given(
    st.lists(st.sampled_from(SOUP), max_size=14),
    st.lists(st.sampled_from(["", " "]), min_size=14, max_size=14),
    st.none() | DAYS,
    st.sampled_from([None, "past", "future", "present"]),
)
def test_no_words_in_any_order_break_it_or_yield_a_day_unsaid(
    words: list[str], gaps: list[str], anchor: date | None, tense: str | None
) -> None:
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    previous, reached = None, 0
    for mention in mentions(text):
        assert reached <= mention.span.start < mention.span.end
        reached = mention.span.end
        resolution = resolve(mention, anchor, tense, previous)
        assert resolution.why
        if resolution.when is None:
            continue
        when = previous = resolution.when
        assert When.parse(when.start, when.end) is not None
        assert parse_edtf(when.edtf)
        if when.grain == "day":
            assert NAMES_A_DAY.search(mention.span.of(text))
        if anchor is None and not re.search(r"\d{4}", text):
            assert not when.dated or when.edtf.startswith(("19", "20"))


def test_a_long_list_of_numbers_is_read_at_all() -> None:
    """Each number once had four ways to match: of sixty the work never came to an end."""
    assert mentions("5, 6, 7, " * 20) == ()


@given(st.integers(1, 12), DAYS, st.sampled_from([None, "past", "future", "present"]))
def test_a_month_never_becomes_a_day(month: int, anchor: date, tense: str | None) -> None:
    (mention,) = mentions(f"{_form(TABLES['months'][month])} મહિનામાં")
    when = resolve(mention, anchor, tense).when
    assert when is not None
    assert re.fullmatch(rf"\d{{4}}-{month:02}", when.start or "")
    assert when.start == when.end


# The data file
# --------------------------------------------------------------------------------------------------

GOOD = """
months: {1: [January], 8: [August, Aug.]}
weekdays: {1: [Monday]}
numbers: {1: [one], 2: [two]}
days: {0: [today], -1: [yesterday]}
units: {day: [day], year: [year]}
shifts: {last: [last], this: [this], next: [next]}
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("{1: [Monday]}", "{8: [Monday]}"), "weekdays.8"),
        (("2: [two]", "2: [one]"), "numbers.2: 'one' is already in numbers.1"),
        (("[today]", "['']"), "days.0.0: stray or missing characters"),
        (("[today]", "today"), "days.0"),
        (("\ndays:", "\ndais:"), "dais: Extra inputs"),
        (("{0:", "{0: ["), "not YAML"),
        (("numbers: {1: [one], 2: [two]}", ""), "numbers: Field required"),
    ],
)
def test_a_bad_file_is_named_with_its_key(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    path = tmp_path / "en" / "dates.yaml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    load_date_words(path)
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(message)) as raised:
        load_date_words(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        load_date_words(tmp_path / "dates.yaml")
