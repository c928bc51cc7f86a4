"""Engagements put together from mentions: who dealt with whom, when, where, how sure."""
