"""newspaper4k in threads, feedparser for the feeds, SQLite for the articles.

python -m benchmarks.peer_newspaper DATABASE PORT HOSTS
"""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import feedparser
import newspaper

from benchmarks.newsroom import address
from benchmarks.peer_store import ADD, CREATE


def read(url: str) -> dict[str, str] | None:
    """Fetch and parse one article; None: it stumbled."""
    article = newspaper.Article(url, fetch_images=False)  # else it leaves the machine
    try:
        article.download()
        article.parse()
    except Exception:  # noqa: BLE001 - a page it cannot read is a page it does not have
        return None
    published = article.publish_date
    return {
        "url": url,
        "title": article.title or "",
        "published": published.isoformat() if published else "",
        "body": article.text or "",
    }


def main() -> None:
    """Crawl, one host after the other in each of 16 threads."""
    port, hosts = int(sys.argv[2]), int(sys.argv[3])
    connection = sqlite3.connect(sys.argv[1])
    connection.execute(CREATE)

    def host(number: int) -> list[dict[str, str] | None]:
        found = feedparser.parse(f"http://{address(number)}:{port}/feed.xml")
        return [read(entry.link) for entry in found.entries]

    with ThreadPoolExecutor(16) as pool:
        for articles in pool.map(host, range(hosts)):
            with connection:
                connection.executemany(ADD, [each for each in articles if each])
    connection.close()


if __name__ == "__main__":
    main()
