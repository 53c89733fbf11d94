"""Write notifications to chats: Slack, Teams, Discord, Telegram and ntfy.

Each takes one small JSON body; the words are plain text, escaped as each chat wants it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from alerts.delivery.channels.http import Answer, judge, post
from alerts.delivery.channels.outcome import Outcome, TryAgain
from alerts.delivery.message import Message
from alerts.plain import shorten
from config.channel import ChannelKind
from config.rule import Severity
from config.settings import Secret

Body = Callable[["ChatSender", Message], tuple[str, dict[str, Any]]]
_NTFY_PRIORITY = {Severity.URGENT: 5, Severity.HIGH: 4, Severity.NORMAL: 3, Severity.DIGEST: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSender:
    """One room of one chat."""

    kind: ChannelKind
    client: httpx.AsyncClient
    url: Secret
    clock: Callable[[], datetime]
    chat: str = ""  # Telegram chat, ntfy topic

    async def send(self, message: Message) -> Outcome:
        """Post the message once."""
        url, body = BODIES[self.kind](self, message)
        content = json.dumps(body, ensure_ascii=False).encode()
        answer = await post(self.client, url, content, {"content-type": "application/json"})
        if isinstance(answer, Answer) and (asked := _asked(answer)):
            return TryAgain(reason=f"HTTP {answer.status} {answer.text}", after=asked)
        return judge(answer, self.clock())

    async def close(self) -> None:
        """Leave the client to whoever handed it in."""


def _slack(sender: ChatSender, message: Message) -> tuple[str, dict[str, Any]]:
    escaped = _slack_text(shorten(message.text, 2900))
    title = _slack_text(message.subject)
    if message.link:
        title = f"<{message.link.replace('|', '%7C').replace('>', '%3E')}|{title}>"
    block = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{title}*\n{escaped}"}}
    return sender.url.value, {
        "text": _slack_text(message.subject),
        "blocks": [block],
        "unfurl_links": False,  # the chat's servers would call on the publisher
        "unfurl_media": False,
    }


def _slack_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _teams(sender: ChatSender, message: Message) -> tuple[str, dict[str, Any]]:
    blocks: list[dict[str, Any]] = [
        {"type": "TextBlock", "text": _unmarked(message.subject), "weight": "Bolder",
         "size": "Medium", "wrap": True},
        *(
            {"type": "TextBlock", "text": _unmarked(line), "wrap": True, "spacing": "Small"}
            for line in message.text.splitlines()[:60]
            if line.strip()
        ),
    ]  # fmt: skip
    actions = [{"type": "Action.OpenUrl", "title": "Open", "url": message.link}]
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "body": blocks,
        "actions": actions if message.link else [],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return sender.url.value, {"type": "message", "attachments": [attachment]}


def _discord(sender: ChatSender, message: Message) -> tuple[str, dict[str, Any]]:
    embed: dict[str, Any] = {
        "title": shorten(_unmarked(message.subject), 250),
        "description": shorten(_unmarked(message.text), 4000),
    }
    if message.link:
        embed["url"] = message.link
    return sender.url.value, {"embeds": [embed], "allowed_mentions": {"parse": []}}


def _telegram(sender: ChatSender, message: Message) -> tuple[str, dict[str, Any]]:
    return f"{sender.url.value.rstrip('/')}/sendMessage", {
        "chat_id": sender.chat,
        "text": shorten(f"{message.subject}\n\n{message.text}", 4000),
        "link_preview_options": {"is_disabled": True},
        "disable_notification": message.severity not in {Severity.URGENT, Severity.HIGH},
    }


def _ntfy(sender: ChatSender, message: Message) -> tuple[str, dict[str, Any]]:
    body: dict[str, Any] = {
        "topic": sender.chat,
        "title": message.subject,
        "message": shorten(message.text, 3500),
        "priority": _NTFY_PRIORITY[message.severity],
        # A copy takes the place of the first one (ntfy 2.16; older ones pass over it).
        "sequence_id": hashlib.blake2b(message.key.encode(), digest_size=16).hexdigest(),
    }
    return sender.url.value, {**body, "click": message.link} if message.link else body


BODIES: Mapping[ChannelKind, Body] = {
    ChannelKind.SLACK: _slack,
    ChannelKind.TEAMS: _teams,
    ChannelKind.DISCORD: _discord,
    ChannelKind.TELEGRAM: _telegram,
    ChannelKind.NTFY: _ntfy,
}


def _unmarked(text: str) -> str:
    """Escape the signs a chat reads as markup, mentions among them."""
    return "".join(f"\\{sign}" if sign in "\\*_`~|[]()<>@#" else sign for sign in text)


def _asked(answer: Answer) -> timedelta | None:
    """Read the wait that Telegram and Discord write into the body of a 429."""
    if answer.status != 429 or "retry-after" in answer.headers:
        return None
    try:
        said = json.loads(answer.text)
        wait = said.get("retry_after") or said.get("parameters", {}).get("retry_after")
        return timedelta(seconds=min(float(wait), 10**6))
    except (ValueError, TypeError, AttributeError):
        return None
