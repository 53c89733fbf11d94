"""Ask the daemon that runs on this data how it is, by its own status page."""

from dataclasses import dataclass
from typing import Any

from config.settings import StatusSettings
from crawler.places import Places
from storage.lock import holder_of

SECONDS = 5.0
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """No daemon runs on this data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A daemon runs, but its status page says nothing."""

    process: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the daemon says of itself."""

    process: str
    checks: dict[str, str]  # name → words
    failing: tuple[str, ...]  # names of those that do not hold

    def __str__(self) -> str:
        """Write it in a line."""
        told = ", ".join(f"{name} {words}" for name, words in self.checks.items())
        return f"the daemon (process {self.process}) says: {told}"


def ask_daemon(there: Places, status: StatusSettings) -> Resting | Unheard | Heard:
    """Return how the daemon on this data is."""
    import httpx

    process = holder_of(there.database)
    if not process:
        return Resting()
    host = ANY.get(status.host, status.host)
    host = f"[{host}]" if ":" in host else host
    address = f"http://{host}:{status.port}/readyz"
    try:
        with httpx.Client(trust_env=False, timeout=SECONDS) as client:
            told: Any = client.get(address).json()
        checks = {str(each["name"]): str(each["words"]) for each in told["checks"]}
        failing = tuple(each["name"] for each in told["checks"] if not each["ok"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        return Unheard(
            process=process, reason=f"{address}: {str(error) or type(error).__name__}"
        )
    return Heard(process=process, checks=checks, failing=failing)
