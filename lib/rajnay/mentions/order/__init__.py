"""Bring a sentence whose verb stands amid it, and whose prepositions stand before their phrases,
into the order that the rest of the library reads: verb last, roles told after the phrase.
"""
