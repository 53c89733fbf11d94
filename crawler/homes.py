"""Know in whose house an address stands: an outlet that is watched is read by its own ways.

Else any source could list another's addresses before they exist, and have them settled as dead,
read late in its own long queue, or stored as its own finds; or have that outlet asked by
hundreds of its links. A source that is only a part of a site (a channel, a desk) is at home
there and claims nothing: what stands beside it may be somebody else's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from config.counting import count
from config.source import Source
from storage.found import Found
from storage.site import registrable_domain

# The front page of a site, or of one of its languages: /, /en, /aze/
_FRONT = re.compile(r"/?(?:[a-z]{2,3}/?)?")


class Homes:
    """The houses of all sources."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._inmates: defaultdict[str, set[str]] = defaultdict(set)
        self._owners: dict[str, str] = {}
        for source in sources:
            if host := _host(source.url):
                house = registrable_domain(host)
                self._inmates[house].add(source.id)
                if _FRONT.fullmatch(urlsplit(source.url).path):
                    self._owners.setdefault(house, source.id)

    def of_another(self, source_id: str, host: str) -> str:
        """Return whose house it is; empty: this one's, too, or of nobody who is watched."""
        house = registrable_domain(host)
        owner = self._owners.get(house, "")
        return "" if owner and source_id in self._inmates[house] else owner

    def sort_out(
        self, source_id: str, links: Sequence[Found]
    ) -> tuple[list[Found], list[tuple[Found, str]]]:
        """Return the links a source may have read, and those left to others, with whose."""
        kept: list[Found] = []
        left: list[tuple[Found, str]] = []
        owners: dict[str, str] = {}  # origin → whose it is: a look's links have few
        for link in links:
            origin = link.url[: link.url.find("/", 8)] if "/" in link.url[8:] else link.url
            owner = owners.get(origin)
            if owner is None:
                owner = owners[origin] = self.of_another(source_id, _host(origin))
            if owner:
                left.append((link, owner))
            else:
                kept.append(link)
        return kept, left


def tell_left(left: Iterable[tuple[Found, str]]) -> str:
    """Say to whom links were left: "3 links left to herald, whose they are"."""
    owners = Counter(owner for _, owner in left)
    named = ", ".join(owner for owner, _ in owners.most_common(3))
    return f"{count(owners.total(), 'link')} left to {named}, whose they are"


NOBODY_ELSE = Homes()  # where one source is looked at by itself


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
