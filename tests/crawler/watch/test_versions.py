"""A page that did not change is neither sent nor read again; one that did is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from crawler.fetch.outcome import Fetched, FetchKind, FetchRequest
from crawler.watch.versions import STEADY, Versions
from crawler.workers.pool import Done, Undone
from crawler.workers.work import Gist
from storage.articles import StoredArticle, article_by_url
from tests.crawler.fetch.servers import answer
from tests.crawler.newsdesk import HOUR, Desk, article, feed, item, watching
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW, make_source

T = TypeVar("T")
HTML = "Content-Type: text/html"
PATH = "/news/report-1-of-the-day"
SOURCE = make_source()


async def stored(desk: Desk) -> StoredArticle:
    url = f"{desk.site.url}{PATH}"
    found = await desk.app.database.read(lambda tx: article_by_url(tx, url))
    assert isinstance(found, StoredArticle)
    return found


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        pytest.param('ETag: "v1"', 'If-None-Match: "v1"', id="a tag"),
        pytest.param(
            "Last-Modified: Tue, 24 Nov 2026 07:00:00 GMT",
            "If-Modified-Since: Tue, 24 Nov 2026 07:00:00 GMT",
            id="a date",
        ),
    ],
)
async def test_a_server_that_marks_its_pages_is_asked_only_for_what_changed(
    tmp_path: Path, first: str, asked: str
) -> None:
    async with watching(tmp_path) as desk:
        desk.pages[PATH] = answer(article(1), HTML, first)
        desk.pages["/feed.xml"] = feed(item(f"{desk.site.url}{PATH}"))
        assert (await desk.look()).read == {"stored": 1}
        desk.pages[PATH] = answer(b"", first, status="304 Not Modified")
        before = await stored(desk)
        assert (await desk.look()).read == {"unchanged": 1}
        assert asked in desk.site.head_of(PATH)
        after = await stored(desk)
        assert after.article == before.article
        assert after.last_seen > before.last_seen


async def test_the_same_bytes_are_not_read_again_and_others_are(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        desk.show(PATH, article(1))
        desk.pages["/feed.xml"] = feed(item(f"{desk.site.url}{PATH}"))
        assert (await desk.look()).read == {"stored": 1}
        readings = desk.app.workers.workload.answers.total()
        assert (await desk.look(6 * HOUR)).read == {"unchanged": 1}
        assert desk.app.workers.workload.answers.total() == readings
        desk.show(PATH, article(1, text="It was not four but seven ministers who came."))
        assert (await desk.look()).read == {"revised": 1}


NONCE = "<script nonce='{n}'>window.at={n}</script><meta name=csrf-token content='{n}'>"
TEXT = " ".join(f"word{n} corridor{n}" for n in range(60))


def restless(n: int, text: str = TEXT) -> bytes:
    return article(1, text=text, head=NONCE.format(n=n))


LOOKS = [timedelta(minutes=20), timedelta(minutes=50), 6 * HOUR, 24 * HOUR]


async def test_a_page_that_says_the_same_in_other_bytes_is_unchanged_until_it_is_edited(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as desk:
        desk.pages["/feed.xml"] = feed(item(f"{desk.site.url}{PATH}"))
        for n, after in enumerate(LOOKS):
            desk.show(PATH, restless(n))
            seen = desk.now[0]
            assert (await desk.look(after)).read == {"unchanged" if n else "stored": 1}
            assert (await stored(desk)).last_seen == seen
        desk.show(PATH, restless(5, text=TEXT.replace("word7 ", "word8 ")))
        assert (await desk.look()).read == {"revised": 1}


def page(body_hash: str, etag: str | None = None) -> Fetched:
    return Fetched(
        url="https://newsroom.example/1", status=200, content_type=None, headers={}, body=b"",
        etag=etag, last_modified=etag, body_hash=body_hash, fetched_at=NOW, elapsed=0.1,
        max_age=timedelta(),
    )  # fmt: skip


def test_a_page_is_read_anew_once_its_source_is_read_by_other_rules() -> None:
    versions = Versions()
    versions.note("https://newsroom.example/1", SOURCE, page("a"), Gist())
    assert versions.request("https://newsroom.example/1", SOURCE).body_hash == "a"
    edited = replace(SOURCE, language="az")
    asked = versions.request("https://newsroom.example/1", edited)
    assert asked == FetchRequest(
        url="https://newsroom.example/1", kind=FetchKind.PAGE, source=edited
    )


def test_a_source_is_restless_once_a_page_of_it_said_the_same_in_other_bytes() -> None:
    versions = Versions()
    first, edited = Gist(record=b"first"), Gist(record=b"edited")
    for body_hash, gist, restless in [
        ("a", first, False),
        ("b", edited, False),
        ("c", edited, True),
    ]:
        versions.note("one", SOURCE, page(body_hash), gist)
        assert versions.gist("one", SOURCE) == gist._replace(restless=restless)
    assert versions.gist("two", SOURCE) == Gist(restless=True)
    assert versions.gist("one", make_source(id="another")) == Gist()


def test_a_source_is_restless_no_more_once_many_pages_in_a_row_were_the_same() -> None:
    versions = Versions()

    def seems_restless() -> bool:
        return versions.gist("one", SOURCE).restless

    def say_the_same_in_other_bytes() -> None:
        versions.note("one", SOURCE, page("any"), Gist(record=b"same"))

    for _ in range(2):
        say_the_same_in_other_bytes()
    for _ in range(STEADY - 1):
        versions.note_steady(SOURCE)
        versions.note_steady(make_source(id="another"))
    assert seems_restless()
    say_the_same_in_other_bytes()
    for steady in range(1, STEADY + 1):
        versions.note_steady(SOURCE)
        assert seems_restless() is (steady < STEADY)
    versions.note_steady(SOURCE)
    assert not seems_restless()
    say_the_same_in_other_bytes()
    assert seems_restless()


class Listening(HereAndNow):
    """Do the work, and note of each page by what it was known."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Gist] = []

    async def run(
        self, function: Callable[..., T], *arguments: Any, of: str = ""
    ) -> Done[T] | Undone:
        self.known += [each for each in arguments if isinstance(each, Gist)]
        return await super().run(function, *arguments, of=of)


