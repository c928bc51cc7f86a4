"""Texts and where every character of them came from: reading, normalising, folding, tokens,
sentences.
"""
