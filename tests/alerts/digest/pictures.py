"""Write the pictures of docs/images: python -m tests.alerts.digest.pictures.

digest.png is not among them: it is the digest that `presswatch demo` mails.
"""

import tempfile
from pathlib import Path

from alerts.digest.page import write_digest
from tests.alerts.digest.issues import make_facts, make_quiet_facts
from tests.alerts.telling import TEMPLATES
from tests.browser import picture

FOLDER = Path(__file__).parents[3] / "docs" / "images"


def main() -> None:
    """Picture a Persian day in the dark, a telephone, and a quiet day."""
    shots = (
        ("digest-dark-persian", make_facts(12, "fa"), 720, 1400, True),
        ("digest-telephone", make_facts(6, "ru"), 500, 1400, False),
        ("digest-quiet", make_quiet_facts(), 720, 800, False),
    )
    for name, facts, width, height, dark in shots:
        page = write_digest(facts, TEMPLATES).html
        with tempfile.TemporaryDirectory() as folder:
            path = FOLDER / f"{name}.png"
            picture(page, Path(folder), path, width=width, height=height, dark=dark)


if __name__ == "__main__":
    main()
