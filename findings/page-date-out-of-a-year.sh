#!/usr/bin/env bash
# trafilatura 2.3.1 (htmldate 1.11.0): a page without any date in its metadata is given one all the same.
# Expected of a page whose only date is "21 ઓગસ્ટ, 2025" in its words: none, or 2025-08-21. Seen: 2025-01-01, a day that stands nowhere.
# With extensive_search switched off (date_extraction_params) there is none. A day from it looks like any other: nothing says it was filled in.
# Run by hand; needs a package index. Versions are pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 htmldate==1.11.0 lxml_html_clean==0.4.6
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import trafilatura

print("trafilatura", version("trafilatura"), "htmldate", version("htmldate"))

words = "<p>21 ઓગસ્ટ, 2025, 18:30 IST</p><p>વિદેશ મંત્રી એસ. જયશંકર આજે મોસ્કોમાં રાષ્ટ્રપતિ પુતિનને મળ્યા હતા અને તેમની સાથે વાત કરી હતી.</p>"
page = f'<html lang="gu"><body><article><h1>અહેવાલ</h1>{words}</article></body></html>'
for settings, seen in (({}, "2025-01-01"), ({"extensive_search": False, "original_date": True}, None)):
    found = trafilatura.bare_extraction(page, with_metadata=True, date_extraction_params=settings or None)
    print(settings, "->", found.date)
    assert found.date == seen, f"changed: {seen} was seen"
PYTHON
