"""SIGTERM ends a daemon well at any moment: exit status 0, no child left, a sound database."""

import asyncio
import contextlib
import ctypes
import os
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.service.web import listen
from storage.backup import check
from tests.acceptance.test_daemon import read_until, start

SETTINGS = """
status: {{port: 0}}
fetch: {{allow_private: [slow], gap: 0s}}
mail: {{host: 127.0.0.1, port: {port}, tls: none}}
"""


@dataclass
class World:
    """A daemon under way, and who has been asked by it."""

    process: Process
    config: Path
    data: Path
    asked: asyncio.Event  # the newsroom
    mailed: asyncio.Event  # the mail server
    born: list[int] = field(default_factory=list)  # its children


@contextlib.asynccontextmanager
async def nobody_answers(greeting: bytes = b"") -> AsyncIterator[tuple[int, asyncio.Event]]:
    """Accept connections, greet, and never say anything more; tell when one has come."""
    came = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await reader.read(1)
        came.set()
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()

    with listen("127.0.0.1", 0) as free:
        server = await asyncio.start_server(hold, sock=free)
        async with server:
            yield free.getsockname()[1], came


def write(config: Path, page_port: int, mail_port: int) -> Path:
    (config / "sources").mkdir(parents=True)
    (config / "rules").mkdir()
    texts = {
        "settings.yaml": SETTINGS.format(port=mail_port),
        "sources/one.yaml": "sources:\n  - {id: slow, name: Slow, kind: feed, url: "
        f"'http://127.0.0.1:{page_port}/', feeds: ['http://127.0.0.1:{page_port}/feed']}}\n",
        "rules/one.yaml": "version: 1\nrules:\n  - {id: ports, match: 'port*'}\n",
        "channels.yaml": "channels: {id: desk, kind: email, to: a@b.example, default: true}\n",
        "digests.yaml": "digests: []\n",
    }
    for name, text in texts.items():
        (config / name).write_text(text, encoding="utf-8")
    return config


def children(process: int) -> list[int]:
    """Return the children of a process."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return [
        int(each) for thread in threads for each in (thread / "children").read_text().split()
    ]


def heeds_sigterm(process: int) -> bool:
    """Tell whether a process has a handler for SIGTERM."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


async def while_it_loads(world: World) -> None:
    while not await asyncio.to_thread(heeds_sigterm, world.process.pid):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.005)
    world.process.send_signal(signal.SIGTERM)
    world.process.send_signal(signal.SIGTERM)


async def while_it_starts(world: World) -> None:
    while not await asyncio.to_thread((world.data / "presswatch.db.lock").exists):  # noqa: ASYNC110 - a file
        await asyncio.sleep(0.01)
    world.process.send_signal(signal.SIGTERM)


async def in_a_slow_fetch(world: World) -> None:
    await read_until(world.process, "status page")
    await asyncio.wait_for(world.asked.wait(), 60)
    world.born = children(world.process.pid)
    world.process.send_signal(signal.SIGTERM)


async def in_a_slow_mail(world: World) -> None:
    await read_until(world.process, "status page")
    (world.config / "rules" / "one.yaml").write_text("rules: [nonsense]\n")
    await read_until(world.process, "not live")  # the operators are owed a notice
    await asyncio.wait_for(world.mailed.wait(), 60)
    world.process.send_signal(signal.SIGTERM)


async def three_times(world: World) -> None:
    await in_a_slow_fetch(world)
    await read_until(world.process, "stopping")
    world.process.send_signal(signal.SIGTERM)
    world.process.send_signal(signal.SIGTERM)


@contextlib.contextmanager
def dead_file_system(folder: Path) -> Iterator[None]:
    """Mount one that never answers, as NFS does whose server is gone; skip where we may not."""
    library = ctypes.CDLL(None)
    door = -1
    with contextlib.suppress(OSError):
        door = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={door},rootmode=40000,user_id=0,group_id=0".encode()
    if door < 0 or library.mount(b"dead", os.fsencode(folder), b"fuse", 0, options):
        pytest.skip("needs the right to mount a file system")
    try:
        yield
    finally:
        os.close(door)
        library.umount2(os.fsencode(folder), 2)  # MNT_DETACH


def hangs(process: int) -> bool:
    """Tell whether one of its threads waits for that file system."""
    waits = Path(f"/proc/{process}/task").glob("*/wchan")
    return any("fuse" in each.read_text() for each in waits)


async def test_row_84_sigterm_ends_it_well_though_its_files_hang(tmp_path: Path) -> None:
    async with nobody_answers() as (page, _), nobody_answers() as (mail, _):
        config, data = write(tmp_path / "config", page, mail), tmp_path / "data"
        process = await start(config, data)
        await read_until(process, "status page")
        with dead_file_system(config):
            while not await asyncio.to_thread(hangs, process.pid):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            said, _ = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, said
    assert b"stopped; nothing is half-done" in said
    check(data / "presswatch.db")


@pytest.mark.parametrize(
    "moment", [while_it_loads, while_it_starts, in_a_slow_fetch, in_a_slow_mail, three_times]
)
async def test_row_84_sigterm_ends_it_well(
    moment: Callable[[World], Awaitable[None]], tmp_path: Path
) -> None:
    async with (
        nobody_answers() as (page, asked),
        nobody_answers(b"220 desk\r\n") as (mail, had),
    ):
        config, data = write(tmp_path / "config", page, mail), tmp_path / "data"
        world = World(await start(config, data), config, data, asked, had)
        await moment(world)
        said, _ = await asyncio.wait_for(world.process.communicate(), 60)
    assert world.process.returncode == 0, said
    assert b"Traceback" not in said
    if moment is not while_it_loads:
        check(data / "presswatch.db")
    for child in world.born:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
