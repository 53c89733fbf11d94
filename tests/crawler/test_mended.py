"""A source is asked as soon as a person's edit asks for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from crawler.app import App, Ports, open_app
from crawler.live.configuration import load_live
from crawler.places import Places
from storage.sources import load_source, load_sources, save_source
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW, make_config_folder

PORTS = Ports(clock=lambda: NOW, workers=HereAndNow())
LATER = NOW + timedelta(hours=20)
SOURCES = """
sources:
  - {id: inside, name: Inside, url: "http://10.0.0.7/", kind: feed}
  - {id: mistyped, name: Mistyped, url: "https://feed.example/rsss", kind: feed}
"""


def installed(folder: Path) -> Places:
    places = Places(config=folder / "config", data=folder / "data")
    make_config_folder(places.config, sources=SOURCES)
    return places


async def fail(app: App) -> None:
    """Let the sources have failed long enough to be left alone."""
    for state in await app.database.read(load_sources):
        failing = replace(state, failures=6.0, last_error="refused", next_at=LATER)
        await app.database.write(partial(save_source, state=failing))


async def next_at(app: App, source_id: str) -> datetime:
    state = await app.database.read(lambda tx: load_source(tx, source_id))
    assert state is not None
    return state.next_at


async def test_a_source_whose_entry_was_edited_does_not_wait_out_its_failures(
    tmp_path: Path,
) -> None:
    places = installed(tmp_path)
    async with open_app(places, {}, PORTS) as app:
        await fail(app)
        make_config_folder(places.config, sources=SOURCES.replace("rsss", "rss"))
        await app.go_live(load_live(places.config, {}))
        assert await next_at(app, "mistyped") == NOW
        assert await next_at(app, "inside") == LATER, "nothing of it was edited"


async def test_a_source_that_may_use_private_addresses_now_is_asked_at_the_start(
    tmp_path: Path,
) -> None:
    places = installed(tmp_path)
    async with open_app(places, {}, PORTS) as app:
        await fail(app)
    allowed = "fetch: {allow_private: [inside]}\n"
    make_config_folder(places.config, sources=SOURCES, settings=allowed)
    async with open_app(places, {}, PORTS) as app:
        assert await next_at(app, "inside") == NOW
        assert await next_at(app, "mistyped") == LATER


async def test_a_shorter_wait_counts_from_the_last_look_when_it_is_live_and_at_a_start(
    tmp_path: Path,
) -> None:
    places, looked = installed(tmp_path), NOW - timedelta(minutes=1)
    often = SOURCES.replace("kind: feed}", "kind: feed, every: 5m}")
    async with open_app(places, {}, PORTS) as app:
        for state in await app.database.read(load_sources):
            later = replace(state, last_polled=looked, next_at=LATER)
            await app.database.write(partial(save_source, state=later))
        make_config_folder(places.config, sources=often)
        await app.go_live(load_live(places.config, {}))
        assert await next_at(app, "inside") == looked + timedelta(minutes=5)
        await fail(app)
    make_config_folder(places.config, sources=often.replace("5m", "2m"))
    async with open_app(places, {}, PORTS) as app:
        assert await next_at(app, "inside") == LATER, "who fails is left alone longer"
        for state in await app.database.read(load_sources):
            well = replace(state, failures=0.0, last_error="", last_polled=looked)
            await app.database.write(partial(save_source, state=well))
    async with open_app(places, {}, PORTS) as app:
        assert await next_at(app, "inside") == looked + timedelta(minutes=2)
