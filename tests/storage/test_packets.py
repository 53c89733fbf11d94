"""Packets prove what a page said: no byte of them can be changed, and no crash breaks them."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.packets import BrokenPacket, Chain, Packet, files_of, packets
from tests.making import NOW

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
    small = chain(folder, most=8 * 900)
    for number in range(count // 2):
        small.append(packet(number))
    again = chain(folder, most=8 * 900)
    for number in range(count // 2, count):
        again.append(packet(number))
    return folder


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
def test_a_flip_of_any_byte_is_found_and_its_packet_named(
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


def test_after_a_crash_at_any_byte_of_a_write_the_chain_goes_on(tmp_path: Path) -> None:
    for each in (0, 1):
        chain(tmp_path / "once").append(packet(each))
    first, second = packets(tmp_path / "once")
    content = first.file.read_bytes()
    for cut in (*range(first.end + 1, second.end, 37), second.end - 1):
        folder = tmp_path / f"{cut}"
        folder.mkdir()
        (folder / first.file.name).write_bytes(content[:cut])
        with pytest.raises(BrokenPacket, match="the packet after number 1"):
            numbers(folder)
        chain(folder).append(packet(2))
        assert numbers(folder) == [1, 2]
        (torn,) = folder.glob("*.torn-*")
        assert torn.read_bytes() == content[first.end : cut]


def test_a_packet_taken_from_the_middle_is_missed(whole: Path, tmp_path: Path) -> None:
    second = list(packets(whole))[1]
    for file in files_of(whole):
        content = file.read_bytes()
        if file == second.file:
            content = content[: second.start] + content[second.end :]
        if content:
            (tmp_path / file.name).write_bytes(content)
    with pytest.raises(BrokenPacket, match="does not follow number 1"):
        numbers(tmp_path)


def test_the_oldest_go_when_there_is_no_more_room(tmp_path: Path) -> None:
    most = 20_000
    small = chain(tmp_path, most=most)
    for number in range(60):
        small.append(packet(number))
        assert sum(each.stat().st_size for each in files_of(tmp_path)) <= most
    left = numbers(tmp_path)
    assert left[-1] == 60
    assert 30 < left[0] < 55


def test_what_is_older_than_it_is_kept_for_goes(tmp_path: Path) -> None:
    # A file is as old as its last packet; the day the test runs is later than NOW.
    for number in (0, 1, 2):
        chain(tmp_path, most=8, keep=timedelta(days=-99_999)).append(packet(number))
    assert numbers(tmp_path) == [3]
