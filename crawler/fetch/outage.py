"""Decide whether it is our own network that is down: then no source is to blame.

One blip of ours must not stop a thousand sources, and it is one message, not a thousand. Only
who answered the last time bears witness: three dead outlets in a row, as they come after each
start among the living, say nothing of our network. Pure but for the memory of the last
attempts; the clock is the caller's.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_HOSTS = 3  # so many different hosts, and no other answer, before we suspect ourselves
_WINDOW = timedelta(minutes=5)
_REMEMBERED = 200  # attempts
_WITNESSES = 20_000  # hosts
_PROBE = timedelta(seconds=5)  # between two attempts while it is down
_SOONEST, _LATEST = timedelta(seconds=10), timedelta(minutes=2)
_FAR = timedelta(hours=1)  # so long it is whoever is far away that tells, and not the near


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request, and whether any answer came from the other side."""

    host: str
    at: datetime
    reached: bool  # False: no name, no connection, no answer; an error page is an answer
    near: bool = False  # of a source that may use private addresses: on this side of the line


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkUp:
    """Somebody answered lately, or too few were asked to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDown:
    """Nobody answers: our network, not theirs."""

    since: datetime
    hosts: int  # how many different ones were tried in vain

    def wait(self, now: datetime) -> timedelta:
        """Return how long whom it kept from asking waits: as long as it has lasted, about.

        A blip makes nobody late, and an outage of hours is not felt out every ten seconds.
        """
        return min(max(now - self.since, _SOONEST), _LATEST)


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


class Network:
    """What we know of our own network: once down, it is so until somebody answers.

    A source on this machine or in this house answers whatever becomes of the line, so it tells
    only where nobody far away is asked, and is itself not kept waiting.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        """Take the hosts that answered an earlier process."""
        self._witnesses = OrderedDict[str, None](dict.fromkeys(known))
        self._somebody = bool(self._witnesses)  # ever answered; until then, all are heard
        self._attempts: deque[Attempt] = deque(maxlen=_REMEMBERED)
        self._tried: datetime | None = None  # None: never
        self._down: NetworkDown | None = None
        self._far_at = datetime.min.replace(tzinfo=UTC)  # when one far away was last asked

    def note(self, attempt: Attempt) -> bool:
        """Remember an attempt; tell whether it shows that the network is back."""
        if attempt.near and self._far_tells(attempt.at):
            return False
        if not attempt.near and self._far_at < attempt.at:
            self._far_at = attempt.at
        self._tried = attempt.at
        back = attempt.reached and self._down is not None
        if back:
            self._down = None
            self._attempts.clear()
        if self._is_heard(attempt):
            self._attempts.append(attempt)
        return back

    def _is_heard(self, attempt: Attempt) -> bool:
        """Tell whether it says something of our network; mind who answered the last time."""
        host = attempt.host
        heard = attempt.reached or host in self._witnesses or not self._somebody
        if attempt.reached:
            self._somebody = True
            self._witnesses[host] = None
            self._witnesses.move_to_end(host)
            if len(self._witnesses) > _WITNESSES:
                self._witnesses.popitem(last=False)
        else:
            self._witnesses.pop(host, None)
        return heard

    def _far_tells(self, now: datetime) -> bool:
        return now - self._far_at < _FAR

    def verdict(self, now: datetime, *, near: bool = False) -> NetworkUp | NetworkDown:
        """Return whether it is down; near: for a source that may use private addresses."""
        if near and self._far_tells(now):
            return NetworkUp()
        if self._down is None and self._attempts and self._attempts[-1].reached:
            return NetworkUp()
        found = judge_network(self._attempts, now)
        if isinstance(found, NetworkDown) and self._down is None:
            self._down = found
        return self._down or found

    def keeps_back(self, now: datetime, *, near: bool = False) -> NetworkDown | None:
        """Return why a request is not worth making: it is down, and was tried just now."""
        down = self.verdict(now, near=near)
        if isinstance(down, NetworkUp) or self._tried is None or now - self._tried >= _PROBE:
            return None
        return down
