#!/usr/bin/env bash
# httpx 0.28.1: iter_bytes unpacks each piece of an answer whole, before anybody can count its bytes. With brotli installed it asks servers for
# brotli by itself, and 316 bytes become 200,000,000 in one piece. Expected of reading a stream with a limit: memory near the limit. Seen: 200 MB.
# What we do: ask for gzip alone, read iter_raw, and unpack with zlib's max_length (lib/rajnay/collect/bodies.py).
# Run by hand; needs a package index. Versions are pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check httpx==0.28.1 brotli==1.1.0
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import brotli
import httpx

print("httpx", version("httpx"), "brotli", version("brotli"))

packed = brotli.compress(bytes(200_000_000))
asked = []


def answer(request: httpx.Request) -> httpx.Response:
    asked.append(request.headers["accept-encoding"])
    return httpx.Response(200, headers={"content-encoding": "br"}, stream=httpx.ByteStream(packed))


with httpx.Client(transport=httpx.MockTransport(answer)) as client, client.stream("GET", "http://a/") as response:
    first = next(response.iter_bytes())
print(asked[0], "->", len(packed), "bytes packed,", len(first), "in the first piece")
assert "br" in asked[0] and len(first) == 200_000_000, "changed: all came in one piece"
PYTHON
