"""A world that outlives the daemon: outlets, receivers, a disk, a clock that can be moved."""

import asyncio
import random
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.clock import utc_now
from crawler.demo.show import make_secret
from storage.stamp import from_text, to_text
from tests.chaos.press import OUTLETS, Press, publishing
from tests.chaos.processes import Life, Zygote, exists
from tests.chaos.receivers import GONE, Hook, Mailbox

WAYS = {
    "rss": "kind: feed, feeds: ['{base}/feed.xml']",
    "atom": "kind: feed, feeds: ['{base}/feed.xml']",
    "json": "kind: feed, feeds: ['{base}/feed.json']",
    "sitemap": "kind: sitemap, sitemaps: ['{base}/news-sitemap.xml']",
    "section": "kind: section, link_selector: .card a",
}
# What the daemon still has to do now, and when it next has something to do.
DUE_NOW = """
    SELECT (SELECT count(*) FROM ledger WHERE next_at <= :now)
         + (SELECT count(*) FROM sources WHERE next_at <= :now)
         + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'held')
               AND due_at <= :now AND (leased_until IS NULL OR leased_until <= :now))
"""
OPEN = """
    SELECT min(at) FROM (
        SELECT next_at AS at FROM ledger WHERE settled_at IS NULL
         UNION ALL SELECT max(due_at, coalesce(leased_until, ''))
                     FROM outbox WHERE state IN ('pending', 'held'))
"""


@dataclass
class World:
    """Everything of one run but the daemon."""

    folder: Path
    dice: random.Random
    zygote: Zygote
    press: Press
    mailbox: Mailbox
    hook: Hook
    secret: str = field(default_factory=make_secret)
    offset: timedelta = timedelta()
    kills: int = 0
    unread: int = 0  # how long the log was when the last life began

    @property
    def database(self) -> Path:
        """Return the daemon's database."""
        return self.folder / "data" / "presswatch.db"

    @property
    def log(self) -> str:
        """Return what the daemon has said so far."""
        file = self.folder / "log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def now(self) -> datetime:
        """Return the time as the daemon has it."""
        return utc_now() + self.offset

    def move_clock(self, by: timedelta) -> None:
        """Let the clock jump, under a running daemon, too."""
        self.offset += by
        fresh = self.folder / "clock.new"
        fresh.write_text(str(self.offset.total_seconds()), encoding="ascii")
        fresh.replace(self.folder / "clock")

    async def bear(self, *, border: int = 0) -> Life:
        """Start a daemon on what the last one left."""
        self.unread = len(self.log)
        return await self.zygote.bear(
            {
                "config": str(self.folder / "config"),
                "data": str(self.folder / "data"),
                "clock": str(self.folder / "clock"),
                "log": str(self.folder / "log"),
                "border": border,
                "environ": {"CHAOS_HOOK": self.hook.url, "CHAOS_SECRET": self.secret},
            }
        )

    async def bury(self, life: Life, workers: list[int]) -> None:
        """Kill a daemon for good; its workers must go by themselves."""
        life.kill()
        assert await life.ended(10)
        life.close()
        self.kills += 1
        for _ in range(500):
            if not any(map(exists, workers)):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"workers {workers} outlive their daemon")

    async def stop(self, life: Life) -> None:
        """Stop a daemon as an operator would."""
        said = self.log.count("stopped; nothing is half-done")
        life.kill(signal.SIGTERM)
        assert await life.ended(15), "SIGTERM, and it still runs after 15 s"
        life.close()
        assert self.log.count("stopped; nothing is half-done") == said + 1, self.log[-3000:]

    async def settle(self) -> None:
        """Let everything work again, and daemons run until nothing is left to do."""
        self.press.faulty = self.mailbox.faulty = self.hook.faulty = False
        self.move_clock(max(self.last_poll() - self.now(), timedelta()) + timedelta(minutes=20))
        for _ in range(60):
            life = await self.bear()
            await self.idle(life)
            await self.stop(life)
            with self.copied() as connection:
                at = connection.execute(OPEN).fetchone()[0]
            if at is None:
                return
            wait = from_text(at) - self.now()
            self.move_clock(max(wait, timedelta()) + timedelta(seconds=1))
        raise AssertionError(f"something is never done:\n{self.log[-3000:]}")

    def last_poll(self) -> datetime:
        """Return when every source will have been due; a clock set back makes that later."""
        if not self.database.exists():
            return self.now()
        with self.copied() as connection:
            try:
                at = connection.execute("SELECT max(next_at) FROM sources").fetchone()[0]
            except sqlite3.OperationalError:  # killed before its first migration
                at = None
        return from_text(at) if at else self.now()

    async def idle(self, life: Life) -> None:
        """Wait until the daemon watches and has nothing to do now."""
        due: int | None = None
        for _ in range(400):
            await asyncio.sleep(0.15)
            assert life.alive(), self.log[-3000:]
            due = self.count(DUE_NOW, {"now": to_text(self.now())})
            if due == 0 and "status page" in self.log[self.unread :]:
                return
        raise AssertionError(f"{due} things are due and not done:\n{self.log[-3000:]}")

    def count(self, query: str, values: dict[str, str] | None = None) -> int | None:
        """Count something in the database beside the daemon; None: there is none yet."""
        if not self.database.exists():
            return None
        uri = f"file:{self.database}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=30)) as connection:
            try:
                return int(connection.execute(query, values or {}).fetchone()[0])
            except sqlite3.OperationalError:  # its tables are being made
                return None

    @contextmanager
    def copied(self) -> Iterator[sqlite3.Connection]:
        """Open a copy of what lies on the disk, so that looking changes nothing."""
        with tempfile.TemporaryDirectory() as folder:
            for file in self.database.parent.glob("presswatch.db*"):
                shutil.copy(file, folder)
            with closing(sqlite3.connect(Path(folder) / "presswatch.db")) as connection:
                yield connection


