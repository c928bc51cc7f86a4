"""The tables of the archive, as the steps that lead from each version of them to the next.

Days and times are ISO 8601 texts, for a day may be known to its month alone; nothing is computed by
a column. A step that was once released is never changed: what is new is a step of its own.
"""

from __future__ import annotations

# Marks a file as an archive of ours ("RJNY"), so that nothing else is ever written over.
APPLICATION = 0x524A4E59

_FIRST = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO fact VALUES ('changes', 0);

-- address: the URL in one spelling. told_by: which of several wire copies is read for all of them.
-- other_text: the hash of another text that was last seen under the same address.
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    address TEXT UNIQUE,
    lang TEXT NOT NULL,
    published TEXT,
    modified TEXT,
    url TEXT,
    publisher TEXT,
    title TEXT,
    origin TEXT,
    original_lang TEXT,
    text_hash TEXT NOT NULL,
    other_text TEXT,
    feed TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    told_by INTEGER NOT NULL REFERENCES article (number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX article_text ON article (text_hash);
CREATE INDEX article_teller ON article (told_by);
CREATE INDEX article_seen ON article (first_seen);

-- Compressed with zlib; raw is what was fetched, text what was read of it.
CREATE TABLE content (
    article INTEGER PRIMARY KEY REFERENCES article (number),
    text BLOB NOT NULL,
    raw BLOB NOT NULL,
    raw_hash TEXT NOT NULL,
    headers TEXT NOT NULL
) STRICT;

-- one is smaller than other; share: how much of their words two articles have in common.
CREATE TABLE likeness (
    one INTEGER NOT NULL REFERENCES article (number),
    other INTEGER NOT NULL REFERENCES article (number),
    what TEXT NOT NULL CHECK (what IN ('copy', 'link')),
    share REAL NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_other ON likeness (other);

-- Articles that are alike meet in a band: see likeness.py.
CREATE TABLE band (
    place INTEGER NOT NULL,
    value INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    PRIMARY KEY (place, value, article)
) STRICT, WITHOUT ROWID;

-- A state is one version of the library, its packs, tables and model.
CREATE TABLE state (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE telling (
    article INTEGER NOT NULL REFERENCES article (number),
    pair TEXT NOT NULL,
    state INTEGER NOT NULL REFERENCES state (number),
    told BLOB NOT NULL,
    told_hash TEXT NOT NULL,
    PRIMARY KEY (article, pair, state)
) STRICT;

CREATE TABLE feed (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    fetched TEXT,
    outcome TEXT NOT NULL,
    failures INTEGER NOT NULL,
    wait_until TEXT,
    body_hash TEXT,
    more TEXT NOT NULL
) STRICT;

CREATE TABLE run (
    number INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, outcome TEXT NOT NULL
) STRICT;
CREATE TABLE step (
    run INTEGER NOT NULL REFERENCES run (number),
    name TEXT NOT NULL,
    ended TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (run, name)
) STRICT;
"""

# record: the decision as JSON, without whether it was undone.
_DECISIONS = """
CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL,
    record TEXT NOT NULL,
    undone TEXT
) STRICT;
"""

# Each engagement that an article tells, by its days and by the keys under which a timeline looks
# for others of the same event; wide: over more than a year. What was told before has none, and is
# drawn again.
_ENTRIES = """
DELETE FROM telling;
CREATE TABLE entry (
    state INTEGER NOT NULL REFERENCES state (number),
    pair TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    place INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    wide INTEGER NOT NULL,
    status TEXT NOT NULL,
    keys TEXT NOT NULL,
    PRIMARY KEY (state, pair, article, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_days ON entry (state, pair, first_day, last_day);
CREATE INDEX entry_wide ON entry (state, pair) WHERE wide = 1;
CREATE INDEX entry_planned ON entry (state, pair, first_day) WHERE status = 'planned';
CREATE INDEX article_published ON article (published);
CREATE TABLE block (
    state INTEGER NOT NULL REFERENCES state (number),
    pair TEXT NOT NULL,
    key INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    place INTEGER NOT NULL,
    PRIMARY KEY (state, pair, key, article, place)
) STRICT, WITHOUT ROWID;
"""

# An engagement of a day or month without a year has "--" for its days; keys stand in block alone.
_YEARLESS = """
DELETE FROM block;
DELETE FROM entry;
DELETE FROM telling;
ALTER TABLE entry DROP COLUMN keys;
"""

# An engagement stands beside its days: it is read without the rest of what its article told.
_ENGAGEMENTS = """
DELETE FROM block;
DELETE FROM entry;
DELETE FROM telling;
ALTER TABLE entry ADD COLUMN told BLOB NOT NULL DEFAULT '';
"""

MIGRATIONS = (_FIRST, _DECISIONS, _ENTRIES, _YEARLESS, _ENGAGEMENTS)
