"""Stand before the pages: who may ask, how, under which name; what every answer carries.

The pages only read, so GET and HEAD are all there is, but for a reader who leaves a digest or
judges a match, and a hub that tells us news. A name nobody configured is refused: a page
elsewhere could otherwise point its own name at us and read through a visitor's browser.
"""

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response

from alerts.digest.leaving import PATH as LEAVING
from alerts.judging import PATH as JUDGING
from config.settings import StatusSettings
from crawler.callback import PATH as HUBS

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

METHODS = ("GET", "HEAD")
# For probes and for readers who come from a mail, who have no token; they tell nothing.
OPEN_PATHS = ("/healthz", "/readyz", "/style.css")
LOCAL_NAMES = frozenset({"localhost", "presswatch"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Answer what may not pass, let the rest through, and put our headers on every answer."""

    def __init__(self, app: App, settings: Callable[[], StatusSettings]) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        scope["path"] = within(root_of(self.settings()), scope["path"])
        refusal = self.refusal(scope)
        await (refusal or self.app)(scope, receive, _with_headers(send))

    def refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not pass; None: it may."""
        settings, headers = self.settings(), Headers(scope=scope)
        # A reader's way out and a match to judge are signed, a hub's callback is unguessable:
        # they need no token.
        spoken = scope["path"].startswith((LEAVING, JUDGING, HUBS))
        methods = (*METHODS, "POST") if spoken else METHODS
        if scope["method"] not in methods:
            allow = {"Allow": ", ".join(methods)}
            return PlainTextResponse("These pages only read.\n", 405, allow)
        if not is_our_name(headers.get("host", ""), settings):
            hint = "Add it to status: names: in settings.yaml.\n"
            return PlainTextResponse(f"This is not a name of this page. {hint}", 421)
        if settings.token is None or spoken or scope["path"] in OPEN_PATHS:
            return None
        if _knows_token(_as_utf8(headers.get("authorization", "")), settings.token.value):
            return None
        challenge = {"WWW-Authenticate": 'Basic realm="presswatch", charset="UTF-8"'}
        words = "Give the token as password (any name), or as Bearer token.\n"
        return PlainTextResponse(words, 401, challenge)


def root_of(settings: StatusSettings) -> str:
    """Return the path below which a proxy serves us, that of the public address; often none."""
    return urlsplit(settings.public or "").path.rstrip("/")


def within(root: str, path: str) -> str:
    """Return the path of a page, whether or not the proxy has taken the root off it."""
    inner = path.removeprefix(root)
    return inner or "/" if root and inner[:1] in {"", "/"} else path


def is_our_name(host: str, settings: StatusSettings) -> bool:
    """Tell whether a Host header names us: an address, this machine, or a configured name."""
    name = _without_port(host).lower().rstrip(".")
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        public = urlsplit(settings.public or "").hostname or ""
        ours = {settings.host, public, *settings.names} - {""}
        return name in LOCAL_NAMES | set(map(str.lower, ours))
    return True


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and not name.endswith(":") else host


def _knows_token(authorization: str, token: str) -> bool:
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            credentials = base64.b64decode(credentials, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return False
        credentials = credentials.partition(":")[2]
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(credentials.strip().encode("utf-8"), token.encode("utf-8"))


def _as_utf8(header: str) -> str:
    """Read a header as UTF-8: it came as bytes, each shown as one Latin-1 sign."""
    return header.encode("latin-1").decode("utf-8", "replace")


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return send_with_headers
