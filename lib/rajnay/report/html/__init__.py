"""All that makes HTML: escaped templates, marked articles, an allow list, and one file a report."""
