"""docs/security.md, rows 25, 77: the client that carries messages outside."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest

from crawler.fetch.errors import BlockedAddressError
from crawler.fetch.guarded import guarded_client
from tests.crawler.fetch.servers import Page, answer, flood, hang_up, redirect, serving

OK = answer(b"ok")


async def send(url: str, *, private: bool = True, seconds: float = 0.4) -> httpx.Response:
    # Longer than the client's patience, shorter than that of the connection below it.
    async with asyncio.timeout(12), guarded_client(private, seconds=seconds) as client:
        return await client.post(url, content=b'{"alert": 1}', headers={"X-Desk": "1"})


async def test_row_25_an_internal_target_needs_the_operators_word() -> None:
    async with serving({"/hook": OK}) as desk:
        with pytest.raises(BlockedAddressError):
            await send(f"{desk.url}/hook", private=False)
        assert desk.connections == 0
        assert (await send(f"{desk.url}/hook")).status_code == 200


async def test_a_blocked_address_is_an_httpx_error_like_any_other() -> None:
    with pytest.raises(httpx.TransportError, match="not a public address"):
        await send("http://169.254.169.254/latest")


async def test_row_25_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with serving({"/hook": redirect("/other", 307), "/other": OK}) as desk:
        response = await send(f"{desk.url}/hook")
        assert response.status_code == 307
        assert desk.paths == ["/hook"]


async def test_a_name_that_failed_for_one_message_is_asked_for_the_next() -> None:
    """A hiccup of DNS would else cost each of a hundred messages that wait one of its tries."""
    async with guarded_client(allow_private=False) as client:
        for _ in range(2):
            with pytest.raises(httpx.ConnectError) as failure:
                await client.post("http://nowhere.invalid/hook")
            assert "a moment ago" not in str(failure.value)


async def test_the_message_arrives_whole_with_its_length() -> None:
    seen: list[bytes] = []

    async def desk_server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        seen.append(await reader.readexactly(12))
        writer.write(OK)
        writer.close()

    server = await asyncio.start_server(desk_server, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    response = await send(f"http://127.0.0.1:{port}/hook")
    server.close()
    await server.wait_closed()
    assert response.text == "ok"
    assert seen[1] == b'{"alert": 1}'
    assert b"Content-Length: 12" in seen[0]
    assert seen[0].count(b"ontent-") == 1 + seen[0].count(b"Content-Type")
    assert b"X-Desk: 1" in seen[0]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(flood(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), id="endless"),
        pytest.param(hang_up(answer(b"x" * 500_000)), id="500 kB"),
        pytest.param(
            answer(gzip.compress(bytes(10**8)), "Content-Encoding: gzip"), id="a bomb"
        ),
    ],
)
async def test_row_77_of_an_answer_only_the_start_is_read_and_nothing_unpacked(
    page: Page,
) -> None:
    async with serving({"/hook": page}) as desk:
        response = await send(f"{desk.url}/hook")
        assert response.status_code == 200
        assert len(response.content) <= 20_000


async def test_row_77_no_more_than_the_start_of_an_answer_is_taken_off_the_wire() -> None:
    class Endless(httpx.AsyncByteStream):
        taken = 0

        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                self.taken += 1000
                yield b"x" * 1000

    answering = Endless()
    wire = httpx.MockTransport(lambda _: httpx.Response(200, stream=answering))
    async with guarded_client(allow_private=True, transport=wire) as client:
        response = await client.post("http://desk.example/hook")
    assert (len(response.content), answering.taken) == (20_000, 20_000)


async def test_row_77_a_packed_answer_stays_packed() -> None:
    packed = gzip.compress(b"thanks")
    async with serving({"/hook": answer(packed, "Content-Encoding: gzip")}) as desk:
        assert (await send(f"{desk.url}/hook")).content == packed


async def falls_silent(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 50\r\n\r\nok")
    await asyncio.sleep(3600)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(falls_silent, b"ok", id="never ends"),
        pytest.param(
            hang_up(b"HTTP/1.1 202 Accepted\r\nContent-Length: 50\r\n\r\nok"),
            b"ok",
            id="cut off",
        ),
        pytest.param(
            hang_up(b"HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            b"",
            id="not well framed",
        ),
    ],
)
async def test_row_77_what_the_status_said_is_not_taken_back_by_a_body(
    page: Page, said: bytes
) -> None:
    """A receiver that took the message would be sent it again, ten times."""
    async with serving({"/hook": page}) as desk:
        response = await send(f"{desk.url}/hook")
    assert (response.status_code, response.content) == (202, said)


async def test_row_77_garbage_and_silence_are_errors_in_time() -> None:
    async def silent(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3600)

    async with serving({"/garbage": hang_up(b"\x00\x01"), "/silent": silent}) as desk:
        with pytest.raises(httpx.RemoteProtocolError):
            await send(f"{desk.url}/garbage")
        with pytest.raises(httpx.TimeoutException):
            await send(f"{desk.url}/silent")


async def test_no_cookie_is_kept_and_no_proxy_of_the_environment_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving({"/hook": answer(b"", "Set-Cookie: a=b")}) as desk, serving({}) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with guarded_client(allow_private=True) as client:
            for _ in range(2):
                await client.get(f"{desk.url}/hook")
            assert len(client.cookies.jar) == 0
        assert proxy.connections == 0
        assert all("cookie" not in head.lower() for head in desk.heads)


async def test_a_message_is_never_sent_over_a_connection_that_may_be_stale() -> None:
    """A POST that met a closed connection could not be told from one that was heard."""
    async with serving({"/hook": OK}) as desk, guarded_client(allow_private=True) as client:
        for _ in range(3):
            await client.post(f"{desk.url}/hook", content=b"")
        assert desk.connections == 3


async def test_a_line_break_in_a_header_never_reaches_the_wire() -> None:
    async with serving({"/hook": OK}) as desk, guarded_client(allow_private=True) as client:
        with pytest.raises(httpx.LocalProtocolError):
            await client.post(f"{desk.url}/hook", headers={"X-Title": "a\r\nX-Injected: 1"})
        assert desk.heads == []


async def test_only_http_is_spoken() -> None:
    with pytest.raises(httpx.UnsupportedProtocol):
        await send("ftp://127.0.0.1/x")
