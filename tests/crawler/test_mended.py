"""A source that fails is tried at once when a person has mended what it needs."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.app import App, Ports, open_app
from crawler.live.configuration import load_live
from crawler.places import Places
from storage.sources import load_source, save_source
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW, make_config_folder

LATER = NOW + timedelta(hours=20)
SOURCES = """
sources:
  - {id: inside, name: Inside, url: "http://10.0.0.7/", kind: feed}
  - {id: mistyped, name: Mistyped, url: "https://feed.example/rsss", kind: feed}
"""


async def fail(app: App, source_id: str) -> None:
    """Let a source have failed long enough to be left alone."""
    state = await app.database.read(lambda tx: load_source(tx, source_id))
    assert state is not None
    failing = replace(state, failures=6.0, last_error="refused", next_at=LATER)
    await app.database.write(lambda tx: save_source(tx, failing))


async def next_at(app: App, source_id: str) -> datetime:
    state = await app.database.read(lambda tx: load_source(tx, source_id))
    assert state is not None
    return state.next_at


async def test_a_source_whose_entry_was_edited_does_not_wait_out_its_failures(
    tmp_path: Path,
) -> None:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    make_config_folder(places.config, sources=SOURCES)
    ports = Ports(clock=lambda: NOW, workers=HereAndNow())
    async with open_app(places, {}, ports) as app:
        for name in ("inside", "mistyped"):
            await fail(app, name)
        make_config_folder(places.config, sources=SOURCES.replace("rsss", "rss"))
        await app.go_live(load_live(places.config, {}))
        assert await next_at(app, "mistyped") == NOW
        assert await next_at(app, "inside") == LATER, "nothing of it was edited"


async def test_a_source_that_may_use_private_addresses_now_is_asked_at_the_start(
    tmp_path: Path,
) -> None:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    make_config_folder(places.config, sources=SOURCES)
    ports = Ports(clock=lambda: NOW, workers=HereAndNow())
    async with open_app(places, {}, ports) as app:
        for name in ("inside", "mistyped"):
            await fail(app, name)
    allowed = "fetch: {allow_private: [inside]}\n"
    make_config_folder(places.config, sources=SOURCES, settings=allowed)
    async with open_app(places, {}, ports) as app:
        assert await next_at(app, "inside") == NOW
        assert await next_at(app, "mistyped") == LATER
