"""The marks that end sentences and datelines, in all the scripts that are read."""

from __future__ import annotations

# Visarga ends no word of a modern Indian language: newspapers type it for the colon that it looks
# like. One a script, from Devanagari to Malayalam.
VISARGAS = "\u0903\u0983\u0a03\u0a83\u0b03\u0b83\u0c03\u0c83\u0d03"
COLONS = frozenset(":" + VISARGAS)
# The Devanagari danda and double danda serve every script.
# So do the stop and the question mark of the Perso-Arabic script for its languages.
STOPS = frozenset(".?!\u2026\u0964\u0965\u06d4\u061f")
FULL_STOPS = frozenset(".\u0964\u0965\u06d4")
QUESTION_MARKS = frozenset("?\u061f")
COMMAS = frozenset(",\u060c")
SEMICOLONS = frozenset(";\u061b")
CLOSERS = frozenset("\"'\u201d\u2019\u00bb)]")
