"""Answer on the status address while the daemon runs."""

import contextlib
import errno
from collections.abc import AsyncIterator

import structlog

from crawler.app import App
from crawler.pages.app import make_pages
from crawler.service.web import address_of, listen, serving

log = structlog.get_logger(__name__)


class StatusPage:
    """The web server beside the daemon's work; without its address the work goes on."""

    def __init__(self, app: App) -> None:
        self._app = app

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve while the block runs; yield the address, or why there is none."""
        wanted = self._app.live().config.settings.status
        try:
            listening = listen(wanted.host, wanted.port)
        except OSError as error:
            reason = f"none: {why_not(error, wanted.host, wanted.port)}"
            log.warning("no status page", reason=reason)
            yield reason
            return
        pages = make_pages(self._app.database, self._app, self._app.hubs)
        async with serving(pages, listening):
            yield address_of(listening)


def why_not(error: OSError, host: str, port: int) -> str:
    """Say why the address cannot be listened on, and what to write instead."""
    there = "status: in settings.yaml"
    match error.errno:
        case errno.EADDRINUSE:
            taken = f"port {port} of {host} is taken by another program"
            return f"{taken}; free it, or write another port: under {there}"
        case errno.EACCES:
            return (
                f"port {port} is not for this user; write one above 1023 as port: under {there}"
            )
        case errno.EADDRNOTAVAIL:
            return f"this machine has no address {host}; mend host: under {there}"
        case _:
            return (
                f"{host}:{port} cannot be listened on ({error.strerror or error}); see {there}"
            )
