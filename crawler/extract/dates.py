"""Choose when the article was published and when it was last updated, apart from each other.

Structured facts come first (JSON-LD, meta, microdata, `<time>`), then what the page shows, then
the address. A fall-back never overrides a structured date.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from crawler.extract.address_day import in_address
from crawler.extract.choice import Choice, Found, choose
from crawler.extract.dated_nodes import Reading, read_any, time_tags
from crawler.extract.day_order import in_doubt, month_leads
from crawler.extract.document import Document
from crawler.extract.json_ld import page_nodes, plain
from crawler.extract.lines import Line, Lines
from crawler.extract.stamp import Written, read_written
from crawler.extract.visible_dates import (
    CLOSE,
    YEAR,
    Shown,
    read_datelines,
    read_shown,
    shows_update,
)
from storage.article import Block, Candidate, Provenance, Stamp
from storage.stamp import EARLIEST

_PUBLISHED_METAS: Final = (
    "article:published_time", "article:published", "og:published_time", "datepublished",
    "parsely-pub-date", "publish-date", "publish_date", "publishdate", "pubdate", "pub_date",
    "publication_date", "date.issued", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "cxenseparse:recs:articlepublished", "cxenseparse:articlepublished", "sailthru.date",
    "article.published", "article_date_original", "og:article:published_time", "date",
    "dc.date", "dcterms.date", "bt:pubdate", "rnews:datepublished", "iso-8601-publish-date",
    "datecreated", "vf:published_time", "article:post_date", "citation_publication_date",
)  # fmt: skip
_UPDATED_METAS: Final = (
    "article:modified_time", "article:modified", "og:updated_time", "og:modified_time",
    "datemodified", "dc.date.modified", "dcterms.modified", "last-modified", "lastmod",
    "revised", "article.updated", "date.updated", "last_updated_date", "cxenseparse:modtime",
    "article:updated_time", "updated_time", "dateupdated", "modified", "moddate",
)  # fmt: skip
# Systems write into these when the page was made or last touched: an earlier day that the page
# shows is the better one.
_WEAK: Final = frozenset({"date", "dc.date", "dcterms.date", "datecreated", "dc.date.created"})


# Classes by which systems call the day of publication, in two steps through the tree.
_DATE_CLASSES: Final = "[class*=date i],[class*=publi i]"
_NAMED_DATE: Final = re.compile(
    r"publish|pub-?date|date-?publi|(?:post|entry|article|news|story|blog|meta)[-_]{0,2}(?:item)?[-_]?date",
    re.IGNORECASE,
)
_MOST_NAMED: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is needed to read a stamp and does not stand in it."""

    now: datetime | None
    zone: tzinfo = UTC  # the source's own, where the page names none
    language: str = ""
    month_first: bool = False  # 12/7/2023 is December


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
    published = list(_stated(document, ("datePublished", "dateCreated"), _PUBLISHED_METAS))
    updated = list(_stated(document, ("dateModified",), _UPDATED_METAS))
    published, updated = _one_zone(published, updated)
    published = _told_locally(published)
    first, last = _plausible(published, around), _plausible(updated, around)
    weak = bool(first) and first[0].note in _WEAK
    other = _other_day(first)
    if not first or weak or other or _may_show_more(document, first, last):
        near = lines()
        times = time_tags(document, near, every=weak or not first)
        around = _ordered(around, document, near, times)
        shown = read_shown(near, around.language, headline, month_first=around.month_first)
        near_headline = [
            *times["published"],
            *_shown(shown.published, "shown as published"),
            *times["head"],
            *_likelier(_shown(shown.bare, "shown below the headline"), document.url),
        ]
        if other and any(each.value.day == other.value.day for each in near_headline):
            published = [other, *published]
        elif weak:
            published = _earlier(near_headline, first[0]) + published
        elif not first:
            touched = [] if last else times["touched"]
            published += [*near_headline, *touched, *times["elsewhere"]]
            published += _away(document, shown, times, blocks, around)
            published = published or _labelled(document, around)
            # A page may know one stamp, and call it the last.
            alone = () if last else shown.updated[:1]
            published = published or _shown(alone, "shown as an update")
            published = published or _named(document, around)
        told = _later(_shown(shown.updated, "shown as an update"), first)
        updated = [*(each for each in told if not _is_vaguer(each, last)), *updated]
        updated += times["updated"]
    return Dates(published=_chosen(published, around), updated=_chosen(updated, around))


def _away(
    document: Document,
    shown: Shown,
    times: dict[str, list[Reading]],
    blocks: tuple[Block, ...],
    around: Surroundings,
) -> list[Reading]:
    """Return what stands apart from the headline, or in the address, the likeliest first."""
    datelines = read_datelines(blocks, around.language)
    return [
        *in_address(document.url),
        *_shown((*shown.far, *shown.below), "shown away from the headline"),
        *times["below"],
        *_shown(datelines, "at an end of the text"),
        *_shown(shown.loose, "shown away from the headline"),
    ]


def _stated(
    document: Document, keys: tuple[str, ...], metas: tuple[str, ...]
) -> Iterator[Reading]:
    """Yield what the head of the page and its microdata state, the most trusted first."""
    for node in (*document.articles, *page_nodes(document.lds)):
        for key in keys:
            if stamp := read_any(plain(node.get(key))):
                yield Found(stamp, Provenance.JSON_LD, key)
    for name in metas:
        for content in document.metas.get(name, ()):
            if stamp := read_any(content):
                yield Found(stamp, Provenance.META, name)


