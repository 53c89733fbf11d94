"""Choose among the links that a document offers: rules of the source, traps, doubles. Pure.

Remembers the links of one document only; what was seen before is the ledger's business.
"""

from collections import Counter
from typing import TYPE_CHECKING

from config.source import Source
from crawler.discover.traps import trap_in
from storage.article import Stamp
from storage.found import Found

if TYPE_CHECKING:
    import regex

_BUDGET = 0.1  # seconds for one of the operator's expressions on one URL


class Choice:
    """Collect the links worth following, and count the others by the reason."""

    def __init__(self, source: Source) -> None:
        self.links: list[Found] = []
        self._left_out: Counter[str] = Counter()
        self._places: dict[str, int] = {}
        self._include = _compiled(source.include)
        self._exclude = _compiled(source.exclude)
        self._home = source.url.rstrip("/")

    @property
    def left_out(self) -> dict[str, int]:
        """Return how many links were left out for which reason."""
        return dict(self._left_out)

    def offer(self, url: str | None, title: str, published: Stamp | None, way: str) -> None:
        """Take the link unless something speaks against it; a double adds what was missing."""
        reason = "unusable address" if url is None else self.objection(url)
        if url is None or reason:
            self._left_out[reason] += 1
        elif url in self._places:
            self._left_out["double"] += 1
            known = self.links[self._places[url]]
            self.links[self._places[url]] = Found(
                url=url,
                way=way,
                title=known.title or title,
                published=known.published or published,
            )
        else:
            self._places[url] = len(self.links)
            self.links.append(Found(url=url, way=way, title=title, published=published))

    def objection(self, url: str) -> str:
        """Return why the URL is not to be followed; empty: nothing speaks against it."""
        if url.rstrip("/") == self._home:
            return "the home page"
        trap = trap_in(url)
        if trap:
            return trap
        try:
            if self._include and not any(
                each.search(url, timeout=_BUDGET) for each in self._include
            ):
                return "not included"
            if any(each.search(url, timeout=_BUDGET) for each in self._exclude):
                return "excluded"
        except TimeoutError:
            return "its rule took too long"
        return ""


def _compiled(expressions: tuple[str, ...]) -> "list[regex.Pattern[str]]":
    """Return the operator's expressions; most sources have none, and the library is large."""
    if not expressions:
        return []
    import regex

    return [regex.compile(each) for each in expressions]
