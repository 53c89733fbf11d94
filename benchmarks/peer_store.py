"""The table that every peer of benchmarks.end_to_end keeps its articles in."""

CREATE = """
    CREATE TABLE articles (url TEXT PRIMARY KEY, title TEXT, published TEXT, body TEXT)
"""
ADD = "INSERT OR IGNORE INTO articles VALUES (:url, :title, :published, :body)"
ALL = "SELECT url, title, published, body FROM articles"
