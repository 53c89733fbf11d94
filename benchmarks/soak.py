"""Let a daemon live for months in minutes: python -m benchmarks.soak [--json] [--quick].

500 polls of each of 300 outlets on loopback (a process of their own, 300 addresses), through
the real fetcher, workers and database. Only the clock is made: a round is 17 minutes, each
source is due in each. Compared are a tenth of the rounds after two days of that time, when all
that a day brings was done once with a whole day's articles, and the last tenth: what leaks,
grows. Beside it stands the second tenth, before the first whole day's digest was written. Then
the daemon idles for real, its bells ringing, and the CPU it takes is counted.
A late beat of the loop is ours only as far as the loop's own thread was working: a busy
machine makes others. SQLite's page caches are held small: as they fill they would hide a leak.
"""

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Self

from benchmarks.outlets import BEGIN, ROUND
from benchmarks.soak_desk import outlets, write_config
from benchmarks.vitals import Beat, Sample, cpu_seconds, family, feel, sample
from crawler.app import App, Ports, open_app
from crawler.crew import Crew
from crawler.live.planguard import ArchivePlan
from crawler.live.reload import Reloader
from crawler.logs import configure
from crawler.places import Places
from crawler.service.daemon import Daemon
from crawler.service.notify import ServiceManager
from crawler.service.signals import Told
from storage.coverage import ledger_sums
from storage.database import Database
from storage.ledger import LedgerState
from storage.stamp import to_text
from storage.transaction import Transaction

SOURCE_DUE = """
    SELECT 1 FROM sources WHERE enabled = 1 AND (next_at <= :now OR links_at <= :now) LIMIT 1
"""


class Thrifty(Database):
    """A database with small page caches: full ones (48 MB) fill as the archive grows."""

    @classmethod
    async def open(cls, path: Path, *, readers: int = 2, now: datetime) -> Self:
        """Open it, and tell each connection to keep little."""
        opened = await super().open(path, readers=readers, now=now)

        def keep_little(tx: Transaction) -> None:
            tx.fetch("PRAGMA cache_size = -2048")

        await opened.write(keep_little)
        await asyncio.gather(*(opened.read(keep_little) for _ in range(readers)))
        return opened


@dataclass(slots=True)
class SoakClock:
    """The time in the soak; it goes on only when it is told to."""

    now: datetime = BEGIN

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


async def one_round(app: App, daemon: Daemon, crew: Crew) -> None:
    """Ring every bell until nothing is due."""
    now = app.clock()
    while True:
        await daemon.poll()
        await crew.idle()
        if not await app.database.read(lambda tx: anything_due(tx, now)):
            break
    await daemon.deliver()
    await crew.idle()
    await daemon.digest()
    await daemon.canary()
    await daemon.network()
    await daemon.reload()
    await daemon.upkeep()


def anything_due(tx: Transaction, now: datetime) -> bool:
    """Tell whether a source or a link waits to be taken."""
    return tx.one(SOURCE_DUE, {"now": to_text(now)}) is not None


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak came to."""

    sources: int
    polls: int  # of each source
    articles: int
    cpu_ms_a_poll: float
    memory_mb: float  # at the end
    memory_grew: float  # the last tenth over one after two days
    memory_grew_at_all: float  # the last tenth over the second
    files_grew: float
    tasks_grew: float
    loop_held_ms: float  # the worst that our own work held it up: its thread's CPU time
    loop_late_ms: float  # the worst late beat, whoever kept the processor
    loop_late_p99_ms: float
    idle_cpu: float  # share of one core


async def soak(folder: Path, sources: int, polls: int, idle: float) -> Soaked:
    """Live for so many rounds, then idle for so many seconds."""
    clock, samples, beats = SoakClock(), list[Sample](), list[Beat]()
    places = Places(config=folder / "config", data=folder / "data")
    with outlets() as newsrooms:
        write_config(places.config, sources, newsrooms.port)
        ports = Ports(clock=clock, database=Thrifty)
        async with open_app(places, {}, ports) as app, Crew(64) as crew:
            reloader = Reloader(places, {}, app.live, ArchivePlan(app.database))
            told = Told()
            daemon = Daemon(app, reloader, crew, ServiceManager({}), told)
            beating = asyncio.create_task(feel(beats))
            spent = time.process_time()
            for number in range(polls):
                await asyncio.to_thread(newsrooms.publish, number)
                clock.now = BEGIN + ROUND * number + timedelta(minutes=5)
                await one_round(app, daemon, crew)
                samples.append(sample())
                if number % 50 == 49:
                    print(number + 1, samples[-1], flush=True)
            spent = time.process_time() - spent
            articles = (await app.database.read(ledger_sums))[LedgerState.STORED]
            beating.cancel()  # a hundred beats a second are no idle daemon
            idle_cpu = await be_idle(daemon, told, idle)
    tenth = max(1, polls // 10)
    settled = max(tenth, min(polls // 2, timedelta(days=2) // ROUND))

    def grew(name: str, since: int) -> float:
        values: list[float] = [getattr(each, name) for each in samples]
        return round(median(values[-tenth:]) / median(values[since : since + tenth]), 3)

    return Soaked(
        sources=sources,
        polls=polls,
        articles=articles,
        cpu_ms_a_poll=round(spent * 1000 / sources / polls, 2),
        memory_mb=round(samples[-1].memory_mb, 1),
        memory_grew=grew("memory_mb", settled),
        memory_grew_at_all=grew("memory_mb", tenth),
        files_grew=grew("files", tenth),
        tasks_grew=grew("tasks", tenth),
        loop_held_ms=round(max(min(each.late, each.worked) for each in beats) * 1000, 1),
        loop_late_ms=round(max(each.late for each in beats) * 1000, 1),
        loop_late_p99_ms=round(
            sorted(each.late for each in beats)[int(len(beats) * 0.99)] * 1000, 1
        ),
        idle_cpu=round(idle_cpu, 4),
    )


async def be_idle(daemon: Daemon, told: Told, seconds: float) -> float:
    """Let the daemon ring its bells with nothing due; return the CPU it takes."""
    running = asyncio.create_task(daemon.run())
    await asyncio.sleep(min(2.0, seconds))  # the first rings are over
    begun, members = time.monotonic(), family()
    before = sum(map(cpu_seconds, members))
    await asyncio.sleep(seconds)
    spent = sum(map(cpu_seconds, members)) - before
    taken = time.monotonic() - begun
    told.stop()
    await running
    return spent / taken


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="60 polls of 40 sources")
    parser.add_argument("--sources", type=int)
    parser.add_argument("--polls", type=int)
    parser.add_argument("--idle", type=float, default=30.0, help="seconds")
    options = parser.parse_args()
    sources = options.sources or (40 if options.quick else 300)
    polls = options.polls or (60 if options.quick else 500)
    configure("people", level="warning")
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(soak(Path(folder), sources, polls, options.idle))
    for name, value in asdict(found).items():
        print(f"{name:18} {value}")
    if options.json:
        print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
