"""The charts: nothing cut, nothing over another, every mark linked, the same bytes each time, told
apart by every eye.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_rows import coordinates, edition, many_rows, sample_rows, without_years

from rajnay import charts
from rajnay.charts import grids, places, svg
from rajnay.charts.canvas import Chart, Label
from rajnay.charts.colours import COLOURS
from rajnay.charts.lettering import ChartError, measure, wrap
from rajnay.charts.strip import foremost
from rajnay.knowledge.levels import LEVELS
from rajnay.models import KINDS, Engagement, Row, Span
from rajnay.report.html.clean import clean_html
from rajnay.timeline.edition import Edition
from rajnay.timeline.known import load_known
from rajnay.timeline.wording import TableNames
from rajnay.times.periods import Period, in_period, resolve_period

TODAY = date(2025, 9, 15)
LANGUAGES = ("en", "gu", "hi")
PERIODS = ("2025-08", "2025", "2016..2025")
WIDTHS = (360, 640)
Draw = Callable[[tuple[Row, ...], Edition, Period, float], Chart]
CHARTS: dict[str, Draw] = {
    "strip": lambda rows, to, period, wide: charts.timeline_strip(
        rows, to, period, today=TODAY, width=wide
    ),
    "months": lambda rows, to, period, wide: charts.same_months(
        load_known() if rows else (), to, period, width=wide
    ),
    "matrix": lambda rows, to, period, wide: charts.who_met_whom(
        in_period(rows, period), to, width=wide, said="P"
    ),
    "places": lambda rows, to, period, wide: charts.places_map(
        in_period(rows, period), to, coordinates(), width=wide, said="P"
    ),
    "topics": lambda rows, to, period, wide: charts.topics_through_time(
        rows, to, period, width=wide
    ),
    "longview": lambda rows, to, period, wide: charts.long_view(
        load_known(), to, TODAY, width=wide
    ),
}
EACH = pytest.mark.parametrize("name", CHARTS)


def rows_of(period: str) -> tuple[Row, ...]:
    days = resolve_period(period, TODAY)
    return sample_rows(f"{days.first.year}-01-01", f"{days.last.year}-12-31")


def drawn(
    name: str,
    lang: str = "en",
    period: str = "2025",
    wide: float = 400,
    rows: tuple[Row, ...] | None = None,
) -> Chart:
    return CHARTS[name](
        rows_of(period) if rows is None else rows,
        edition(lang),
        resolve_period(period, TODAY),
        wide,
    )


def engagement(**fields: Any) -> Engagement:
    values = {
        "kind": "meeting",
        "status": "held",
        "start": "2025-08-07",
        "end": fields.get("start", "2025-08-07"),
        "edtf": None,
    }
    values |= {
        "place": "Moscow",
        "country": "RU",
        "parties": {"IN": ("S. Jaishankar",), "RU": ("Sergey Lavrov",)},
    }
    values |= {"forum": None, "topics": ("trade",), "source": None, "evidence": Span(0, 0)}
    return Engagement(**(values | fields))


def overlap(one: Label, other: Label) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0.5 and high > 2


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("wide", WIDTHS)
def test_no_label_is_cut_or_lies_over_another(name: str, lang: str, period: str, wide: int) -> None:
    chart = drawn(name, lang, period, wide)
    assert chart.svg and chart.labels
    high = float(re.search(r'viewBox="0 0 \S+ (\S+)"', chart.svg)[1])  # type: ignore[index]
    outside = [
        label
        for label in chart.labels
        if label.left < 0 or label.top < 0 or label.right > wide or label.bottom > high
    ]
    assert outside == []
    assert [
        (a.text, b.text) for a, b in itertools.combinations(chart.labels, 2) if overlap(a, b)
    ] == []


@EACH
def test_the_picture_stands_in_a_page_without_touching_it(name: str) -> None:
    chart = drawn(name, "gu")
    root = ElementTree.fromstring(chart.svg)
    elements = list(root.iter())
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    found = [element.get("href") or element.get(svg.XLINK) for element in elements]
    targets = {target[1:] for target in found if target}
    rows = {row.id for row in rows_of("2025")}
    assert len(ids) == len(set(ids)) and all(key.startswith(f"{name}-") for key in ids)
    assert targets <= set(ids) | rows
    assert {element.tag.split("}")[1] for element in elements} <= {
        "svg",
        "g",
        "a",
        "defs",
        "path",
        "use",
    }
    assert root.attrib["aria-label"] == chart.alt and root.attrib["lang"] == "gu"
    opening = f'xmlns="{svg.SVG}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    assert "http" not in re.sub(r' xmlns(:xlink)?="[^"]*"', "", chart.svg)
    kept = ElementTree.fromstring(clean_html(chart.svg).replace("<svg ", f"<svg {opening} ", 1))
    assert [element.tag.split("}")[1] for element in kept.iter()] == [
        element.tag.split("}")[1] for element in elements
    ]


@EACH
def test_every_colour_follows_the_page(name: str) -> None:
    bare = re.sub(r"var\(--chart-[a-z-]+, #[0-9a-f]{6}\)", "", drawn(name).svg)
    assert re.findall(r"(?:fill|stroke): *(?!none)[^;\"]*#[0-9a-fA-F]{3,}", bare) == []
    assert all(f"--chart-{colour}: " in charts.stylesheet() for colour in COLOURS)


@EACH
def test_the_same_rows_give_the_same_bytes(name: str) -> None:
    assert drawn(name, "hi").svg == drawn(name, "hi").svg
    assert drawn(name, "hi").png() == drawn(name, "hi").png() != b""


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_to_show_is_said_and_not_drawn(name: str, lang: str) -> None:
    if name == "longview":
        chart = charts.long_view((), edition(lang), TODAY)
    else:
        chart = drawn(name, lang, "1990-08", rows=without_years(sample_rows()))
    assert not chart
    assert (chart.svg, chart.png()) == ("", b"")
    assert chart.alt and chart.title and "{" not in chart.alt


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_beside_a_chart_say_its_figures(name: str, lang: str) -> None:
    chart = drawn(name, lang)
    digits = str(edition(lang).wording.texts["digits"])
    assert sum(character in digits for character in chart.alt) >= 3
    assert len(chart.table) and not any("{" in str(column) for column in chart.table.columns)


def test_each_dated_row_is_linked_and_announced() -> None:
    rows = in_period(sample_rows(), Period(date(2025, 1, 1), date(2025, 12, 31)))
    root = ElementTree.fromstring(drawn("strip").svg)
    links = {
        link.attrib[svg.XLINK]: link.attrib["aria-label"] for link in root.iter(f"{{{svg.SVG}}}a")
    }
    # JupyterLab ends an output with an error at a link in a drawing that has any other.
    assert not [link for link in root.iter(f"{{{svg.SVG}}}a") if "href" in link.attrib]
    assert links == {f"#{row.id}": edition("en").event(row.engagement) for row in rows}
    assert root.attrib["role"] == "group"
    assert ElementTree.fromstring(drawn("topics").svg).attrib["role"] == "img"


@pytest.mark.parametrize(
    ("fields", "dashed", "hollow", "crossed"),
    [
        ({}, False, False, False),
        ({"status": "planned"}, False, True, False),
        ({"status": "cancelled"}, False, True, True),
        ({"start": "2025-08"}, True, False, False),
        ({"start": "2025-08-21", "end": "2025-08-31"}, True, False, False),
        ({"start": "2025-08-20", "end": "2025-08-23"}, False, False, False),
    ],
)
def test_status_and_certainty_show(
    fields: dict[str, str], dashed: bool, hollow: bool, crossed: bool
) -> None:
    one = Row("r", engagement(**fields), ())
    svg = charts.timeline_strip([one], edition("en"), resolve_period("2025-08", TODAY)).svg
    link = re.search(r"<a .*?</a>", svg)
    assert link
    assert ("stroke-dasharray" in link[0], "fill: var(--chart-paper" in link[0]) == (dashed, hollow)
    assert ("var(--chart-ink" in re.sub(r"<g style.*", "", link[0])) is crossed


def test_undated_rows_are_counted_below_the_strip() -> None:
    rows = (
        *sample_rows(),
        *without_years([replace(row, id=f"x{row.id}") for row in sample_rows()[:3]]),
    )
    chart = charts.timeline_strip(rows, edition("en"), resolve_period("2025", TODAY))
    undated = sum(str(row.engagement.start).startswith("--") for row in rows)
    assert chart.labels[-1].text == f"{undated} engagements without a known day are not drawn."


def test_months_count_every_year_from_one_list_and_only_what_was_held() -> None:
    known = [engagement(start=f"2025-08-0{n}") for n in (1, 2, 3)]
    known += [engagement(status=status) for status in ("cancelled", "planned")]
    known += [engagement(start=start) for start in ("2023-08-01", "2022-07-01")]
    chart = charts.same_months(known, edition("en"), resolve_period("2025-08", TODAY))
    assert chart.alt.endswith(
        ": August 2025: 3 engagements. In the same months of earlier years: 2024 (0), 2023 (1)."
    )
    assert list(chart.table["Engagements"]) == [3, 0, 1]


def test_the_matrix_counts_counterparts_and_leaves_the_rest_to_the_table() -> None:
    rows = [
        Row(str(n), engagement(parties={"IN": (f"A{n}",), "RU": (f"B{n}", "C")}), ())
        for n in range(20)
    ]
    chart = charts.who_met_whom(rows, edition("en"))
    assert len(chart.table) == 40
    shown = sum(label.text == "1" for label in chart.labels)
    assert f"{40 - shown} more pairs stand in the table." in [label.text for label in chart.labels]


def test_places_are_told_apart_by_host_and_those_off_the_map_are_named() -> None:
    rows = [
        Row("a", engagement(), ()),
        Row("b", engagement(place="New Delhi", country="IN"), ()),
        Row("c", engagement(place="Atlantis", country="BR"), ()),
        Row("d", engagement(place=None, country="RU"), ()),
        Row("e", engagement(place=None, country=None, kind="call"), ()),
    ]
    chart = charts.places_map(rows, edition("en"), coordinates())
    said = [label.text for label in chart.labels]
    assert said[:3] == ["in India: 1", "in Russia: 2", "in a third country: 1"]
    assert {"Moscow: 1", "New Delhi: 1", "1 engagement states no city."} <= set(said)
    assert "Not on the map, for want of coordinates: Atlantis." in said


def test_topics_are_counted_once_a_row_in_the_column_of_its_first_day() -> None:
    two = engagement(start="2025-07-31", end="2025-08-02", topics=("trade", "energy"))
    rows = [Row("a", two, ()), Row("b", engagement(), ())]
    chart = charts.topics_through_time(rows, edition("en"), resolve_period("2025", TODAY))
    trade = chart.table.set_index("Topic").loc["trade"]
    assert (trade["July 2025"], trade["August 2025"], trade["Engagements"]) == (1, 1, 2)


def test_the_long_view_has_every_annual_summit() -> None:
    chart = charts.long_view(load_known(), edition("en"), date(2026, 3, 11))
    assert chart.alt.startswith(
        "2000–2026: 23 annual summits: summit in India (12), summit in Russia (11)."
    )
    assert "Years without a summit: 2006, 2020, 2022 and 2023." in chart.alt


def test_a_year_of_five_hundred_engagements_stays_small() -> None:
    rows = many_rows(500)
    sizes = {name: len(drawn(name, "gu", rows=rows).svg) for name in CHARTS}
    assert sizes["strip"] < 500_000
    assert sum(sizes.values()) < 1_000_000


def test_strange_names_are_only_text() -> None:
    name = '$x^2$ <script>alert(1)</script> {0} \u202e\u0007 & "q" $5'
    names = TableNames({"S. Jaishankar": {"en": name}}, {"Moscow": {"en": name}}, {})
    rows = [Row("r", engagement(), ())]
    hostile = replace(edition("en"), names=names)
    period = resolve_period("2025-08", TODAY)
    for draw in (CHARTS["strip"], CHARTS["matrix"], CHARTS["places"]):
        chart = draw(tuple(rows), hostile, period, 400)
        assert "<script" not in chart.svg and "\u202e" not in chart.svg
        assert any("$x^2$" in label.text for label in chart.labels)


def test_a_character_that_no_font_has_is_refused_with_the_mend() -> None:
    names = TableNames({"S. Jaishankar": {"en": "\u4e2d\u6587"}}, {}, {})
    with pytest.raises(ChartError, match=r"Glyph.*missing.*add a font that has it to .*fonts"):
        CHARTS["strip"](
            (Row("r", engagement(), ()),),
            replace(edition("en"), names=names),
            resolve_period("2025-08", TODAY),
            400,
        )


@given(st.lists(st.text("અબકડ aeiou", min_size=1, max_size=9), max_size=12), st.integers(20, 300))
def test_wrapping_keeps_every_word_and_the_width(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, width)
    assert " ".join(lines).split() == text.split()
    assert all(measure(line) <= width or " " not in line for line in lines)


@given(st.lists(st.tuples(st.floats(-200, 600), st.floats(-200, 600)), min_size=3, max_size=12))
def test_land_is_clipped_to_its_frame(points: list[tuple[float, float]]) -> None:
    inside = places._clipped(points, (0, 0, 400, 300))
    assert all(-1e-6 <= x <= 400 + 1e-6 and -1e-6 <= y <= 300 + 1e-6 for x, y in inside)


# Machado, Oliveira and Fernandes (2009): what is left of linear RGB without red, green or blue
# cones.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
Triple = tuple[float, ...]


def rgb(name: str, theme: int) -> list[int]:
    return [int(COLOURS[name][theme][at : at + 2], 16) for at in (1, 3, 5)]


def linear(colour: str) -> Triple:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def lab(light: Triple) -> Triple:
    seen = times(TO_XYZ, tuple(min(max(part, 0), 1) for part in light))
    shares = [part / white for part, white in zip(seen, (0.9505, 1, 1.089), strict=True)]
    x, y, z = (
        share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116 for share in shares
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: Triple, other: Triple) -> float:
    bright, dim = sorted((times(TO_XYZ, one)[1], times(TO_XYZ, other)[1]), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_levels_are_told_apart_by_every_eye(theme: int, sight: str) -> None:
    seen = {level: lab(times(SIGHTS[sight], linear(COLOURS[level][theme]))) for level in LEVELS}
    distance = {(a, b): math.dist(seen[a], seen[b]) for a, b in itertools.combinations(LEVELS, 2)}
    assert min(distance.values()) >= 20, min(distance, key=distance.__getitem__)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough(theme: int) -> None:
    light = {name: linear(values[theme]) for name, values in COLOURS.items()}
    assert {name for name in LEVELS if contrast(light[name], light["paper"]) < 3} == set()
    for ground in ("paper", "land"):
        assert contrast(light["ink"], light[ground]) >= 4.5
    assert contrast(light["muted"], light["paper"]) >= 4.5
    share = grids.DARKEST
    tint = [
        share * over + (1 - share) * under
        for over, under in zip(rgb("ministers", theme), rgb("paper", theme), strict=True)
    ]
    assert (
        contrast(light["ink"], linear("#" + "".join(f"{round(part):02x}" for part in tint))) >= 4.5
    )


def test_every_kind_has_a_mark_of_its_own() -> None:
    from rajnay.charts.strip import SHAPES

    assert tuple(SHAPES) == KINDS and len(set(SHAPES.values())) == len(KINDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_five_to_eight_marks_of_a_year_carry_names(lang: str) -> None:
    """Those of which most articles tell, nobody twice on one day, none to be checked."""
    rows = tuple(
        replace(row, engagement=replace(row.engagement, confidence=0.3 if n % 5 == 1 else 0.9))
        for n, row in enumerate(in_period(sample_rows(), resolve_period("2025", TODAY)))
    )
    to = edition(lang)
    drawn = charts.timeline_strip(rows, to, resolve_period("2025", TODAY), today=TODAY)
    written = " ".join(label.text for label in drawn.labels)
    named = [
        row
        for row in rows
        if f"{to.wording.when(row.engagement)}:" in written
        and to.person(row.engagement.everyone[0]).split()[0] in written
    ]
    assert len({str(row.engagement.start) for row in named}) >= 5
    chosen = foremost([row for row in rows if row.engagement.kind != "exercise"], 8)
    assert len(chosen) == 8
    assert all(
        row.engagement.confidence > 0.7 and row.engagement.status == "held" for row in chosen
    )
    days = [(row.engagement.start, name) for row in chosen for name in row.engagement.everyone]
    assert len(days) == len(set(days))
    told = [len(row.testimonies) for row in rows if row.engagement.status == "held"]
    assert max(len(row.testimonies) for row in chosen) == max(told)
