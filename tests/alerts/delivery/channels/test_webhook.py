"""Webhooks at real receivers that misbehave (limits, rows 75 to 78, and "Webhook")."""

import base64
import gzip
import hashlib
import hmac
import json
from datetime import timedelta

import httpx
import pytest

from alerts.delivery.channels.http import SECONDS, post
from alerts.delivery.channels.outcome import Dead, Sent, TryAgain
from alerts.delivery.channels.webhook import PAYLOAD_MOST, WebhookSender, fit
from alerts.delivery.message import Message
from alerts.delivery.render import render
from alerts.notification import Item, NotificationKind, payload
from config.rule import Severity
from config.settings import Secret
from tests.alerts.delivery.channels.receivers import Receiver, answer, receiving
from tests.alerts.payload_schema import ADAPTER, PATH, payload_schema, text
from tests.alerts.telling import VOICE, Clock, make_notification
from tests.making import NOW

KEYS = tuple(
    Secret(value=f"whsec_{base64.b64encode(name).decode()}", origin="test")
    for name in (b"the new key, 24 bytes ok", b"the old key, 24 bytes ok")
)


def sender(client: httpx.AsyncClient, receiver: Receiver, clock: Clock) -> WebhookSender:
    url = Secret(value=f"{receiver.url}/hook", origin="test")
    return WebhookSender(client=client, url=url, secrets=KEYS, clock=clock)


def message(**changes: object) -> Message:
    return render("corridor/42/ops", make_notification(**changes), VOICE)


def signature(key: Secret, id_: str, at: str, body: bytes) -> str:
    """Sign as the specification says, without the library that we sign with."""
    secret = base64.b64decode(key.value.removeprefix("whsec_"))
    signed = f"{id_}.{at}.".encode() + body
    mac = hmac.new(secret, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mac).decode()}"


async def test_a_webhook_is_signed_by_every_key(client: httpx.AsyncClient) -> None:
    async with receiving() as receiver:
        outcome = await sender(client, receiver, Clock()).send(message())
    assert isinstance(outcome, Sent)
    (request,) = receiver.requests
    at = request.headers["webhook-timestamp"]
    assert request.headers["webhook-id"] == "corridor/42/ops"
    assert at == str(int(NOW.timestamp()))
    signed = request.headers["webhook-signature"].split(" ")
    assert signed == [signature(key, "corridor/42/ops", at, request.body) for key in KEYS]


async def test_row_75_a_retry_has_the_same_id_and_body_and_a_fresh_timestamp(
    client: httpx.AsyncClient,
) -> None:
    """Limits, row 75."""
    clock = Clock()
    async with receiving(answer("503 Busy"), answer("500 Oops")) as receiver:
        hook = sender(client, receiver, clock)
        for _ in range(3):
            await hook.send(message())
            clock.forward(minutes=5)
    first, second, third = receiver.requests
    assert first.body == second.body == third.body
    assert first.headers["webhook-id"] == third.headers["webhook-id"]
    stamps = [int(request.headers["webhook-timestamp"]) for request in receiver.requests]
    assert stamps[1] - stamps[0] == stamps[2] - stamps[1] == 300


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param(answer("200 OK", b"thanks"), Sent, id="200"),
        pytest.param(answer("500 Oops"), TryAgain, id="500"),
        pytest.param(answer("404 Nowhere"), TryAgain, id="404: an address may come back"),
        pytest.param(answer("400 Bad"), Dead, id="400: the body will not change"),
        pytest.param(answer("410 Gone"), Dead, id="410"),
        pytest.param(b"", TryAgain, id="no answer at all"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", TryAgain, id="not HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx", TryAgain, id="cut short"
        ),
        pytest.param(answer("200 OK", b"\x00\xff garbage"), Sent, id="garbage"),
    ],
)
async def test_row_75_row_76_an_answer_means(
    client: httpx.AsyncClient, said: bytes, kind: type
) -> None:
    async with receiving(said) as receiver:
        assert isinstance(await sender(client, receiver, Clock()).send(message()), kind)


