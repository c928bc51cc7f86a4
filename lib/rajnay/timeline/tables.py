"""The timeline as tables: for spreadsheets, in the words of a report, and for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from rajnay.base.safe import safe_cell, web_link
from rajnay.models import Article, Engagement, Row, Span
from rajnay.records import LIST_SEPARATOR, cells, facts
from rajnay.timeline import standing
from rajnay.timeline.setting import Setting
from rajnay.timeline.wording import plain
from rajnay.times.periods import extent

MARK = "\ufeff"  # by which a spreadsheet knows UTF-8
LONGEST_CELL = 32_767  # characters that a cell of a spreadsheet may hold
LONGEST_NAME = 31
WIDTHS = {"evidence": 60, "title": 40, "differences": 30, "link": 30, "people": 28}
NARROW = 16
NOBODYS = Article("", "", "")  # of an event that no article tells
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def flat(row: Row) -> dict[str, Any]:
    """Return one event as one line of a table, its best telling beside it; lists are joined with
    semicolons.
    """
    best = row.testimonies[0] if row.testimonies else None
    differences = LIST_SEPARATOR.join(
        f"{field}: {' | '.join(found)}" for field, found in sorted(row.differences.items())
    )
    line = {
        "id": row.id,
        **cells(row.engagement),
        "articles": len(row.testimonies),
        "differences": differences,
        "by_hand": LIST_SEPARATOR.join(one.action for one in row.by_hand),
        "evidence": best.engagement.evidence.of(best.article.text) if best else None,
    }
    article = best.article if best else None
    names = ("title", "publisher", "published", "lang", "url")
    about = {name: getattr(article, name, None) for name in names}
    published = about["published"]
    return line | about | {"published": published.isoformat() if published else None}


def columns(rows: Sequence[Row], pair: Sequence[str] = ()) -> list[str]:
    """Return the names of the columns of a table, the same with rows and without; ``pair`` and the
    countries of the rows have columns of their own.
    """
    return list(flat(Row("", _nobody(rows, pair), ())))


def _nobody(rows: Sequence[Row], pair: Sequence[str]) -> Engagement:
    told = [side for row in rows for side in row.engagement.parties]
    sides: dict[str, tuple[str, ...]] = dict.fromkeys(filter(None, [*pair, *told]), ())
    return Engagement("", "", None, None, None, None, None, sides, None, (), None, Span(0, 0))


def as_csv(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as a UTF-8 table that opens in a spreadsheet without running anything: in the
    words of a report or, of none, with the names of record.
    """
    if setting.localised:
        heads, lines = sheet(rows, setting)
    else:
        heads = columns(rows, setting.edition.pair)
        lines = [[flat(row).get(head) for head in heads] for row in rows]
    text = io.StringIO(newline="")
    # It ends lines as RFC 4180 has it, and so quotes a carriage return in a cell.
    writer = csv.writer(text)
    writer.writerows([heads, *([safe_cell(value) for value in line] for line in lines)])
    return (MARK + text.getvalue()).encode()


def sheet(rows: Sequence[Row], setting: Setting) -> tuple[list[str], list[list[Any]]]:
    """Return the rows as people read them: the heads of the columns, and a line an event.

    Args:
        rows: the events.
        setting: the words, and the day that tells plans from the unconfirmed.

    Returns:
        Days are dates, counts numbers and all else text; the same columns with rows and without.
    """
    words = setting.words
    fields = ["date", "first_day", "last_day", "kind", "status"]
    heads = [words.text(f"field.{field}") for field in fields]
    heads += [words.country(code) for code in setting.edition.pair]
    fields = ["place", "country", "forum", "topics", "announced_by", "confidence", "articles"]
    fields += ["differences", "evidence", "article", "outlet", "published", "language"]
    heads += [words.text(f"field.{field}") for field in [*fields, "link", "register"]]
    return heads, [_line(row, setting) for row in rows]


def _line(row: Row, setting: Setting) -> list[Any]:
    told, words, edition = row.engagement, setting.words, setting.edition
    days = extent(told)
    article = row.testimonies[0].article if row.testimonies else NOBODYS
    proof = flat(row)["evidence"] or ""
    sides = [words.items(map(edition.person, told.parties.get(code, ()))) for code in edition.pair]
    origin = [
        article.title,
        setting.source(article),
        article.published,
        words.language(article.lang),
        web_link(article.url),
    ]
    differing = (
        words.country(name) if name in edition.pair else words.text(f"field.{name}")
        for name in row.differences
    )
    return [
        setting.when(told),
        days.first,
        days.last,
        words.text(f"kind.{told.kind}"),
        words.text(f"status.{setting.status(row)}"),
        *sides,
        edition.place(told.place),
        words.country(told.country or ""),
        edition.forum(told.forum),
        words.items(words.text(f"topic.{topic}") for topic in told.topics),
        edition.person(told.source or ""),
        words.text(f"sure.{standing.sureness(told.confidence)}"),
        len(row.testimonies),
        words.items(differing),
        proof,
        *origin,
        row.id,
    ]


