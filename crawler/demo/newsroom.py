"""A small newsroom of our own: seven outlets, each with its own way of being discovered.

Pure: a Newsroom answers a path of one outlet with bytes, as of the round it stands at; what
serves it over HTTP is in crawler/demo/receivers.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.demo.story import Outlet, Story, read_story
from crawler.demo.ways import atom, front_page, json_feed, robots, rss, sitemap

PAGES = Environment(
    loader=PackageLoader("crawler.demo", "pages"), autoescape=True, undefined=StrictUndefined
)


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
