"""Know in whose house an address stands: an outlet that is watched is read by its own ways.

Else any source could list another's addresses before they exist, and have them settled as dead,
read late in its own long queue, or stored as its own finds; or have that outlet asked by
hundreds of its links.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from config.source import Source
from storage.found import Found
from storage.site import registrable_domain


class Homes:
    """The houses of all sources."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._owners: defaultdict[str, list[str]] = defaultdict(list)
        for source in sources:
            if host := _host(source.url):
                self._owners[registrable_domain(host)].append(source.id)

    def of_another(self, source_id: str, host: str) -> str:
        """Return which source is at home there; empty: this one, or nobody who is watched."""
        owners = self._owners.get(registrable_domain(host), ())
        return owners[0] if owners and source_id not in owners else ""

    def sort_out(self, source_id: str, links: Sequence[Found]) -> tuple[list[Found], str]:
        """Return the links a source may have read, and a word on those left to others."""
        kept: list[Found] = []
        left: Counter[str] = Counter()
        for link in links:
            owner = self.of_another(source_id, _host(link.url))
            if owner:
                left[owner] += 1
            else:
                kept.append(link)
        named = ", ".join(owner for owner, _ in left.most_common(3))
        return kept, f"{left.total()} links are left to {named}, whose they are" if left else ""


NOBODY_ELSE = Homes()  # where one source is looked at by itself


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
