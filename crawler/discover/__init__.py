"""Find the addresses of articles: feeds, sitemaps, section pages."""
