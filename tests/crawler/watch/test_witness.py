"""What a page said that matched is kept, and an alert waits for no failure of that."""

import asyncio
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.group import presswatch
from storage.packets import Sealed, packets
from tests.crawler.newsdesk import Desk, article, feed, item, watching
from tests.making import NOW

KEPT = "evidence: {folder: evidence}\nalerts: {operator: [duty-mail]}"


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


async def test_where_nothing_can_be_kept_the_alert_goes_out_and_operators_hear_of_it(
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
    (file,) = (tmp_path / "data" / "evidence").iterdir()
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
