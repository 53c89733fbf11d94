"""Write an Atom feed of what rules matched, for those who read there.

Pure. One feed per rule, or per desk (the rules of one owner); the caller chooses the entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from alerts.plain import one_line, safe_link
from alerts.report import read_evidence
from config.rule import RuleText
from storage.articles import load_articles
from storage.database import Transaction
from storage.matches import recent_matches

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One story in a feed."""

    story_id: int
    url: str
    headline: str
    newsroom: str
    language: str
    rules: tuple[str, ...]
    sentence: str
    matched_at: datetime


def load_entries(
    tx: Transaction, rules: Sequence[RuleText], since: datetime
) -> list[FeedEntry]:
    """Return the newest stories that any of the rules matched after since, newest first."""
    found = [
        match
        for rule in rules
        for match in recent_matches(tx, rule.id, since, limit=ENTRIES_MOST)
    ]
    found.sort(key=lambda match: match.matched_at)
    first = {match.story_id: match for match in reversed(found)}
    articles = {
        each.id: each
        for each in load_articles(tx, [match.article_id for match in first.values()])
    }
    named = {story: [m.rule_id for m in found if m.story_id == story] for story in first}
    entries = []
    for story_id, match in first.items():
        stored = articles.get(match.article_id)
        if stored is None:
            continue
        evidence = read_evidence(match.evidence_json)
        entries.append(
            FeedEntry(
                story_id=story_id,
                url=stored.article.url,
                headline=one_line(stored.article.headline) or stored.article.url,
                newsroom=one_line(stored.article.newsroom) or stored.article.source_id,
                language=stored.article.language,
                rules=tuple(dict.fromkeys(named[story_id])),
                sentence=evidence[0].sentence if evidence else "",
                matched_at=match.matched_at,
            )
        )
    entries.sort(key=lambda entry: entry.matched_at, reverse=True)
    return entries[:ENTRIES_MOST]


def write_feed(
    name: str, feed_id: str, entries: Sequence[FeedEntry], now: datetime, *, domain: str
) -> bytes:
    """Write the feed; an entry keeps its id however often the feed is written."""
    feed = ET.Element("feed", {"xmlns": ATOM})
    _add(feed, "title", one_line(name))
    _add(feed, "id", f"tag:{domain},2026:presswatch/{feed_id}")
    updated = max((entry.matched_at for entry in entries), default=now)
    _add(feed, "updated", _time(updated))
    author = ET.SubElement(feed, "author")
    _add(author, "name", "presswatch")
    for entry in entries:
        _entry(feed, entry, domain)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: ET.Element, entry: FeedEntry, domain: str) -> None:
    element = ET.SubElement(feed, "entry")
    _add(element, "title", one_line(entry.headline))
    _add(element, "id", f"tag:{domain},2026:presswatch/story/{entry.story_id}")
    _add(element, "updated", _time(entry.matched_at))
    if link := safe_link(entry.url):
        ET.SubElement(element, "link", {"rel": "alternate", "href": link})
    _add(ET.SubElement(element, "author"), "name", one_line(entry.newsroom))
    for rule in entry.rules:
        ET.SubElement(element, "category", {"term": rule})
    summary = _add(element, "summary", one_line(entry.sentence))
    if entry.language:
        summary.set("xml:lang", entry.language)


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = text
    return element


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
