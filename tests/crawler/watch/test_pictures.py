"""Pictures are fetched for digests that show them, once per story, and by us alone."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from alerts.digest.gather import gather_facts
from config.config import Config
from config.source import Source
from crawler.live.configuration import Holder, make_live
from crawler.watch.pictures import Pictures
from crawler.workers.pool import Workers
from storage.article import Image
from storage.database import Database
from storage.thumbnails import load_thumbnail
from tests.alerts.digest.issues import make_digest
from tests.alerts.digest.test_press import SEVEN, TEXT, WINDOW, surroundings, take_in
from tests.alerts.telling import Clock
from tests.crawler.fetch.servers import Site, answer, fetching, serving
from tests.crawler.workers.test_reduce import noise, written
from tests.making import make_article

PHOTO = written(noise(900, 600), "JPEG")
PAGES = {
    "/photo.jpg": answer(PHOTO, "Content-Type: image/jpeg"),
    "/page.jpg": answer(b"<html>not found</html>", "Content-Type: image/jpeg"),
}
LOCAL = Source(id="local", url="http://127.0.0.1", name="Local", robots=False)
DAILY = make_digest(timezone="UTC", thumbnails=True)
NOON = SEVEN.replace(hour=5)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(1, seconds=5, memory_mb=512)
    yield workers
    await workers.close()


def config(*, thumbnails: bool = True) -> Config:
    digest = replace(DAILY, thumbnails=thumbnails)
    return replace(surroundings(digest).config, sources=(LOCAL,))


async def store(database: Database, image: Image) -> None:
    article = make_article(TEXT, url="http://127.0.0.1/a", source_id="local")
    article = replace(article, lead_image=image)
    await database.write(lambda tx: take_in(tx, article, NOON))


async def see_to(
    database: Database,
    workers: Workers,
    site: Site,
    *,
    thumbnails: bool = True,
    private: bool = True,
    able: bool = True,
) -> list[str]:
    """Take two steps; return what was asked for."""
    async with fetching(private=private) as fetcher:
        pictures = Pictures(
            database,
            fetcher,
            workers,
            Holder(make_live(config(thumbnails=thumbnails))),
            Clock(NOON),
            able=lambda: able,
        )
        await pictures.step()
        await pictures.step()
    return site.paths


async def test_a_picture_comes_into_the_digest_with_caption_and_credit(
    database: Database, workers: Workers
) -> None:
    async with serving(PAGES) as site:
        photo = Image(url=f"{site.url}/photo.jpg", caption="A ferry", credit="Harbour")
        await store(database, photo)
        assert await see_to(database, workers, site) == ["/photo.jpg"], "once"
    around = replace(surroundings(DAILY), config=config())
    facts = await database.read(lambda tx: gather_facts(tx, DAILY, WINDOW, around))
    (story,) = facts.stories
    assert story.thumbnail is not None
    assert (story.thumbnail.caption, story.thumbnail.credit) == ("A ferry", "Harbour")
    assert len(story.thumbnail.content) <= 8192
    plain = replace(DAILY, thumbnails=False)
    facts = await database.read(lambda tx: gather_facts(tx, plain, WINDOW, around))
    assert facts.stories[0].thumbnail is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("/page.jpg", "binary", id="a page in its place"),
        pytest.param("/gone.jpg", "not_found", id="not there"),
        pytest.param("", "names no picture", id="none named"),
    ],
)
async def test_without_a_picture_the_story_goes_without_and_is_not_asked_again(
    database: Database, workers: Workers, path: str, reason: str
) -> None:
    async with serving(PAGES) as site:
        await store(database, Image(url=f"{site.url}{path}" if path else ""))
        assert await see_to(database, workers, site) == [path] * bool(path)
    row = await database.read(lambda tx: tx.one("SELECT * FROM thumbnails", ()))
    assert row is not None
    assert reason in row["reason"]
    assert await database.read(lambda tx: load_thumbnail(tx, row["article_id"])) is None


async def test_nothing_is_fetched_unless_a_digest_wants_it(
    database: Database, workers: Workers
) -> None:
    async with serving(PAGES) as site:
        await store(database, Image(url=f"{site.url}/photo.jpg"))
        assert await see_to(database, workers, site, thumbnails=False) == []
        assert await see_to(database, workers, site, able=False) == [], "Pillow is an extra"


async def test_row_24_a_page_cannot_lead_us_to_a_private_address(
    database: Database, workers: Workers
) -> None:
    async with serving(PAGES) as site:
        await store(database, Image(url=f"{site.url}/photo.jpg"))
        assert await see_to(database, workers, site, private=False) == []
    row = await database.read(lambda tx: tx.one("SELECT reason FROM thumbnails", ()))
    assert row is not None
    assert "blocked_address" in row["reason"]
