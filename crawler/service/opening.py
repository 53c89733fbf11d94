"""Open the installation at a start, and wait for a database that cannot be written yet.

Started again on a full disk, a daemon that leaves is tried a few times by its service manager
and then never again, however much room is made.
"""

import asyncio
import contextlib

import structlog

from crawler.app import App, Ports, open_live
from crawler.live.configuration import Live
from crawler.places import Places
from storage.errors import TemporaryDatabaseError

log = structlog.get_logger(__name__)
AGAIN = 5.0  # seconds between two tries


async def open_in_time(
    stack: contextlib.AsyncExitStack,
    live: Live,
    places: Places,
    ports: Ports,
    stopping: asyncio.Event,
) -> App | None:
    """Open it onto the stack once its database can be written; None: told to stop before.

    Raises what a person must mend first.
    """
    said = ""
    while not stopping.is_set():
        try:
            return await stack.enter_async_context(open_live(live, places, ports))
        except TemporaryDatabaseError as error:
            if said != str(error):
                said = str(error)
                log.warning("cannot start yet; tried again every few seconds", why=said)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AGAIN):
                await stopping.wait()
    return None
