"""An article that could not be fetched is told all the same, and soon."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.workers.pool import Done, T, Undone, WorkFault
from storage.ledger import LedgerState
from tests.crawler.fetch.servers import answer
from tests.crawler.newsdesk import article, feed, item, watching
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW


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


async def test_row_54_a_page_is_left_alone_for_as_long_as_its_server_asks(
    tmp_path: Path,
) -> None:
    """The link itself knows: after a start nobody remembers what its host wished."""
    async with watching(tmp_path) as desk:
        url = f"{desk.site.url}/news/report"
        busy = answer(b"", "Retry-After: 7200", status="503 Busy")
        desk.pages |= {"/news/report": busy, "/feed.xml": feed(item(url))}
        await desk.look()
        link = await desk.link(url)
        assert link is not None
        assert link.next_at == NOW + timedelta(hours=2)


class Overworked(HereAndNow):
    """Workers that read no article."""

    def __init__(self, fault: WorkFault) -> None:
        super().__init__()
        self._fault = fault

    async def run(
        self, function: Callable[..., T], *arguments: object, of: str = ""
    ) -> Done[T] | Undone:
        if function.__name__ == "see_page":
            return Undone(fault=self._fault, reason="as the test wants it")
        return await super().run(function, *arguments, of=of)


@pytest.mark.parametrize(
    ("fault", "fetched"),
    [
        pytest.param(WorkFault.BUSY, 9, id="no worker was free: it is asked for again"),
        pytest.param(WorkFault.TIMEOUT, 3, id="it costs its worker: it is given up"),
        pytest.param(WorkFault.CRASHED, 3, id="it ends its worker: it is given up"),
        pytest.param(WorkFault.RAISED, 1, id="no worker can read it"),
    ],
)
async def test_row_34_how_often_a_page_is_read_that_no_worker_reads(
    tmp_path: Path, fault: WorkFault, fetched: int
) -> None:
    async with watching(tmp_path, workers=Overworked(fault)) as desk:
        url = desk.show("/news/report", article(1))
        desk.pages["/feed.xml"] = feed(item(url))
        for _ in range(9):
            await desk.look(timedelta(minutes=4))
            await desk.look(timedelta(minutes=2))  # after six minutes, and not after four
        assert desk.site.paths.count("/news/report") == fetched