async def test_pages_that_come_in_the_same_bytes_make_a_source_restless_no_more(
    tmp_path: Path,
) -> None:
    workers = Listening()
    async with watching(tmp_path, workers=workers) as desk:
        others = range(2, 2 + STEADY // 2)  # read behind it: two looks are enough, one is not
        steady = [desk.show(f"/news/report-{n}", article(n)) for n in others]
        desk.pages["/feed.xml"] = feed(*map(item, [f"{desk.site.url}{PATH}", *steady]))
        for n, after in zip((0, 1, 2, 2, 3), (*LOOKS, HOUR), strict=True):
            desk.show(PATH, restless(n))
            await desk.look(after)
    looks = workers.known[1 + len(others) :]
    assert [each.restless for each in looks] == [False, True, False]


def test_of_many_pages_the_one_read_longest_ago_is_forgotten() -> None:
    versions = Versions(most=2)
    for url in ("one", "two", "one", "three"):
        versions.note(url, SOURCE, page(url), Gist())
    known = [versions.request(url, SOURCE).body_hash for url in ("one", "two", "three")]
    assert known == ["one", None, "three"]
    versions.forget("one")
    versions.forget("one")
    assert versions.request("one", SOURCE).body_hash is None


def test_what_is_remembered_of_a_page_is_small() -> None:
    versions = Versions()
    versions.note("one", SOURCE, page("hash", etag=f'"{"x" * 1000}"'), Gist())
    asked = versions.request("one", SOURCE)
    assert (asked.etag, asked.last_modified, asked.body_hash) == (None, None, "hash")
