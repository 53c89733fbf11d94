"""Look at every article again: what that costs, by the manners of its server.

    python -m benchmarks.second_look [--json] [--articles 1000] [--only nonce]

The newsroom of benchmarks.end_to_end, read by the daemon's own parts under a made clock; after
twenty minutes, an hour and six more every article is due again, and has not changed. One server
answers 304 to whoever has its validator, one sends the same bytes, others never the same twice,
each in a way of benchmarks/restless.py: the first look finds out that they do, the last is as
all others of such a source. Beside them stands a daemon that was just started and remembers no
page: it reads each of them anew. CPU of daemon and workers, start left out.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from benchmarks.end_to_end import newsroom
from benchmarks.newsroom_desk import HOSTS, write_config
from benchmarks.soak import SoakClock
from benchmarks.vitals import command_of, cpu_seconds, family
from crawler.app import App, Ports, open_app
from crawler.logs import configure
from crawler.places import Places
from crawler.workers.pool import Workers
from storage.sources import SourceState, claim_due_sources

LOOKS = (timedelta(minutes=20), timedelta(minutes=50), timedelta(hours=6))
LEASE = timedelta(minutes=15)
ANEW = "all read anew, after a start"
CASES = {  # as printed: the server's manner
    ANEW: "plain",
    "304 by its validator": "validators",
    "the same bytes": "plain",
    "a comment at the end": "comment",
    "tokens in a meta and a form": "token",
    "a nonce of each script, the time": "nonce",
    "numbered advertisements": "advertisements",
    "a counter in the text": "counter",
    "other articles below": "related",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What so many links came to."""

    cpu: float  # seconds of the daemon and its workers
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def ms(self) -> float:
        """Return CPU milliseconds a link."""
        return self.cpu / self.outcomes.total() * 1000


async def look_again(folder: Path, count: int, manner: str, *, anew: bool) -> list[Cost]:
    """Read a newsroom and look at it again, by a daemon started anew or by the same."""
    clock, places = SoakClock(), Places(config=folder / "config", data=folder / "data")
    with newsroom(count, manner=manner) as port:
        write_config(places.config, port, count)
        async with open_app(places, {}, ports(clock)) as app:
            costs = [await read(app)]
            for later in () if anew else LOOKS:
                clock.now += later
                costs.append(await read(app))
        if anew:
            clock.now += LOOKS[0]
            async with open_app(places, {}, ports(clock)) as app:
                costs.append(await read(app))
    return costs


def ports(clock: SoakClock) -> Ports:
    """Return a made clock, and a worker that is not ended because the machine is busy."""
    return Ports(clock=clock, workers=Workers(1, seconds=60, quick=60, memory_mb=512))


async def read(app: App) -> Cost:
    """Read all links that are due, those of sources never looked at among them."""
    now = app.clock()
    states = await app.database.write(lambda tx: claim_due_sources(tx, now, HOSTS, LEASE))
    fresh: dict[str, SourceState] = {each.source_id: each for each in states if not each.ways}
    await app.workers.warm()
    await app.workers.run(len, b"")  # it has loaded what it needs
    begun = spent()
    runs = await asyncio.gather(
        *(app.pipeline.run(source, fresh.get(source)) for source in app.live().sources)
    )
    outcomes = sum((run.read for run in runs), Counter[str]())
    return Cost(cpu=spent() - begun, outcomes=outcomes)


def spent() -> float:
    """Return the CPU seconds of this process and of its workers."""
    workers = [each for each in family() if b"workbench" in command_of(each)]
    return time.process_time() + sum(map(cpu_seconds, workers))


def main() -> None:
    """Print the table, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description="an article looked at again")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--only", action="append", choices=sorted({*CASES.values()}))
    asked = parser.parse_args()
    configure("people", level="warning")
    found: dict[str, list[float]] = {}
    print("CPU ms:                           read   looked at first, and last")
    for case, manner in CASES.items():
        if asked.only and manner not in asked.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            coming = look_again(Path(folder), asked.articles, manner, anew=case == ANEW)
            costs = asyncio.run(coming)
        first, again, last = costs[0], costs[1], costs[-1]
        print(
            f"{case:32}{first.ms:7.2f}{again.ms:7.2f}{last.ms:7.2f}   {dict(last.outcomes)}",
            flush=True,
        )
        found[case.replace(",", "").replace(" ", "_")] = [round(each.ms, 3) for each in costs]
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
