"""Read what a page shows of its dates, where its head leaves one open.

Near the headline first, then what the address tells, then what stands apart.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from crawler.extract.address_day import in_address
from crawler.extract.choice import Found
from crawler.extract.dated_nodes import TIME, Reading, in_attributes, time_tags
from crawler.extract.day_order import in_doubt, month_leads
from crawler.extract.document import Document
from crawler.extract.lines import Line, Lines
from crawler.extract.lone_clock import clock_alone, clock_of
from crawler.extract.stamp import Written, read_written
from crawler.extract.surroundings import Surroundings
from crawler.extract.telling_lines import telling_lines
from crawler.extract.visible_dates import (
    CLOSE,
    YEAR,
    Shown,
    read_ages,
    read_datelines,
    read_shown,
)
from storage.article import Block, Provenance

# Classes by which systems call the day of publication, in two steps through the tree.
_DATE_CLASSES: Final = "[class*=date i],[class*=publi i]"
_NAMED_DATE: Final = re.compile(
    r"publish|pub-?date|date-?publi|(?:post|entry|article|news|story|blog|meta)[-_]{0,2}(?:item)?[-_]?date",
    re.IGNORECASE,
)
_SURE: Final = frozenset({TIME, "address"})  # told by a machine: of no doubtful order
_MOST_NAMED: Final = 30
_MOST_TIMES: Final = 10
_ABOVE: Final = 2  # lines above the headline that may tell a day without its year
_HEAD: Final = 12  # lines below the headline among which a time may stand alone


class PageDates:
    """The stamps of a page's text and of its `<time>`."""

    def __init__(
        self,
        document: Document,
        near: Lines,
        around: Surroundings,
        headline: str,
        *,
        every: bool,
    ) -> None:
        self._document = document
        self._headline = headline
        self._near = telling_lines(near, document.outline, around)
        self.times = time_tags(document, self._near, every=every)
        self.around = _ordered(around, document, self._near, self.times)
        if self.around.month_first and not around.month_first:
            self.times = time_tags(document, self._near, every=every, month_first=True)
        self.shown = read_shown(
            self._near, around.language, headline, month_first=self.around.month_first
        )
        self.near_headline = [
            *self.times["published"],
            *_found(self.shown.published, "shown as published"),
            *self.times["head"],
            *_likelier(_found(self.shown.bare, "shown below the headline"), document.url),
        ]

    def published(self, blocks: tuple[Block, ...], *, updated: bool) -> list[Reading]:
        """Return the page's own publication; `updated`: its head states the update."""
        times, document = self.times, self._document
        found = [*self.near_headline, *(() if updated else times["touched"])]
        found = found or ([] if self.shown.far else self._by_age())
        found += [*times["elsewhere"], *self._away(blocks)]
        found = found or _labelled(document, self.around)
        # A page may know one stamp, and call it the last.
        alone = () if updated else self.shown.updated[:1]
        found = found or _found(alone, "shown as an update")
        return found or in_attributes(document) or _named(document, self.around)

    def updated(self) -> list[Reading]:
        """Return what is labelled as an update, which is told against nothing."""
        return _found(self.shown.updated, "shown as an update")

    def updated_by_age(self) -> list[Reading]:
        """Return what the page calls updated some hours ago."""
        return _aged(self._ages(updates=True).updated)

    def earlier(self, stated: Reading) -> list[Reading]:
        """Return the earlier days that the page shows, unless it shows the stated one as well.

        Then the earlier one is a caption's or another article's, if no label says what it is.
        """
        day, shown = stated.value.day, self.near_headline
        if any(each.value.day == day for each in shown):
            shown = [each for each in shown if each.note == "shown as published"]
        return [each for each in shown if each.value.day < day]

    def to_the_minute(self, found: list[Reading]) -> list[Reading]:
        """Return what tells the time of the first day found: another stamp, or a time alone."""
        day = found[0].value.day
        far = _found(self.shown.far, "shown away from the headline")
        shown = _timed((*self.near_headline, *found[1:], *far), day)
        if shown := shown or _timed(in_attributes(self._document), day):
            return shown
        above = [line.text for line in self._near.above[-_ABOVE:]]
        head = [line.text for line in self._near.head[:_HEAD]]
        clock = clock_of(day, (*above, *head), self.around.language) or clock_alone(head)
        return _found((Written(day, *clock),), "time beside the headline") if clock else []

    def _by_age(self) -> list[Reading]:
        """Return what the page's age makes its publication, unless its address tells otherwise.

        A page that was kept for years, or read late, may still say "2 hours ago".
        """
        days = {each.value.day for each in in_address(self._document.url)}
        ages = self._ages(updates=False)
        published = (*ages.published, *ages.bare) or ages.updated[:1]
        found = _aged(each for each in published if not days or each.day in days)
        told = {each.value.day for each in found}
        stated = in_attributes(self._document) if found else []
        return [each for each in stated if each.value.day in told] or found

    def _ages(self, *, updates: bool) -> Shown:
        around = self.around
        if around.here is None:
            return Shown()
        return read_ages(
            self._near, around.language, self._headline, around.here, updates=updates
        )

    def _away(self, blocks: tuple[Block, ...]) -> list[Reading]:
        """Return what stands apart from the headline or in the address, likeliest first."""
        shown = self.shown
        return [
            *in_address(self._document.url),
            *_found((*shown.far, *shown.below), "shown away from the headline"),
            *self.times["below"],
            *_found(read_datelines(blocks, self.around.language), "at an end of the text"),
            *_found(shown.loose, "shown away from the headline"),
        ]


