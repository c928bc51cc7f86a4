"""Engagements of many articles as one timeline: rows, summaries, words, exports."""
