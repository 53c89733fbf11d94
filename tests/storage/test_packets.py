"""Packets prove what a page said: no byte of them can be changed, and no crash breaks them."""

import fcntl
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.chain import Chain, Packet
from storage.packets import BrokenPacket, damaged_in, files_of, packets
from storage.warc import stored
from tests.making import NOW

ROOT = Path(__file__).parent.parent.parent
MOST = 1_000_000
PACKETS = 4


def packet(number: int, size: int = 300) -> Packet:
    return Packet(
        url=f"https://north.example/{number}",
        at=NOW,
        content_type="text/html",
        page=f"<p>Strike {number} closed the port.".encode() * (size // 30),
        text="Strike closed the port.",
        rules="f" * 64,
        matched=("ports",),
        version="2026.11.0",
    )


def chain(folder: Path, *, most: int = MOST, keep: timedelta | None = None) -> Chain:
    return Chain(folder, most=most, keep=keep)


def filled(folder: Path, count: int = PACKETS) -> Path:
    """Keep packets in two files, by two lives of a daemon."""
    for numbers in (range(count // 2), range(count // 2, count)):
        with chain(folder, most=8 * 900) as small:
            for number in numbers:
                small.append(packet(number))
    return folder


def add(folder: Path, each: Packet, *, keep: timedelta | None = None) -> Path | None:
    """Append a packet in a life of its own."""
    with chain(folder, most=8 if keep else MOST, keep=keep) as one:
        return one.append(each)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("evidence"))


def numbers(folder: Path) -> list[int]:
    return [each.number for each in packets(folder)]


def test_packets_are_read_as_they_were_written(whole: Path) -> None:
    found = list(packets(whole))
    assert len(files_of(whole)) > 1
    assert [each.page.block for each in found] == [packet(n).page for n in range(PACKETS)]
    assert [each.url for each in found] == [packet(n).url for n in range(PACKETS)]


def test_any_gzip_reads_them_as_records_of_warc(whole: Path) -> None:
    plain = gzip.decompress(files_of(whole)[0].read_bytes())
    assert plain.startswith(b"WARC/1.1\r\nWARC-Type: resource\r\n")
    assert plain.count(b"WARC/1.1\r\n") == 2 * sum(
        each.file == files_of(whole)[0] for each in packets(whole)
    )


@given(data=st.data())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_row_101_a_flip_of_any_byte_is_found_and_its_packet_named(
    whole: Path, tmp_path: Path, data: st.DataObject
) -> None:
    flipped = data.draw(st.sampled_from(list(packets(whole))))
    at = data.draw(st.integers(flipped.start, flipped.end - 1))
    change = data.draw(st.integers(1, 255))
    for file in files_of(whole):
        content = bytearray(file.read_bytes())
        if file == flipped.file:
            content[at] ^= change
        (tmp_path / file.name).write_bytes(content)
    with pytest.raises(BrokenPacket) as broken:
        numbers(tmp_path)
    assert (broken.value.file.name, broken.value.start) == (flipped.file.name, flipped.start)


def test_row_102_after_a_crash_at_any_byte_of_a_write_the_chain_goes_on(tmp_path: Path) -> None:
    for each in (0, 1):
        add(tmp_path / "once", packet(each))
    first, second = packets(tmp_path / "once")
    content = first.file.read_bytes()
    for cut in (*range(first.end + 1, second.end, 37), second.end - 1):
        folder = tmp_path / f"{cut}"
        folder.mkdir()
        (folder / first.file.name).write_bytes(content[:cut])
        with pytest.raises(BrokenPacket, match="the packet after number 1"):
            numbers(folder)
        assert add(folder, packet(2)) is None
        assert numbers(folder) == [1, 2]
        assert damaged_in(folder) == []
        (torn,) = folder.glob("*.torn-*")
        assert torn.read_bytes() == content[first.end : cut]


def test_row_101_a_packet_taken_from_the_middle_is_missed(whole: Path, tmp_path: Path) -> None:
    second = list(packets(whole))[1]
    for file in files_of(whole):
        content = file.read_bytes()
        if file == second.file:
            content = content[: second.start] + content[second.end :]
        if content:
            (tmp_path / file.name).write_bytes(content)
    with pytest.raises(BrokenPacket, match="does not follow number 1"):
        numbers(tmp_path)


def test_row_104_the_oldest_go_when_there_is_no_more_room(tmp_path: Path) -> None:
    most = 20_000
    with chain(tmp_path, most=most) as small:
        for number in range(60):
            small.append(packet(number))
            assert sum(each.stat().st_size for each in files_of(tmp_path)) <= most
    left = numbers(tmp_path)
    assert left[-1] == 60
    assert 30 < left[0] < 55


def test_what_is_older_than_it_is_kept_for_goes(tmp_path: Path) -> None:
    # A file is as old as its last packet; the day the test runs is later than NOW.
    for number in (0, 1, 2):
        add(tmp_path, packet(number), keep=timedelta(days=-99_999))
    assert numbers(tmp_path) == [3]


def whole_packet() -> bytes:
    """Return the bytes of a packet that says to be far ahead of all others."""
    says = {"number": 10**9, "previous": "0" * 64, "page": "", "raw": "", "matched": []}
    block = json.dumps(says).encode()
    head = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: %d\r\n\r\n" % len(block)
    return stored(head + block + b"\r\n\r\n")


@pytest.mark.parametrize(
    "page",
    [
        b"\r\n\r\nWARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        whole_packet() * 3,
        random.Random(7).randbytes(70_000) + whole_packet() + whole_packet(),
        b"\x1f\x8b\x08\x00" * 1000,
        b"",
    ],
    ids=["a record", "seals", "what cannot be compressed, and seals", "gzip heads", "nothing"],
)
def test_row_100_a_page_made_of_records_is_a_page(tmp_path: Path, page: bytes) -> None:
    hostile = replace(packet(1), page=page)
    for each in (hostile, packet(2), hostile):
        add(tmp_path, each)
    assert [each.page.block for each in packets(tmp_path)] == [page, packet(2).page, page]
    content = files_of(tmp_path)[0].read_bytes()
    first, *_ = packets(tmp_path)
    for cut in range(1, first.end, 1 + first.end // 23):
        folder = tmp_path / f"{cut}"
        folder.mkdir()
        (folder / "packets-0000000001.warc.gz").write_bytes(content[:cut])
        assert add(folder, packet(3)) is None
        assert numbers(folder) == [1]


@pytest.mark.parametrize(
    "said", ["text/html\r\nWARC-Type: metadata", "a\x85b\u2028c", "\udcff"]
)
def test_row_100_no_header_forges_a_field(tmp_path: Path, said: str) -> None:
    add(tmp_path, replace(packet(1), content_type=said, url=f"http://a.example/{said}"))
    (found,) = packets(tmp_path)
    assert found.page.fields["WARC-Type"] == "resource"
    assert [each.name for each in files_of(tmp_path)] == ["packets-0000000001.warc.gz"]


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(200)), packer.flush()])


