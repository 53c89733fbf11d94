"""Start, watch and end the daemon's processes, by their ids only."""

import asyncio
import json
import os
import select
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Life:
    """One process of the daemon, from birth to death."""

    pid: int
    handle: int | None  # a pidfd; None: it was dead before we could take hold of it

    def alive(self) -> bool:
        """Tell whether it still runs."""
        return self.handle is not None and not select.select([self.handle], [], [], 0)[0]

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, and no other process that may have its number by now."""
        if self.handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, number)

    async def ended(self, seconds: float) -> bool:
        """Wait for its end; False: it still runs."""
        for _ in range(int(seconds * 50)):
            if not self.alive():
                break
            await asyncio.sleep(0.02)
        return not self.alive()

    def workers(self) -> list[int]:
        """Return the ids of its worker processes."""
        with suppress(OSError):
            path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
            return [int(each) for each in path.read_text().split()]
        return []

    def close(self) -> None:
        """Let go of it."""
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None


@dataclass
class Zygote:
    """The process that daemons are forked from."""

    process: asyncio.subprocess.Process
    born: list[Life] = field(default_factory=list)

    async def bear(self, order: dict[str, Any]) -> Life:
        """Start a daemon."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        await self.process.stdin.drain()
        pid = int(await self.process.stdout.readline())
        try:
            life = Life(pid, os.pidfd_open(pid))
        except ProcessLookupError:
            life = Life(pid, None)
        self.born.append(life)
        return life


@asynccontextmanager
async def zygote(*command: str) -> AsyncIterator[Zygote]:
    """Load the daemon once, to be forked from; a command of one's own may wrap it."""
    process = await asyncio.create_subprocess_exec(
        *(command or (sys.executable, "-m", "tests.chaos.zygote")),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    mother = Zygote(process)
    try:
        yield mother
    finally:
        for life in mother.born:  # a test that failed left it running
            life.kill()
            life.close()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def exists(pid: int) -> bool:
    """Tell whether a process is there and not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
