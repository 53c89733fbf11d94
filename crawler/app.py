"""Put everything together: the one place where parts are made and handed to each other."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from alerts.delivery.canary_watch import CanaryWatch
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.open_channels import Means, open_channels
from alerts.delivery.operators import operators_of
from alerts.delivery.templating import Templates
from alerts.digest.press import Press
from config.channel import Channel
from config.load import fingerprint
from config.settings import EvidenceSettings
from crawler.clock import Clock, utc_now
from crawler.digesting import open_press
from crawler.discover.address import host_of
from crawler.fetch.client import Fetcher
from crawler.fetch.guarded import guarded_client
from crawler.fetch.limits import EXCHANGE_LIMITS
from crawler.fetch.resolver import SystemResolver
from crawler.fetch.robots_shelf import RobotsShelf
from crawler.fetch.transport import GuardedTransport
from crawler.health import Health
from crawler.live.configuration import Holder, Live, load_live
from crawler.live.kept import keep_live, live_texts
from crawler.places import DataFolderError, Places
from crawler.version import our_version
from crawler.watch.canary import Door, open_watch
from crawler.watch.finder import Finder
from crawler.watch.hubs import Hubs
from crawler.watch.ingest import Ingest
from crawler.watch.look import Fetches, Looker
from crawler.watch.pictures import Pictures
from crawler.watch.pipeline import Pipeline
from crawler.watch.read import Reader
from crawler.watch.witness import Witness
from crawler.workers.pool import Workers
from storage.chain import Chain
from storage.configurations import Configuration, note_configuration
from storage.database import Database
from storage.due import free_reading
from storage.signing import make_key
from storage.sources import ensure_sources, keep_pace, try_again
from storage.transaction import Transaction
from storage.ways import read_well

# Seconds in which articles gather for one commit. A source whose hosts want no gap is read no
# faster than one article a moment.
MOMENT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The doors to the world; tests hand in their own, or stand before the real one."""

    clock: Clock = utc_now
    fetcher: Callable[[Fetches], Fetches] = lambda real: real
    workers: Workers | None = None
    database: type[Database] = Database


@dataclass(slots=True, kw_only=True)
class App:
    """Everything that runs, made once."""

    places: Places
    clock: Clock
    live: Holder
    health: Health
    database: Database
    pipeline: Pipeline
    workers: Workers
    fetcher: Fetches
    pictures: Pictures
    clients: "Clients"
    hubs: Hubs
    key: bytes  # what the addresses in mails are signed with
    dispatcher: Dispatcher = field(init=False)
    press: Press = field(init=False)
    canary: CanaryWatch | None = field(init=False)  # None: no canary is configured
    kept: str = ""  # fingerprint of the files of which a copy is kept

    def __post_init__(self) -> None:
        """Open the channels and the press of the live configuration."""
        self._open_channels(self.live())

    def _open_channels(self, live: Live) -> None:
        config = live.config
        channels = open_channels(
            config.channels,
            config.settings,
            self.clients.of,
            Means(
                folder=self.places.mail,
                templates=Templates(self.places.templates),
                clock=self.clock,
                key=self.key,
            ),
        )
        self.dispatcher = Dispatcher(
            database=self.database,
            channels=channels,
            operators=operators_of(config.settings.alerts.operator, config.channels),
            clock=self.clock,
        )
        door = Door(self.database, self.live, self.workers, self.clock)
        self.canary = open_watch(door, self.dispatcher, self.live)
        self.press = open_press(self.database, self.live, self.health, self.places, self.clock)

    async def go_live(self, live: Live) -> None:
        """Let a checked configuration run: its sources, rules and channels."""
        before = self.live().sources
        edited = [name for name, source in live.sources.items() if source != before.get(name)]
        self.live.swap(live)
        self._open_channels(live)
        now = self.clock()
        noted = await self._as_kept(now)

        def begin(tx: Transaction) -> None:
            ensure_sources(tx, live.sources, now)
            try_again(tx, edited, now)
            keep_pace(tx, _paces(live))
            note_configuration(tx, noted)

        await self.database.write(begin)

    async def begin(self) -> None:
        """Take back what a dead process held, and make known what is live."""
        now, live = self.clock(), self.live()
        noted = await self._as_kept(now)

        def begin(tx: Transaction) -> None:
            free_reading(tx)
            ensure_sources(tx, live.sources, now)
            # This setting is taken up at a start, and was the answer to their being refused.
            try_again(tx, live.config.settings.fetch.allow_private, now)
            keep_pace(tx, _paces(live))
            note_configuration(tx, noted)

        await self.database.write(begin)

    async def _as_kept(self, since: datetime) -> Configuration:
        """Return what is live as it is kept for a replay."""
        config = self.live().config
        return Configuration(
            since=since,
            version=our_version(),
            fingerprint=config.fingerprint,
            rules_fingerprint=config.rules_fingerprint,
            files=await asyncio.to_thread(live_texts, self.places, config.fingerprint),
        )

    async def keep(self) -> None:
        """Keep a copy of the files that are live, if there is none; raises DataFolderError."""
        live = self.live().config.fingerprint
        if self.kept == live:
            return
        if await asyncio.to_thread(fingerprint, self.places.config) == live:
            await asyncio.to_thread(keep_live, self.places)
            self.kept = live


