"""Who is told to leave while the program is loaded leaves, wherever the signal finds it."""

import subprocess
import sys

import pytest

IN_A_FUNCTION = "os.kill(os.getpid(), signal.SIGTERM)"
# What is raised in the callback of a weak reference is dropped; each import ends in one.
IN_A_CALLBACK = """
class Lock: pass
lock = Lock()
held = weakref.ref(lock, lambda _: [os.kill(os.getpid(), signal.SIGTERM), *range(9)])
del lock
"""


@pytest.mark.parametrize("moment", [IN_A_FUNCTION, IN_A_CALLBACK])
def test_row_84_a_signal_while_loading_is_never_lost(moment: str) -> None:
    program = (
        "import os, signal, sys, weakref\n"
        "from crawler.service.early import leave_when_told\n"
        f"leave_when_told()\n{moment}\nsys.exit('still here')"
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_row_84_a_second_signal_after_the_run_makes_no_error_of_a_good_end() -> None:
    program = (
        "import asyncio, os, signal\n"
        "from crawler.service.signals import heeding\n"
        "async def run():\n"
        "    with heeding() as told:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        await told.stopping.wait()\n"
        "asyncio.run(run())\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
