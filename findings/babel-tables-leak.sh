#!/usr/bin/env bash
# Babel 2.18.0: reading a month's name of one language changes what another language prints from then on, in the same program.
# A language without stand-alone names of its own points to its other ones; what it points to is written into the table that all
# such languages share. After Locale("bho").months["stand-alone"]["wide"], "LLLL" in Gujarati gives August in Bhojpuri.
# So whoever reads such tables takes a copy first: see lib/rajnay/packs/cldr.py.
# Run by hand; needs a package index. The version is pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date
from importlib.metadata import version

from babel import Locale
from babel.dates import format_date

print("babel", version("babel"))
day = date(2025, 8, 1)
print("Bhojpuri:", other := Locale("bho").months["stand-alone"]["wide"][8])
print("Gujarati, within a date:", within := format_date(day, "MMMM", locale="gu"))
print("Gujarati, alone:", alone := format_date(day, "LLLL", locale="gu"))
assert alone == other != within, "changed: the other language's name was seen"
PYTHON