def _ordered(
    around: Surroundings, document: Document, near: Lines, times: dict[str, list[Reading]]
) -> Surroundings:
    """Ask the page's other stamps whether the month comes first, where one is in doubt."""
    if around.month_first or around.language != "en":
        return around
    marks = document.outline.marks.get("time", ())
    tagged = (mark.node.text() for mark in marks[:_MOST_TIMES])
    lines = (line.text for line in (*near.above[-CLOSE:], *near.head, *near.below))
    if not in_doubt([*lines, *tagged]):
        return around
    stated = (*times.values(), in_address(document.url))
    days = [each.value.day for found in stated for each in found if each.note in _SURE]
    return replace(around, month_first=month_leads(document.outline.texts, days))


def _named(document: Document, around: Surroundings) -> list[Reading]:
    """Return the first stamp of a node whose class calls it the publication's."""
    for node in document.outline.frames[0].css(_DATE_CLASSES)[:_MOST_NAMED]:
        if _NAMED_DATE.search(node.attributes.get("class") or ""):
            text = " ".join(node.text(separator=" ").split())
            stamp = read_written(text, language=around.language, month_first=around.month_first)
            if stamp is not None:
                return _found((stamp,), "named as published")
    return []


def _likelier(bare: list[Reading], url: str) -> list[Reading]:
    """Sort stamps without a label: the address's day first, then what tells a time of day.

    Links to other articles may stand between headline and text, each with its day.
    """
    if len(bare) < 2:
        return bare
    days = {each.value.day for each in in_address(url)}
    return sorted(bare, key=lambda each: (each.value.day not in days, each.value.clock is None))


def _labelled(document: Document, around: Surroundings) -> list[Reading]:
    """Return what a label anywhere on the page calls the publication."""
    outline = document.outline
    dated = [
        Line(line, linked=outline.is_link(number), number=number)
        for number, line in enumerate(outline.lines())
        if YEAR.search(line)
    ]
    shown = read_shown(Lines(below=dated), around.language, "", month_first=around.month_first)
    return _found(shown.below, "shown away from the headline")


def _timed(stamps: Iterable[Reading], day: date) -> list[Reading]:
    """Return the first stamp of a day that tells its time."""
    told = (each for each in stamps if each.value.day == day and each.value.clock is not None)
    return [*islice(told, 1)]


def _found(stamps: Iterable[Written], note: str) -> list[Reading]:
    return [Found(each, Provenance.PAGE, note) for each in stamps]


def _aged(stamps: Iterable[Written]) -> list[Reading]:
    return [Found(each, Provenance.AGE, "how old the page says it is") for each in stamps]
