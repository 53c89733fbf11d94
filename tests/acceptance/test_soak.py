"""Two weeks of a daemon in half a minute: nothing is missed, and nothing grows."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCES, POLLS = 8, 40
PUBLISHED = SOURCES * 2  # each outlet, every twenty rounds (benchmarks/outlets.py)


async def test_row_95_what_a_short_soak_uses_stays_flat() -> None:
    words = ("--sources", str(SOURCES), "--polls", str(POLLS), "--idle", "0.1", "--json")
    soak = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.soak", *words, cwd=ROOT, stdout=PIPE
    )
    said, _ = await soak.communicate()
    assert soak.returncode == 0
    found = json.loads(said.splitlines()[-1])
    assert found["articles"] == PUBLISHED
    for what in ("memory_grew", "files_grew", "tasks_grew"):
        assert 0.9 <= found[what] <= 1.1, found
