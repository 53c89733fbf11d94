"""Read a page into an article."""
