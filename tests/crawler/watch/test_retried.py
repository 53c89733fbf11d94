"""An article that could not be fetched is told all the same, and soon."""

from datetime import timedelta
from pathlib import Path

from storage.ledger import LedgerState
from tests.crawler.fetch.servers import answer
from tests.crawler.newsdesk import article, feed, item, watching


async def test_a_page_that_was_out_of_reach_is_asked_for_again_after_a_minute(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as desk:
        url = f"{desk.site.url}/news/report"
        desk.pages["/news/report"] = answer(b"", status="403 Forbidden")
        desk.pages["/feed.xml"] = feed(item(url))
        await desk.look(timedelta(minutes=1))
        desk.show("/news/report", article(1))
        assert await desk.sums() == {LedgerState.WAITING: 1}
        await desk.look()
        assert await desk.sums() == {LedgerState.STORED: 1}
        assert len(await desk.messages()) == 1
