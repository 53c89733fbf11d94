"""A newsroom that goes on publishing; each story's words are its own, so alerts are known."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crawler.demo.newsroom import PAGES
from crawler.demo.story import Outlet, Story
from crawler.demo.ways import atom, front_page, json_feed, rss, sitemap
from crawler.service.web import address_of, listen, serving

OUTLETS = (
    Outlet(id="courier", name="Courier", language="en", way="rss", markup="semantic"),
    Outlet(id="herald", name="Herald", language="en", way="atom", markup="semantic"),
    Outlet(id="dispatch", name="Dispatch", language="en", way="section", markup="semantic"),
    Outlet(id="mirror", name="Mirror", language="en", way="sitemap", markup="semantic"),
    Outlet(id="gazette", name="Gazette", language="en", way="json", markup="semantic"),
)
SUBJECTS = ("quartzite", "saffron", "weather")  # urgent rule, normal rule, no rule
SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
    "ga",
    "de",
    "fi",
    "ho",
    "ju",
]
FAULTS = ("500", "503", "cut", "silent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One story at one outlet."""

    outlet: str
    story: Story
    subject: str
    copy: bool  # of an older story, word for word


@dataclass
class Press:
    """What has been published so far, and how the servers misbehave."""

    dice: random.Random
    bases: dict[str, str] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)
    faulty: bool = True
    asked: set[str] = field(default_factory=set)
    edits: Counter[str] = field(default_factory=Counter)  # by headline

    def publish(self, now: datetime) -> None:
        """Bring out one more story, now and then one that copies another."""
        outlet = self.dice.choice(OUTLETS)
        number = len(self.published)
        slug = f"story-number-{number:04d}-of-the-day"
        url = f"{self.bases[outlet.id]}/news/{slug}"
        older = [each for each in self.published if each.outlet != outlet.id and not each.copy]
        if older and self.dice.random() < 0.15:
            original = self.dice.choice(older)
            story = replace(original.story, slug=slug, url=url)
            self._add(outlet, story, original.subject, copy=True)
            return
        subject = self.dice.choice(SUBJECTS)
        story = Story(
            slug=slug,
            url=url,
            headline=f"{self._words(4).capitalize()} {subject} {self._words(3)}",
            author="Nigar Bayramli",
            published=(now - timedelta(minutes=1)).astimezone(UTC).isoformat(),
            language="en",
            paragraphs=tuple(f"{self._words(40).capitalize()}." for _ in range(4)),
        )
        self._add(outlet, story, subject, copy=False)

    def edit(self) -> None:
        """Let one outlet change what it has published."""
        if self.published:
            at = self.dice.randrange(len(self.published))
            old = self.published[at]
            added = f"{self._words(30).capitalize()}."
            story = replace(old.story, paragraphs=(*old.story.paragraphs, added))
            self.published[at] = replace(old, story=story)
            self.edits[story.headline] += 1

    def _add(self, outlet: Outlet, story: Story, subject: str, *, copy: bool) -> None:
        self.published.append(
            Published(outlet=outlet.id, story=story, subject=subject, copy=copy)
        )

    def _words(self, count: int) -> str:
        return " ".join(
            "".join(self.dice.choices(SYLLABLES, k=self.dice.choice((3, 4, 5))))
            for _ in range(count)
        )

    async def answer(self, outlet: Outlet, path: str) -> Response:
        """Answer one request; an article's first one may go wrong."""
        own = [each.story for each in self.published if each.outlet == outlet.id]
        pages = {f"/news/{story.slug}": story for story in own}
        if path in pages:
            return await self._page(outlet, pages[path])
        latest = own[-40:]
        match path:
            case "/feed.xml":
                text = rss(outlet, latest) if outlet.way == "rss" else atom(outlet, latest)
                return Response(text, media_type="application/xml")
            case "/feed.json":
                return Response(json_feed(outlet, latest), media_type="application/feed+json")
            case "/news-sitemap.xml":
                return Response(sitemap(outlet, latest), media_type="application/xml")
            case "/":
                return Response(front_page(outlet, latest), media_type="text/html")
            case _:
                return Response("not found", 404)

    async def _page(self, outlet: Outlet, story: Story) -> Response:
        template = PAGES.get_template(f"{outlet.markup}.html.j2")
        page = template.render(story=story, outlet=outlet).encode()
        first = story.url not in self.asked
        self.asked.add(story.url)
        fault = self.dice.choice(FAULTS) if self.dice.random() < 0.2 else ""
        if not (self.faulty and first and fault):
            return Response(page, media_type="text/html")
        if fault == "silent":
            await asyncio.sleep(0.5)
            return Response("", 503)
        if fault == "cut":
            return Response(page[:500], headers={"content-length": str(len(page))})
        return Response("out of order", int(fault))


@asynccontextmanager
async def publishing(press: Press) -> AsyncIterator[None]:
    """Serve every outlet on a port of its own."""
    sockets = {outlet.id: listen("127.0.0.1", 0) for outlet in OUTLETS}
    press.bases = {name: address_of(each) for name, each in sockets.items()}
    async with AsyncExitStack() as stack:
        for outlet in OUTLETS:
            await stack.enter_async_context(serving(site(press, outlet), sockets[outlet.id]))
        yield


def site(press: Press, outlet: Outlet) -> ASGIApp:
    """Return one outlet as an application."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await press.answer(outlet, scope["path"])
        await response(scope, receive, send)

    return app
