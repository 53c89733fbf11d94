"""Whose an article is: no source reads, spoils or slows down what another's house publishes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from config.load import load_config
from crawler.app import App, Ports, open_live
from crawler.fetch.outcome import Deferred, Fetched
from crawler.fetch.pace import Pace
from crawler.homes import Homes, tell_left
from crawler.live.configuration import make_live
from crawler.once import poll_and_deliver
from crawler.places import Places
from crawler.watch.notes import MOST_LEFT
from storage.coverage import ledger_sums
from storage.found import Found
from storage.ledger import LedgerState, load_link
from tests.crawler.fetch.servers import (
    QUICK,
    Page,
    Site,
    answer,
    asking,
    fetching,
    redirect,
    serving,
)
from tests.crawler.newsdesk import HOUR, article, feed, item
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW, make_config_folder, make_source


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        pytest.param("www.herald.example", "herald", id="another's house"),
        pytest.param("news.herald.example", "herald", id="and all under its name"),
        pytest.param("www.bugle.example", "", id="its own"),
        pytest.param("elsewhere.example", "", id="of nobody who is watched"),
        pytest.param("videos.example", "", id="a part of it is watched: the rest is others'"),
        pytest.param("gazette.example", "gazette", id="watched by a language's front page"),
        pytest.param("", "", id="no host at all"),
    ],
)
def test_a_house_is_where_a_source_has_its_address(host: str, owner: str) -> None:
    homes = Homes(
        make_source(name, url)
        for name, url in {
            "herald": "https://herald.example/",
            "herald-sport": "https://www.herald.example/sport",
            "bugle": "https://bugle.example/",
            "channel": "https://videos.example/@channel",
            "gazette": "https://gazette.example/en/",
        }.items()
    )
    assert homes.of_another("bugle", host) == owner
    assert homes.of_another("herald-sport", "herald.example") == "", "two in one house"


def test_what_is_left_to_others_is_named() -> None:
    homes = Homes(make_source(name, f"https://{name}.example/") for name in ("herald", "bugle"))
    links = [Found(url=f"https://herald.example/{n}", way="w") for n in range(3)]
    ours = Found(url="https://bugle.example/1", way="w")
    odd = Found(url="https://[::1", way="w")
    kept, left = homes.sort_out("bugle", [*links, ours, odd])
    assert kept == [ours, odd]
    assert left == [(link, "herald") for link in links]
    assert tell_left(left) == "3 links left to herald, whose they are"


class Houses:
    """Two outlets on loopback and the desk that watches both."""

    def __init__(self, honest: Site, hostile: Site, app: App) -> None:
        self.honest, self.hostile, self.app = honest, hostile, app
        self.now = [NOW]

    async def look(self) -> None:
        await poll_and_deliver(self.app)
        self.now[0] += HOUR


@asynccontextmanager
async def houses(
    folder: Path, honest: dict[str, Page], hostile: dict[str, Page]
) -> AsyncIterator[Houses]:
    async with (
        serving(honest, host="127.0.0.2") as herald,
        serving(hostile, host="127.0.0.3") as bugle,
    ):
        places = Places(config=folder / "config", data=folder / "data")
        entries = "".join(
            f"  - {{id: {name}, name: X, url: '{site.url}', feeds: ['{site.url}/feed.xml']}}\n"
            for name, site in {"herald": herald, "bugle": bugle}.items()
        )
        make_config_folder(
            places.config,
            settings="fetch: {gap: 0s, allow_private: [herald, bugle]}\n",
            sources=f"sources:\n{entries}",
            rules="rules:\n  - {id: corridor, match: 'corridor* AND source:herald'}\n",
        )
        live = make_live(load_config(places.config, {}))
        now = [NOW]
        ports = Ports(clock=lambda: now[0], workers=HereAndNow())
        async with open_live(live, places, ports) as app:
            both = Houses(herald, bugle, app)
            both.now = now
            yield both


async def test_row_48_an_address_listed_before_it_exists_is_read_once_its_house_shows_it(
    tmp_path: Path,
) -> None:
    honest: dict[str, Page] = {"/feed.xml": feed()}
    hostile: dict[str, Page] = {}
    async with houses(tmp_path, honest, hostile) as both:
        url = f"{both.honest.url}/news/2026/report-7-on-the-corridor"
        hostile["/feed.xml"] = feed(item(url))
        await both.look()
        assert both.honest.paths == ["/feed.xml"], "nobody asks for it"
        row = await both.app.database.read(lambda tx: load_link(tx, url))
        assert row is not None, "but it was seen"
        assert (row.state, row.source_id) == (LedgerState.REJECTED, "bugle")
        assert row.reason == "left to herald, whose it is"
        honest["/news/2026/report-7-on-the-corridor"] = answer(
            article(7), "Content-Type: text/html"
        )
        honest["/feed.xml"] = feed(item(url))
        await both.look()
        row = await both.app.database.read(lambda tx: load_link(tx, url))
        assert row is not None
        assert (row.state, row.source_id) == (LedgerState.STORED, "herald")
        sums = await both.app.database.read(ledger_sums)
        assert sums[LedgerState.STORED] == 1
        await both.look()
        row = await both.app.database.read(lambda tx: load_link(tx, url))
        assert row is not None
        assert row.state is LedgerState.STORED, "who lists it later changes nothing"


async def test_row_48_row_50_of_what_is_left_to_others_only_so_much_is_written_down(
    tmp_path: Path,
) -> None:
    hostile: dict[str, Page] = {}
    async with houses(tmp_path, {"/feed.xml": feed()}, hostile) as both:
        urls = [f"{both.honest.url}/news/2026/report-{n}" for n in range(150)]
        hostile["/feed.xml"] = feed(*map(item, urls))
        await both.look()
        sums = await both.app.database.read(ledger_sums)
        assert sums[LedgerState.REJECTED] == sum(sums.values()) == MOST_LEFT


@pytest.mark.parametrize(
    ("watched", "then"),
    [
        pytest.param(True, Fetched, id="another's house: it is as open to its own as before"),
        pytest.param(False, Deferred, id="nobody's: it is left in peace"),
    ],
)
async def test_row_55_what_others_are_led_to_does_not_close_a_houses_circuit(
    watched: bool, then: type
) -> None:
    """A hostile page that redirects to a house's broken corner would silence the house."""
    pages = {
        "/broken": answer(b"", status="500 Oops"),
        "/well": answer(b"<p>well</p>", "Content-Type: text/html"),
    }
    away: dict[str, Page] = {}
    async with serving(pages) as house, serving(away, host="127.0.0.3") as other:
        away |= {f"/{n}": redirect(f"{house.url}/broken") for n in range(20)}
        homes = Homes([make_source("local", house.url)] if watched else [])
        async with fetching(homes=homes) as fetcher:
            for n in range(20):
                led = asking(f"{other.url}/{n}")
                await fetcher.fetch(replace(led, source=replace(led.source, id="guest")))
            assert isinstance(await fetcher.fetch(asking(f"{house.url}/well")), then)


async def test_row_55_all_guests_together_get_no_more_than_every_second_turn() -> None:
    pace = Pace(QUICK, in_flight=64, gap=0.0, chance=lambda: 0.0)
    served: list[bool] = []

    async def ask(*, guest: bool) -> None:
        async with pace.turn("herald.example", guest=guest):
            served.append(guest)

    async with asyncio.TaskGroup() as tasks, pace.turn("herald.example"):
        for number in range(103):
            tasks.create_task(ask(guest=number < 100))
        await asyncio.sleep(0)
    assert len(served) == 103
    assert served[:4].count(False) == 3


async def test_a_page_that_moved_to_another_watched_house_is_still_read() -> None:
    page = answer(b"<p>moved</p>", "Content-Type: text/html")
    async with serving({"/new": page}, host="127.0.0.2") as herald:
        pages = {"/old": redirect(f"{herald.url}/new", 301)}
        async with serving(pages) as bugle, fetching() as fetcher:
            outcome = await fetcher.fetch(asking(f"{bugle.url}/old"))
            assert isinstance(outcome, Fetched)
            assert outcome.url == f"{herald.url}/new"
