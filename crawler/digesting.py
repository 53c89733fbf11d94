"""Bring out digests for the daemon and the command line: who is silent, what was rejected."""

from datetime import timedelta

from alerts.delivery.templating import Templates
from alerts.digest.due import Window, beginning, window_since
from alerts.digest.gather import Surroundings
from alerts.digest.leaving import staying
from alerts.digest.press import Press
from config.digest import Digest
from crawler.clock import Clock
from crawler.condition import silence_of
from crawler.health import Health
from crawler.live.configuration import Holder
from crawler.places import Places
from storage.database import Database
from storage.digest_windows import last_end


def open_press(
    database: Database, live: Holder, health: Health, places: Places, clock: Clock
) -> Press:
    """Open the press for the live configuration's digests."""

    def around() -> Surroundings:
        return Surroundings(
            config=live().config,
            judge=silence_of,
            ruleset=live().ruleset,
            rejected=rejected_edit(health),
        )

    return Press(
        database=database,
        digests=live().config.digests,
        around=around,
        templates=Templates(places.templates),
        clock=clock,
    )


def rejected_edit(health: Health) -> str:
    """Say in a line why the last edit did not go live; empty: all is live."""
    if health.rejected_plan:
        return health.rejected_plan
    if health.rejected_config:
        first = str(health.rejected_config[0]).splitlines()[0]
        more = len(health.rejected_config) - 1
        return f"{first}{f' (and {more} more)' if more else ''}"
    return ""


async def bring_out_now(press: Press, digest: Digest, *, span: timedelta | None = None) -> int:
    """Bring out a digest of everything since the last one, ahead of its hour.

    span: look back so far instead, whatever readers had before.
    """
    owed = 0
    for reader in await press.database.read(lambda tx: staying(tx, digest)):
        window = await open_window(press, digest, reader, span)
        owed += await press.bring_out(digest, window, (reader,))
    return owed


async def open_window(
    press: Press, digest: Digest, reader: str, span: timedelta | None = None
) -> Window:
    """Return a reader's next window, as if it ended now; span: look back so far instead."""
    now = press.clock()
    if span is not None:
        return Window(start=now - span, end=now)
    end = await press.database.read(lambda tx: last_end(tx, digest.id, reader))
    return window_since(digest, end or beginning(digest, now), now)
