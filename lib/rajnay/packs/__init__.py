"""Making a language's pack: the skeleton of a new one, and what an unfinished one still lacks."""
