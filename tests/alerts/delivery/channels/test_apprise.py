"""The apprise extra, by the real library, against a receiver on loopback."""

import json
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


async def test_a_room_that_refuses_is_tried_again() -> None:
    async with receiving(answer("503 Busy")) as receiver:
        outcome = await sender(receiver.url.replace("http", "json", 1)).send(make_message())
    assert isinstance(outcome, TryAgain)


async def test_a_kind_of_address_nobody_knows_is_said_without_the_address() -> None:
    outcome = await sender("carrierpigeon://s3cret@loft").send(make_message())
    assert isinstance(outcome, Dead)
    assert "does not know" in outcome.reason
    assert "s3cret" not in outcome.reason
