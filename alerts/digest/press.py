"""Bring out every digest whose hour has come: gather, write, owe one mail per reader.

Reading and writing words happens outside the writer's transaction; the window's row decides in
it, so that two runs, a crash or a clock set back bring out no second mail.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from alerts.delivery.templating import TemplateProblem, Templates
from alerts.digest.due import NotDue, Window, beginning, due_window
from alerts.digest.facts import DigestFacts
from alerts.digest.gather import Surroundings, gather_facts
from alerts.digest.issue import Issue, publish
from alerts.digest.leaving import staying
from alerts.digest.page import write_digest
from config.digest import Digest
from storage.database import Database
from storage.digest_windows import begin_reader, last_end

log = structlog.get_logger()


def write_issue(facts: DigestFacts, templates: Templates) -> Issue:
    """Write a digest; it does not wait for a template to be mended."""
    try:
        written = write_digest(facts, templates)
    except TemplateProblem as problem:
        log.warning("a template cannot be used, ours is", problem=str(problem))
        written = write_digest(facts, Templates())
    return Issue(facts=facts, written=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The one who brings out digests."""

    database: Database
    digests: Sequence[Digest]
    around: Callable[[], Surroundings]
    templates: Templates
    clock: Callable[[], datetime]

    async def step(self) -> int:
        """Bring out what is due; return how many mails are owed now."""
        now, owed = self.clock(), 0
        for digest in self.digests:
            for window, readers in (await self._due(digest, now)).items():
                owed += await self.bring_out(digest, window, tuple(readers))
        return owed

    async def next_at(self) -> datetime | None:
        """Return when the next digest is due; None: there are none."""
        now = self.clock()
        times = []
        for digest in self.digests:
            due = due_window(digest, now, now)  # as if the last one had just gone out
            times.append(due.next_at if isinstance(due, NotDue) else now)
        return min(times, default=None)

    async def preview(self, digest: Digest, window: Window) -> Issue:
        """Write a digest without sending it."""
        around = self.around()
        facts = await self.database.read(lambda tx: gather_facts(tx, digest, window, around))
        return write_issue(facts, self.templates)

    async def _due(self, digest: Digest, now: datetime) -> dict[Window, list[str]]:
        ends = await self.database.read(
            lambda tx: {
                reader: last_end(tx, digest.id, reader) for reader in staying(tx, digest)
            }
        )
        windows: dict[Window, list[str]] = defaultdict(list)
        for reader, end in ends.items():
            if end is None:
                await self._begin(digest, reader, now)
                continue
            due = due_window(digest, end, now)
            if isinstance(due, Window):
                windows[due].append(reader)
        return windows

    async def _begin(self, digest: Digest, reader: str, now: datetime) -> None:
        start = beginning(digest, now)
        await self.database.write(lambda tx: begin_reader(tx, digest.id, reader, start))

    async def bring_out(self, digest: Digest, window: Window, readers: tuple[str, ...]) -> int:
        """Write one window for these readers; return how many mails are owed that were not."""
        now = self.clock()
        issue = await self.preview(digest, window)
        owed = await self.database.write(lambda tx: publish(tx, issue, readers, now))
        log.info(
            "digest", digest=digest.id, stories=issue.written.stories, mails=owed,
            subject=issue.written.subject,
        )  # fmt: skip
        return owed
