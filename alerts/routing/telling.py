"""Say of a rule that matched what one channel was told of it, or why it was told nothing.

Kept beside the match, in the transaction that decides it: what the rules, the cooldowns and the
counts were at that moment can never be worked out again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What became of one rule's match on one channel."""

    rule_id: str
    channel: str = ""  # empty: the reason holds for every channel
    key: str = ""  # of the message that tells it; empty: none does
    silence: str = ""  # why none does


def minute(at: datetime) -> str:
    """Write a moment as a person reads it in a reason."""
    return f"{at:%Y-%m-%d %H:%M}Z"


def tellings_json(tellings: Iterable[Telling]) -> str:
    """Write the tellings of one rule for storage."""
    return json.dumps(
        [
            {"channel": each.channel, "key": each.key, "silence": each.silence}
            for each in tellings
        ],
        ensure_ascii=False,
    )


def read_tellings(rule_id: str, text: str) -> tuple[Telling, ...]:
    """Read what tellings_json wrote; nothing: the match is older than this record."""
    return tuple(Telling(rule_id=rule_id, **each) for each in json.loads(text))
