"""docs/security.md, rows 54 to 58: conditions, waits, storms; one request a host at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import FetchSettings
from crawler.fetch.circuit import Circuit
from crawler.fetch.errors import NameNotResolvedError
from crawler.fetch.freshness import LONGEST, max_age, retry_after
from crawler.fetch.identity import user_agent
from crawler.fetch.limits import FetchLimits
from crawler.fetch.outcome import (
    Deferred,
    Failed,
    FailureKind,
    Fetched,
    FetchKind,
    Gone,
    NotModified,
)
from crawler.fetch.pace import Pace, TurnFarAwayError
from crawler.fetch.validators import clean_validator
from tests.crawler.fetch.servers import (
    QUICK,
    Page,
    answer,
    asking,
    fetch_page,
    fetching,
    hang_up,
    serving,
)
from tests.making import NOW

PAGE = answer(b"<p>The page</p>")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("86400", 86400),
        ("99999999999999999999999999", 86400),
        ("Tue, 24 Nov 2026 07:01:40 GMT", 100),
        ("Tue, 24 Nov 2026 08:00:00 +0100", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
        ("Mon, 23 Nov 2026 07:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("１２", None),
        ("soon", None),
        ("Tue, 99 Xxx 2026 99:99:99 GMT", None),
        ("Sat, 01 Jan 99999 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2300", None),
        ("", None),
    ],
)
def test_row_54_an_absurd_retry_after_is_clamped_or_ignored(
    value: str, seconds: int | None
) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert retry_after(value, NOW) == expected


@given(st.text(max_size=70))
def test_row_54_no_retry_after_raises_or_exceeds_a_day(value: str) -> None:
    wait = retry_after(value, NOW)
    assert wait is None or timedelta() < wait <= LONGEST


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, MAX-AGE=600, s-maxage=5"}, 600),
        ({"cache-control": 'max-age="600"'}, 600),
        ({"cache-control": "max-age=600", "age": "500"}, 100),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "max-age=1000000000000"}, 86400),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store"}, None),
        ({"expires": "Tue, 24 Nov 2026 07:10:00 GMT"}, 600),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 86400),
        ({"expires": "Mon, 01 Jan 1990 00:00:00 GMT"}, 0),
        ({"expires": "0"}, None),
        ({"cache-control": "max-age=60", "expires": "Tue, 24 Nov 2026 09:00:00 GMT"}, 60),
        (
            {
                "expires": "Tue, 24 Nov 2026 10:10:00 GMT",
                "date": "Tue, 24 Nov 2026 10:00:00 GMT",
            },
            600,
        ),
        ({}, None),
    ],
)
def test_row_57_freshness_is_read_and_capped_at_a_day(
    headers: dict[str, str], seconds: int | None
) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert max_age(headers, NOW) == expected


@given(st.text(max_size=80), st.text(max_size=40))
def test_row_57_no_header_raises_or_exceeds_a_day(control: str, expires: str) -> None:
    age = max_age({"cache-control": control, "expires": expires, "age": control}, NOW)
    assert age is None or timedelta() <= age <= LONGEST


@pytest.mark.parametrize(
    ("etag", "kept"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ("unquoted", True),
        ('"a,b c"', True),
        ('"' + "x" * 1022 + '"', True),
        ('"' + "x" * 1023 + '"', False),
        ('"é"', False),
        ('"a\tb"', False),
        ('"a\r\nX-Injected: 1"', False),
        ('"a\x00"', False),
        (' "abc"', False),
        ('"abc" ', False),
        ("", False),
        (None, False),
    ],
)
def test_row_56_a_giant_or_dirty_validator_is_dropped(etag: str | None, kept: bool) -> None:
    assert clean_validator(etag, 1024) == (etag if kept else None)


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "unquoted", '"a,b;c=d"', "'single'"])
async def test_row_56_validators_go_back_byte_for_byte(etag: str) -> None:
    modified = "Tue, 24 Nov 2026 06:00:00 GMT"
    page = answer(b"<p>x</p>", f"ETag: {etag}", f"Last-Modified: {modified}")
    async with serving({"/page": page}) as site, fetching() as fetcher:
        first = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(first, Fetched)
        assert (first.etag, first.last_modified) == (etag, modified)
        again = replace(
            asking(f"{site.url}/page"), etag=first.etag, last_modified=first.last_modified
        )
        await fetcher.fetch(again)
        assert f"\r\nIf-None-Match: {etag}\r\n" in site.heads[-1]
        assert f"\r\nIf-Modified-Since: {modified}\r\n" in site.heads[-1]


async def test_row_56_a_giant_tag_is_neither_kept_nor_sent() -> None:
    giant = '"' + "x" * 5000 + '"'
    async with (
        serving({"/page": answer(b"<p>x</p>", f"ETag: {giant}")}) as site,
        fetching() as fetcher,
    ):
        first = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(first, Fetched)
        assert first.etag is None
        await fetcher.fetch(asking(f"{site.url}/page", etag=giant))
        assert len(site.heads[-1]) < 1000


async def test_row_56_a_304_brings_nothing_new() -> None:
    raw = b"HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=300\r\n\r\n"
    outcome = await fetch_page(raw, etag='"1"', body_hash="known")
    assert isinstance(outcome, NotModified)
    assert outcome.etag == '"1"'
    assert outcome.body_hash == "known"
    assert outcome.max_age == timedelta(minutes=5)


async def test_row_56_the_same_body_brings_nothing_new_though_its_tag_changed() -> None:
    first = await fetch_page(answer(b"<p>x</p>", 'ETag: "1"'))
    assert isinstance(first, Fetched)
    outcome = await fetch_page(
        answer(b"<p>x</p>", 'ETag: "2"'), etag='"1"', body_hash=first.body_hash
    )
    assert isinstance(outcome, NotModified)
    assert outcome.etag == '"2"'


async def test_row_58_410_is_gone_and_401_wants_a_login() -> None:
    assert isinstance(await fetch_page(answer(status="410 Gone")), Gone)
    outcome = await fetch_page(answer(status="401 Unauthorized"))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.AUTH
    assert outcome.kind.weight == 1.0  # asking again helps nobody


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy", "500 Error"])
async def test_row_55_a_storm_of_refusals_costs_the_host_few_requests(status: str) -> None:
    limits = replace(QUICK, quick_retries=(0.0, 0.0))
    async with (
        serving({"/page": answer(b"", status=status)}) as site,
        fetching(limits) as fetcher,
    ):
        outcomes = [await fetcher.fetch(asking(f"{site.url}/page")) for _ in range(20)]
        assert len(site.paths) <= 6
        assert isinstance(outcomes[0], Failed)
        assert isinstance(outcomes[-1], Deferred)


async def test_row_54_retry_after_is_kept_by_the_host_as_a_whole() -> None:
    busy = answer(b"", "Retry-After: 3600", status="503 Busy")
    async with serving({"/a": busy, "/b": PAGE}) as site, fetching() as fetcher:
        outcome = await fetcher.fetch(asking(f"{site.url}/a"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.OUTAGE
        assert outcome.retry_after == timedelta(hours=1)
        deferred = await fetcher.fetch(asking(f"{site.url}/b"))
        assert isinstance(deferred, Deferred)
        assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("page", "requests"),
    [
        pytest.param(answer(status="500 Error"), 3, id="500"),
        pytest.param(answer(status="503 Busy"), 3, id="503"),
        pytest.param(hang_up(answer(b"x", length=9)), 3, id="truncated"),
        pytest.param(answer(b"", "Retry-After: 1", status="503 Busy"), 1, id="told to wait"),
        pytest.param(answer(status="429 Slow down"), 1, id="429"),
        pytest.param(answer(status="404 Not Found"), 1, id="404"),
        pytest.param(hang_up(b"garbage"), 1, id="garbage"),
    ],
)
async def test_row_9_two_quick_retries_for_what_a_moment_may_mend(
    page: Page, requests: int
) -> None:
    limits = replace(QUICK, quick_retries=(0.0, 0.0))
    async with serving({"/page": page}) as site, fetching(limits) as fetcher:
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Failed)
        assert len(site.paths) == requests


async def test_a_quick_retry_that_succeeds_is_a_success() -> None:
    pages: dict[str, Page] = {}

    async def once_broken(writer: asyncio.StreamWriter) -> None:
        pages["/page"] = PAGE
        writer.write(answer(status="502 Bad Gateway"))

    pages["/page"] = once_broken
    limits = replace(QUICK, quick_retries=(0.0, 0.0))
    async with serving(pages) as site, fetching(limits) as fetcher:
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)


async def test_a_name_that_is_found_a_moment_later_is_no_failure() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        if len(asked) < 3:
            raise NameNotResolvedError("a lost packet")
        return ["127.0.0.1"]

    limits = replace(QUICK, quick_retries=(0.0, 0.0))
    async with serving({"/page": PAGE}) as site, fetching(limits, resolve=resolve) as fetcher:
        url = f"http://paper.example:{site.port}/page"
        assert isinstance(await fetcher.fetch(asking(url)), Fetched)


async def test_a_host_is_asked_one_thing_at_a_time_and_many_hosts_at_once() -> None:
    busy = 0
    most = 0

    async def page(writer: asyncio.StreamWriter) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.02)
        busy -= 1
        writer.write(PAGE)

    async with (
        serving({"/page": page}, host="127.0.0.2") as one,
        serving({"/page": page}, host="127.0.0.3") as two,
        fetching() as fetcher,
    ):
        requests = [asking(f"{site.url}/page") for site in (one, two) for _ in range(4)]
        outcomes = await asyncio.gather(*(fetcher.fetch(each) for each in requests))
        assert all(isinstance(outcome, Fetched) for outcome in outcomes)
        assert (one.most_under_way, two.most_under_way) == (1, 1)
        assert most == 2


async def test_between_two_requests_to_a_host_lies_the_gap() -> None:
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def page(writer: asyncio.StreamWriter) -> None:
        times.append(loop.time())
        writer.write(PAGE)

    async with serving({"/page": page}) as site, fetching(gap=0.1) as fetcher:
        requests = [asking(f"{site.url}/page") for _ in range(3)]
        await asyncio.gather(*(fetcher.fetch(each) for each in requests))
    gaps = [after - before for before, after in pairwise(times)]
    assert min(gaps) >= 0.1


async def test_we_say_who_we_are_and_how_to_reach_us() -> None:
    async with serving({"/page": PAGE}) as site, fetching() as fetcher:
        await fetcher.fetch(asking(f"{site.url}/page"))
        head = site.heads[-1]
        assert "User-Agent: presswatch/" in head
        assert "(+https://desk.example/crawler)" in head
        assert "Accept-Encoding: gzip, deflate, br, zstd" in head


@pytest.mark.parametrize(
    ("agent", "contact", "sent"),
    [
        (
            "presswatch/1 (+{contact})",
            "https://desk.example",
            "presswatch/1 (+https://desk.example)",
        ),
        ("desk {bot} {contact}", "a@b.example", "desk {bot} a@b.example"),
        ("presswatch (+{contact})", "Редакция", "presswatch (+????????)"),
        ("presswatch (+{contact})", "a\r\nX-Injected: 1", "presswatch (+a??X-Injected: 1)"),
    ],
)
def test_whatever_the_operator_wrote_fits_a_header(agent: str, contact: str, sent: str) -> None:
    assert user_agent(FetchSettings(user_agent=agent, contact=contact)) == sent


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(FetchKind.FEED, "application/rss+xml"), (FetchKind.SITEMAP, "application/xml")],
)
async def test_what_we_accept_is_what_we_ask_for(kind: FetchKind, wanted: str) -> None:
    async with serving({"/page": PAGE}) as site, fetching() as fetcher:
        await fetcher.fetch(asking(f"{site.url}/page", kind))
        assert wanted in site.heads[-1]


# The circuit and the pace by themselves.


def test_row_55_a_circuit_opens_after_failures_in_a_row_for_a_time_that_doubles() -> None:
    circuit = Circuit()
    for _ in range(4):
        circuit = circuit.failed(0.0)
        assert circuit.open_until == 0.0
    waits = []
    for _ in range(9):
        circuit = circuit.failed(1000.0)
        waits.append(circuit.open_until - 1000.0)
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_one_answer_closes_the_circuit() -> None:
    circuit = Circuit(failures=12, open_until=9999.0)
    assert circuit.succeeded() == Circuit()


@pytest.mark.parametrize(("asked", "wait"), [(0.0, 60.0), (30.0, 60.0), (7200.0, 7200.0)])
def test_a_host_that_asks_us_to_wait_opens_its_circuit_at_once(
    asked: float, wait: float
) -> None:
    assert Circuit().failed(100.0, asked_to_wait=asked).open_until == 100.0 + wait


def a_pace(places: int = 64, **limits: float) -> Pace:
    settings = replace(FetchLimits(), **limits)  # type: ignore[arg-type]  # all are numbers
    return Pace(settings, in_flight=places, gap=0.0, chance=lambda: 0.0)


async def test_whoever_waits_for_a_host_holds_no_place_of_another() -> None:
    pace = a_pace(places=1, patience=5.0)
    pace.host("slow").free_at = asyncio.get_running_loop().time() + 3.0

    async def enter(name: str) -> str:
        async with pace.turn(name):
            return name

    waiting = asyncio.create_task(enter("slow"))
    await asyncio.sleep(0)
    assert await asyncio.wait_for(enter("quick"), 1) == "quick"
    waiting.cancel()


async def test_row_8_a_host_that_drips_gives_its_place_to_others_and_waits_among_its_like() -> (
    None
):
    pace = a_pace(places=2, slow_after=0.05)  # so one place for the slow
    done = asyncio.Event()

    entered = asyncio.Semaphore(0)

    async def drip(name: str) -> None:
        async with pace.turn(name):
            entered.release()
            await done.wait()

    dripping = [asyncio.create_task(drip(f"slow-{n}")) for n in range(20)]
    async with asyncio.timeout(5):
        for _ in dripping:
            await entered.acquire()
        async with pace.turn("quick"):
            assert all(not each.done() for each in dripping)
        done.set()
        await asyncio.gather(*dripping)
        done.clear()
        again = [asyncio.create_task(drip(f"slow-{n}")) for n in range(3)]
        await asyncio.sleep(0)
        async with pace.turn("quick"), pace.turn("another"):
            assert pace.slow_places.locked()
        done.set()
        await asyncio.gather(*again)
    assert not pace.slow_places.locked()
    assert not pace.places.locked()


async def test_row_8_only_so_many_that_drip_give_their_places_back() -> None:
    pace = a_pace(places=2, slow_after=0.01, slow_most=1)
    done, entered = asyncio.Event(), asyncio.Semaphore(0)

    async def drip(name: str) -> None:
        async with pace.turn(name):
            entered.release()
            await done.wait()

    dripping = [asyncio.create_task(drip(f"slow-{n}")) for n in range(4)]
    async with asyncio.timeout(5):
        for _ in range(3):
            await entered.acquire()  # two places, and the one that was given back
        await asyncio.sleep(0.05)
        assert pace.places.locked()
        done.set()
        await asyncio.gather(*dripping)
    assert not pace.places.locked()


async def test_all_places_come_back_whatever_happens_inside_a_turn() -> None:
    pace = a_pace(places=1)

    async def broken(work: Callable[[], Awaitable[None]]) -> None:
        async with pace.turn("host"):
            await work()

    async def fail() -> None:
        raise ZeroDivisionError

    async def hang() -> None:
        await asyncio.sleep(3600)

    with pytest.raises(ZeroDivisionError):
        await broken(fail)
    task = asyncio.create_task(broken(hang))
    await asyncio.sleep(0)
    queued = asyncio.create_task(broken(hang))
    await asyncio.sleep(0)
    queued.cancel()
    task.cancel()
    await asyncio.gather(task, queued, return_exceptions=True)
    async with asyncio.timeout(1), pace.turn("host"):
        assert pace.host("host").users == 1
    assert pace.host("host").users == 0


async def test_a_turn_too_far_away_is_said_and_not_waited_for() -> None:
    pace = a_pace(patience=1.0)
    async with pace.turn("host", crawl_delay=100.0):
        pass
    with pytest.raises(TurnFarAwayError) as far:
        async with pace.turn("host"):
            pass
    assert 90 < far.value.seconds <= 100


async def test_of_many_hosts_the_one_asked_longest_ago_is_forgotten() -> None:
    pace = a_pace(hosts=10)
    async with pace.turn("kept"):
        for number in range(100):
            pace.host(f"host-{number}").free_at = 5.0
        assert pace.host("kept").users == 1
    assert pace.host("host-99").free_at == 5.0
    assert pace.host("host-1").free_at == 0.0
