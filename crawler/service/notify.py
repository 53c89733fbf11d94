"""Tell systemd that we are ready, alive and stopping (sd_notify(3)); else say nothing."""

import contextlib
import os
import socket
from collections.abc import Mapping
from datetime import timedelta


class ServiceManager:
    """The process manager that started us, if it listens."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        own = environ.get("WATCHDOG_PID", "") in {"", str(os.getpid())}
        usec = environ.get("WATCHDOG_USEC", "") if own else ""
        # Half of the time asked for, as sd_watchdog_enabled(3) recommends.
        self.alive_every = timedelta(microseconds=int(usec) // 2) if usec.isdigit() else None

    def say(self, state: str) -> None:
        """Send one state: "READY=1", "WATCHDOG=1", "STOPPING=1", "STATUS=…"."""
        if not self._address:
            return
        address = self._address.replace("@", "\0", 1)  # an abstract socket
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
        # Nobody there, or busy: it will miss a word, and we go on.
        with socket.socket(socket.AF_UNIX, kind) as out, contextlib.suppress(OSError):
            out.connect(address)
            out.sendall(state.encode())