async def test_row_76_gone_means_never_again(client: httpx.AsyncClient) -> None:
    """Limits, row 76."""
    async with receiving(answer("410 Gone")) as receiver:
        outcome = await sender(client, receiver, Clock()).send(message())
    assert isinstance(outcome, Dead)
    assert outcome.closed


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 X", "308 X"])
async def test_row_76_a_redirect_is_a_failure_and_never_followed(status: str) -> None:
    """Whatever the client that is handed in would do."""
    willing = httpx.AsyncClient(trust_env=False, follow_redirects=True)
    async with receiving() as elsewhere, willing:
        moved = answer(status, location=f"{elsewhere.url}/hook")
        async with receiving(moved) as receiver:
            outcome = await sender(willing, receiver, Clock()).send(message())
    assert isinstance(outcome, TryAgain)
    assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 24 Nov 2026 07:10:00 GMT", timedelta(minutes=10)),
        ("-5", None),
        ("soon", None),
        ("Mon, 01 Jan 1990 00:00:00 GMT", None),
        ("9" * 40, timedelta(seconds=10**8)),
    ],
)
async def test_row_76_too_many_requests_names_its_wait(
    client: httpx.AsyncClient, value: str, after: timedelta | None
) -> None:
    async with receiving(answer("429 Slow down", retry_after=value)) as receiver:
        outcome = await sender(client, receiver, Clock()).send(message())
    assert isinstance(outcome, TryAgain)
    assert outcome.after == after


async def test_row_77_an_endless_answer_is_left(client: httpx.AsyncClient) -> None:
    """Limits, row 77: 20 kB are read, then we go."""
    async with receiving("endless") as receiver:
        outcome = await sender(client, receiver, Clock()).send(message())
        assert isinstance(outcome, Sent)
        assert receiver.written < 20_000_000


async def test_row_77_a_packed_answer_is_not_unpacked(client: httpx.AsyncClient) -> None:
    bomb = gzip.compress(b"x" * 10_000_000)
    async with receiving(answer("200 OK", bomb, content_encoding="gzip")) as receiver:
        outcome = await sender(client, receiver, Clock()).send(message())
    assert outcome == Sent(note="HTTP 200")


async def test_a_receiver_that_never_answers_is_left_in_time(client: httpx.AsyncClient) -> None:
    assert SECONDS == 25
    async with receiving("hang") as receiver:
        outcome = await post(client, receiver.url, b"{}", {}, seconds=0.2)
    assert isinstance(outcome, TryAgain)
    assert outcome.ambiguous


@pytest.mark.parametrize("said", [b"", b"SSH-2.0\r\n"])
async def test_a_copy_that_may_come_is_called_so(
    client: httpx.AsyncClient, said: bytes
) -> None:
    async with receiving(said) as receiver:
        outcome = await post(client, receiver.url, b"{}", {})
        nobody = await post(client, "http://127.0.0.1:1/", b"{}", {})
    assert isinstance(outcome, TryAgain)
    assert isinstance(nobody, TryAgain)
    assert (outcome.ambiguous, nobody.ambiguous) == (True, False)


async def test_row_66_the_address_is_not_told_in_an_error(client: httpx.AsyncClient) -> None:
    secret = Secret(value="http://127.0.0.1:1/hook?token=hunter2", origin="test")
    hook = WebhookSender(client=client, url=secret, secrets=KEYS, clock=Clock())
    outcome = await hook.send(message())
    assert isinstance(outcome, TryAgain)
    assert "hunter2" not in outcome.reason


async def test_row_66_nor_by_a_library_that_names_it() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"cannot reach {request.url}")

    secret = Secret(value="https://desk.example/hook?token=hunter2", origin="test")
    async with httpx.AsyncClient(transport=httpx.MockTransport(fail)) as telling:
        hook = WebhookSender(client=telling, url=secret, secrets=KEYS, clock=Clock())
        outcome = await hook.send(message())
    assert isinstance(outcome, TryAgain)
    assert outcome.reason == "ConnectError: cannot reach …"


def test_a_payload_never_grows_beyond_20_kilobytes() -> None:
    items = tuple(
        Item(
            headline="کریدور زنگزور " * 30,
            url=f"https://newsroom.example/{n}",
            newsroom="پیک بندر",
            severity=Severity.HIGH,
            rules=("corridor",),
        )
        for n in range(300)
    )
    notification = make_notification(kind=NotificationKind.ROUNDUP, items=items)
    body = fit(payload(notification))
    assert len(body.encode()) <= PAYLOAD_MOST
    assert json.loads(body)["data"]["items"][0]["url"] == "https://newsroom.example/0"


def test_the_published_schema_is_that_of_the_types() -> None:
    assert PATH.read_text(encoding="utf-8") == text(), "python -m tests.alerts.payload_schema"


def test_a_payload_fits_its_schema() -> None:
    """Read back what is sent by the types that the schema is made of."""
    for kind in (NotificationKind.ALERT, NotificationKind.UPDATE, NotificationKind.NOTICE):
        notification = make_notification(kind=kind)
        sent = json.loads(fit(payload(notification)))
        data = sent["data"] | {"created_at": sent["timestamp"]}
        assert ADAPTER.validate_python(data) == notification
        assert sent["type"] in payload_schema()["properties"]["type"]["enum"]