@asynccontextmanager
async def world(folder: Path, seed: int, zygote: Zygote) -> AsyncIterator[World]:
    """Open a world; the same seed gives the same one."""
    dice = random.Random(seed)
    press = Press(random.Random(dice.random()))
    mailbox, hook = Mailbox(random.Random(dice.random())), Hook(random.Random(dice.random()))
    async with publishing(press), mailbox.receiving(), hook.receiving():
        found = World(folder, dice, zygote, press, mailbox, hook)
        write_config(found)
        start = datetime(2026, 11, 24, dice.randrange(24), dice.randrange(60), tzinfo=UTC)
        found.move_clock(start - utc_now())
        yield found


def write_config(found: World) -> None:
    """Write the configuration of the run."""
    folder = found.folder / "config"
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    ids = ", ".join(outlet.id for outlet in OUTLETS)
    (folder / "settings.yaml").write_text(
        "timezone: Asia/Baku\nlog_format: json\nstatus: {port: 0}\n"
        f"fetch: {{gap: 0s, contact: chaos@example.org, allow_private: [{ids}, hook]}}\n"
        "poll: {refetch: [15m, 2h]}\n"
        f"mail: {{host: 127.0.0.1, port: {found.mailbox.port}, tls: none,"
        " sender: presswatch@example.org, domain: example.org}\n"
    )
    entries = "".join(
        f"  - {{id: {each.id}, name: {each.name}, url: '{found.press.bases[each.id]}/', "
        f"every: 10m, {WAYS[each.way].format(base=found.press.bases[each.id])}}}\n"
        for each in OUTLETS
    )
    (folder / "sources" / "all.yaml").write_text(f"sources:\n{entries}")
    (folder / "rules" / "all.yaml").write_text(
        "version: 1\nrules:\n"
        "  - {id: stone, name: Stone, severity: urgent, match: 'quartzite'}\n"
        "  - {id: spice, name: Spice, severity: normal, match: 'saffron'}\n"
    )
    (folder / "channels.yaml").write_text(
        "channels:\n"
        f"  - {{id: mail, kind: email, to: [duty@example.org, {GONE}], default: true}}\n"
        "  - {id: hook, kind: webhook, url: env:CHAOS_HOOK, secrets: [env:CHAOS_SECRET],"
        " default: true}\n"
    )
    (folder / "digests.yaml").write_text(
        "digests:\n  - {id: daily, name: Watch, to: [one@example.org, two@example.org],"
        " at: '07:00', timezone: Asia/Baku}\n"
    )
