"""Read the address the page calls its own; one on another site is not believed."""

from collections.abc import Iterator

from crawler.extract.choice import Choice, Found
from crawler.extract.document import Document, join
from crawler.extract.json_ld import plain
from storage.article import Provenance
from storage.canonical import same_site


def read_canonical(document: Document) -> Choice[str]:
    """Return the canonical address; empty: the page names none that is on its site."""
    found = [
        each for each in _named(document) if each.value.startswith(("http://", "https://"))
    ]
    own = next((each for each in found if same_site(each.value, document.url)), None)
    return Choice(
        value=own.value if own else "",
        provenance=own.provenance if own else None,
        lost=(_doubted(each, document.url) for each in found if each is not own),
    )


def _doubted(lost: Found[str], url: str) -> Found[str]:
    """Return a reading that lost, with the reason where it is that of another site."""
    if same_site(lost.value, url):
        return lost
    return lost._replace(note=f"{lost.note}: another site")


def _named(document: Document) -> Iterator[Found[str]]:
    yield Found(document.canonical, Provenance.META, "canonical")
    address = join(document.base, document.meta("og:url")) if document.meta("og:url") else ""
    yield Found(address, Provenance.META, "og:url")
    for node in document.articles[:1]:
        url = plain(node.get("url"))
        yield Found(url, Provenance.JSON_LD, "url")
