"""Write a new source's entry into a file of sources/, checked before it is there.

What people wrote in the file stays as it is, comments too: the entry goes to its end.
"""

from collections.abc import Collection
from pathlib import Path

from config.errors import ConfigError
from config.load import load_text
from config.secrets import AnySecret

EMPTY = "version: 1\n\nsources:\n"


class NotAddedError(Exception):
    """The entry cannot be appended; the file is as it was, and a person must write it."""


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return the id, or the id with the first number that nobody has."""
    numbers = range(2, len(taken) + 3)
    return next(
        each for each in (wanted, *(f"{wanted}-{n}" for n in numbers)) if each not in taken
    )


def add_entry(file: Path, entry: str) -> None:
    """Append an entry to a file of sources, which is made where it is not there.

    Raises NotAddedError where the file would not be good with it.
    """
    before = file.read_text(encoding="utf-8") if file.exists() else EMPTY
    text = f"{before.rstrip()}\n{entry}"
    try:
        load_text("sources", str(file), text, AnySecret())
    except ConfigError as error:
        where = f"{file}: its end is no place for an entry; write it there yourself"
        raise NotAddedError(f"{where} ({error.mistakes[0].message})") from error
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)
