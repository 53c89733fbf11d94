"""The apprise extra, by the real library, against a receiver on loopback."""

import json
import re
from dataclasses import replace

import pytest

from alerts.delivery.channels.apprise import AppriseSender
from alerts.delivery.channels.outcome import Dead, Sent, TryAgain
from config.settings import Secret
from tests.alerts.delivery.channels.receivers import answer, receiving
from tests.alerts.telling import make_message

# apprise looks for modules that Python is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def sender(url: str) -> AppriseSender:
    return AppriseSender(url=Secret(value=url, origin="test"))


async def test_a_message_arrives_with_its_subject_and_its_link_once() -> None:
    message = replace(make_message(), link="https://newsroom.example/a")
    async with receiving(answer("200 OK")) as receiver:
        outcome = await sender(receiver.url.replace("http", "json", 1)).send(message)
    assert outcome == Sent()
    (request,) = receiver.requests
    body = json.loads(request.body)
    assert body["title"] == message.subject
    assert body["message"].splitlines()[-1] == "https://newsroom.example/a"


@pytest.mark.parametrize(
    "headline",
    [
        pytest.param("<!channel> strike", id="Slack's mention, which apprise lets through"),
        pytest.param("<https://evil.example|Our bank> strike", id="Slack's link"),
        pytest.param("[Our bank](https://evil.example) strike", id="a link of Markdown"),
        pytest.param("@channel @everyone strike", id="mentions"),
    ],
)
async def test_row_59_a_headline_is_no_markup_in_any_chat(headline: str) -> None:
    message = replace(make_message(), subject=headline, text=f"{headline}\npress@desk.test")
    async with receiving(answer("200 OK", b"ok")) as receiver:
        await sender(f"{receiver.url.replace('http', 'mmost', 1)}/{'k' * 24}").send(message)
    said = json.loads(receiver.requests[0].body)["text"]
    assert "strike" in said
    assert "press@desk.test" in said
    assert not re.search(r"<!|<http|\]\(|(?<!\w)@\w", said)


async def test_a_room_that_refuses_is_tried_again() -> None:
    async with receiving(answer("503 Busy")) as receiver:
        outcome = await sender(receiver.url.replace("http", "json", 1)).send(make_message())
    assert isinstance(outcome, TryAgain)


async def test_a_kind_of_address_nobody_knows_is_said_without_the_address() -> None:
    outcome = await sender("carrierpigeon://s3cret@loft").send(make_message())
    assert isinstance(outcome, Dead)
    assert "does not know" in outcome.reason
    assert "s3cret" not in outcome.reason
