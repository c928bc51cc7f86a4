#!/usr/bin/env bash
# trafilatura 2.3.1: the text of a page comes without its joiners (U+200C, U+200D), which shape conjuncts in Indic scripts.
# Expected: the words of the page. Seen: "ગદ્‌ગદ" is "ગદ્ગદ", another spelling that looks different. Titles lose them too.
# What we do: other signs stand in for them while trafilatura works (lib/rajnay/text/pages.py).
# Run by hand; needs a package index. Versions are pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import trafilatura

print("trafilatura", version("trafilatura"))

words = "પ્રવાસથી રશિયા ગદ્\u200cગદ થયું, અને બંને દેશોના મંત્રીઓએ મોસ્કોમાં લાંબી વાતચીત પછી કરાર પર સહી કરી હતી."
page = f"<html><head><title>ગદ્\u200cગદ</title></head><body><article><h1>ગદ્\u200cગદ</h1><p>{words}</p></article></body></html>"
found = trafilatura.bare_extraction(page, with_metadata=True)
for where, text in (("text", found.text), ("title", found.title)):
    print(where, "->", text.encode("unicode_escape").count(b"\\u200c"), "joiners")
    assert "\u200c" not in text, "changed: joiners were dropped"
PYTHON
