"""What careful readers found in articles, and how right an extraction is beside it."""
