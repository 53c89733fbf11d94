"""Look at every article once more: what that costs, by the manners of its server.

    python -m benchmarks.second_look [--json] [--articles 1000]

The newsroom of benchmarks.end_to_end, read by the daemon's own parts under a made clock; twenty
minutes later every article is due again, and has not changed. One server answers 304 to whoever
has its validator, one sends the same bytes, one never the same twice. Beside them stands a
daemon that has just been started and remembers no page: it reads each of them anew, which is
what every look cost before pages were remembered. CPU of daemon and workers, start left out.
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
from storage.sources import SourceState, claim_due_sources

LATER = timedelta(minutes=20)  # an article is looked at again after a quarter of an hour
LEASE = timedelta(minutes=15)
CASES = {  # as printed: the server's manner, and whether the daemon was started anew
    "all read anew, after a start": ("plain", True),
    "other bytes each time": ("restless", False),
    "the same bytes": ("plain", False),
    "304 by its validator": ("validators", False),
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


async def look_twice(folder: Path, count: int, manner: str, *, anew: bool) -> tuple[Cost, Cost]:
    """Read a newsroom, and look at it again, by a daemon started anew or by the same."""
    clock, places = SoakClock(), Places(config=folder / "config", data=folder / "data")
    with newsroom(count, manner=manner) as port:
        write_config(places.config, port, count)
        async with open_app(places, {}, Ports(clock=clock)) as app:
            first = await read(app)
            clock.now += LATER
            if not anew:
                return first, await read(app)
        async with open_app(places, {}, Ports(clock=clock)) as app:
            return first, await read(app)


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
    asked = parser.parse_args()
    configure("people", level="warning")
    found: dict[str, float] = {}
    anew = 0.0
    for case, (manner, started) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            first, again = asyncio.run(
                look_twice(Path(folder), asked.articles, manner, anew=started)
            )
        anew = anew or again.ms
        print(
            f"{case:32}{again.ms:7.2f} ms a look{anew / again.ms:7.1f} x"
            f"   (the first reading {first.ms:.2f})   {dict(again.outcomes)}"
        )
        found[case.replace(",", "").replace(" ", "_")] = round(again.ms, 3)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
