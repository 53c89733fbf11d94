"""Put what auto found into words: a report for people, the YAML to append, values for programs.

Pure.
"""

import json
import re

from config.counting import count
from crawler.discover.address import host_of
from crawler.discover.auto import Explored, NoAnswer
from crawler.discover.coverage import Coverage
from crawler.discover.outcome import WayKind
from storage.site import registrable_domain


def report(explored: Explored) -> str:
    """Return the report that `presswatch sources add` prints."""
    name = explored.name or host_of(explored.home)
    ways, asked = count(len(explored.ways), "way"), count(explored.requests, "request")
    rows = [f"{name}: {ways} found with {asked}", ""]
    rows += [_row(each) for each in explored.ways]
    if not explored.ways:
        rows.append(f"  none: {_advice(explored.unanswered)}")
    for url, hub in explored.hubs.items():
        rows.append(f"  {url} announces the WebSub hub {hub}")
    if explored.dropped:
        rows += ["", "not used:"]
        rows += [f"  {url}: {why}" for url, why in explored.dropped.items()]
    return "\n".join(rows)


def _advice(unanswered: NoAnswer | None) -> str:
    """Return what to do about a site where nothing leads to articles."""
    name_them = "name feeds, sitemaps or sections yourself"
    if unanswered is None:
        return f"{name_them}, or set link_selector"
    if unanswered.out_of_reach:
        return "the site cannot be reached; check its address, or try later"
    if unanswered.reason.startswith("robots: "):
        return "its robots.txt keeps us out; ask the publisher"
    return f"its own address cannot be read; {name_them}, or try later"


def to_yaml(explored: Explored) -> str:
    """Return the entry to append to a file of sources/, below its `sources:`."""
    fields = {
        "id": explored.source.id or source_id(explored.home),
        "name": explored.name or explored.source.name or host_of(explored.home),
        "url": explored.home,
        "kind": "auto",
        "language": explored.language,
    }
    # JSON's strings are YAML's, whatever a page calls itself.
    rows = [f"{key}: {_scalar(key, value)}" for key, value in fields.items() if value]
    return "  - " + "\n    ".join(rows) + "\n"


def to_json(explored: Explored) -> dict[str, object]:
    """Return the result as JSON holds it."""
    return {
        "id": explored.source.id or source_id(explored.home),
        "name": explored.name,
        "url": explored.home,
        "language": explored.language,
        "requests": explored.requests,
        "ways": [
            {
                "kind": each.way.kind.value,
                "url": each.way.url,
                "title": each.way.title,
                "links": each.links,
                "share": round(each.share, 3),
                "only_here": each.only_here,
                "newest": each.newest.isoformat() if each.newest else None,
                "hub": explored.hubs.get(each.way.url),
            }
            for each in explored.ways
        ],
        "dropped": dict(explored.dropped),
        "yaml": to_yaml(explored),
    }


def source_id(url: str) -> str:
    """Return a short id for a new source: the registered name, without its suffix."""
    host = host_of(url)
    domain = registrable_domain(host)
    label = domain.partition(".")[0] if not domain.replace(".", "").isdigit() else domain
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "source"


def _row(each: Coverage) -> str:
    newest = f", newest {each.newest:%Y-%m-%d %H:%M}" if each.newest else ""
    label = "section page" if each.way.kind is WayKind.SECTION else each.way.kind.value
    return (
        f"  {label:<12} {each.way.url}  {each.links} articles, {each.share:.0%} of all, "
        f"{each.only_here} only here{newest}"
    )


def _scalar(key: str, value: str) -> str:
    plain = key in ("id", "kind")
    return value if plain else json.dumps(value, ensure_ascii=False)