def deep_seal() -> bytes:
    """Return a whole page whose seal is nested without end."""
    page = b"WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    deep = b"[" * 200_000
    seal = b"WARC/1.1\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(deep), deep)
    return stored(page) + stored(seal)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bomb(), "larger than any page"),
        (deep_seal(), "says nothing"),
        (whole_packet(), "ends too early"),
        (whole_packet() * 2, "says nothing|not the one"),
        (b"nothing of ours", "header"),
    ],
    ids=["bomb", "deep seal", "half", "no hashes", "text"],
)
def test_row_101_a_forged_file_is_named_and_costs_nothing(
    tmp_path: Path, content: bytes, why: str
) -> None:
    (tmp_path / "packets-0000000001.warc.gz").write_bytes(content)
    with pytest.raises(BrokenPacket, match=why):
        numbers(tmp_path)


def test_row_101_what_was_changed_is_never_taken_for_a_crash(tmp_path: Path) -> None:
    for number in range(4):
        add(tmp_path, packet(number))
    second = list(packets(tmp_path))[1]
    content = bytearray(second.file.read_bytes())
    content[second.start + 40] ^= 1
    second.file.write_bytes(content)
    apart = add(tmp_path, packet(9))
    assert [apart] == damaged_in(tmp_path)
    assert apart is not None
    assert apart.read_bytes() == content[second.start :]
    assert numbers(tmp_path) == [1, 2]
    assert add(tmp_path, packet(10)) is None


def test_row_102_what_was_set_apart_before_stays(tmp_path: Path) -> None:
    add(tmp_path, packet(0))
    (file,) = files_of(tmp_path)
    for torn in (b"\x1f\x8b\x08\x00first", b"\x1f\x8b\x08\x00second"):
        end = next(packets(tmp_path)).end
        file.write_bytes(file.read_bytes()[:end] + torn)
        add(tmp_path, packet(1))
    pieces = sorted(tmp_path.glob("*.torn-*"))
    assert [each.read_bytes()[4:] for each in pieces] == [b"first", b"second"]


WRITING = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.chain import Chain, Packet
with Chain(Path(sys.argv[1]), most=int(sys.argv[2]), keep=None) as ours:
    for number in range(10**6):
        page = random.Random(number).randbytes(int(sys.argv[3]))
        packet = Packet(url="http://a.example/", at=datetime.now(UTC), content_type="",
                        page=page, text="", rules="", matched=(), version="1")
        try:
            ours.append(packet)
            print(number, flush=True)
        except OSError as error:
            sys.exit(str(error))
