"""Hand messages to the apprise library, for every chat we do not speak ourselves.

An extra: `pip install presswatch[apprise]`. Its import takes seconds, so it waits for the first
message, and its calls block, so they run in a thread. What a headline could make of a chat that
reads text as markup (Slack's `<!channel>`, which apprise lets through, mentions, links under
other words) is disarmed here, whichever chat it is.
"""

import asyncio
import importlib
import re
import sys
from dataclasses import dataclass

from alerts.delivery.channels.outcome import Dead, Outcome, Sent, TryAgain
from alerts.delivery.message import Message
from alerts.plain import shorten
from config.settings import Secret

SECONDS = 60.0
_ANGLES = str.maketrans("<>", "‹›")
_ARMED = re.compile(r"(?<!\w)@(?=\w)|\](?=\()")  # a mention; the middle of a link
_JOINER = "\N{WORD JOINER}"  # takes no room, and no line is broken there


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseSender:
    """One apprise address."""

    url: Secret

    async def send(self, message: Message) -> Outcome:
        """Hand one message over; apprise tells only whether it went."""
        try:
            async with asyncio.timeout(SECONDS):
                went = await asyncio.to_thread(_notify, self.url.value, message)
        except ImportError:
            how = f"{sys.prefix}/bin/pip install 'presswatch[apprise]'"
            return Dead(reason=f"apprise is not installed: {how}")
        except TimeoutError:
            return TryAgain(reason=f"no answer within {SECONDS:.0f} s", ambiguous=True)
        if went is None:
            return Dead(reason="apprise does not know this kind of address")
        return Sent() if went else TryAgain(reason="apprise could not deliver it")

    async def close(self) -> None:
        """Nothing is held open."""


def _notify(url: str, message: Message) -> bool | None:
    """Return whether it went; None: the address is of no kind apprise knows."""
    apprise = importlib.import_module("apprise")
    room = apprise.Apprise()
    if not room.add(url):
        return None
    body = "\n".join((_disarmed(shorten(message.text, 3500)), message.link)).strip()
    return bool(room.notify(title=_disarmed(message.subject), body=body, body_format="text"))


def _disarmed(text: str) -> str:
    """Return text that reads the same and that no chat takes for markup."""
    return _ARMED.sub(lambda found: found.group() + _JOINER, text.translate(_ANGLES))
