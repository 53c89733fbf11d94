"""Deliver notifications as signed webhooks (Standard Webhooks).

The body is the same on every try, the timestamp is fresh. Several keys sign at once, so that a
receiver can move from one to the next.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook

from alerts.delivery.channels.http import judge, post
from alerts.delivery.channels.outcome import Outcome
from alerts.delivery.message import Message
from config.settings import Secret

PAYLOAD_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSender:
    """One receiver of webhooks."""

    client: httpx.AsyncClient
    url: Secret
    secrets: tuple[Secret, ...]  # whsec_…, the newest first
    clock: Callable[[], datetime]

    async def send(self, message: Message) -> Outcome:
        """Post the payload once."""
        now = self.clock()
        body = fit(dict(message.payload))
        headers = sign(message.key, body, self.secrets, now)
        answer = await post(self.client, self.url.value, body.encode(), headers)
        return judge(answer, now)

    async def close(self) -> None:
        """Leave the client to whoever handed it in."""


def sign(key: str, body: str, secrets: tuple[Secret, ...], now: datetime) -> dict[str, str]:
    """Return the headers of one try: id, fresh timestamp, one signature per key."""
    key = key.split("#", 1)[0]
    signatures = [Webhook(each.value).sign(key, now, body) for each in secrets]
    headers = {
        "content-type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
    }
    return {**headers, "webhook-signature": " ".join(signatures)} if signatures else headers


def fit(payload: dict[str, Any]) -> str:
    """Write the payload within 20 kB: what is long is cut first, what is many next."""
    body = ""
    for words, items in ((2000, 100), (400, 20), (200, 5), (80, 2)):
        body = json.dumps(_cut(payload, words, items), ensure_ascii=False, sort_keys=True)
        if len(body.encode()) <= PAYLOAD_MOST:
            break
    return body


def _cut(value: Any, words: int, items: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= words else value[: words - 1] + "…"
    if isinstance(value, list):
        return [_cut(each, words, items) for each in value[:items]]
    if isinstance(value, dict):
        # An address that is cut leads nowhere.
        return {k: v if k == "url" else _cut(v, words, items) for k, v in value.items()}
    return value
