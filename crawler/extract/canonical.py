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
    own = [each for each in found if same_site(each.value, document.url)]
    return Choice(
        value=own[0].value if own else "",
        provenance=own[0].provenance if own else None,
        lost=[
            each if each in own else each._replace(note=f"{each.note}: another site")
            for each in found
            if each not in own[:1]
        ],
    )


def _named(document: Document) -> Iterator[Found[str]]:
    yield Found(document.canonical, Provenance.META, "canonical")
    address = join(document.base, document.meta("og:url")) if document.meta("og:url") else ""
    yield Found(address, Provenance.META, "og:url")
    for node in document.articles[:1]:
        url = plain(node.get("url"))
        yield Found(url, Provenance.JSON_LD, "url")
