"""Run a command as people do: as a process of its own, with its output in a pipe."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What a command left behind."""

    status: int | None
    out: str
    err: str


async def run_command(*words: str) -> Ended:
    """Run `presswatch` with the words."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *words, stdout=PIPE, stderr=PIPE, cwd=ROOT
    )
    out, err = await process.communicate()
    return Ended(status=process.returncode, out=out.decode(), err=err.decode())
