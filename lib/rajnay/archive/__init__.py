"""The archive: every article that came in, kept once in one SQLite file, with what each told, what
was corrected by hand, what was run, and where each feed stands.
"""
