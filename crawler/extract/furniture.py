"""Know the lines that stand between headline and text and are neither: bylines and stamps."""

import re
from typing import Final

from crawler.extract.labels import PUBLISHED, UPDATED
from crawler.extract.month_names import fold_date
from crawler.extract.names import has_lead, is_personal, read_names
from crawler.extract.stamp import read_written
from crawler.extract.stamp_span import cut_stamp
from storage.article import Block

_LONGEST: Final = 120
_MOST: Final = 6  # leading blocks looked at
_SENTENCE: Final = re.compile(r"[.!?…。؟:]$")


def without_furniture(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the bylines and stamps among the blocks that a body begins with."""
    kept = (block for block in blocks[:_MOST] if not is_furniture(block.text))
    return (*kept, *blocks[_MOST:])


def is_furniture(text: str) -> bool:
    """Say whether a line is only a byline, only a stamp, or both."""
    if len(text) > _LONGEST:
        return False
    rest = cut_stamp(text)
    if has_lead(rest) and not _SENTENCE.search(rest):
        names = read_names(rest)
        return bool(names) and all(map(is_personal, names))
    if rest == text or read_written(text) is None:
        return False
    left = fold_date(rest).strip(" ,.:;|-–—()")
    return not left or any(label.is_one(left) for label in (UPDATED, PUBLISHED))
