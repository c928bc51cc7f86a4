"""Scenes: where in a sentence something happens between people, and how it is told."""
