"""Look at one site as the daemon would, for `presswatch sources add`."""

from collections.abc import Callable
from dataclasses import replace

from config.settings import ExtractSettings, FetchSettings
from config.source import Source
from crawler.clock import utc_now
from crawler.discover.auto import Explored
from crawler.fetch.client import Fetcher
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.fetch.outcome import FetchRequest, Outcome
from crawler.watch.finder import Finder
from crawler.workers.pool import Workers


class _Telling:
    """Fetch, and say first what is asked for."""

    def __init__(self, real: Fetcher, say: Callable[[str], None]) -> None:
        self._real = real
        self._say = say

    async def fetch(self, request: FetchRequest) -> Outcome:
        self._say(f"asking {request.url}")
        return await self._real.fetch(request)

    def network(self, source: Source | None = None) -> NetworkUp | NetworkDown:
        return self._real.network(source)


async def explore_site(
    source: Source, settings: FetchSettings, *, private: bool, say: Callable[[str], None]
) -> Explored:
    """Return all ways to a site's articles, with their coverage."""
    allowed = (source.id,) if private else ()
    fetcher = Fetcher(replace(settings, allow_private=allowed))
    limits = ExtractSettings()
    workers = Workers(1, seconds=limits.seconds, memory_mb=limits.memory_mb)
    try:
        return await Finder(_Telling(fetcher, say), workers).explore(source, utc_now())
    finally:
        await workers.close()
        await fetcher.close()
