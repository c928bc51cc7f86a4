"""Dated, sourced, checkable timelines of what two countries did with each other, drawn from the
news.
"""
