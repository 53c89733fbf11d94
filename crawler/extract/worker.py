"""Extract articles in processes that can be killed: no page can stop or crash the caller.

Parsing hostile markup may take minutes or all memory, and a thread cannot be ended. Each
worker answers one page at a time; one that is late, grows too large or dies is replaced.
"""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from config.source import Source
from crawler.extract.frames import ANSWER, HEADER, UntrustedAnswerError, pack, unpack
from storage.article import Article

_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_START: Final = 60.0  # seconds for a worker to import all it needs on a busy machine
_SLICE: Final = 1 << 18  # bytes of a page written at a time, so that the loop stays free
_MOST_PAGES: Final = 5_000  # a worker is renewed after so many, whatever it may have leaked
_LARGEST_ANSWER: Final = 64 << 20


class FailureKind(StrEnum):
    """Why a page gave neither an article nor a verdict."""

    TIMEOUT = "parse_timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    ERROR = "error"  # a mistake of ours: the reason says which


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The page is an article."""

    article: Article
    computed: Any = None  # what the caller wanted computed beside it, in the worker


@dataclass(frozen=True, slots=True, kw_only=True)
class NotArticle:
    """The page is none."""

    reason: str
    article: Article  # what was read of it all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractFailed:
    """The page could not be read within its limits."""

    kind: FailureKind
    reason: str


Outcome = Extracted | NotArticle | ExtractFailed


class Extractor:
    """A few processes that turn pages into articles."""

    def __init__(
        self,
        *,
        workers: int = 1,
        seconds: float = 5.0,
        memory_mb: int = 512,
        compute: Callable[[Article], Any] | None = None,
    ) -> None:
        """Take limits for a page; `compute` is a module's function, run on each article."""
        self._seconds = seconds
        self._memory = memory_mb
        self._compute = compute
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        for _ in range(max(1, workers)):
            self._idle.put_nowait(None)  # started when first needed
        self._busy: set[_Worker] = set()
        self._closed = False

    async def extract(
        self,
        html: bytes,
        url: str,
        content_type: str | None = None,
        source: Source | None = None,
    ) -> Outcome:
        """Return the page's article, or why there is none; never raises for a page's sake."""
        request = pack((url, content_type, source, self._compute))
        worker = await self._idle.get()
        kept: _Worker | None = None
        try:
            if worker is None or not worker.is_usable():
                if worker is not None:
                    await worker.end()
                worker = await _Worker.start(self._memory)
            self._busy.add(worker)
            outcome = await self._ask(worker, request, html)
            if worker.is_usable():
                kept = worker
            return outcome
        finally:
            if worker is not None:
                self._busy.discard(worker)
                if kept is None or self._closed:
                    kept = None
                    await worker.end()
            self._idle.put_nowait(kept)

    async def _ask(self, worker: "_Worker", request: bytes, html: bytes) -> Outcome:
        try:
            async with asyncio.timeout(self._seconds):
                status, value = await worker.ask(request, html)
        except TimeoutError:
            worker.kill()
            return ExtractFailed(
                kind=FailureKind.TIMEOUT, reason=f"not read within {self._seconds:g} s"
            )
        except (EOFError, ConnectionError, UntrustedAnswerError, pickle.PickleError) as error:
            worker.kill()
            code = await worker.process.wait()
            return ExtractFailed(
                kind=FailureKind.CRASHED, reason=f"the worker died ({code}): {error}"
            )
        return _outcome(worker, status, value)

    def processes(self) -> tuple[asyncio.subprocess.Process, ...]:
        """Return the processes that are reading a page now."""
        return tuple(worker.process for worker in self._busy)

    async def close(self) -> None:
        """End all workers; pages being read are given up."""
        self._closed = True
        for worker in tuple(self._busy):
            worker.kill()
        while not self._idle.empty():
            if (idle := self._idle.get_nowait()) is not None:
                await idle.end()


def _outcome(worker: "_Worker", status: str, value: Any) -> Outcome:
    match status:
        case "done":
            article, computed = value
            if article.not_article:
                return NotArticle(reason=article.not_article, article=article)
            return Extracted(article=article, computed=computed)
        case "failed":
            kind, reason = value
            if kind == FailureKind.MEMORY:
                worker.kill()  # what is left of its memory is anybody's guess
            return ExtractFailed(kind=FailureKind(kind), reason=reason)
        case _:
            return ExtractFailed(kind=FailureKind.CRASHED, reason=f"answered {status!r}")


class _Worker:
    """One process that extracts."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.pages = 0
        self.killed = False

    @classmethod
    async def start(cls, memory_mb: int) -> "_Worker":
        """Start a process and wait until it has imported all it needs."""
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.extract.serve",
            str(memory_mb),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START):
                await worker.answer()
        except BaseException:
            await worker.end()
            raise
        return worker

    async def ask(self, request: bytes, html: bytes) -> tuple[str, Any]:
        """Send one page and return the answer."""
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101 - we asked for a pipe
        self.pages += 1
        pipe.write(HEADER.pack(len(request), len(html)) + request)
        for start in range(0, len(html), _SLICE):
            pipe.write(html[start : start + _SLICE])
            await pipe.drain()
        return await self.answer()

    async def answer(self) -> tuple[str, Any]:
        """Read one answer."""
        pipe = self.process.stdout
        assert pipe is not None  # noqa: S101 - we asked for a pipe
        (length,) = ANSWER.unpack(await pipe.readexactly(ANSWER.size))
        if length > _LARGEST_ANSWER:
            raise UntrustedAnswerError(f"an answer of {length} bytes")
        status, value = unpack(await pipe.readexactly(length))
        return status, value

    def is_usable(self) -> bool:
        """Tell whether the process lives and is young enough."""
        return not self.killed and self.process.returncode is None and self.pages < _MOST_PAGES

    def kill(self) -> None:
        """End the process at once."""
        self.killed = True
        with suppress(ProcessLookupError):
            self.process.kill()

    async def end(self) -> None:
        """End the process and wait for it."""
        self.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()
