"""What careful readers decided by hand about what was drawn: kept, applied at every rebuild, and
undone.
"""
