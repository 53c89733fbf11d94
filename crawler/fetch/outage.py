"""Decide whether it is our own network that is down: then no source is to blame.

Pure: a history of attempts comes in. One blip of ours must not stop a thousand sources, and
it is one message, not a thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_HOSTS = 3  # so many different hosts, and no other answer, before we suspect ourselves
_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request, and whether any answer came from the other side."""

    host: str
    at: datetime
    reached: bool  # False: no name, no connection, no answer; an error page is an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkUp:
    """Somebody answered lately, or too few were asked to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDown:
    """Nobody answers: our network, not theirs."""

    since: datetime
    hosts: int  # how many different ones were tried in vain


def judge_network(attempts: Iterable[Attempt], now: datetime) -> NetworkUp | NetworkDown:
    """Return whose fault the attempts of the last minutes speak of."""
    failed: list[Attempt] = []
    for attempt in sorted(attempts, key=lambda each: each.at):
        if attempt.reached:
            failed.clear()
        elif now - attempt.at <= _WINDOW:
            failed.append(attempt)
    hosts = {attempt.host for attempt in failed}
    if len(hosts) < _HOSTS:
        return NetworkUp()
    return NetworkDown(since=failed[0].at, hosts=len(hosts))
