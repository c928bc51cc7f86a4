"""What ``import rajnay`` gives: articles read, what each tells, the timeline of them all, and how
they show themselves.
"""
