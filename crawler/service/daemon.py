"""The daemon: what rings when, what is done on each ring, and how it stops.

Every step asks the database what is due, so a step lost or doubled changes nothing but a delay.
Stopping means: take no more work, finish the step in hand, leave within ten seconds.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from alerts.delivery.operators import Notice, edit_rejected, owe, settings_wait
from alerts.explaining.plan import Plan
from config.errors import Mistake
from config.settings import Settings, waits_for_start
from crawler.allocator import give_back, share_heaps
from crawler.app import App, Ports
from crawler.crew import Crew
from crawler.failing import run_of
from crawler.fetch.outage import NetworkDown
from crawler.health import Edit
from crawler.live.kept import start_live
from crawler.live.planguard import ArchivePlan
from crawler.live.reload import Rejected, Reloader, Swapped, Waiting
from crawler.logs import configure
from crawler.places import Places
from crawler.service.notify import ServiceManager
from crawler.service.opening import open_in_time
from crawler.service.scheduler import Bell, Scheduler, Step, on_ring
from crawler.service.signals import Told, heeding
from crawler.service.status import StatusPage
from crawler.service.upkeep import Upkeep
from crawler.service.wallclock import WallClock
from crawler.service.welcome import files_not_live, welcome
from storage.doctor import examine_disk
from storage.due import claim_reading, free_sources
from storage.outbox import enqueue
from storage.setback import bring_forward
from storage.sources import SourceState, claim_due_sources
from storage.transaction import Transaction

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=15)
RUNS = 16  # sources under way for each request in flight: most of a run is waiting for its turn
POLL, DELIVER, RELOAD = timedelta(seconds=2), timedelta(seconds=3), timedelta(seconds=2)
DIGEST, NETWORK, UPKEEP = timedelta(seconds=20), timedelta(seconds=15), timedelta(hours=1)
CANARY, PICTURES = timedelta(minutes=1), timedelta(seconds=30)
HUBS = timedelta(seconds=30)
CLOCK, MEMORY = timedelta(minutes=1), timedelta(minutes=1)
HOLES = 16 << 20  # bytes that a burst of pages left in the heap
NETWORK_TOLD = timedelta(minutes=2)  # a blip is nobody's news
PATIENCE = timedelta(seconds=3)  # for a step under way when it is time to go


class Daemon:
    """One run, from ready to stopped."""

    def __init__(
        self, app: App, reloader: Reloader, crew: Crew, manager: ServiceManager, told: Told
    ) -> None:
        self._app = app
        self._reloader = reloader
        self._crew = crew
        self._manager = manager
        self._upkeep = Upkeep(
            app.database,
            app.live,
            app.clock,
            lambda: examine_disk(app.places.database),
        )
        self._scheduler = Scheduler()
        self._began = app.live().config.settings
        self._bells: list[Bell] = []
        self._told = told

    async def run(self) -> None:
        """Ring and step until stopped."""
        steps: list[tuple[Bell, timedelta, Step]] = [
            (Bell("poll"), POLL, self.poll),
            (Bell("deliver"), DELIVER, self.deliver),
            (self._told.reload_bell, RELOAD, self.reload),
            (Bell("digest"), DIGEST, self.digest),
            (Bell("canary"), CANARY, self.canary),
            (Bell("pictures"), PICTURES, self.pictures),
            (Bell("network"), NETWORK, self.network),
            (Bell("hubs"), HUBS, self._app.hubs.step),
            (Bell("upkeep"), UPKEEP, self.upkeep),
            (Bell("clock"), CLOCK, self.set_back),
            (Bell("memory"), MEMORY, self.give_back),
        ]
        if self._manager.alive_every:
            steps.append((Bell("watchdog"), self._manager.alive_every, self.alive))
        self._bells = [bell for bell, _, _ in steps]
        async with asyncio.TaskGroup() as tasks:
            ringing: list[asyncio.Task[None]] = []
            for bell, interval, step in steps:
                self._scheduler.every(interval, bell)
                work = on_ring(bell, self._told.stopping, step, self._app.health.failing)
                ringing.append(tasks.create_task(work, name=bell.name))
            tasks.create_task(self._app.health.pulse.feel(self._told.stopping), name="pulse")
            tasks.create_task(self._watch_clock(), name="clock")
            self._scheduler.start()
            self._manager.say("READY=1")
            await self._told.stopping.wait()
            self._take_no_more()
            _, hanging = await asyncio.wait(ringing, timeout=PATIENCE.total_seconds())
            for task in hanging:
                log.warning("step given up at the end", step=task.get_name())
                task.cancel()

    def _take_no_more(self) -> None:
        log.info("stopping")
        self._manager.say("STOPPING=1")
        self._scheduler.stop()
        self._crew.last_call()
        for bell in self._bells:
            bell.ring()

    async def poll(self) -> None:
        """Start the runs of sources that are due, as far as there is room."""
        free = self._crew.free
        if free <= 0:
            return
        now = self._app.clock()
        interrupted = self._app.pipeline.interrupted(now)

        def claim(tx: Transaction) -> tuple[list[SourceState], list[str]]:
            free_sources(tx, interrupted)
            states = claim_due_sources(tx, now, free, LEASE)
            return states, claim_reading(tx, now, free - len(states), LEASE)

        states, others = await self._app.database.write(claim)
        self._app.pipeline.resume(interrupted)
        due: dict[str, SourceState | None] = dict.fromkeys(others)
        due.update({state.source_id: state for state in states})
        for source_id, state in due.items():
            name = run_of(source_id)
            if state is not None or not self._crew.has(name):
                self._crew.start(self._app.pipeline.run(source_id, state), name)

    async def deliver(self) -> None:
        """Deliver what is owed, every channel by itself, so that none waits for another."""
        dispatcher = self._app.dispatcher
        await dispatcher.prepare()
        for channel in dispatcher.channels:
            name = f"channel {channel}"
            if not self._crew.has(name):
                work = dispatcher.deliver(channel, self._told.stopping.is_set)
                self._crew.start(work, name)
        self._app.health.last_delivery = self._app.clock()

    async def reload(self) -> None:
        """Let an edited configuration go live, or say why not."""
        force, self._told.reload_all = self._told.reload_all, False
        health = self._app.health
        match await self._reloader.look(self._app.clock(), force=force):
            case Swapped(live=live, plan=plan):
                await self._app.go_live(live)
                await self._note_waiting(live.config.settings)
                health.rejected_config, health.rejected_plan = (), ""
                self._note_edit(plan, waiting=False)
            case Rejected(mistakes=mistakes):
                health.rejected_config, health.rejected_plan = mistakes, ""
                self._note_edit(None, waiting=False)
                await self.tell_rejected(mistakes)
            case Waiting(reason=reason, plan=plan):
                health.rejected_config, health.rejected_plan = (), reason
                self._note_edit(plan, waiting=True)
                await self.tell_rejected((), reason)
            case _:
                pass
        await self._app.keep()

    def _note_edit(self, plan: Plan | None, *, waiting: bool) -> None:
        now = self._app.clock()
        edit = Edit(at=now, plan=plan, waiting=waiting) if plan else None
        self._app.health.edit = edit

    async def _note_waiting(self, settings: Settings) -> None:
        """Say which edited settings wait for the next start, to the operators once for each."""
        waiting, now = waits_for_start(self._began, settings), self._app.clock()
        new = set(waiting) - set(self._app.health.waits_for_start)
        self._app.health.waits_for_start = waiting
        if new:
            log.warning("settings wait for the next start", settings=", ".join(waiting))
            owed = owe(self._app.dispatcher.operators, settings_wait(waiting, now), now)
            await self._app.database.write(lambda tx: enqueue(tx, owed, now))

    async def tell_rejected(self, mistakes: Sequence[Mistake], reason: str = "") -> None:
        """Tell operators and the files' owners, once per edit, that it is not live."""
        now, config = self._app.clock(), self._app.live().config
        readers = self._app.dispatcher.operators.and_owners(config, mistakes)
        owed = owe(readers, edit_rejected(mistakes, reason), now)
        await self._app.database.write(lambda tx: enqueue(tx, owed, now))

    async def digest(self) -> None:
        """Write the digests whose hour has come."""
        await self._app.press.step()

    async def canary(self) -> None:
        """Let the daily canary in, and alarm when it does not come out."""
        if self._app.canary is not None:
            await self._app.canary.step()

    async def pictures(self) -> None:
        """Fetch the pictures of new stories, for digests that show some."""
        await self._app.pictures.step()

    async def network(self) -> None:
        """Say once when it is our own network that is down, and once when it is back."""
        down, health, now = self._app.fetcher.network(), self._app.health, self._app.clock()
        since = health.network_down_since
        if isinstance(down, NetworkDown):
            if since is None:
                health.network_down_since = down.since
                log.warning(
                    "no network: nobody answers; no source is blamed, and we keep trying",
                    since=down.since.isoformat(timespec="seconds"),
                    hosts=down.hosts,
                )
            elif now - since >= NETWORK_TOLD:
                await self.tell_network(since, "down", "no network: nobody answers", [
                    f"{down.hosts} hosts or more do not answer since {since:%H:%M} UTC.",
                    "That is our own network: no source is blamed, and we keep trying.",
                ])  # fmt: skip
        elif since is not None:
            health.network_down_since = None
            log.info("the network is back")
            if now - since >= NETWORK_TOLD:
                lines = [f"Nobody answered from {since:%H:%M} to {now:%H:%M} UTC."]
                await self.tell_network(since, "back", "the network is back", lines)

    async def tell_network(
        self, since: datetime, event: str, what: str, lines: list[str]
    ) -> None:
        """Tell the operators once of each event that befalls the network."""
        topic = f"network/{since:%Y%m%dT%H%M%SZ}/{event}"
        notice = Notice(topic=topic, subject=f"presswatch: {what}", lines=tuple(lines))
        now = self._app.clock()
        owed = owe(self._app.dispatcher.operators, notice, now)
        await self._app.database.write(lambda tx: enqueue(tx, owed, now))

    async def upkeep(self) -> None:
        """Do the chores of the store and of the process."""
        await self._upkeep.step()

    async def _watch_clock(self) -> None:
        """Ring all bells anew when the clock was set back; by the monotonic clock alone."""
        wall, loop = WallClock(), asyncio.get_running_loop()
        while not self._told.stopping.is_set():
            if step := wall.step_back(self._app.clock(), loop.time()):
                log.warning("the clock was set back", by=str(step))
                self._scheduler.ring_anew()
            await asyncio.sleep(1)

    async def set_back(self) -> None:
        """Bring forward what was put off while the clock ran ahead."""
        now = self._app.clock()
        if await self._app.database.write(lambda tx: bring_forward(tx, now)):
            log.warning("the clock ran ahead: what was put off by it is due now")

    async def give_back(self) -> None:
        """Hand back what a burst took, within a minute or so."""
        await asyncio.to_thread(give_back, least=HOLES)

    async def alive(self) -> None:
        """Tell systemd that the loop still turns."""
        self._manager.say("WATCHDOG=1")


async def run_daemon(
    places: Places,
    environ: Mapping[str, str],
    *,
    say: Callable[[str], object],
    ports: Ports | None = None,
) -> None:
    """Run until SIGTERM or SIGINT; raises what a person must mend before it can start."""
    share_heaps()  # before there are threads
    with heeding() as told:
        async with contextlib.AsyncExitStack() as stack:
            start, ports = start_live(places, environ), ports or Ports()
            settings = start.live.config.settings
            configure(settings.log_format)
            app = await open_in_time(stack, start.live, places, ports, told.stopping)
            if app is not None:  # else told to stop while it waited
                page = await stack.enter_async_context(StatusPage(app).serving())
                crew = await stack.enter_async_context(
                    Crew(RUNS * settings.fetch.in_flight, failing=app.health.failing)
                )
                crew.start(app.workers.warm(), "first worker")  # ready by the first answer
                reloader = Reloader(places, environ, app.live, ArchivePlan(app.database))
                daemon = Daemon(app, reloader, crew, ServiceManager(environ), told)
                lines = welcome(app.live(), places, page, app.clock())
                for line in (*lines, *files_not_live(places, start.mistakes)):
                    say(line)
                await daemon.run()
        say("stopped; nothing is half-done.")