def _one_zone(
    published: list[Reading], updated: list[Reading]
) -> tuple[list[Reading], list[Reading]]:
    """Lend a stamp without a zone the zone that the page names in another stamp."""
    zones = [each.value.zone for each in (*published, *updated) if each.value.zone]
    if not zones:
        return published, updated

    def lend(found: Reading) -> Reading:
        if found.value.clock is None or found.value.zone:
            return found
        return found._replace(value=found.value._replace(zone=zones[0]))

    return [lend(each) for each in published], [lend(each) for each in updated]


def _earlier(shown: list[Reading], stated: Reading) -> list[Reading]:
    """Return the earlier days that the page shows, unless it shows the stated one as well.

    Then the earlier one is a caption's or another article's, if no label says what it is.
    """
    day = stated.value.day
    if any(each.value.day == day for each in shown):
        shown = [each for each in shown if each.note == "shown as published"]
    return [each for each in shown if each.value.day < day]


def _ordered(
    around: Surroundings, document: Document, near: Lines, times: dict[str, list[Reading]]
) -> Surroundings:
    """Ask the page's other stamps whether the month comes first, where one is in doubt."""
    if around.month_first or around.language != "en":
        return around
    if not in_doubt([line.text for line in (*near.above[-CLOSE:], *near.head, *near.below)]):
        return around
    stated = (*times.values(), in_address(document.url))
    days = [each.value.day for found in stated for each in found]
    return replace(around, month_first=month_leads(document.outline.texts, days))


def _named(document: Document, around: Surroundings) -> list[Reading]:
    """Return the first stamp of a node whose class calls it the publication's."""
    for node in document.outline.frames[0].css(_DATE_CLASSES)[:_MOST_NAMED]:
        if _NAMED_DATE.search(node.attributes.get("class") or ""):
            text = " ".join(node.text(separator=" ").split())
            stamp = read_written(text, language=around.language, month_first=around.month_first)
            if stamp is not None:
                return _shown((stamp,), "named as published")
    return []


def _likelier(bare: list[Reading], url: str) -> list[Reading]:
    """Sort stamps without a label: the address's day first, then what tells a time of day.

    Links to other articles may stand between headline and text, each with its day.
    """
    if len(bare) < 2:
        return bare
    days = {each.value.day for each in in_address(url)}
    return sorted(bare, key=lambda each: (each.value.day not in days, each.value.clock is None))


def _told_locally(found: list[Reading]) -> list[Reading]:
    """Tell the first stamp in the zone in which the page states the same moment once more."""
    if not (found and found[0].value.clock and found[0].value.zone is UTC):
        return found
    moment = found[0].value.in_zone(UTC)
    for each in found[1:]:
        if each.value.zone not in {None, UTC} and each.value.in_zone(UTC) == moment:
            return [found[0]._replace(value=each.value), *found[1:]]
    return found


def _other_day(found: list[Reading]) -> Reading | None:
    """Return what a meta states where JSON-LD states another day: the page decides."""
    if not found or found[0].provenance is not Provenance.JSON_LD:
        return None
    day = found[0].value.day
    metas = (each for each in found if each.provenance is Provenance.META)
    other = next((each for each in metas if each.note not in _WEAK), None)
    return other if other and abs(other.value.day - day) > timedelta(days=1) else None


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
    """Say whether the page may show an update that its head does not state."""
    if last and not _same(first[0], last[0]):
        return False
    return (not last and bool(document.outline.marks.get("time"))) or shows_update(document)


def _shown(stamps: Iterable[Written], note: str) -> list[Reading]:
    return [Found(each, Provenance.PAGE, note) for each in stamps]


def _labelled(document: Document, around: Surroundings) -> list[Reading]:
    """Return what a label anywhere on the page calls the publication."""
    outline = document.outline
    dated = [
        Line(line, linked=outline.is_link(number), number=number)
        for number, line in enumerate(outline.lines())
        if YEAR.search(line)
    ]
    shown = read_shown(Lines(below=dated), around.language, "", month_first=around.month_first)
    return _shown(shown.below, "shown away from the headline")


def _later(updates: list[Reading], first: list[Reading]) -> list[Reading]:
    """Return the updates that are not older than the publication."""
    return [each for each in updates if not first or each.value.day >= first[0].value.day]


def _is_vaguer(shown: Reading, stated: list[Reading]) -> bool:
    """Say whether the head states the shown day's update to the minute."""
    if shown.value.clock or not (stated and stated[0].value.clock):
        return False
    return stated[0].value.day == shown.value.day


def _chosen(found: list[Reading], around: Surroundings) -> Choice[Stamp | None]:
    """Take the first plausible stamp; say of the others why they were not believed."""
    readings: list[Found[Stamp | None]] = []
    doubted = []
    for each in found:
        stamp = each.value.in_zone(around.zone)
        if reason := doubt(each.value, around.now):
            note = f"{each.note}: {reason}"
            doubted.append(Candidate(value=str(stamp), provenance=each.provenance, note=note))
        else:
            readings.append(Found(stamp, each.provenance, each.note))
    chosen = choose(readings, None)
    return chosen._replace(candidates=(*chosen.candidates, *doubted))
