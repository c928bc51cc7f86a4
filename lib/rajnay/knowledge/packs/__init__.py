"""A language as data: the folder ``data/languages/<code>/``.

``words`` are its grammar, acts, offices and topics, ``date_words`` its words for time, ``names``
what it calls the people, places, forums, bodies and countries of the reference tables.
"""
