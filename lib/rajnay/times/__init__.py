"""Times as values: what words for time say, the stretches of the calendar they name, and the days
that an engagement or a report covers.
"""
