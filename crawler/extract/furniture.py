"""Know the lines that stand round a text and are none of it: bylines, stamps, biographies."""

import re
from typing import Final

from crawler.extract.boilerplate import without_reading
from crawler.extract.byline_leads import has_lead
from crawler.extract.labels import PUBLISHED, UPDATED
from crawler.extract.month_names import fold_date
from crawler.extract.names import is_personal, read_names
from crawler.extract.stamp import read_written
from crawler.extract.stamp_span import cut_stamp
from storage.article import Block

_LONGEST: Final = 120
_ZONE: Final = 4  # letters that may hang on a time of day: "Uhr", "CEST"
_MOST: Final = 6  # leading blocks looked at
_MOST_LAST: Final = 4  # closing blocks looked at for a biography
_LONGEST_LIFE: Final = 700
_OFFICE: Final = 24  # characters: what an author is may stand before the name
_LIFE: Final = re.compile(
    r"\W{0,3}(?:\([^)]{1,40}\)\W{0,2})?"
    r"(?:is|was|has (?:been|worked|written|covered)|writes|covers|joined|works|reports|ist|war|"
    r"arbeitet|schreibt|leitet|berichtet|est|écrit|couvre|es|escribe|é|escreve|è|scrive|är|er|"
    r"skriver|jobber|on|toimii|jest|pisze|je|píše|este|scrie|является|пишет|є|пише|redakteur|"
    r"journalist|reporter|editor|\w*korrespondent|correspondent)(?:\w{0,3})(?!\w)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?…。؟:]$")


def without_furniture(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the bylines and stamps among the blocks that a body begins with."""
    kept = (block for block in blocks[:_MOST] if not is_furniture(block.text))
    return (*kept, *blocks[_MOST:])


def without_biographies(
    blocks: tuple[Block, ...], authors: tuple[str, ...]
) -> tuple[Block, ...]:
    """Drop what the last blocks tell of the authors themselves: "Anna Berg is our editor."."""
    names = tuple(name for name in authors if " " in name)
    first = max(1, len(blocks) - _MOST_LAST)
    for number in range(first, len(blocks)) if names else ():
        text = blocks[number].text
        if len(text) <= _LONGEST_LIFE and any(_is_life(text, name) for name in names):
            return blocks[:number]
    return blocks


def _is_life(text: str, name: str) -> bool:
    """Tell "Anna Berg is …" and "Our editor Anna Berg writes …" from what she does."""
    at = text.find(name, 0, _OFFICE + len(name))
    return at >= 0 and "." not in text[:at] and _LIFE.match(text, at + len(name)) is not None


def is_furniture(text: str) -> bool:
    """Say whether a line is only a byline, only a stamp, or both."""
    if len(text) > _LONGEST:
        return False
    text = without_reading(text)
    rest = cut_stamp(text)
    if has_lead(rest) and not _SENTENCE.search(rest):
        names = read_names(rest)
        return bool(names) and all(map(is_personal, names))
    if rest == text or read_written(text) is None:
        return False
    if rest.count("|") and all(map(is_personal, read_names(rest.partition("|")[0]) or ("",))):
        return True  # "Anna Berg & Omar Khalil | Agency | Updated: 8 July 2024"
    left = fold_date(rest).strip(" ,.:;|-–—()")
    if not left or (len(left) <= _ZONE and text.endswith(rest)):
        return True
    return any(label.is_one(left) for label in (UPDATED, PUBLISHED))
