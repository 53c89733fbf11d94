"""A GET shows a button and changes nothing; a POST takes one reader off (limits, row 68)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from alerts.digest.leaving import PATH, Leaving, leave_token
from storage.leaving import left
from storage.outbox import list_messages
from storage.signing import make_key
from tests.crawler.pages.newsdesk import Desk, open_desk

PUBLIC = "status: {token: env:TOKEN, public: 'https://watch.example.org'}\n"
READER = "a@desk.example"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, settings=PUBLIC, environ={"TOKEN": "secret"}) as opened:
        yield opened


async def way_out(desk: Desk, digest: str = "daily", reader: str = READER) -> str:
    key = await desk.database.write(make_key)
    return PATH + leave_token(key, Leaving(digest_id=digest, reader=reader))


async def gone(desk: Desk) -> list[str]:
    return list(await desk.database.read(lambda tx: left(tx, "daily")))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_row_68_looking_changes_nothing(desk: Desk, method: str) -> None:
    """Mail scanners follow every link of a mail."""
    host = {"host": "watch.example.org"}
    answer = await desk.client.request(method, await way_out(desk), headers=host)
    assert answer.status_code == 200
    assert await gone(desk) == []
    if method == "GET":
        assert '<form method="post"><button' in answer.text
        assert READER in answer.text
        assert "form-action 'self'" in answer.headers["content-security-policy"]


async def test_row_68_one_click_takes_one_reader_off_and_the_operators_know(desk: Desk) -> None:
    """As RFC 8058 has it: a POST without cookie, token or referrer, from a mail provider."""
    address = await way_out(desk)
    for _ in range(2):
        answer = await desk.client.post(
            address,
            content=b"List-Unsubscribe=One-Click",
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
        assert f"{READER} gets no more mails" in answer.text
    assert await gone(desk) == [READER]
    messages = await desk.database.read(list_messages)
    told = {row.channel for row in messages if row.key.startswith("notice/left/daily/")}
    assert len(told) == sum(row.key.startswith("notice/left/") for row in messages)
    page = await desk.client.get("/digests", headers={"authorization": "Bearer secret"})
    assert f"left: {READER}" in page.text


@pytest.mark.parametrize("cut", [1, 8, 40])
async def test_an_address_that_is_not_ours_does_nothing(desk: Desk, cut: int) -> None:
    address = await way_out(desk)
    forged = PATH + leave_token(b"guess", Leaving(digest_id="daily", reader=READER))
    for wrong in (address[:-cut], forged, PATH, f"{PATH}{'A' * 400}"):
        assert (await desk.client.post(wrong)).status_code == 404
    assert await gone(desk) == []


async def test_before_any_key_was_made_no_address_opens(desk: Desk) -> None:
    token = leave_token(b"", Leaving(digest_id="daily", reader=READER))
    assert (await desk.client.post(PATH + token)).status_code == 404


async def test_a_post_opens_nothing_else(desk: Desk) -> None:
    for path in ("/unsubscribe", "/digests", "/outbox"):
        assert (await desk.client.post(path)).status_code == 405


async def test_a_name_of_an_address_is_text(desk: Desk) -> None:
    answer = await desk.client.get(await way_out(desk, reader="<b>x</b>@desk.example"))
    assert "<b>x" not in answer.text
