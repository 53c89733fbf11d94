"""news-please as a library: its downloader and extractors on each feed's links, then SQLite.

    python benchmarks/peer_newsplease.py DATABASE PORT HOSTS

Run as a file, by the Python of an environment of its own: its requirements are not ours.
"""

import sqlite3
import sys
from pathlib import Path

import feedparser
from newsplease import NewsPlease

sys.path.insert(0, str(Path(__file__).parent))
from peer_store import ADD, CREATE  # type: ignore[import-not-found]


def main() -> None:
    """Crawl, one host and one article after the other."""
    port, hosts = int(sys.argv[2]), int(sys.argv[3])
    connection = sqlite3.connect(sys.argv[1])
    connection.execute(CREATE)
    for host in range(hosts):
        feed = feedparser.parse(f"http://127.2.0.{host + 1}:{port}/feed.xml")
        # One by one: several together go through a pool that here answers with nothing at all.
        found = {entry.link: NewsPlease.from_url(entry.link) for entry in feed.entries}
        rows = [
            {
                "url": url,
                "title": article.title or "",
                "published": article.date_publish.isoformat() if article.date_publish else "",
                "body": article.maintext or "",
            }
            for url, article in found.items()
            if hasattr(article, "maintext")
        ]
        with connection:
            connection.executemany(ADD, rows)
    connection.close()


if __name__ == "__main__":
    main()
