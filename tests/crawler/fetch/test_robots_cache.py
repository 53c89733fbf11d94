"""What the cache of robots.txt keeps, and for how long, with a fetch that a test hands in."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.fetch.outcome import (
    Deferred,
    Failed,
    FailureKind,
    Fetched,
    FetchRequest,
    Outcome,
    RefusalKind,
    Refused,
)
from crawler.fetch.robots import Closed, Rules
from crawler.fetch.robots_cache import RobotsCache
from crawler.fetch.target import read_target
from tests.making import NOW, make_source

SOURCE = make_source()


def robots_of(url: str, body: bytes, max_age: timedelta | None = None) -> Fetched:
    return Fetched(
        url=url,
        status=200,
        content_type="text/plain",
        headers={},
        body=body,
        etag=None,
        last_modified=None,
        body_hash="",
        fetched_at=NOW,
        elapsed=0.0,
        max_age=max_age,
    )


class Web:
    """Answers for robots.txt, and remembers who was asked."""

    def __init__(self, answer: Outcome | None = None) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.now = NOW

    async def fetch(self, request: FetchRequest) -> Outcome:
        self.asked.append(request.url)
        if self.answer is None:
            return robots_of(request.url, b"User-agent: *\nDisallow: /private\n" * 10)
        if isinstance(self.answer, Fetched):
            return self.answer
        return replace(self.answer, url=request.url)

    def clock(self) -> datetime:
        return self.now


async def rules_for(cache: RobotsCache, url: str) -> Rules | Deferred | Refused | Failed:
    return await cache.rules(read_target(url), SOURCE)


async def test_every_origin_has_its_own_rules() -> None:
    web = Web()
    cache = RobotsCache("presswatch", web.fetch, web.clock)
    for url in ("http://a.example/1", "http://a.example/2", "https://a.example/"):
        await rules_for(cache, url)
    await cache.rules(read_target("http://a.example:81/", ports=[81]), SOURCE)
    assert web.asked == [
        "http://a.example:80/robots.txt",
        "https://a.example:443/robots.txt",
        "http://a.example:81/robots.txt",
    ]


async def test_rules_that_were_parsed_long_ago_are_parsed_again_and_not_fetched_again() -> None:
    web = Web()
    cache = RobotsCache("presswatch", web.fetch, web.clock, parsed_bytes=1000)
    for _ in range(2):
        for number in range(20):
            rules = await rules_for(cache, f"http://host-{number}.example/x")
            assert not isinstance(rules, Deferred | Refused | Failed)
            assert not rules.allows(f"http://host-{number}.example/private/x")
    assert len(web.asked) == 20


async def test_the_texts_kept_have_a_bound() -> None:
    web = Web()
    cache = RobotsCache("presswatch", web.fetch, web.clock, text_bytes=100)
    for _ in range(2):
        for number in range(20):
            await rules_for(cache, f"http://host-{number}.example/x")
    assert len(web.asked) == 40


@pytest.mark.parametrize(
    ("asked", "hours"),
    [(None, 24), (timedelta(hours=24), 24), (timedelta(hours=5), 5), (timedelta(0), 1)],
)
async def test_the_rules_are_kept_as_long_as_asked_between_an_hour_and_a_day(
    asked: timedelta | None, hours: int
) -> None:
    web = Web(robots_of("http://a.example/robots.txt", b"", asked))
    cache = RobotsCache("presswatch", web.fetch, web.clock)
    await rules_for(cache, "http://a.example/x")
    web.now = NOW + timedelta(hours=hours, seconds=-1)
    await rules_for(cache, "http://a.example/x")
    assert len(web.asked) == 1
    web.now = NOW + timedelta(hours=hours)
    await rules_for(cache, "http://a.example/x")
    assert len(web.asked) == 2


OBSTACLES = [
    Deferred(url="", until=NOW, reason="later"),
    Refused(url="", kind=RefusalKind.BLOCKED_ADDRESS, reason="private"),
    Failed(url="", kind=FailureKind.DNS, reason="no address"),
    Failed(url="", kind=FailureKind.TIMEOUT, reason="silence"),
]


@pytest.mark.parametrize("obstacle", OBSTACLES, ids=lambda each: type(each).__name__)
async def test_what_keeps_us_from_the_whole_host_is_handed_on_and_not_kept(
    obstacle: Outcome,
) -> None:
    web = Web(obstacle)
    cache = RobotsCache("presswatch", web.fetch, web.clock)
    assert type(await rules_for(cache, "http://a.example/x")) is type(obstacle)
    web.answer = None
    rules = await rules_for(cache, "http://a.example/x")
    assert not isinstance(rules, Deferred | Refused | Failed | Closed)
    # … and later on, the rules we have count on.
    web.answer = obstacle
    web.now = NOW + timedelta(hours=30)
    later = await rules_for(cache, "http://a.example/x")
    assert isinstance(later, Deferred | Refused) or later == rules


async def test_a_server_error_closes_the_origin_for_ten_minutes() -> None:
    web = Web(Failed(url="", kind=FailureKind.SERVER_ERROR, reason="HTTP 500", status=500))
    cache = RobotsCache("presswatch", web.fetch, web.clock)
    assert isinstance(await rules_for(cache, "http://a.example/x"), Closed)
    web.answer = None
    assert isinstance(await rules_for(cache, "http://a.example/x"), Closed)
    web.now = NOW + timedelta(minutes=10)
    assert not isinstance(await rules_for(cache, "http://a.example/x"), Closed)
