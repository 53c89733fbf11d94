"""A hub is asked and believed as WebSub has it."""

import hashlib
import hmac
from datetime import timedelta

import pytest

from crawler.discover.websub import (
    LEASE,
    Confirmed,
    Denied,
    NotOurs,
    Subscription,
    answer_intent,
    is_genuine,
)

OURS = Subscription(
    hub="https://hub.example/",
    topic="https://newsroom.example/feed.xml",
    callback="https://desk.example/websub/k3Jd9",
    secret="between us",
)
ASKED = {
    "hub.mode": "subscribe",
    "hub.topic": OURS.topic,
    "hub.challenge": "c",
    "hub.lease_seconds": "86400",
}


def test_the_form_names_topic_callback_and_secret() -> None:
    form = OURS.form()
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == OURS.topic
    assert form["hub.callback"] == OURS.callback
    assert form["hub.secret"] == "between us"


def test_no_secret_travels_in_the_clear() -> None:
    plain = Subscription(hub="http://hub.example/", topic="t", callback="c", secret="s")
    assert "hub.secret" not in plain.form()
    assert is_genuine(b"x", None, plain)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Confirmed(challenge="c", mode="subscribe", lease=timedelta(days=1))),
        (
            {"hub.lease_seconds": "9" * 400},
            Confirmed(challenge="c", mode="subscribe", lease=LEASE),
        ),
        (
            {"hub.lease_seconds": "999999999"},
            Confirmed(challenge="c", mode="subscribe", lease=4 * LEASE),
        ),
        ({"hub.topic": "https://else.example/"}, NotOurs(reason="another topic")),
        ({"hub.mode": "unsubscribe"}, NotOurs(reason="not what was asked for")),
        ({"hub.challenge": ""}, NotOurs(reason="not what was asked for")),
        ({"hub.mode": "denied", "hub.reason": "no"}, Denied(reason="no")),
    ],
)
def test_a_hubs_question_is_answered_only_for_what_we_asked(
    changes: dict[str, str], outcome: object
) -> None:
    assert answer_intent(ASKED | changes, OURS) == outcome


@pytest.mark.parametrize("method", ["sha1", "sha256", "SHA512"])
def test_a_delivery_signed_with_our_secret_is_genuine(method: str) -> None:
    digest = hmac.new(b"between us", b"body", method.lower()).hexdigest()
    assert is_genuine(b"body", f"{method}={digest}", OURS)
    assert not is_genuine(b"other", f"{method}={digest}", OURS)


@pytest.mark.parametrize("signature", [None, "", "sha256=", "md5=00", "sha256=\u0660", "new=x"])
def test_another_is_not(signature: str | None) -> None:
    assert not is_genuine(b"body", signature, OURS)


def test_an_unkeyed_digest_is_no_signature() -> None:
    assert not is_genuine(b"body", f"sha256={hashlib.sha256(b'body').hexdigest()}", OURS)
