"""Whether two tellings are of the same event: within one article."""
