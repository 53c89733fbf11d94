"""The outlets of the soak, a process of their own, and the desk that watches them."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SETTINGS = """
version: 1
status: {{port: 0}}
fetch: {{gap: 0s, allow_private: [{names}]}}
poll: {{every: 15m, refetch: [1h, 6h]}}
"""
DIGESTS = "digests: {id: daily, name: Daily, to: [desk@desk.example], at: '07:00'}\n"
CHANNELS = "channels: {id: desk, kind: maildir, default: true}\n"
RULES = """
version: 1
rules:
  - {id: treaty, severity: urgent, match: 'treaty NEAR/2 (summit OR harbour)'}
  - {id: drought, severity: digest, match: 'headline:(drought AND harvest)'}
"""


class Outlets:
    """The process that publishes."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.port = int(self._read())

    def publish(self, number: int) -> None:
        """Let a round come."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        self._read()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextlib.contextmanager
def outlets() -> Iterator[Outlets]:
    """Publish while the block runs."""
    command = [sys.executable, "-m", "benchmarks.outlets"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Outlets(process)
        assert process.stdin is not None
        process.stdin.close()


def write_config(folder: Path, sources: int, port: int) -> None:
    """Write a configuration that watches outlets on 127.0.0.1, 127.0.0.2 and so on."""
    hosts = {f"outlet-{n}": f"127.0.{n // 250}.{n % 250 + 1}:{port}" for n in range(sources)}
    entries = "".join(
        f"  - {{id: {name}, name: {name}, url: 'http://{host}/', kind: feed,"
        f" feeds: ['http://{host}/feed'], every: 15m, language: en}}\n"
        for name, host in hosts.items()
    )
    texts = {
        "settings.yaml": SETTINGS.format(names=", ".join(hosts)),
        "sources/all.yaml": f"sources:\n{entries}",
        "rules/all.yaml": RULES,
        "channels.yaml": CHANNELS,
        "digests.yaml": DIGESTS,
    }
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
