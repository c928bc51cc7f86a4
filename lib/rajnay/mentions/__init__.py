"""What a text names: dates, people, offices, clauses with their verbs, and the passages that hold
them.
"""