"""


def writer(
    folder: Path, *, most: int = 10**9, page: int = 1_500_000
) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", WRITING, str(folder), str(most), str(page)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)  # noqa: S603 - our own


@pytest.mark.parametrize("seed", range(3))
def test_row_102_a_kill_in_the_middle_of_a_write_breaks_no_chain(
    tmp_path: Path, seed: int
) -> None:
    with writer(tmp_path) as process:
        assert process.stdout is not None
        for _ in range(random.Random(seed).randint(2, 5)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        written = 2 + process.stdout.read().count(b"\n")
    with chain(tmp_path, most=10**9) as ours:
        ours.append(packet(0))
    assert numbers(tmp_path)[0] == 1
    assert len(numbers(tmp_path)) > written
    assert damaged_in(tmp_path) == []


def test_row_102_who_reads_beside_a_writer_sees_whole_packets(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        assert process.stdout is not None
        seen: list[int] = []
        while len(seen) < 6:
            process.stdout.readline()
            seen = numbers(tmp_path)  # raises where half a packet is taken for a broken one
        process.kill()
    assert seen == list(range(1, len(seen) + 1))


def is_being_written(folder: Path) -> bool:
    """Tell whether somebody holds the newest file for himself."""
    with files_of(folder)[-1].open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_row_102_who_writes_says_so_to_who_reads(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        seen = any(is_being_written(tmp_path) for _ in range(100_000))
        process.kill()
    assert seen


def test_row_102_a_packet_under_way_is_waited_for(tmp_path: Path) -> None:
    for number in (0, 1):
        add(tmp_path / "whole", packet(number))
    first, second = packets(tmp_path / "whole")
    content = first.file.read_bytes()
    folder = tmp_path / "under way"
    folder.mkdir()
    found: list[int] = []
    with (folder / first.file.name).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(content[: second.end - 50])
        file.flush()
        reader = Thread(target=lambda: found.extend(numbers(folder)))
        reader.start()
        reader.join(0.2)
        assert reader.is_alive()
        file.write(content[second.end - 50 :])
        file.flush()
        fcntl.flock(file, fcntl.LOCK_UN)
    reader.join()
    assert found == [1, 2]


def test_row_102_two_who_write_make_no_chain(tmp_path: Path) -> None:
    with chain(tmp_path) as ours, chain(tmp_path) as theirs:
        ours.append(packet(0))
        with pytest.raises(OSError, match="another process keeps packets here"):
            theirs.append(packet(1))
        ours.append(packet(2))
    assert add(tmp_path, packet(3)) is None
    assert numbers(tmp_path) == [1, 2, 3]


def a_link(path: Path) -> None:
    path.symlink_to(path.parent.parent / "precious")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [a_link, a_pipe, Path.mkdir], ids=["link", "pipe", "folder"])
@pytest.mark.parametrize(
    "name", ["packets-0000000001.warc.gz", "packets-9999999999.warc.gz", "packets.lock"]
)
def test_row_103_what_is_no_file_is_neither_read_nor_written(
    tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    (tmp_path / "precious").write_bytes(b"of somebody else")
    folder = tmp_path / "evidence"
    folder.mkdir()
    make(folder / name)
    with pytest.raises(OSError, match=name):
        add(folder, packet(0))
    assert (tmp_path / "precious").read_bytes() == b"of somebody else"


def test_row_103_a_full_disk_leaves_no_half_of_a_packet(tmp_path: Path) -> None:
    add(tmp_path, packet(0))
    limit = "import resource as r, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "r.setrlimit(r.RLIMIT_FSIZE, (100_000, 100_000))\n"
    command = [sys.executable, "-c", limit + WRITING, str(tmp_path), str(10**6), "30000"]
    full = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)  # noqa: S603 - our own
    assert b"File too large" in full.stderr
    add(tmp_path, packet(2))
    assert numbers(tmp_path) == [1, 2, 3, 4, 5]
    assert list(tmp_path.glob("*.torn-*")) == []


def test_row_104_what_was_set_apart_takes_room_too(tmp_path: Path) -> None:
    for number in range(30):
        add(tmp_path, packet(0))
        newest = files_of(tmp_path)[-1]
        with newest.open("ab") as file:
            file.write(b"\x1f\x8b\x08\x00" + bytes(9) + random.Random(number).randbytes(400))
        with chain(tmp_path, most=20_000) as small:
            small.append(packet(number))
        assert sum(each.stat().st_size for each in tmp_path.iterdir()) <= 21_000
