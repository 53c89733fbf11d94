"""Rules and desks can be read in any feed reader."""

import feedparser
import pytest

from tests.crawler.pages.newsdesk import Desk


@pytest.mark.parametrize(
    "path", ["/feeds/rules/zangezur-corridor.atom", "/feeds/desks/leyla.atom"]
)
async def test_a_feed_is_read_by_a_reader(desk: Desk, path: str) -> None:
    answer = await desk.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/feeds/rules/nobody.atom", "/feeds/desks/nobody.atom"])
async def test_a_feed_of_nothing_is_not_there(desk: Desk, path: str) -> None:
    assert (await desk.client.get(path)).status_code == 404
