"""Put the pages together: one ASGI application that reads the database and the daemon's state.

Every page is also JSON below /api; /healthz, /readyz and /metrics are for machines.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from alerts.digest.leaving import PATH as LEAVING
from alerts.judging import PATH as JUDGING
from config.nearby import is_loopback
from crawler.callback import PATH as HUBS
from crawler.pages.answer import Ask, NotAnswered, to_json
from crawler.pages.callback import Listens, hear
from crawler.pages.feeds import ATOM_TYPE, desk_feed, rule_feed
from crawler.pages.guard import Guard
from crawler.pages.judging import say
from crawler.pages.judging import show as show_match
from crawler.pages.leaving import show, take_off
from crawler.pages.metrics import Metrics
from crawler.pages.openapi import openapi
from crawler.pages.readiness import readiness
from crawler.pages.render import ICON, STYLE, Renderer
from crawler.pages.state import State
from crawler.pages.views import VIEWS, View
from crawler.version import our_version
from storage.database import Database
from storage.errors import DatabaseError

log = logging.getLogger(__name__)
Handler = Callable[[Request], Awaitable[Response]]
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def make_pages(database: Database, state: State, hubs: Listens | None = None) -> Guard:
    """Return the ASGI application; raises ValueError when it would answer strangers."""
    status = state.live().config.settings.status
    if not is_loopback(status.host) and status.token is None:
        raise ValueError("the status page needs a token outside loopback")
    pages = _Pages(database, state)
    routes = [
        *[Route(view.path, pages.html(view)) for view in VIEWS],
        *[Route(view.api_path, pages.json(view)) for view in VIEWS],
        Route("/feeds/rules/{rule_id}.atom", pages.feed(rule_feed)),
        Route("/feeds/desks/{owner}.atom", pages.feed(desk_feed)),
        *([Route(f"{HUBS}{{token}}", hear(hubs), methods=["GET", "POST"])] if hubs else []),
        Route("/api/openapi.json", pages.openapi),
        Route(f"{LEAVING}{{token}}", pages.leaving, methods=["GET", "POST"]),
        Route(f"{JUDGING}{{token}}", pages.judging),
        Route(f"{JUDGING}{{token}}/{{verdict}}", pages.judging, methods=["GET", "POST"]),
        Route("/healthz", pages.alive),
        Route("/readyz", pages.ready),
        Route("/metrics", pages.metrics),
        Route("/style.css", _fixed(STYLE, "text/css")),
        Route("/icon.svg", _fixed(ICON, "image/svg+xml")),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            NotAnswered: pages.not_answered,
            DatabaseError: pages.no_database,
            HTTPException: pages.no_page,
            Exception: pages.fault,
        },
    )
    app.router.redirect_slashes = False
    # The guard stands outermost, so that even the answer to a fault of ours has its headers.
    return Guard(app, lambda: state.live().config.settings.status)


class _Pages:
    """Answer requests; holds what every answer needs."""

    def __init__(self, database: Database, state: State) -> None:
        self.database = database
        self.state = state
        self.renderer = Renderer()
        self.counted = Metrics(state.clock())
        self.scraping = asyncio.Lock()

    def ask(self, request: Request) -> Ask:
        return Ask(
            database=self.database,
            state=self.state,
            path=request.path_params,
            query=request.query_params,
        )

    def html(self, view: View) -> Handler:
        async def answer(request: Request) -> Response:
            value = await view.look(self.ask(request))
            return self.page(view.template, {"it": value, "path": view.path})

        return answer

    def json(self, view: View) -> Handler:
        async def answer(request: Request) -> Response:
            return _json(to_json(await view.look(self.ask(request))))

        return answer

    def feed(self, write: Callable[[Ask], Awaitable[str]]) -> Handler:
        async def answer(request: Request) -> Response:
            return Response(await write(self.ask(request)), media_type=ATOM_TYPE)

        return answer

    async def leaving(self, request: Request) -> Response:
        step = take_off if request.method == "POST" else show
        return self.page("leaving.html.j2", {"it": await step(self.ask(request))})

    async def judging(self, request: Request) -> Response:
        if request.method != "POST":
            found = await show_match(self.ask(request))
        else:
            found = await say(self.ask(request))
            if found.back:
                return RedirectResponse(found.back, 303)
        return self.page("judging.html.j2", {"it": found})

    def page(self, template: str, values: dict[str, object], status: int = 200) -> Response:
        settings, now = self.state.live().config.settings, self.state.clock()
        html = self.renderer.render(template, values, now=now, settings=settings)
        return HTMLResponse(html, status)

    async def openapi(self, request: Request) -> Response:
        return _json(openapi(our_version()))

    async def alive(self, request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(self, request: Request) -> Response:
        found = await readiness(self.ask(request))
        return _json(to_json(found), 200 if found.ready else 503)

    async def metrics(self, request: Request) -> Response:
        async with self.scraping:
            body = await self.counted.scrape(self.ask(request))
        return Response(body, media_type=METRICS_TYPE)

    async def not_answered(self, request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, NotAnswered) else 500
        return self.refuse(request, status, str(error))

    async def no_database(self, request: Request, error: Exception) -> Response:
        log.warning("the status page could not read: %s", error)
        return self.refuse(request, 503, "The database is busy or closed. Ask again soon.")

    async def no_page(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self.refuse(request, status, "There is no such page.")

    async def fault(self, request: Request, error: Exception) -> Response:
        return self.refuse(request, 500, "This page failed. The daemon's log says why.")

    def refuse(self, request: Request, status: int, words: str) -> Response:
        if request.scope["path"].startswith(("/api/", "/readyz")):
            return _json({"error": words}, status)
        values = {"status": status, "words": words, "path": ""}
        return self.page("refused.html.j2", values, status)


def _json(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(body.encode("utf-8", "replace"), status, media_type="application/json")


def _fixed(body: bytes, media_type: str) -> Handler:
    async def answer(request: Request) -> Response:
        return Response(body, media_type=media_type)

    return answer