def as_sheet(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as a spreadsheet (XLSX): days are days, text is text whatever it begins
    with, and a second sheet says where all of it comes from.
    """
    from xlsxwriter import Workbook

    heads, lines = sheet(rows, setting)
    sink, words = io.BytesIO(), setting.words
    never = dict.fromkeys(("formulas", "urls", "numbers"), False)
    options = {f"strings_to_{name}": value for name, value in never.items()}
    book = Workbook(sink, {"in_memory": True, **options})
    days = [one.article.published for row in rows for one in row.testimonies]
    made = max(filter(None, days), default=EPOCH.date())
    created = datetime.combine(made, time(), UTC)
    book.set_properties({"title": setting.name, "created": created})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    page = book.add_worksheet(words.text("export.sheet")[:LONGEST_NAME])
    for across, head in enumerate(heads):
        page.write_string(0, across, head, styles["head"])
    for down, line in enumerate(lines, 1):
        for across, value in enumerate(line):
            _write(page, down, across, value, styles)
    for across, wide in enumerate(map(_width, _kinds(len(setting.edition.pair)))):
        page.set_column(across, across, wide)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
    about = book.add_worksheet(words.text("export.about")[:LONGEST_NAME])
    about.set_column(0, 0, 100)
    for down, key in enumerate(("", "method.how", "figures.base")):
        about.write_string(down, 0, words.text(key) if key else setting.name, styles["text"])
    book.close()
    return sink.getvalue()


def _kinds(sides: int) -> list[str]:
    """Return what decides the width of each column of ``sheet``."""
    people = ["people"] * sides
    rest = ["differences", "evidence", "title", "differences", "day", "language", "link", "id"]
    return [*["differences"], *["day"] * 4, *people, *["place"] * 7, *rest]


def _width(kind: str) -> int:
    return WIDTHS.get(kind, NARROW)


def _write(page: Any, down: int, across: int, value: Any, styles: dict[str, Any]) -> None:
    if isinstance(value, date):
        page.write_datetime(down, across, datetime.combine(value, time()), styles["day"])
    elif isinstance(value, int):
        page.write_number(down, across, value, styles["text"])
    elif value:
        page.write_string(down, across, plain(str(value))[:LONGEST_CELL], styles["text"])


def as_parquet(rows: Sequence[Row], setting: Setting) -> bytes:
    """Return the rows as a Parquet table with one column a field: days as dates beside how surely
    they are known, lists as lists.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = pa.list_(pa.string())
    kinds = {"confidence": pa.float64(), "articles": pa.int32(), "topics": names}
    kinds |= {"by_hand": names}
    kinds |= {day: pa.date32() for day in ("first_day", "last_day", "published")}
    kinds["differences"] = pa.map_(pa.string(), names)
    sides = _nobody(rows, setting.edition.pair).parties
    kinds |= {f"parties_{code}": names for code in sides}
    heads = ["id", "first_day", "last_day", "certainty"]
    heads += [head for head in columns(rows, setting.edition.pair) if head != "id"]
    schema = pa.schema([(head, kinds.get(head, pa.string())) for head in heads])
    sink = io.BytesIO()
    lines = [_fields(row, list(sides)) for row in rows]
    pq.write_table(pa.Table.from_pylist(lines, schema=schema), sink)
    return sink.getvalue()


def _fields(row: Row, sides: Sequence[str]) -> dict[str, Any]:
    """Return one event as values of a typed table."""
    told, days = facts(row.engagement), extent(row.engagement)
    parties = {f"parties_{code}": told["parties"].get(code, []) for code in sides}
    published = row.testimonies[0].article.published if row.testimonies else None
    when = {"first_day": days.first, "last_day": days.last, "certainty": days.certainty}
    differences = [(name, list(found)) for name, found in sorted(row.differences.items())]
    more = {"topics": told["topics"], "published": published, "differences": differences}
    more["by_hand"] = [one.action for one in row.by_hand]
    return flat(row) | when | parties | more
