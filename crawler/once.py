"""Look once: poll what is due, read what it brings, deliver what is owed, and leave."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from config.counting import count
from crawler.app import App, open_app
from crawler.crew import Crew
from crawler.failing import run_of
from crawler.fetch.outage import NetworkDown
from crawler.places import Places
from crawler.progress import progress
from crawler.watch.pipeline import Ran
from storage.due import claim_reading
from storage.sources import SourceState, claim_due_sources

LEASE = timedelta(minutes=15)
MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What one look at everything came to."""

    sources: int
    failed: tuple[str, ...]  # sources of which nothing could be read
    new: int
    read: Counter[str] = field(default_factory=Counter)
    unreached: int = 0  # hosts tried in vain while nobody at all answered
    sent: int = 0
    dead: int = 0

    def __str__(self) -> str:
        """Write it as a person wants to read it."""
        kinds = ", ".join(f"{number:,} {what}" for what, number in sorted(self.read.items()))
        lines = [
            f"{count(self.sources, 'source')} polled, {count(self.new, 'new link')}"
            f"{f': {kinds}' if kinds else ''}; "
            f"{count(self.sent, 'message')} delivered"
            f"{f', {self.dead:,} dead (presswatch outbox)' if self.dead else ''}."
        ]
        if self.unreached:
            lines.append(
                f"no network: none of {count(self.unreached, 'host')} answers; "
                "no source is blamed."
            )
        elif self.failed:
            lines.append(f"failed: {', '.join(self.failed)}; 'presswatch sources' says why.")
        return "\n".join(lines)


async def look_once(places: Places, environ: Mapping[str, str]) -> Once:
    """Open the installation, look once, close it."""
    async with open_app(places, environ) as app:
        return await poll_and_deliver(app)


async def poll_and_deliver(app: App) -> Once:
    """Run every source that is due, then deliver until nothing is due."""
    now = app.clock()
    states = await app.database.write(lambda tx: claim_due_sources(tx, now, MOST, LEASE))
    others = await app.database.write(lambda tx: claim_reading(tx, now, MOST, LEASE))
    due: dict[str, SourceState | None] = dict.fromkeys(others)
    due.update({state.source_id: state for state in states})
    runs: list[Ran] = []
    with progress("polling", len(due)) as advance:

        async def run(source_id: str, state: SourceState | None) -> None:
            runs.append(await app.pipeline.run(source_id, state, longest=LEASE))
            advance(1)

        async with Crew(max(1, len(due))) as crew:
            for source_id, state in due.items():
                crew.start(run(source_id, state), run_of(source_id))
            await crew.idle()
    await app.pictures.step()
    delivered = await app.dispatcher.step()
    read: Counter[str] = sum((each.read for each in runs), Counter())
    network = app.fetcher.network()
    return Once(
        unreached=network.hosts if isinstance(network, NetworkDown) else 0,
        sources=len(states),
        failed=tuple(r.source_id for r in runs if r.looked is not None and r.looked.failed),
        new=sum(each.looked.new for each in runs if each.looked),
        read=read,
        sent=delivered.sent,
        dead=delivered.dead,
    )
