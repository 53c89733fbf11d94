"""Read the stamps that the head of a page and its microdata state, the most trusted first."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Final

from crawler.extract.address_day import in_address
from crawler.extract.choice import Found
from crawler.extract.dated_nodes import Reading, read_any
from crawler.extract.day_order import in_doubt, month_leads
from crawler.extract.document import Document
from crawler.extract.json_ld import page_nodes, plain
from crawler.extract.stamp import Written
from storage.article import Provenance

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
WEAK: Final = frozenset({"date", "dc.date", "dcterms.date", "datecreated", "dc.date.created"})


def stated_dates(
    document: Document, *, month_first: bool
) -> tuple[list[Reading], list[Reading]]:
    """Return what is stated as the publication and as the last update."""
    keys = ("datePublished", "dateCreated")
    published = [*_stated(document, keys, _PUBLISHED_METAS, month_first=month_first)]
    updated = [*_stated(document, ("dateModified",), _UPDATED_METAS, month_first=month_first)]
    published, updated = _one_zone(published, updated)
    return _told_locally(published), updated


def _stated(
    document: Document, keys: tuple[str, ...], metas: tuple[str, ...], *, month_first: bool
) -> Iterator[Reading]:
    """Yield what the head of the page and its microdata state, the most trusted first."""
    for node in (*document.articles, *page_nodes(document.lds)):
        for key in keys:
            if stamp := _read(plain(node.get(key)), document, month_first):
                yield Found(stamp, Provenance.JSON_LD, key)
    for name in metas:
        for content in document.metas.get(name, ()):
            if stamp := _read(content, document, month_first):
                yield Found(stamp, Provenance.META, name)


def _read(text: str, document: Document, month_first: bool) -> Written | None:
    """Read a stamp; of "03/04/2024" the page's other days say which number is the month."""
    stamp = read_any(text, month_first=month_first)
    if month_first or stamp is None or "/" not in text or not in_doubt([text]):
        return stamp
    if document.language and not document.language.lower().startswith("en"):
        return stamp
    days = [each.value.day for each in in_address(document.url)]
    return read_any(text, month_first=month_leads([text, *document.outline.texts], days))


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


def _told_locally(found: list[Reading]) -> list[Reading]:
    """Tell the first stamp in the zone in which the page states the same moment once more."""
    if not (found and found[0].value.clock and found[0].value.zone is UTC):
        return found
    moment = found[0].value.in_zone(UTC)
    for each in found[1:]:
        if each.value.zone not in {None, UTC} and each.value.in_zone(UTC) == moment:
            return [found[0]._replace(value=each.value), *found[1:]]
    return found


def other_day(found: list[Reading]) -> Reading | None:
    """Return what a meta states where JSON-LD states another day: the page decides."""
    if not found or found[0].provenance is not Provenance.JSON_LD:
        return None
    day = found[0].value.day
    metas = (each for each in found if each.provenance is Provenance.META)
    other = next((each for each in metas if each.note not in WEAK), None)
    return other if other and abs(other.value.day - day) > timedelta(days=1) else None