class Clients:
    """The two HTTP clients that messages go out by: one may reach private addresses."""

    def __init__(self, private: frozenset[str]) -> None:
        self._private = private
        self._public = guarded_client(allow_private=False)
        self._inside = guarded_client(allow_private=True)

    def of(self, channel: Channel) -> httpx.AsyncClient:
        """Return the client for a channel."""
        return self.to(channel.id)

    def to(self, source_id: str) -> httpx.AsyncClient:
        """Return the client for a source's hub."""
        return self._inside if source_id in self._private else self._public

    async def close(self) -> None:
        """Close both."""
        await self._public.aclose()
        await self._inside.aclose()


def _paces(live: Live) -> dict[str, timedelta]:
    """Return how often those sources are looked at whose entry says it."""
    return {
        name: source.every
        for name, source in live.sources.items()
        if source.every is not None and source.cron is None
    }


@contextlib.asynccontextmanager
async def open_app(
    places: Places, environ: Mapping[str, str], ports: Ports | None = None
) -> AsyncIterator[App]:
    """Open an installation and close it again.

    Raises ConfigError, DataFolderError or DatabaseError, each with what to do about it.
    """
    ports = ports or Ports()
    live = load_live(places.config, environ)
    async with open_live(live, places, ports) as app:
        yield app


@contextlib.asynccontextmanager
async def open_live(live: Live, places: Places, ports: Ports) -> AsyncIterator[App]:
    """Open an installation whose configuration is already read."""
    places.prepare()
    settings = live.config.settings
    async with contextlib.AsyncExitStack() as stack:
        database = await ports.database.open(places.database, now=ports.clock())
        stack.push_async_callback(database.close)
        workers = ports.workers or Workers(
            settings.extract.workers,
            seconds=settings.extract.seconds,
            memory_mb=settings.extract.memory_mb,
        )
        stack.push_async_callback(workers.close)
        clients = Clients(frozenset(settings.fetch.allow_private))
        stack.push_async_callback(clients.close)
        holder = Holder(live)
        # So that after a start no outlet's name waits behind those of a silent DNS, and dead
        # outlets that fail first are not taken for our own network.
        known = await database.read(read_well)
        resolve = SystemResolver(EXCHANGE_LIMITS.name, known=set(map(host_of, known)))
        real = Fetcher(settings.fetch, clock=ports.clock, room=workers.room,
                       homes=lambda: holder().homes,
                       transport=GuardedTransport(resolve=resolve),
                       shelf=RobotsShelf(database), known=known)  # fmt: skip
        stack.push_async_callback(real.close)
        fetcher = ports.fetcher(real)
        health = Health(started_at=ports.clock(), workload=workers.workload)
        looker = Looker(database, fetcher, workers, Finder(fetcher, workers), ports.clock,
                        lambda: holder().config.settings.status.public is not None)  # fmt: skip
        witness = open_witness(settings.evidence, places, database, workers)
        if witness is not None:
            stack.push_async_callback(witness.close)
        ingest = Ingest(database, holder, moment=MOMENT, witness=witness)
        reader = Reader(database, fetcher, workers, ingest, ports.clock)
        app = App(
            places=places,
            clock=ports.clock,
            live=holder,
            health=health,
            database=database,
            pipeline=Pipeline(looker, reader, holder, health, ports.clock),
            workers=workers,
            fetcher=fetcher,
            pictures=Pictures(database, fetcher, workers, holder, ports.clock),
            clients=clients,
            hubs=Hubs(database, workers, holder, clients.to, ports.clock),
            key=await database.write(make_key),
        )
        await recover(app)
        yield app


def open_witness(
    settings: EvidenceSettings, places: Places, database: Database, workers: Workers
) -> Witness | None:
    """Return whoever keeps what pages said that matched; None: nobody is asked to."""
    folder = places.evidence(settings)
    if folder is None:
        return None
    chain = Chain(folder, most=settings.most_mb * 1_000_000, keep=settings.keep)
    return Witness(chain, database, our_version(), carrying=workers.carrying)


async def recover(app: App) -> None:
    """Begin where a dead process ended."""
    await app.begin()
    with contextlib.suppress(DataFolderError):  # the reloader's looks try again, and say why
        await app.keep()
        app.kept = app.live().config.fingerprint  # else it is the copy that is live
    await app.dispatcher.recover()
