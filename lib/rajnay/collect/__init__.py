"""Articles fetched from feeds, sitemaps and pages, each filed in the archive once."""
