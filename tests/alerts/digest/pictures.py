"""Write the pictures of docs/images: python -m tests.alerts.digest.pictures.

digest.png is not among them: it is the digest that `presswatch demo` mails.
"""

import tempfile
from pathlib import Path

from alerts.delivery.render import render
from alerts.digest.facts import DigestFacts
from alerts.digest.page import write_digest
from tests.alerts.digest.issues import make_facts, make_quiet_facts
from tests.alerts.specimens import specimens
from tests.alerts.telling import TEMPLATES, VOICE
from tests.browser import picture

FOLDER = Path(__file__).parents[3] / "docs" / "images"


def main() -> None:
    """Picture a Persian day in the dark, telephones, a quiet day, an alert and its update."""
    alerts = specimens()
    shots = (
        ("digest-dark-persian", digest(make_facts(12, "fa")), 720, 1400, True),
        ("digest-telephone", digest(make_facts(6, "ru")), 360, 1400, False),
        ("digest-quiet", digest(make_quiet_facts()), 720, 830, False),
        ("alert", render("k", alerts["alert"], VOICE).html, 640, 560, False),
        ("alert-update-dark", render("k", alerts["update"], VOICE).html, 640, 660, True),
    )
    for name, page, width, height, dark in shots:
        with tempfile.TemporaryDirectory() as folder:
            path = FOLDER / f"{name}.png"
            picture(page, Path(folder), path, width=width, height=height, dark=dark)


def digest(facts: DigestFacts) -> str:
    """Write a digest's page."""
    return write_digest(facts, TEMPLATES).html


if __name__ == "__main__":
    main()
