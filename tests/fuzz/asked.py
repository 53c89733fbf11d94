"""Fuzzed: what is asked of the status pages, the JSON API and the archive's search."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from config.load import load_config
from crawler.health import Health
from crawler.live.configuration import make_live
from crawler.pages.app import make_pages
from crawler.pages.guard import HEADERS, Guard
from storage.connection import connect_writer
from storage.database import Database
from storage.migrate import migrate, migrations
from storage.search import index_waiting
from storage.transaction import Transaction
from tests.crawler.pages.newsdesk import RULES, SOURCES, DeskState, fill
from tests.making import NOW, make_config_folder

T = TypeVar("T")
LONGEST = 8_000  # bytes of a request's first line: h11 ends a longer one


class Still(Database):
    """An archive that is read where we stand, so that a question takes no thread."""

    connection: sqlite3.Connection

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run the work."""
        return work(Transaction(self.connection))


@cache
def pages() -> Guard:
    """Make the pages of a small archive, once."""
    with tempfile.TemporaryDirectory() as name:
        live = make_live(
            load_config(make_config_folder(Path(name), sources=SOURCES, rules=RULES), {})
        )
    archive = Still(Path(":memory:"), None)
    archive.connection = connect_writer(Path(":memory:"))
    migrate(archive.connection, Path(":memory:"), migrations(), NOW)
    fill(Transaction(archive.connection), live)
    index_waiting(Transaction(archive.connection))
    state = DeskState(live=lambda: live, health=Health(started_at=NOW - timedelta(hours=5)))
    return make_pages(archive, state)


def ask(data: bytes) -> None:
    """Ask for an address as it stands in a request; what comes after a line end is a Host."""
    target, _, host = data[:LONGEST].partition(b"\n")
    path, _, query = target.partition(b"?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": "/" + unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": b"/" + path, "query_string": query, "root_path": "",
        "headers": [(b"host", host or b"localhost")], "client": None, "server": None,
    }  # fmt: skip
    status, headers = asyncio.run(_answered(scope))
    assert status < 500 or scope["path"] == "/readyz", status
    assert set(headers) >= {name.lower().encode() for name in HEADERS}


async def _answered(scope: dict[str, Any]) -> tuple[int, dict[bytes, bytes]]:
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        said.append(dict(message))

    await pages()(scope, receive, send)
    return said[0]["status"], dict(said[0]["headers"])
