"""The natural spider: Scrapy reads the feeds, trafilatura the pages, SQLite keeps the articles.

    python -m benchmarks.peer_scrapy DATABASE PORT HOSTS [fast]

Polite as presswatch is in this benchmark: robots.txt heeded, no delay, one request per host
at a time, 64 in all. Nothing is matched, indexed or told. With the last word trafilatura asks
no other extractor where its own finds little.
"""

import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess

from benchmarks.newsroom import address
from benchmarks.peer_store import ADD, CREATE


class NewsSpider(scrapy.Spider):  # type: ignore[misc]  # peers are Any
    """Follow every item of every feed."""

    name = "news"

    def parse(self, response: Any) -> Iterator[Any]:
        """Read a feed."""
        for link in response.xpath("//item/link/text()").getall():
            yield scrapy.Request(link, callback=self.parse_article)

    def parse_article(self, response: Any) -> Iterator[dict[str, str]]:
        """Read an article."""
        found = trafilatura.bare_extraction(
            response.body,
            url=response.url,
            with_metadata=True,
            include_comments=False,
            fast=sys.argv[4:] == ["fast"],
        )
        if found is not None:
            yield {
                "url": response.url,
                "title": found.title or "",
                "published": found.date or "",
                "body": found.text or "",
            }


class SqlitePipeline:
    """Keep each article as it comes."""

    def open_spider(self) -> None:
        """Open the database."""
        self.connection = sqlite3.connect(sys.argv[1])
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.execute(CREATE)

    def close_spider(self) -> None:
        """Close it."""
        self.connection.close()

    def process_item(self, item: dict[str, str]) -> dict[str, str]:
        """Store one article."""
        with self.connection:
            self.connection.execute(ADD, item)
        return item


def main() -> None:
    """Crawl."""
    port, hosts = int(sys.argv[2]), int(sys.argv[3])
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": 64,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": True,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "WARNING",
            "ITEM_PIPELINES": {SqlitePipeline: 100},
        }
    )
    feeds = [f"http://{address(host)}:{port}/feed.xml" for host in range(hosts)]
    process.crawl(NewsSpider, start_urls=feeds)
    process.start()


if __name__ == "__main__":
    main()
