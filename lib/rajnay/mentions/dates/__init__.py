"""Dates, lengths of time and lapses in a text: found by a grammar of words for time, and reckoned
from the day of publication.
"""
