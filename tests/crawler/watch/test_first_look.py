"""Old news that a first look brings is one message; news is told at once, old or not later."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from alerts.notification import from_json
from alerts.routing.backlog import is_old
from storage.outbox import OutboxState
from tests.crawler.newsdesk import Desk, article, feed, item, watching
from tests.making import NOW

DAY = timedelta(days=1)


def show(desk: Desk, *ages: timedelta) -> None:
    items = []
    for n, age in enumerate(ages):
        url = desk.show(f"/news/report-{n}-of-the-day", article(n, published=NOW - age))
        items.append(item(url, published=NOW - age))
    desk.pages["/feed.xml"] = feed(*items)


async def test_old_articles_of_a_first_look_are_one_message_and_fresh_ones_alerts(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as desk:
        show(desk, *[DAY / 2] * 2, *[7 * DAY] * 12)
        await desk.look()
        [told] = await desk.messages("roundup")
        assert told.state is OutboxState.SENT
        summary = from_json(told.payload)
        assert summary.subject == "First look at Local: 12 earlier articles"
        assert len(summary.items) == 12
        alerts = await desk.messages()
        assert [row.state for row in alerts].count(OutboxState.SENT) == 2
        assert [row.state for row in alerts].count(OutboxState.FOLDED) == 12

        show(desk, *[DAY / 2] * 2, *[7 * DAY] * 13)  # one more, by a look that is not the first
        await desk.look()
        states = [row.state for row in await desk.messages()]
        assert states.count(OutboxState.SENT) == 3


async def test_a_first_look_says_in_the_log_what_becomes_of_its_back_numbers(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as desk:
        for articles, said in ((1, [True]), (2, [False])):
            show(desk, *[7 * DAY] * articles)
            with structlog.testing.capture_logs() as lines:
                await desk.look()
            read = [line for line in lines if line["event"] == "source read"]
            assert ["first_look" in line for line in read] == said


async def test_a_single_old_article_of_a_first_look_is_told_as_itself(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        show(desk, 700 * DAY)
        await desk.look()
        [alert] = await desk.messages()
        assert alert.state is OutboxState.SENT
        assert not await desk.messages("roundup")


@pytest.mark.parametrize(
    ("published", "old"),
    [
        pytest.param(NOW - timedelta(hours=23), False, id="within a day"),
        pytest.param(NOW - timedelta(hours=25), True, id="more than a day ago"),
        pytest.param(NOW + timedelta(hours=2), False, id="in the future"),
        pytest.param(None, False, id="undated: nothing says that it is old"),
        pytest.param(date(2026, 11, 23), False, id="some time yesterday"),
        pytest.param(date(2026, 11, 22), True, id="the day before yesterday"),
    ],
)
def test_old_is_what_says_so_itself(published: datetime | date | None, old: bool) -> None:
    assert is_old(published, NOW) is old
