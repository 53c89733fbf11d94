"""What a page said that matched is kept, and an alert waits for no failure of that."""

import asyncio
import hashlib
import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from alerts.matching.ruleset import NOTHING
from crawler.cli.group import presswatch
from crawler.fetch.outcome import Fetched
from crawler.watch.witness import Witness
from crawler.workers.pool import Workers
from storage.chain import Chain, Packet
from storage.packets import Sealed, files_of, packets
from storage.prepared import prepare
from tests.crawler.newsdesk import Desk, article, feed, item, watching
from tests.making import NOW, make_article

OPERATED = "alerts: {operator: [duty-mail]}"
KEPT = f"evidence: {{folder: evidence}}\n{OPERATED}"


async def publish(desk: Desk) -> str:
    """Let one article match and another not; return the address of the first."""
    link = desk.show("/1", article(1))
    other = desk.show("/2", article(2).replace(b"corridor", b"passage"))
    desk.pages["/feed.xml"] = feed(item(link), item(other))
    await desk.look()
    return link


def kept(folder: Path) -> list[Sealed]:
    return list(packets(folder / "data" / "evidence"))


async def test_the_bytes_of_a_page_that_matched_are_kept(tmp_path: Path) -> None:
    async with watching(tmp_path, settings=KEPT) as desk:
        link = await publish(desk)
        rules = desk.app.live().config.rules_fingerprint
    (found,) = kept(tmp_path)
    assert (found.url, found.page.block) == (link, article(1))
    assert found.says["raw"] == hashlib.sha256(article(1)).hexdigest()
    assert (found.says["rules"], found.says["matched"]) == (rules, ["corridor"])


async def test_by_default_nothing_is_kept(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        await publish(desk)
    assert not (tmp_path / "data" / "evidence").exists()


async def test_row_103_where_nothing_can_be_kept_the_alert_goes_out_and_operators_hear_of_it(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path, settings=KEPT) as desk:
        (tmp_path / "data" / "evidence").write_text("in the way")
        await publish(desk)
        assert len(await desk.messages()) == 1
        (notice,) = await desk.messages("notice")
        assert "evidence cannot be kept" in notice.payload


async def test_an_analyst_checks_and_sees_what_is_kept(tmp_path: Path) -> None:
    async with watching(tmp_path, settings=KEPT) as desk:
        link = await publish(desk)

    def run(*words: str) -> tuple[int, str]:
        places = ("--config", str(tmp_path / "config"), "--data", str(tmp_path / "data"))
        result = CliRunner().invoke(presswatch, ("evidence", *words, *places))
        return result.exit_code, result.output

    status, output = await asyncio.to_thread(run, "verify")
    assert (status, output.splitlines()[0]) == (
        0, "1 packet, number 1 to 1, all as they were written",
    )  # fmt: skip
    status, output = await asyncio.to_thread(run, "show", link)
    shown = json.loads(output)
    assert (shown["url"], shown["matched"], shown["number"]) == (link, ["corridor"], 1)
    assert shown["at"] == f"{NOW:%Y-%m-%dT%H:%M:%S}Z"
    (file,) = files_of(tmp_path / "data" / "evidence")
    file.write_bytes(file.read_bytes()[:-9] + b"x" + file.read_bytes()[-8:])
    status, output = await asyncio.to_thread(run, "verify")
    assert (status, f"{file}: the first packet, at byte 0: " in output) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify",), "no evidence is kept: name evidence: folder: in settings.yaml"),
        (("verify", "nowhere"), "nowhere: holds no packets"),
    ],
)
async def test_where_nothing_is_kept_it_says_so(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    async with watching(tmp_path):
        pass
    places = ("--config", str(tmp_path / "config"), "--data", str(tmp_path / "data"))
    result = await asyncio.to_thread(
        CliRunner().invoke, presswatch, ("evidence", *words, *places)
    )
    assert result.exit_code
    assert said in result.output


class DeafDisk(Chain):
    """A chain on a disk that says nothing until it is let go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, most=10**6, keep=None)
        self.answers = threading.Event()

    def append(self, packet: Packet) -> Path | None:
        self.answers.wait()
        return None


async def test_row_103_a_disk_that_says_nothing_holds_back_no_alert(tmp_path: Path) -> None:
    async with watching(tmp_path, settings=OPERATED) as desk:
        disk, workers = DeafDisk(tmp_path / "deaf"), Workers(1, seconds=5, memory_mb=256)
        witness = Witness(
            disk, desk.app.database, "1", carrying=workers.carrying, patience=0.01
        )
        page, live = prepare(make_article()), desk.app.live()
        waiting = [witness.keep(fetched(b"<p>"), page, NOTHING, live, NOW) for _ in range(3)]
        await asyncio.gather(*waiting)
        disk.answers.set()
        await witness.close()
        (notice,) = await desk.messages("notice")
        assert "the disk did not answer in 0.01 s" in notice.payload


async def test_row_104_no_more_large_pages_are_asked_for_while_some_wait_for_the_disk(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path, settings=OPERATED) as desk:
        disk, workers = DeafDisk(tmp_path / "deaf"), Workers(1, seconds=5, memory_mb=256)
        witness = Witness(disk, desk.app.database, "1", carrying=workers.carrying)
        page, live = prepare(make_article()), desk.app.live()
        large = fetched(bytes(9 << 20))
        waiting = [
            asyncio.create_task(witness.keep(large, page, NOTHING, live, NOW)) for _ in range(2)
        ]
        await asyncio.sleep(0)
        room = asyncio.create_task(workers.room())
        await asyncio.sleep(0)
        assert not room.done()
        disk.answers.set()
        await asyncio.gather(*waiting, room)
        await witness.close()


async def test_row_101_operators_hear_of_evidence_that_was_changed(tmp_path: Path) -> None:
    async with watching(tmp_path, settings=KEPT) as desk:
        await publish(desk)
    (file,) = files_of(tmp_path / "data" / "evidence")
    content = file.read_bytes()
    file.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
    async with watching(tmp_path, settings=KEPT) as desk:
        desk.now[0] += timedelta(hours=2)
        desk.pages["/feed.xml"] = feed(item(desk.show("/9", article(9))))
        await desk.look()
        (notice,) = await desk.messages("notice")
    assert "evidence was changed after it was written" in notice.payload
    places = ("--config", str(tmp_path / "config"), "--data", str(tmp_path / "data"))
    said = await asyncio.to_thread(
        CliRunner().invoke, presswatch, ("evidence", "verify", *places)
    )
    assert said.exit_code
    assert "damaged-0: set apart, for it was not as it was written" in said.output


def fetched(body: bytes) -> Fetched:
    return Fetched(
        url="https://north.example/1",
        status=200,
        content_type="text/html",
        headers={},
        body=body,
        etag=None,
        last_modified=None,
        body_hash="",
        fetched_at=NOW,
        elapsed=0.1,
        max_age=None,
    )
