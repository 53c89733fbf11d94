"""Write the configuration of a desk that watches the newsroom, as an operator would."""

import random
from pathlib import Path

from benchmarks.newsroom import address, articles

HOSTS = 60
RULES = 1_000
PER_FILE = 1_000  # sources: a file may have 1 MiB


def write_config(folder: Path, port: int, count: int, hosts: int = HOSTS) -> None:
    """Write the configuration as an operator would, defaults kept."""
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    ids = [f"host-{number:02d}" for number in range(hosts)]
    (folder / "settings.yaml").write_text(
        f"status:\n  port: 0\nfetch:\n  gap: 0s\n  contact: bench@example.org\n"
        f"  allow_private: [{', '.join(ids)}]\n"
    )
    (folder / "channels.yaml").write_text(
        "channels:\n  - {id: desk, kind: email, to: [desk@example.org], default: true}\n"
    )
    (folder / "digests.yaml").write_text("digests: []\n")
    entries = [
        f"  - {{id: {id_}, name: {id_}, kind: feed, url: 'http://{address(number)}:{port}/',"
        f" feeds: ['http://{address(number)}:{port}/feed.xml']}}\n"
        for number, id_ in enumerate(ids)
    ]
    for first in range(0, hosts, PER_FILE):
        text = "".join(entries[first : first + PER_FILE])
        (folder / "sources" / f"newsroom-{first}.yaml").write_text(f"sources:\n{text}")
    (folder / "rules" / "desk.yaml").write_text(rules(count))


def rules(count: int) -> str:
    """Write 1,000 rules over words of the newsroom's own headlines; few of them fire."""
    dice = random.Random(7)
    titles = [each.title() for each in articles(HOSTS, count)]
    words = sorted({w for t in titles for w in t.split() if len(w) > 5 and w.isalpha()})
    lines = ["version: 1", "rules:"]
    for number in range(RULES):
        one, two, *either = dice.sample(words, 5)
        query = f"{one} AND {two} AND ({' OR '.join(either)})"
        lines.append(f"  - {{id: r{number}, name: Rule {number}, match: '{query}'}}")
    return "\n".join(lines) + "\n"
