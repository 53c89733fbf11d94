"""Answer on the status address while the daemon runs."""

import contextlib
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
            reason = f"none: {wanted.host}:{wanted.port} cannot be used ({error.strerror})"
            log.warning("no status page", reason=reason)
            yield reason
            return
        pages = make_pages(self._app.database, self._app, self._app.hubs)
        async with serving(pages, listening):
            yield address_of(listening)
