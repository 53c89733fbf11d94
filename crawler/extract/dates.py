"""Choose when the article was published and when it was last updated, apart from each other.

Structured facts come first (JSON-LD, meta, microdata, `<time>`), then what the page shows, then
the address. A fall-back never overrides a structured date.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from crawler.extract.choice import Choice, Found, choose
from crawler.extract.dated_nodes import Reading
from crawler.extract.document import Document
from crawler.extract.lines import Lines
from crawler.extract.page_dates import PageDates
from crawler.extract.stamp import Written
from crawler.extract.stated_dates import WEAK, other_day, stated_dates
from crawler.extract.surroundings import Surroundings
from crawler.extract.visible_dates import shows_update
from storage.article import Block, Stamp
from storage.stamp import EARLIEST, instant

_TOGETHER = timedelta(minutes=1)  # a system may write both stamps one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The two stamps of an article."""

    published: Choice[Stamp | None]
    updated: Choice[Stamp | None]


def read_dates(
    document: Document,
    lines: Callable[[], Lines],
    blocks: tuple[Block, ...],
    around: Surroundings,
    headline: str = "",
) -> Dates:
    """Choose both stamps; lines are only read where the head of the page leaves one open."""
    published, updated = stated_dates(document, month_first=around.month_first)
    first, last = _plausible(published, around), _plausible(updated, around)
    weak = bool(first) and first[0].note in WEAK
    other = other_day(first)
    if not first or weak or other or _may_show_more(document, first, last):
        page = PageDates(document, lines(), around, headline, every=weak or not first)
        if other and any(each.value.day == other.value.day for each in page.near_headline):
            published = [other, *published]
        elif weak:
            published = page.earlier(first[0]) + published
        elif not first:
            published += page.published(blocks, updated=bool(last))
        stated = bool(first and last) and not _same(first[0], last[0])
        first = _plausible(published, around)
        if first and first[0].value.clock is None:
            published = [*page.to_the_minute(first), *published]
        told = _later([each for each in page.updated() if not _is_vaguer(each, last)], first)
        updated = [*updated, *told] if stated else [*told, *updated]
        updated += page.times["updated"]
        updated = updated or page.updated_by_age()
        around = page.around
    after = _plausible(published, around)[:1]
    return Dates(published=_chosen(published, around), updated=_chosen(updated, around, after))


def _plausible(found: list[Reading], around: Surroundings) -> list[Reading]:
    return [each for each in found if not doubt(each.value, around.now)]


def doubt(stamp: Written, now: datetime | None) -> str:
    """Say why a stamp is not believed; empty: it is. Without a clock none lies ahead."""
    if stamp.day < EARLIEST.date():
        return f"before {EARLIEST.year}"
    # Nearly all lie in the past: that is asked first.
    if now and stamp.day > now.date() and stamp.day > (now + timedelta(days=1)).date():
        return "in the future"
    return ""


def _same(one: Reading, other: Reading) -> bool:
    return (one.value.day, one.value.clock) == (other.value.day, other.value.clock)


def _may_show_more(document: Document, first: list[Reading], last: list[Reading]) -> bool:
    """Say whether the page may show an update or a time of day that its head does not state."""
    if first[0].value.clock is None:
        return True
    if last and not _same(first[0], last[0]):
        return False
    return (not last and bool(document.outline.marks.get("time"))) or shows_update(document)


def _later(updates: list[Reading], first: list[Reading]) -> list[Reading]:
    """Return the updates that are not older than the publication."""
    return [each for each in updates if not first or each.value.day >= first[0].value.day]


def _is_before(one: Written, other: Written, zone: tzinfo) -> bool:
    if one.clock is None or other.clock is None:
        return one.day < other.day
    if one.zone == other.zone and (one.day, one.clock) >= (other.day, other.clock):
        return False  # as nearly always: two moments are dear to compare
    return instant(one.in_zone(zone)) < instant(other.in_zone(zone)) - _TOGETHER


def _is_vaguer(shown: Reading, stated: list[Reading]) -> bool:
    """Say whether the head states the shown day's update to the minute."""
    if shown.value.clock or not (stated and stated[0].value.clock):
        return False
    return stated[0].value.day == shown.value.day


def _chosen(
    found: list[Reading], around: Surroundings, after: Sequence[Reading] = ()
) -> Choice[Stamp | None]:
    """Take the first plausible stamp; say of the others why they were not believed.

    `after`: the publication, before which nothing is updated.
    """
    readings: list[Found[Stamp | None]] = []
    doubted: list[Found[Stamp | None]] = []
    for each in found:
        stamp = each.value.in_zone(around.zone)
        reason = doubt(each.value, around.now)
        if after and _is_before(each.value, after[0].value, around.zone):
            reason = reason or "before the publication"
        if reason:
            note = f"{each.note}: {reason}"
            doubted.append(Found(stamp, each.provenance, note))
        else:
            readings.append(Found(stamp, each.provenance, each.note))
    chosen = choose(readings, None)
    return chosen._replace(lost=(*chosen.lost, *doubted)) if doubted else chosen
