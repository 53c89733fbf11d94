"""The threads of a daemon share their memory; each case has a process of its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

_THREADS = """
import ctypes, sys, threading
from crawler.allocator import give_back, share_heaps

{first}
meet = threading.Barrier(7)

def work():
    kept = [bytes(20_000) for _ in range(100)]  # large enough to be the C library's
    meet.wait()  # all at once, so that none inherits another's heap
    meet.wait()

threads = [threading.Thread(target=work) for _ in range(6)]
for each in threads:
    each.start()
meet.wait()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
meet.wait()
give_back()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
@pytest.mark.parametrize(
    ("first", "shared"),
    [
        pytest.param("share_heaps()", True, id="told to share, six threads have two heaps"),
        pytest.param("", False, id="not told, each has its own"),
    ],
)
def test_row_95_threads_share_two_heaps(first: str, shared: bool, tmp_path: Path) -> None:
    told = tmp_path / "heaps.xml"
    script = _THREADS.format(first=first)
    subprocess.run([sys.executable, "-c", script, str(told)], check=True, timeout=60)  # noqa: S603 - our own words
    heaps = told.read_text().count("<heap nr=")
    assert (heaps <= 2) is shared, heaps


_LARGE = """
import ctypes, sys
from crawler.allocator import share_heaps

{first}
first = bytes(8_000_000)
del first  # from here on the C library would keep as much in the heap
kept = bytes(4_000_000)
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
@pytest.mark.parametrize(
    ("first", "apart"),
    [
        pytest.param("share_heaps()", True, id="told so, it lies apart, whatever came before"),
        pytest.param("", False, id="not told, it lies in the heap"),
    ],
)
def test_row_95_what_is_large_leaves_no_hole(first: str, apart: bool, tmp_path: Path) -> None:
    told = tmp_path / "heaps.xml"
    script = _LARGE.format(first=first)
    subprocess.run([sys.executable, "-c", script, str(told)], check=True, timeout=60)  # noqa: S603 - our own words
    heap = int(re.findall(r'<system type="current" size="(\d+)"', told.read_text())[-1])
    assert (heap < 4_000_000) is apart, heap


_BURST = """
import sys
from pathlib import Path
from crawler.allocator import give_back, share_heaps

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

share_heaps()
kept, pages = [], []
for _ in range(200):
    pages.append(b"x" * 200_000)
    kept.append(bytes(600))  # lies between two pages: without it the heap would just end sooner
full = resident()
pages.clear()
give_back(least=int(sys.argv[1]))
print(full - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
@pytest.mark.parametrize(
    ("least", "given"),
    [
        pytest.param(30_000_000, True, id="40 MB between what is kept are handed back"),
        pytest.param(60_000_000, False, id="not where so little is not asked for"),
    ],
)
def test_row_95_what_a_burst_of_pages_left_is_handed_back(least: int, given: bool) -> None:
    command = [sys.executable, "-c", _BURST, str(least)]
    told = subprocess.run(command, check=True, timeout=60, capture_output=True)  # noqa: S603 - our own words
    assert (int(told.stdout) > 30_000_000) is given, told.stdout
