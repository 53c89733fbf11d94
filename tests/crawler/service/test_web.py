"""Our web server answers at once, and does not wait for ever for those who do not ask."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Send

from crawler.service.web import address_of, listen, serving


async def hello(scope: object, receive: object, send: object) -> None:
    request = Request(scope, receive)  # type: ignore[arg-type]  # as ASGI hands them over
    await PlainTextResponse(request.url.path)(scope, receive, send)  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def open_server(
    patience: float,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    async with serving(hello, listening, patience=patience):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        yield reader, writer
        writer.close()


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost: loc"], ids=["nothing", "half"])
async def test_row_98_who_does_not_end_his_question_is_hung_up_on(said: bytes) -> None:
    async with open_server(patience=0.2) as (reader, writer):
        writer.write(said)
        assert await asyncio.wait_for(reader.read(), timeout=10) == b""


async def test_row_98_half_of_a_second_question_is_not_waited_for_either() -> None:
    async with open_server(patience=0.5) as (reader, writer):
        writer.write(b"GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b"/one"), timeout=10)
        writer.write(b"GET /two HT")
        assert await asyncio.wait_for(reader.read(), timeout=9) == b""


async def test_a_request_that_was_made_is_answered_and_the_next_one_too() -> None:
    async with open_server(patience=30) as (reader, writer):
        for path in (b"/one", b"/two"):
            writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert path in await asyncio.wait_for(reader.readuntil(path), timeout=10)


async def test_headers_without_end_are_refused() -> None:
    async with open_server(patience=30) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000)
        with contextlib.suppress(ConnectionResetError):  # it hangs up with our words unread
            answer = await asyncio.wait_for(reader.read(), timeout=10)
            assert answer.startswith(b"HTTP/1.1 400")


async def test_row_98_a_crowd_that_asks_nothing_keeps_nobody_out() -> None:
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    async with serving(hello, listening, patience=30):
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(300)]
        for _, writer in crowd:
            writer.write(b"GET / HTTP/1.1\r\nX-Half: ")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"/one"), timeout=10)
        for _, each in (*crowd, (reader, writer)):
            each.close()


@pytest.mark.parametrize("times", [1, 3], ids=["an answer", "answers in a row"])
async def test_row_98_who_asks_and_does_not_listen_is_hung_up_on(times: int) -> None:
    giant, answered = b"x" * 20_000_000, asyncio.Event()  # a socket holds some 6 MB

    async def answer(scope: object, receive: object, send: object) -> None:
        await Response(giant)(scope, receive, send)  # type: ignore[arg-type]  # as above
        answered.set()

    listening = listen("127.0.0.1", 0)
    async with serving(answer, listening, patience=0.05):
        with socket.create_connection(listening.getsockname()[:2], timeout=10) as deaf:
            deaf.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * times)
            await asyncio.wait_for(answered.wait(), timeout=30)
            await asyncio.sleep(1)  # on the server's own loop, whose timer rings before ours
            heard = 0
            with contextlib.suppress(ConnectionResetError):
                while piece := await asyncio.to_thread(deaf.recv, 1 << 20):
                    heard += len(piece)
            assert heard < len(giant)


async def test_row_98_who_does_not_listen_is_hung_up_on_within_an_answer_that_goes_on() -> None:
    piece, pieces = b"x" * 1_000_000, 40

    async def answer(scope: object, receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(pieces):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    listening = listen("127.0.0.1", 0)
    async with serving(answer, listening, patience=0.05):
        with socket.create_connection(listening.getsockname()[:2], timeout=10) as deaf:
            deaf.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await asyncio.sleep(1)  # on the server's own loop, as above
            heard = 0
            with contextlib.suppress(ConnectionResetError):
                while got := await asyncio.to_thread(deaf.recv, 1 << 20):
                    heard += len(got)
            assert heard < pieces * len(piece)


def test_a_listening_socket_says_that_it_is_tcp_so_that_answers_leave_at_once() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
        assert address_of(listening).startswith("http://127.0.0.1:")
