#!/usr/bin/env bash
# edtf 5.0.2: a half-known day, "2025-08-0X" (EDTF level 2, one of the first nine days of August), is parsed, but no bound can be asked of it.
# Expected: 2025-08-01 to 2025-08-09, as 2025-08-XX gives 2025-08-01 to 2025-08-31; edtf-validate 2.0.0 calls both valid.
# Seen: ValueError from all four bounds; the half-known month "2025-0X" is refused by an AttributeError in the parser, not an EDTFParseException.
# Who meets it: whoever checks dates by parsing them and reckons with them later. Their check passes; the error comes far from the bad line.
# Run by hand; needs a package index. Versions are pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2 edtf-validate==2.0.0
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from edtf import parse_edtf
from edtf_validate.valid_edtf import is_valid

print("edtf", version("edtf"), "edtf-validate", version("edtf-validate"))


def asked(text, bound):
    try:
        date = parse_edtf(text)
    except Exception as error:
        return f"not parsed: {type(error).__name__}"
    try:
        return "%d-%02d-%02d" % getattr(date, bound)()[:3]
    except Exception as error:
        return f"parsed, then {type(error).__name__}"


SEEN = {
    "2025-08-XX": ["2025-08-01", "2025-08-31"],
    "2025-08-0X": ["parsed, then ValueError"] * 2,
    "2025-0X": ["not parsed: AttributeError"] * 2,
}
for text, seen in SEEN.items():
    answers = [asked(text, bound) for bound in ("lower_strict", "upper_strict")]
    print(text, "valid" if is_valid(text) else "not valid", answers)
    assert is_valid(text) and answers == seen, f"changed: {seen} was seen"
PYTHON
