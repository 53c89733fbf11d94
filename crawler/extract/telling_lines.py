"""Leave out of the lines near an article those whose days are not the article's."""

from typing import Final

from crawler.extract.lines import Line, Lines
from crawler.extract.outline import Outline, number_of
from crawler.extract.stamp import read_written
from crawler.extract.surroundings import Surroundings
from crawler.extract.visible_dates import CLOSE, YEAR

_HEADER: Final = number_of("header")


def telling_lines(near: Lines, outline: Outline, around: Surroundings) -> Lines:
    """Return the lines without those whose days are not the article's.

    A header tells its readers what day it is, a caption when its picture was taken.
    """
    titles = [mark.before for mark in outline.marks.get("h1", ())]
    today = around.here and around.here.date()
    frames = (mark.frame for mark in outline.marks.get("figcaption", ()))
    captions = [
        range(outline.firsts[each], outline.lasts[each])
        for each in frames
        if not any(outline.firsts[each] <= title < outline.lasts[each] for title in titles)
    ]

    def is_calendar(line: Line) -> bool:
        if not YEAR.search(line.text) or not _in_header(outline, line.number, titles):
            return False
        stamp = read_written(line.text, language=around.language)
        return stamp is not None and stamp.day == today

    def is_caption(line: Line) -> bool:
        return bool(YEAR.search(line.text)) and any(line.number in each for each in captions)

    above, head = near.above[-CLOSE:], near.head
    if today is not None:
        above = [line for line in above if not is_calendar(line)]
    if captions:
        above = [line for line in above if not is_caption(line)]
        head = [line for line in head if not is_caption(line)]
    return near._replace(above=above, head=head)


def _in_header(outline: Outline, passage: int, titles: list[int]) -> bool:
    """Say whether a passage stands in the page's header, and no title with it."""
    frame = outline.places[passage]
    while frame >= 0:
        if outline.numbers[frame] == _HEADER:
            inside = range(outline.firsts[frame], outline.lasts[frame])
            return not any(title in inside for title in titles)
        frame = outline.ups[frame]
    return False
