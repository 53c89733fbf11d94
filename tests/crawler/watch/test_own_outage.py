"""When everything fails at once it is our network: nobody is blamed, and it is one message."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.notification import from_json
from config.load import load_config
from config.settings import PollSettings
from config.source import Source
from crawler.app import App, Ports, open_live
from crawler.crew import Crew
from crawler.discover.auto import NoAnswer
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.fetch.outcome import Failed, FailureKind, FetchRequest
from crawler.live.configuration import make_live
from crawler.live.planguard import ArchivePlan
from crawler.live.reload import Reloader
from crawler.once import poll_and_deliver
from crawler.places import Places
from crawler.service.daemon import Daemon
from crawler.service.notify import ServiceManager
from crawler.service.signals import Told
from crawler.service.web import listen
from crawler.watch.finder import Finder
from crawler.watch.notes import NO_WAY, Timing, next_state
from crawler.workers.pool import Workers
from storage.coverage import ledger_sums
from storage.ledger import LedgerState
from storage.outbox import list_messages
from storage.sources import SourceState, load_sources
from tests.crawler.fetch.servers import Site, answer
from tests.crawler.newsdesk import article, feed, item
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW, make_config_folder, make_source

HOSTS = [f"127.0.7.{n}" for n in range(1, 5)]
MINUTE = timedelta(minutes=1)


@dataclass
class Net:
    """Four hosts that all answer, or none."""

    site: Site
    servers: list[asyncio.Server] = field(default_factory=list)
    lines: list[asyncio.StreamWriter] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.append(writer)
        await self.site.serve(reader, writer)

    async def up(self) -> None:
        """Let all answer."""
        for host in HOSTS:
            server = await asyncio.start_server(self.serve, host, self.site.port)
            self.servers.append(server)

    async def down(self) -> None:
        """Let none answer."""
        for server in self.servers:
            server.close()
        for line in self.lines:
            line.transport.abort()
        self.servers.clear()
        self.lines.clear()


@contextlib.asynccontextmanager
async def net() -> AsyncIterator[Net]:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    found = Net(Site(pages={}, port=port))
    try:
        yield found
    finally:
        await found.down()


@contextlib.asynccontextmanager
async def desk(
    folder: Path, port: int, now: list[datetime], every: str = "10m"
) -> AsyncIterator[App]:
    rows = "".join(
        f"  - {{id: s{n}, name: S, url: 'http://{host}:{port}', every: {every}, "
        f"feeds: ['http://{host}:{port}/feed.xml']}}\n"
        for n, host in enumerate(HOSTS)
    )
    places = Places(config=folder / "config", data=folder / "data")
    make_config_folder(
        places.config,
        settings="fetch: {gap: 0s, allow_private: [s0, s1, s2, s3]}\n"
        "alerts: {operator: [duty-mail]}\n",
        sources=f"sources:\n{rows}",
    )
    ports = Ports(clock=lambda: now[0], workers=HereAndNow())
    async with open_live(make_live(load_config(places.config, {})), places, ports) as app:
        yield app


async def test_an_outage_of_ours_blames_nobody_is_told_once_and_is_over_at_once(
    tmp_path: Path,
) -> None:
    now = [NOW]
    async with net() as hosts, desk(tmp_path, hosts.site.port, now) as app, Crew(9) as crew:
        reloader = Reloader(app.places, {}, app.live, ArchivePlan(app.database))
        daemon = Daemon(app, reloader, crew, ServiceManager({}), Told())
        hosts.site.pages = {"/feed.xml": feed()}
        await hosts.up()
        await poll_and_deliver(app)

        await hosts.down()
        for _ in range(40):  # more than an hour
            now[0] += 2 * MINUTE
            await poll_and_deliver(app)
            await daemon.network()
        sources = await app.database.read(load_sources)
        assert max(source.failures for source in sources) <= 0.5  # until three had failed
        [told] = await app.database.read(list_messages)
        assert from_json(told.payload).subject == "presswatch: no network: nobody answers"

        url = f"http://{HOSTS[0]}:{hosts.site.port}/news/report-1-of-the-day"
        hosts.site.pages = {"/feed.xml": feed(item(url)), "/news/report-1-of-the-day": (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
            % (len(article(1)), article(1))
        )}  # fmt: skip
        await hosts.up()
        for _ in range(3):
            now[0] += 2 * MINUTE
            await poll_and_deliver(app)
            await daemon.network()
        sources = await app.database.read(load_sources)
        assert all(source.last_success and now[0] - source.last_success < 9 * MINUTE
                   for source in sources)  # fmt: skip
        subjects = [
            from_json(row.payload).subject for row in await app.database.read(list_messages)
        ]
        assert subjects.count("presswatch: the network is back") == 1
        assert subjects.count("presswatch: no network: nobody answers") == 1


async def test_links_that_wait_out_an_outage_are_read_after_it(tmp_path: Path) -> None:
    """With no feed to look at, it is the links that find each time that nobody answers."""
    now = [NOW]
    async with net() as hosts, desk(tmp_path, hosts.site.port, now, every="1d") as app:
        urls = [f"http://{host}:{hosts.site.port}/news/report-of-the-day" for host in HOSTS]
        hosts.site.pages = {"/feed.xml": feed(*map(item, urls))}

        async def feeds_only(writer: asyncio.StreamWriter) -> None:
            while hosts.site.paths.count("/feed.xml") < len(HOSTS):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)  # the last of them is on its way
            await hosts.down()
            writer.close()

        hosts.site.pages["/news/report-of-the-day"] = feeds_only
        await hosts.up()
        await poll_and_deliver(app)
        for _ in range(80):
            now[0] += 15 * MINUTE
            await poll_and_deliver(app)
        sums = await app.database.read(ledger_sums)
        assert sums[LedgerState.WAITING] == sum(sums.values()) == len(urls)

        hosts.site.pages["/news/report-of-the-day"] = answer(article(1))
        await hosts.up()
        for _ in range(3):
            now[0] += 15 * MINUTE
            await poll_and_deliver(app)
        sums = await app.database.read(ledger_sums)
        assert sums[LedgerState.WAITING] == sums[LedgerState.DEAD] == 0


@pytest.mark.parametrize(
    ("network", "error"),
    [(NetworkDown(since=NOW, hosts=3), ""), (NetworkUp(), NO_WAY.reason)],
    ids=["ours", "theirs"],
)
def test_a_source_whose_ways_were_not_found_is_blamed_only_when_others_answer(
    network: NetworkUp | NetworkDown, error: str
) -> None:
    state = SourceState(source_id="newsroom", next_at=NOW)
    timing = Timing(now=NOW, poll=PollSettings(), jitter=0.0, network=network)
    after = next_state(make_source(), state, [], [], timing)
    assert (after.last_error, after.failures) == (error, 1.0 if error else 0.0)


class Silent:
    """A fetcher whom nobody answers."""

    async def fetch(self, request: FetchRequest) -> Failed:
        return Failed(url=request.url, kind=FailureKind.DNS, reason="no such host")

    def network(self, source: Source | None = None) -> NetworkUp:
        return NetworkUp()


async def test_a_site_that_does_not_answer_is_said_to_be_silent_not_to_lack_a_feed() -> None:
    workers = Workers(1, seconds=5, memory_mb=512)
    source = make_source()
    silent = await Finder(Silent(), workers).ways(source, NOW)
    await workers.close()
    assert isinstance(silent, NoAnswer)
    timing = Timing(
        now=NOW, poll=PollSettings(), jitter=0.0, network=NetworkUp(), unanswered=silent
    )
    after = next_state(source, SourceState(source_id="a", next_at=NOW), [], [], timing)
    assert after.last_error == f"{source.url}: dns: no such host"
    assert after.failures == FailureKind.DNS.weight
