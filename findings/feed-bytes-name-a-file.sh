#!/usr/bin/env bash
# feedparser 6.0.14: bytes given to parse() are first taken for the name of a file, and one that stands there is opened; text that is an address is fetched.
# Expected of parse(answer.content): the content is parsed, whatever a server sends. Seen: a server that sends "/tmp/f.xml" has that file read.
# What we do: hand it a stream, io.BytesIO(content) (lib/rajnay/collect/items.py).
# Run by hand; needs a package index. Versions are pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import io
import sys
from importlib.metadata import version
from pathlib import Path

import feedparser

print("feedparser", version("feedparser"))

file = Path(sys.argv[1]) / "f.xml"
file.write_text('<rss version="2.0"><channel><title>a file of this machine</title></channel></rss>')
sent = str(file).encode()
for given in (sent, io.BytesIO(sent)):
    print(type(given).__name__, "->", feedparser.parse(given).feed.get("title"))
assert feedparser.parse(sent).feed.title == "a file of this machine", "changed: the file was opened"
assert "title" not in feedparser.parse(io.BytesIO(sent)).feed
PYTHON
