#!/usr/bin/env bash
# feedparser 6.0.14: an item dated "02:15:00 IST", as outlets in India write it, is parsed as 02:15 UTC, five and a half hours late, and no flag tells.
# Expected: 20:45 UTC of the day before, as of "+0530"; or, as of any zone that is not known, no parsed time, or bozo set.
# Seen: names of zones outside North America are dropped, and published_parsed is UTC by its documentation. EST is reckoned, IST, NPT, PKT, BDT and MSK are not.
# What an outlet in India prints from midnight to half past five stays on its own day, for the wrong reason; an item of "23:30 IST" read back into
# Indian time falls on the next day.
# Who meets it: whoever dates Indian, Nepali, Pakistani, Bangladeshi or Russian news by published_parsed. Rajnay reads the text of the date itself:
# see lib/rajnay/text/days.py and data/reference/zones.csv.
# Run by hand; needs a package index. The version is pinned, others may differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime, timedelta, timezone

import feedparser

FEED = """<rss version="2.0"><channel><title>Daily</title><link>https://example.org/</link><description>news</description>
<item><title>Talks in Moscow</title><link>https://example.org/1</link><pubDate>Tue, 12 Aug 2025 23:30:00 {}</pubDate></item></channel></rss>"""
INDIA = timezone(timedelta(hours=5, minutes=30))


def seen(zone):
    """When an item is published, by its parsed time, and whether anything is said to be wrong."""
    feed = feedparser.parse(FEED.format(zone))
    return datetime(*feed.entries[0].published_parsed[:6], tzinfo=timezone.utc), feed.bozo


print("feedparser", feedparser.__version__)
for zone in ("+0530", "IST", "NPT", "PKT", "BDT", "MSK", "EST"):
    moment, wrong = seen(zone)
    print(f"23:30 {zone:6} {moment:%d %b %H:%M} UTC, in India {moment.astimezone(INDIA):%d %b %H:%M}, bozo {wrong}")
assert seen("+0530")[0].astimezone(INDIA).day == 12, "changed: an offset is read otherwise"
assert seen("EST")[0] != seen("GMT")[0], "changed: EST is no longer reckoned"
for zone in ("IST", "NPT", "PKT", "BDT", "MSK"):
    assert seen(zone) == seen("GMT"), f"changed: {zone} is no longer taken for UTC in silence"
PYTHON
