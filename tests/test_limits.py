"""Every row of the limits, faults and attacks has a test that carries its number."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECURITY = ROOT / "docs" / "security.md"


def rows() -> Iterator[tuple[int, list[str]]]:
    """Yield each row of the tables of docs/security.md and the files that test it."""
    for line in SECURITY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"\d+(, \d+)*", cells[0]):
            for number in cells[0].split(", "):
                yield int(number), re.findall(r"`(test_\w+)`", cells[3])


def names_in(file: str) -> str:
    """Return the names of all tests in the files of that name."""
    found = [path.read_text(encoding="utf-8") for path in ROOT.glob(f"tests/**/{file}.py")]
    return "\n".join(name for text in found for name in re.findall(r"def (test_\w+)", text))


def test_every_row_from_1_to_105_is_in_the_table() -> None:
    assert sorted({number for number, _ in rows()}) == list(range(1, 106))


def test_every_row_has_a_test_of_its_number_in_every_file_it_names() -> None:
    untested = [
        f"row {number}: {file}"
        for number, files in rows()
        for file in files or ["no file"]
        if not re.search(rf"row_{number}(?!\d)", names_in(file))
    ]
    assert untested == []
