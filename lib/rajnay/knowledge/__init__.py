"""What the library knows, as data: tables of reference, language packs, and the lexicon compiled
from both.
"""
