"""Write what leads to the demo's stories: front pages, feeds, sitemaps, robots.txt."""

import json
from xml.sax.saxutils import escape

from crawler.demo.story import Outlet, Story


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
