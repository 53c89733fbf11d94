"""Look at one site as the daemon would, for `presswatch sources add`."""

from config.settings import ExtractSettings, FetchSettings
from config.source import Source
from crawler.clock import utc_now
from crawler.discover.auto import Explored
from crawler.fetch.client import Fetcher
from crawler.finder import Finder
from crawler.workers import Workers


async def explore_site(url: str, *, private: bool = False) -> Explored:
    """Return all ways to a site's articles, with their coverage."""
    allowed = ("new",) if private else ()
    fetcher = Fetcher(FetchSettings(allow_private=allowed))
    limits = ExtractSettings()
    workers = Workers(1, seconds=limits.seconds, memory_mb=limits.memory_mb)
    try:
        found = await Finder(fetcher, workers).explore(
            Source(id="new", url=url, name=""), utc_now()
        )
    finally:
        await workers.close()
        await fetcher.close()
    return found
