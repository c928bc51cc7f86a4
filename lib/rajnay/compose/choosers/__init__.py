"""When and where by small trained choosers, and how sure by a trained model.

For each draft all readings of the article's dates, or places, are candidates; weights that were
trained on labelled articles choose among them. No feature is a word: they serve any language.
"""
