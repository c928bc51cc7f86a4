#!/usr/bin/env bash
# mlcroissant 1.1.1: a column of JSON lines that the metadata declare as text comes back as numbers, written as text: a year becomes "2025.0".
# Expected: the field's dataType is sc:Text, so "2025" stays "2025", "007" stays "007", and a gap beside it changes nothing; validation finds no fault.
# Seen: JSON lines are read by pandas, which guesses a type for the whole column first: years with a gap among them give "2025.0", "007" gives "7".
# One value that is no number, such as "2025-08", and the column is whole again: so it happens to some sets, and to a part of a set that is right as a whole.
# The same records in one JSON array, read by JSON path, come back as they are: see lib/rajnay/labels/publishing.py.
# Who meets it: whoever hands on data with dates told to the year (EDTF), or with numbered ids, and checks the metadata only.
# Run by hand; needs a package index. The version is pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mlcroissant==1.1.1 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import hashlib
import json
import logging
from importlib.metadata import version
from pathlib import Path

import mlcroissant

logging.disable(logging.WARNING)  # the context is shorter than the usual one
YEARS = [{"id": "001", "start": "2025"}, {"id": "007", "start": None}]
MIXED = [*YEARS, {"id": "gu-8", "start": "2025-08"}]


def loaded(name, encoding, content, extract):
    """What the loader gives for both columns, declared as text."""
    Path(name).write_text(content)
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"events/{column}",
            "name": column,
            "dataType": "sc:Text",
            "source": {"fileObject": {"@id": "file"}, "extract": extract(column)},
        }
        for column in ("id", "start")
    ]
    metadata = {
        "@context": {
            "@language": "en",
            "@vocab": "https://schema.org/",
            "sc": "https://schema.org/",
            "cr": "http://mlcommons.org/croissant/",
            "dct": "http://purl.org/dc/terms/",
            "conformsTo": "dct:conformsTo",
            "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            **{term: f"cr:{term}" for term in ("column", "extract", "field", "fileObject", "jsonPath", "recordSet", "source")},
        },
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "events",
        "description": "two events",
        "license": "https://spdx.org/licenses/MIT",
        "url": "urn:events:1",
        "distribution": [
            {"@type": "cr:FileObject", "@id": "file", "name": "file", "contentUrl": name, "encodingFormat": encoding, "sha256": hashlib.sha256(content.encode()).hexdigest()}
        ],
        "recordSet": [{"@type": "cr:RecordSet", "@id": "events", "name": "events", "field": fields}],
    }
    Path("croissant.json").write_text(json.dumps(metadata))
    dataset = mlcroissant.Dataset("croissant.json")
    assert not dataset.metadata.ctx.issues.errors, "changed: the metadata are refused"
    return [[value and value.decode() for value in record.values()] for record in dataset.records("events")]


def lines(rows):
    content = "".join(f"{json.dumps(row)}\n" for row in rows)
    return loaded("events.jsonl", "application/jsonlines", content, lambda column: {"column": column})


print("mlcroissant", version("mlcroissant"), "pandas", version("pandas"))
print("written:              ", wanted := [[*row.values()] for row in YEARS])
print("JSON lines:           ", seen := lines(YEARS))
print("with one day told so: ", mixed := lines(MIXED))
print("one JSON array:       ", array := loaded("events.json", "application/json", json.dumps(YEARS), lambda column: {"jsonPath": f"$[*].{column}"}))
assert seen == [["1", "2025.0"], ["7", None]], "changed: JSON lines keep their text, or lose it otherwise"
assert mixed[:2] == wanted, "changed: a column with one text in it is altered too"
assert array == wanted, "changed: an array is altered too"
PYTHON
