"""Each chat gets the body it expects, and no headline speaks its markup."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from alerts.delivery.channels.chat import ChatSender
from alerts.delivery.channels.outcome import Sent, TryAgain
from alerts.delivery.render import render
from config.channel import ChannelKind
from config.rule import Severity
from config.settings import Secret
from tests.alerts.delivery.channels.receivers import answer, receiving
from tests.alerts.telling import VOICE, Clock, make_note, make_notification

EVIL = "<!channel> @everyone *bold* [x](javascript:1) & <b>"
LINK = "https://newsroom.example/a"


async def told(
    client: httpx.AsyncClient, kind: ChannelKind, *, severity: Severity = Severity.URGENT
) -> tuple[str, dict[str, Any]]:
    """Send an alert with an evil headline; return path and body."""
    alert = make_notification(
        subject=EVIL, severity=severity, article=make_note(headline=EVIL * 200)
    )
    async with receiving() as receiver:
        sender = ChatSender(
            kind=kind,
            client=client,
            url=Secret(value=f"{receiver.url}/room", origin="test"),
            clock=Clock(),
            chat="desk",
        )
        assert isinstance(await sender.send(render("k", alert, VOICE)), Sent)
    (request,) = receiver.requests
    body: dict[str, Any] = json.loads(request.body)
    return request.path, body


async def test_row_59_slack_reads_no_mention_and_fetches_no_preview(
    client: httpx.AsyncClient,
) -> None:
    _, body = await told(client, ChannelKind.SLACK)
    words = body["blocks"][0]["text"]["text"]
    assert words.startswith(f"*<{LINK}|&lt;!channel&gt;")
    assert "<!channel>" not in words.removeprefix(f"*<{LINK}")
    assert len(words) <= 3000 + 1000
    assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)


async def test_row_59_teams_gets_a_card(client: httpx.AsyncClient) -> None:
    _, body = await told(client, ChannelKind.TEAMS)
    card = body["attachments"][0]["content"]
    assert body["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["type"] == "AdaptiveCard"
    assert card["actions"][0]["url"] == LINK
    assert "](javascript" not in json.dumps(card)


async def test_row_59_discord_mentions_nobody(client: httpx.AsyncClient) -> None:
    _, body = await told(client, ChannelKind.DISCORD)
    (embed,) = body["embeds"]
    assert body["allowed_mentions"] == {"parse": []}
    assert embed["url"] == LINK
    assert len(embed["title"]) <= 256
    assert len(embed["description"]) <= 4096


@pytest.mark.parametrize(
    ("severity", "silent"), [(Severity.URGENT, False), (Severity.NORMAL, True)]
)
async def test_telegram_sends_plain_text(
    client: httpx.AsyncClient, severity: Severity, silent: bool
) -> None:
    path, body = await told(client, ChannelKind.TELEGRAM, severity=severity)
    assert path == "/room/sendMessage"
    assert body["chat_id"] == "desk"
    assert "parse_mode" not in body
    assert len(body["text"]) <= 4096
    assert body["disable_notification"] is silent
    assert body["link_preview_options"] == {"is_disabled": True}


async def test_ntfy_knows_how_loud_it_is(client: httpx.AsyncClient) -> None:
    _, body = await told(client, ChannelKind.NTFY)
    assert (body["topic"], body["priority"], body["click"]) == ("desk", 5, LINK)
    assert len(body["message"].encode()) <= 4096


async def test_a_copy_at_ntfy_takes_the_place_of_the_first(client: httpx.AsyncClient) -> None:
    """Its ids are 64 letters at most, and no slash is among them."""
    ids = [(await told(client, ChannelKind.NTFY))[1]["sequence_id"] for _ in range(2)]
    assert ids[0] == ids[1]
    assert re.fullmatch(r"[-_A-Za-z0-9]{1,64}", ids[0])


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b'{"parameters": {"retry_after": 35}}', id="as Telegram says it"),
        pytest.param(b'{"retry_after": 35.0}', id="as Discord says it"),
    ],
)
async def test_a_chat_that_is_asked_too_much_names_its_wait(
    client: httpx.AsyncClient, said: bytes
) -> None:
    message = replace(render("k", make_notification(), VOICE))
    async with receiving(answer("429 Too Many Requests", said)) as receiver:
        url = Secret(value=receiver.url, origin="test")
        kind = ChannelKind.TELEGRAM
        sender = ChatSender(kind=kind, client=client, url=url, clock=Clock(), chat="1")
        outcome = await sender.send(message)
    assert isinstance(outcome, TryAgain)
    assert outcome.after == timedelta(seconds=35)
