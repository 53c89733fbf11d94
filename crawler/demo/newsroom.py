"""A small newsroom of our own: seven outlets, each with its own way of being discovered.

Pure: a Newsroom answers a path of one outlet with bytes, as of the round it stands at; what
serves it over HTTP is in crawler/demo/receivers.py.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from xml.sax.saxutils import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

STORIES = files("crawler.demo") / "stories"
PAGES = Environment(
    loader=PackageLoader("crawler.demo", "pages"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One newsroom of the demo."""

    id: str
    name: str
    language: str
    way: str  # how it is discovered: rss | atom | json | section | sitemap | auto
    markup: str  # which template its pages have


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A story that an outlet shows from one round on."""

    outlet: str
    slug: str
    file: str  # in stories/; "broken": a page whose bytes are no article
    since: int  # the round in which it appears or takes the place of the same slug


OUTLETS = (
    Outlet(
        id="caspian-courier", name="Caspian Courier", language="en", way="rss", markup="cms"
    ),
    Outlet(id="aras-herald", name="Aras Herald", language="en", way="atom", markup="semantic"),
    Outlet(
        id="tehran-dispatch", name="Tehran Dispatch", language="en", way="section", markup="cms"
    ),
    Outlet(id="gulf-mirror", name="Gulf Mirror", language="en", way="auto", markup="semantic"),
    Outlet(id="xezer", name="Xəzər Xəbər", language="az", way="sitemap", markup="semantic"),
    Outlet(id="kaspiy", name="Каспий Сегодня", language="ru", way="rss", markup="semantic"),
    Outlet(id="payam", name="پیام خزر", language="fa", way="json", markup="semantic"),
)
SEED_SLUG = "azerbaijani-iranian-top-diplomats-discuss-regional-projects"
PUBLICATIONS = (
    Publication(outlet="caspian-courier", slug=SEED_SLUG, file="seed", since=1),
    Publication(
        outlet="xezer", slug="zengezur-dehlizinin-agbend-hissesi", file="az_road", since=1
    ),
    Publication(
        outlet="kaspiy", slug="erevan-i-baku-obsudili-rezhim-proezda", file="ru_talks", since=1
    ),
    Publication(
        outlet="payam", slug="tehran-zangezur-corridor-borders", file="fa_corridor", since=1
    ),
    Publication(
        outlet="gulf-mirror", slug="late-goal-sends-neftchi-through", file="football", since=1
    ),
    Publication(
        outlet="aras-herald", slug="ministers-statement-in-full-text", file="broken", since=1
    ),
    Publication(
        outlet="aras-herald",
        slug="bayramov-amir-abdollahian-talk-zangezur-link",
        file="rewrite_aras",
        since=2,
    ),
    Publication(
        outlet="tehran-dispatch",
        slug="tehran-and-baku-to-speed-up-zangezur-transit-route",
        file="rewrite_tehran",
        since=2,
    ),
    Publication(
        outlet="gulf-mirror",
        slug="baku-and-tehran-review-transport-corridors",
        file="wire_copy",
        since=2,
    ),
    Publication(outlet="caspian-courier", slug=SEED_SLUG, file="seed_edited", since=3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story file, read."""

    slug: str
    url: str
    headline: str
    author: str
    published: str
    language: str
    paragraphs: tuple[str, ...]
    updated: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def day(self) -> str:
        """Return the day of publication as an English page prints it."""
        day = date.fromisoformat(self.published[:10])
        return f"{day:%B} {day.day}, {day.year}"

    @property
    def instant(self) -> datetime:
        """Return the time of publication, midnight UTC where only the day is known."""
        stamp = datetime.fromisoformat(self.published)
        return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)

    @property
    def json_ld(self) -> Markup:
        """Return the schema.org description of the story as a script may hold it."""
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.headline,
            "datePublished": self.published,
            "author": {"@type": "Person", "name": self.author},
            "mainEntityOfPage": self.url,
        }
        return Markup(json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - our own stories, "<" escaped


def read_story(file: str, slug: str, url: str) -> Story:
    """Read stories/FILE.txt: `key: value` lines, a blank line, then paragraphs."""
    head, _, body = (STORIES / f"{file}.txt").read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Story(slug=slug, url=url, paragraphs=tuple(body.strip().split("\n\n")), **fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an outlet's server says to one request."""

    status: int
    content_type: str
    body: bytes


NOT_FOUND = Answer(status=404, content_type="text/plain", body=b"not found")


class Newsroom:
    """Answer for every outlet, as of the round that stands."""

    def __init__(self, bases: dict[str, str]) -> None:
        self.bases = bases  # outlet id → "http://127.0.0.1:port"
        self.round = 1

    def answer(self, outlet: Outlet, path: str) -> Answer:
        """Return what the outlet says at path."""
        shown = {story.slug: (story, file) for story, file in self.stories(outlet)}
        slug = path.removeprefix("/news/")
        if slug in shown:
            return article_page(outlet, *shown[slug])
        stories = [story for story, _ in shown.values()]
        match path:
            case "/":
                return html(front_page(outlet, stories))
            case "/robots.txt":
                return text(robots(outlet, self.bases[outlet.id]), "text/plain")
            case "/feed.xml" if outlet.way in {"rss", "atom"}:
                return text(
                    rss(outlet, stories) if outlet.way == "rss" else atom(outlet, stories)
                )
            case "/feed.json" if outlet.way == "json":
                return text(json_feed(outlet, stories), "application/feed+json")
            case "/news-sitemap.xml" if outlet.way == "sitemap":
                return text(sitemap(outlet, stories))
            case _:
                return NOT_FOUND

    def stories(self, outlet: Outlet) -> Iterator[tuple[Story, str]]:
        """Yield the outlet's stories of this round; an edit takes the place of the first."""
        latest = {
            each.slug: each
            for each in PUBLICATIONS
            if each.outlet == outlet.id and each.since <= self.round
        }
        for each in latest.values():
            file = "seed" if each.file == "broken" else each.file
            url = f"{self.bases[outlet.id]}/news/{each.slug}"
            yield read_story(file, each.slug, url), each.file


def article_page(outlet: Outlet, story: Story, file: str) -> Answer:
    """Return a story's page, or the wreck of one."""
    if file == "broken":
        wreck = b"<html><head><title>502</title><body><h1>Bad gate<div></h1><p><<<!--"
        return Answer(status=200, content_type="text/html; charset=utf-8", body=wreck)
    return html(
        PAGES.get_template(f"{outlet.markup}.html.j2").render(story=story, outlet=outlet)
    )


def html(page: str) -> Answer:
    """Answer with a page."""
    return text(page, "text/html; charset=utf-8")


def text(body: str, content_type: str = "application/xml; charset=utf-8") -> Answer:
    """Answer with text of a type."""
    return Answer(status=200, content_type=content_type, body=body.encode())


def robots(outlet: Outlet, base: str) -> str:
    """Write robots.txt; an outlet with a sitemap names it there."""
    named = f"Sitemap: {base}/news-sitemap.xml\n" if outlet.way == "sitemap" else ""
    return f"User-agent: *\nDisallow: /admin/\n{named}"


def front_page(outlet: Outlet, stories: list[Story]) -> str:
    """Write the home page, which names the outlet's feed if it has one."""
    feeds = {
        "rss": '<link rel="alternate" type="application/rss+xml" href="/feed.xml">',
        "atom": '<link rel="alternate" type="application/atom+xml" href="/feed.xml">',
        "json": '<link rel="alternate" type="application/feed+json" href="/feed.json">',
    }
    cards = "".join(
        f'<div class="card"><h2><a href="/news/{each.slug}">{escape(each.headline)}</a></h2>'
        f"<p>{escape(each.paragraphs[0][:160])}…</p></div>"
        for each in stories
    )
    return (
        f'<!DOCTYPE html><html lang="{outlet.language}"><head><meta charset="utf-8">'
        f"<title>{outlet.name}</title>{feeds.get(outlet.way, '')}</head><body>"
        f'<nav><a href="/politics">Politics</a> <a href="/about">About</a></nav>'
        f"<main>{cards}</main><footer>{outlet.name}</footer></body></html>"
    )


def rss(outlet: Outlet, stories: list[Story]) -> str:
    """Write an RSS 2.0 feed."""
    items = "".join(
        f"<item><title>{escape(each.headline)}</title><link>{each.url}</link>"
        f'<guid isPermaLink="true">{each.url}</guid>'
        f"<pubDate>{each.instant:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for each in stories
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{outlet.name}</title>{items}</channel></rss>"
    )


def atom(outlet: Outlet, stories: list[Story]) -> str:
    """Write an Atom feed."""
    entries = "".join(
        f"<entry><title>{escape(each.headline)}</title><id>{each.url}</id>"
        f'<link href="{each.url}"/><updated>{each.instant.isoformat()}</updated></entry>'
        for each in stories
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{outlet.name}</title>{entries}</feed>"
    )


def json_feed(outlet: Outlet, stories: list[Story]) -> str:
    """Write a JSON Feed."""
    items = [
        {
            "id": each.url,
            "url": each.url,
            "title": each.headline,
            "date_published": each.instant.isoformat(),
        }
        for each in stories
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "items": items},
        ensure_ascii=False,
    )


def sitemap(outlet: Outlet, stories: list[Story]) -> str:
    """Write a news sitemap."""
    urls = "".join(
        f"<url><loc>{each.url}</loc><news:news><news:publication>"
        f"<news:name>{outlet.name}</news:name><news:language>{outlet.language}</news:language>"
        f"</news:publication><news:publication_date>{each.instant.isoformat()}"
        f"</news:publication_date><news:title>{escape(each.headline)}</news:title></news:news></url>"
        for each in stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )
