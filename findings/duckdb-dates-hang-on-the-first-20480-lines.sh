#!/usr/bin/env bash
# duckdb 2.0.0: whether a column of JSON lines is text or DATE hangs on the first 20,480 lines; one value told to the month after them ends the query.
# Expected: a column that holds "2025-08-12" and "2025-08" (EDTF, ISO 8601) is text in every file, or each value that is no day is NULL.
# Seen: with the month among the first 20,480 lines the column is VARCHAR; days alone make it DATE, which compares and sorts otherwise; and with the month
# behind them read_json raises a transform error. What worked on a sample, and for a year, ends on the day when the archive grows past it.
# With columns= or sample_size=-1 it is read whole.
# Who meets it: whoever queries an export of events dated as well as they are known. Rajnay's Parquet has a schema; docs/archive.md says how to read its JSON lines.
# Run by hand; needs a package index. The version is pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json
from pathlib import Path

import duckdb

SAMPLE = 20_480


def written(days, month_at=None):
    """A file of so many events dated to the day, one dated to the month in its place among them."""
    rows = [{"id": f"e{number}", "start": f"2025-08-{number % 28 + 1:02}"} for number in range(days)]
    if month_at is not None:
        rows.insert(month_at, {"id": "month", "start": "2025-08"})
    Path("events.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))


def read(options=""):
    try:
        return duckdb.sql(f"SELECT typeof(min(start)), count(start) FROM read_json('events.jsonl'{options})").fetchall()
    except duckdb.InvalidInputException as error:
        return str(error).split(":")[0]


print("duckdb", duckdb.__version__)
written(30_000)
print("days only:             ", days := read())
written(30_000, month_at=SAMPLE - 1)
print("a month in line 20,480:", inside := read())
written(30_000, month_at=SAMPLE)
print("a month in line 20,481:", behind := read())
print("  columns named:       ", named := read(", columns={'id': 'VARCHAR', 'start': 'VARCHAR'}"))
print("  sample_size = -1:    ", whole := read(", sample_size=-1"))
assert days == [("DATE", 30_000)], "changed: days alone are typed otherwise"
assert inside == named == whole == [("VARCHAR", 30_001)], "changed: a month among them, or naming the type, is read otherwise"
assert behind == "Invalid Input Error", "changed: a month behind the sample no longer ends the query"
PYTHON
