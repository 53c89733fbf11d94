"""What the cache of robots.txt keeps, and for how long, with a fetch that a test hands in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

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
from crawler.fetch.robots_shelf import RobotsShelf
from crawler.fetch.target import read_target
from storage.database import Database
from storage.robots import KeptRobots, find_robots, keep_robots
from storage.transaction import Transaction
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


FAILURES = [
    Failed(url="", kind=FailureKind.DNS, reason="no address"),
    Failed(url="", kind=FailureKind.TIMEOUT, reason="silence"),
]
OBSTACLES = [
    Deferred(url="", until=NOW, reason="later"),
    Refused(url="", kind=RefusalKind.BLOCKED_ADDRESS, reason="private"),
    *FAILURES,
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


NO_ROBOTS = Failed(url="", kind=FailureKind.NOT_FOUND, reason="HTTP 404", status=404)
FORBIDDING = robots_of("http://a.example/robots.txt", b"User-agent: *\nDisallow: /x\n")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as opened:
        yield opened


async def after_a_restart(database: Database, web: Web) -> bool | None:
    """Say whether the next process may fetch /x; None: it asked robots.txt and was kept off."""
    cache = RobotsCache("presswatch", web.fetch, web.clock, shelf=RobotsShelf(database))
    rules = await rules_for(cache, "http://a.example/x")
    return None if isinstance(rules, Deferred | Refused | Failed) else rules.allows("/x")


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        pytest.param(FORBIDDING, False, id="a file"),
        pytest.param(robots_of("http://a.example/", b""), True, id="an empty file"),
        pytest.param(NO_ROBOTS, True, id="none"),
    ],
)
async def test_row_79_row_83_a_start_asks_no_origin_for_what_is_known(
    database: Database, answer: Outcome, allowed: bool
) -> None:
    web = Web(answer)
    assert await after_a_restart(database, web) is allowed
    web.answer, web.now = FAILURES[0], NOW + timedelta(hours=23)
    assert await after_a_restart(database, web) is allowed
    assert len(web.asked) == 1
    web.answer, web.now = FORBIDDING, NOW + timedelta(hours=25)
    assert await after_a_restart(database, web) is False
    assert len(web.asked) == 2


@pytest.mark.parametrize("obstacle", FAILURES, ids=lambda each: each.kind)
async def test_row_51_while_it_is_out_of_reach_what_it_said_counts_30_days_over_restarts(
    database: Database, obstacle: Outcome
) -> None:
    web = Web(FORBIDDING)
    await after_a_restart(database, web)
    for days, allowed in ((2, False), (29, False), (31, None)):
        web.answer, web.now = obstacle, NOW + timedelta(days=days)
        assert await after_a_restart(database, web) is allowed


async def test_row_81_what_was_read_while_the_clock_ran_ahead_is_read_again(
    database: Database,
) -> None:
    web = Web(FORBIDDING)
    web.now = NOW + timedelta(days=300)
    await after_a_restart(database, web)
    web.now = NOW
    await after_a_restart(database, web)
    assert len(web.asked) == 2


async def test_a_closed_database_costs_a_request_and_nothing_else(database: Database) -> None:
    web = Web(FORBIDDING)
    await database.close()
    for _ in range(2):
        assert await after_a_restart(database, web) is False
    assert len(web.asked) == 2


async def test_row_52_what_is_left_to_the_next_process_has_a_bound(database: Database) -> None:
    small = KeptRobots(size=3, packed=b"abc", read_at=NOW, expires=NOW)
    huge = replace(small, packed=Random(1).randbytes(9_000))
    kept = [replace(small, read_at=NOW + timedelta(seconds=number)) for number in range(5)]
    much_later = replace(small, read_at=NOW + timedelta(days=31))

    def keep_five(tx: Transaction) -> None:
        for number, each in enumerate(kept):
            keep_robots(tx, f"origin {number}", each, most=3)
        keep_robots(tx, "origin 3", huge, most=3)

    def found(tx: Transaction) -> list[KeptRobots | None]:
        return [find_robots(tx, f"origin {number}") for number in range(6)]

    await database.write(keep_five)
    assert await database.read(found) == [None, None, kept[2], None, kept[4], None]
    await database.write(lambda tx: keep_robots(tx, "origin 5", much_later))
    assert await database.read(found) == [None] * 5 + [much_later]
