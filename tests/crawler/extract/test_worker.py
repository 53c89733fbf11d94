"""Pages are read in processes: what a page does to its reader never reaches the caller."""

import asyncio
import os
import pickle
import signal
import time
from collections.abc import AsyncIterator, Callable

import pytest

from config.source import Source
from crawler.extract.frames import UntrustedAnswerError, pack, unpack
from crawler.extract.worker import (
    Extracted,
    ExtractFailed,
    Extractor,
    FailureKind,
    NotArticle,
)
from storage.article import Article
from tests.crawler.extract.workloads import count_words, die, exhaust_memory, loop_for_ever

PAGE = (
    b"<html lang=en><title>Port reopens</title><article><h1>Port reopens after storm</h1>"
    + b"<p>The harbour opened its gates on Tuesday, officials said, after three days.</p>" * 5
    + b"<p>Ships had waited outside the bay, and crews were glad to be let in at last.</p>"
    + b"</article>"
)


@pytest.fixture
async def extractor() -> AsyncIterator[Extractor]:
    each = Extractor(workers=1, seconds=20, compute=count_words)
    yield each
    await each.close()


async def test_a_page_comes_back_as_plain_data_with_what_the_caller_wanted(
    extractor: Extractor,
) -> None:
    source = Source(id="bay", url="https://bay.test/", name="Bay News")
    outcome = await extractor.extract(PAGE, "https://bay.test/port", "text/html", source)
    assert isinstance(outcome, Extracted)
    assert outcome.article.headline == "Port reopens after storm"
    assert outcome.article.source_id == "bay"
    assert outcome.computed == count_words(outcome.article) > 20


async def test_a_page_that_is_no_article_says_why(extractor: Extractor) -> None:
    outcome = await extractor.extract(b"<html><body>404", "https://bay.test/gone")
    assert isinstance(outcome, NotArticle)
    assert outcome.reason


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<div>" * 200_000, id="nesting"),
        pytest.param(b"<a " + b"".join(b"a%d=1 " % n for n in range(60_000)), id="attributes"),
        pytest.param(b"<p><b><i><font><u>" * 20_000, id="formatting without end"),
        pytest.param(b"x" * (11 << 20), id="eleven megabytes"),
    ],
)
async def test_a_hostile_page_is_refused_quickly_and_the_next_page_is_read(
    extractor: Extractor, page: bytes
) -> None:
    hostile = await extractor.extract(page, "https://evil.test/")
    assert isinstance(hostile, NotArticle | ExtractFailed)
    assert isinstance(await extractor.extract(PAGE, "https://bay.test/port"), Extracted)


@pytest.mark.parametrize(
    ("workload", "kind"),
    [
        pytest.param(loop_for_ever, FailureKind.TIMEOUT, id="late"),
        pytest.param(exhaust_memory, FailureKind.MEMORY, id="too large"),
        pytest.param(die, FailureKind.CRASHED, id="dead"),
    ],
)
async def test_a_worker_that_fails_is_replaced(
    workload: Callable[[Article], object], kind: FailureKind
) -> None:
    extractor = Extractor(workers=1, seconds=1.5, memory_mb=256, compute=workload)
    try:
        for _ in range(2):
            outcome = await extractor.extract(PAGE, "https://bay.test/port")
            assert isinstance(outcome, ExtractFailed)
            assert outcome.kind is kind
    finally:
        await extractor.close()


async def test_the_loop_stays_free_while_a_page_is_being_read() -> None:
    extractor = Extractor(workers=1, seconds=2, compute=loop_for_ever)
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - before)

    watcher = asyncio.create_task(watch())
    try:
        outcome = await extractor.extract(PAGE + b" " * (4 << 20), "https://bay.test/port")
        assert isinstance(outcome, ExtractFailed)
    finally:
        watcher.cancel()
        await extractor.close()
    assert longest < 1.0  # limits.md asks for 0.2 s; a loaded machine is given more


async def test_more_pages_than_workers_wait_for_their_turn() -> None:
    extractor = Extractor(workers=2, seconds=30)
    try:
        outcomes = await asyncio.gather(
            *(extractor.extract(PAGE, f"https://bay.test/{n}") for n in range(8))
        )
        assert all(isinstance(outcome, Extracted) for outcome in outcomes)
    finally:
        await extractor.close()


async def test_a_caller_that_gives_up_leaves_no_process_behind() -> None:
    extractor = Extractor(workers=1, seconds=60, compute=loop_for_ever)
    task = asyncio.create_task(extractor.extract(PAGE, "https://bay.test/port"))
    while not extractor.processes():  # noqa: ASYNC110 - the real process tells of no event
        await asyncio.sleep(0)
    (process,) = extractor.processes()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await extractor.close()
    assert not extractor.processes()
    await process.wait()
    assert process.returncode == -signal.SIGKILL


def test_an_answer_may_hold_plain_values_only() -> None:
    assert unpack(pack(Article(url="https://bay.test/"))) == Article(url="https://bay.test/")
    with pytest.raises(UntrustedAnswerError):
        unpack(pickle.dumps(os.system))
